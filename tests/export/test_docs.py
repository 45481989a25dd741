"""Lines become spaCy documents with the same words marked, and what does not fit is listed."""

from __future__ import annotations

import msgspec
import pytest
import spacy

from annotator.domain.exchange import QuoteLine
from annotator.domain.records import Origin
from annotator.domain.sections import Section
from annotator.domain.spans import Span
from annotator.export.docs import DocMaker
from tests.article_lines import entity, full_line, line_of, seed_lines, span_of


@pytest.fixture(scope="module")
def nlp():
    return spacy.blank("en")


def _marked(doc, group):
    return [(span.text, span.label_) for span in doc.spans[group]]


def _reasons(maker):
    return [loss.reason for loss in maker.losses]


def test_entities_quotes_sources_cues_and_evidence_are_span_groups(nlp):
    maker = DocMaker(nlp)
    (doc,) = maker.docs(full_line())
    assert doc.text == full_line().text and maker.losses == []
    assert _marked(doc, "entities") == [("Kyiv", "GPE"), ("Hegseth", "PERSON")]
    assert _marked(doc, "quotes") == [("“Kyiv won’t yield 😅,”", "direct"), ("Kyiv", "indirect"), ("yield", "indirect")]
    assert _marked(doc, "sources") == [("he", "pronoun")] and _marked(doc, "cues") == [("said", "cue")]
    assert [label for _, label in _marked(doc, "evidence")] == ["direct_quote", "reported_attitude"]
    assert [span.id_ for span in doc.spans["quotes"]] == ["quote-1", "quote-2", "quote-2"]
    assert [(ent.text, ent.label_) for ent in doc.ents] == _marked(doc, "entities")


def test_links_and_stances_are_user_data(nlp):
    (doc,) = DocMaker(nlp).docs(full_line())
    links = doc.user_data["annotator"]
    assert (links["article"], links["section"], links["start"]) == (full_line().article.id, "body", 0)
    assert list(links["entities"].values()) == ["actor-1"]
    assert links["quotes"][0]["speaker"] == "actor-1" and links["quotes"][1]["nested_in"] == "quote-1"
    stance, draft = links["stances"]
    assert (stance["holder"], stance["target"], stance["position"]) == ("actor-2", "target-1", "support")
    assert [doc.text[start:end] for piece in stance["evidence"] for start, end in piece["spans"]] == [
        "“Kyiv won’t yield 😅,”",
        "echoed calls by Trump",
    ]
    assert draft["id"] == "stance-2" and [actor["id"] for actor in links["actors"]] == ["actor-1", "actor-2"]


def test_every_section_of_the_seeds_is_a_document_with_its_own_marks(nlp):
    maker = DocMaker(nlp)
    for line in seed_lines():
        docs = list(maker.docs(line))
        assert [doc.text for doc in docs] == [line.text[section.start : section.end] for section in line.sections]
        written = {span.id_: span.text for doc in docs for span in doc.spans["entities"]}
        lost = {loss.record for loss in maker.losses}
        assert all(written[one.id] == one.text for one in line.entities if one.id not in lost)
        assert len(written) > 80 and len(lost) < 5
        assert sum(len(doc.spans["quotes"]) for doc in docs) == len(line.quotes)


def test_only_the_chosen_sections_become_documents(nlp):
    line = next(line for line in seed_lines() if len(line.sections) > 1)
    docs = list(DocMaker(nlp, frozenset({"alt_lede"})).docs(line))
    assert len(docs) == 5 and {doc.user_data["annotator"]["section"] for doc in docs} == {"alt_lede"}


def test_the_longest_of_overlapping_entities_is_in_ents_and_the_others_are_listed(nlp):
    text = "The Bank of New England failed."
    marks = [entity(text, "New England", "GPE"), entity(text, "Bank of New England"), entity(text, "Bank", "OTHER")]
    maker = DocMaker(nlp)
    (doc,) = maker.docs(line_of(text, entities=tuple(marks)))
    assert [ent.text for ent in doc.ents] == ["Bank of New England"] and len(doc.spans["entities"]) == 3
    assert {loss.record for loss in maker.losses} == {marks[0].id, marks[2].id}
    assert set(_reasons(maker)) == {"it overlaps another entity; it is in doc.spans, not in doc.ents"}


