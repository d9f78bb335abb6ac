"""What is to be done at a site: which values are wrapped in which redactor, and how safe that is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from discreet.catalogue.categories import listed
from discreet.facts.model import Span
from discreet.fixes.choices import Choice
from discreet.fixes.cutting import Cutter
from discreet.fixes.edits import Change, Piece, applied, changes_of, ordered, replaced, wrapped
from discreet.fixes.filled import MISFIT, is_filled
from discreet.fixes.imports import Called, Naming
from discreet.fixes.keys import Key, Keys
from discreet.fixes.parsed import Parsed, Range
from discreet.fixes.placeholders import BRACES
from discreet.fixes.probing import Personal
from discreet.fixes.redactors import Redactors
from discreet.fixes.refusal import Misdeclared, Refused
from discreet.fixes.registry import cuts
from discreet.fixes.sites import NOT_BY_ITSELF, Site, pieces_of
from discreet.fixes.slots import WHOLE, Slot
from discreet.fixes.sparing import texts_only
from discreet.rules.finding import Finding
from discreet.rules.registry import RULES

OBJECT = "an object is handed to the redactor as a whole"
HANDED_OVER = "it is a function of the program that logs it"
INTERFACE = "it is what the program shows its user"
KEYED = "the reader sees another value"
CUT = "the message says less"
NO_WRAP = "the data gets out by a way that no redactor in this call closes"
NO_FIELD = "what its text shows is no field of its own"
NOT_GONE = "it could not be proved: the finding would stay"


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


def is_of_type(finding: Finding) -> bool:
    """Whether a finding speaks of the text of a type."""
    return finding.sink is not None and finding.sink.kind == "repr"


def waits_for_type(finding: Finding) -> bool:
    """Whether what a finding speaks of may be gone when a type shows less: it is the text of an object, or of two."""
    source = finding.source
    if source is None or source.whole != "object":
        return False
    return not is_of_type(finding) or source.expression.count(".") > 1


def corrected(site: Site, needed: Sequence[Choice] | None) -> Plan:
    """Plan the fix of a site with choices.

    Args:
        site: Which one.
        needed: Those that are; ``None`` where its finding stays whatever is done.

    Raises:
        Refused: there is no right edit.
    """
    if not needed:
        raise Refused(NO_FIELD if is_of_type(site.finding) else NOT_GONE)
    refused = next((each.refused for each in needed if each.refused), "")
    if refused:
        raise Refused(refused)
    needed = [each for each in site.choices if each in needed]
    said: dict[str, list[str]] = {}
    for each in needed:
        said.setdefault(each.says, []).append(each.of)
    return Plan(
        site,
        tuple(piece for each in needed for piece in each.pieces),
        tuple(dict.fromkeys(called for each in needed for called in each.called)),
        next((each.unsafe for each in needed if each.unsafe), ""),
        "; ".join(says.replace("{}", listed(of)) for says, of in said.items()),
    )


class Ways(NamedTuple):
    """What can be done in a file.

    Attributes:
        redactors: Those that are declared.
        naming: What they are called in it.
        first: Where in it the first of them will be needed.
        keys: What can be shown in the place of values.
        parsed: The file.
    """

    redactors: Redactors
    naming: Naming
    first: int
    keys: Keys
    parsed: Parsed


def plan(site: Site, personal: Sequence[Personal] | None, ways: Ways) -> Plan:
    """Plan the fix of a site: each value is wrapped, else the key of its object is shown, else it is left out.

    Args:
        site: Which one.
        personal: Its personal slots; ``None`` where its finding stays whatever is done to them.
        ways: What can be done.

    Raises:
        Refused: there is no right edit.
    """
    if not personal:
        raise Refused(NO_WRAP)
    wraps: dict[Personal, Called] = {}
    unwrapped: dict[Personal, str] = {}
    for each in personal:
        try:
            wraps[each] = _wrapper(each, ways)
        except Misdeclared:
            raise
        except Refused as error:
            unwrapped[each] = error.reason
    keys: dict[Personal, Key] = {}
    for each in unwrapped:
        key = ways.keys.get((site.path, each.slot))
        if key is not None and all(key.name != other.name for other in keys.values()) and _is_news(site, key, ways):
            keys[each] = key
    doomed = {each: reason for each, reason in unwrapped.items() if each not in keys}
    cut = _cut(site, doomed, ways.parsed)
    wraps = {each: called for each, called in wraps.items() if not _lies_in(each.slot, cut)}
    keys = {each: key for each, key in keys.items() if not _lies_in(each.slot, cut)}
    return Plan(
        site,
        _pieces(site, wraps, keys, cut, ways.parsed),
        tuple(dict.fromkeys(wraps.values())),
        _unsafe(site, wraps, is_keyed=bool(keys), is_cut=bool(doomed)),
        _says(wraps, keys, is_cut=bool(doomed), reasons=list(unwrapped.values())),
    )


def covers(redactors: Redactors, personal: Personal) -> bool:
    """Whether a redactor is declared for a value, which can be wrapped in it as far as the call goes."""
    if personal.slot.refused:
        return False
    try:
        redactors.of(personal.categories)
    except Refused:
        return False
    return True


def _is_news(site: Site, key: Key, ways: Ways) -> bool:
    """Whether a message does not show a key already."""
    (taken,) = site.ranges
    text = ways.parsed.source.text[taken.start : taken.end]
    return re.search(rf"(?<![\w.]){re.escape(key.name)}(?![\w(.])", text) is None


def _wrapper(personal: Personal, ways: Ways) -> Called:
    """What a value is wrapped in.

    Raises:
        Refused: it can't be.
    """
    redactor = ways.redactors.of(personal.categories)
    if personal.slot.refused:
        raise Refused(personal.slot.refused)
    return ways.naming.of(redactor, ways.first)


def _cut(site: Site, doomed: Mapping[Personal, str], parsed: Parsed) -> tuple[Change, ...]:
    """What takes values out of a message.

    Raises:
        Refused: they can't be taken out.
    """
    if not doomed:
        return ()
    finding = site.finding
    node = parsed.at(Span(finding.line, finding.column, finding.end_line, finding.end_column))
    assert node is not None
    assert finding.sink is not None
    cutter = Cutter(parsed, [Range(each.slot.start, each.slot.end) for each in doomed], texts_only(finding))
    try:
        cuts()[finding.sink.kind](finding, cutter, node)
        if cutter.missed:
            raise Refused(NOT_BY_ITSELF)
    except Refused as error:
        reasons = dict.fromkeys((*doomed.values(), error.reason))
        raise Refused(", and ".join(reasons)) from None
    if finding.sink.kind == "log" and not _is_as_filled(
        finding.sink.callable, parsed, parsed.range(node), cutter.changes
    ):
        raise Refused(MISFIT)
    return cutter.changes


def _is_as_filled(name: str, parsed: Parsed, taken: Range, cut: Sequence[Change]) -> bool:
    """Whether the placeholders of a log call fit its values after some changes, if they did before."""
    text = parsed.source.text[taken.start : taken.end]
    new = applied(text, [Change(each.start - taken.start, each.end - taken.start, each.text) for each in cut])
    first, in_braces = int(name.endswith(".log")), name.startswith(BRACES)
    return (
        is_filled(text, first=first, in_braces=in_braces) is not True
        or is_filled(new, first=first, in_braces=in_braces) is True
    )


def _lies_in(slot: Slot, changes: Sequence[Change]) -> bool:
    return any(change.start <= slot.start and slot.end <= change.end for change in changes)


def _pieces(
    site: Site, wraps: Mapping[Personal, Called], keys: Mapping[Personal, Key], cut: Sequence[Change], parsed: Parsed
) -> tuple[Piece, ...]:
    """The pieces of a fix: the values themselves, and, where some were taken out, what they stood in."""
    own = [wrapped(each.slot.start, each.slot.end, f"{called.name}(", ")") for each, called in wraps.items()]
    own += [replaced(each.slot.start, each.slot.end, key.shown) for each, key in keys.items()]
    if not cut:
        return tuple(ordered(own))
    return tuple(pieces_of(site, sorted([*cut, *changes_of(own)], key=lambda each: each[:2]), parsed))


def _unsafe(site: Site, wraps: Mapping[Personal, Called], *, is_keyed: bool, is_cut: bool) -> str:
    """Why a fix is not safe, or nothing."""
    reasons = [CUT if is_cut else "", KEYED if is_keyed else ""]
    reasons += [each.slot.unsafe for each in wraps]
    for each, called in wraps.items():
        reasons.append(called.unsafe)
        if each.whole == "object" or "person" in each.categories:
            reasons.append(OBJECT)
        elif each.whole and not each.slot.within:
            reasons.append(WHOLE)
    if RULES[site.finding.code].interface:
        reasons.append(INTERFACE)
    if site.finding.sink is not None and site.finding.sink.handed_over:
        reasons.append(HANDED_OVER)
    return next((reason for reason in reasons if reason), "")


def _says(
    wraps: Mapping[Personal, Called], keys: Mapping[Personal, Key], *, is_cut: bool, reasons: Sequence[str]
) -> str:
    """What a fix does, as a sentence, and why not all values are wrapped."""
    said = []
    if wraps:
        functions = dict.fromkeys(f"{each.redactor.dotted}()" for each in wraps.values())
        said.append(f"wrap {'it' if len(wraps) == 1 else 'them'} in {' and '.join(functions)}")
    if keys:
        said.append(f"show the object's {' and '.join(dict.fromkeys(key.attribute for key in keys.values()))} instead")
    if is_cut:
        said.append("leave the rest out of the message" if said else "leave it out of the message")
    sentence = ", ".join(said) + (f", since {reasons[0]}" if reasons else "")
    return sentence[:1].upper() + sentence[1:]
