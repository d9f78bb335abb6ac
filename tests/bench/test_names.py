"""The measurement of names: what is drawn, what counts as right, and what discreet reaches on the labelled names."""

from __future__ import annotations

import zipfile
from itertools import combinations
from pathlib import Path

import pytest

pytest.importorskip("bench.names", reason="the benchmarks are in the repository only")

from bench.identifiers import FIRST, FOURTH, HERE, SECOND, SOURCES, THIRD, Draw, Source, half, repositories
from bench.names import DRAWS, Labelled, guess, labelled, libraries, report, taken, tally
from bench.occurrences import Occurrence, occurrences

from discreet.catalogue.categories import categories

FLOORS = [(DRAWS[:2], 0.965, 0.84), (DRAWS[2:3], 0.93, 0.72), (DRAWS[3:4], 0.95, 0.67), (DRAWS[4:], 0.9, 0.68)]
"""Precision and recall of the draws that are tuned on, with ``test``, and of the three that are not: raised with the
vocabulary, never lowered. The aim is 0.95 and 0.85."""

CODE = """\
class Patient(models.Model):
    blood_type = CharField(max_length=3)

    def call(self, number, /, *, dry=False):
        self.phone.dial(number)
        line = row["Telefon"] or row.get("telefon", 1)
        return send(to=line.address)

async def find(cpf):
    people = load()[0].owner.cpf
"""


def test_names_are_found_with_what_stands_to_their_left() -> None:
    found = {(each.name, each.kind, each.context) for each in occurrences(CODE)}
    assert found == {
        ("Model", "attribute", "models"),
        ("blood_type", "field", "Patient"),
        ("max_length", "keyword", "CharField"),
        ("number", "parameter", "call"),
        ("dry", "parameter", "call"),
        ("phone", "attribute", "Patient"),
        ("dial", "attribute", "phone"),
        ("line", "variable", "call"),
        ("Telefon", "key", "row"),
        ("telefon", "key", "row"),
        ("get", "attribute", "row"),
        ("to", "keyword", "send"),
        ("address", "attribute", "line"),
        ("cpf", "parameter", "find"),
        ("people", "variable", "find"),
        ("owner", "attribute", "load"),
        ("cpf", "attribute", "owner"),
    }
    assert {each.name for each in occurrences(CODE) if each.called} == {"dial", "get"}
    assert {each.name for each in occurrences(CODE) if each.model} == {"blood_type"}


SURROUNDED = """\
class Link:
    port = 22

    def __init__(self, host, username):
        self.host, self.username = host, username
        account = self.username

def log_in(username):
    password = "example"
    nickname = f"{username}, {ask(username)}"
    user_login, _ = config["account"], 1
    for login_name in username: open(username=load().name, host=1, port=2)
    print(row["username"], row.get("host"), row.port, other["username"])
"""


def test_names_are_found_with_what_stands_beside_them() -> None:
    found = {(each.name, each.kind, each.context): each for each in occurrences(SURROUNDED)}
    fields = ("port", "host", "username", "Link")
    assert found["port", "field", "Link"].beside == fields
    assert found["username", "attribute", "Link"].beside == fields
    assert found["username", "parameter", "__init__"].beside == ("self", "host", "username", "Link")
    assert found["account", "variable", "__init__"].beside == ("self", "host", "username", "Link")
    assert found["username", "parameter", "log_in"].beside == ("username",)
    assert found["username", "key", "row"].beside == ("username", "host", "port", "get")
    assert found["username", "key", "other"].beside == ("username",)
    assert found["username", "keyword", "open"].beside == ("username", "host", "port")


def test_variables_are_found_with_what_they_are_made_of() -> None:
    found = {(each.name, each.kind): each.made_of for each in occurrences(SURROUNDED)}
    assert found["account", "variable"] == (("self", "username"),)
    assert found["password", "variable"] == ()
    assert sorted(found["nickname", "variable"] or ()) == [("ask",), ("username",)]
    assert found["user_login", "variable"] == (("config", "account"),)
    assert found["login_name", "variable"] is None
    assert found["username", "keyword"] == (("load", "name"),)
    assert found["port", "keyword"] == ()


def test_what_is_taken_depends_on_it() -> None:
    said = {(each.name, each.kind, each.context) for each in occurrences(SURROUNDED) if taken(each)}
    assert said == {
        ("username", "parameter", "__init__"),
        ("username", "parameter", "log_in"),
        ("username", "key", "other"),
        ("nickname", "variable", "log_in"),
        ("login_name", "variable", "log_in"),
    }


def test_what_is_taken_for_its_company_is_what_the_engine_takes() -> None:
    source = "class Intake:\n    name = text()\n    dob = day()\n    gender = one()\nname, dob, gender = row()\n"
    said = {(each.name, each.kind) for each in occurrences(source) if taken(each) and each.name == "name"}
    assert said == {("name", "field")}


def test_code_that_does_not_parse_has_no_names() -> None:
    assert occurrences("def (") == []
    assert occurrences("a\0b = 1") == []


