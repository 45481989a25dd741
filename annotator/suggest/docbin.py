"""Reads files of spaCy documents (DocBin) as articles; spaCy is imported in the worker alone, when the job runs."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from annotator.domain.articles import Metadata, NewArticle, new_article, with_metadata
from annotator.domain.canonical import sha256_hex
from annotator.domain.errors import UnreadableArticle
from annotator.domain.importing import ReadItem, ReadOptions, metadata_of
from annotator.domain.sections import SECTION_NAMES, Section
from annotator.domain.text import canonicalise

if TYPE_CHECKING:
    from spacy.tokens import Doc

DOCBIN_JOBS: dict[str, str] = {"read-spacy": "annotator.suggest.docbin:read_spacy_job"}
"""The job that reads such files, to be given to a `Worker`."""

MAX_UNPACKED_BYTES = 500_000_000
_HINT = "Write it anew with spaCy's DocBin.to_disk."
_OURS = "annotator"


class SpacyReadJob(msgspec.Struct, frozen=True, kw_only=True):
    """Payload of the job `read-spacy`: one file, and how to read it."""

    path: str
    options: ReadOptions = ReadOptions()


def read_spacy_job(payload: bytes, report: Callable[[bytes], None]) -> bytes:
    """Run a `SpacyReadJob` (MessagePack): reports a `ReadItem` for each article of the file; gives nothing."""
    job = msgspec.msgpack.decode(payload, type=SpacyReadJob)
    path = Path(job.path)
    # A name need not be text; see `ingest.files.shown_name`.
    name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        for item in _items(path, name, job.options):
            report(msgspec.msgpack.encode(item))
    except UnreadableArticle as error:
        report(msgspec.msgpack.encode(ReadItem.refused(error)))
    return b""


def _items(path: Path, name: str, options: ReadOptions) -> Iterator[ReadItem]:
    """An article for each document; the documents of one of our own exports that were one article are one again."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableArticle(f"{name} cannot be read ({error.strerror}).", hint="Check that it is there.") from None
    docs = read_docs(raw, name)
    if not docs:
        raise UnreadableArticle(f"{name} holds no document.", hint=_HINT)
    sha256 = sha256_hex(raw)
    groups: dict[str, list[Doc]] = {}
    for number, doc in enumerate(docs, start=1):
        groups.setdefault(str(ours_of(doc).get("article") or f"{name}, document {number}"), []).append(doc)
    for key, group in groups.items():
        place = str(ours_of(group[0]).get("name") or key)
        try:
            article = _joined(group, place) if ours_of(group[0]) else _single(group[0], place)
        except UnreadableArticle as error:
            yield ReadItem.refused(error)
            continue
        known, remarks = metadata_of(_facts(group[0]), options, name=place)
        yield ReadItem(
            article=with_metadata(msgspec.structs.replace(article, raw_sha256=sha256), known), remarks=remarks
        )


def read_docs(raw: bytes, name: str) -> list[Doc]:
    """The documents of a DocBin.

    Raises:
        UnreadableArticle: it is none, is damaged, or would unpack to more than is safe.
    """
    import spacy
    from spacy.tokens import DocBin

    unpacker = zlib.decompressobj()
    try:
        unpacker.decompress(raw, MAX_UNPACKED_BYTES)
        if unpacker.unconsumed_tail:
            raise UnreadableArticle(f"{name} would unpack to more than is safe.", hint="Split it first.")
        return list(DocBin().from_bytes(raw).get_docs(spacy.blank("xx").vocab))
    except (zlib.error, ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, EOFError):
        raise UnreadableArticle(f"{name} is no file of spaCy documents, or is damaged.", hint=_HINT) from None


def ours_of(doc: Doc) -> dict[str, object]:
    """What one of our own exports says of a document; empty for those of others."""
    said = doc.user_data.get(_OURS)
    return said if isinstance(said, dict) else {}


def _single(doc: Doc, place: str) -> NewArticle:
    return new_article(canonicalise(doc.text, name=place), name=place)


def _joined(docs: list[Doc], place: str) -> NewArticle:
    """The article of documents that are its sections; the headings between them are not in the file."""
    text, sections = "", []
    for doc in sorted(docs, key=lambda one: int(str(ours_of(one).get("start") or 0))):
        text += "\n" if text else ""
        kind = str(ours_of(doc).get("section"))
        start, text = len(text), text + doc.text
        sections += [(kind, start, len(text))] if kind in SECTION_NAMES and doc.text.strip() else []
    article = new_article(canonicalise(text, name=place), name=place)
    if article.text != text or len(sections) < 2:
        return article
    found = tuple(msgspec.convert({"kind": kind, "start": a, "end": b}, Section) for kind, a, b in sections)
    return msgspec.structs.replace(article, sections=found)


def _facts(doc: Doc) -> dict[str, str]:
    """What documents say of their articles: ours under their own key, others' in plain keys or in `meta`."""
    known = dict.fromkeys(Metadata.__struct_fields__)
    meta = doc.user_data.get("meta")
    sources = [doc.user_data, meta if isinstance(meta, dict) else {}, ours_of(doc)]
    return {key: str(one[key]) for one in sources for key in known if isinstance(one.get(key), str | int)}
