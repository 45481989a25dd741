"""Canonical JSON (RFC 8785) and hashes of it.

msgspec's sorted encoding is RFC 8785 for what we write: keys are ASCII, integers stay below 2**53, and scores are
strictly between 0 and 1 with four decimals (see `as_score`), where both spell numbers alike. A test compares it with
the `rfc8785` package.
"""

from __future__ import annotations

import hashlib

import msgspec

_ENCODER = msgspec.json.Encoder(order="sorted")


def canonical_json(value: object) -> bytes:
    """The canonical JSON of plain values or records."""
    return _ENCODER.encode(value)


def sha256_hex(data: bytes) -> str:
    """The SHA-256 of bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def text_id(text: str) -> str:
    """The id of an article: the hash of its canonical text."""
    return "sha256:" + sha256_hex(text.encode("utf-8"))


def as_score(value: float) -> float:
    """A model's score between 0.0001 and 0.9999 with four decimals."""
    return round(min(max(float(value), 0.0001), 0.9999), 4)
