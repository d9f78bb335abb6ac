"""Labels: what a message calls a value that has no name of its own, by the words right before it.

``f"Invalid phone number: {text}"`` says what ``text`` is as plainly as a variable called ``phone_number`` would, and so
the label becomes the value's hint, which speaks where nothing else does. Only what is called as little as ``text`` or
``row[3]`` is told so: of ``f"email: {status}"`` the name says more. And only a label that is nothing but a name counts,
up to the colon: what follows ``Failed to send email:`` is the reason.

Where name and label agree, the one confirms the other: ``f"user with login {login}"``. And a ``name`` is somebody's
whom the message speaks of right before it: ``f"Creating user {name}"``.
"""

from __future__ import annotations

import ast
import re
from typing import Final

from discreet.catalogue.addressed import addressed, may_be_addressed
from discreet.catalogue.names import is_person, judge, surely
from discreet.catalogue.quotes import SAID, is_quoted, may_be_quoted
from discreet.facts.lower.frame import Frame
from discreet.facts.lower.keys import known_of
from discreet.facts.model import Argument, Value
from discreet.facts.values import OF_MANY, join, named, read, under

BLANK: Final = frozenset({
    "value", "val", "v", "x", "s", "t", "text", "txt", "raw", "raw_value", "new_value", "old_value", "data", "arg",
    "item", "entry", "field", "content", "input", "raw_input", "user_input", "string", "token", "part", "candidate",
    "row", "line", "cell", "found", "match", "m", "parts", "words", "args", "cols", "columns", "fields", "values",
})  # fmt: skip
"""What is called so says nothing of itself; nor does what lies at a number in it."""
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
_QUOTE: Final = r"['\"`<(\[«“]?"
_HAVING: Final = re.compile(
    rf"(?P<whose>[^\W\d_]+) with (?:the )?(?P<what>[^\W\d_]+(?:[ _-][^\W\d_]+)?)\s?[:=]?\s?{_QUOTE}\Z"
)
"""``user with login``: somebody, and what he has."""
SHOWN: Final = "\0"
"""Stands in the text before a value for each that is shown before it."""
_LAST: Final = re.compile(rf"(?P<word>[^\W\d]+)(?: {SHOWN}(?= [(\[<]))?\s?{_QUOTE}\Z")
"""The word right before a value, or before one that only a bracket parts from it: ``Candidate {id} ({name})``."""
_WORDS: Final = re.compile(r"[^\W\d]+")
_SOMEBODY: Final = ("person",)
MAX_BACK: Final = 3
"""So many words before ``name=`` are looked at for whose it is."""
_PLACEHOLDER: Final = re.compile(r"%(?P<how>[-+ #0]*\d*(?:\.\d+)?[a-zA-Z%])|\{(?P<named>[^{}]*)\}")


def labelled(frame: Frame, value: Value, before: str, node: ast.expr) -> Value:
    """The value of an expression that says little, called after what a text puts before it, if that tells.

    ``before`` is the end of that text, at most :data:`MAX_LABEL` of it.
    """
    told = _told(node, before.rpartition("\n")[2]) if value else ""
    return named(value, told, None, frame.module.speaks) if told and frame.module.speaks(told) else value


def _told(node: ast.expr, before: str) -> str:
    """The name that a line of text gives to the expression that follows it, or ``""``."""
    label, called = _label_of(before), _called(node)
    if called and may_be_quoted(called) and is_quoted(called, before):
        return SAID
    if called and may_be_addressed(called) and not isinstance(node, ast.Attribute) and (goes_to := addressed(before)):
        return goes_to  # self.to is what an object was set up with
    if label and not is_person(label) and label not in OF_MANY and is_blank(node):
        return label
    guess, own = surely(label) if label else None, judge(called) if called else None
    if guess is not None and own is not None and guess.category == own.category:
        return label
    if isinstance(node, ast.Attribute) or label not in ("", called):
        return ""  # payer.name says itself whose it is
    return _somebodys(called, before) if surely(called, _SOMEBODY) and not surely(called) else ""


def _somebodys(called: str, before: str) -> str:
    """``user_name``, of a ``name`` before which a text speaks of a user."""
    words: list[str] = []
    labelled = _LABEL.search(before)
    if labelled is not None:
        words = _WORDS.findall(before[: labelled.start()])[-MAX_BACK:]
    else:
        last = _LAST.search(before)
        if last is not None:
            words = [last["word"]]
    for word in reversed(words):
        whose = word.lower().rpartition("_")[2]
        if judge(called, (whose,)) is None:
            continue
        for name in (f"{whose}_{called}", f"{called}_{whose}"):
            if surely(name) is not None:
                return name
    return ""


