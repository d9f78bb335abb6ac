"""All rules, by code, and the one that speaks of a flow.

The numbering is decided once and a code is never used again for something else:

- 1xx text people read: logs, consoles, exception messages
- 2xx data that leaves the process
- 3xx data that is stored
- 4xx configuration that leaks (reserved)
- 5xx personal data written into the code
- 6xx types that leak by their generated text
- 9xx marks, suppressions and files: what the analyser has to say about itself

An odd number is a direct identifier (it names a person or tells something of their body, money or life), the
even number after it an online identifier in the same place (a username, an address on the network, a device).
"""

from __future__ import annotations

from typing import get_args

from discreet.rules import about, console, kept, leaving, logs, reaching, reported, stored, types, written
from discreet.rules.rule import Rule, SinkKind, Standing

__all__ = ["RESERVED", "RULES", "SINK_KINDS", "Rule", "SinkKind", "Standing", "rule_for"]

SINK_KINDS: frozenset[str] = frozenset(get_args(SinkKind))

RESERVED = {
    "PII4": "configuration that leaks: settings that make a library log, record or send personal data",
}

_FAMILIES = (
    logs.RULES,
    console.RULES,
    leaving.RULES,
    reported.RULES,
    reaching.RULES,
    stored.RULES,
    kept.RULES,
    written.RULES,
    types.RULES,
    about.RULES,
)

RULES: dict[str, Rule] = {
    rule.code: rule for rule in sorted((rule for family in _FAMILIES for rule in family), key=lambda rule: rule.code)
}

_BY_KIND: dict[tuple[str, Standing | None, bool], Rule] = {
    (kind, rule.standing, rule.interface): rule for rule in RULES.values() if not rule.categories for kind in rule.kinds
}
_BY_CATEGORY: dict[tuple[str, str], Rule] = {
    (kind, category): rule for rule in RULES.values() for kind in rule.kinds for category in rule.categories
}


def rule_for(kind: str, standing: str, *, interface: bool = False, category: str = "") -> Rule:
    """The rule for data of this standing in a sink of this kind.

    ``interface`` says that the call is the user interface of a command-line program; it matters only to kinds
    that have rules of their own for it, and ``category`` only where one has a rule of its own. Kinds that are reserved
    (``config``) raise ``LookupError``.
    """
    own = _BY_CATEGORY.get((kind, category))
    if own is not None:
        return own
    for by_place in (interface, False):
        found = _BY_KIND.get((kind, "direct" if standing == "direct" else "online", by_place))
        if found is not None:
            return found
    raise LookupError(f"no rule speaks of a {standing} identifier in a sink of kind {kind!r}")
