"""The measurement of what is true at first sight, tried on a made-up round: what is found again, is new, is drawn."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("bench.judgements", reason="the benchmarks are in the repository only")

from bench.judgements import COLUMNS, JUDGED, BadJudgement, Round, rounds
from bench.labels import applications

ROOT = Path(__file__).parents[2]

CODE = """\
import logging

log = logging.getLogger(__name__)


def tell(email, phone, customer_name, user_email):
    log.info("wrote to %s", email)
    log.info("called %s", phone)
    log.info("greeted %s", customer_name)
    log.info("asked %s", user_email)
"""
MANY = "import logging\n" + "".join(f"\ndef tell_{n}(email):\n    logging.info(email)\n" for n in range(14))

INDEX = """\
[3]
at = "0123456"

[3.applications.tiny]
repository = "nobody/tiny"
commit = "0123456789abcdef0123456789abcdef01234567"
about = "nothing"

[3.applications.absent]
repository = "nobody/absent"
commit = "0123456789abcdef0123456789abcdef01234567"
about = "less"

[4]
at = "89abcde"

[4.applications.many]
repository = "nobody/many"
commit = "0123456789abcdef0123456789abcdef01234567"
about = "more"
"""
ROWS = [
    ("tiny", "app.py", "7", "PII101", "name", "true", ""),  # said still
    ("tiny", "app.py", "8", "PII101", "name", "false", "a telephone of nobody"),  # said still
    ("tiny", "app.py", "9", "PII101", "name", "unread", ""),  # said still, and not drawn
    ("tiny", "gone.py", "1", "PII101", "name", "true", ""),  # said no longer
    ("tiny", "gone.py", "2", "PII101", "type", "false", "a book"),  # said no longer
    ("tiny", "gone.py", "3", "PII101", "type", "borderline", "an opaque id"),  # said no longer
]


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """A directory of checkouts, and one of judgements."""
    checkouts, judged = tmp_path / "checkouts", tmp_path / "judged"
    for name, code in (("tiny", CODE), ("many", MANY)):
        (checkouts / name).mkdir(parents=True)
        (checkouts / name / "app.py").write_text(code)
    judged.mkdir()
    (judged / "index.toml").write_text(INDEX)
    (judged / "3.tsv").write_text("".join("\t".join(row) + "\n" for row in (COLUMNS, *ROWS)))
    return checkouts, judged


def run(checkouts: Path, judged: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench", "judged", str(checkouts), "--judged", str(judged), *options]
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_what_is_said_is_held_against_what_was_read(places: tuple[Path, Path]) -> None:
    done = run(*places, "--round", "3", "--verbose")
    assert done.returncode == 0, done.stderr
    rows = {line.split("  ")[0]: line.split()[-12:] for line in done.stdout.splitlines()}
    # five were read, two true, one borderline, two false; of these a true and a false one are said still
    assert rows["3, at 0123456"] == ["5", "2", "1", "2", "0.500", "2", "1", "0", "1", "0.500", "1", "1"]
    assert rows["name"][-10:] == ["3", "2", "0", "1", "0.667", "2", "1", "0", "1", "0.500"]
    assert rows["type"][-10:] == ["2", "0", "1", "1", "0.000", "0", "0", "0", "0", "-"]
    assert "    false tiny app.py:8 PII101 [name] a telephone of nobody" in done.stdout
    assert "    gone  tiny gone.py:1 PII101 [name]" in done.stdout
    assert [line for line in done.stdout.splitlines() if line.startswith("    new ")] == [
        "    new   tiny app.py:10 PII101 [name] log message shows email address: user_email"
    ]
    assert "many" not in done.stdout


def test_without_more_only_what_is_new_is_listed(places: tuple[Path, Path]) -> None:
    said = run(*places, "--round", "3").stdout
    assert [line.split()[0] for line in said.splitlines() if line.startswith("    ")] == ["new"]


def test_a_checkout_that_is_not_there_is_told_with_the_way_to_have_it(places: tuple[Path, Path]) -> None:
    said = run(*places, "--round", "3").stdout
    assert f"git clone --no-checkout https://github.com/nobody/absent {places[0] / 'absent'}" in said


def test_a_round_is_drawn_by_chance_and_always_the_same(places: tuple[Path, Path]) -> None:
    done = run(*places, "--round", "4", "--draw")
    assert done.returncode == 0, done.stderr
    head, *rows = (line.split("\t") for line in done.stdout.splitlines())
    assert tuple(head) == COLUMNS
    assert [row[:5] for row in rows] == [["many", "app.py", str(4 + 3 * n), "PII101", "name"] for n in range(14)]
    assert sorted(row[5] for row in rows) == ["?"] * 12 + ["unread"] * 2
    assert run(*places, "--round", "4", "--draw").stdout == done.stdout


def test_a_round_without_a_checkout_is_not_drawn(places: tuple[Path, Path]) -> None:
    done = run(*places, "--round", "3", "--draw")
    assert done.returncode == 1
    assert f"git clone --no-checkout https://github.com/nobody/absent {places[0] / 'absent'}" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("tiny\tapp.py\t7\tPII101\tname\t?\t", "3.tsv:2: no judgement"),
        ("tiny\tapp.py\t7\tPII101\ttrue", "3.tsv:2: no judgement"),
        ("tiny\tapp.py\tseven\tPII101\tname\ttrue\t", "3.tsv:2: no judgement"),
        ("other\tapp.py\t7\tPII101\tname\ttrue\t", "no application 'other'"),
    ],
)
def test_what_is_no_judgement_is_told_with_its_place(places: tuple[Path, Path], row: str, told: str) -> None:
    (places[1] / "3.tsv").write_text("\t".join(COLUMNS) + "\n" + row + "\n")
    with pytest.raises(BadJudgement, match=told):
        rounds(places[1])
    done = run(*places)
    assert (done.returncode, told in done.stderr, "Traceback" in done.stderr) == (2, True, False)


def test_a_round_that_is_not_there_is_told(places: tuple[Path, Path]) -> None:
    done = run(*places, "--round", "9")
    assert done.returncode == 2
    assert "there is no round 9; there are 3, 4" in done.stderr


@pytest.mark.parametrize("each", rounds(), ids=lambda each: str(each.number))
def test_the_judgements_are_in_order_and_hold_no_code(each: Round) -> None:
    lines = (JUDGED / f"{each.number}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    keys = [(row[0].lower(), row[1], int(row[2]), row[3]) for row in (line.split("\t") for line in lines)]
    assert keys == sorted(set(keys))
    assert sum(len(application.judgements) for application in each.applications) == len(lines)
    for judgement in (one for application in each.applications for one in application.judgements):
        assert bool(judgement.cause) == (judgement.verdict in ("borderline", "false")), judgement
        assert not set(judgement.cause) & set('`{}[]"=%'), "a judgement in words quotes no code"


def test_no_round_has_an_application_of_a_set_or_of_another_round() -> None:
    repositories = [one.repository.lower() for each in rounds() for one in each.applications]
    assert len(repositories) == len(set(repositories))
    assert not set(repositories) & {each.repository.lower() for each in applications()}
