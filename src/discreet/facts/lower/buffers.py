"""Buffers: texts that are put together in memory. What was written into one, be it by a writer of rows, is what it
gives.
"""

from __future__ import annotations

from typing import Final

from discreet.facts.lower.frame import Frame
from discreet.facts.model import Argument, Part, Value
from discreet.facts.values import elements, join, rendered, under

BUFFERS: Final = frozenset({"StringIO", "BytesIO"})
ROW_WRITERS: Final = frozenset({"writer", "DictWriter"})
"""Calls that are handed a file, and give what writes rows into it."""
DUMPING: Final = frozenset({"dump", "safe_dump"})
"""Calls that write their first argument into a file that they are handed, too: ``json.dump(row, buffer)``."""
WRITING: Final = frozenset({"write", "writelines", "writerow", "writerows"}) | DUMPING


def write_into(frame: Frame, name: str, receiver: Value, args: tuple[Argument, ...]) -> None:
    """Keep what a method writes into a buffer that was made here."""
    given = args[0].value if args else ()
    if not given:
        return
    text = rendered(elements(given)) if name == "writelines" else rendered(given)
    if name in DUMPING:
        receiver = tuple([part for arg in args[1:] for part in arg.value])
    for part in receiver:
        made = _made_by(frame, part)
        if made in BUFFERS:
            _keep(frame, part, text)
        elif made in ROW_WRITERS:
            for target in _target_of(frame, part):
                _keep(frame, target, text)


def print_into(frame: Frame, args: tuple[Argument, ...]) -> None:
    """The same of ``print(..., file=buffer)``."""
    for arg in args:
        for part in arg.value if arg.name == "file" else ():
            if _made_by(frame, part) in BUFFERS:
                _keep(frame, part, join(*(rendered(each.value) for each in args if each.name in ("", "*"))))


def _made_by(frame: Frame, part: Part) -> str:
    """The last name of the call that made a thing, or ``""``."""
    if not _is_whole(part):
        return ""
    number = int(part.root[1:])  # of a round of a loop that is walked once more, there may be no such call yet
    return frame.calls[number].text.rpartition(".")[2] if number < len(frame.calls) else ""


def _target_of(frame: Frame, writer: Part) -> Value:
    """The buffers that a writer of rows writes into."""
    args = frame.calls[int(writer.root[1:])].args
    return tuple([part for part in args[0].value if _made_by(frame, part) in BUFFERS]) if args else ()


def _keep(frame: Frame, buffer: Part, text: Value) -> None:
    """Every variable that holds the buffer holds the text inside it from now on."""
    if frame.env is None:
        return
    for name, value in list(frame.env.items()):
        if any(part.root == buffer.root and _is_whole(part) for part in value):
            frame.lookup(name, None, adding=True)
            frame.hold(name, join(value, under(text, "*")))


def _is_whole(part: Part) -> bool:
    """Whether a part is what a call gave, or what ``with`` bound of it."""
    return part.root[0] == "c" and not part.path and part.access in ((), ("@enter",))
