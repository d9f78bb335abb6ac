"""Syntax that is newer than the interpreter is analysed like any other, and stands where it stands.

``find`` takes the way every file takes; ``lowered`` is the way of those that ``ast`` refuses, and is forced here upon
programs that this Python could parse by itself: then both have to say the same.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import sysconfig
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discreet.facts.extraction import ModuleFacts, extract
from discreet.facts.newer import MAX_SIZE, lowered
from discreet.facts.newer.tokens import comments_of
from discreet.facts.reading import UnreadableSource, parse

STEADY = settings(derandomize=True, database=None, max_examples=60)
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
LIBRARY = Path(sysconfig.get_paths()["stdlib"])
HEAD = "import logging\nlog = logging.getLogger(__name__); email = user.email\n"

# Each program begins on line 3, below HEAD. What is expected is line:column of each finding, counted by hand.
PROGRAMS = {
    "a generic function": ("def f[T](user: T):\n    log.info(user.email)\n", ["4:5"]),
    "a generic function on one line": ("def f[T: int, *Ts, **P](email: T): log.info(email)\n", ["3:36"]),
    "type parameters on lines of their own": (
        "def f[\n    T: (int, str),  # ](\n    U,\n](email: T, x='é'): log.info(email)\n",
        ["6:21"],
    ),
    "a generic class": ("class C[T](Base):\n    def f(self, email): log.info(email)\n", ["4:25"]),
    "a generic class without bases": ("class C[\n    T\n]:\n    def f(self, email): log.info(email)\n", ["6:25"]),
    "defaults of type parameters": ("class C[T = int, *Ts = *tuple[int], **P = [int]]: log.info(email)\n", ["3:51"]),
    "a generic method": ("class C:\n  async def f[T](self, email): log.info(email)\n", ["4:32"]),
    "an alias": (
        "from typing import Annotated\ntype Who[T] = Annotated[T, 'pii:name']\ndef f(x: Who[str]): log.info(x)\n",
        ["5:21"],
    ),
    "an alias among statements": ("type A = int; log.info(email); type B[T = A] = A\n", ["3:15"]),
    "type is a name still": ("type = email; type; type[0]; type (email)\nlog.info(type)\n", ["4:1"]),
    "the same quotes inside": ('log.info(f"{row["email"]}")\n', ["3:1"]),
    "a call inside a field": ('x = f"{"a"} {log.info(email)} {log.info(email)}"\n', ["3:14", "3:32"]),
    "a call in a field of a field": ('x = f"é{f"ü{log.info(email)}"}"\n', ["3:13"]),
    "a backslash in a field": ('log.info(f"{"\\n".join([email])}")\n', ["3:1"]),
    "lines and comments in a field": (
        'x = f"{  # a "quote"}\n  log.info(email)  # }\n}"; log.info(email)\n',
        ["4:3", "5:5"],
    ),
    "a field in a specification": ('x = f"{1:{log.info(email)}}"\n', ["3:11"]),
    "a field that names itself": ('log.info(f"{row["email"] = }")\n', ["3:1"]),
    "texts side by side": ('log.info("a" f"{row["email"]}"\n  "b"); log.info(email)\n', ["3:1", "4:9"]),
    "a text of many lines": ("log.info(f'''é\n{row['''email''']\n!r:>{10}}'''); log.info(email)\n", ["3:1", "5:16"]),
    "a raw text": ("log.info(rf'\\{email}\\'{row['email']}')\n", ["3:1"]),
    "a template": ('log.info(t"{user.email}")\n', ["3:1"]),
    "a raw template": ("x = Rt'{email!r:>{3}}\\'; log.info(email)'\nlog.info(x)\n", ["4:1"]),
    "a template in a text": ("log.info(f'{t'{email}'}')\n", ["3:1"]),
    "except without brackets": ("try: g()\nexcept A, b.C: log.info(email)\n", ["4:16"]),
    "except with a comma at the end": ("try: g()\nexcept A,: log.info(email)\n", ["4:12"]),
    "except over two lines": ("try: g()\nexcept A, \\\n B(\n): log.info(email)\n", ["6:4"]),
    "except in a group": ("try: g()\nexcept* A, B: log.info(email)\n", ["4:15"]),
    "a group": ("try: g()\nexcept *A as error: log.info(email)\nexcept* (B, C): log.info(email)\n", ["4:21", "5:17"]),
    "stars in a subscript": ("x[*a] = x[*a, 1]; log.info(x[*email]); log.info(email)\n", ["3:40"]),
    "a star in an annotation": ("def f(*a: *Ts, email): log.info(email)\n", ["3:24"]),
    "a star in a comprehension": ("log.info([*each.emails for each in users])\n", ["3:1"]),
    "a star in a generator": ("log.info(' '.join(*each.emails for each in users))\n", ["3:1"]),
    "stars in a mapping": ("log.info({**row for row in (user.email,)})\nlog.info(email)\n", ["3:1", "4:1"]),
    "a lazy import": (
        "lazy import os, json as j; log.info(email)\nlazy from a import (b,\n  c); log.info(email)\n",
        ["3:28", "5:7"],
    ),
    "lazy is a name still": ("lazy = email; log.info(lazy)\n", ["3:15"]),
    "match a text": ("match f'{row['a']}':\n    case 'b': log.info(email)\n", ["4:15"]),
    "a star in a pattern": ("match email:\n    case [x, *rest] if f'{1}': log.info(rest)\n", ["4:32"]),
    "carriage returns": (
        'def f[T](x): pass\r\nlog.info(f"{row["email"]\r\n}")if 0 else"é"; log.info(email)\r',
        ["4:1", "5:18"],
    ),
    "form feeds": ("\x0cdef f[T](x): pass\n\x0clog.info(email)\n", ["4:2"]),
    "letters of four bytes": ('é𝕏 = f"𝕏{"𝕏"}𝕏"; log.info(email)\n', ["3:18"]),
}
"""What is said of a group's and a star's place before 3.11, and of an f-string's before 3.12, depends on no Python."""

