"""The catalogue's files as the cache keeps them: decoding them takes a twentieth of the time that parsing takes."""

from __future__ import annotations

import msgspec

from discreet.catalogue import data
from discreet.project.cache import Cache, key_of, understood


def recall_catalogue(cache: Cache | None) -> None:
    """Have the catalogue read from the cache, or have it kept there. The key stands for every character of it."""
    if cache is None:
        return
    name = key_of("catalogue")
    known = understood(cache.get("runs", [name]).get(name), _decoder)
    if known is not None:
        data.know(known)
    else:
        cache.put("runs", {name: _encoder.encode(data.everything())})


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(data.Data)
