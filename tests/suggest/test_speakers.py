"""Who said it: names, surnames, roles, pronouns, bodies, the unnamed, and whom the registry knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from annotator.domain.drafts import QuoteDraft, SpeakerGuess
from annotator.domain.sections import find_sections
from annotator.suggest.messages import ArticleText, KnownActor
from annotator.suggest.pipeline import suggest_articles

if TYPE_CHECKING:
    from spacy.language import Language

Guesses = Callable[..., list[tuple[SpeakerGuess, ...]]]

MEYER = "Finance Minister Anna Meyer met reporters in Berlin on Monday. "
HEGSETH = KnownActor(
    id="h", name="Pete Hegseth", type="person", aliases=("The Secretary",), roles=("US Secretary of Defense",)
)


@pytest.fixture(scope="session")
def guesses(nlp: Language) -> Guesses:
    """The guesses at the speakers of a text's quotes, in their order."""

    def found(text: str, *actors: KnownActor) -> list[tuple[SpeakerGuess, ...]]:
        article = ArticleText(id="a", text=text, sections=find_sections(text))
        ((_, suggestions),) = suggest_articles(nlp, [article], actors=actors)
        return [one.draft.speakers for one in suggestions if isinstance(one.draft, QuoteDraft)]

    return found


def last(found: list[tuple[SpeakerGuess, ...]]) -> SpeakerGuess:
    assert found and found[-1], "no quote, or nobody guessed"
    return found[-1][0]


@pytest.mark.parametrize(
    ("source", "is_sure"),
    [
        ("Anna Meyer", True),
        ("Meyer", True),
        ("Ms. Meyer", True),
        ("The finance minister", True),
        ("She", True),
        ("The minister", True),
    ],
)
def test_names_titles_roles_and_pronouns_mean_the_person_named_before(
    guesses: Guesses, source: str, is_sure: bool
) -> None:
    guess = last(guesses(f"{MEYER}{source} said that taxes would fall next year."))
    assert (guess.name, guess.type, guess.is_sure) == ("Anna Meyer", "person", is_sure)


def test_a_new_person_comes_with_the_roles_that_the_article_gives(guesses: Guesses) -> None:
    assert last(guesses(f"{MEYER}She said that taxes would fall.")).roles == ("Finance Minister",)


def test_synonyms_of_an_office_mean_the_same_person(guesses: Guesses) -> None:
    text = "US Secretary of Defense Pete Hegseth came to Brussels. "
    for source in ("The Pentagon chief", "The US defense secretary", "The defence chief"):
        assert last(guesses(f"{text}{source} said that Europe must spend more.")).name == "Pete Hegseth"


def test_a_minister_of_another_country_is_somebody_else(guesses: Guesses) -> None:
    text = "US Secretary of Defense Pete Hegseth came to Brussels. "
    guess = last(guesses(f"{text}The British defence secretary said that Ukraine belongs in NATO."))
    assert guess.is_unnamed and guess.actor is None


def test_the_spokesperson_is_the_one_just_brought_in(guesses: Guesses) -> None:
    text = (
        "A NATO spokesperson acknowledged that allies spend more. “They see the need to invest,” the spokesperson said."
    )
    guess = last(guesses(text))
    assert guess.is_unnamed and guess.name == "NATO spokesperson"


def test_a_pronoun_whose_person_is_never_named_is_unnamed(guesses: Guesses) -> None:
    guess = last(guesses("A woman was taken to hospital on Friday. She said that the car had not stopped."))
    assert guess.is_unnamed and guess.name == "woman"


def test_she_is_never_a_man(guesses: Guesses) -> None:
    text = "Peter Schmidt praised the plan on Monday. She said that taxes would fall next year."
    assert all(guess.name != "Peter Schmidt" for guess in guesses(text)[-1])


def test_nobody_speaks_of_oneself_by_name(guesses: Guesses) -> None:
    text = "Peter Schmidt met Thomas Braun on Monday. He said that Thomas Braun had failed."
    assert last(guesses(text)).name == "Peter Schmidt"


