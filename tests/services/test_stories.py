"""Near-duplicates are one story, and the statistics count it once."""

from __future__ import annotations

import json

import pytest

from annotator.domain.progress import drain
from annotator.services import importing, projects, queries, stories
from annotator.services.statistics import statistics
from tests.ingest.making import seeds
from tests.services.making import write


@pytest.fixture
def told_twice(tmp_path, author):
    first, other = seeds().values()
    edited = " ".join("Brussels" if number % 10 == 0 else word for number, word in enumerate(first.split()))
    lines = [
        {"name": "a", "text": first, "outlet": "Post", "date": "2025-02-12"},
        {"name": "b", "text": other, "outlet": "Post", "date": "2025-03-01"},
        {"name": "c", "text": edited, "outlet": "Times", "date": "2025-02-13"},
    ]
    folder = write(tmp_path / "in", {"all.jsonl": "\n".join(map(json.dumps, lines))})
    with projects.new(tmp_path / "p", author=author) as project:
        drain(importing.add_articles(project, [folder]))
        yield project


def test_an_edited_copy_is_a_near_duplicate_and_another_article_is_none(told_twice):
    a, b, c = (row.id for row in queries.article_rows(told_twice))
    groups = drain(stories.stories(told_twice))
    assert groups == [(a, c), (b,)] and stories.twins(groups) == {a: (c,), c: (a,)}


def test_statistics_count_a_story_once_and_by_outlet_and_month(told_twice):
    found = drain(statistics(told_twice))
    assert (found.total.articles, found.total.stories) == (3, 2)
    assert {key: (one.articles, one.stories) for key, one in found.by_outlet.items()} == {
        "Post": (2, 2),
        "Times": (1, 1),
    }
    assert list(found.by_month) == ["2025-02", "2025-03"] and found.by_month["2025-02"].stories == 1
    assert found.near_duplicates == (("a", "c"),)
    rows = queries.article_rows(told_twice)
    assert found.total.words == sum(len(queries.article(told_twice, row.id).text.split()) for row in rows)