@pytest.mark.parametrize(
    ("align", "words", "reason"),
    [
        ("expand", ["NATOs"], "its edges are not those of spaCy's tokens; written as “NATOs”"),
        ("contract", [], "its edges are not those of spaCy's tokens"),
        ("skip", [], "its edges are not those of spaCy's tokens"),
    ],
)
def test_an_entity_inside_a_token_is_widened_or_left_out_and_listed(nlp, align, words, reason):
    text = "the NATOs of this world"
    maker = DocMaker(nlp, align=align)
    (doc,) = maker.docs(line_of(text, entities=(entity(text, "NATO"),)))
    assert [ent.text for ent in doc.ents] == words and _reasons(maker) == [reason]


def test_an_entity_off_the_borders_is_narrowed_by_contract(nlp):
    text = "the NATO allies met"
    maker = DocMaker(nlp, align="contract")
    (doc,) = maker.docs(line_of(text, entities=(entity(text, "NATO all"),)))
    assert [ent.text for ent in doc.ents] == ["NATO"] and "written as “NATO”" in _reasons(maker)[0]


@pytest.mark.parametrize(("words", "written"), [("NATO\n\n", ["NATO"]), (" NATO", ["NATO"]), ("\n\n", [])])
def test_white_space_at_the_edges_is_left_out(nlp, words, written):
    text = "say NATO\n\nmet"
    (doc,) = (maker := DocMaker(nlp)).docs(line_of(text, entities=(entity(text, words),)))
    assert [ent.text for ent in doc.ents] == written
    assert written or _reasons(maker) == ["it is nothing but white space"]


def test_marks_outside_every_section_or_across_two_are_listed(nlp):
    text = "NATO met.\nEU too."
    sections = (Section(kind="headline", start=0, end=9), Section(kind="body", start=10, end=12))
    line = line_of(text, entities=(entity(text, "met.\nEU"), entity(text, "too")))
    maker = DocMaker(nlp)
    docs = list(maker.docs(msgspec.structs.replace(line, sections=sections)))
    assert [doc.text for doc in docs] == ["NATO met.", "EU"] and not any(doc.ents for doc in docs)
    assert _reasons(maker) == ["it lies in no section, or across the border of one"] * 2


def test_a_section_that_spacy_cannot_take_is_listed():
    nlp = spacy.blank("en")
    nlp.max_length = 5
    maker = DocMaker(nlp)
    assert list(maker.docs(line_of("NATO met."))) == []
    assert _reasons(maker) == ["spaCy takes no text of more than 5 characters"]


@pytest.mark.parametrize("text", ["👩‍👩‍👧 said: שלום!", "e\u0301tat 😅 “ok”", "a\u00a0b\u200dc\u202ed", "𝒜\n\n\t𝒜  x"])
def test_documents_have_the_text_of_the_article_whatever_its_script(nlp, text):
    words = text[-4:-1]
    quote = QuoteLine(id="q", form="direct", source_kind="none", content=(span_of(text, words),), origin=Origin())
    section = Section(kind="body", start=0, end=len(text))
    line = msgspec.structs.replace(line_of(text, quotes=(quote,)), sections=(section,))
    (doc,) = DocMaker(nlp).docs(line)
    assert doc.text == text and all(words.strip() in span.text for span in doc.spans["quotes"])


def test_a_cue_of_one_letter_is_exact(nlp):
    text = "I: no."
    quote = QuoteLine(
        id="q", form="direct", source_kind="pronoun", content=(Span(3, 5),), cue=Span(1, 2), origin=Origin()
    )
    (doc,) = (maker := DocMaker(nlp)).docs(line_of(text, quotes=(quote,)))
    assert _marked(doc, "cues") == [(":", "cue")] and maker.losses == []
