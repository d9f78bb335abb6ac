"""9xx: marks, suppressions and files. An analyser that is silent about what it skipped is not to be trusted.

These rules speak of no flow: whoever meets the mark or the file knows best what to say of it, and says it in ``what``.
"""

from __future__ import annotations

from discreet.rules.rule import Rule

_UNKNOWN = Rule(
    code="PII901",
    name="unknown-category",
    summary="A mark names a category that does not exist",
    message="{what}",
    what='Reports a word in `# pii: ...`, in `Annotated[..., "pii:..."]`, in a `.. pii_types:` or in '
    "`[tool.discreet.sources]` that is no category, and gives the nearest one that is.",
    why="A mark that is not understood protects nothing, and whoever wrote it believes that it does.",
    bad=(
        """\
def load(row):
    contact = row[3]  # pii: emial  # expect: PII901
    return contact
""",
        """\
from typing import Annotated

Contact = Annotated[str, "pii:telephone_numbr"]  # expect: PII901
""",
    ),
    good=(
        """\
def load(row):
    contact = row[3]  # pii: email
    return contact
""",
        """\
from typing import Annotated

Contact = Annotated[str, "pii:phone"]
""",
        """\
def load(row):
    contact = row[3]  # pii: email, phone
    return contact
""",
    ),
    instead="Use the word that the message gives. All categories are listed in docs/categories.md.",
    fix_safety="No automatic fix: the nearest word is a guess.",
)

_ON_NOTHING = Rule(
    code="PII902",
    name="mark-on-nothing",
    summary="A mark stands on a line that holds nothing to mark",
    message="{what}",
    what="Reports a `# pii: ...` on a line that neither assigns, nor declares a field or a parameter, nor starts a "
    "`def`: there is no value for it to speak of.",
    why="The mark was meant for a value; most often a formatter or a merge has moved one of the two. The value is "
    "unmarked now, and nothing else would say so.",
    bad=(
        """\
# pii: email  # expect: PII902
def load(row):
    return row[3]
""",
        """\
def load(row):
    if row:
        return row[3]
    else:  # pii: email  # expect: PII902
        return None
""",
    ),
    good=(
        """\
def load(row):  # pii: email
    return row[3]
""",
        """\
def load(
    row,
    contact,  # pii: email
):
    row[3] = contact
""",
        """\
class Row:
    contact: str  # pii: phone
    note = ""  # pii: none
""",
    ),
    instead="Put the mark at the end of the line on which the value gets its name.",
    fix_safety="No automatic fix: only its author knows what the mark was meant for.",
)

_IDLE = Rule(
    code="PII903",
    name="idle-suppression",
    summary="A suppression silences nothing",
    message="suppression '{source}' silences nothing",
    what="Reports a `# noqa: PII...` on a line where nothing is found that it would silence, and a `# pii: none` on an "
    "assignment of a constant, which is nobody's anyhow.",
    why="A suppression is a claim that somebody looked. When the code under it has changed, the claim is about "
    "something else, and it will silence the next leak on its line.",
    bad=(
        """\
def save(customer_id: int) -> None:
    print("saved", customer_id)  # noqa: PII103  # expect: PII903
""",
        """\
def total(prices: list[int]) -> int:
    return sum(prices)  # noqa: PII101 -- agreed with the DPO  # expect: PII903
""",
    ),
    good=(
        """\
def save(customer_id: int) -> None:
    print("saved", customer_id)
""",
        """\
def save(email: str) -> None:
    print("saved", email)  # noqa: PII103 -- asked for by the operator
""",
        """\
import os  # noqa: F401
""",
    ),
    instead="Delete the suppression.",
    default=False,
    fix_safety="No automatic fix yet: to delete the comment is safe, once a person has seen why it is idle.",
)

_UNPARSABLE = Rule(
    code="PII904",
    name="unparsable-file",
    summary="A file can't be parsed, so it was not checked",
    message="not checked: {what}",
    what="Reports a file that the running Python can't parse, with the place of the error.",
    why="Nothing was looked for in this file. If that were not said, silence would look like safety.",
    bad=(
        """\
def broken(:  # expect: PII904
    pass
""",
        """\
print "saved", email  # expect: PII904
""",
    ),
    good=(
        """\
def mended():
    pass
""",
        '''\
"""A text that holds code: def broken(: is no error here."""
''',
        "# Nothing here yet.\n",
    ),
    instead="Mend the file, or leave it out with `exclude` in `[tool.discreet]`. A file for a later Python is parsed "
    "by running discreet with that Python.",
    fix_safety="No automatic fix.",
)

_UNREADABLE = Rule(
    code="PII905",
    name="unreadable-file",
    summary="A file can't be read, so it was not checked",
    message="not checked: {what}",
    what="Reports a file that can't be opened, or whose bytes are not text in the encoding it declares (UTF-8 where it "
    "declares none).",
    why="Nothing was looked for in this file. If that were not said, silence would look like safety.",
    bad=(
        """\
# -*- coding: klingon -*-  # expect: PII905
print("saved")
""",
        """\
# coding: ascii  # expect: PII905
greeting = "grüß Gott"
""",
    ),
    good=(
        """\
# -*- coding: utf-8 -*-
greeting = "grüß Gott"
""",
        """\
greeting = "grüß Gott"
""",
        """\
# coding: ascii
greeting = "hello"
""",
    ),
    instead="Correct the file's mode or its declared encoding, or leave it out with `exclude` in `[tool.discreet]`.",
    fix_safety="No automatic fix.",
)

RULES: tuple[Rule, ...] = (_UNKNOWN, _ON_NOTHING, _IDLE, _UNPARSABLE, _UNREADABLE)
