"""What a writer did: how many articles and records, into which parts, and what the format could not hold."""

from __future__ import annotations

import msgspec

from annotator.domain.exchange import ArticleLine

RECORD_LISTS = {
    "entity": "entities",
    "quote": "quotes",
    "stance": "stances",
    "note": "notes",
    "rejection": "rejections",
    "actor": "actors",
    "target": "targets",
}


class Loss(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that the format does not hold as it is; `article` and `record` are empty where it is about all."""

    reason: str
    kind: str = ""
    article: str = ""
    record: str = ""


class Counts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much was written. `records` counts by layer and kind; `parts` counts the pieces of each file."""

    articles: int = 0
    records: dict[str, dict[str, int]] = {}
    parts: dict[str, int] = {}
    losses: tuple[Loss, ...] = ()


class Counter:
    """Counts lines as they pass; an actor or target that several lines repeat counts once."""

    def __init__(self) -> None:
        self.articles = 0
        self._records: dict[str, dict[str, int]] = {}
        self._registry: set[tuple[str, str, str]] = set()

    def add(self, line: ArticleLine) -> None:
        """Count one line."""
        self.articles += 1
        kinds = self._records.setdefault(line.layer, dict.fromkeys(RECORD_LISTS, 0) | {"article_status": 0})
        kinds["entity"] += len(line.entities)
        kinds["quote"] += len(line.quotes)
        kinds["stance"] += len(line.stances)
        kinds["note"] += len(line.notes)
        kinds["rejection"] += len(line.rejections)
        kinds["article_status"] += line.status is not None
        for kind, records in (("actor", line.actors), ("target", line.targets)):
            new = {(line.layer, kind, record.id) for record in records} - self._registry
            kinds[kind] += len(new)
            self._registry |= new

    def counts(self, *, parts: dict[str, int], losses: tuple[Loss, ...] = ()) -> Counts:
        """All that was counted."""
        records = {layer: dict(sorted(kinds.items())) for layer, kinds in sorted(self._records.items())}
        return Counts(articles=self.articles, records=records, parts=parts, losses=losses)
