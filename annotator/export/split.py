"""Divides articles into training, development and test parts, near-duplicates kept together.

Own code rather than `datasketch`, which takes seconds to import: what is needed is one sketch an article, 40 lines.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Literal

from annotator.domain.canonical import sha256_hex
from annotator.domain.errors import AnnotatorError

Part = Literal["train", "dev", "test"]
PARTS: tuple[Part, ...] = ("train", "dev", "test")
Split = tuple[float, float, float]
DEFAULT_SPLIT: Split = (0.8, 0.1, 0.1)

# Copies of a report with every tenth word changed still share two fifths of their five-word runs; unrelated articles
# share next to none.
SIMILAR = 0.2
_RUN_WORDS = 5
_SKETCH = 64
# Stock phrases put many unlike articles into one bucket; looking at the last few keeps the work linear.
_LOOK_BACK = 8


def check_split(split: Split) -> Split:
    """The shares, made to add up to 1.

    Raises:
        AnnotatorError: one is negative, or nothing is left for training.
    """
    if len(split) != 3 or min(split) < 0 or not split[0] > 0 or not sum(split) < float("inf"):
        shown = ", ".join(f"{share:g}" for share in split)
        raise AnnotatorError(
            f"The split {shown} cannot be made.",
            hint="Give three shares, for training, development and test, such as 0.8,0.1,0.1.",
        )
    total = sum(split)
    return (split[0] / total, split[1] / total, split[2] / total)


def sketch(text: str) -> frozenset[int]:
    """The smallest hashes of a text's five-word runs: enough to tell how much two texts share."""
    words = text.casefold().encode("utf-8").split()
    data = b" ".join(words) + b" "
    borders = [0, *accumulate(len(word) + 1 for word in words)]
    starts, ends = borders, borders[min(_RUN_WORDS, len(words)) :]
    # Not `hash`, which differs from one process to the next.
    runs = {zlib.crc32(data[start:end]) for start, end in zip(starts, ends, strict=False)}
    return frozenset(sorted(runs)[:_SKETCH])


def similarity(ours: frozenset[int], theirs: frozenset[int]) -> float:
    """The share of five-word runs that two texts have in common (Jaccard), estimated from their sketches: 0 to 1."""
    smallest = sorted(ours | theirs)[:_SKETCH]
    return sum(run in ours and run in theirs for run in smallest) / len(smallest) if smallest else 0.0


def duplicate_groups(sketches: Mapping[str, frozenset[int]]) -> list[tuple[str, ...]]:
    """The articles in groups of near-duplicates, most of them alone; ids sorted within groups, groups by first id.

    Similar to a similar one is similar enough: a group may be a chain.
    """
    leader: dict[str, str] = {article: article for article in sketches}

    def find(article: str) -> str:
        while leader[article] != article:
            leader[article] = leader[leader[article]]
            article = leader[article]
        return article

    buckets: dict[int, list[str]] = {}
    for article in sorted(sketches):
        near = {other for run in sketches[article] for other in buckets.get(run, ())[-_LOOK_BACK:]}
        for other in sorted(near):
            ours, theirs = find(article), find(other)
            if ours != theirs and similarity(sketches[article], sketches[other]) >= SIMILAR:
                leader[max(ours, theirs)] = min(ours, theirs)
        for run in sketches[article]:
            buckets.setdefault(run, []).append(article)
    groups: dict[str, list[str]] = {}
    for article in sorted(sketches):
        groups.setdefault(find(article), []).append(article)
    return [tuple(group) for _, group in sorted(groups.items())]


def split_groups(groups: Sequence[tuple[str, ...]], *, split: Split, seed: int) -> dict[str, Part]:
    """The part that each article goes to; a group goes to one part whole.

    The order is shuffled by the seed, and does not depend on that of the groups. Development gets at least one group
    where there are two, test where there are three, and training always one: with one group all of it is training.
    """
    shares = check_split(split)
    total = sum(map(len, groups))
    waiting = sorted(groups, key=lambda group: sha256_hex(f"{seed} {group[0]}".encode()))
    parts: dict[str, Part] = {}
    for part, share in (("dev", shares[1]), ("test", shares[2])):
        room = max(1, round(share * total)) if share else 0
        chosen: list[tuple[str, ...]] = []
        for group in waiting:
            if len(group) <= room and len(chosen) < len(waiting) - 1:
                chosen.append(group)
                room -= len(group)
        if share and not chosen and len(waiting) > 1:
            chosen = [min(waiting, key=len)]
        waiting = [group for group in waiting if group not in set(chosen)]
        parts |= {article: _as_part(part) for group in chosen for article in group}
    return parts | {article: "train" for group in waiting for article in group}


def _as_part(name: str) -> Part:
    return next(part for part in PARTS if part == name)
