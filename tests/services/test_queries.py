"""What the views show."""

from __future__ import annotations

import pytest

from annotator.domain.errors import NotAllowed
from annotator.domain.review import open_suggestions
from annotator.services import actors, annotation, queries
from tests.services.making import entity_suggestion, first_article, ids, open_ones, quote_suggestion, word_span


def test_an_article_view_has_everything_in_the_order_of_the_text(suggested):
    article = first_article(suggested)
    annotation.accept(suggested, ids(open_ones(suggested))[::-2])
    annotation.add_entity(suggested, article, word_span(suggested, "."), "ORG")
    view = queries.article_view(suggested, article)
    for things in (view.entities, view.quotes):
        starts = [one.start if hasattr(one, "start") else one.content[0].start for one in things]
        assert len(starts) > 3 and starts == sorted(starts)
    spans = [one.draft.span for one in view.suggestions]
    assert len(spans) > 20 and spans == sorted(spans)
    assert view.article.id == article
    assert set(view.actors.values()) == {one.name for one in actors.actor_rows(suggested)}


def test_a_view_has_all_that_tells_which_suggestions_are_open(suggested):
    article = first_article(suggested)
    before = open_ones(suggested)
    annotation.accept(suggested, entity_suggestion(suggested).id)
    annotation.reject(suggested, quote_suggestion(suggested).id)
    view = queries.article_view(suggested, article)
    left = open_suggestions(view.suggestions, view.entities, view.quotes, view.rejections, view.stances)
    assert left == queries.open_suggestions(suggested, article) and before[-1] in left
    assert queries.article_rows(suggested)[0].open_count == len(left)


def test_an_article_that_is_not_there_is_refused(project):
    for query in (queries.article, queries.article_view):
        with pytest.raises(NotAllowed, match="not in this project") as refused:
            query(project, "sha256:0")
        assert refused.value.hint
    assert queries.article_row(project, "sha256:0") is None


def test_search_gives_the_articles_that_hold_all_words_in_the_order_of_import(project):
    order = [row.id for row in queries.article_rows(project)]
    assert queries.search(project, "nato") == order
    assert queries.search(project, "quintuple") == [
        one for one in order if "quintuple" in queries.article(project, one).text.lower()
    ]
    assert queries.search(project, "nato zebra") == [] == queries.search(project, '"')


def test_the_queue_shows_each_article_with_its_state(project):
    annotation.set_status(project, first_article(project), state="done", is_flagged=True)
    one, other = queries.article_rows(project)
    assert (one.state, one.is_flagged, other.state, other.is_flagged) == ("done", True, "todo", False)
    assert queries.article_row(project, one.id) == one and one.title and one.length > 1000


def test_articles_that_got_suggestions_since_a_time_are_told_by_id(suggested):
    times = dict(suggested.conn.execute("SELECT article, time FROM suggestion_run").fetchall())
    last = max(times.values())
    assert queries.suggested_since(suggested, "") == sorted(times)
    assert queries.suggested_since(suggested, last) == sorted(one for one, time in times.items() if time == last)
    assert queries.suggested_since(suggested, "9999") == []
