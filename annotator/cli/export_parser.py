"""The command line's grammar of `export`."""

from __future__ import annotations

import argparse
from pathlib import Path

from annotator.cli import commands
from annotator.cli.values import day, forms, positions, seed, split, states, words
from annotator.domain.sureness import TITLES


def add_export(parser: argparse.ArgumentParser) -> None:
    """The arguments of `export`."""
    parser.add_argument("format", metavar="FORMAT", choices=commands.formats(), help=", ".join(commands.formats()))
    parser.add_argument("out", metavar="OUT", type=Path)
    parser.add_argument("--layer", default="mine", help="mine (default), suggestions, gold, or an annotator's name")
    parser.add_argument(
        "--sureness",
        choices=list(TITLES),
        default="balanced",
        help="which suggestions: few but sure ones, balanced (default), or all",
    )
    parser.add_argument("--sections", type=words, help="e.g. body,alt_headline")
    chosen = parser.add_argument_group("what is written", "Lists are separated by commas; all is the default.")
    chosen.add_argument("--state", dest="states", type=states, metavar="STATE", help="todo, in_progress, done")
    chosen.add_argument("--flagged", dest="is_flagged", action="store_true", help="flagged articles only")
    chosen.add_argument("--annotated", dest="is_annotated", action="store_true", help="articles with annotations only")
    chosen.add_argument("--outlet", dest="outlets", type=words, metavar="OUTLET", help="where articles appeared")
    chosen.add_argument(
        "--from", dest="since", type=day, metavar="DATE", help="when they appeared: 2025-02-12 or later"
    )
    chosen.add_argument("--to", dest="until", type=day, metavar="DATE", help="the last day")
    chosen.add_argument("--label", dest="labels", type=words, metavar="LABEL", help="entities with these labels only")
    chosen.add_argument("--form", dest="forms", type=forms, metavar="FORM", help="direct, mixed, indirect")
    chosen.add_argument("--position", dest="positions", type=positions, metavar="POSITION", help="support, oppose, …")
    parser.add_argument(
        "--align",
        choices=["expand", "contract", "skip"],
        default="expand",
        help="what becomes of ranges that do not end where spaCy's words do",
    )
    parser.add_argument("--split", type=split, default=(0.8, 0.1, 0.1), metavar="TRAIN,DEV,TEST")
    parser.add_argument(
        "--seed", type=seed, default=0, metavar="NUMBER", help="of the split: 0 (default) to 4294967295"
    )
