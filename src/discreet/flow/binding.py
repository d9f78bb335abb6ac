"""Binding: which argument of a call a parameter of its callee takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discreet.catalogue.rows import Caller
from discreet.facts.model import VALUE, Argument, Call, Function, Part, Value
from discreet.facts.values import elements, join, read, under


def bind_arguments(function: Function, args: tuple[Argument, ...], receiver: Value | None) -> dict[int, Value]:
    """The value of each parameter that the call gives one; ``receiver`` takes the first parameter of a method."""
    bound: dict[int, Value] = {}
    taken = 0
    if receiver is not None and function.params:
        bound[0] = receiver
        taken = 1
    if _is_positional(function, args, taken):
        for index, arg in enumerate(args, taken):
            bound[index] = arg.value
        return bound
    plain = [index for index, param in enumerate(function.params) if param.kind == ""]
    names = {param.name: index for index, param in enumerate(function.params) if param.kind in ("", "kw")}
    star = next((index for index, param in enumerate(function.params) if param.kind == "*"), None)
    double = next((index for index, param in enumerate(function.params) if param.kind == "**"), None)
    free = plain[taken:]
    maybe: set[int] = set()
    position = 0
    for arg in args:
        if arg.name == "":
            if position < len(free):
                bound[free[position]] = join(bound.get(free[position], ()), arg.value)
            elif star is not None:
                bound[star] = join(bound.get(star, ()), under(arg.value, f"#{position - len(free)}"))
            position += 1
        elif arg.name == "*":
            _spread(arg, free[position:], star, bound)
            maybe.update(free[position:])
        elif arg.name == "**":
            _spread_mapping(arg, {name: at for name, at in names.items() if at in maybe or at not in bound}, bound)
            if double is not None:
                bound[double] = join(bound.get(double, ()), arg.value)
        elif arg.name in names:
            bound[names[arg.name]] = arg.value
        elif double is not None:
            bound[double] = join(bound.get(double, ()), under(arg.value, f"[{arg.name}"))
    return bound


def _is_positional(function: Function, args: tuple[Argument, ...], taken: int) -> bool:
    """Whether each argument is that of the parameter in its place, as in most calls. Parameters that take one by its
    place come first.
    """
    end = taken + len(args)
    if end > len(function.params) or (args and function.params[end - 1].kind != ""):
        return False
    for arg in args:
        if arg.name:
            return False
    return True


def lacking(function: Function, args: tuple[Argument, ...], taken: int) -> int:
    """How many parameters that a function can't do without a call gives nothing. None where nobody can know, since
    something is spread.

    Args:
        function: The callee.
        args: What the call hands over.
        taken: How many of the first parameters the receiver takes.
    """
    named, filled, needed = set[str](), taken, 0
    for arg in args:
        if arg.name in ("*", "**"):
            return 0
        if arg.name == "":
            filled += 1
        else:
            named.add(arg.name)
    for param in function.params:
        if param.kind == "":
            if filled > 0:
                filled -= 1
            elif not param.optional and param.name not in named:
                needed += 1
    return needed


def _spread(arg: Argument, free: list[int], star: int | None, bound: dict[int, Value]) -> None:
    for offset, index in enumerate(free):
        value = read(arg.value, f"#{offset}")
        if value:  # what a sequence does not reach may be given by keyword
            bound[index] = join(bound.get(index, ()), value)
    if star is not None:
        value = arg.value if not free else under(elements(arg.value), "*")
        bound[star] = join(bound.get(star, ()), value)


def _spread_mapping(arg: Argument, names: dict[str, int], bound: dict[int, Value]) -> None:
    """What a mapping gives to parameters: also to those that a sequence, of which nobody knows how long it is, may or
    may not have given a value.
    """
    for name, index in names.items():
        value = read(arg.value, f"[{name}")
        if value:
            bound[index] = join(bound.get(index, ()), value)


def bind_fields(order: Sequence[str], args: tuple[Argument, ...]) -> Iterator[tuple[str, Value]]:
    """What a call gives each field of an object whose constructor takes them in their ``order``, or by name."""
    position = 0
    for arg in args:
        if arg.name == "":
            yield from ((name, arg.value) for name in order[position : position + 1])
            position += 1
        elif arg.name == "*":
            yield from ((name, read(arg.value, f"#{at}")) for at, name in enumerate(order[position:]))
            position = len(order)
        elif arg.name != "**":
            yield arg.name, arg.value


def handed_on(call: Call, row: Caller) -> Call | None:
    """The call that a call makes of its argument, as it would be written out; ``None`` if it has no such argument."""
    if row.callee == "self":
        callee = receiver_of(call)
    else:
        chosen = [each for _, each in selected(call.args, (row.callee,)) if each.name not in ("*", "**")]
        callee = chosen[0].value if chosen else ()
    if not callee:
        return None
    args = [arg for _, arg in selected(call.args, row.rest) if arg.value != callee]
    args.extend(Argument("*", arg.value, arg.span) for _, arg in selected(call.args, row.spread))
    args.extend(Argument("**", arg.value, arg.span) for _, arg in selected(call.args, row.named))
    args.extend(Argument("", elements(arg.value), arg.span) for _, arg in selected(call.args, row.each))
    return Call(callee, call.text, tuple(args), call.span, call.kind)


def as_method(call: Call) -> Call:
    """The call of an object as the call of its ``__call__``."""
    return Call(read(call.callee, ".__call__"), call.text, call.args, call.span, call.kind)


def selected(args: tuple[Argument, ...], selectors: tuple[str, ...]) -> list[tuple[int, Argument]]:
    """The arguments that a catalogue row's selectors mean, each with its number among the call's arguments. Of a
    mapping that is spread only what lies under the keywords is meant.
    """
    found: dict[int, Argument] = {}
    position = 0
    for index, arg in enumerate(args):
        positional = arg.name in ("", "*")
        chosen = [selector for selector in selectors if _selects(selector, arg, position)]
        if chosen and arg.name == "**" and "**" not in chosen:
            keywords = dict.fromkeys(each.rpartition("|")[2] for each in chosen)
            value = join(*(read(arg.value, f"[{keyword}") for keyword in keywords))
            if value:
                found[index] = Argument("**", value, arg.span, arg.constant)
        elif chosen:
            found[index] = arg
        position += positional
    return list(found.items())


def spread(arg: Argument) -> Value:
    """What a callable is handed by an argument: of a sequence that is spread, its elements."""
    return elements(arg.value) if arg.name == "*" else arg.value


def _selects(selector: str, arg: Argument, position: int) -> bool:
    if selector == "self":
        return False
    number, _, keyword = selector.partition("|")
    if arg.name == "":
        if number == "*":
            return True
        if number.endswith("+"):
            return position >= int(number[:-1])
        return number.isdigit() and int(number) == position
    if arg.name == "*":
        return number == "*" or number.endswith("+") or number.isdigit()
    if arg.name == "**":
        return selector == "**" or bool(keyword) or not number.isdigit()
    return selector == "**" or arg.name in (number, keyword)


def type_named(call: Call, given: str) -> str:
    """The type that a call gives, where a constant argument names it: ``boto3.client.{0|service_name}``; ``""`` if
    it names none.
    """
    before, _, selector = given.partition("{")
    if not selector:
        return given
    name = next((arg.constant for _, arg in selected(call.args, (selector[:-1],))), None)
    return before + name if isinstance(name, str) else ""


def is_own_object(function: Function, index: int) -> bool:
    """Whether a parameter is what a method is called on: its object, or, of a class method, its class."""
    return index == 0 and function.owner != "" and function.flavour != "static"


def own_receiver(function: Function, kind: str) -> Value | None:
    """What a call of a thing of a ``kind`` gives a function for its own object, where nobody asks what that holds:
    nothing that is known of a method's, and of other functions, static methods among them, there is none.
    """
    return () if kind == "method" and is_own_object(function, 0) else None


def receiver_of(call: Call) -> Value:
    """The object a method is called on."""
    return tuple([
        Part(part.root, part.access[:-1], (), part.minus, VALUE, part.hint, part.span, part.via)
        if part.root[0] != "s"
        else Part("p0", (), (), part.minus, VALUE, "", part.span)
        for part in call.callee
        if part.access and not part.path
    ])  # fmt: skip
