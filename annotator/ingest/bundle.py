"""Reads bundles: first whether the file is whole and as its sender signed it, then its lines."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from annotator.domain.bundle import (
    FORMAT,
    MAX_BYTES,
    MAX_LINE_BYTES,
    MAX_NAME,
    Act,
    AnyLine,
    Article,
    Footer,
    Header,
)
from annotator.domain.errors import BadBundle
from annotator.domain.progress import Job, Progress
from annotator.domain.signing import is_signed
from annotator.ingest.files import shown_name

_GZIP = b"\x1f\x8b"
_AGAIN = "Ask its sender for it again."
_DECODER: msgspec.json.Decoder[AnyLine] = msgspec.json.Decoder(AnyLine)
_MAX_DEPTH_ERRORS = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """A bundle that is whole and signed: what its first and its last line say."""

    path: Path
    header: Header
    footer: Footer
    lines: int


class _Beginning(msgspec.Struct, frozen=True):
    """What the first line of a bundle of every version has."""

    line: str
    format: str


def open_envelope(path: Path) -> Job[Envelope]:
    """A job that reads a bundle once and looks whether it is whole and as its sender signed it.

    Raises:
        BadBundle: it cannot be read, is no bundle of this format's version, was cut off or changed.
    """
    name = shown_name(path)
    digest = hashlib.sha256()
    first, last, number = b"", b"", 0
    for number, raw in enumerate(_raw_lines(path), start=1):
        if number == 1:
            first = raw
            _check_format(raw, name)
        else:
            digest.update(last)
        last = raw
        if number % 200 == 0:
            yield Progress(0, 0, "Reading the bundle")
    if number < 2:
        raise _not_one(name) if number == 0 else _changed(name)
    footer = _decoded(last, name)
    if not isinstance(footer, Footer) or not last.endswith(b"\n"):
        raise BadBundle(f"{name} is cut off: its end is missing.", hint=_AGAIN)
    if digest.hexdigest() != footer.sha256 or not is_signed("bundle", footer.sha256, footer.signature):
        raise _changed(name)
    header = _decoded(first, name)
    if not isinstance(header, Header):
        raise _changed(name)
    _check_header(header, name)
    return Envelope(path=path, header=header, footer=footer, lines=number)


def lines_of(envelope: Envelope) -> Iterator[Article | Act]:
    """The articles and the events of a bundle, in this order.

    Raises:
        BadBundle: the lines are not those that the header tells of, or the file was changed since it was opened.
    """
    name = shown_name(envelope.path)
    digest = hashlib.sha256()
    articles = acts = 0
    for number, raw in enumerate(_raw_lines(envelope.path), start=1):
        if number < envelope.lines:
            digest.update(raw)
        if number in (1, envelope.lines):
            continue
        line = _decoded(raw, name)
        if isinstance(line, Article) and not acts:
            articles += 1
        elif isinstance(line, Act):
            acts += 1
        else:
            raise BadBundle(f"{name}, line {number}: it is out of place.", hint=_AGAIN)
        yield line
    if digest.hexdigest() != envelope.footer.sha256:
        raise _changed(name)
    if (articles, acts) != (envelope.header.articles, envelope.header.events):
        raise BadBundle(f"{name} does not hold what its first line tells of.", hint=_AGAIN)


def _raw_lines(path: Path) -> Iterator[bytes]:
    name = shown_name(path)
    total = 0
    try:
        with _opened(path) as stream:
            while raw := stream.readline(MAX_LINE_BYTES + 1):
                total += len(raw)
                if len(raw) > MAX_LINE_BYTES or total > MAX_BYTES:
                    raise BadBundle(f"{name} is too large to be a bundle.", hint=_AGAIN)
                yield raw
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise BadBundle(f"{name} is damaged: it cannot be unpacked.", hint=_AGAIN) from None
    except OSError as error:
        raise BadBundle(f"{name} cannot be read ({error.strerror or 'damaged'}).", hint="Check the file.") from None


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO | gzip.GzipFile]:
    with path.open("rb") as raw:
        is_packed = raw.read(2) == _GZIP
        raw.seek(0)
        yield gzip.GzipFile(fileobj=raw, mode="rb") if is_packed else raw


def _decoded(raw: bytes, name: str) -> AnyLine:
    try:
        return _DECODER.decode(raw)
    except _MAX_DEPTH_ERRORS:
        # The checksum may be right all the same: then a newer version wrote what this one does not know.
        raise BadBundle(
            f"{name} holds a line that this version of Annotator cannot read.",
            hint="Ask its sender which version made it, and for the file again.",
        ) from None


def _check_format(raw: bytes, name: str) -> None:
    try:
        beginning = msgspec.json.decode(raw, type=_Beginning)
    except _MAX_DEPTH_ERRORS:
        raise _not_one(name) from None
    if beginning.line != "header" or not beginning.format.startswith(FORMAT.partition("/")[0] + "/"):
        raise _not_one(name)
    if beginning.format != FORMAT:
        raise BadBundle(
            f"{name} is a bundle of another version ({beginning.format[:40]}); this one reads {FORMAT}.",
            hint="Use the same version of Annotator as its sender.",
        )


def _check_header(header: Header, name: str) -> None:
    texts = [header.project.name, header.sender, *(one.name for one in header.authors)]
    numbers = [head[0] for head in (*header.begins.values(), *header.ends.values())]
    numbers += [one.named for one in header.authors]
    is_long = any(len(text) > MAX_NAME for text in texts) or any(not 0 <= number < 2**48 for number in numbers)
    # Names are shown in windows and terminals: nothing in them may steer those.
    is_odd = any(not one.name.strip() or not one.name.isprintable() for one in header.authors)
    if is_long or is_odd or header.sender not in {one.id for one in header.authors}:
        raise BadBundle(f"{name} has a first line that makes no sense.", hint=_AGAIN)


def _not_one(name: str) -> BadBundle:
    return BadBundle(f"{name} is no bundle.", hint="Choose a file that “Send work…” or “annotator bundle” made.")


def _changed(name: str) -> BadBundle:
    return BadBundle(f"{name} was changed or damaged after it was made: its checksum does not fit.", hint=_AGAIN)
