"""What the tagger is to learn of a window: the labels of its pieces and where they link to."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from annotator.domain.corpus import LabelledQuote
from annotator.domain.spans import Span
from annotator.suggest.tagging.labels import Role, encoded
from annotator.suggest.tagging.windows import Window

NOTHING = -100
"""Marks a piece from which no link of that kind goes out."""


class Targets(msgspec.Struct, frozen=True):
    """The label of each piece; for each kind of link the piece it leads to, 0 for none, `NOTHING` if it has none."""

    labels: list[int]
    links: list[list[int]]


def targets(window: Window, quotes: Sequence[LabelledQuote]) -> Targets:
    """The targets of a window from all quotes of its article; what lies outside of the window is none of its."""
    spans: list[tuple[int, int, Role]] = []
    links = [[NOTHING] * len(window) for _ in range(3)]
    for quote in quotes:
        if not _is_within(window, quote):
            continue
        cues = _pieces(window, quote.cue) if quote.cue else []
        sources = [run for span in quote.source for run in _pieces(window, span)]
        contents = [run for span in quote.content for run in _pieces(window, span)]
        cue, source = (runs[0][0] if runs else 0 for runs in (cues, sources))
        spans += [(*run, "cue") for run in cues] + [(*run, "source") for run in sources]
        spans += [(*run, "content") for run in contents]
        for first, last in contents:
            links[0][first:last] = [cue] * (last - first)
            links[1][first:last] = [source] * (last - first)
        for first, last in cues:
            links[2][first:last] = [source] * (last - first)
    return Targets(encoded(len(window), spans), links)


def _is_within(window: Window, quote: LabelledQuote) -> bool:
    places = [place for place in window.spans if place[0] >= 0]
    spans = (*quote.content, *quote.source, *([quote.cue] if quote.cue else []))
    return bool(places) and any(span.start < places[-1][1] and span.end > places[0][0] for span in spans)


def _pieces(window: Window, span: Span) -> list[tuple[int, int]]:
    """The runs of pieces that a span covers, one for each line."""
    runs: list[tuple[int, int]] = []
    for at, (start, end) in enumerate(window.spans):
        # The marks of the tokenizer stand at -1: they end a run.
        if start < span.end and end > span.start:
            if runs and runs[-1][1] == at:
                runs[-1] = (runs[-1][0], at + 1)
            else:
                runs.append((at, at + 1))
    return runs
