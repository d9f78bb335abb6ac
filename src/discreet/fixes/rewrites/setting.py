"""Settings of libraries: the safe value in the place of the one that leaks, or written down where nothing is."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from discreet.catalogue.settings import Plain, Setting, settings
from discreet.facts.model import Span
from discreet.fixes.arguments import one_more
from discreet.fixes.choices import ABOVE, Choice, File
from discreet.fixes.edits import Piece, replaced
from discreet.fixes.parsed import Parsed
from discreet.fixes.redactors import Redactor
from discreet.fixes.refusal import Refused
from discreet.fixes.registry import correction
from discreet.fixes.slots import text_of
from discreet.rules.finding import Finding

UNSAFE = "the library shows or sends less than it did"
CONFIG = Redactor("pydantic", "ConfigDict")


@correction("config")
def safe_value(finding: Finding, file: File) -> list[Choice]:
    """The edit that sets a setting to its safe value."""
    assert finding.sink is not None
    assert finding.fix is not None
    rows = settings().rows(finding.sink.callable, finding.sink.argument, finding.code)
    row = next((each for each in rows if each.safe == finding.fix.description), rows[0])  # rows may share a method
    if not row.safe_values or not (row.argument or row.key):
        raise Refused("there is no one value that is right here")
    node = file.parsed.spanned(Span(finding.line, finding.column, finding.end_line, finding.end_column))
    if row.below:
        return [_of_class(row, finding, file)]
    if finding.code == row.code_left:
        if not isinstance(node, cst.Call):
            raise Refused("no call stands at its place")
        said = f"{row.keyword}={_spelt(row.safe_values[0])}"
        return [Choice((one_more(file.parsed, node, said),), f"Write {said}", UNSAFE)]
    if node is None:
        raise Refused("its value does not stand here by itself")
    return [_replaced(row, node, file.parsed)]


def _replaced(row: Setting, node: cst.BaseExpression, parsed: Parsed) -> Choice:
    """The safe value, written in the way in which the value is that stands there."""
    text = _in_place_of(node, row.safe_values, parsed)
    name = row.key or row.keyword
    return Choice((replaced(*parsed.range(node), text),), f"Write {name}={text}", UNSAFE)


def _in_place_of(node: cst.BaseExpression, values: tuple[Plain, ...], parsed: Parsed) -> str:
    if isinstance(node, cst.SimpleString):
        said = next((each for each in values if isinstance(each, str) and "." not in each), values[0])
        return f"{node.quote}{said}{node.quote}" if isinstance(said, str) else _spelt(said)
    if isinstance(node, cst.Integer):
        return _spelt(next((each for each in values if type(each) is int), values[0]))
    if isinstance(node, cst.Name) and node.value in ("True", "False"):
        return _spelt(next((each for each in values if isinstance(each, bool)), values[0]))
    dotted = next((each for each in values if isinstance(each, str) and "." in each), None)
    if isinstance(node, cst.Attribute) and dotted is not None:
        return f"{parsed.text(node.value)}.{dotted.rpartition('.')[2]}"
    raise Refused("its value does not stand here by itself")


def _spelt(value: Plain) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


# -- how a class is configured -----------------------------------------------------------------------------------------


def _of_class(row: Setting, finding: Finding, file: File) -> Choice:
    """``model_config`` with the safe value in it. The class says nothing of it, or something else."""
    parsed, said = file.parsed, f"{row.argument}={_spelt(row.safe_values[0])}"
    node = parsed.class_at(finding.line, finding.message.partition(" ")[0])
    if node is None or not isinstance(node.body, cst.IndentedBlock):
        raise Refused("the class does not stand at its place")
    given = _model_config(node.body)
    own = _said(row.argument, node.keywords, given)
    if own is not None:
        return _replaced(row, own, parsed)
    if finding.code == row.code:
        raise Refused(ABOVE)
    if isinstance(given, cst.Call):
        return Choice((one_more(parsed, given, said),), f"Write {said} in model_config", UNSAFE)
    if given is not None or not row.name.startswith("pydantic."):
        raise Refused("its configuration is written in another way")
    called = file.naming.of(CONFIG, parsed.range(node).start)
    piece = _statement(parsed, node, f"model_config = {called.name}({said})")
    return Choice((piece,), f"Write model_config = ConfigDict({said})", UNSAFE, called=(called,))


def _model_config(body: cst.IndentedBlock) -> cst.BaseExpression | None:
    for line in body.body:
        for each in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            if isinstance(each, (cst.Assign, cst.AnnAssign)):
                target = each.target if isinstance(each, cst.AnnAssign) else each.targets[0].target
                if isinstance(target, cst.Name) and target.value == "model_config":
                    return each.value
    return None


def _said(name: str, keywords: Sequence[cst.Arg], given: cst.BaseExpression | None) -> cst.BaseExpression | None:
    """What a class says of a setting: in its own keywords, or in ``model_config``, be it a call or a mapping."""
    args = [*keywords, *(given.args if isinstance(given, cst.Call) else ())]
    said = [(arg.keyword.value, arg.value) for arg in args if arg.keyword is not None]
    if isinstance(given, cst.Dict):
        said += [(text_of(each.key) or "", each.value) for each in given.elements if isinstance(each, cst.DictElement)]
    return next((value for key, value in said if key == name), None)


def _statement(parsed: Parsed, node: cst.ClassDef, line: str) -> Piece:
    """A statement before all others of a class but its docstring, with an empty line between."""
    newline, lines = parsed.source.newline, node.body.body
    has_docstring = node.get_docstring(clean=False) is not None
    if has_docstring and len(lines) == 1:
        raise Refused("the class has no fields of its own")
    first = lines[1 if has_docstring else 0]
    start = parsed.range(first).start
    if isinstance(first, (cst.FunctionDef, cst.ClassDef)) or not isinstance(first, cst.SimpleStatementLine):
        raise Refused("the class has no fields of its own")
    text = parsed.source.text
    indent = text[max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1 : start]
    return replaced(start, start, f"{line}{newline}{newline}{indent}", "statement")
