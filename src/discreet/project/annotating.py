"""Annotating: the guesses that findings rest on, written down as marks where the names are given, for people to decide.

Not every name that sounds personal gets one: a program has thousands, and a mark on a value that never leaves is a
question that nobody needs to answer. Asked about is what is shown: a leak, known by a name alone, gets its mark at the
first place of its story where one is read. From then on it is the author's word, whichever way the review ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import NamedTuple

from discreet.catalogue.categories import strongest_first
from discreet.catalogue.names import could_say
from discreet.fixes.marking import Markable, Target
from discreet.fixes.refusal import Refused
from discreet.fixes.source import Source
from discreet.flow.found import Flow, Leak
from discreet.flow.library import Library
from discreet.project.again import ROUNDS, Again, Look, again
from discreet.project.config import Config
from discreet.project.result import Means, Progress
from discreet.rules.finding import CONFIDENCES, Finding

NOWHERE = "it is read by its name from something that is defined elsewhere"
LOST = "another finding would come or go"

Place = tuple[str, int, int]
Spot = tuple[str, int, int, str]
"""Path, line and column of a finding, and its code or the kind of its sink: which of the two, whoever asks knows."""
_Line = tuple[str, int]


class Mark(NamedTuple):
    """A mark: the line whose end it stands at, the name that is given there, and what the name was taken for."""

    path: str
    line: int
    name: str
    categories: tuple[str, ...]


class Annotated(NamedTuple):
    """What came of annotating.

    Attributes:
        contents: the files that change: their content as it was and as it is to be, by path below the root.
        marks: the marks, in order of place.
        refused: the guesses that get none: where the value is read, and why.
        locations: where the files are.
        problems: what could not be looked at, one line each.
    """

    contents: dict[str, tuple[bytes, bytes]]
    marks: tuple[Mark, ...]
    refused: tuple[tuple[Place, str], ...]
    locations: Mapping[str, str]
    problems: tuple[str, ...]


def annotating(paths: Sequence[Path], config: Config, means: Means, progress: Progress | None = None) -> Annotated:
    """Write marks for the guesses of a program, in memory.

    Args:
        paths: what is checked.
        config: the settings of the run: they say which findings are shown.
        means: with what to work.
        progress: told how far the looks are, of those that have begun.

    Raises:
        CrewError: the workers that were asked for are not to be had.
    """
    with again(paths, config, means, progress) as program:
        return _annotating(program)


def _annotating(program: Again) -> Annotated:
    annotator = _Annotator(program)
    look = program.look({}, whole=True)
    marks: list[Mark] = []
    for _ in range(ROUNDS):  # a guess that another had hidden is asked about, too
        found = annotator.proposed(look, program.shown(look, {}))
        marked, contents, look = annotator.proved(found, look)
        if not contents:
            break
        program.keep(contents)
        marks.extend(marked)
    return Annotated(program.changed, tuple(sorted(marks)), annotator.refused, program.locations, program.problems)


class _Guess(NamedTuple):
    """A place for a mark, and what rests on it: categories, the finding's spot, and the read that the guess was of, if
    the mark is there for its sake.
    """

    path: str
    target: Target
    categories: tuple[str, ...]
    spot: Spot
    read: Place | None


class _Annotator:
    def __init__(self, program: Again) -> None:
        self._program = program
        self._dropped: dict[_Line, str] = {}
        self._refused: dict[Place, str] = {}
        self._files: dict[tuple[str, bytes], Markable | str] = {}

    @property
    def refused(self) -> tuple[tuple[Place, str], ...]:
        """The guesses without a mark, in order of place."""
        return tuple(sorted(self._refused.items()))

    # -- what to mark -------------------------------------------------------------------------------------------------

    def proposed(self, look: Look, shown: Iterable[Finding]) -> list[_Guess]:
        """The guesses that shown findings rest on, with the place of each one's mark."""
        wanted = {(each.path, each.line, each.column, each.sink.kind): each for each in shown if each.sink is not None}
        self._refused = {}
        told = [
            (leak, finding)
            for flow in look.flows
            if (finding := wanted.get(_spot_of(flow))) is not None
            for leak in flow.leaks
            if _is_told(leak, finding)
        ]
        guesses: dict[_Guess, None] = {}
        for leak, finding in told:
            if leak.known_by == "name":
                found = self._guess(look.library, leak, finding)
                if found is not None:
                    guesses[found] = None
        lines = {(each.path, each.target.line) for each in guesses}
        for leak, finding in told:
            guesses.update(dict.fromkeys(self._also(look.library, leak, finding, lines)))
        return list(guesses)

    def _also(self, library: Library, leak: Leak, finding: Finding, lines: Set[_Line]) -> Iterator[_Guess]:
        """What else a value on the way of a leak was taken for, if it gets a mark: the mark speaks for all of it."""
        for path, line, column in _story(library, leak):
            target = self._target(path, line, column)
            if target is not None and (path, target.line) in lines:
                yield _Guess(path, target, leak.categories, _spot(finding), None)

    def _target(self, path: str, line: int, column: int) -> Target | None:
        try:
            return self._file(path).at(line, column)
        except Refused:
            return None

    def _guess(self, library: Library, leak: Leak, finding: Finding) -> _Guess | None:
        read = _read(leak)
        why = ""
        for path, line, column in _story(library, leak):
            if library.at(path).is_test != library.at(finding.path).is_test:
                continue
            try:
                target = self._file(path).at(line, column)
                if target is None or not _is_named(target, leak.categories, alone=not leak.whole):
                    continue
                if target.refused:
                    raise Refused(target.refused)
            except Refused as error:
                why = why or error.reason
                continue
            dropped = self._dropped.get((path, target.line))
            if dropped is not None:
                why = dropped
                continue
            self._refused.pop(read, None)
            return _Guess(path, target, leak.categories, _spot(finding), read)
        self._refused.setdefault(read, why or NOWHERE)
        return None

    def _file(self, path: str) -> Markable:
        data = self._program.content(path)
        key = (path, data)
        if key not in self._files:
            try:
                self._files[key] = Markable(Source(path, data))
            except Refused as error:
                self._files[key] = error.reason
        found = self._files[key]
        if isinstance(found, str):
            raise Refused(found)
        return found

    # -- proof --------------------------------------------------------------------------------------------------------

    def proved(self, guesses: list[_Guess], before: Look) -> tuple[list[Mark], dict[str, bytes], Look]:
        """The marks after which everything is found that was found before, at least as surely, and nothing else; the
        new contents; and what is found then.
        """
        old = _by_spot(before.told)
        while guesses:
            contents, guesses = self._marked(guesses)
            after = self._program.look(contents, whole=True)
            new = _by_spot(after.told)
            wrong = [spot for spot in (*old, *new) if not _is_kept(old.get(spot), new.get(spot))]
            if not wrong:
                return list(_marks(guesses)), contents, after
            blamed = self._blamed(guesses, wrong, after)
            self._drop(blamed, guesses, LOST)
            guesses = [each for each in guesses if (each.path, each.target.line) not in blamed]
        return [], {}, before

    def _marked(self, guesses: list[_Guess]) -> tuple[dict[str, bytes], list[_Guess]]:
        """The new content of each file, and the guesses without those in files of which nothing can be proved."""
        contents: dict[str, bytes] = {}
        for path in sorted({each.path for each in guesses}):
            here = [each for each in guesses if each.path == path]
            file = self._file(path)
            try:
                new = file.marked((mark.line, mark.categories) for mark in _marks(here))
                contents[path] = file.source.encoded(new)
            except Refused as error:
                self._drop({(path, each.target.line) for each in here}, here, error.reason)
        return contents, [each for each in guesses if each.path in contents]

    def _drop(self, lines: set[_Line], guesses: Iterable[_Guess], reason: str) -> None:
        for each in guesses:
            if each.read is not None and (each.path, each.target.line) in lines:
                self._refused[each.read] = reason
        self._dropped.update(dict.fromkeys(lines, reason))

    def _blamed(self, guesses: Sequence[_Guess], wrong: Sequence[Spot], after: Look) -> set[_Line]:
        """The marks to be left out: those that what went wrong rests on, by the old story or the new one; else all."""
        places = {(each.path, each.target.line) for each in guesses}
        come = {_spot(each)[:3] for each in after.told if _spot(each) in wrong}
        gone = {spot for spot in wrong if spot[:3] not in come}
        found = {(each.path, each.target.line) for each in guesses if each.spot in gone}
        found |= places & {place[:2] for place in come}  # a mark that nothing takes is complained of where it stands
        for flow in after.flows:
            place = _spot_of(flow)[:3]
            if place in come:
                known = {(each.path, each.target.line) for each in guesses if each.spot[:3] == place}
                for leak in flow.leaks:
                    if leak.known_by == "mark":
                        found |= self._behind(leak, after.library, places) - known
        return found & places or places

    def _behind(self, leak: Leak, library: Library, places: set[_Line]) -> set[_Line]:
        """The marks that a leak is known by: those its story leads through, else the nearest before it begins."""
        story = [(path, self._target(path, line, column)) for path, line, column in _story(library, leak)]
        found = {(path, target.line) for path, target in story if target is not None} & places
        path, line = leak.place.path, leak.place.span.line
        return found or set(sorted(each for each in places if each[0] == path and each[1] <= line)[-1:])


