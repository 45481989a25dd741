"""Colours for the labels of other tools: white words can be read on each of them, and a label always has the same."""

from __future__ import annotations

import zlib

_COLORS = (
    "#1f5fb4", "#0b6b77", "#1b7a4b", "#6f42a6", "#a8480f", "#9c2f63", "#5a5f16", "#7a4b1e", "#37618e", "#7d2b2b",
)  # fmt: skip
_OF_QUOTES = {
    "direct_quote": "#0b6b77",
    "mixed_quote": "#2a6f8f",
    "indirect_quote": "#3f7386",
    "reported_act": "#5b6b73",
    "source": "#1b7a4b",
    "cue": "#8a5a00",
}


def color_of(label: str) -> str:
    """The colour of a label, `#rrggbb`."""
    return _OF_QUOTES.get(label) or _COLORS[zlib.crc32(label.encode("utf-8")) % len(_COLORS)]
