"""Few suggestions but sure ones, or all of them: nothing is lost, and the counts follow."""

from __future__ import annotations

from annotator import settings
from annotator.domain.drafts import StanceDraft
from annotator.domain.progress import drain
from annotator.domain.sureness import Sureness
from annotator.services import projects, queries, showing
from annotator.store import suggestions

SHOWN_LAST: tuple[Sureness, ...] = ("few", "all", "balanced")


def counts(project):
    return [row.open_count for row in queries.article_rows(project)]


def shown(project):
    return [len(queries.open_suggestions(project, row.id)) for row in queries.article_rows(project)]


def test_a_surer_step_shows_fewer_suggestions_at_once_and_loses_none(suggested):
    found = {}
    for step in SHOWN_LAST:
        showing.choose(suggested, step)
        found[step] = {
            one.id for row in queries.article_rows(suggested) for one in queries.open_suggestions(suggested, row.id)
        }
    assert found["few"] < found["balanced"] < found["all"]
    stored = [suggestions.of_article(suggested.conn, row.id) for row in queries.article_rows(suggested)]
    # Stances without a position are never suggestions to decide about.
    marks = {one.id for found_here in stored for one in found_here if not isinstance(one.draft, StanceDraft)}
    assert marks <= found["all"] <= {one.id for found_here in stored for one in found_here}


def test_the_counts_of_the_queue_follow_the_step(suggested):
    for step in SHOWN_LAST:
        showing.choose(suggested, step)
        assert showing.is_count_due(suggested)
        drain(showing.recount(suggested))
        assert counts(suggested) == shown(suggested) and not showing.is_count_due(suggested)


def test_a_count_that_was_cancelled_is_due_again(suggested):
    drain(showing.recount(suggested))
    showing.choose(suggested, "few")
    job = showing.recount(suggested)
    next(job)
    job.close()
    assert showing.is_count_due(suggested)


def test_a_project_is_opened_at_the_step_that_the_user_chose(project_copy, author):
    settings.change(sureness="few")
    with projects.open_at(project_copy, author=author) as project:
        assert project.sureness == "few"