def _marks(guesses: Iterable[_Guess]) -> Iterator[Mark]:
    """The marks that some guesses come to: one a line, with everything that it was taken for."""
    lines: dict[_Line, list[_Guess]] = {}
    for each in guesses:
        lines.setdefault((each.path, each.target.line), []).append(each)
    for (path, line), found in sorted(lines.items()):
        keys = [key for each in found for key in each.categories]
        yield Mark(path, line, found[0].target.name, strongest_first(keys))


def _story(library: Library, leak: Leak) -> Iterator[Place]:
    """Where a leak's value may have been given its name, in the order of its story: the field, the place it is read at
    (a parameter's own), and what held it later.
    """
    if leak.field:
        yield from _fields(library, *leak.field.rpartition(".")[::2])
    yield _read(leak)
    for step in leak.trace:
        yield step.path, step.line, step.column


def _read(leak: Leak) -> Place:
    return leak.place.path, leak.place.span.line, leak.place.span.column


def _fields(library: Library, cls: str, name: str) -> Iterator[Place]:
    """Where a field is declared, the last time first; else where the methods of its class store something in it."""
    module = cls
    while module and module not in library.outlines:
        module = module.rpartition(".")[0]
    if not module:
        return
    facts = library.facts(module)
    declared = [each for found in facts.classes if found.name == cls for each in found.fields if each.name == name]
    for field in reversed(declared):
        yield facts.path, field.span.line, field.span.column
    for function in facts.functions:
        for write in function.writes if function.owner == cls else ():
            if write.target.root == "p0" and write.target.access == (f".{name}",):
                yield facts.path, write.span.line, write.span.column


