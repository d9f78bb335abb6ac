"""What a call can spare: which of its arguments may be left out, and what is too little to be a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discreet.catalogue.tables import catalogue
from discreet.fixes.refusal import Refused
from discreet.fixes.slots import Takes, text_of
from discreet.rules.finding import Finding

if TYPE_CHECKING:
    import libcst as cst

EMPTY = "nothing would be left of the message"
KEPT = "whoever catches the exception may read the argument"
NEEDED = "what is called needs the argument"


def takes_any_number(finding: Finding) -> bool:
    """Whether what is called at a finding's place takes any number of values, as far as the catalogue knows it."""
    return any(each == "*" or each[-1] == "+" for each in _selectors(finding))


def takes_of(finding: Finding) -> Takes:
    """What could stand in the place of an argument: a function of the program goes on with what it is handed."""
    if finding.sink is not None and finding.sink.handed_over:
        return "same"
    return "any" if takes_any_number(finding) else "text"


def texts_only(finding: Finding) -> str:
    """Why nothing but texts may be cut at a finding's place, if so."""
    sink = finding.sink
    if sink is not None and sink.kind == "exception":
        return KEPT
    return NEEDED if sink is not None and sink.handed_over else ""


def takes_any_keyword(finding: Finding) -> bool:
    """Whether it takes keywords of any name."""
    return "**" in _selectors(finding)


def _selectors(finding: Finding) -> list[str]:
    sink = finding.sink
    if sink is None or sink.handed_over:  # a function of the program, whose parameters are its own
        return []
    return [each for row in catalogue().sinks_of(sink.callable) for each in row.args]


def check_removable(finding: Finding, arg: cst.Arg) -> None:
    """Make sure that what is called can do without an argument.

    Raises:
        Refused: it can't.
    """
    if arg.keyword is None:
        can = takes_any_number(finding)
    else:
        can = takes_any_keyword(finding) or (arg.keyword.value == "extra" and takes_any_number(finding))
    if not can:
        raise Refused(NEEDED)


def says_something(node: cst.BaseExpression) -> bool:
    """Whether a value is more than punctuation."""
    text = text_of(node)
    return text is None or any(map(str.isalnum, text))
