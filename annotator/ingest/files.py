"""Finds article files in folders and reads them as bytes and as text, whatever their encoding and line ends."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from annotator.domain.articles import NewArticle, new_article
from annotator.domain.canonical import sha256_hex
from annotator.domain.errors import UnreadableArticle
from annotator.domain.importing import ReadItem, ReadOptions
from annotator.domain.text import canonicalise
from annotator.ingest.readers import READERS

MAX_FILE_BYTES = 50_000_000
# Of files that hold many articles.
MAX_MANY_BYTES = 500_000_000
MAX_FILES = 100_000

_GUESS_BYTES = 200_000
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Found:
    """The article files of some paths; `left_out` are the files of folders that are of another kind."""

    files: tuple[Path, ...]
    left_out: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class RawArticle:
    """A text as a file held it: `text` is canonical, `raw_sha256` is the hash of the file's bytes."""

    name: str
    text: str
    raw_sha256: str
    encoding: str


def find_files(paths: Iterable[Path]) -> Found:
    """The article files that paths name, folders searched through: sorted within a folder, each file once.

    Hidden files and folders are passed over, and links that lead out of the chosen folder are not followed.

    Raises:
        UnreadableArticle: a path does not exist, or is of a kind that cannot be read; there is nothing to read, or
            too much.
    """
    files: dict[Path, None] = {}
    left_out: list[Path] = []
    for path in paths:
        for file in _files_of(path):
            if file.suffix.lower() in READERS:
                files[file] = None
            else:
                left_out.append(file)
            if len(files) > MAX_FILES:
                raise UnreadableArticle(
                    f"There are more than {MAX_FILES:,} files.", hint="Import a part of the folders at a time."
                )
    if not files:
        raise UnreadableArticle(
            "There is no article file to read.", hint=f"Articles are files whose names end in {', '.join(READERS)}."
        )
    return Found(tuple(files), tuple(left_out))


def has_tables(paths: Iterable[Path], *, look_at: int = 2000) -> bool:
    """Whether there is a file with columns to choose among the first so many; what cannot be looked at has none."""
    try:
        found = islice((file for path in paths for file in _files_of(path)), look_at)
        return any(READERS[one.suffix.lower()].is_table for one in found if one.suffix.lower() in READERS)
    except UnreadableArticle:
        return False


def read_text(path: Path, options: ReadOptions) -> Iterator[ReadItem]:
    """The article of a text file. Errors are those of `read_text_file`."""
    yield ReadItem(article=as_article(read_text_file(path, encoding=options.encoding or None)))


def read_text_file(path: Path, *, encoding: str | None = None) -> RawArticle:
    """The text of a file: UTF-8 or, with a byte order mark, UTF-16; or exactly the encoding that is given.

    Raises:
        UnreadableArticle: it cannot be opened, is too large or empty, is not in the encoding, or is not text.
    """
    name = shown_name(path)
    raw = read_bytes(path)
    used = encoding or encoding_of(raw)
    text = canonicalise(decoded(raw, used, name), name=name)
    return RawArticle(name=name, text=text, raw_sha256=sha256_hex(raw), encoding=codecs.lookup(used).name)


def as_article(raw: RawArticle) -> NewArticle:
    """The article of a text that was read: its title and sections are those of the text, its language is not known."""
    return new_article(raw.text, name=raw.name, raw_sha256=raw.raw_sha256)


def guess_encoding(raw: bytes) -> str | None:
    """The encoding that the bytes are most likely in; none where nothing fits. A guess: show it, never just use it."""
    # It is slow to import, and needed only when something is wrong.
    import charset_normalizer

    if len(raw) > _GUESS_BYTES:
        # Plain ASCII lines say nothing about the encoding.
        raw = b"\n".join(line for line in raw.split(b"\n") if not line.isascii())[:_GUESS_BYTES]
    best = charset_normalizer.from_bytes(raw).best()
    return codecs.lookup(best.encoding).name if best else None


def shown_name(path: Path) -> str:
    """A file's name as text that can be stored and shown: what is no text, and control characters, become �."""
    # Names that are not UTF-8 come from the system as lone surrogates, which no article may hold.
    name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return _CONTROLS.sub("�", name)


def _files_of(path: Path) -> Iterator[Path]:
    name = shown_name(path) or str(path)
    if path.is_dir():
        yield from _files_below(path)
    elif not path.exists():
        raise UnreadableArticle(f"{name} does not exist.", hint="Check the path.")
    elif not path.is_file():
        raise UnreadableArticle(f"{name} is neither a file nor a folder.", hint="Choose files or folders of them.")
    elif path.suffix.lower() not in READERS:
        raise UnreadableArticle(
            f"{name} is of a kind that cannot be read.", hint=f"Save it as one of {', '.join(READERS)}."
        )
    else:
        yield path


def _files_below(root: Path) -> Iterator[Path]:
    inside = root.resolve()
    for folder, subfolders, names in os.walk(root, onerror=_raise_unreadable):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder, name)
            # A link inside the folder must not bring in what lies outside it.
            is_ours = not file.is_symlink() or file.resolve().is_relative_to(inside)
            if not name.startswith(".") and is_ours and file.is_file():
                yield file


def _raise_unreadable(error: OSError) -> None:
    raise unreadable(error, shown_name(Path(error.filename or "The folder")))


def unreadable(error: OSError, name: str) -> UnreadableArticle:
    """What the system says when it gives no access to a file."""
    reason = error.strerror or type(error).__name__
    return UnreadableArticle(
        f"{name} cannot be read ({reason}).", hint="Check that it is still there and that you may read it."
    )


def read_bytes(path: Path, *, max_bytes: int = MAX_FILE_BYTES) -> bytes:
    """All that a file holds.

    Raises:
        UnreadableArticle: it cannot be opened, is no file, or is larger than it may be.
    """
    name = shown_name(path)
    try:
        if path.is_dir():
            raise UnreadableArticle(f"{name} is a folder, not a file.", hint="Choose the files in it.")
        if path.exists() and not path.is_file():
            raise UnreadableArticle(f"{name} is not a file.", hint="Choose a text file.")
        size = path.stat().st_size
        if size <= max_bytes:
            with path.open("rb") as stream:
                # It may grow while it is read.
                raw = stream.read(max_bytes + 1)
                size = len(raw)
    except OSError as error:
        raise unreadable(error, name) from None
    if size > max_bytes:
        raise UnreadableArticle(
            f"{name} has {size / 1e6:,.0f} MB; an article file may have {max_bytes / 1e6:.0f} MB.",
            hint="Split it into articles first.",
        )
    return raw


def encoding_of(raw: bytes) -> str:
    """What the bytes say of their encoding: UTF-16 by its byte order mark, else UTF-8."""
    return "utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"


def decoded(raw: bytes, encoding: str, name: str) -> str:
    """The text of bytes in exactly that encoding.

    Raises:
        UnreadableArticle: they are not in it, or there is none of that name.
    """
    try:
        return raw.decode(encoding)
    except LookupError:
        raise UnreadableArticle(f"There is no encoding called {encoding}.", hint="Try utf-8 or cp1252.") from None
    except UnicodeError as error:
        shown = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16"}.get(encoding, encoding)
        where = f" (byte {error.start})" if isinstance(error, UnicodeDecodeError) else ""
        guess = guess_encoding(raw)
        likely = f" (it looks like {guess})" if guess and guess != encoding else ""
        raise UnreadableArticle(
            f"{name} is not {shown}{where}.",
            hint=f"Save it as UTF-8, or choose its encoding{likely} when you import it.",
        ) from None
