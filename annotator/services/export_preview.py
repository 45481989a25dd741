"""What an export will hold, before it is written: how much, and the first articles as the format writes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from annotator.domain.errors import AnnotatorError
from annotator.domain.exchange import ArticleLine
from annotator.domain.progress import Job, Progress
from annotator.export.peek import Peeked, peek
from annotator.services import exporting
from annotator.services.exporting import ExportOptions
from annotator.store import articles
from annotator.store.project import Project
from annotator.suggest.client import Worker
from annotator.suggest.pool import Pool

_ARTICLES = 2
# Where so many articles hold nothing, some of them are shown.
_LOOKED_AT = 40


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """How much is chosen, of how many articles in all."""

    articles: int = 0
    of: int = 0
    entities: int = 0
    quotes: int = 0
    stances: int = 0

    @property
    def summary(self) -> str:
        """One sentence."""
        if not self.of:
            return "There is no article in this project yet."
        if not self.articles:
            return f"None of {_count(self.of, 'article')} fits what is chosen."
        held = f"{_count(self.entities, 'entity')}, {_count(self.quotes, 'quote')} and {_count(self.stances, 'stance')}"
        return f"{self.articles:,} of {_count(self.of, 'article')}, with {held}, will be written."


def _count(number: int, word: str) -> str:
    many = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{number:,} {word if number == 1 else many}"


def count(project: Project, name: str, options: ExportOptions) -> Job[Counted]:
    """A job that counts what an export in a format would hold.

    Raises:
        AnnotatorError: there is no such layer.
    """
    total = len(articles.ids(project.conn))
    found = Counted(of=total)
    for number, line in enumerate(exporting.each_line(project, exporting.fitted(name, options)), start=1):
        if line is not None:
            found = Counted(
                articles=found.articles + 1,
                of=total,
                entities=found.entities + len(line.entities),
                quotes=found.quotes + len(line.quotes),
                stances=found.stances + len(line.stances),
            )
        yield Progress(number, total, "Counting")
    return found


def preview(
    project: Project, name: str, options: ExportOptions, *, stem: str, worker: Worker | Pool
) -> Job[tuple[Peeked, ...]]:
    """A job that writes the first chosen articles into a temporary folder, by the format's own writer, and reads it.

    Those with annotations go first. Errors are those of `exporting.export`.
    """
    options = exporting.fitted(name, options)
    chosen = yield from _first_lines(exporting.each_line(project, options))
    if not chosen:
        raise AnnotatorError("No article fits what was chosen.", hint="Choose a longer period, or leave a filter out.")
    with TemporaryDirectory(prefix="annotator-", ignore_cleanup_errors=True) as folder:
        out = Path(folder) / f"{stem}{exporting.suffix(name)}"
        counts = yield from exporting.write(project, name, out, options, iter(chosen), total=len(chosen), worker=worker)
        return peek(out, counts.parts)


def _first_lines(found: Iterator[ArticleLine | None]) -> Job[list[ArticleLine]]:
    full: list[ArticleLine] = []
    bare: list[ArticleLine] = []
    for number, line in enumerate(found, start=1):
        if line is not None:
            (full if line.entities or line.quotes or line.stances else bare).append(line)
        if len(full) == _ARTICLES or len(bare) == _LOOKED_AT:
            break
        yield Progress(number, 0, "Looking for the first articles")
    chosen = [*full, *bare][:_ARTICLES]
    return sorted(chosen, key=lambda one: one.article.id)
