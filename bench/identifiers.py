"""Draws names from real public code, to be labelled by a reader: ``python -m bench draw MIRROR_DIR VOCABULARY``.

What was drawn and labelled is kept in ``tests/identifiers``; this is how it was drawn, and draws the same again from
the same commits. Most strata are filled by going around the repositories and taking one name of each in turn, so that
a large one does not drown a small one:

- ``random``: any name;
- ``model``: any field of a class that declares records (``bench.occurrences.MODEL_BASES``);
- ``word``: a name that has one of the words of the raw list of categories somewhere in it (short ones as a whole part),
  whatever it means there. The list was collected before and outside this program
  (``shared/catalogue/categories.toml``) and is not its vocabulary;
- ``person``: an attribute (no method), field, key or keyword that stands beside one of ``PEOPLE``;
- ``category``: a name that has such a word as a part, going around the categories of that list instead of the
  repositories, so that the rare ones are there too.

No name is in ``random`` twice; in the others it may occur beside three different contexts, since whether ``name`` is a
person's is decided there. A name with all its contexts is in one half, ``dev`` or ``test``.

``--second`` to ``--fifth`` draw again, each from a file of its own and a share of the numbers. No name
of an earlier draw is in a later one, whatever its case: who reads the later has not read the ``test`` half.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from bench.occurrences import Occurrence, of_files

SEED = 4
CONTEXTS = 3
PEOPLE = """
user customer client patient employee member student teacher doctor person applicant candidate guest contact driver
recipient sender staff volunteer participant author parent child tenant passenger citizen owner profile account
paciente cliente empleado persona usuario alumno profesor familiar aluno pessoa funcionario professor servidor
utilisateur eleve salarie candidat personne beneficiaire benutzer kunde mitglied kontakt utente volontario socio
burger lid gebruiker pacjent uzytkownik osoba kullanici ogrenci hasta musteri siswa guru pegawai karyawan pasien
ayah ibu polzovatel klient
"""
SHORTEST_INSIDE = 5
PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_]+")
SKIPPED = ("/migrations/", "/node_modules/", "/site-packages/", "/vendor/")
HERE = Path(__file__).parent.parent / "tests" / "identifiers"

Drawn = tuple[str, str, Occurrence]


class Source(NamedTuple):
    """One draw: what is drawn from, where it is kept, and how many names are wanted of each stratum."""

    repositories: str
    names: str
    wanted: dict[str, int]


FIRST = Source(
    "repositories.toml",
    "names.tsv",
    {"random": 1000, "model": 600, "word": 1000, "person": 700, "category": 800},
)
SECOND = Source(
    "second.toml",
    "second.tsv",
    {"random": 150, "model": 350, "word": 350, "person": 300, "category": 350},
)
THIRD = Source(
    "third.toml",
    "third.tsv",
    {"random": 90, "model": 210, "word": 210, "person": 180, "category": 210},
)
FOURTH = Source(
    "fourth.toml",
    "fourth.tsv",
    THIRD.wanted,
)
FIFTH = Source(
    "fifth.toml",
    "fifth.tsv",
    SECOND.wanted,
)
SOURCES = (FIRST, SECOND, THIRD, FOURTH, FIFTH)


def words(path: Path) -> dict[str, frozenset[str]]:
    """The words of every category of the raw list, in every language, without their separators."""
    found = {}
    for each in tomllib.loads(path.read_text(encoding="utf-8"))["category"]:
        named = {*each["strong"], *each["weak"], *each.get("zh", ()), *each.get("zh_weak", ())}
        named.update(*each.get("i18n", {}).values())
        named.update(word.partition(":")[2] for word in each.get("i18n_weak", ()))
        found[each["key"]] = frozenset(folded_name(word) for word in named)
    return found


def folded_name(name: str) -> str:
    """A name without case and separators."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def git(directory: Path, *arguments: str) -> bytes:
    """What a git command prints. Raises CalledProcessError."""
    return subprocess.run(["git", "-C", str(directory), *arguments], check=True, capture_output=True).stdout


def sources(directory: Path, commit: str) -> Iterator[str]:
    """The text of every Python file of a commit, but migrations and what was copied in."""
    listed = git(directory, "ls-tree", "-r", "-z", "--name-only", commit).decode("utf-8", "replace")
    for path in sorted(listed.split("\0")):
        if path.endswith(".py") and not any(part in f"/{path}" for part in SKIPPED):
            try:
                yield git(directory, "cat-file", "blob", f"{commit}:{path}").decode("utf-8", "replace")
            except subprocess.CalledProcessError:
                continue  # a file of a snapshot may be listed and absent


def strata(vocabulary: frozenset[str]) -> dict[str, Callable[[Occurrence], bool]]:
    """What may be drawn into each stratum that goes around the repositories."""
    people = frozenset(PEOPLE.split())
    inside = [word for word in sorted(vocabulary) if len(word) >= SHORTEST_INSIDE or not word.isascii()]

    def has_word(each: Occurrence) -> bool:
        folded = folded_name(each.name)
        return any(word in folded for word in inside) or any(part in vocabulary for part in parts_of(each.name))

    def beside_person(each: Occurrence) -> bool:
        names_value = each.kind in ("attribute", "field", "key", "keyword") and not each.called
        return names_value and any(part.removesuffix("s") in people for part in parts_of(each.context))

    return {
        "random": lambda _: True,
        "model": lambda each: each.kind == "field" and each.model,
        "word": has_word,
        "person": beside_person,
    }