NO_PYTHON = {
    "Python 2": ("print 'email', email\n", "1:1"),
    "Python 2 with except": ("try: f()\nexcept E, e: print e\n", None),
    "no type parameters": ("def f[](x): pass\n", None),
    "nonsense as a type parameter": ("class C[1 + 2]: pass\n", None),
    "a keyword as a type parameter": ("def f[def](x): pass\n", None),
    "a text that is assigned to": ("f'{'a'}' = 1\n", None),
    "two stars in a subscript": ("t''; x[**y]\n", None),
    "two stars in an annotation": ("def f(*a: **b): pass\n", None),
    "nonsense as a bound": ("class C[T: 1 +]: pass\n", None),
    "a field that is empty": ("f'{}'\n", None),
    "a field that does not end": ("f'{x'\n", None),
    "a conversion nobody knows": ("t'{x!z}'\n", None),
    "a text after a name": ("puts f'{'a'}'\n", None),
    "text and bytes": ("x = t'' b''\n", None),
    "a name beside except": ("try: pass\nexcept A, B as e: pass\n", None),
    "two stars in a list": ("[**x for x in y]\n", None),
    "an alias of nothing": ("type X =\n", None),
    "an open bracket": ("def f[T](x): (\n", None),
    "a null byte": ("type X = int\n\0", None),
    "a lone line": ("type X = int\n    y\n", None),
}


def find(text: str) -> list[str]:
    """Where the findings of a program stand."""
    from discreet.rules import Settings, findings

    facts = extract("app.py", text.encode(), module="app")
    assert len(facts.functions) > 0
    return [f"{each.line}:{each.column}" for each in findings([facts], Settings())]


def facts_of(text: str, tree: ast.Module) -> ModuleFacts:
    return extract("app.py", text.encode("utf-8", "surrogatepass"), module="app", tree=tree)


