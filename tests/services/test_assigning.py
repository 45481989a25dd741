"""Assignments: even plans, states, blind double coding, and one's own old articles once more."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import NotAllowed
from annotator.domain.progress import drain
from annotator.services import agreement, annotation, assigning, history, reviewing
from annotator.store import articles
from annotator.store.project import Author, Project, open_project
from tests.store.making import entity_at, put

PEOPLE = st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=6, unique=True)


@given(st.integers(0, 40), PEOPLE, st.integers(1, 3))
def test_a_plan_is_even_and_gives_each_article_to_so_many(count: int, who: list[str], each: int) -> None:
    ids = [f"n{number}" for number in range(count)]
    if each > len(who):
        with pytest.raises(NotAllowed, match="people for"):
            assigning.plan(ids, who, each=each)
        return
    plan = assigning.plan(ids, who, each=each)
    assert plan == assigning.plan(ids, who, each=each) and len(plan) == len(set(plan)) == each * count
    load = Counter(one for _, one in plan)
    assert max((load[one] for one in who), default=0) - min((load[one] for one in who), default=0) <= 1


def test_in_a_plan_everybody_shares_articles_with_everybody() -> None:
    plan = assigning.plan([f"n{number}" for number in range(24)], ["a", "b", "c", "d"], each=2)
    by_article: dict[str, list[str]] = {}
    for article, who in plan:
        by_article.setdefault(article, []).append(who)
    pairs = Counter(frozenset(pair) for pair in by_article.values())
    assert {frozenset(pair) for pair in combinations("abcd", 2)} == set(pairs) and max(pairs.values()) <= 6


def states(project: Project) -> list[tuple[str, str, str]]:
    return [(one.who, one.task, one.state) for one in assigning.assignments(project)]


def test_assigning_is_one_act_and_twice_is_nothing_more(project: Project, author: Author) -> None:
    ids = articles.ids(project.conn)
    assigning.assign(project, ids, [author.id], "label", due="2026-12-01")
    assert states(project) == [("Ana", "label", "to do"), ("Ana", "label", "to do")]
    assert assigning.assign(project, ids, [author.id], "label").changes == ()
    drain(history.undo_job(project))
    assert states(project) == []


@pytest.mark.parametrize("due", ["tomorrow", "2026-13-01", "01.12.2026"])
def test_a_date_that_is_none_is_refused(project: Project, author: Author, due: str) -> None:
    with pytest.raises(NotAllowed, match="is no date"):
        assigning.assign(project, articles.ids(project.conn), [author.id], "label", due=due)


def test_the_state_follows_the_work(project: Project, author: Author) -> None:
    article = articles.ids(project.conn)[0]
    assigning.assign(project, [article], [author.id], "label", due="2020-01-01")
    assert assigning.assignments(project)[0].is_overdue
    put(project, entity_at(project, article, 4, 17, "GPE"))
    assert states(project) == [("Ana", "label", "in progress")]
    annotation.set_status(project, article, state="done")
    assert states(project) == [("Ana", "label", "done")] and not assigning.assignments(project)[0].is_overdue


def test_who_has_yet_to_label_an_article_sees_nobody_elses_work_on_it(
    project_copy: Path, author: Author, colleague: Author
) -> None:
    for who in (author, colleague):
        with open_project(project_copy, who) as project:
            article = articles.ids(project.conn)[0]
            put(project, entity_at(project, article, 4, 17, "GPE" if who is author else "ORG"))
    with open_project(project_copy, author) as project:
        assigning.assign(project, [article], [author.id, colleague.id], "label", each=2)
        assert drain(reviewing.review(project, author.id, colleague.id)).articles == ()
        annotation.set_status(project, article, state="done")
        assert drain(reviewing.review(project, author.id, colleague.id)).articles == (article,)


def test_a_review_is_done_when_all_is_decided(project_copy: Path, author: Author, colleague: Author) -> None:
    with open_project(project_copy, colleague) as project:
        article = articles.ids(project.conn)[0]
        put(project, entity_at(project, article, 4, 17, "GPE"))
        put(project, entity_at(project, article, 38, 46, "NORP"))
        annotation.set_status(project, article, state="done")
    with open_project(project_copy, author) as project:
        assigning.assign(project, [article], [colleague.id], "label")
        assigning.assign(project, [article], [author.id], "review")
        first, second = drain(reviewing.review(project, colleague.id, reviewing.NOBODY)).cases
        assert ("Ana", "review", "to do") in states(project)
        reviewing.decide(project, first.difference, "a")
        assert ("Ana", "review", "in progress") in states(project)
        reviewing.decide(project, second.difference, "a")
        assert ("Ana", "review", "done") in states(project)


def test_the_oldest_finished_article_comes_again_as_a_layer_of_its_own(project_copy: Path, author: Author) -> None:
    with open_project(project_copy, author) as project:
        first, second = articles.ids(project.conn)
        with pytest.raises(NotAllowed, match="not marked any article as done"):
            assigning.assign_again(project)
        for article in (second, first):
            put(project, entity_at(project, article, 4, 17, "GPE"))
            annotation.set_status(project, article, state="done")
        assigning.assign_again(project)
        (one,) = assigning.assignments(project)
        assert (one.article, one.who, one.state) == (second, "Ana (again)", "to do")
        with pytest.raises(NotAllowed, match="again already"):
            assigning.assign_again(project)
    again = assigning.again_author(author)
    assert assigning.again_author(again) == again
    with open_project(project_copy, again) as project:
        assert reviewing.marked_by(project, again.id, second) == []
        put(project, entity_at(project, second, 4, 17, "ORG"))
        annotation.set_status(project, second, state="done")
        found = drain(agreement.agreement(project, author.id, again.id))
        exact = next(
            one for one in found.figures if (one.what, one.measure, one.label) == ("Entities", "exact F1", "all")
        )
        assert found.articles == 1 and exact.value == 0.0
