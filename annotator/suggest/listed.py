"""The gazetteer as the suggester uses it: finds its names in the lines of an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from annotator import paths
from annotator.domain.gazetteer import NEVER, GazetteerEntry, merged, parse_gazetteer
from annotator.suggest.names import Finder, Name

LISTED_SCORE = 0.92
# In a line of capitals US and WHO are as often words as names.
_MIN_CAPITALS = 4


class Gazetteer:
    """Names with their labels, ready to be found in texts."""

    def __init__(self, labels: Mapping[str, str] | None = None) -> None:
        self.labels = dict(labels or {})
        self._finder = Finder(self.labels)
        self._folded = {name.casefold(): label for name, label in self.labels.items() if len(name) >= _MIN_CAPITALS}
        self._folding_finder = Finder(self._folded, folds=True)

    def find(self, text: str, start: int, end: int, *, is_capitals: bool = False) -> Iterator[Name]:
        """Its names between two offsets, also those that are never to be proposed; in capitals in any case."""
        finder = self._folding_finder if is_capitals else self._finder
        labels = self._folded if is_capitals else self.labels
        for span in finder.find(text, start, end):
            spelled = " ".join(text[span.start : span.end].split())
            label = labels.get(spelled.casefold() if is_capitals else spelled)
            if label:
                yield Name(span.start, span.end, label, LISTED_SCORE)

    def applied(self, names: list[Name], listed: list[Name]) -> list[Name]:
        """Names with the listed ones: these give way to longer names around them, and replace all others they touch."""
        inner = [one for one in listed if not any(other.holds(one) and not one.holds(other) for other in names)]
        kept = [one for one in names if not any(one.overlaps(other) for other in inner)]
        return sorted([*kept, *(one for one in inner if one.label != NEVER)], key=lambda one: one.start)


@lru_cache(maxsize=2)
def gazetteer_with(own: tuple[GazetteerEntry, ...] = (), *, is_shipped: bool = True) -> Gazetteer:
    """The shipped gazetteer, and over it a user's own entries; or these alone."""
    shipped = parse_gazetteer((paths.resources() / "gazetteer.csv").read_text("utf-8")) if is_shipped else []
    return Gazetteer(merged(shipped, own))
