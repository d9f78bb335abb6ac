"""Crews of real dask clusters on this machine."""

from __future__ import annotations

import logging
import operator
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import discreet
from discreet.project import cluster
from discreet.project.discovery import SourceFile
from discreet.project.executors import CrewError, crew

pytest.importorskip("distributed", reason="the extra discreet[distributed]")

WORK = """
import os, time
from discreet.project.reading import read

def reads(shared, item):
    return read(item, shared)

def fails(shared, item):
    raise ValueError(item)

def places(shared, item):
    time.sleep(shared)
    return os.getpid()
"""

SERVER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@pytest.fixture(scope="module", autouse=True)
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A module that workers can import, too."""
    directory = tmp_path_factory.mktemp("work")
    (directory / "cluster_work.py").write_text(WORK)
    (directory / "server.py").write_text(SERVER)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(directory))
        yield __import__("cluster_work")


@contextmanager
def server(work: Any, *paths: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A cluster that somebody else runs, with other things on its path."""
    directory = Path(work.__file__).parent
    running = subprocess.Popen(
        [sys.executable, str(directory / "server.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (*paths, directory)))},
        start_new_session=True,
    )
    assert running.stdout is not None
    try:
        yield running, running.stdout.readline().decode().strip()
    finally:
        running.communicate()


@pytest.fixture(scope="module")
def workers(work: Any) -> Iterator[cluster.Dask]:
    with crew(2, "dask") as made:
        assert isinstance(made, cluster.Dask)
        yield made
        assert made.problems == []


def test_a_cluster_of_our_own_answers_in_order(workers: cluster.Dask) -> None:
    assert list(workers.map(operator.add, 10, range(40))) == list(range(10, 50))
    assert list(workers.map(operator.getitem, b"x" * 3_000_000, range(5))) == [ord("x")] * 5
    assert list(workers.map(operator.add, 10, [])) == []


def test_a_cluster_reads_what_we_read(workers: cluster.Dask, work: Any, leak: str) -> None:
    files = [SourceFile(f"/none/{name}.py", f"{name}.py", name, False) for name in "abcdef"]
    here = [work.reads(leak.encode(), file) for file in files]
    assert list(workers.map(work.reads, leak.encode(), files)) == here
    assert here[0].facts is not None


def test_the_work_is_done_elsewhere(workers: cluster.Dask, work: Any) -> None:
    assert os.getpid() not in set(workers.map(work.places, 0.01, range(20)))


def test_what_dask_would_take_for_a_task_stays_an_item(workers: cluster.Dask) -> None:
    items = [(os.getpid, 1), "a-key", [len, "x"]]
    assert list(workers.map(operator.eq, (os.getpid, 1), items)) == [True, False, False]


def test_what_a_function_raises_is_raised(workers: cluster.Dask, work: Any) -> None:
    with pytest.raises(ValueError, match="first"):
        list(workers.map(work.fails, None, ["first", "second"]))


def test_leaving_early_leaves_nothing_behind(workers: cluster.Dask, work: Any) -> None:
    results = workers.map(work.places, 0.2, range(1000))
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert list(workers.map(operator.add, 1, [1])) == [2]


def test_a_worker_that_joins_with_another_discreet_gets_no_say(
    workers: cluster.Dask, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest = cluster.Dask(workers._client)
    monkeypatch.setattr(cluster, "edition", lambda: b"another")
    assert list(guest.map(operator.add, 10, range(4))) == [10, 11, 12, 13]
    assert len(guest.problems) == 1
    assert "some was done in this process" in guest.problems[0]


def test_what_cannot_be_sent_is_done_here(workers: cluster.Dask) -> None:
    guest = cluster.Dask(workers._client)
    assert list(guest.map(lambda shared, item: item, None, [1, 2])) == [1, 2]
    assert len(guest.problems) == 1


def test_a_cluster_that_dies_loses_nothing(work: Any) -> None:
    with server(work) as (running, address), crew(2, "dask", address) as there:
        results = there.map(work.places, 0.05, range(20))
        assert next(results) != os.getpid()
        os.killpg(running.pid, signal.SIGKILL)
        assert len(list(results)) == 19
        assert len(there.problems) == 1
        assert "\n" not in there.problems[0]


@pytest.mark.parametrize("theirs", ["another", "broken"])
def test_another_discreet_is_refused(theirs: str, work: Any, tmp_path: Path) -> None:
    package = tmp_path / "discreet"
    if theirs == "another":
        shutil.copytree(discreet.__path__[0], package, ignore=shutil.ignore_patterns("__pycache__"))
        (package / "late.py").write_text("x = 1\n")
        said = r"worker tcp://\S+ has another discreet .* findings could differ$"
    else:
        package.mkdir()
        (package / "__init__.py").write_text("raise ImportError('broken')\n")
        said = "a worker of tcp://.* has no discreet that can be used"
    with (
        server(work, tmp_path) as (_, address),
        pytest.raises(CrewError, match=said) as caught,
        crew(2, "dask", address),
    ):
        pass
    assert "\n" not in str(caught.value)


def test_whoever_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]
        for address in (f"tcp://127.0.0.1:{port}", f"tls://127.0.0.1:{port}", "127.0.0.1:8786", "inproc://x"):
            with pytest.raises(CrewError, match="--executor dask") as caught, crew(2, "dask", address):
                pass
            assert address in str(caught.value)
            assert "\n" not in str(caught.value)


def test_without_distributed_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CrewError, match=r"pip install 'discreet\[distributed\]'"), crew(2, "dask"):
        pass


def test_it_is_quiet_and_leaves_the_log_as_it_was(work: Any) -> None:
    before = logging.getLogger("distributed").level
    code = (
        "import operator\nfrom discreet.project.executors import crew\n"
        "if __name__ == '__main__':\n    with crew(1, 'dask') as c: print(list(c.map(operator.add, 1, [1])))\n"
    )
    script = Path(work.__file__).parent / "quiet.py"
    script.write_text(code)
    done = subprocess.run([sys.executable, "-W", "error", script], capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b"[2]\n", b"")
    assert logging.getLogger("distributed").level == before
