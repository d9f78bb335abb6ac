"""Settings: constants that are stored under a name which settings of libraries go by."""

from __future__ import annotations

import ast
from typing import Final

from discreet.catalogue.words import split_name
from discreet.facts.lower.frame import Frame
from discreet.facts.lower.literals import constant_of
from discreet.facts.lower.subscripts import subscript_step
from discreet.facts.model import Argument, Part, Setting

CONFIGURATION: Final = frozenset({"config", "configs", "configuration", "conf", "cfg", "setting", "settings"})
UPDATES: Final = frozenset({"update", "from_mapping"})
ADDED: Final = frozenset({"update", "setdefault"})
LOGGERS: Final = "loggers"
LEVEL: Final = "level"


def remember_set(frame: Frame, target: ast.expr, value: ast.Constant) -> None:
    """An assignment of a constant: to an attribute, to an entry, or to a variable of a module or class."""
    if frame.env is None:
        return
    if isinstance(target, ast.Name):
        if target.id in frame.module.keys and (frame.kind == "class" or _is_configuration(frame)):
            frame.module.settings.append(Setting(target.id, constant_of(value), (), frame.span(value)))
    elif isinstance(target, ast.Attribute | ast.Subscript):
        key = target.attr if isinstance(target, ast.Attribute) else subscript_step(target.slice)[1:]
        if key in frame.module.keys:
            dotted = frame.dotted(target.value)
            held = (Part(f"g:{dotted}"),) if dotted else ()
            under = subscript_step(target.value.slice)[1:] if isinstance(target.value, ast.Subscript) else ""
            frame.module.settings.append(Setting(key, constant_of(value), held, frame.span(value), (), under))
        elif key == LEVEL and isinstance(target.value, ast.Subscript) and _is_of_loggers(target.value.value):
            _remember_level(frame, subscript_step(target.value.slice)[1:], value)


def _is_configuration(frame: Frame) -> bool:
    """Whether the variables of a module are read as settings, going by what the module is called."""
    words = split_name(frame.module.module.rpartition(".")[2])
    return frame.kind == "module" and not CONFIGURATION.isdisjoint(words)


def remember_entry(frame: Frame, mapping: ast.Dict, key: ast.Constant, value: ast.expr) -> None:
    """An entry of a mapping that is written out, with the constants beside it."""
    if frame.env is None:
        return
    beside = tuple(
        Argument(other.value, (), frame.span(each), constant_of(each, frame))
        for other, each in zip(mapping.keys, mapping.values, strict=True)
        if isinstance(other, ast.Constant) and isinstance(other.value, str) and other is not key
    )
    frame.module.settings.append(Setting(str(key.value), constant_of(value, frame), (), frame.span(value), beside))


def remember_levels(frame: Frame, loggers: ast.Dict) -> None:
    """The levels of a ``logging.config.dictConfig``, or of Django's ``LOGGING``: of loggers that libraries write to."""
    for name, logger in zip(loggers.keys, loggers.values, strict=True):
        if isinstance(name, ast.Constant) and isinstance(logger, ast.Dict):
            _remember_logger(frame, str(name.value), logger)


def remember_stored(frame: Frame, target: ast.expr, value: ast.Dict) -> None:
    """``LOGGING["loggers"]["httpx"] = {"level": "DEBUG"}``."""
    if isinstance(target, ast.Subscript) and _is_of_loggers(target.value):
        _remember_logger(frame, subscript_step(target.slice)[1:], value)


def remember_added(frame: Frame, node: ast.Call, held: ast.expr) -> None:
    """``LOGGING["loggers"].update({"httpx": {"level": "DEBUG"}})``, and ``setdefault`` with a name and a logger."""
    if not _is_of_loggers(held) or not node.args:
        return
    first, last = node.args[0], node.args[-1]
    if isinstance(first, ast.Dict):
        remember_levels(frame, first)
    elif isinstance(first, ast.Constant) and isinstance(last, ast.Dict):
        _remember_logger(frame, str(first.value), last)


def _remember_logger(frame: Frame, name: str, logger: ast.Dict) -> None:
    for key, value in zip(logger.keys, logger.values, strict=True):
        if isinstance(key, ast.Constant) and key.value == LEVEL:
            _remember_level(frame, name, value)


def _remember_level(frame: Frame, logger: str, value: ast.expr) -> None:
    if frame.env is not None and logger in frame.module.loggers:
        said = constant_of(value, frame)
        if said is None:
            said = frame.dotted(value)
        frame.module.settings.append(Setting(LEVEL, said, (), frame.span(value), (), logger))


def _is_of_loggers(node: ast.expr) -> bool:
    """``LOGGING["loggers"]``."""
    return isinstance(node, ast.Subscript) and subscript_step(node.slice) == f"[{LOGGERS}"


def remember_update(frame: Frame, node: ast.Call, held: ast.expr) -> None:
    """Entries that a call brings into a configuration: ``app.config.update(NAME=True)``."""
    name = held.attr if isinstance(held, ast.Attribute) else held.id if isinstance(held, ast.Name) else ""
    keywords = [each for each in node.keywords if each.arg in frame.module.keys]
    if frame.env is None or not keywords or CONFIGURATION.isdisjoint(split_name(name)):
        return
    for each in keywords:
        value = constant_of(each.value, frame)
        frame.module.settings.append(Setting(str(each.arg), value, (), frame.span(each.value)))
