"""Whether two descriptions can mean the same office, and what is told of first names and bodies."""

from __future__ import annotations

import pytest

from annotator.suggest.bodies import is_short_for, type_of
from annotator.suggest.given_names import gender_of, is_same
from annotator.suggest.roles import fit, role_of

SECRETARY = role_of("US Secretary of Defense", "secretary")


@pytest.mark.parametrize(
    ("words", "head", "fits"),
    [
        ("the Pentagon chief", "chief", True),
        ("the US defence secretary", "secretary", True),
        ("the secretary", "secretary", True),
        ("the official", "official", True),
        ("the British defence secretary", "secretary", False),
        ("the deputy secretary of defense", "secretary", False),
        ("the treasury secretary", "secretary", False),
        ("the coach", "coach", False),
        ("the ambassador", "ambassador", False),
    ],
)
def test_descriptions_fit_the_office_that_they_can_mean(words: str, head: str, fits: bool) -> None:
    assert (fit(role_of(words, head), SECRETARY) >= 0.55) is fits


def test_the_countries_of_all_roles_count() -> None:
    bare = role_of("Defense Secretary", "secretary")
    british = role_of("the British defence secretary", "secretary")
    assert fit(british, bare) and not fit(british, bare, places=frozenset({"us"}))


def test_first_names_say_whom_they_are_given_to() -> None:
    assert (gender_of("Pete"), gender_of("Ursula"), gender_of("José"), gender_of("Xyzzy")) == ("m", "f", "m", "")


def test_short_forms_and_initials_are_the_same_first_name() -> None:
    assert is_same("Bill", "William") and is_same("J.", "Joseph") and not is_same("Bill", "Hillary")


def test_initials_and_legal_forms_are_the_same_body() -> None:
    assert is_short_for("WHO", "World Health Organization") and is_short_for("Apple Inc.", "Apple")
    assert not is_short_for("Apple", "Apple Bank")


@pytest.mark.parametrize(
    ("name", "label", "type_"),
    [
        ("Pentagon", "ORG", "state_body"),
        ("France", "GPE", "state_body"),
        ("Republican Party", "ORG", "party"),
        ("The Straits Times", "ORG", "media_outlet"),
        ("Microsoft", "ORG", "organization"),
    ],
)
def test_a_name_says_what_kind_of_body_it_is(name: str, label: str, type_: str) -> None:
    assert type_of(name, label) == type_
