"""What is to be done at a site: which values are wrapped in which redactor, and how safe that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from discreet.catalogue.categories import listed
from discreet.fixes.choices import Choice
from discreet.fixes.edits import Piece, wrapped
from discreet.fixes.imports import Called, Naming
from discreet.fixes.probing import Personal
from discreet.fixes.redactors import Redactors
from discreet.fixes.refusal import Refused
from discreet.fixes.sites import Site
from discreet.fixes.slots import WHOLE
from discreet.rules.registry import RULES

OBJECT = "an object is handed to the redactor as a whole"
HANDED_OVER = "it is a function of the program that logs it, and may do more with it"
INTERFACE = "it is what the program shows its user"
NO_WRAP = "the data gets out by a way that no redactor in this call closes"
NO_CHOICE = "what is shown is not written here: it may be mended where it is, so run again"


class Plan(NamedTuple):
    """A fix as it is proposed. ``unsafe`` says why it is not safe, or nothing."""

    site: Site
    pieces: tuple[Piece, ...]
    called: tuple[Called, ...]
    unsafe: str
    description: str

    @property
    def is_safe(self) -> bool:
        """Whether ``--fix`` alone applies it."""
        return not self.unsafe

    @property
    def is_of_type(self) -> bool:
        """Whether it changes what the text of a type shows."""
        return self.site.finding.sink is not None and self.site.finding.sink.kind == "repr"

    @property
    def is_of_object(self) -> bool:
        """Whether it closes what the text of an object would show."""
        return self.site.finding.source is not None and self.site.finding.source.whole == "object"


def corrected(site: Site, needed: Sequence[Choice] | None) -> Plan:
    """Plan the fix of a site with choices.

    Args:
        site: Which one.
        needed: Those that are; ``None`` where its finding stays whatever is done.

    Raises:
        Refused: there is no right edit.
    """
    if not needed:
        raise Refused(NO_CHOICE)
    refused = next((each.refused for each in needed if each.refused), "")
    if refused:
        raise Refused(refused)
    return Plan(
        site,
        tuple(piece for each in needed for piece in each.pieces),
        tuple(dict.fromkeys(called for each in needed for called in each.called)),
        next((each.unsafe for each in needed if each.unsafe), ""),
        needed[0].says.replace("{}", listed([each.of for each in needed])),
    )


def plan(site: Site, personal: Sequence[Personal] | None, redactors: Redactors, naming: Naming, first: int) -> Plan:
    """Plan the fix of a site.

    Args:
        site: Which one.
        personal: Its personal slots; ``None`` where its finding stays whatever is wrapped.
        redactors: Those that are declared.
        naming: What they are called in the file.
        first: Where in the file the first of them will be needed.

    Raises:
        Refused: there is no right edit.
    """
    if not personal:
        raise Refused(NO_WRAP)
    refused = next((each.slot.refused for each in personal if each.slot.refused), "")
    if refused:
        raise Refused(refused)
    chosen: dict[Called, None] = {}
    pieces, unsafe = [], [each.slot.unsafe for each in personal]
    for each in personal:
        called = naming.of(redactors.of(each.categories), first)
        chosen[called] = None
        pieces.append(wrapped(each.slot.start, each.slot.end, f"{called.name}(", ")"))
        unsafe.append(called.unsafe)
        if each.whole == "object" or "person" in each.categories:
            unsafe.append(OBJECT)
        elif each.whole and not each.slot.within:
            unsafe.append(WHOLE)
    if RULES[site.finding.code].interface:
        unsafe.append(INTERFACE)
    if site.finding.sink is not None and site.finding.sink.handed_over:
        unsafe.append(HANDED_OVER)
    functions = " and ".join(f"{each.redactor.dotted}()" for each in chosen)
    return Plan(
        site,
        tuple(pieces),
        tuple(chosen),
        next((reason for reason in unsafe if reason), ""),
        f"Wrap {'it' if len(pieces) == 1 else 'them'} in {functions}",
    )
