"""Which record an id means after records of a registry were merged."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from annotator.domain.records import Actor, Target

Merged = TypeVar("Merged", Actor, Target)


def kept(find: Callable[[str], Merged | None], record_id: str | None) -> Merged | None:
    """The record that an id means now: merged ones lead to the one they were merged into; `None` where there is none.

    Where two people merged two records into each other, the one with the lowest id is kept, whoever asks.
    """
    path: dict[str, Merged] = {}
    last: Merged | None = None
    while record_id and record_id not in path:
        found = find(record_id)
        if found is None or found.merged_into is None:
            return found or last
        path[record_id] = last = found
        record_id = found.merged_into
    if not record_id:
        return last
    ids = list(path)
    return path[min(ids[ids.index(record_id) :])]
