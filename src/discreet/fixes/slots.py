"""Slots: the places in a message where a value is put, in every way that Python has of putting a message together.

``log.info("to %s, " + at, f"{name!r:>9}", {"by": phone})`` has the slots ``at``, ``name`` and ``phone``; what is
constant has none. Which of them are personal is not asked here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import libcst as cst

from discreet.catalogue.names import judge
from discreet.fixes import placeholders
from discreet.fixes.parsed import Parsed
from discreet.fixes.placeholders import Asked

COMMENT = "a comment stands inside it"
WHOLE = "a collection is wrapped as a whole"
MAPPING = "a mapping is handed over as a whole"
OUT_OF_SIGHT = "the template is not in sight"
DEBUG = "the name of the value is shown beside it"

_COLLECTIONS = (cst.ListComp, cst.GeneratorExp, cst.SetComp, cst.DictComp)
_CONSTANTS = (cst.SimpleString, cst.Integer, cst.Float, cst.Imaginary, cst.Ellipsis)


Takes = Literal["any", "text", "same"]
"""What does where a value stands: anything, since what shows it makes a text of it; nothing but a text; or only what
it is, since somebody goes on with it, or a name beside it says what it is.
"""


class Slot(NamedTuple):
    """A place of a value: ``text[start:end]``. ``unsafe`` says why to wrap it changes more than the value,
    ``refused`` why it can't be wrapped at all; ``within`` that a literal container stands around it.
    """

    start: int
    end: int
    unsafe: str = ""
    refused: str = ""
    within: bool = False
    takes: Takes = "text"


class Slots:
    """Finds the slots in the expressions of one file."""

    def __init__(self, parsed: Parsed) -> None:
        self._parsed = parsed

    def of(
        self, node: cst.BaseExpression, unsafe: str = "", refused: str = "", takes: Takes = "text"
    ) -> Iterator[Slot]:
        """The slots of an expression.

        Args:
            node: The expression.
            unsafe: Why wrapping the value of the expression itself, rather than something it is put together from,
                changes more than the value.
            refused: Why the value of the expression itself can't be wrapped.
            takes: What could stand in the place of the value.
        """
        if isinstance(node, _CONSTANTS):
            return
        if isinstance(node, cst.ConcatenatedString):
            yield from self.of(node.left)
            yield from self.of(node.right)
        elif isinstance(node, cst.FormattedString):
            yield from self._of_fstring(node.parts)
        elif isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
            yield from self._of_sum(node)
        elif isinstance(node, cst.BinaryOperation) and is_percent(node):
            yield from self._of_percent(node)
        elif isinstance(node, cst.Call) and text_method(node):
            yield from self._of_text_method(node)
        elif isinstance(node, cst.IfExp):
            yield from self.of(node.body, unsafe, refused, takes)
            yield from self.of(node.orelse, unsafe, refused, takes)
        elif isinstance(node, (cst.List, cst.Tuple, cst.Set)):
            for element in node.elements:
                yield from (slot._replace(within=True) for slot in self._of_element(element, refused, takes))
        elif isinstance(node, cst.Dict):
            yield from self.of_dict(node, refused=refused, takes=takes)
        else:
            yield self._slot(node, unsafe, refused, takes)

    def of_dict(
        self, node: cst.Dict, asked: Asked | None = None, refused: str = "", takes: Takes = "any"
    ) -> Iterator[Slot]:
        """The slots of a dictionary's values, which a template may ask for by their keys."""
        for element in node.elements:
            if isinstance(element, cst.DictElement):
                key = text_of(element.key)
                answer = asked.of(key) if asked is not None and key is not None else ""
                is_named = key is not None and names_it(key)
                inner: Takes = "same" if is_named or takes == "same" else "any"
                for slot in self.of(element.value, refused=refused or answer or "", takes=inner):
                    yield slot._replace(within=True)
                if not isinstance(element.key, _CONSTANTS):
                    yield self._slot(element.key, refused="it is a key of a dictionary")
            else:
                yield self._slot(element.value, refused=MAPPING)

    def arguments(
        self, args: Sequence[cst.Arg], asked: Asked | None, unsafe: str = "", takes: Takes = "any"
    ) -> Iterator[Slot]:
        """The slots of arguments that fill a template's places, by position and by name."""
        for number, arg in enumerate(args):
            if arg.star:
                yield self._slot(arg.value, refused=f"{arg.star}arguments are handed over as a whole")
                continue
            key = arg.keyword.value if arg.keyword is not None else number
            answer = asked.of(key) if asked is not None else ""
            yield from self.of(arg.value, unsafe, answer or "", takes)

    def _slot(self, node: cst.BaseExpression, unsafe: str = "", refused: str = "", takes: Takes = "same") -> Slot:
        start, end = self._parsed.range(node)
        if isinstance(node, _COLLECTIONS):
            unsafe = unsafe or WHOLE
        if has_comment(node):
            unsafe = COMMENT
        return Slot(start, end, unsafe, refused, takes=takes)

    def _of_element(self, element: cst.BaseElement, refused: str, takes: Takes) -> Iterator[Slot]:
        if isinstance(element, cst.StarredElement):
            yield self._slot(element.value, refused="a sequence is handed over as a whole")
        else:
            yield from self.of(element.value, refused=refused, takes="same" if takes == "same" else "any")

    def _of_fstring(self, parts: Sequence[cst.BaseFormattedStringContent]) -> Iterator[Slot]:
        for part in parts:
            if not isinstance(part, cst.FormattedStringExpression):
                continue
            spec = part.format_spec or ()
            nested = any(isinstance(each, cst.FormattedStringExpression) for each in spec)
            text = "".join(each.value for each in spec if isinstance(each, cst.FormattedStringText))
            refused = DEBUG if part.equal is not None else placeholders.fits(text, part.conversion is not None)
            refused = refused or ("its format is not in sight" if nested else "")
            takes: Takes = "any" if part.conversion is not None or not spec else "text"
            yield from self.of(part.expression, refused=refused, takes=takes)
            for each in spec:
                if isinstance(each, cst.FormattedStringExpression):
                    yield self._slot(each.expression, refused="it stands in a format specification")

    def _of_sum(self, node: cst.BinaryOperation) -> Iterator[Slot]:
        """The addends, of which a long sum has many: followed in a loop."""
        addends: list[cst.BaseExpression] = []
        left: cst.BaseExpression = node
        while isinstance(left, cst.BinaryOperation) and isinstance(left.operator, cst.Add):
            addends.append(left.right)
            left = left.left
        for each in (left, *reversed(addends)):
            yield from self.of(each)

    def _of_percent(self, node: cst.BinaryOperation) -> Iterator[Slot]:
        template = text_of(node.left)
        asked = placeholders.percent(template) if template is not None else None
        yield from self.of(node.left)
        right = node.right
        if isinstance(right, cst.Tuple):
            args = [cst.Arg(e.value, star="*" if isinstance(e, cst.StarredElement) else "") for e in right.elements]
            yield from self.arguments(args, asked, "" if asked else OUT_OF_SIGHT)
        elif isinstance(right, cst.Dict) and not (asked and asked.ordered):
            yield from self.of_dict(right, asked)
        elif asked is None or asked.named or len(asked.ordered) != 1:
            yield self._slot(right, refused="several values are handed over as a whole")
        else:
            yield from self.of(right, refused=asked.ordered[0], takes="any")

    def _of_text_method(self, node: cst.Call) -> Iterator[Slot]:
        assert isinstance(node.func, cst.Attribute)
        yield from self.of(node.func.value)
        if text_method(node) == "join":
            yield from (slot._replace(takes="text") for slot in self.of(node.args[0].value))
            return
        template = text_of(node.func.value)
        asked = placeholders.braces(template) if template is not None else None
        for slot in self.arguments(node.args, asked, takes="text" if ":" in (template or "") else "any"):
            yield slot if asked is not None else slot._replace(refused=slot.refused or OUT_OF_SIGHT)


