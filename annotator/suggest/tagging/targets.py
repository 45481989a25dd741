"""What the tagger is to learn of a window: the labels of its pieces and where they link to."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from annotator.domain.corpus import LabelledQuote
from annotator.domain.spans import Span
from annotator.suggest.tagging.labels import Role, encoded
from annotator.suggest.tagging.linking import LINKS
from annotator.suggest.tagging.windows import Window

Run = tuple[int, int]
"""Pieces `[first, last)` of a window."""

NOTHING = -100
"""Marks a piece from which no link of that kind goes out."""


class Targets(msgspec.Struct, frozen=True):
    """The label of each piece; for each kind of link the piece it leads to, 0 for none, `NOTHING` if it has none."""

    labels: list[int]
    links: list[list[int]]


def targets(window: Window, quotes: Sequence[LabelledQuote]) -> Targets:
    """The targets of a window from all quotes of its article; what lies outside of the window is none of its."""
    spans: list[tuple[int, int, Role]] = []
    links = no_links(window)
    for quote in quotes:
        runs = runs_of(window, quote)
        link(links, runs)
        spans += [(*run, role) for role, found in runs.items() for run in found]
    return Targets(encoded(len(window), spans), links)


def no_links(window: Window) -> list[list[int]]:
    """Links of every kind, none of which goes out from anywhere."""
    return [[NOTHING] * len(window) for _ in LINKS]


def runs_of(window: Window, quote: LabelledQuote) -> dict[Role, list[Run]]:
    """The pieces of a window that have each role in a quote; empty if the quote does not reach into it."""
    if not _is_within(window, quote):
        return {}
    spans: dict[Role, Sequence[Span]] = {
        "cue": [quote.cue] if quote.cue else [],
        "source": quote.source,
        "content": quote.content,
    }
    return {role: [run for span in found for run in _pieces(window, span)] for role, found in spans.items()}


def link(links: list[list[int]], runs: dict[Role, list[Run]]) -> None:
    """Let what a quote says and its cue lead to where its cue and its source begin."""
    if not runs:
        return
    cue, source = (found[0][0] if found else 0 for found in (runs["cue"], runs["source"]))
    for kind, ours, target in ((0, runs["content"], cue), (1, runs["content"], source), (2, runs["cue"], source)):
        for first, last in ours:
            links[kind][first:last] = [target] * (last - first)


def _is_within(window: Window, quote: LabelledQuote) -> bool:
    places = [place for place in window.spans if place[0] >= 0]
    spans = (*quote.content, *quote.source, *([quote.cue] if quote.cue else []))
    return bool(places) and any(span.start < places[-1][1] and span.end > places[0][0] for span in spans)


def _pieces(window: Window, span: Span) -> list[Run]:
    """The runs of pieces that a span covers, one for each line."""
    runs: list[Run] = []
    for at, (start, end) in enumerate(window.spans):
        # The marks of the tokenizer stand at -1: they end a run.
        if start < span.end and end > span.start:
            if runs and runs[-1][1] == at:
                runs[-1] = (runs[-1][0], at + 1)
            else:
                runs.append((at, at + 1))
    return runs
