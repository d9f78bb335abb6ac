"""The outcome in a table, library by library, and every line that somebody has to do something about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from reality.verdicts import Kind, Verdict

COLUMNS: tuple[Kind, ...] = ("true", "older", "open", "wrong", "unknown", "excused")


def lines(verdicts: Sequence[Verdict], idle: Sequence[str], *, every: bool) -> Iterator[str]:
    """What there is to say.

    Args:
        verdicts: of all claims.
        idle: reasons that nothing needs any more.
        every: whether what can't be told or is excused is listed too.
    """
    shown = ("wrong", "unknown", "excused", "older", "open") if every else ("wrong", "unknown")
    for kind in shown:
        for verdict in sorted({each for each in verdicts if each.kind == kind}):
            claim = verdict.claim
            yield f"{kind:<8} {claim.file} [[{claim.table}]] {claim.name}: {verdict.why}"
    for name in idle:
        yield f"idle     exceptions.toml: {name!r} needs no reason any more"
    yield from table(verdicts)


def table(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Counts by library."""
    counts = Counter((verdict.claim.library, verdict.kind) for verdict in verdicts)
    libraries = sorted({verdict.claim.library for verdict in verdicts})
    width = max(map(len, [*libraries, "library"]))
    yield f"{'library':<{width}}" + "".join(f"{kind:>9}" for kind in COLUMNS)
    for library in libraries:
        yield f"{library:<{width}}" + "".join(f"{counts[library, kind] or '-':>9}" for kind in COLUMNS)
    whole = Counter(verdict.kind for verdict in verdicts)
    yield f"{'all':<{width}}" + "".join(f"{whole[kind]:>9}" for kind in COLUMNS)
