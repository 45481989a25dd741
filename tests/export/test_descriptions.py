"""Every format is described, and stands in one group."""

from __future__ import annotations

from annotator.export.descriptions import GROUPS, description, grouped
from annotator.export.registry import WRITERS


def test_every_format_is_offered_once_under_a_group_that_is_known():
    groups = grouped([*WRITERS, "audit"])
    assert sorted(name for names in groups.values() for name in names) == sorted([*WRITERS, "audit"])
    assert tuple(groups) == GROUPS


def test_a_format_that_nothing_is_known_about_is_offered_by_its_title():
    assert grouped(["new"]) == {"Other": ["new"]} and description("new", "A new one").use == "A new one"


def test_every_format_says_what_it_is_for_and_all_but_the_lossless_what_they_lack():
    for name in WRITERS:
        found = description(name)
        assert found.use.endswith(".") and len(found.use) < 120 and found.name
        assert bool(found.lacks) == (found.group != "Lossless")
        assert not found.lacks.endswith(".")
