"""Whether a claim of the catalogue is true of the libraries that lie here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from discreet.catalogue.libraries import ANY
from reality.arguments import Signature, signatures
from reality.claims import Claim
from reality.names import Answer, Missing, Names, Unknown

Kind = Literal["true", "older", "open", "wrong", "unknown", "excused"]


class Verdict(NamedTuple):
    """What came of one claim.

    Attributes:
        kind: ``true``; ``older`` if that is so of an older version only; ``open`` if the name is there and its
            arguments can't be read; ``wrong``; ``unknown`` if reading does not tell whether the name is there;
            ``excused`` if somebody has said why it can't be.
        why: what is wrong, or can't be told.
    """

    claim: Claim
    kind: Kind
    why: str = ""


class Judge:
    """Judges claims.

    Args:
        names: what is there.
        stands_for: names of the catalogue's own, with the real name each is checked by.
        services: what is made when a program runs, by name.
    """

    def __init__(
        self, names: Names, stands_for: Mapping[str, str] = {}, services: Mapping[str, Signature] = {}
    ) -> None:
        self._names = names
        self._stands_for = stands_for
        self._services = services

    def verdicts(self, claims: Iterable[Claim]) -> list[Verdict]:
        """What is true of some claims, rows being complete.

        A row may speak of several callables, and of all keywords that any of them takes. So a keyword is wrong if no
        callable of the row takes it; a place, if it is another parameter's; a callable, if it takes nothing of it all.
        """
        found: list[Verdict] = []
        for _, row in groupby(claims, lambda claim: claim[:3]):
            taken: set[str] = set()
            judged = [self._verdict(claim, taken) for claim in row]
            nobody = [each for each in judged[0].claim.arguments if each not in taken]
            if nobody and all(each.kind == "true" for each in judged):
                judged[0] = Verdict(judged[0].claim, "wrong", f"nothing in this row takes {_listed(nobody)}")
            found.extend(judged)
        return found

    def _verdict(self, claim: Claim, taken: set[str]) -> Verdict:
        """What is true of one claim; the arguments that it does take are added to ``taken``."""
        if claim.name in self._services:
            return self._of_signatures(claim, [self._services[claim.name]], taken)
        if claim.owners:
            return self._of_owners(claim)
        name = self._real(claim.name).partition(".{")[0]
        if name.endswith(f".{ANY}"):
            taken.update(claim.arguments)
        if name.endswith((".*", f".{ANY}")):  # of all below it, only that there is something to be below
            return self._of_answer(claim, self._names.find(name.rpartition(".")[0]))
        answer = self._names.find_loosely(name) if claim.loose else self._names.find(name)
        if isinstance(answer, Unknown | Missing) or not claim.arguments:
            return self._of_answer(claim, answer)
        found = signatures(self._names, answer)
        if found is None:
            return Verdict(claim, "open", "there is no signature to read")
        return self._of_signatures(claim, found, taken)

    def _of_owners(self, claim: Claim) -> Verdict:
        """Classes that answer any name by ``__getattr__`` answer the names of columns so: those are no methods."""
        method = claim.name.rpartition(".")[2]
        answers = (self._names.find(f"{owner}.{method}") for owner in claim.owners)
        if all(isinstance(answer, Missing | Unknown) for answer in answers):
            return Verdict(claim, "wrong", "no class of frames has it")
        return Verdict(claim, "true")

    def _of_signatures(self, claim: Claim, found: Sequence[Signature], taken: set[str]) -> Verdict:
        here = [each for each in claim.arguments if any(one.takes(each) for one in found)]
        taken.update(here)
        if not claim.arguments:
            return Verdict(claim, "true")
        misplaced = [
            each for each in claim.arguments if each not in here and any(one.contradicts(each) for one in found)
        ]
        if here and not misplaced:
            return Verdict(claim, "true")
        shown = " or ".join(dict.fromkeys(map(str, found)))
        return Verdict(claim, "wrong", f"takes no {_listed(misplaced or claim.arguments)}; it takes {shown}")

    def _real(self, name: str) -> str:
        """A name with its longest part that stands for another replaced."""
        parts = name.split(".")
        for length in range(len(parts), 0, -1):
            other = self._stands_for.get(".".join(parts[:length]))
            if other is not None:
                return ".".join([other, *parts[length:]])
        return name

    def _of_answer(self, claim: Claim, answer: Answer) -> Verdict:
        if isinstance(answer, Missing):
            return Verdict(claim, "wrong", answer.why)
        if isinstance(answer, Unknown):
            return Verdict(claim, "unknown", answer.why)
        return Verdict(claim, "true")


def older(verdicts: Sequence[Verdict], before: Judge) -> list[Verdict]:
    """The verdicts, with those that only older versions save.

    Args:
        verdicts: of all claims, about the libraries as they are.
        before: judges by older versions of some.
    """
    doubtful = {each.claim[:3] for each in verdicts if each.kind in ("wrong", "unknown")}
    rows = [each.claim for each in verdicts if each.claim[:3] in doubtful]
    saved = {each.claim for each in before.verdicts(rows) if each.kind == "true"}
    return [
        Verdict(each.claim, "older", each.why) if each.kind in ("wrong", "unknown") and each.claim in saved else each
        for each in verdicts
    ]


def excused(verdicts: Iterable[Verdict], reasons: Mapping[str, str]) -> tuple[list[Verdict], list[str]]:
    """The verdicts, with those excused for which a reason is written down, and the reasons that nothing needs.

    Args:
        verdicts: of all claims.
        reasons: by name; ``library.*`` is everything below it.
    """
    used: set[str] = set()
    found = []
    for verdict in verdicts:
        reason = next((key for key in _keys(verdict.claim.name) if key in reasons), None)
        if reason is not None and verdict.kind in ("wrong", "unknown"):
            used.add(reason)
            found.append(Verdict(verdict.claim, "excused", reasons[reason]))
        else:
            found.append(verdict)
    return found, [key for key in reasons if key not in used]


def _keys(name: str) -> list[str]:
    parts = name.split(".")
    return [name, *(".".join([*parts[:length], "*"]) for length in range(len(parts) - 1, 0, -1))]


def _listed(arguments: Sequence[str]) -> str:
    return ", ".join(map(repr, arguments))
