"""The taggers in the user's data folder, and what there is to learn from."""

from __future__ import annotations

import pytest

from annotator import paths, settings
from annotator.domain.errors import AnnotatorError
from annotator.domain.spans import Span
from annotator.services import annotation, queries, taggers
from annotator.services.own_work import own_work
from annotator.suggest.cards import write_card
from annotator.suggest.tagging.card import Card, HeldOut

CARD = Card(
    kind="crf",
    name="mine",
    version="2026-01-01",
    made_on="2026-01-01",
    data="work",
    articles=18,
    quotes=90,
    held_out=HeldOut(articles=2, quotes=10, precision=0.5, recall=0.5, f1=0.5, rules_f1=0.4, chain_f1=0.6),
)


def put_tagger(name):
    folder = paths.tagger_folder(name)
    folder.mkdir(parents=True)
    write_card(folder, CARD)


def test_taggers_are_listed_and_what_is_none_is_left_out():
    assert taggers.rows() == []
    put_tagger("mine")
    (paths.tagger_folder("holiday pictures")).mkdir()
    (row,) = taggers.rows()
    assert (row.name, row.is_used, row.card.held_out.chain_f1) == ("mine", False, 0.6)


def test_a_tagger_is_used_until_it_is_not():
    put_tagger("mine")
    taggers.use("mine")
    assert settings.load().tagger == "mine" and taggers.rows()[0].is_used
    taggers.use("")
    assert settings.load().tagger == ""


def test_a_tagger_that_is_not_there_is_not_used():
    with pytest.raises(AnnotatorError, match="is no trained tagger"):
        taggers.use("mine")
    assert settings.load().tagger == ""


def test_a_new_tagger_never_takes_the_name_of_another(project):
    assert taggers.new_name(project, "2026-01-01") == "work 2026-01-01"
    put_tagger("work 2026-01-01")
    assert taggers.new_name(project, "2026-01-01") == "work 2026-01-01 (2)"


def test_what_is_done_is_learnt_from_else_what_has_quotes(project):
    first, other = (row.id for row in queries.article_rows(project))
    assert list(own_work(project)) == [] and taggers.material(project).articles == 0
    annotation.add_quote(project, first, [Span(0, 5)], form="direct")
    assert [one.id for one in own_work(project)] == [first]
    assert (taggers.material(project).articles, taggers.material(project).quotes) == (1, 1)
    annotation.set_status(project, other, state="done")
    assert [(one.id, one.quotes) for one in own_work(project)] == [(other, ())]
    assert (taggers.material(project).articles, taggers.material(project).quotes) == (1, 0)
