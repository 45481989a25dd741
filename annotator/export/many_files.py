"""What the writers share: lines checked and counted as they pass, files in one set, a manifest after them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

import msgspec

from annotator.domain.exchange import ArticleLine
from annotator.export.atomic import FileFacts, FileSet
from annotator.export.counts import Counter, Counts, Loss
from annotator.export.jsonl import check_line
from annotator.export.manifest import About, add_manifest

_JSON = msgspec.json.Encoder()
_UNSAFE = re.compile(r"[^\w.\- ]+")
_NAME_CHARS = 80


class Export:
    """One export while it is written: `write` files, `read` lines, then `finish`; all or nothing."""

    def __init__(self, format_: str, out: Path, *, about: About | None, is_folder: bool) -> None:
        self._format, self._out, self._about = format_, out, about
        self._is_folder = is_folder
        self._files = FileSet()
        self._facts: dict[Path, FileFacts] = {}
        self._counter = Counter()
        self.losses: list[Loss] = []

    def __enter__(self) -> Export:
        self._files.__enter__()
        if self._is_folder:
            self._files.folder(self._out)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.__exit__(kind, error, trace)

    @property
    def articles(self) -> int:
        """How many lines have been read."""
        return self._counter.articles

    def read(self, lines: Iterable[ArticleLine]) -> Iterator[ArticleLine]:
        """The lines, each checked and counted.

        Raises:
            AnnotatorError: one breaks the rules of the exchange format.
        """
        for line in lines:
            check_line(line)
            self._counter.add(line)
            yield line

    def write(self, name: str, content: bytes) -> None:
        """Write a whole file of a folder, or the file itself where `name` is empty."""
        path = self._out / name if name else self._out
        self._files.open(path).write(content)
        self._facts[path] = self._files.closed(path)

    def finish(self, parts: dict[str, int]) -> Counts:
        """The counts of it all; with `about` given, the manifest too."""
        counts = self._counter.counts(parts=parts, losses=tuple(self.losses))
        if self._about:
            add_manifest(
                self._files, self._out, export=self._format, about=self._about, counts=counts, facts=self._facts
            )
        return counts


def json_lines(objects: Iterable[object]) -> bytes:
    """Objects as JSON, one a line."""
    return b"".join(_JSON.encode(one) + b"\n" for one in objects)


def pretty(value: object) -> bytes:
    """A value as JSON that people can read."""
    return msgspec.json.format(_JSON.encode(value), indent=2) + b"\n"


def file_names(lines: Iterable[ArticleLine]) -> dict[str, str]:
    """A file name without suffix for each article, by id: its own as far as every system takes it, each one once."""
    taken: set[str] = set()
    found: dict[str, str] = {}
    for line in lines:
        stem = line.article.name.rpartition(".")[0] or line.article.name
        name = _UNSAFE.sub("_", stem).strip(" .")[:_NAME_CHARS] or "article"
        number, made = 1, name
        while made.casefold() in taken:
            number += 1
            made = f"{name}_{number}"
        taken.add(made.casefold())
        found[line.article.id] = made
    return found
