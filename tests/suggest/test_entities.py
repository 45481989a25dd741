"""Entities come trimmed as the codebook says, and one article gives the same words one label."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import spacy
from spacy.tokens import Span

from annotator import paths
from annotator.domain.codebook import parse_codebook
from annotator.domain.drafts import EntityDraft
from annotator.domain.gazetteer import NEVER, GazetteerEntry
from annotator.suggest.consistency import Line, consistent
from annotator.suggest.entities import find_entities
from annotator.suggest.messages import ArticleText
from annotator.suggest.names import Name
from annotator.suggest.pipeline import suggest_articles
from annotator.suggest.reading import Part

if TYPE_CHECKING:
    from spacy.language import Language

Entities = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met the United States’ army in Berlin.", ["United States/GPE", "Berlin/GPE"]),
        ("They praised the European Union's plan.", ["European Union/ORG"]),
        ("It grew by 20% in 2024.", ["20%/PERCENT", "2024/DATE"]),
        ("She works for “Microsoft” in The Hague.", ["Microsoft/ORG", "The Hague/GPE"]),
    ],
)
def test_leading_articles_possessives_and_marks_are_left_out(
    entities: Entities, text: str, expected: list[str]
) -> None:
    assert entities(text) == expected


def test_entities_of_the_seeds_keep_to_their_lines_and_to_the_codebook(entities: Entities) -> None:
    labels = {label.name for label in parse_codebook((paths.seeds() / "codebook.toml").read_bytes()).labels}
    for file in sorted(paths.seeds().glob("*.txt")):
        found = entities(file.read_text(encoding="utf-8"))
        texts = [entity.rpartition("/")[0] for entity in found]
        assert len(found) > 50
        assert not any("\n" in text or text.lower().startswith("the ") or text.endswith(("’s", "’")) for text in texts)
        assert {entity.rpartition("/")[2] for entity in found} <= labels
        assert not any("Headlines" in text or "Ledes" in text for text in texts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks in the Kremlin ended; the Pentagon said nothing.", ["Kremlin/ORG", "Pentagon/ORG"]),
        (
            "It won the 2011 Bremen state election.",
            ["2011 Bremen state election/EVENT"],
        ),
        ("She led the Communist Party of Greece.", ["Communist Party of Greece/ORG"]),
        ("He left the Movement for the Left (MpS) in spring.", ["Movement for the Left/ORG", "MpS/ORG", "spring/DATE"]),
        ("After the Battle of Stalingrad it was over.", ["Battle of Stalingrad/EVENT"]),
    ],
)
def test_listed_names_elections_unions_and_abbreviations_are_found(
    entities: Entities, text: str, expected: list[str]
) -> None:
    assert entities(text) == expected


def test_a_surname_has_the_label_of_the_full_name_everywhere(entities: Entities) -> None:
    text = "Timo Lorrell spoke first.\nLorrell was late.\nThen came Lorrell’s answer to Lorrell."
    assert [one for one in entities(text) if "Lorrell" in one] == ["Timo Lorrell/PERSON"] + ["Lorrell/PERSON"] * 3


def test_two_known_names_with_a_word_between_come_apart() -> None:
    names = [Name(0, 5, "PERSON", 0.9), Name(7, 22, "ORG", 0.7)]
    text = "Trump. Trump for Nato."
    names[1] = Name(7, 21, "ORG", 0.7)
    found = consistent(names, text, [Line(0, len(text), False, False)], {"Nato": "ORG"})
    assert [(text[one.start : one.end], one.label) for one in found] == [
        ("Trump", "PERSON"),
        ("Trump", "PERSON"),
        ("Nato", "ORG"),
    ]


def test_a_line_of_capitals_takes_its_names_from_the_body(entities: Entities) -> None:
    text = "MERKEL WARNS PENTAGON OVER PLAN\n\nAngela Merkel warned the Pentagon on Monday."
    assert {"PENTAGON/ORG", "Pentagon/ORG", "Angela Merkel/PERSON"} <= set(entities(text))


def test_no_entity_overlaps_another(nlp: Language) -> None:
    texts = [file.read_text(encoding="utf-8") for file in sorted(paths.seeds().glob("*.txt"))]
    for _, found in suggest_articles(nlp, [ArticleText(id=text[:9], text=text) for text in texts]):
        spans = sorted(one.draft.span for one in found if isinstance(one.draft, EntityDraft))
        assert len(spans) > 50 and not any(one.overlaps(other) for one, other in pairwise(spans))


def test_a_users_own_name_goes_over_the_shipped_one_and_a_dash_takes_it_away(nlp: Language) -> None:
    own = (GazetteerEntry(name="Kremlin", label=NEVER), GazetteerEntry(name="zorbs", label="NORP"))
    article = ArticleText(id="a", text="Talks in the Kremlin with zorbs went on.")
    ((_, found),) = suggest_articles(nlp, [article], own_names=own)
    labels = [(one.draft.text, one.draft.label) for one in found if isinstance(one.draft, EntityDraft)]
    assert labels == [("zorbs", "NORP")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They asked for Patriot air defenses and ATACMS missiles.", {"Patriot/PRODUCT", "ATACMS/PRODUCT"}),
        ("British Defense Secretary John Healey flew to Oslo.", {"British/NORP", "John Healey/PERSON", "Oslo/GPE"}),
    ],
)
def test_words_beside_a_name_tell_what_it_is_not(entities: Entities, text: str, expected: set[str]) -> None:
    assert set(entities(text)) == expected


def test_the_portfolio_of_an_office_is_no_name(entities: Entities) -> None:
    text = "US Deputy Secretary of State Christopher Landau spoke in Brussels."
    assert "State/ORG" not in entities(text) and "Christopher Landau/PERSON" in entities(text)


def test_words_that_french_writes_together_with_the_next_one_are_no_names() -> None:
    text = "Rien n’est décidé, dit l’OTAN à d’Ormesson."
    nlp = spacy.blank("fr")
    doc = nlp(text)
    ends = {token.text: token.i for token in doc}
    doc.ents = [
        Span(doc, ends["n’"], ends["n’"] + 1, "PER"),
        Span(doc, ends["l’"], ends["OTAN"] + 1, "ORG"),
        Span(doc, ends["d’"], ends["Ormesson"] + 1, "PER"),
    ]
    found = find_entities(text, [Part(start=0, doc=doc, kind="body")], precision={})
    assert [one.draft.text for one in found] == ["OTAN", "Ormesson"]
