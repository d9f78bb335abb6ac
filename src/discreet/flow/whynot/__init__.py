"""Why not: of a line that was expected to be found, which value stopped where, and why.

No second engine: the rooms of :mod:`discreet.flow` are asked what they would answer anyway, and what they let go of is
explained from the facts, the catalogue, and the way the line is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from discreet.catalogue.libraries import Tables
from discreet.catalogue.tables import catalogue
from discreet.flow.library import Library
from discreet.flow.program import Program
from discreet.flow.result import Step
from discreet.flow.rooms import rooms_over
from discreet.flow.whynot.answer import Answer, Handed, Stop, Trail
from discreet.flow.whynot.asking import Asker
from discreet.flow.whynot.explain import Explainer
from discreet.flow.whynot.spelling import Spellings, TextOf

__all__ = ["Answer", "Handed", "Step", "Stop", "Trail", "why_not"]

Sources = dict[str, tuple[str, ...]]


def why_not(
    library: Library,
    sources: Sources,
    text_of: TextOf,
    path: str,
    line: int,
    column: int | None = None,
    rows: Tables | None = None,
) -> list[Answer]:
    """What becomes of the values that a line hands to calls.

    Args:
        library: The facts of every module of the program.
        sources: Dotted paths that the configuration declares personal, with their categories.
        text_of: Gives a file's text by its path.
        path: The file, as its outline has it.
        line: The line.
        column: A column, where only what stands there is meant.
        rows: What the configuration adds to the built-in catalogue.

    Returns:
        An answer for each call that takes data somewhere, or might; for any call at all if there is no such. None if
        the line holds no call.

    Raises:
        KeyError: there is no such file.
    """
    program = Program(library)
    summaries, reach, effects = rooms_over(program, catalogue(rows), sources)
    asker = Asker(Explainer(summaries, Spellings(text_of)), reach, effects)
    answers = list(_distinct(asker.answers(library.at(path).module, line, column)))
    for wanted in (Asker.is_sink, Asker.is_unresolved):
        chosen = [each for each in answers if wanted(each)]
        if chosen:
            return chosen
    return answers


def _distinct(answers: Iterator[Answer]) -> Iterator[Answer]:
    seen: set[tuple[object, ...]] = set()
    for each in answers:
        key = (each.call, each.place, each.stop, each.arguments)
        if key not in seen:
            seen.add(key)
            yield each
