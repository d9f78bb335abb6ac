"""Whether a recording or a picture is nobody's, going by what it is called: made for a test, or by a program."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Final

from discreet.catalogue.words import split_name

_MADE: Final = frozenset({
    "tts", "synthesis", "synthesize", "synthesise", "synthesized", "synthesised", "synth", "generated", "silence",
    "silent", "blank", "test", "tests", "testing", "demo", "example", "examples", "fixture",
    "fixtures", "dummy", "mock", "mocked", "fake", "warmup", "placeholder", "stub",
})  # fmt: skip
"""Words for what nobody said, and nobody is shown on."""
_SAID_ALOUD: Final = frozenset({("speech", "create"), ("to", "speech"), ("generate", "speech"), ("create", "speech")})
"""Two words, one after the other, by which a program has a text said aloud."""


_TAKEN: Final = frozenset({
    "temp", "tmp", "recording", "recorded", "record", "input", "output", "mic", "microphone", "captured", "capture",
    "upload", "uploaded", "incoming", "received", "voice", "user", "caller", "patient",
})  # fmt: skip
"""Words in the name of a file that a program keeps for a moment what was just said in."""


@lru_cache(maxsize=1 << 12)
def is_taken(path: str) -> bool:
    """Whether a path that is written down in the code is one of what was just taken up: ``temp_audio.wav``."""
    return not _TAKEN.isdisjoint(split_name(path.replace("/", "_").replace(".", "_"))) and not is_made_up((path,))


@lru_cache(maxsize=1 << 12)
def is_made_up(names: tuple[str, ...]) -> bool:
    """Whether any of the names that led to a value says so: ``test_audio``, ``audio.speech.create``. A ``sample_clip``
    does; what is sampled of a sound (``audio_samples``) doesn't.
    """
    words = [word for name in names for word in split_name(name)]
    if any(split_name(name)[:1] == ["sample"] for name in names):
        return True
    return not _MADE.isdisjoint(words) or not _SAID_ALOUD.isdisjoint(pairwise(words))
