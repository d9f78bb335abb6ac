"""Frames: tables of columns, of pandas or of polars, and what their methods leave of them.

A frame of which nobody knows the columns is an object of its class: what is read of it by name is judged by that name.
What is known to be in a column lies at a step ``|email``, and below that, as ``*``, the column's elements. A row is a
record: an object whose tail is ``@row``, or columns of a row (:mod:`discreet.flow.rows`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from discreet.facts.model import Call, Value
from discreet.facts.values import ROWS
from discreet.flow import notes
from discreet.flow.binding import receiver_of, selected
from discreet.flow.context import CALLABLE, Context, Made
from discreet.flow.result import OBJECT, PARAM, QUERY, UNKNOWN, Place, Result, Results
from discreet.flow.results import distinct

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

ROW: Final = "@row"
SAME: Final = frozenset({".values", ".T", ".iloc", ".loc", ".at", ".iat", "[", "~", ".plot", ".style"})
"""Steps into a frame that lead to a part of it, or to all of it again."""
ABOUT: Final = frozenset({
    "shape", "columns", "dtypes", "index", "size", "empty", "ndim", "axes", "schema", "height", "width", "attrs",
    "flags", "crs", "nbytes", "groups", "ngroups", "total_bounds"
})  # fmt: skip
"""Attributes that tell of a frame, and nothing of what is in it."""
NUMBERS: Final = frozenset({"hash", "len", "bool", "type", "id", "isinstance"})
"""Functions of Python that leave nothing of an element."""
_CHOICES: Final = ("columns", "items", "usecols", "names", "exprs")
MAX_CHAIN: Final = 8
"""So many calls below one another are looked at for the column that they begin with."""


class Frames:
    """Answers what is in a table of columns."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.catalogue = evaluator.catalogue

    def is_frame(self, cls: str) -> bool:
        """Whether a class of a library is one of frames."""
        row = self.catalogue.classes.exact[cls]
        return row is not None and row.text == "frame"

    def is_table(self, result: Result) -> bool:
        """Whether a result is a frame, a row of one, or a column in one."""
        if result.path:
            return result.path[0][0] == "|"
        return result.kind == OBJECT and self.is_frame(result.cls)

    # -- steps --------------------------------------------------------------------------------------------------------

    def step(self, result: Result, step: str, place: Place) -> Results:
        """What lies at a step of a frame, or of a row of one."""
        if result.path:
            if step in SAME or step[0] == "?":
                return (result,)
            named = step[0] in "[." and step[1:] == result.path[0][1:]
            return (result._replace(path=result.path[1:]),) if named else ()
        if step in SAME or step[0] == "?":
            return (result,)
        if step[0] not in "[." or (f"[{step[1:]}",) in result.minus or step[1:] in ABOUT:
            return ()
        return (self._column(result, step[1:], place),)

    def _column(self, result: Result, name: str, place: Place) -> Result:
        whose = result.hint or result.names[-1]
        text = f"{result.text}[{name!r}]" if not name.isidentifier() else f'{result.text}["{name}"]'
        path = () if ROW in result.tail else ("*",)
        return Result(UNKNOWN, (whose, name), text, place, path=path)

    # -- what makes one -----------------------------------------------------------------------------------------------

    def made(self, context: Context, call: Call, index: int, dotted: str, place: Place) -> Results:
        """The frame that a library's function makes."""
        effect = self.catalogue.makers[dotted]
        names = tuple(word for _, arg in selected(call.args, _CHOICES) for word in _words(arg.constant))
        if effect == "join":
            return self._joined(context, call, (), place)
        if effect == "query":
            rows = [each for each in self.evaluator.rows.asked(context, call, place) if each.kind != PARAM]
            if rows:
                return self._of_data(rows, (), place)
        if effect == "frame":
            data = self._values(context, call, ("0", "data", "records"))
            return self._of_data(data, names, place)
        cls = self.catalogue.returns[dotted] or "pandas.DataFrame"
        last = dotted.rpartition(".")[2]
        whole = Result(OBJECT, (last,), f"{call.text}()", place, cls=cls, made=Made(*context.key, index))
        return self._selected((whole,), names, place) if names else (whole,)

    def _of_data(self, data: Iterable[Result], names: tuple[str, ...], place: Place) -> Results:
        """A frame of rows, of records or of columns; ``names`` are what its columns are called, if that is said."""
        found: list[Result] = []
        for each in data:
            path = each.path
            if each.kind == QUERY or path[:1] == (ROWS,):
                continue
            if path and path[0][0] in "*#":
                found.extend(_in_row(each, path[1:], names))
            elif path and path[0][0] in "[|":
                found.append(each._replace(path=(f"|{path[0][1:]}", *path[1:])))
            elif names and each.kind in (UNKNOWN, PARAM):
                found.extend(
                    Result(UNKNOWN, (each.names[-1], name), name, place, path=(f"|{name}", "*")) for name in names
                )
            else:
                found.append(each)
        return distinct(found)

    # -- methods ------------------------------------------------------------------------------------------------------

    def called(self, context: Context, call: Call, place: Place, *, sure: bool) -> Results | None:
        """What a method of a frame gives; ``None`` where nobody knows it, or where its receiver is none. ``sure`` says
        that the receiver's class is one of frames.
        """
        effect = self.catalogue.frames.get(call.text.rpartition(".")[2])
        if effect is None or "." not in call.text:
            return None
        whole = self.evaluator.value(context, whole_receiver(call))
        chooses = effect == "columns" and any(isinstance(arg.constant, tuple) for arg in call.args)
        if not (sure or chooses or any(self.is_table(each) for each in whole)):
            return None
        frame = tuple(map(_as_column, whole))
        if effect == "clean":
            return ()
        if effect in ("columns", "column", "drop"):
            return self._by_name(context, call, effect, frame, place)
        if effect == "assign":
            return self._assigned(context, call, frame)
        if effect == "join":
            return self._joined(context, call, frame, place)
        if effect == "apply":
            rows = self._applied(context, call, self._rows(frame), place)
            return tuple(each._replace(path=("*", *each.path)) for each in rows or ())
        if effect == "text":
            return tuple(each._replace(form=each.form or 1) for each in frame)
        if effect == "keep":
            return frame
        steps = ("*", "#1") if effect == "pairs" else ("*",)
        return tuple(each._replace(path=(*steps, *each.path)) for each in self._rows(frame))

    def _rows(self, frame: Results) -> Results:
        """The rows of a frame: what lies in a column lies there in the row."""
        found = []
        for each in frame:
            if each.path and each.path[0][0] == "|":
                inner = each.path[2:] if each.path[1:2] == ("*",) else each.path[1:]
                found.append(each._replace(path=(f"=/0:{each.path[0][1:]}", *inner)))
            elif each.kind == OBJECT:
                found.append(each._replace(tail=(ROW,)))
            else:
                found.append(each)
        return tuple(found)

    def _by_name(self, context: Context, call: Call, effect: str, frame: Results, place: Place) -> Results:
        named = tuple(self._named(context, call))
        if not named:
            return frame
        names = tuple(filter(None, named))
        if not names:
            return () if effect == "columns" else frame
        if effect == "columns":
            return self._selected(frame, names, place)
        if effect == "column":
            return self.evaluator.steps(frame, (f"[{names[0]}",), place)
        gone = frozenset((f"[{name}",) for name in names)
        return tuple(
            each if each.path else each._replace(minus=each.minus | gone)
            for each in frame
            if not each.path or each.path[0][1:] not in names
        )

    def _selected(self, frame: Results, names: tuple[str, ...], place: Place) -> Results:
        """A frame of the columns of these names."""
        found: list[Result] = []
        for name in dict.fromkeys(names):
            for each in self.evaluator.steps(frame, (f"[{name}",), place):
                found.append(each._replace(path=(f"|{name}", *each.path)))
        return distinct(found)

    def _named(self, context: Context, call: Call) -> Iterable[str]:
        """The names of columns that a call is given; ``""`` for one of which only a figure is asked."""
        for arg in call.args:
            if arg.name in _CHOICES or arg.name in ("", "labels"):
                yield from _words(arg.constant)
                for part in arg.value:  # pl.col("email")
                    if part.root[0] == "c" and not part.access:
                        yield from self._column_of(context, context.function.calls[int(part.root[1:])])

    def _column_of(self, context: Context, call: Call) -> Iterable[str]:
        """``pl.col("email")``, and what is asked of it: ``.str.to_lowercase()`` leaves it what it is."""
        is_figure = False
        for _ in range(MAX_CHAIN):
            last = call.text.rpartition(".")[2]
            if last == "col" and call.args:
                return ("",) if is_figure else _words(call.args[0].constant)
            is_figure = is_figure or self.catalogue.frames.get(last) == "clean"
            inner = next((int(part.root[1:]) for part in receiver_of(call) if part.root[0] == "c"), None)
            if inner is None:
                break
            call = context.function.calls[inner]
        return ()

    def _assigned(self, context: Context, call: Call, frame: Results) -> Results:
        names = {arg.name for arg in call.args}
        kept = [each for each in frame if not each.path or each.path[0][1:] not in names]
        gone = frozenset((f"[{name}",) for name in names if name not in ("", "*", "**"))
        found = [each if each.path else each._replace(minus=each.minus | gone) for each in kept]
        for arg in call.args:
            if arg.name not in ("", "*", "**"):
                held = self.evaluator.value(context, arg.value)
                found.extend(each._replace(path=(f"|{arg.name}", *each.path)) for each in held)
        return distinct(found)

    def _joined(self, context: Context, call: Call, frame: Results, place: Place) -> Results:
        """The columns of several frames side by side, or one below the other."""
        found = list(frame)
        for each in self._values(context, call, ("0", "1", "other", "right", "left", "objs", "items")):
            inside = each.path[1:] if each.path and each.path[0][0] in "*#" else each.path
            found.append(_as_column(each._replace(path=inside)))
        return distinct(found)

    def _values(self, context: Context, call: Call, which: tuple[str, ...]) -> Results:
        return distinct(
            [each for _, arg in selected(call.args, which) for each in self.evaluator.value(context, arg.value)]
        )

    # -- functions that are handed over -------------------------------------------------------------------------------

    def mapped(self, context: Context, call: Call, column: Results, place: Place) -> Results | None:
        """``df["email"].map(mask)``: what a function makes of each element; ``None`` where nobody knows which."""
        elements = self.evaluator.steps(column, ("*",), place)
        found = self._applied(context, call, elements, place)
        return None if found is None else tuple(each._replace(path=("*", *each.path)) for each in found)

    def _applied(self, context: Context, call: Call, given: Results, place: Place) -> Results | None:
        """What the function that a call is handed gives of something."""
        if not call.args:
            return None
        found: list[Result] = []
        known = False
        for thing in self.evaluator.things.of_value(context, call.args[0].value):
            if thing.kind in CALLABLE:
                target = Context(self.evaluator.program.unit(thing.name))
                number = 1 if thing.kind == "method" else 0
                found.extend(self.evaluator.calls.returned(target, {number: given}, place))
                known = True
            elif thing.kind == "external":
                row = self.catalogue.transform_of(thing.name)
                if thing.name.removeprefix("builtins.") in NUMBERS:
                    known = True
                elif row is not None:
                    known = True
                    found.extend(self.evaluator.external.apply(row.effect, given, place))
        return distinct(found) if known else None

    # -- evidence -----------------------------------------------------------------------------------------------------

    def evidence(self, context: Context, frame: Result) -> list[Result]:
        """The columns that a frame surely has, since the same function reads them by name."""
        found = {}
        for part in context.function.keys:
            name = part.access[-1][1:]
            if part.access[-1][0] == "#" or (f"[{name}",) in frame.minus or name in found:
                continue
            held = self.evaluator.access(context, part.root, part.access[:-1], frozenset(), part.span)
            if any(self._is_same(each, frame) for each in self._own(context, held)):
                found[name] = self._column(frame._replace(tail=()), name, Place(context.module.path, part.span))
        return list(found.values())

    def _own(self, context: Context, held: Results) -> Iterable[Result]:
        for each in held:
            yield from self.evaluator.parameters.own(context, each) if each.kind == PARAM else (each,)

    def _is_same(self, one: Result, other: Result) -> bool:
        """Whether two results are frames of one making, or rows of such."""
        if one.kind != OBJECT or not self.is_frame(one.cls) or one.made != other.made:
            return False
        return one.text == other.text and _given_by(one) == _given_by(other)


