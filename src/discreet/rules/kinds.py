"""The pages about kinds of personal data: one category's, which ``discreet explain email`` prints, and the list of all.

``python -m discreet.rules.pages`` writes the list to ``docs/categories.md``.
"""

from __future__ import annotations

from collections.abc import Iterable

from discreet.catalogue.categories import HARMS, Category, categories, groups
from discreet.catalogue.laws import REGIMES, Legal, laws, legal, sentence
from discreet.rules.severity import table

DPV = "https://w3id.org/dpv/pd#"
NO_ADVICE = "Standing under the laws is engineering guidance, not legal advice."
STANDINGS = {
    "direct": "reported, under the odd codes",
    "online": "reported, under the even codes, so that a team can drop them",
    "opaque": "known, so that it is not taken for something else, and never reported in a log",
}
_GDPR = {"article 9": "Art. 9: special category", "article 10": "Art. 10: criminal conviction"}
_SHORT = {"article 9": "**Art. 9**", "article 10": "**Art. 10**", "sensitive": "**sensitive**", "ordinary": ""}
_LONG = {
    "sensitive": "sensitive",
    "context": "sensitive or not, depending on what stands beside it, what it says, or what it is used for",
    "ordinary": "protected as all personal data are",
}

HEAD = f"""\
# Categories

This page is made by `python -m discreet.rules.pages`; change `categories.toml`, `groups.toml`, `laws.toml`,
`regimes.toml` and `severity.toml` in `src/discreet/catalogue/data/`, not this file. `discreet explain email` prints
the page of one category.

A category is named by its key in a [mark](marks.md): `# pii: email`. Its other words, its label and its Fides key
are understood as well. **Direct** identifiers name a person or tell something of their body, money or life.
**Online** identifiers lead to an account or a device; they are reported under codes of their own (the even ones),
so that a team can drop them. **Opaque** is what means something only inside the system, or what a name can hardly
tell: it is known, so that it is not taken for something else, and never reported in a log.

{NO_ADVICE}
"""

_LAWS = """\
## What the laws say

**Art. 9**, **Art. 10** and **sensitive**: the law singles it out. *context*: it does, depending on what stands
beside it (a card number and its code), on what it says (a message), on whom it is about (a child), or on what it is
used for. Empty: it is protected as all personal data are; under HIPAA, which does not protect them all, it is
neither identifier nor health information. PIPL counts as sensitive what Art. 28 names or GB/T 45574-2025 lists; the
two standards stand beside it as they are.
"""

_REGIMES = """\
## By one law

`--regime gdpr` (or `pipl`, `ccpa`, `hipaa`; several times for several; `regime = ["gdpr"]` in `[tool.discreet]`)
limits the findings to what the law speaks of, and ranks them by it: what it singles out comes first, then what it
may single out, then the rest, each by severity and place. A finding counts by the category that the law is
strictest about, and is at least as severe as the law has it. Codes, words and fingerprints stay as they are. flake8
limits, too (`--pii-regime`), and keeps its own order.
"""

_SEVERITY = """\
## How severe a finding is

The harm of its worst category, and how far the sink carries it:
"""

_MORE = """\
`interface` is what a command-line program prints for the one who called it. What is only guessed (it is known by
its name, and the confidence is low) is taken down a step; marks, types and names that are believed count alike. A
finding about a mark or a file has no data to go by: that a file was not checked is high, the others are low. A
setting (4xx) lets out whatever comes along, and counts as {setting}.

With `--regime`, the law can raise a harm; an identifier of HIPAA is *listed*, the other words stand above.

"""


def category_page(key: str) -> str:
    """One category's page, in Markdown."""
    category, said = categories()[key], legal()[key]
    words = ", ".join(f"`{word}`" for word in category.aliases)
    sections = [
        f"# {key}: {category.label}",
        sentence(key),
        _placed(category),
        f"## In a mark\n\n`# pii: {key}`; also understood: {words}.",
        "## What the laws say\n\n" + _rows(("law", "standing"), _said(said)) + f"\n{NO_ADVICE}",
        "## How severe a finding is\n\n" + _severity_rows([category.harm]),
        f"## Elsewhere\n\nFides `{category.fides}`, DPV `{category.dpv}` ({DPV}{category.dpv}), CWE-{category.cwe}",
    ]
    return "\n\n".join(section.rstrip("\n") for section in sections) + "\n"