def told_by(frame: Frame, template: str, node: ast.Call, args: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The arguments of ``template.format(...)``, each called after what the template puts before it."""
    if not _has_places(template):
        return args
    if any(map(may_be_told, node.args)):
        args = _each_called(frame, _labels(template), node.args, args)
    values = {each.arg: each.value for each in node.keywords if each.arg is not None and may_be_told(each.value)}
    if not values:
        return args
    before = {name: template[:at][-MAX_LABEL:] for name in values if (at := template.find("{" + name + "}")) > 0}
    return tuple([_called_after(frame, each, before.get(each.name, ""), values.get(each.name)) for each in args])


def logged(frame: Frame, nodes: list[ast.expr], args: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The arguments, more than one, of ``log.info("email: %s", text)``."""
    template = args[0].constant
    if not isinstance(template, str) or args[0].name or not _has_places(template):  # as most are: asked first
        return args
    told = any(map(may_be_told, nodes[1:]))
    return (args[0], *_each_called(frame, _labels(template), nodes[1:], args[1:])) if told else args


def printed(frame: Frame, nodes: list[ast.expr], args: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The arguments of ``print("Email:", text)``."""
    if not any(isinstance(each.constant, str) for each in args) or not any(map(may_be_told, nodes)):
        return args
    before = ["", *(each.constant[-MAX_LABEL:] if isinstance(each.constant, str) else "" for each in args)]
    return _each_called(frame, before, nodes, args)


def divided(frame: Frame, template: str, value: Value, node: ast.expr) -> Value:
    """What stands behind the ``%`` of ``"email: %s" % text``."""
    if not isinstance(node, ast.Tuple):
        labels = _labels(template) if may_be_told(node) else []
        return labelled(frame, value, labels[0], node) if labels else value
    if not any(map(may_be_told, node.elts)) or any(isinstance(each, ast.Starred) for each in node.elts):
        return value
    told: list[Value] = []
    for at, (each, label) in enumerate(zip(node.elts, [*_labels(template), *[""] * len(node.elts)], strict=False)):
        shown = read(value, f"#{at}")
        told.append(under(labelled(frame, shown, label, each) if may_be_told(each) else shown, f"#{at}"))
    return join(*told)


def quoted_in(frame: Frame, template: ast.expr, args: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The arguments of ``PROMPT.format(message=text)``, called after what the template says that somebody wrote; of a
    template that is a constant of the module, or of a class in it.
    """
    if not any(arg.name and may_be_quoted(arg.name) for arg in args):
        return args
    known, found = known_of(frame, template), []
    for each in args:
        value = each.value
        if known is not None and may_be_quoted(each.name) and any(_quotes(text, each.name) for text in known.words):
            value = named(value, SAID, None, frame.module.speaks)
        found.append(Argument(each.name, value, each.span, each.constant))
    return tuple(found)


def _quotes(template: str, name: str) -> bool:
    """Whether a template says of what it shows by a name that somebody wrote it."""
    before, shown, _ = template.partition("{" + name)
    return bool(shown) and is_quoted(name, before.rpartition("\n")[2][-MAX_LABEL:])


def _each_called(
    frame: Frame, labels: list[str], nodes: list[ast.expr], args: tuple[Argument, ...]
) -> tuple[Argument, ...]:
    """Arguments, each called after its label, where it is blank."""
    found = list(args)
    for at, (each, node, label) in enumerate(zip(args, nodes, labels, strict=False)):
        if each.name == "" and may_be_told(node):
            found[at] = _called_after(frame, each, label, node)
    return tuple(found)


def _called_after(frame: Frame, arg: Argument, label: str, node: ast.expr | None) -> Argument:
    """An argument, called after the text before it, if there is any."""
    if not label or node is None:
        return arg
    return Argument(arg.name, labelled(frame, arg.value, label, node), arg.span, arg.constant)


def _has_places(template: str) -> bool:
    """A quick look: whether a template may have places for values."""
    return "%" in template or "{" in template


def _labels(template: str) -> list[str]:
    """What stands before each placeholder of a template that shows a text."""
    found, end, before = [], 0, ""
    for each in _PLACEHOLDER.finditer(template):
        if each["how"] == "%":
            continue
        before = (before + template[end : each.start()])[-MAX_LABEL:]
        found.append(before if each["how"] is None or each["how"][-1] in "sr" else "")
        before += SHOWN
        end = each.end()
    return found


def _label_of(before: str) -> str:
    """The name that a text ends with, if that is a name, or an empty text."""
    having = _HAVING.search(before)
    if having is not None:
        what, whose = having["what"].lower().replace(" ", "_"), having["whose"].lower()
        return f"{whose}_{what}" if is_person(whose) and surely(f"{whose}_{what}") is not None else what
    found = _LABEL.search(before)
    if found is None:
        return ""
    words = [word for word in re.split(r"[ _-]", found["words"].lower()) if word not in _REFUSED]
    told = any(word in _TOLD or word.endswith("ing") for word in words)
    return "" if told or len(words) > MAX_WORDS else "_".join(words)


def may_be_told(node: ast.expr) -> bool:
    """A quick look: whether a label may say more of an expression than it says itself."""
    called = _called(node)
    if is_blank(node):
        return True
    if not called:
        return False
    return may_be_quoted(called) or may_be_addressed(called) or judge(called, _SOMEBODY) is not None


def is_blank(node: ast.expr) -> bool:
    """Whether an expression says nothing of what it is: ``text``, ``row[3]``, ``match.group(1)``; nor whose, as
    ``entry.name``.
    """
    called = _called(node)
    if called and (called in OF_MANY or not isinstance(node, ast.Name)):
        return called in OF_MANY
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _TAKING:
            node = node.func.value
        elif type(node) is ast.Subscript and type(node.slice) is ast.Constant:
            if not isinstance(node.slice.value, int):
                return False
            node = node.value
        else:
            return False
    return node.id in BLANK


def _called(node: ast.expr) -> str:
    """The name of a variable, of an attribute or of a key that is read; ``""`` of anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    key = node.slice if isinstance(node, ast.Subscript) else None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get" and node.args:
        key = node.args[0]
    return key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