def test_two_people_of_one_surname_are_told_apart_by_their_titles(guesses: Guesses) -> None:
    text = "Bill Clinton came first. Hillary Clinton came an hour later. Mr. Clinton said that the talks had failed."
    assert last(guesses(text)).name == "Bill Clinton"


@pytest.mark.parametrize(
    ("source", "name", "type_"),
    [
        ("The Pentagon", "Pentagon", "state_body"),
        ("The Kremlin", "Kremlin", "state_body"),
        ("The White House", "White House", "state_body"),
        ("Microsoft", "Microsoft", "organization"),
        ("The New York Times", "New York Times", "media_outlet"),
    ],
)
def test_bodies_speak_for_themselves(guesses: Guesses, source: str, name: str, type_: str) -> None:
    guess = last(guesses(f"{source} said on Monday that the talks had failed."))
    assert (guess.name, guess.type, guess.is_sure) == (name, type_, True)


def test_the_ministry_is_the_one_named_before(guesses: Guesses) -> None:
    text = "The Ministry of Health published new figures. The ministry said that the number of cases had doubled."
    assert last(guesses(text)).name == "Ministry of Health"


def test_a_senior_official_is_unnamed_and_several_are_a_group(guesses: Guesses) -> None:
    guess = last(guesses("A senior official said that the talks had failed."))
    assert (guess.type, guess.name, guess.actor) == ("anonymous", "senior official", None)
    assert last(guesses("Pentagon officials said that the talks had failed.")).type == "group"


def test_the_interviewed_one_says_i(guesses: Guesses) -> None:
    text = (
        "Wikinews interviewed Anna Meyer, the president of the union of magicians, about her work.\n"
        "How did you begin with magic?\n"
        "I saw a magician when I was ten, and I wanted that big red box. I think that I still have it.\n"
        "Do you still perform?\n"
        "I do. I believe that magic is alive, and I like my work."
    )
    found = [one for one in guesses(text) if one and one[0].reason == "the one who is interviewed"]
    assert found and {one[0].name for one in found} == {"Anna Meyer"}


def test_guesses_are_ranked_and_give_reasons(guesses: Guesses) -> None:
    text = "Peter Schmidt met Thomas Braun in Berlin. He said that the talks had failed."
    (found,) = guesses(text)
    assert [one.name for one in found] == ["Peter Schmidt", "Thomas Braun"] and all(one.reason for one in found)
    assert found[0].score > found[1].score


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("Pete Hegseth", "named in the source"),
        ("Hegseth", "the only Hegseth in the registry"),
        ("The US defense secretary", "in the registry"),
        ("The Pentagon chief", "in the registry"),
    ],
)
def test_the_registry_is_known_by_name_surname_and_role(guesses: Guesses, source: str, reason: str) -> None:
    guess = last(guesses(f"{source} said that Europe must spend more.", HEGSETH))
    assert (guess.actor, guess.name) == ("h", "Pete Hegseth") and reason in guess.reason


def test_a_surname_that_two_actors_share_leads_to_neither(guesses: Guesses) -> None:
    other = KnownActor(id="o", name="Paula Hegseth", type="person")
    assert last(guesses("Hegseth said that Europe must spend more.", HEGSETH, other)).actor is None


def test_an_alias_leads_to_its_actor(guesses: Guesses) -> None:
    who = KnownActor(id="w", name="World Health Organization", type="organization", aliases=("WHO",))
    guess = last(guesses("The WHO said that the number of cases had doubled.", who))
    assert (guess.actor, guess.name) == ("w", "World Health Organization")


def test_the_us_is_a_country_and_no_pronoun(guesses: Guesses) -> None:
    guess = last(guesses("On Monday the US announced new sanctions on the company."))
    assert (guess.name, guess.type) == ("US", "state_body")


def test_many_of_whom_are_those_before_the_comma(guesses: Guesses) -> None:
    text = "The plan has unsettled European governments, many of whom say that they were not asked."
    assert last(guesses(text)).name == "European governments"
