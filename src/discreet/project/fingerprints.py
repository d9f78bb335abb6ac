"""Fingerprints of the findings that speak of a file or a comment in it, which no flow gives one to."""

from __future__ import annotations

import hashlib


def file_fingerprint(code: str, path: str, *details: str) -> str:
    """The same for the same complaint about the same file, wherever its lines have moved."""
    text = "\0".join((code, path, *details))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
