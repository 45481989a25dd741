"""Finds articles that tell the same story in nearly the same words, so that nobody counts it twice unawares."""

from __future__ import annotations

from annotator.domain.exchange import ArticleLine
from annotator.export.split import duplicate_groups, sketch


class Stories:
    """Takes articles in, and tells which of them are one story."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._sketches: dict[str, frozenset[int]] = {}

    def add(self, line: ArticleLine) -> None:
        """Take one article in."""
        self._names[line.article.id] = line.article.name
        self._sketches[line.article.id] = sketch(line.text)

    def groups(self) -> list[dict[str, str]]:
        """The articles of each story, id to name, the first of which names the story; see `split.duplicate_groups`."""
        return [{one: self._names[one] for one in group} for group in duplicate_groups(self._sketches)]
