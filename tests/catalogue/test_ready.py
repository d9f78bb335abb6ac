"""What is kept of the catalogue is what is made of its files, whatever has become of it in the meantime."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import discreet
from discreet.catalogue import ready
from discreet.catalogue.data import MAKERS
from discreet.catalogue.libraries import Kept, built_in, row_files
from discreet.catalogue.tables import Catalogue, catalogue

COUNT = (
    "import sys\n"
    "from discreet.catalogue.categories import categories\n"
    "from discreet.catalogue.tables import catalogue\n"
    "from discreet.catalogue.vocabulary import vocabulary\n"
    "vocabulary(), categories()\n"
    "print(sorted(catalogue().sinks_of('madeup.let_out')), 'tomllib' in sys.modules or 'tomli' in sys.modules)\n"
)
ROW = '\n[[sink]]\ntarget = "madeup.let_out"\nkind = "log"\nargs = ["0"]\n'


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place to keep things in."""
    monkeypatch.setattr(ready, "PLACE", str(tmp_path / "ready"))
    return tmp_path / "ready"


def test_what_is_kept_is_what_was_made(place: Path) -> None:
    made = Catalogue(built_in()).everything()
    assert [each.name for each in place.iterdir()] == ["tables.msgpack"]
    assert Catalogue(built_in()).everything() == made
    assert list(Catalogue(built_in()).everything().classes) == list(made.classes)


def test_what_is_kept_is_not_made_again(place: Path) -> None:
    ready.ready("word", str, [], lambda said: "made")
    assert ready.ready("word", str, [], lambda said: "made again") == "made"


@pytest.mark.parametrize("at", [0, 16, 20, 40, -1])
def test_what_is_damaged_is_made_anew(place: Path, at: int) -> None:
    made = built_in()
    file = place / "tables.msgpack"
    row = bytearray(file.read_bytes())
    row[at] ^= 0x55
    file.write_bytes(row)
    assert built_in() == made


def test_what_is_cut_off_or_of_another_kind_is_made_anew(place: Path) -> None:
    made = built_in()
    file = place / "tables.msgpack"
    file.write_bytes(file.read_bytes()[:10])
    assert built_in() == made
    ready.ready("other", int, row_files(), lambda said: 3)
    shutil.copy(place / "other.msgpack", file)
    assert built_in() == made


def test_where_nothing_can_be_kept_everything_is_known(place: Path) -> None:
    place.write_text("a file is in the way", encoding="utf-8")
    assert isinstance(built_in(), Kept)
    assert built_in() == built_in()
    assert place.is_file()


def test_a_changed_row_is_a_changed_answer(tmp_path: Path) -> None:
    """In a copy of the package: with and without what is kept, the same is known, and only the first has to parse."""
    shutil.copytree(Path(discreet.__file__).parent, tmp_path / "discreet")

    def count() -> str:
        done = subprocess.run([sys.executable, "-c", COUNT], cwd=tmp_path, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    shutil.rmtree(tmp_path / "discreet/catalogue/data/ready", ignore_errors=True)
    assert (count(), count()) == ("[] True", "[] False")
    with (tmp_path / "discreet/catalogue/data/sinks/http.toml").open("a", encoding="utf-8") as file:
        file.write(ROW)
    first, second = count(), count()
    assert "name='madeup.let_out'" in first
    assert first.endswith("True")
    assert second == first.replace("True", "False")


@pytest.mark.parametrize("file", ["es", "en_terms"])
def test_a_language_is_made_anew_when_it_or_english_has_changed(tmp_path: Path, file: str) -> None:
    """A language is kept without the English below it, which is not to say that it is read without it."""
    shutil.copytree(Path(discreet.__file__).parent, tmp_path / "discreet")
    program = (
        "import sys; from discreet.catalogue.vocabulary import vocabulary; vocabulary()\n"
        "vocabulary('es'), vocabulary('fr'); parsed = {'tomllib', 'tomli'} & sys.modules.keys()\n"
        "print(*(vocabulary(each).terms.get('madeupterm') for each in ('es', 'fr')), bool(parsed))\n"
    )

    def ask() -> str:
        done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    ask()
    assert ask() == "None None False"
    names = tmp_path / f"discreet/catalogue/data/names/{file}.toml"
    said = names.read_text(encoding="utf-8")
    names.write_text(said.replace("[category.email]\n", '[category.email]\nfaint = "made_up_term"\n'), encoding="utf-8")
    term = "Term(category='email', level='faint', spaced=True)"
    english = term if file == "en_terms" else "None"
    assert ask() == f"{term} {english} True"
    assert ask() == f"{term} {english} False"


def test_every_program_that_makes_something_is_part_of_the_digest() -> None:
    """What is kept would be taken for true although what makes it has changed."""
    home = Path(discreet.__file__).parent / "catalogue"
    imported = {file.stem: set(_imported(file)) for file in home.glob("*.py")}
    needed = {"ready", *(name for name, found in imported.items() if ("ready", "ready") in found)}
    for _ in imported:
        needed |= {module for name in needed for module, _ in imported[name]}
    assert needed == set(MAKERS)


def _imported(file: Path) -> Iterator[tuple[str, str]]:
    """The modules of the catalogue that one of them imports from, and what."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "discreet.catalogue":
            yield from ((each.name, "") for each in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("discreet.catalogue."):
            yield from (((node.module or "").rpartition(".")[2], each.name) for each in node.names)


def test_the_catalogue_is_built_once() -> None:
    assert catalogue() is catalogue()
