"""Damages of a file's bytes, the same for every reader that has to stand them."""

from __future__ import annotations

import random

PIECES = (b'"', b"\n", b"{", b"]", b",", b"9", b"-", b"\\u", b"\0", b"null")


def mutated(raw: bytes, dice: random.Random) -> bytes:
    """The bytes with one damage: one changed, some left out, a sign put in, a piece copied over or put in twice."""
    at = dice.randrange(len(raw))
    kind = dice.randrange(5)
    if kind == 0:
        return raw[:at] + bytes([dice.randrange(256)]) + raw[at + 1 :]
    if kind == 1:
        return raw[:at] + raw[at + dice.randrange(1, 20) :]
    if kind == 2:
        return raw[:at] + dice.choice(PIECES) + raw[at:]
    start = dice.randrange(len(raw))
    piece = raw[start : start + dice.randrange(1, 60)]
    return raw[:at] + piece + raw[at + (len(piece) if kind == 3 else 0) :]
