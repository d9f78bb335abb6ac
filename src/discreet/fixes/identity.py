"""What a finding says, whatever line it stands on: a fix may move the lines below it."""

from __future__ import annotations

from discreet.rules.finding import Finding

Identity = tuple[object, ...]


def identity(finding: Finding) -> Identity:
    """What stays the same of a finding when lines are moved."""
    sink, source = finding.sink, finding.source
    said = (sink.kind, sink.callable) if sink is not None else (finding.message,)
    born = (source.path, source.expression) if source is not None else ()
    return (finding.path, finding.code, said, born, finding.categories)
