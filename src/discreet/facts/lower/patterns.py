"""Patterns of ``match``: what each capture binds."""

from __future__ import annotations

import ast

from discreet.facts.lower.branches import class_names
from discreet.facts.lower.frame import Frame
from discreet.facts.lower.subscripts import subscript_step
from discreet.facts.model import Part, Value
from discreet.facts.narrowing import narrowed
from discreet.facts.values import elements, join, read, under


def bind_pattern(frame: Frame, pattern: ast.pattern, subject: Value) -> None:
    """Bind the captures of a pattern to what they match of ``subject``. One that stands too deep binds nothing."""
    if not frame.descend():
        return
    _bind(frame, pattern, subject)
    frame.ascend()


def _bind(frame: Frame, pattern: ast.pattern, subject: Value) -> None:
    if isinstance(pattern, ast.MatchAs):
        if pattern.pattern is not None:
            bind_pattern(frame, pattern.pattern, subject)
        if pattern.name is not None:
            frame.assign(pattern.name, _narrowed(frame, pattern.pattern, subject), pattern)
    elif isinstance(pattern, ast.MatchMapping):
        _mapping(frame, pattern, subject)
    elif isinstance(pattern, ast.MatchClass):
        types = class_names(frame, pattern.cls)
        subject = narrowed(subject, f"+{types}") if types else subject
        for name, inner in zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True):
            bind_pattern(frame, inner, read(subject, f".{name}", frame.span(inner)))
        for index, inner in enumerate(pattern.patterns):
            bind_pattern(frame, inner, read(subject, f"#{index}", frame.span(inner)))
    elif isinstance(pattern, ast.MatchSequence):
        for index, inner in enumerate(pattern.patterns):
            if isinstance(inner, ast.MatchStar):
                if inner.name is not None:
                    frame.assign(inner.name, under(elements(subject), "*"), inner)
            else:
                bind_pattern(frame, inner, read(subject, f"#{index}", frame.span(inner)))
    elif isinstance(pattern, ast.MatchOr):
        for inner in pattern.patterns:
            bind_pattern(frame, inner, subject)


def _mapping(frame: Frame, pattern: ast.MatchMapping, subject: Value) -> None:
    for key, inner in zip(pattern.keys, pattern.patterns, strict=True):
        step = subscript_step(key)
        value = read(subject, step, frame.span(inner))
        if frame.module.speaks(step[1:]):
            frame.remember(value)
        bind_pattern(frame, inner, value)
    if pattern.rest is not None:
        frame.assign(pattern.rest, subject, pattern)


def _narrowed(frame: Frame, pattern: ast.pattern | None, subject: Value) -> Value:
    """``case Customer() as c``: the capture is known to be a ``Customer``."""
    if isinstance(pattern, (ast.MatchSingleton, ast.MatchValue)):
        return ()  # equal to a constant
    if isinstance(pattern, ast.MatchClass):
        name = frame.dotted(pattern.cls)
        if name:
            return join(subject, (Part(f"i:{name}", span=frame.span(pattern)),))
    return subject