def test_a_draw_goes_around_the_repositories_and_takes_no_use_twice() -> None:
    large = [Occurrence(f"{kind}_{number}", "field", "Box") for kind in ("thing", "email") for number in range(1500)]
    small = [Occurrence("email", "field", "User"), Occurrence("email", "key", "row")]
    drawn = Draw({"large": large, "small": small}, FIRST.wanted).all({"email": frozenset({"email"})})
    uses = [(each.name, each.context) for _, _, each in drawn]
    assert len(uses) == len(set(uses))
    first = [repository for stratum, repository, _ in drawn if stratum == "random"][:4]
    assert first == ["large", "small", "large", "large"]
    assert sum(stratum == "random" for stratum, _, _ in drawn) == FIRST.wanted["random"]
    assert {each.name.partition("_")[0] for stratum, _, each in drawn if stratum == "word"} == {"email"}


@pytest.mark.parametrize(("source", "names"), [(FIRST, 2000), (SECOND, 1000), (THIRD, 700), (FOURTH, 700)])
def test_the_labelled_names_are_what_the_page_says(source: Source, names: int) -> None:
    lines = [line.split("\t") for line in lines_of(source)]
    known = set(categories())
    drawn_from = {each["repository"] for each in repositories(source)}
    assert len({name for name, *_ in lines}) >= names
    assert {stratum for _, _, _, stratum, *_ in lines} == set(source.wanted)
    assert {repository for *_, repository, _, _ in lines} <= drawn_from
    for name, _, _, _, _, label, where in lines:
        assert where == (half(name) if source == FIRST else Path(source.names).stem)
        assert label in ("-", "?") or set(label.split("|")) <= known, name
    uses = [(name, kind, context) for name, kind, context, *_ in lines]
    assert len(uses) == len(set(uses))


def test_a_later_draw_shares_no_name_and_no_repository_with_an_earlier_one() -> None:
    for before, after in combinations(SOURCES, 2):
        names, others = ({line.partition("\t")[0].casefold() for line in lines_of(each)} for each in (before, after))
        assert not names & others
        drawn, others = ({each["repository"] for each in repositories(source)} for source in (before, after))
        assert not drawn & others


def lines_of(source: Source) -> list[str]:
    return (HERE / source.names).read_text(encoding="utf-8").splitlines()[1:]


def named(name: str, kind: str, context: str, *accepted: str) -> Labelled:
    return Labelled(name, kind, context, "random", "Dutch", "dev", accepted)


def test_right_wrong_and_missed_are_counted() -> None:
    counted = tally(
        [
            named("email", "attribute", "user", "email"),
            named("email_template", "attribute", "user"),
            named("phone_number", "field", "Customer", "fax", "phone"),
            named("ssn", "key", "row"),
            named("zzgl", "key", "row", "email"),
        ]
    )
    assert counted.labels == {"email": 2, "fax": 1}
    assert counted.right["strong"] == {"email": 1, "fax": 1}
    assert counted.wrong["strong"] == {"national_id": 1}
    assert (counted.precision(), counted.recall()) == (2 / 3, 2 / 3)
    assert (counted.precision("national_id"), counted.recall("email")) == (0, 0.5)
    assert counted.macro() == (2 / 3, 0.75)


def test_what_is_wrong_is_listed() -> None:
    names = [named("ssn", "key", "row"), named("zzgl", "key", "row", "email")]
    lines = list(report(names, verbose=True))
    assert "wrong   row . ssn (key): national_id, labelled -" in lines
    assert "missed  row . zzgl (key): email, said nothing" in lines


def test_the_context_is_the_engines() -> None:
    assert guess("name", "attribute", "customer") is not None
    assert guess("name", "attribute", "table") is None
    assert guess("email", "variable", "template") == guess("email", "variable", "")


def test_names_taken_for_data_in_a_library_are_counted(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pandas-9.9-py3-none-any.whl", "w") as wheel:
        wheel.writestr("pandas/frame.py", "class Frame:\n    index = 1\n    ssn = 2\n    user_id = 3\n")
        wheel.writestr("pandas/notes.txt", "email = 1\n")
    lines = list(libraries(tmp_path, verbose=True))
    assert lines[1].split() == ["pandas", "9.9", "3", "2", "6666.7", "1", "3333.3", "3", "2", "6666.7"]
    assert lines[-2:] == ["taken   Frame . ssn (field): national_id", "taken   Frame . user_id (field): user_id"]


@pytest.mark.parametrize(("draws", "precision", "recall"), FLOORS)
def test_names_are_judged_as_well_as_they_were(draws: tuple[Path, ...], precision: float, recall: float) -> None:
    counted = tally(labelled(draws))
    assert (counted.precision() or 0) >= precision
    assert (counted.recall() or 0) >= recall


def test_each_half_holds_about_half() -> None:
    halves = [each.half for each in labelled(DRAWS[:1]) if each.accepted]
    assert min(halves.count(each) for each in ("dev", "test")) > 0.45 * len(halves)