def whole_receiver(call: Call) -> Value:
    """The frame that a method is called on, with what was put into it before."""
    return receiver_of(call) + call.held if call.held else receiver_of(call)


def _as_column(result: Result) -> Result:
    """What was put into a frame under a name lies in a column."""
    if result.path and result.path[0][0] == "[" and len(result.path[0]) > 1:
        return result._replace(path=(f"|{result.path[0][1:]}", *result.path[1:]))
    return result


def _in_row(result: Result, inner: tuple[str, ...], names: tuple[str, ...]) -> Iterable[Result]:
    """What lies in the rows of which a frame is made, as a column."""
    if not inner:
        yield result._replace(path=(), tail=("@fields",) if result.kind == OBJECT else result.tail)
        return
    step = inner[0]
    name = step.rpartition(":")[2] if step[0] == "=" else step[1:]
    number = step[1:].partition("/")[0] if step[0] in "=#" else ""
    if number.isdigit() and int(number) < len(names):
        name = names[int(number)]
    yield result._replace(path=(f"|{name}", "*", *inner[1:]))


def _words(constant: object) -> tuple[str, ...]:
    if isinstance(constant, str):
        return (constant,)
    return tuple(constant) if isinstance(constant, tuple) else ()


def _given_by(result: Result) -> object:
    """The call of ours that gave a frame: two calls of one function give two frames."""
    return next(((step.path, step.line, step.column) for step in result.trace if notes.is_returned(step.note)), None)
