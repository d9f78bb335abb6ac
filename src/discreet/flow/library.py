"""The library: the facts of all modules of one run, each as bytes until somebody looks inside.

It can be pickled, so that it can be handed to another process or machine: a run's facts are far smaller as bytes than
as objects, and no run looks into all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from discreet.facts.model import Function, ModuleFacts, Outline
from discreet.facts.outline import outline_of
from discreet.flow.index import Index

_FIELDS: Final = tuple(each for each in ModuleFacts.__struct_fields__ if each != "functions")
_decoder = msgspec.msgpack.Decoder(ModuleFacts)
_apart: Final[Any] = msgspec.msgpack.Decoder(
    msgspec.defstruct(
        "Apart",
        [
            (each.name, tuple[msgspec.Raw, ...] if each.name == "functions" else each.type)
            for each in msgspec.structs.fields(ModuleFacts)
        ],
        array_like=True,
        gc=False,
    )
)
"""Decodes facts whose functions stay bytes."""
_encoder = msgspec.msgpack.Encoder()


class Library:
    """Outlines in order of path, and each module's facts behind them.

    Args:
        outlines: One for every module; ``index`` is over all of them.
        content: The encoded facts, by module.
        given: Facts that are there as objects anyway.
    """

    def __init__(
        self, outlines: Iterable[Outline], content: Mapping[str, bytes], given: Mapping[str, ModuleFacts] | None = None
    ) -> None:
        ordered = sorted(outlines, key=lambda each: each.path)
        self.outlines = {each.module: each for each in ordered}
        self._paths = {each.path: each for each in ordered}
        self.index = Index(self.outlines)
        self._content = content
        self._given = given if given is not None else {}

    def __reduce__(self) -> tuple[type[Library], tuple[list[Outline], Mapping[str, bytes]]]:
        """Another process gets the facts as bytes."""
        content = self._content
        if self._given:
            given = {module: encoded(facts) for module, facts in self._given.items()}
            content = {module: given[module] if module in given else content[module] for module in self.outlines}
        return Library, (list(self.outlines.values()), content)

    @classmethod
    def of(cls, modules: Iterable[ModuleFacts]) -> Library:
        """The library of facts that are there already, as for a single file."""
        modules = sorted(modules, key=lambda facts: facts.path)
        return cls([outline_of(facts) for facts in modules], {}, {facts.module: facts for facts in modules})

    def facts(self, module: str) -> ModuleFacts:
        """The facts of a module.

        Raises:
            KeyError: there is no such module.
        """
        given = self._given.get(module)
        return given if given is not None else _decoder.decode(self._content[module])

    def apart(self, module: str) -> tuple[ModuleFacts, Iterable[tuple[str, Function | msgspec.Raw]]]:
        """The facts of a module without its functions, and these by name, as bytes unless they are objects anyway.

        Raises:
            KeyError: there is no such module.
        """
        given = self._given.get(module)
        if given is not None:
            functions = [(function.name, function) for function in given.functions]
            return msgspec.structs.replace(given, functions=()), functions
        apart = _apart.decode(self._content[module])
        facts = ModuleFacts(functions=(), **{name: getattr(apart, name) for name in _FIELDS})
        names = [f"{module}.{name}" for name in self.outlines[module].functions]
        return facts, zip(names, apart.functions, strict=True)

    def at(self, path: str) -> Outline:
        """The outline of the module at a path.

        Raises:
            KeyError: there is none.
        """
        return self._paths[path]

    def module_at(self, path: str) -> str:
        """The name of the module at a path; ``""`` if there is none."""
        outline = self._paths.get(path)
        return outline.module if outline is not None else ""

    @property
    def keeps_objects(self) -> bool:
        """Whether there are facts that are kept as objects anyway."""
        return bool(self._given)

    def size(self, module: str) -> int:
        """How many bytes a module's facts take: none where they are kept as objects anyway."""
        return len(self._content[module]) if module not in self._given and module in self._content else 0


def encoded(facts: ModuleFacts) -> bytes:
    """A module's facts as a library keeps them."""
    return _encoder.encode(facts)
