"""What a recognizer learns from, and what it keeps of what it knew."""

from __future__ import annotations

import spacy

from annotator.domain.corpus import LabelledArticle, LabelledEntity
from annotator.domain.sections import Section
from annotator.suggest.learning.recognizer import labelled_docs, remembered

TEXT = "Heading\nAnna Meyer left Berlin.\nNothing here."


def article(*entities, sections=()):
    return LabelledArticle(
        id="a", text=TEXT, sections=sections, entities=tuple(LabelledEntity(*one) for one in entities)
    )


def ents(docs):
    return [(one.text, one.label_) for doc in docs for one in doc.ents]


def test_lines_are_learnt_with_their_entities_and_only_those_of_sections():
    nlp = spacy.blank("en")
    both = article((8, 18, "PERSON"), (24, 30, "TOWN"), sections=(Section(kind="body", start=8, end=31),))
    docs = list(labelled_docs(nlp, [both]))
    assert [doc.text for doc in docs] == ["Anna Meyer left Berlin."]
    assert ents(docs) == [("Anna Meyer", "PERSON"), ("Berlin", "TOWN")]


def test_a_span_off_token_borders_is_widened_and_of_overlapping_ones_the_longest_is_learnt():
    docs = labelled_docs(spacy.blank("en"), [article((8, 12, "PERSON"), (8, 17, "PERSON"))])
    assert ents(docs) == [("Anna Meyer", "PERSON")]


def test_what_the_pipeline_knows_besides_is_rehearsed_but_never_over_what_a_person_said():
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    knows = nlp.get_pipe("ner")
    for label in ("TOWN", "NAME"):
        knows.add_label(label)
    nlp.initialize()
    # A recognizer that reads what its rules say: those of an entity ruler, under the same name.
    nlp.remove_pipe("ner")
    ruler = nlp.add_pipe("entity_ruler", name="ner")
    ruler.add_patterns([{"label": "TOWN", "pattern": "Berlin"}, {"label": "NAME", "pattern": "Anna"}])
    docs = list(labelled_docs(nlp, [article((8, 18, "PERSON"))]))
    assert ents(remembered(nlp, docs, {"PERSON"})) == [("Anna Meyer", "PERSON"), ("Berlin", "TOWN")]
    docs = list(labelled_docs(nlp, [article((8, 18, "PERSON"))]))
    # Where people used a label, what they left unmarked is not it.
    assert ents(remembered(nlp, docs, {"PERSON", "TOWN"})) == [("Anna Meyer", "PERSON")]
