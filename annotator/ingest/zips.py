"""Looks into the zip archives that Word and Excel files are, before anything unpacks them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import BinaryIO

from annotator.domain.errors import UnreadableArticle

MAX_UNPACKED_BYTES = 500_000_000
MAX_ENTRIES = 10_000
# Packing text gains ten- to thirtyfold; a bomb gains a thousandfold. Small parts may be all blanks.
MAX_RATIO = 250
_SMALL_BYTES = 20_000_000


def check_zip(stream: BinaryIO, *, name: str, kind: str, needs: str) -> None:
    """Nothing, where a file is an archive of sane size that has an entry beginning with `needs`.

    The sizes are those that the archive states: what unpacks it never reads more of an entry than is stated.

    Raises:
        UnreadableArticle: it is none, is damaged or encrypted, or would take too much room.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError):
        start = _start(stream)
        if start.startswith(b"\xd0\xcf\x11\xe0"):
            raise UnreadableArticle(
                f"{name} is encrypted, or of an old kind of {kind} file.",
                hint=f"Open it, save it without a password as {Path(name).suffix or 'a new file'}, and import that.",
            ) from None
        raise UnreadableArticle(
            f"{name} is no {kind} file, or is cut off.", hint="Open it and save it anew, or copy it once more."
        ) from None
    finally:
        stream.seek(0)
    unpacked, packed = sum(one.file_size for one in entries), sum(one.compress_size for one in entries)
    is_bomb = unpacked > _SMALL_BYTES and unpacked > MAX_RATIO * max(packed, 1)
    if unpacked > MAX_UNPACKED_BYTES or len(entries) > MAX_ENTRIES or is_bomb:
        raise UnreadableArticle(
            f"{name} would unpack to {unpacked / 1e6:,.0f} MB in {len(entries):,} parts, which is more than is safe.",
            hint="If you trust it, split it, or save it as CSV or text.",
        )
    if not any(one.filename.startswith(needs) for one in entries):
        raise UnreadableArticle(f"{name} is an archive, but no {kind} file.", hint="Open it and save it anew.")


def _start(stream: BinaryIO) -> bytes:
    stream.seek(0)
    return stream.read(8)
