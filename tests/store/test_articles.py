"""Articles in the project file: adding, listing, searching."""

from __future__ import annotations

import pytest
from msgspec import structs

from annotator import paths
from annotator.domain.articles import new_article
from annotator.domain.records import ArticleStatus
from annotator.domain.sections import find_sections
from annotator.domain.text import canonicalise
from annotator.store import articles, suggestions
from annotator.store.journal import new_id
from tests.store.making import accepted, add_articles, proposal, put, undo, withdraw


def test_the_seeds_are_there_with_text_sections_and_title(project):
    texts = [canonicalise(path.read_bytes().decode()) for path in sorted(paths.seeds().glob("*.txt"))]
    found = [articles.get(project.conn, one) for one in articles.ids(project.conn)]
    assert [one.text for one in found if one] == texts
    assert [one.sections for one in found if one] == [find_sections(text) for text in texts]
    assert sorted(found, key=lambda one: one.id) == list(articles.each(project.conn))


def test_an_article_with_the_same_text_is_not_added_again(project):
    text = articles.text_of(project.conn, articles.ids(project.conn)[0])
    with project.transaction() as conn:
        assert not articles.add(conn, new_article(text, name="copy.txt"), imported="2026-01-01T00:00:00.000Z")
    assert len(articles.ids(project.conn)) == 2


def _add_from(project, text, outlet, published):
    made = structs.replace(new_article(text, name=text), outlet=outlet, published=published)
    with project.transaction() as conn:
        articles.add(conn, made, imported="2026-01-01T00:00:00.000Z")
    return made.id


def test_outlets_and_the_period_are_those_of_the_articles_in_the_queue(project):
    assert (articles.outlets(project.conn), articles.period(project.conn)) == ([], ("", ""))
    for outlet, published in (("Herald", "2025-03-01"), ("Echo", "2025-01-02"), ("Herald", None), (None, "2025-02-01")):
        article = _add_from(project, f"{outlet} {published}", outlet, published)
        put(project, ArticleStatus(id=new_id(), author=project.author.id, article=article))
    _add_from(project, "not in the queue", "Gazette", "2030-01-01")
    assert articles.outlets(project.conn) == ["Echo", "Herald"]
    assert articles.period(project.conn) == ("2025-01-02", "2025-03-01")


@pytest.fixture
def searched(project):
    add_articles(
        project, ["Zürich hosts “the zebras” in C++ (again) AND more.", "The ZEBRAS failed; nothing was signed."]
    )
    one, other = articles.ids(project.conn)[2:]
    return lambda words: [
        {one: "one", other: "other"}.get(found, "seed") for found in articles.search(project.conn, words)
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("zebras", ["one", "other"]),
        ("zurich", ["one"]),
        ("ZÜR", ["one"]),
        ("zebra", ["one", "other"]),
        ("zeb failed", []),
        ("failed zebra", ["other"]),
        ("zebras “the zebras”", ["one", "other"]),
        ("zebras AND more", ["one"]),
        ("c++ (again)", ["one"]),
        ("nothing was signed.", ["other"]),
        ("nosuchword", []),
        ("", []),
        (" \t\n", []),
    ],
)
def test_search_finds_all_words_and_the_beginning_of_the_last(searched, words, found):
    assert searched(words) == found


@pytest.mark.parametrize(
    "odd", ['"', "*", "^", "-", ":", "(", ")", "{", "'", ";", "+", "NEAR(", "\x00", "\ud800", "%", "\\"]
)
def test_search_takes_odd_signs_for_no_words(searched, odd):
    assert searched(odd) in ([], searched("near"))
    assert searched(f"zurich {odd}") in (["one"], searched("zurich near"))
    assert searched(f"{odd} zurich") in (["one"], searched("near zurich"))


def test_search_finds_no_article_whose_import_was_undone(project):
    add_articles(project, ["A unicorn was seen."])
    assert len(articles.search(project.conn, "unicorn")) == 1
    undo(project)
    assert articles.search(project.conn, "unicorn") == []


def test_the_tally_follows_every_act(project):
    one, other = proposal(project), proposal(project, "Pentagon")
    with project.transaction() as conn:
        suggestions.replace(conn, one.article, [one, other], pipeline="p", time=project.now())
        project.tallies.renew_many(conn, [one.article])

    def tally() -> tuple[int, int]:
        row = articles.article_row(project.conn, project.author.id, one.article)
        assert row is not None and row.is_suggested and row.total == row.decided + row.open_count
        return row.decided, row.open_count

    assert tally() == (0, 2)
    record = accepted(project, one)
    put(project, record)
    assert tally() == (1, 1)
    assert suggestions.open_of(project.conn, one.article, project.author.id, project.memory) == [other]
    put(project, accepted(project, other))
    assert tally() == (2, 0)
    undo(project)
    assert tally() == (1, 1)
    withdraw(project, record)
    assert tally() == (0, 2)
    undo(project)
    assert tally() == (1, 1)


def test_the_queue_shows_each_article_as_the_author_left_it(project):
    rows = articles.article_rows(project.conn, project.author.id)
    assert [row.id for row in rows] == articles.ids(project.conn)
    assert all((row.state, row.is_flagged, row.is_suggested) == ("todo", False, False) for row in rows)
    assert [row.length for row in rows] == [len(articles.text_of(project.conn, row.id)) for row in rows]


def test_new_suggestions_take_the_place_of_all_old_ones(project):
    one, other = proposal(project), proposal(project, "Pentagon")
    for batch in ([one], [other]):
        with project.transaction() as conn:
            suggestions.replace(conn, one.article, batch, pipeline="p", time=project.now())
    assert (
        suggestions.of_article(project.conn, one.article) == [other] and suggestions.get(project.conn, one.id) is None
    )
    assert suggestions.without_run(project.conn) == articles.ids(project.conn)[1:]
    assert suggestions.without_run(project.conn, pipeline="another") == articles.ids(project.conn)
    assert suggestions.models(project.conn) == [("m", "1")]
