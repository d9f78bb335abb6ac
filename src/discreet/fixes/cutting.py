"""Cutting: an expression that puts a message together, without some of its values and their placeholders.

Everything here goes from the inside out. Of a part that shows nothing any more its holder is told that it is gone, and
takes it out as it takes out a value: ``"to %s" % f"{email}"`` ends as ``"to"``. The changes are deletions, each as
small as can be, so what stays is as it was written.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import libcst as cst

from discreet.fixes import placeholders
from discreet.fixes.edits import Change
from discreet.fixes.parsed import Parsed, Range
from discreet.fixes.quiet import is_quiet
from discreet.fixes.refusal import Refused
from discreet.fixes.removal import removals
from discreet.fixes.slots import MAPPING, OUT_OF_SIGHT, is_percent, text_method, text_of
from discreet.fixes.wording import Bit, Style, bits, name_in, says_nothing, tidied

LOUD = "to make the value may do more than that, and it would not be made any more"
SEVERAL = "several values are handed over as a whole"
NO_TEXT = "nothing says that the sum is a text"
_TEXTS = (cst.SimpleString, cst.FormattedString, cst.ConcatenatedString)


class Cutter:
    """Cuts values out of the expressions of one file, and collects the changes.

    Args:
        parsed: The file.
        doomed: What is cut out: where it stands.
        texts_only: Why nothing but texts may be cut, if so: a list or a mapping is handed to somebody.
    """

    def __init__(self, parsed: Parsed, doomed: Collection[Range], texts_only: str = "") -> None:
        self._parsed = parsed
        self._doomed = frozenset(doomed)
        self._changes: list[Change] = []
        self._texts_only = texts_only
        self._met: set[Range] = set()
        self._depth = 0

    @property
    def missed(self) -> bool:
        """Whether something that is doomed stands where nothing is cut."""
        return self._met != self._doomed

    @property
    def changes(self) -> tuple[Change, ...]:
        """What was cut, in order. What lies in something larger goes with it."""
        kept: list[Change] = []
        for each in sorted(set(self._changes), key=lambda each: (each.start, each.start < each.end, -each.end)):
            if not kept or each.start >= kept[-1].end:
                kept.append(each)
            elif each.end > kept[-1].end:
                kept[-1] = Change(kept[-1].start, each.end, kept[-1].text)
        return tuple(kept)

    def cut(self, node: cst.BaseExpression) -> bool:
        """Cut an expression.

        Returns:
            Whether nothing is left of it: then nothing was cut, and whoever holds it takes it out.

        Raises:
            Refused: it can't be cut.
        """
        place = self._parsed.range(node)
        if place in self._doomed:
            self._met.add(place)
            if not is_quiet(node):
                raise Refused(LOUD)
            return True
        before = len(self._changes)
        self._depth += 1
        gone = self._cut(node)
        self._depth -= 1
        if self._texts_only and self._depth == 0 and len(self._changes) > before and not _is_message(node):
            raise Refused(self._texts_only)
        return gone

    @property
    def _is_whole(self) -> bool:
        """Whether what is cut is a message, and no part of one."""
        return self._depth <= 1

    def _cut(self, node: cst.BaseExpression) -> bool:
        if isinstance(node, _TEXTS):
            return self._settle(self._bits(node))
        if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
            return self._cut_sum(node)
        if isinstance(node, cst.BinaryOperation) and is_percent(node):
            return self._cut_percent(node)
        if isinstance(node, cst.Call) and text_method(node):
            return self._cut_text_method(node, node.func)
        if isinstance(node, cst.IfExp):
            return self._cut_choice(node)
        if isinstance(node, (cst.List, cst.Tuple, cst.Set)):
            return self.take_out(node.elements, [self._cut_element(each) for each in node.elements], node)
        if isinstance(node, cst.Dict):
            return not self.cut_entries(node)[1]
        return False

    def cut_entries(self, node: cst.Dict) -> tuple[list[int | str], bool]:
        """Cut the values of a dictionary.

        Returns:
            The keys of the entries that are gone, and whether any is left.
        """
        keys = [self._cut_entry(each) for each in node.elements]
        left = not self.take_out(node.elements, [key != "" for key in keys])
        return [key for key in keys if key], left

    def _cut_entry(self, element: cst.BaseDictElement) -> str:
        """Cut the value of an entry of a dictionary: its key if the entry is gone, else an empty text."""
        if isinstance(element, cst.DictElement):
            self.keep(element.key, "it is a key of a dictionary")
            return (text_of(element.key) or "?") if self.cut(element.value) else ""
        self.keep(element.value, MAPPING)
        return ""

    def keep(self, node: cst.BaseExpression, reason: str) -> None:
        """Make sure that an expression is not to be cut out.

        Raises:
            Refused: it is.
        """
        if self._parsed.range(node) in self._doomed:
            raise Refused(reason)

    def take_out(
        self,
        items: Sequence[cst.Arg | cst.BaseElement | cst.BaseDictElement],
        gone: Sequence[bool],
        around: cst.BaseExpression | None = None,
    ) -> bool:
        """Take some items out of a list of them, unless they are all.

        Args:
            items: Arguments or elements.
            gone: Which ones.
            around: The tuple that they are the elements of, if it is one: one that is left keeps its comma.

        Returns:
            Whether nothing is left, so nothing was taken out.
        """
        if items and all(gone):
            return True
        if self._texts_only and self._depth == 0 and any(gone):
            raise Refused(self._texts_only)
        places = [self._place(each) for each in items]
        self._changes += removals(self._parsed.source.text, places, gone, is_tuple=isinstance(around, cst.Tuple))
        return False

    def _place(self, item: cst.Arg | cst.BaseElement | cst.BaseDictElement) -> Range:
        """Where an item is, its star, keyword or key included, its comma not."""
        if isinstance(item, cst.DictElement):
            return Range(self._parsed.range(item.key).start, self._parsed.range(item.value).end)
        return Range(self._parsed.range(item).start, self._parsed.range(item.value).end)

    def delete(self, start: int, end: int) -> None:
        """Take out a stretch."""
        self._changes.append(Change(start, end, ""))

    def _cut_element(self, element: cst.BaseElement) -> bool:
        if isinstance(element, cst.StarredElement):
            self.keep(element.value, "a sequence is handed over as a whole")
            return False
        return self.cut(element.value)

    def _cut_choice(self, node: cst.IfExp) -> bool:
        """Of two values of which one can't stay, neither does."""
        if not any([self.cut(node.body), self.cut(node.orelse)]):
            return False
        if not is_quiet(node):
            raise Refused(LOUD)
        return True

    # -- texts ------------------------------------------------------------------------------------------------------

    def _bits(self, node: cst.BaseExpression, style: Style = "plain", first: int = 0) -> list[Bit]:
        """A literal in bits; what stands in the braces of an f-string is cut."""
        if isinstance(node, cst.ConcatenatedString):
            left = self._bits(node.left, style, first)
            return left + self._bits(node.right, style, first + sum(isinstance(each.key, int) for each in left))
        if isinstance(node, cst.SimpleString):
            start = self._parsed.inside(node).start + len(node.prefix) + len(node.quote)
            raw = "r" in node.prefix.lower()
            return list(bits(node.raw_value, start, raw=raw, style=style, first=first))
        assert isinstance(node, cst.FormattedString)
        found: list[Bit] = []
        for part in node.parts:
            start, end = self._parsed.range(part)
            if isinstance(part, cst.FormattedStringText):
                found += bits(part.value, start, raw="r" in node.prefix.lower(), style="fstring")
            else:
                assert isinstance(part, cst.FormattedStringExpression)
                found.append(Bit("", start, end, 0, self._cut_shown(part)))
        self._plain(node, found)
        return found

    def _cut_shown(self, part: cst.FormattedStringExpression) -> bool:
        for each in part.format_spec or ():
            if isinstance(each, cst.FormattedStringExpression):
                self.keep(each.expression, "it stands in a format specification")
        return self.cut(part.expression)

    def _plain(self, node: cst.FormattedString, found: Sequence[Bit]) -> None:
        """An f-string that shows nothing any more is an ordinary one."""
        shown = [each for each in found if not each.is_text]
        if not shown or not all(each.gone for each in shown):
            return
        start = self._parsed.inside(node).start
        self.delete(start + node.prefix.lower().index("f"), start + node.prefix.lower().index("f") + 1)
        self._unescape(found)

    def _unescape(self, found: Sequence[Bit]) -> None:
        """What was written twice because it was a template."""
        for each in found:
            if each.text in ("%%", "{{", "}}"):
                self.delete(each.start, each.start + 1)

    def _settle(self, found: Sequence[Bit]) -> bool:
        """Delete the fields that are gone, and what goes with them, unless nothing is left then."""
        gone = [each for each in found if each.gone]
        if not gone:
            return False
        if says_nothing(found):
            return True
        for each in (*gone, *tidied(found, whole=self._is_whole)):
            self.delete(each.start, each.end)
        return False

    def fill(self, template: cst.BaseExpression, style: Style, gone: Collection[int | str], *, formats: bool) -> bool:
        """Cut a template for which some values are gone.

        Args:
            template: A string literal.
            style: What makes a field in it.
            gone: The positions and names of the values.
            formats: Whether there are values left, and it is still a template.

        Returns:
            Whether nothing is left of it.

        Raises:
            Refused: which field takes which value can't be told.
        """
        text = text_of(template)
        asks = placeholders.percent if style == "percent" else placeholders.braces
        if text is None or asks(text) is None:
            raise Refused(OUT_OF_SIGHT)
        found = [each._replace(gone=each.key in gone) for each in self._bits(template, style)]
        shown = [each.key for each in found if not each.is_text]
        meant = [each.key for each in bits(text, 0, raw=True, style=style) if not each.is_text]
        if shown != meant or (shown and any(isinstance(key, int) and key not in shown for key in gone)):
            raise Refused(OUT_OF_SIGHT)
        if self._settle(found):
            return True
        if not formats and shown:
            self._unescape(found)
        elif style == "braces":
            self._renumber(found, [key for key in gone if isinstance(key, int)])
        return False

    def _renumber(self, found: Sequence[Bit], gone: Sequence[int]) -> None:
        for each in found:
            before = sum(isinstance(each.key, int) and key < each.key for key in gone)
            written = name_in(each.text) if isinstance(each.key, int) else ""
            if written and before and not each.gone:
                start = each.start + 1
                self._changes.append(Change(start, start + len(written), str(int(written) - before)))

    # -- sums, and what fills templates -----------------------------------------------------------------------------

    def _cut_sum(self, node: cst.BinaryOperation) -> bool:
        addends = self._addends(node)
        pieces = [self._of_addend(each) for each in addends]
        message = [each for piece in pieces for each in piece]
        if not any(each.gone for each in message):
            return False
        if says_nothing(message):
            return True
        if not any(map(_is_text, addends)):
            raise Refused(NO_TEXT)
        dropped = tidied(message, whole=self._is_whole)
        going = {*dropped, *(each for each in message if each.gone)}
        gone = [bool(piece) and going.issuperset(piece) for piece in pieces]
        for each in going:
            self.delete(each.start, each.end)
        places = [self._parsed.range(each) for each in addends]
        for number in (number for number, is_gone in enumerate(gone) if is_gone):
            if all(gone[:number]):
                self.delete(places[number].start, places[number + 1].start)
            else:
                self.delete(places[number - 1].end, places[number].end)
        return False

    def _addends(self, node: cst.BinaryOperation) -> list[cst.BaseExpression]:
        """The addends, followed in a loop; a sum in parentheses is one of them."""
        addends: list[cst.BaseExpression] = []
        left: cst.BaseExpression = node
        while isinstance(left, cst.BinaryOperation) and isinstance(left.operator, cst.Add):
            addends.append(left.right)
            left = left.left
            if left.lpar:
                break
        return [left, *reversed(addends)]

    def _of_addend(self, node: cst.BaseExpression) -> list[Bit]:
        """The bits of an addend, or what it shows, as one."""
        if isinstance(node, _TEXTS) and not node.lpar:
            return self._bits(node)
        return [Bit("", *self._parsed.range(node), 0, self.cut(node))]

    def _cut_percent(self, node: cst.BinaryOperation) -> bool:
        asked = placeholders.percent(text_of(node.left) or "")
        gone: list[int | str] = []
        if isinstance(node.right, cst.Tuple):
            flags = [self._cut_element(each) for each in node.right.elements]
            gone += [number for number, flag in enumerate(flags) if flag]
            if gone and any(isinstance(each, cst.StarredElement) for each in node.right.elements):
                raise Refused(OUT_OF_SIGHT)
            left = not self.take_out(node.right.elements, flags, node.right)
        elif isinstance(node.right, cst.Dict) and not (asked and asked.ordered):
            gone, left = self.cut_entries(node.right)
        else:
            left = not self.cut(node.right)
            gone += [] if left else [0]
            if gone and (asked is None or asked.named or len(asked.ordered) != 1):
                raise Refused(SEVERAL)
        if not gone:
            return self.cut(node.left)
        if self.fill(node.left, "percent", gone, formats=left):
            return True
        if not left:
            self.delete(self._parsed.range(node.left).end, self._parsed.range(node.right).end)
        return False

    def _cut_text_method(self, node: cst.Call, func: cst.BaseExpression) -> bool:
        assert isinstance(func, cst.Attribute)
        if text_method(node) == "join":
            return self.cut(node.args[0].value)
        gone, flags = self.cut_values(node.args)
        if not gone:
            return self.cut(func.value)
        left = not self.take_out(node.args, flags)
        if self.fill(func.value, "braces", gone, formats=left):
            return True
        if not left:
            self.delete(self._parsed.range(func.value).end, self._parsed.range(node).end)
        return False

    def cut_values(self, args: Sequence[cst.Arg]) -> tuple[list[int | str], list[bool]]:
        """Cut the arguments that a template takes.

        Returns:
            The positions and names of those that are gone, and for each argument whether it is.

        Raises:
            Refused: what their positions are can't be told.
        """
        gone: list[int | str] = []
        flags: list[bool] = []
        for number, arg in enumerate(args):
            if arg.star:
                self.keep(arg.value, f"{arg.star}arguments are handed over as a whole")
            flags.append(not arg.star and self.cut(arg.value))
            if flags[-1]:
                gone.append(arg.keyword.value if arg.keyword is not None else number)
        if any(isinstance(key, int) for key in gone) and any(arg.star == "*" for arg in args):
            raise Refused(OUT_OF_SIGHT)
        return gone, flags


def _is_message(node: cst.BaseExpression) -> bool:
    """Whether a value is a text that is put together here."""
    if isinstance(node, cst.IfExp):
        return _is_message(node.body) and _is_message(node.orelse)
    return _is_text(node) or (isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add))


def _is_text(node: cst.BaseExpression) -> bool:
    """Whether a value is a text, by its form."""
    if isinstance(node, cst.BinaryOperation):
        return is_percent(node)
    if isinstance(node, cst.Call):
        return bool(text_method(node)) or (isinstance(node.func, cst.Name) and node.func.value == "str")
    return isinstance(node, _TEXTS)
