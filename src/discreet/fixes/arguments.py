"""Arguments of calls: one more of them, put where whoever wrote the call would put it, or another value for one."""

from __future__ import annotations

import libcst as cst

from discreet.fixes.edits import Piece, replaced
from discreet.fixes.parsed import Parsed
from discreet.fixes.refusal import Refused
from discreet.fixes.slots import has_comment


def keyword_of(call: cst.Call, name: str) -> cst.Arg | None:
    """The argument that a call names like this."""
    return next((arg for arg in call.args if arg.keyword is not None and arg.keyword.value == name), None)


def in_place_of(parsed: Parsed, node: cst.BaseExpression, text: str) -> Piece:
    """Another value, in the parentheses of the old one if a comment stands in them."""
    return replaced(*(parsed.inside if has_comment(node) else parsed.range)(node), text)


def one_more(parsed: Parsed, call: cst.Call, argument: str) -> Piece:
    """A further argument behind all others: on a line of its own where they stand on lines of their own.

    Raises:
        Refused: it can't be seen where it belongs.
    """
    text, close = parsed.source.text, parsed.inside(call).end - 1
    if not call.args:
        return replaced(close, close, argument, "arguments")
    last = call.args[-1]
    end = parsed.range(last.value).end
    if not isinstance(last.comma, cst.Comma):
        return replaced(end, end, f", {argument}", "arguments")
    rest = text[end:close]
    if "#" in rest.partition(",")[0]:
        raise Refused("a comment stands before the last comma of the call")
    line = close - len(rest) + len(rest.rstrip(" \t"))
    if line > end and text[line - 1] in "\r\n":
        indent = _indent(text, parsed.range(last).start)
        return replaced(line, line, f"{indent}{argument},{parsed.source.newline}", "arguments")
    comma = end + rest.index(",") + 1
    return replaced(comma, comma, f" {argument}", "arguments")


def _indent(text: str, at: int) -> str:
    """How far what stands at an offset is indented; one step more than its line, where the line begins otherwise."""
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    before = text[start:at]
    blank = before[: len(before) - len(before.lstrip(" \t"))]
    return blank if blank == before else f"{blank}    "