def _is_told(leak: Leak, finding: Finding) -> bool:
    """Whether a finding rests on a leak."""
    is_sure = leak.confidence != "low" or finding.confidence == "low"
    return is_sure and not set(finding.categories).isdisjoint(leak.categories)


def _is_named(target: Target, categories: Sequence[str], *, alone: bool) -> bool:
    """Whether a target is where a value got the name it is known by: its own name says so, or that by which the value,
    ``alone`` and not in a container, was read into it.
    """
    return could_say(target.name, categories) or (alone and could_say(target.source, categories))


def _by_spot(told: Iterable[Finding]) -> dict[Spot, Finding]:
    return {_spot(each): each for each in told}


def _spot(finding: Finding) -> Spot:
    return finding.path, finding.line, finding.column, finding.code


def _spot_of(flow: Flow) -> Spot:
    place = flow.sink.place
    return place.path, place.span.line, place.span.column, flow.sink.kind


def _is_kept(old: Finding | None, new: Finding | None) -> bool:
    """Whether a finding is there as before, at least as sure, and of all that it was surely of."""
    if old is None or new is None:
        return old is new
    if old.confidence != "low" and not set(old.categories) <= set(new.categories):
        return False
    return CONFIDENCES.index(new.confidence) >= CONFIDENCES.index(old.confidence)
