"""Crews of real processes: the same answers in the same order, whoever dies over them."""

from __future__ import annotations

import operator
import os
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import Any

import pytest

from discreet.project import processes
from discreet.project.executors import CrewError, crew, default_jobs

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks")

WORK = """
import os, signal, sys, time
from discreet.project.executors import crew

def place(shared, item):
    return os.getpid(), shared[0], item

def fails(shared, item):
    if item == 5:
        raise ValueError("five")
    return item

def dies(shared, item):
    if item == 5 and os.getpid() != shared:
        os.kill(os.getpid(), signal.SIGKILL)
    return item * 2

def sleeps(shared, item):
    if item == 0:
        return 0
    os.write(1, b"asleep\\n")
    time.sleep(60)

class Shared(list):
    def __reduce__(self):
        raise TypeError("what is inherited need not be pickled")
"""


@pytest.fixture(params=["alone", "among threads"])
def script(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Run a script with the functions above at hand: where it forks, and where another thread forbids that."""
    (tmp_path / "work.py").write_text(WORK)
    beginning = "from work import *\nif __name__ == '__main__':\n"
    if request.param == "among threads":
        beginning += "    import threading; threading.Thread(target=time.sleep, args=(99,), daemon=True).start()\n"
    elif not sys.platform.startswith("linux"):
        pytest.skip("nothing forks here")

    def run(code: str, **options: Any) -> subprocess.Popen[bytes]:
        (tmp_path / "script.py").write_text(beginning + textwrap.indent(textwrap.dedent(code), "    "))
        command = [sys.executable, "-W", "error", str(tmp_path / "script.py")]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    return run


def test_one_job_is_done_here() -> None:
    with crew(1) as workers:
        assert list(workers.map(lambda shared, item: shared + item, 1, [1, 2])) == [2, 3]
        assert list(workers.map(operator.add, 1, [])) == []
        assert workers.problems == []


def test_one_item_is_done_here() -> None:
    with crew(4) as workers:
        assert list(workers.map(lambda shared, item: os.getpid(), None, [1])) == [os.getpid()]


def test_results_come_as_they_are_made() -> None:
    made = []

    def make(shared: None, item: int) -> int:
        made.append(item)
        return item

    with crew(1) as workers:
        results = workers.map(make, None, [1, 2, 3])
        assert next(results) == 1
        assert made == [1]


def test_processes_answer_in_order() -> None:
    with crew(2) as workers:
        for items in (range(100), range(3)):
            assert list(workers.map(operator.add, 10, items)) == [10 + item for item in items]
        assert list(workers.map(operator.getitem, b"x" * 5_000_000, range(20))) == [ord("x")] * 20
        assert workers.problems == []


def test_processes_share_the_work(script: Any) -> None:
    done = script("""
        import threading
        with crew(3) as workers:
            shared = ["shared", threading.Lock()] if threading.active_count() == 1 else ["shared"]
            found = list(workers.map(place, Shared(shared) if len(shared) > 1 else shared, range(50)))
            assert os.getpid() not in {pid for pid, _, _ in found}
            assert [(word, item) for _, word, item in found] == [("shared", item) for item in range(50)]
            assert not workers.problems, workers.problems
    """)
    assert done.communicate() == (b"", b"")


def test_what_a_function_raises_is_raised_in_its_turn(script: Any) -> None:
    done = script("""
        with crew(2) as workers:
            results = workers.map(fails, None, range(10))
            assert [next(results) for _ in range(5)] == list(range(5))
            try:
                next(results)
            except ValueError as error:
                print(error)
            assert not workers.problems
            assert list(workers.map(place, "s", [1, 2]))
    """)
    assert done.communicate() == (b"five\n", b"")


def test_a_worker_that_is_killed_loses_nothing(script: Any) -> None:
    done = script("""
        with crew(2) as workers:
            for _ in range(3):
                assert list(workers.map(dies, os.getpid(), range(40))) == [item * 2 for item in range(40)]
            print(*workers.problems, sep="|")
    """)
    out, err = done.communicate()
    assert err == b""
    assert out.decode() == "a worker process died (killed, or out of memory): the rest was done in one process\n"


def test_where_no_process_can_be_started_it_is_done_here(script: Any) -> None:
    done = script("""
        import resource
        with crew(2) as workers:
            list(workers.map(place, "s", range(4)))  # what is imported late is imported now
            open_files = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 4
            before = resource.getrlimit(resource.RLIMIT_NOFILE)
            resource.setrlimit(resource.RLIMIT_NOFILE, (open_files, before[1]))
            found = list(workers.map(place, "s", range(9)))
            resource.setrlimit(resource.RLIMIT_NOFILE, before)
            assert found == [(os.getpid(), "s", item) for item in range(9)]
            print(*workers.problems, sep="|")
    """)
    out, err = done.communicate()
    assert err == b""
    assert out.decode().startswith("no worker process can be started (")


def test_leaving_early_ends_the_work(script: Any) -> None:
    done = script("""
        import multiprocessing
        with crew(2) as workers:
            results = workers.map(sleeps, None, range(9))
            assert next(results) == 0
            results.close()
            assert not multiprocessing.active_children()
            assert not workers.problems
    """)
    _, err = done.communicate(timeout=30)
    assert err == b""


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_interrupt_ends_all_without_a_word_of_the_workers(script: Any) -> None:
    done = script(
        """
        try:
            with crew(2) as workers:
                list(workers.map(sleeps, None, range(1, 9)))
        except KeyboardInterrupt:
            import multiprocessing
            assert not multiprocessing.active_children()
            print("interrupted")
        """,
        start_new_session=True,
    )
    assert [done.stdout.readline() for _ in range(2)] == [b"asleep\n"] * 2
    os.killpg(done.pid, signal.SIGINT)  # as a terminal does: to all of them
    out, err = done.communicate(timeout=30)
    assert (out, err) == (b"interrupted\n", b"")


@linux
def test_threads_forbid_forks() -> None:
    gate = threading.Event()
    thread = threading.Thread(target=gate.wait)
    thread.start()
    try:
        assert not processes._may_fork()
    finally:
        gate.set()
        thread.join()


def test_there_are_jobs_for_every_processor() -> None:
    assert default_jobs() >= 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [((2, "threads"), "no executor 'threads'"), ((2, "processes", "tcp://127.0.0.1:1"), "takes an address")],
)
def test_what_there_is_not_is_said_in_a_line(arguments: tuple[Any, ...], said: str) -> None:
    with pytest.raises(CrewError, match=said) as caught, crew(*arguments):
        pass
    assert "\n" not in str(caught.value)
