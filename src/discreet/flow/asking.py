"""What the engine may ask about installed libraries, where neither the program nor the catalogue knows a callee.

Questions are about libraries only and in dotted names, so an answer never depends on the file that is being analysed,
and can be kept as long as the environment stays as it is. :mod:`discreet.oracle` implements the protocol; nothing here
knows how.

Answers are tuples of strings, empty where nothing is known. All but those of :meth:`Oracle.bases` are *marked*: they
say what kind of thing they name, in the words of :class:`discreet.flow.context.Thing`:

- ``instance:logging.Logger``: an object of that class (``instance:builtins.str``: nobody's logger, and that is settled)
- ``class:httpx._client.Client``, ``function:requests.api.get``, ``module:celery.utils.log``: the thing itself

Names are those of the place of definition. :meth:`Oracle.bases` tells all the names that a class goes by.
"""

from __future__ import annotations

from typing import Protocol


class Oracle(Protocol):
    """Answers questions about libraries. Never fails: what it can't answer it answers with nothing."""

    def returned(self, dotted: str) -> tuple[str, ...]:
        """What a call of ``dotted`` (a function, a method ``a.Class.method``, a class) can give, marked.

        ``celery.utils.log.get_task_logger`` → ``instance:logging.Logger``. What a coroutine function gives is what is
        awaited; what a context manager's function gives is what ``with`` binds.
        """
        ...

    def bases(self, dotted: str) -> tuple[str, ...]:
        """All names of a class and of its bases, nearest first, without ``builtins.object``; not marked.

        Of each class first the shortest public name, last the name of the definition:
        ``httpx.Client``, ``httpx._client.Client``, ``httpx._client.BaseClient``. The name asked for is always first.
        """
        ...

    def attribute(self, cls: str, name: str) -> tuple[str, ...]:
        """What the attribute ``name`` of an instance of ``cls`` holds, marked; of a method, the function."""
        ...

    def denotes(self, dotted: str) -> tuple[str, ...]:
        """What a name of a library denotes, marked: a class, a function, a module, or an instance of something."""
        ...

    def source(self, module: str) -> tuple[str, bytes, bool] | None:
        """A library's module: how to call its file, what is in it, and whether it is a package's ``__init__``.

        ``None`` for the standard library, which the catalogue speaks for, for stubs, and for what is being edited.
        """
        ...


def split(answer: str) -> tuple[str, str]:
    """A marked answer as kind and name: ``("instance", "logging.Logger")``."""
    kind, _, name = answer.partition(":")
    return kind, name