def parts_of(name: str) -> list[str]:
    """``phone`` and ``number`` of ``phoneNumber``."""
    return [part.casefold() for part in PART.findall(name)]


def runs_of(name: str) -> frozenset[str]:
    """All runs of a name's parts, joined."""
    parts = parts_of(name)
    return frozenset(
        "".join(parts[start:end]) for start in range(len(parts)) for end in range(start + 1, len(parts) + 1)
    )


class Draw:
    """One draw: what was taken already, and the dice."""

    def __init__(self, found: dict[str, list[Occurrence]], wanted: dict[str, int]) -> None:
        self.found = found
        self.wanted = wanted
        self.dice = random.Random(SEED)
        self.taken: set[tuple[str, str]] = set()

    def pool(self, fits: Callable[[Occurrence], bool], repositories: Iterable[str]) -> list[tuple[str, Occurrence]]:
        """One occurrence of every name that fits, shuffled."""
        by_name: dict[str, list[tuple[str, Occurrence]]] = {}
        for repository in repositories:
            for each in self.found[repository]:
                if fits(each):
                    by_name.setdefault(each.name, []).append((repository, each))
        pool = [self.dice.choice(each) for each in by_name.values()]
        self.dice.shuffle(pool)
        return pool

    def around(self, waiting: list[list[tuple[str, Occurrence]]], stratum: str) -> Iterator[Drawn]:
        """One of each pool in turn, until there are enough or no more."""
        seen = Counter(name for name, _ in self.taken)
        limit = 1 if stratum == "random" else CONTEXTS
        left = self.wanted[stratum]
        while left and any(waiting):
            for pool in waiting:
                while pool and left:
                    repository, each = pool.pop()
                    if seen[each.name] < limit and (each.name, each.context) not in self.taken:
                        seen[each.name] += 1
                        self.taken.add((each.name, each.context))
                        left -= 1
                        yield stratum, repository, each
                        break

    def all(self, categories: dict[str, frozenset[str]]) -> list[Drawn]:
        """Stratum, repository and occurrence of everything drawn."""
        drawn: list[Drawn] = []
        for stratum, fits in strata(frozenset().union(*categories.values())).items():
            waiting = [self.pool(fits, [repository]) for repository in self.found]
            drawn += self.around(waiting, stratum)
        runs = {each.name: runs_of(each.name) for listed in self.found.values() for each in listed}
        waiting = []
        for wanted in categories.values():

            def fits_category(each: Occurrence, wanted: frozenset[str] = wanted) -> bool:
                return not each.called and not wanted.isdisjoint(runs[each.name])

            waiting.append(self.pool(fits_category, self.found))
        return [*drawn, *self.around(waiting, "category")]


def half(name: str) -> str:
    """Which half a name is in: by a digest, so that it needs no list."""
    return "dev" if hashlib.sha256(f"{SEED}:{name.casefold()}".encode()).digest()[0] % 2 else "test"


def main(arguments: Sequence[str]) -> None:
    """Print what is drawn as tab-separated lines, with no labels."""
    parser = argparse.ArgumentParser(prog="python -m bench draw", description="Names to be labelled.")
    parser.add_argument("mirrors", type=Path, help="holds OWNER+NAME/repo, a git directory, for each repository")
    parser.add_argument("vocabulary", type=Path, help="the raw list of categories")
    later = parser.add_mutually_exclusive_group()
    later.add_argument("--second", action="store_const", dest="source", const=SECOND, help="draw from second.toml")
    later.add_argument("--third", action="store_const", dest="source", const=THIRD, help="draw from third.toml")
    later.add_argument("--fourth", action="store_const", dest="source", const=FOURTH, help="draw from fourth.toml")
    later.add_argument("--fifth", action="store_const", dest="source", const=FIFTH, help="draw from fifth.toml")
    parser.set_defaults(source=FIRST)
    said = parser.parse_args(arguments)
    earlier = SOURCES[: SOURCES.index(said.source)]
    known = labelled_names(earlier)
    found = {}
    for each in repositories(said.source):
        directory = said.mirrors / each["repository"].replace("/", "+") / "repo"
        there = of_files(sources(directory, each["commit"]))
        found[each["repository"]] = [one for one in there if one.name.casefold() not in known]
        print(f"{each['repository']}: {len(found[each['repository']])}", file=sys.stderr)
    drawn = Draw(found, said.source.wanted).all(words(said.vocabulary))
    for stratum, repository, each in drawn:
        kind = "method" if each.called else each.kind
        which = Path(said.source.names).stem if earlier else half(each.name)
        print(each.name, kind, each.context, stratum, repository, "", which, sep="\t")


def labelled_names(draws: Iterable[Source]) -> frozenset[str]:
    """The names of these draws, without regard to case; nothing else of a line is looked at."""
    lines = [line for each in draws for line in (HERE / each.names).read_text(encoding="utf-8").splitlines()[1:]]
    return frozenset(line.partition("\t")[0].casefold() for line in lines)


def repositories(*draws: Source) -> list[dict[str, Any]]:
    """What is drawn from, in the order of the draws; of all of them, unless some are named."""
    read = [tomllib.loads((HERE / each.repositories).read_text(encoding="utf-8")) for each in draws or SOURCES]
    return [row for each in read for row in each["repository"]]
