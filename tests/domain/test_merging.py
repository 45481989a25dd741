"""Which record an id means after merges."""

from __future__ import annotations

import pytest

from annotator.domain.merging import kept
from annotator.domain.records import Actor


def registry(*merges: tuple[str, str | None]) -> dict[str, Actor]:
    return {name: Actor(id=name, author="a", type="person", name=name, merged_into=into) for name, into in merges}


@pytest.mark.parametrize(
    ("asked", "means"), [("a", "c"), ("b", "c"), ("c", "c"), ("x", None), (None, None), ("", None), ("lost", "lost")]
)
def test_an_id_means_the_record_at_the_end_of_its_merges(asked, means):
    known = registry(("a", "b"), ("b", "c"), ("c", None), ("lost", "gone"))
    found = kept(known.get, asked)
    assert (found.id if found else None) == means


@pytest.mark.parametrize("asked", ["a", "b", "c", "d"])
def test_in_a_circle_of_merges_the_lowest_id_is_kept_whoever_asks(asked):
    known = registry(("d", "c"), ("c", "b"), ("b", "c"), ("a", "d"))
    found = kept(known.get, asked)
    assert found is not None and found.id == "b"