def index() -> str:
    """The list of all categories, with what the laws say of them and how severity is decided."""
    parts = [HEAD]
    for group, about in groups().items():
        members = [category for category in categories().values() if category.group == group]
        columns = ("category", "what it is", "standing", "harm", "also understood", "why it matters")
        parts.append(f"## {group[:1].upper()}{group[1:]}: what {about}\n\n" + _rows(columns, map(_member, members)))
    return "\n".join([*parts, _law_table(), _regimes(), _severity(), _elsewhere()])


def _member(category: Category) -> tuple[str, ...]:
    words = ", ".join(f"`{word}`" for word in category.aliases[:4])
    why = legal()[category.key].why
    return f"`{category.key}`", category.label, category.standing, category.harm, words, why


def _law_table() -> str:
    columns = ("category", "GDPR", "PIPL", "GB/T 35273-2020", "GB/T 45574-2025", "CCPA", "HIPAA")
    rows = [
        (f"`{key}`", *(_SHORT.get(word, f"*{word}*") for word in (said.gdpr, *_sensitivities(said))), said.hipaa or "")
        for key, said in legal().items()
    ]
    letters = laws()["hipaa"].identifiers
    named = "; ".join(f"**{letter}** {words}" for letter, words in letters.items())
    titles = "".join(f"- **{law.name}**: {law.title}\n" for law in laws().values())
    return f"{_LAWS}\n{titles}\n{_rows(columns, rows)}\nThe identifiers of HIPAA: {named}.\n"


def _regimes() -> str:
    rows = [(f"`{regime}`", laws()[regime].limit) for regime in REGIMES]
    return f"{_REGIMES}\n{_rows(('regime', 'what it does'), rows)}"


def _severity() -> str:
    rules = table()
    kinds = "".join(
        f"- **{reach}**: {', '.join(f'`{kind}`' for kind in rules.reach[reach])}; {about}\n"
        for reach, about in rules.about.items()
    )
    floors = "".join(f"- *{regard}* counts as at least {harm}\n" for regard, harm in rules.regime.items())
    more = _MORE.format(setting=rules.setting)
    return f"{_SEVERITY}\n{_severity_rows(HARMS)}\n{kinds}\n{more}{floors}"


def _severity_rows(harms: Iterable[str]) -> str:
    rules = table()
    rows = [(harm, *(rules.severity[reach][harm] for reach in rules.about)) for harm in HARMS if harm in harms]
    return _rows(("harm", *rules.about), rows)


def _elsewhere() -> str:
    rows = [
        (f"`{key}`", f"`{category.fides}`", f"[{category.dpv}]({DPV}{category.dpv})", f"{category.cwe}")
        for key, category in categories().items()
    ]
    columns = ("category", "Fides (fideslang 3.1)", "W3C DPV-PD 2.3", "CWE")
    return f"## In other taxonomies\n\n{_rows(columns, rows)}"


def _placed(category: Category) -> str:
    """Where a category stands among the others."""
    group = f"Group: {category.group} (what {groups()[category.group]}). Harm of a leak: {category.harm}. "
    return f"{group}Standing: {category.standing} ({STANDINGS[category.standing]})."


def _said(said: Legal) -> list[tuple[str, str]]:
    pipl, older, newer, ccpa = _sensitivities(said)
    letter = said.hipaa
    hipaa = {None: "neither an identifier nor health information", "health": "health information"}.get(
        letter, f"identifier {letter}: {laws()['hipaa'].identifiers.get(letter or '', '')}"
    )
    return [
        ("GDPR", _GDPR.get(said.gdpr, _LONG.get(said.gdpr, ""))),
        ("PIPL Art. 28", _LONG[pipl]),
        ("GB/T 35273-2020", _LONG[older]),
        ("GB/T 45574-2025", _LONG[newer]),
        ("CCPA 1798.140(ae)", _LONG[ccpa]),
        ("HIPAA 164.514(b)(2)(i)", hipaa),
    ]


def _sensitivities(said: Legal) -> tuple[str, str, str, str]:
    return said.pipl, said.gbt35273, said.gbt45574, said.ccpa


def _rows(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    head = f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|\n"
    return head + "".join(f"| {' | '.join(row)} |\n" for row in rows)