def names_it(name: str) -> bool:
    """Whether a name beside a value says what of a person it is, and would be wrong beside anything else."""
    guess = judge(name, ())
    return guess is not None and guess.category != "person"


def has_comment(node: cst.CSTNode) -> bool:
    """Whether a comment stands anywhere inside a node."""
    waiting: list[cst.CSTNode] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, cst.Comment):
            return True
        waiting.extend(each.children)
    return False


def text_of(node: cst.BaseExpression) -> str | None:
    """The text of a constant string; ``None`` if it is none."""
    if isinstance(node, (cst.SimpleString, cst.ConcatenatedString)):
        value = node.evaluated_value
        return value if isinstance(value, str) else None
    return None


def is_percent(node: cst.BinaryOperation) -> bool:
    """Whether an operation fills a template that is written down."""
    return isinstance(node.operator, cst.Modulo) and isinstance(
        node.left, (cst.SimpleString, cst.ConcatenatedString, cst.FormattedString)
    )


def text_method(node: cst.Call) -> str:
    """``format`` for ``"...".format(...)``, ``join`` for ``"...".join([...])``; empty for any other call."""
    func = node.func
    if not isinstance(func, cst.Attribute) or not isinstance(
        func.value, (cst.SimpleString, cst.ConcatenatedString, cst.FormattedString)
    ):
        return ""
    if func.attr.value == "join":
        return "join" if len(node.args) == 1 and isinstance(node.args[0].value, (cst.List, cst.Tuple)) else ""
    return "format" if func.attr.value == "format" else ""
