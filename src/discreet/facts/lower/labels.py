"""Labels: what a message calls a value that has no name of its own, by the words right before it.

``f"Invalid phone number: {text}"`` says what ``text`` is as plainly as a variable called ``phone_number`` would, and so
the label becomes the value's hint, which speaks where nothing else does. Only what is called as little as ``text`` or
``row[3]`` is told so: of ``f"email: {status}"`` the name says more. And only a label that is nothing but a name counts,
up to the colon: what follows ``Failed to send email:`` is the reason.
"""

from __future__ import annotations

import ast
import re
from typing import Final

from discreet.catalogue.names import is_person
from discreet.facts.lower.frame import Frame
from discreet.facts.model import Argument, Value
from discreet.facts.values import join, named, read, under

BLANK: Final = frozenset({
    "value", "val", "v", "x", "s", "t", "text", "txt", "raw", "raw_value", "new_value", "old_value", "data", "arg",
    "item", "entry", "field", "content", "input", "raw_input", "user_input", "string", "token", "part", "candidate",
    "row", "line", "cell", "found", "match", "m", "parts", "words", "args", "cols", "columns", "fields", "values",
})  # fmt: skip
"""What is called so says nothing of itself; nor does what lies at a number in it."""
OF_MANY: Final = frozenset({"name", "number", "address", "nome", "nombre", "nom", "numero"})
"""What people have as well as products and rooms: of ``item.name`` a label may say whose it is."""
_TAKING: Final = frozenset({"group", "strip"})
MAX_WORDS: Final = 4
MAX_LABEL: Final = 80
"""So much of a text is looked at, from its end."""
_LABEL: Final = re.compile(r"(?P<words>[^\W\d_]+(?:[ _-][^\W\d_]+)*)\s?[:=][ ]?['\"`<(\[«“]?\Z")
_TOLD: Final = frozenset({
    "to", "for", "by", "via", "with", "without", "from", "in", "on", "at", "not", "no", "send", "sent", "failed",
    "error", "set", "get", "check", "update", "delete", "create", "add", "remove", "verify", "save", "find", "lookup",
    "and", "or",
})  # fmt: skip
"""What is in a label that tells of something done, and is no name."""
_REFUSED: Final = frozenset({
    "invalid", "wrong", "bad", "incorrect", "malformed", "неверный", "некорректный", "inválido", "invalide",
    "ungültige",
})  # fmt: skip
"""What a value is called that a program does not take, and which is what it is all the same."""
_PLACEHOLDER: Final = re.compile(r"%(?P<how>[-+ #0]*\d*(?:\.\d+)?[a-zA-Z%])|\{(?P<named>[^{}]*)\}")


def labelled(frame: Frame, value: Value, before: str) -> Value:
    """The value of a blank expression, called after the label that a text puts before it, if that tells."""
    label = _label_of(before) if value else ""
    if not label or not frame.module.speaks(label) or is_person(label):
        return value
    return named(value, label, None, frame.module.speaks)


def told_by(frame: Frame, template: str, nodes: list[ast.expr], args: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The arguments that a template shows one after the other, each called after what it puts before it."""
    return _called(frame, _labels(template), nodes, args) if any(map(is_blank, nodes)) else args


def logged(frame: Frame, nodes: list[ast.expr], args: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The arguments, more than one, of ``log.info("email: %s", text)``."""
    template = args[0].constant
    if not isinstance(template, str) or args[0].name or not any(map(is_blank, nodes)):
        return args
    return (args[0], *_called(frame, _labels(template), nodes[1:], args[1:]))


def printed(frame: Frame, nodes: list[ast.expr], args: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The arguments of ``print("Email:", text)``."""
    if not any(map(is_blank, nodes)):
        return args
    before = ["", *(each.constant if isinstance(each.constant, str) else "" for each in args)]
    return _called(frame, before, nodes, args)


def divided(frame: Frame, template: str, value: Value, node: ast.expr) -> Value:
    """What stands behind the ``%`` of ``"email: %s" % text``."""
    if not isinstance(node, ast.Tuple):
        labels = _labels(template) if is_blank(node) else []
        return labelled(frame, value, labels[0]) if labels else value
    if not any(map(is_blank, node.elts)) or any(isinstance(each, ast.Starred) for each in node.elts):
        return value
    told: list[Value] = []
    for at, (each, label) in enumerate(zip(node.elts, [*_labels(template), *[""] * len(node.elts)], strict=False)):
        shown = read(value, f"#{at}")
        told.append(under(labelled(frame, shown, label) if is_blank(each) else shown, f"#{at}"))
    return join(*told)


def _called(frame: Frame, labels: list[str], nodes: list[ast.expr], args: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """Arguments, each called after its label, where it is blank."""
    found = list(args)
    for at, (each, node, label) in enumerate(zip(args, nodes, labels, strict=False)):
        if each.name == "" and label and is_blank(node):
            found[at] = Argument("", labelled(frame, each.value, label), each.span, each.constant)
    return tuple(found)


def _labels(template: str) -> list[str]:
    """What stands before each placeholder of a template, as far as the placeholder before it."""
    found, end = [], 0
    for each in _PLACEHOLDER.finditer(template):
        if each["how"] == "%":
            continue
        found.append(template[end : each.start()] if each["how"] is None or each["how"][-1] in "sr" else "")
        end = each.end()
    return found


def _label_of(before: str) -> str:
    """The name that a text ends with, if that is a name, or an empty text."""
    found = _LABEL.search(before[-MAX_LABEL:].rpartition("\n")[2])
    if found is None:
        return ""
    words = [word for word in re.split(r"[ _-]", found["words"].lower()) if word not in _REFUSED]
    told = any(word in _TOLD or word.endswith("ing") for word in words)
    return "" if told or len(words) > MAX_WORDS else "_".join(words)


def is_blank(node: ast.expr) -> bool:
    """Whether an expression says nothing of what it is: ``text``, ``row[3]``, ``match.group(1)``; nor whose, as
    ``entry.name``.
    """
    if type(node) is ast.Attribute:
        return node.attr in OF_MANY
    if type(node) is ast.Subscript and type(node.slice) is ast.Constant and node.slice.value in OF_MANY:
        return True
    while type(node) is not ast.Name:
        if type(node) is ast.Call and type(node.func) is ast.Attribute and node.func.attr in _TAKING:
            node = node.func.value
        elif type(node) is ast.Subscript and type(node.slice) is ast.Constant:
            if not isinstance(node.slice.value, int):
                return False
            node = node.value
        else:
            return False
    return node.id in BLANK
