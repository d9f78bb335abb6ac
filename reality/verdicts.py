"""Whether a claim of the catalogue is true of the libraries that lie here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from reality.arguments import signatures
from reality.claims import Claim
from reality.names import Answer, Missing, Names, Unknown

Kind = Literal["true", "open", "wrong", "unknown", "excused"]


class Verdict(NamedTuple):
    """What came of one claim.

    Attributes:
        kind: ``true``; ``open`` if the name is there and its arguments can't be read; ``wrong``; ``unknown`` if reading
            does not tell whether the name is there; ``excused`` if somebody has said why it can't be.
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
        services: the operations of boto3's clients, with their arguments.
    """

    def __init__(
        self, names: Names, stands_for: Mapping[str, str] = {}, services: Mapping[str, frozenset[str]] = {}
    ) -> None:
        self._names = names
        self._stands_for = stands_for
        self._services = services

    def verdict(self, claim: Claim) -> Verdict:
        """What is true of a claim."""
        name = self._real(claim.name)
        owner, _, last = name.rpartition(".")
        if owner == "boto3.Client" and last in self._services:
            return self._of_service(claim, self._services[last])
        if name.endswith(".*"):
            return self._of_answer(claim, self._names.find(name[:-2]))
        answer = self._names.find_loosely(name) if claim.loose else self._names.find(name)
        if isinstance(answer, Unknown | Missing) or not claim.arguments:
            return self._of_answer(claim, answer)
        taken = signatures(self._names, answer)
        if taken is None:
            return Verdict(claim, "open", "there is no signature to read")
        refused = [each for each in claim.arguments if not any(one.takes(each) for one in taken)]
        if refused:
            shown = "; ".join(sorted({", ".join((*one.places, *sorted(one.keywords))) for one in taken}))
            return Verdict(claim, "wrong", f"takes no {', '.join(map(repr, refused))}; it takes ({shown})")
        return Verdict(claim, "true")

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

    def _of_service(self, claim: Claim, members: frozenset[str]) -> Verdict:
        refused = [each for each in claim.arguments if each not in members and each != "**"]
        if refused:
            return Verdict(claim, "wrong", f"takes no {', '.join(map(repr, refused))}; it takes keywords only")
        return Verdict(claim, "true")


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
