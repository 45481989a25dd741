"""Decisions in one place change what is proposed in others, at once; undo takes that back."""

from __future__ import annotations

from collections import Counter

import pytest

from annotator.domain.drafts import EntityDraft, Suggestion
from annotator.domain.progress import drain
from annotator.domain.spans import Span
from annotator.services import annotation, history, queries, showing, suggesting
from annotator.store import suggestions
from annotator.store.project import Project, open_project
from tests.services.making import everything, ids


def all_open(project: Project) -> list[Suggestion]:
    return [one for row in queries.article_rows(project) for one in queries.open_suggestions(project, row.id)]


def named(project: Project, words: str, label: str = "") -> list[Suggestion]:
    return [
        one
        for one in all_open(project)
        if isinstance(one.draft, EntityDraft) and one.draft.text == words and label in ("", one.draft.label)
    ]


@pytest.fixture
def words(suggested: Project) -> tuple[str, str]:
    """Words and label that are proposed in both articles, and nothing else for the same words."""
    places: dict[tuple[str, str], set[str]] = {}
    for one in all_open(suggested):
        if isinstance(one.draft, EntityDraft):
            places.setdefault((one.draft.text, one.draft.label), set()).add(one.article)
    labels = Counter(text for text, _ in places)
    return next(name for name, found in sorted(places.items()) if len(found) == 2 and labels[name[0]] == 1)


def test_what_is_turned_down_once_is_open_nowhere_and_undo_brings_it_back(suggested, words):
    before, same = everything(suggested), ids(named(suggested, *words))
    annotation.reject(suggested, same[0])
    assert len(same) > 1 and named(suggested, *words) == []
    history.undo(suggested)
    assert ids(named(suggested, *words)) == same and everything(suggested) == before
    history.redo(suggested)
    assert named(suggested, *words) == []


def test_another_label_put_once_is_proposed_for_the_same_words_elsewhere(suggested, words):
    first, *others = named(suggested, *words)
    annotation.relabel(suggested, first.id, "LAW")
    found = named(suggested, words[0])
    assert ids(found) == ids(others) and {one.draft.label for one in found} == {"LAW"}
    annotation.accept(suggested, ids(found))
    taken = [one for row in queries.article_rows(suggested) for one in queries.entities(suggested, row.id)]
    assert {one.label for one in taken} == {"LAW"} and len(taken) == len(others) + 1
    assert all(one.origin.name.endswith("+ memory") for one in taken if one.origin.act == "accepted")
    for _ in range(2):
        history.undo(suggested)
    assert named(suggested, *words) == [first, *others]


def test_what_was_turned_down_stays_so_when_its_words_get_another_label_elsewhere(suggested, words):
    first, second, *_ = named(suggested, *words)
    annotation.accept(suggested, first.id)
    annotation.reject(suggested, second.id)
    (kept,) = [one for row in queries.article_rows(suggested) for one in queries.entities(suggested, row.id)]
    annotation.relabel(suggested, kept.id, "LAW")
    assert second.id not in ids(named(suggested, words[0]))


def test_nothing_that_was_turned_down_comes_back_when_the_models_read_again(suggested, words, worker):
    annotation.reject(suggested, named(suggested, *words)[0].id)
    drain(suggesting.suggest(suggested, worker, again=True))
    assert named(suggested, *words) == []


def test_words_that_no_model_proposes_are_proposed_after_they_were_marked_twice(suggested):
    rows = queries.article_rows(suggested)
    texts = {row.id: queries.article(suggested, row.id).text for row in rows}
    candidates = ("spending", "defense", "percent", "allies", "members")
    word = next(one for one in candidates if all(one in text for text in texts.values()))
    assert named(suggested, word) == []
    article, text = next((key, text) for key, text in texts.items() if text.count(word) > 1)
    start = text.index(word)
    second = text.index(word, start + 1)
    for at in (start, second):
        annotation.add_entity(suggested, article, Span(at, at + len(word)), "LAW")
    found = named(suggested, word, "LAW")
    assert {one.article for one in found} == set(texts) - ({article} if text.count(word) == 2 else set())
    annotation.accept(suggested, found[0].id)
    annotation.reject(suggested, found[1].id)
    assert not {found[0].id, found[1].id} & set(ids(named(suggested, word)))


def test_the_counts_of_other_articles_follow(suggested, words):
    annotation.reject(suggested, named(suggested, *words)[0].id)
    assert showing.is_count_due(suggested)
    drain(showing.recount(suggested))
    for row in queries.article_rows(suggested):
        assert row.open_count == len(queries.open_suggestions(suggested, row.id))
    assert not showing.is_count_due(suggested)


def test_a_project_remembers_when_it_is_opened_again(suggested, words, author):
    first, *others = named(suggested, *words)
    annotation.relabel(suggested, first.id, "LAW")
    found = all_open(suggested)
    suggested.close()
    with open_project(suggested.path, author) as again:
        assert all_open(again) == found and len(named(again, words[0], "LAW")) == len(others)


def test_what_models_made_is_stored_as_they_made_it(suggested, words):
    rows = queries.article_rows(suggested)
    before = [suggestions.of_article(suggested.conn, row.id) for row in rows]
    annotation.reject(suggested, named(suggested, *words)[0].id)
    assert [suggestions.of_article(suggested.conn, row.id) for row in rows] == before
