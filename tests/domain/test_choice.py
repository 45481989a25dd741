"""What of a line is chosen, and that what is left names nothing that is gone."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.choice import Choice
from annotator.domain.exchange import ArticleLine
from annotator.domain.line_checks import line_problem
from tests.article_lines import full_line, seed_lines


def dated(day: str | None, outlet: str | None = None) -> ArticleLine:
    line = full_line()
    return msgspec.structs.replace(line, article=msgspec.structs.replace(line.article, published=day, outlet=outlet))


def is_chosen(line: ArticleLine, **choice: object) -> bool:
    return msgspec.convert(choice, Choice).chosen(line) is not None


def test_everything_is_the_line_itself() -> None:
    line = full_line()
    assert Choice().is_everything and Choice().chosen(line) is line


@pytest.mark.parametrize(
    ("choice", "is_in"),
    [
        ({"states": ("in_progress",)}, True),
        ({"states": ("done", "todo")}, False),
        ({"is_flagged": True}, True),
        ({"is_annotated": True}, True),
        ({"labels": ("NORP",), "forms": (), "positions": (), "is_annotated": True}, False),
    ],
)
def test_articles_are_chosen_by_their_state_and_by_whether_anything_is_left(choice: dict, is_in: bool) -> None:
    assert is_chosen(full_line(), **choice) == is_in


def test_the_state_of_a_line_without_one_is_the_article_s() -> None:
    line = msgspec.structs.replace(full_line(), status=None)
    assert Choice(states=("done",)).chosen(line, "done") is not None
    assert Choice(states=("done",)).chosen(line) is None
    assert Choice(is_flagged=True).chosen(line, is_flagged=True) is not None and not is_chosen(line, is_flagged=True)


def test_both_days_of_a_period_are_in_it_and_what_has_no_day_is_in_none() -> None:
    for day, is_in in (("2025-02-11", False), ("2025-02-12", True), ("2025-02-13T09:30", True), ("2025-02-14", False)):
        assert is_chosen(dated(day), since="2025-02-12", until="2025-02-13") == is_in
    assert not is_chosen(dated(None), since="2025-02-12") and not is_chosen(dated(None), until="2025-02-12")
    assert is_chosen(dated("2025-02-12", "Kyiv Post"), outlets=("Kyiv Post",)) and not is_chosen(
        dated(None), outlets=("x",)
    )


def test_records_are_chosen_by_label_form_and_position_and_references_to_the_others_go() -> None:
    found = Choice(labels=("GPE",), forms=("indirect",)).chosen(full_line())
    assert found is not None and [one.label for one in found.entities] == ["GPE"]
    (quote,) = found.quotes
    assert quote.form == "indirect" and quote.nested_in is None
    assert [piece.quote for piece in found.stances[0].evidence] == [None, None]
    # The note on the direct quote is gone, and its reply with it.
    assert found.notes == ()
    none = Choice(positions=("oppose",), labels=(), forms=()).chosen(full_line())
    assert none is not None and (none.stances, none.entities, none.quotes, none.actors, none.targets) == (
        (),
        (),
        (),
        (),
        (),
    )


def test_sections_choose_records_and_leave_the_text_whole() -> None:
    for line in seed_lines():
        body = Choice(sections=("body",)).chosen(line)
        rest = Choice(sections=tuple({one.kind for one in line.sections} - {"body"})).chosen(line)
        assert body is not None and rest is not None and body.text == line.text == rest.text
        assert 0 < len(body.entities) <= len(line.entities) and not set(body.entities) & set(rest.entities)
        assert bool(rest.entities) == (len(line.sections) > 1) == (len(body.entities) < len(line.entities))
        (place,) = [one for one in line.sections if one.kind == "body"]
        assert all(place.start <= one.start and one.end <= place.end for one in body.entities)


@given(
    st.sets(st.sampled_from(["GPE", "PERSON", "ORG"])),
    st.sets(st.sampled_from(["direct", "mixed", "indirect"])),
    st.sets(st.sampled_from(["support", "oppose"])),
)
def test_whatever_is_chosen_keeps_the_rules_of_the_format(labels: set, forms: set, positions: set) -> None:
    choice = Choice(labels=tuple(labels), forms=tuple(forms), positions=tuple(positions))
    for line in (full_line(), *seed_lines()):
        found = choice.chosen(line)
        assert found is not None and line_problem(found) == ""