def forced(text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = lowered(text)
    assert tree is not None
    return tree


@pytest.mark.parametrize("name", PROGRAMS)
def test_newer_syntax_is_analysed_where_it_stands(name: str) -> None:
    text, expected = PROGRAMS[name]
    assert find(HEAD + text) == expected


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_name_stands_where_the_tree_says(name: str) -> None:
    text = PROGRAMS[name][0]
    tree = lowered(text)
    if tree is None:  # nothing in it is new to any Python that is read here
        ast.parse(text)
    else:
        assert wrong_names(text, tree) == []
        if sys.version_info >= (3, 11) or "annotation" not in name:  # 3.10 has no such place for a star
            compile(without_aliases(tree), "app.py", "exec", dont_inherit=True)


def wrong_names(text: str, tree: ast.AST) -> list[str]:
    """The names of a tree that do not stand where it says; names of one's own making are ``_`` and ``__``."""
    lines = [line.encode() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id.strip("_")]
    return [
        f"{name.id} at {name.lineno}:{name.col_offset}"
        for name in names
        if lines[name.lineno - 1][name.col_offset : name.end_col_offset].decode() not in (name.id, "𝕏é", "é𝕏")
    ]


def without_aliases(tree: ast.Module) -> ast.Module:
    """A tree that this Python could run: it knows if anything in it is misshapen."""
    for node in ast.walk(tree):
        if isinstance(getattr(node, "body", None), list):
            node.body = [
                each if type(each).__name__[-9:] != "TypeAlias" else ast.Pass(**at(each)) for each in node.body
            ]
    return tree


def at(node: Any) -> dict[str, int]:
    return {name: getattr(node, name) for name in ("lineno", "col_offset", "end_lineno", "end_col_offset")}


@pytest.mark.parametrize("name", NO_PYTHON)
def test_what_nobody_can_parse_is_said_where_this_python_says_it(name: str) -> None:
    from discreet.project.discovery import SourceFile
    from discreet.project.reading import UNPARSABLE, read

    text, place = NO_PYTHON[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises((SyntaxError, ValueError)) as own:
            ast.parse(text)
    if isinstance(own.value, SyntaxError) and place is None:
        place = f"{own.value.lineno or 1}:{max(own.value.offset or 1, 1)}"
    reading = read(SourceFile(Path("app.py"), "app.py", "app", False), text.encode())
    assert (reading.failure, reading.facts) == ("", None)
    assert reading.finding is not None
    assert reading.finding.code == UNPARSABLE
    assert f"{reading.finding.line}:{reading.finding.column}" == (place or "1:1")


# -- the same as this Python says ---------------------------------------------------------------------------------


def native(text: str) -> ast.Module | None:
    """What ``ast`` makes of a text, or ``None``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError):
            return None


def test_the_library_says_the_same_by_either_way() -> None:
    """Files that this Python ships, f-strings and all; nearly all of them have something to lower."""
    said, compared = [], 0
    for file in [*sorted(LIBRARY.glob("[a-z]*.py"))[::6], LIBRARY / "typing.py", LIBRARY / "dataclasses.py"]:
        text = file.read_text(encoding="utf-8")
        own, tree = native(text), lowered(text)
        if own is not None and tree is not None:
            compared += 1
            said += [file.name] if facts_of(text, own) != facts_of(text, tree) else []
            said += wrong_names(text, tree)
    assert said == []
    assert compared > 10


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_says_the_same_by_either_way(name: str) -> None:
    """Where this Python knows the syntax itself: what 3.12 brought is compared on 3.12, and so on."""
    text = HEAD + PROGRAMS[name][0]
    own, tree = native(text), lowered(text)
    if own is not None and tree is not None:
        assert facts_of(text, tree) == facts_of(text, own)


def fixture_texts() -> list[str]:
    return [file.read_text(encoding="utf-8") for file in sorted(FIXTURES.rglob("*.py"))]


TEXTS = fixture_texts()
NEWER_AND_OLDER = [  # the same program in newer and in older words, of the same width
    ("class C0[T]: pass", "class C0( ): pass"),
    ("class C0[T\n](object): email = 'é'", "class C0(\n  object): email = 'é'"),
    ("def f0[T](email: T): print(email)", "def f0(   email: T): print(email)"),
]


@STEADY
@given(number=st.integers(0, len(TEXTS) - 1), place=st.integers(0, 999), pair=st.sampled_from(NEWER_AND_OLDER))
def test_an_old_program_says_the_same_beside_something_new(number: int, place: int, pair: tuple[str, str]) -> None:
    text = TEXTS[number]
    tree = ast.parse(text)
    lines = text.splitlines(keepends=True)
    ends = [0, *(node.end_lineno or 0 for node in tree.body)]
    after = ends[place % len(ends)]
    new, old = ("".join([*lines[:after], each, "\n", *lines[after:]]) for each in pair)
    if native(old) is None:  # in front of 'from __future__', say
        return
    if "f'" in text or 'f"' in text:  # before 3.12 ast does not always know where something in an f-string stands
        assert wrong_names(new, forced(new)) == []
    assert facts_of(new, forced(new)) == facts_of(old, ast.parse(old))


# -- f-strings in f-strings ---------------------------------------------------------------------------------------

LITERALS = st.sampled_from(["", "x", "é𝕏", "{{", "}}", "\\n", "\\N{BELL}", "#", "=", "!r", ":>3", "\\\\", " "])
SPACES = st.sampled_from(["", " ", "\n", "  # it's }\n"])
EXPRESSIONS = st.sampled_from(
    [
        *("a", "email", "übung", "row_2", "user.email", "log.info(email)", "{'k': a}['k']", "'a'", "b''", "x.y.z"),
        *("[a, (a,)]", "(lambda: a)()", "(a := 1)", "a if a else a", "[*a, a]", "~a!=a", "(yield)", "await_"),
    ]
)


@st.composite
def templates(draw: Any, inner: Any) -> str:
    """An f-string with whatever may be in one, as PEP 701 has it."""
    quote = draw(st.sampled_from(["'", '"', "'''", '"""']))
    prefix = draw(st.sampled_from(["f", "F", "fr", "rf", "Rf"]))
    literals = LITERALS.filter(lambda each: "r" not in prefix.lower() or "\\" not in each)
    text = prefix + quote
    for _ in range(draw(st.integers(0, 3))):
        text += draw(literals) + "{" + draw(SPACES) + " " + draw(inner) + draw(SPACES)
        text += draw(st.sampled_from(["", "=", " = "])) + draw(st.sampled_from(["", "!r", "!s"]))
        text += draw(st.sampled_from(["", ":>10", ":", ":{a}"])) + "}"
    return text + draw(literals) + quote


NESTED_TEXTS = st.recursive(
    EXPRESSIONS,
    lambda inner: templates(inner) | st.builds("({} + {})".format, inner, inner) | st.builds("g({})".format, inner),
    max_leaves=6,
)


@settings(STEADY, max_examples=150)
@given(text=templates(NESTED_TEXTS), beside=st.sampled_from(["", " 'é'", " f'{a}'"]))
def test_texts_in_texts_stand_where_they_stand(text: str, beside: str) -> None:
    program = f"def f(email, user, a, log):\n    é = ({text}{beside}); log.info(email)\n    return user\n"
    tree = forced(program)
    assert wrong_names(program, tree) == []
    if sys.version_info >= (3, 12):
        own = native(program)
        assert own is not None
        assert facts_of(program, tree) == facts_of(program, own)
        assert fields(tree) == fields(own)


def fields(tree: ast.AST) -> list[tuple[str, int, bool]]:
    """The replacement fields of a tree in order; how the text between them is cut differs among CPythons."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FormattedValue)]
    return [(type(each.value).__name__, each.conversion, each.format_spec is None) for each in found]


def test_comments_are_told_from_what_looks_like_one() -> None:
    text = "# é\nx = f'{  # it's one\n'#'}#' '#' #two\n\\\n t\"\"\"#{a}\"\"\"# three"
    assert comments_of(text) == [((1, 0), "# é"), ((2, 9), "# it's one"), ((3, 11), "#two"), ((5, 12), "# three")]


# -- bounds -------------------------------------------------------------------------------------------------------

NESTED = {
    "brackets": ("(", "x", ")"),
    "type parameters": ("def f[T: (", "x", ")](x): pass"),
    "templates": ("f'{", "x", "}'"),
    "specifications": ("t'{x:", "", "}'"),
    "starred loops": ("[*", "x", " for x in y]"),
    "starred subscripts": ("x[*", "x", "]"),
    "mappings": ("{**", "x", " for x in y}"),
    "aliases": ("type X = ", "x", ""),
    "signs": ("-", "x", ""),
    "handlers": ("try: pass\nexcept A, B: pass\n", "", ""),
    "fields": ("f'é{x.y}' ", "", ""),
    "statements": ("type X = int; ", "x", ""),
    "open quotes": ("f'''{", "", ""),
    "escapes": ("f'\\{", "x", ""),
    "comments": ("# f'{\n", "", ""),
    "continued lines": ("\\\n", "x", ""),
}


@pytest.mark.parametrize("number", [3, 50, 2000])
@pytest.mark.parametrize("name", NESTED)
def test_nothing_is_nested_too_deeply_for_an_answer(name: str, number: int) -> None:
    before, between, after = NESTED[name]
    for closed in (number, number - 1):
        text = f"type X = int\n{before * number}{between}{after * closed}\n"
        with suppress(UnreadableSource):
            parse("app.py", text)


def test_texts_are_bounded() -> None:
    text = "type X = int\n"
    assert lowered(text) is not None
    assert lowered(text + " " * MAX_SIZE) is None


def test_nothing_is_imported_before_a_file_needs_it() -> None:
    script = (
        "import sys, json; from discreet.facts.extraction import extract; extract('a.py', b'x = 1', module='a');"
        "print(json.dumps(sorted(each for each in sys.modules if 'newer' in each or 'libcst' in each)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
