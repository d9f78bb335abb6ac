"""What a rule is: a code, a sentence, and the page that explains it.

A rule does not look for anything. The engine finds flows; a rule gives a flow its code, its words and its
advice. Its examples are complete little Python files: the bad ones carry ``# expect: CODE category`` on the
line that is to be reported, the good ones are to be passed over, and the tests run every one of them.

The flake8 plugin imports all of this at its start, so it is data and little else.
"""

from __future__ import annotations

import textwrap
from typing import Literal

import msgspec

Standing = Literal["direct", "online"]
SinkKind = Literal[
    "log", "print", "exception", "http", "url", "file", "telemetry", "analytics", "llm", "message", "queue", "cache",
    "cookie", "session", "process", "storage", "response", "database", "service", "document", "config",
    "literal", "repr",
]  # fmt: skip

ONLINE = "an online identifier (a username, an address on the network, a device's identifier)"
LAWS = {
    "1": "GDPR articles 5(1)(c) and 32 (no more data than the purpose needs, and security), PIPL articles 6 and 51, "
    "CCPA section 1798.100(c) and (e) and, of health data, HIPAA's minimum necessary (45 CFR 164.502(b)): nobody "
    "needs a person's data to see that a program works, and whoever reads its output is given them.",
    "2": "GDPR articles 28 and 44 (processors, transfers to other countries), PIPL articles 21, 23 and 38, CCPA "
    "section 1798.100(d) and, of health data, HIPAA's business associates (45 CFR 164.502(e)): whoever receives "
    "personal data needs a contract or a ground to have them, and the person a notice of it.",
    "3": "GDPR articles 5(1)(e), 17 and 32 (kept no longer than needed, erased on request, secured), PIPL articles 19 "
    "and 47, CCPA section 1798.105 and, of health data, HIPAA's access control (45 CFR 164.312(a)): a copy that "
    "nobody remembers is neither erased nor guarded.",
    "4": "GDPR articles 25(2) and 32 (protection by default, security), PIPL article 51, CCPA section 1798.100(e) and, "
    "of health data, HIPAA's safeguards (45 CFR 164.530(c)): a default that records everything is the opposite of "
    "protection by default.",
    "5": "GDPR articles 5(1)(c) and 17 (no more data than needed, erased on request), PIPL articles 6 and 47, CCPA "
    "section 1798.105 and, of health data, HIPAA's de-identification (45 CFR 164.514(b)): what is committed stays "
    "in every clone.",
    "6": "GDPR article 25(1) (protection by design), PIPL article 51, CCPA section 1798.100(e) and, of health data, "
    "HIPAA's minimum necessary (45 CFR 164.502(b)): a type that shows less by itself shows less everywhere.",
}
"""By the family of a rule: which law cares, and why. Engineering guidance, not legal advice."""
FIX_BY_HAND = "No automatic fix: only a person can say what the reader of this text really needs."


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule: what it is called, what it says, and everything its page shows.

    ``message`` is a template, filled by :meth:`say`. ``kinds`` are the kinds of sink the rule speaks of: none for the
    4xx family, whose settings name their rule, and for the 9xx family, which speaks of marks and files. ``interface``
    tells the rules for the console output of a command-line program from those for the same calls in library code.
    ``categories`` are those of which the rule speaks alone, where a kind has several rules; none where it speaks of all
    others.
    """

    code: str
    name: str
    summary: str
    message: str
    what: str
    why: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    instead: str
    kinds: frozenset[SinkKind] = frozenset()
    standing: Standing | None = None
    default: bool = True
    interface: bool = False
    categories: frozenset[str] = frozenset()
    fix_safety: str = FIX_BY_HAND

    def say(self, *, what: str, source: str = "", callable: str = "") -> str:
        """The sentence of a finding, on one line.

        ``what`` names the data ("email address and phone number"), ``source`` is the short expression it was
        read from, ``callable`` the dotted name of the sink. In the 4xx family ``source`` is the setting and ``what``
        what it does, in the 9xx family ``what`` is what the reader of the file has to say.
        """
        return " ".join(self.message.format(what=what, source=source, callable=callable).split())

    def online(self, *, bad: tuple[str, ...], good: tuple[str, ...], **others: str) -> Rule:
        """The rule for an online identifier in the same place: the next number, and the same words but for the data.

        ``others`` are fields that say something of their own (``instead``, ``why``).
        """
        twin = msgspec.structs.replace(
            self,
            code=f"PII{int(self.code[3:]) + 1}",
            name=self.name.replace("personal-data", "online-identifier"),
            summary=self.summary.replace("Personal data", "An online identifier"),
            what=self.what.replace("personal data", ONLINE, 1),
            bad=bad,
            good=good,
            standing="online",
        )
        return msgspec.structs.replace(twin, **others)

    @property
    def advice(self) -> str:
        """The first sentence of *use instead*: short enough to stand below a finding."""
        return self.instead.split(". ", 1)[0].rstrip(".") + "."

    @property
    def page(self) -> str:
        """The whole page, in Markdown: what ``discreet explain CODE`` prints and ``docs/rules/`` holds."""
        by_default = "on by default" if self.default else f"off by default: `--extend-select {self.code}` turns it on"
        sections = [
            f"# {self.code} {self.name}",
            f"{self.summary} ({by_default})",
            f"## What it does\n\n{_wrapped(self.what)}",
            f"## Why it is bad\n\n{_wrapped(self.why)}",
            f"## Example\n\n{_fenced(self.bad)}",
            f"## Use instead\n\n{_wrapped(self.instead)}\n\n{_fenced(self.good)}",
            f"## Fix safety\n\n{_wrapped(self.fix_safety)}",
        ]
        if self.code[3] in LAWS:
            sections.insert(4, f"## Which law cares\n\n{_wrapped(LAWS[self.code[3]])}")
        if self.code[3] == "4":
            sections.append(f"## Evidence\n\n{_listed(self.code)}")
        return "\n\n".join(sections) + "\n"


def _wrapped(prose: str) -> str:
    """Prose in lines that a terminal and a diff can show."""
    return textwrap.fill(" ".join(prose.split()), 100, break_long_words=False, break_on_hyphens=False)


def _listed(code: str) -> str:
    """The settings that a rule speaks of, a line each."""
    from discreet.rules.evidence import evidence

    return "\n".join(f"- {what}: {says}. Seen in {seen}." for what, says, seen in evidence(code))


def _fenced(examples: tuple[str, ...]) -> str:
    """Examples as fenced code, one block each."""
    return "\n\n".join(f"```python\n{example.strip()}\n```" for example in examples)
