"""Writes bundles: header, articles, events and a signed footer, as JSON Lines, packed where the name ends in .gz."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import msgspec

from annotator.domain.bundle import Act, AnyLine, Article, Footer, Header
from annotator.domain.progress import Job, Progress
from annotator.domain.signing import Signer
from annotator.export.atomic import FileFacts, FileSet

_ENCODER = msgspec.json.Encoder(order="sorted")


def bundle_job(header: Header, lines: Iterable[Article | Act], out: Path, signer: Signer) -> Job[FileFacts]:
    """A job that writes a bundle, whole or not at all, and gives the facts of the file; the same work, the same bytes.

    Raises:
        AnnotatorError: the file cannot be written.
    """
    total = header.articles + header.events
    with FileSet() as files:
        raw = files.open(out)
        stream = gzip.GzipFile("", "wb", fileobj=raw, mtime=0) if out.suffix == ".gz" else raw
        digest = hashlib.sha256()
        _write(stream, header, digest)
        for number, line in enumerate(lines, start=1):
            _write(stream, line, digest)
            yield Progress(number, total, "Writing the bundle")
        sha256 = digest.hexdigest()
        _write(stream, Footer(sha256=sha256, signature=signer.sign("bundle", sha256)), digest)
        if stream is not raw:
            stream.close()
        return files.closed(out)


def _write(stream: BinaryIO | gzip.GzipFile, line: AnyLine, digest: hashlib._Hash) -> None:
    data = _ENCODER.encode(line) + b"\n"
    digest.update(data)
    stream.write(data)
