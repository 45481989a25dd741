"""Dates of roles: a year, a month or a day."""

from __future__ import annotations

import pytest

from annotator.domain.records import Role
from annotator.ui.registry.role_lines import date_problem, role_problem


@pytest.mark.parametrize("text", ["2025", "2025-01", "2025-01-25", "2024-02-29"])
def test_date_is_a_year_a_month_or_a_day(text: str) -> None:
    assert date_problem(text) == ""


@pytest.mark.parametrize(
    "text", ["25", "2025-1", "2025-00", "2025-02-29", "20250125", "2025-01-25T10:00", "0000", "²025"]
)
def test_date_of_another_form_is_refused(text: str) -> None:
    assert text in date_problem(text)


@pytest.mark.parametrize(("since", "until"), [("2025", "2025-01-25"), ("2025-01-25", "2025"), (None, "2025")])
def test_role_may_begin_and_end_in_the_same_year(since: str | None, until: str) -> None:
    assert role_problem(Role(title="President", since=since, until=until)) == ""


def test_role_cannot_end_before_it_begins() -> None:
    assert (
        role_problem(Role(title="President", since="2025-01", until="2024-12-31")) == "President ends before it begins."
    )


def test_role_needs_a_title() -> None:
    assert role_problem(Role(title="", since="2025")).startswith("A role needs a title")
