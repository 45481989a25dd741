"""Suggestions through the worker process: the real one on the seeds, and one that crashes, hangs and fails."""

from __future__ import annotations

import multiprocessing
import os
import signal

import msgspec
import pytest

from annotator.domain.drafts import EntityDraft, StanceDraft
from annotator.domain.errors import WorkerFailed
from annotator.domain.progress import drain
from annotator.services import annotation, importing, projects, queries, suggesting
from annotator.store import suggestions
from annotator.suggest.client import Worker
from annotator.suggest.messages import ArticleSuggestions
from tests.services import worker_jobs
from tests.services.making import (
    entities,
    entity_suggestion,
    first_article,
    ids,
    open_ones,
    quote_suggestion,
    run_until,
    told,
    write,
)

BAD_JOBS = {name: f"{worker_jobs.__name__}:{name}" for name in ("warm", "suggest")}


def proposed(project):
    return {row.id: suggestions.of_article(project.conn, row.id) for row in queries.article_rows(project)}


def passages(draft):
    if isinstance(draft, EntityDraft):
        return [draft]
    if isinstance(draft, StanceDraft):
        return draft.evidence
    return [*draft.content, *draft.source, *([draft.cue] if draft.cue else [])]


@pytest.fixture
def of_texts(tmp_path, author):
    """A function that makes a project of articles `a.txt`, `b.txt`, … with these texts."""
    made = []

    def make(*texts):
        project = projects.new(tmp_path / "texts", author=author)
        made.append(project)
        files = {f"{name}.txt": text for name, text in zip("abcdefghij", texts, strict=False)}
        drain(importing.add_articles(project, [write(tmp_path / "in", files)]))
        return project

    yield make
    for project in made:
        project.close()


def suggested_names(project):
    return [row.name for row in queries.article_rows(project) if row.is_suggested]


def test_every_passage_of_a_suggestion_holds_the_text_of_its_article(suggested):
    found = proposed(suggested)
    assert len(found) == 2 and all(len(some) > 50 for some in found.values())
    for article, some in found.items():
        text = queries.article(suggested, article).text
        for one in some:
            assert all(text[piece.start : piece.end] == piece.text for piece in passages(one.draft))
            assert 0 < one.score < 1 and one.model == suggesting.DEFAULT_PIPELINE and one.version


def test_both_kinds_are_proposed_and_the_queue_counts_them(suggested):
    assert entity_suggestion(suggested) and quote_suggestion(suggested)
    for row in queries.article_rows(suggested):
        assert row.is_suggested and row.decided == 0
        assert row.open_count == len(queries.open_suggestions(suggested, row.id))


def test_a_second_run_has_nothing_to_do(suggested, worker):
    assert suggesting.pending(suggested) == []
    assert drain(suggesting.suggest(suggested, worker)).articles == 0


def test_a_run_again_replaces_suggestions_and_keeps_decisions(suggested, worker):
    one, other = entity_suggestion(suggested), quote_suggestion(suggested)
    annotation.accept(suggested, one.id)
    annotation.reject(suggested, other.id)
    before, left, made = proposed(suggested), ids(open_ones(suggested)), entities(suggested)
    result = drain(suggesting.suggest(suggested, worker, again=True))
    assert result.articles == 2 and result.suggestions == sum(map(len, before.values()))
    assert proposed(suggested) == before and entities(suggested) == made
    assert ids(open_ones(suggested)) == left and {one.id, other.id}.isdisjoint(left)


def test_an_article_that_comes_later_is_suggested_alone(suggested, worker, tmp_path):
    text = "“We will sign it,” Angela Merkel said in Berlin on Monday."
    drain(importing.add_articles(suggested, [write(tmp_path / "in", {"later.txt": text})]))
    before = proposed(suggested)
    (late,) = suggesting.pending(suggested)
    progress = told(suggesting.suggest(suggested, worker))
    assert {one.total for one in progress if one.text == "Suggesting"} == {1}
    after = proposed(suggested)
    assert {one.draft.text for one in after[late] if isinstance(one.draft, EntityDraft)} >= {"Angela Merkel", "Berlin"}
    assert {**after, late: []} == {**before, late: []}


def test_a_pipeline_that_is_not_installed_is_named_in_one_sentence(project, worker):
    with pytest.raises(WorkerFailed) as refused:
        drain(suggesting.suggest(project, worker, pipeline="en_core_web_xxl"))
    said = str(refused.value)
    assert said.startswith("The language model en_core_web_xxl is not installed.") and "pip install" in said
    assert "\n" not in said and suggesting.pending(project)


def test_a_stopped_run_goes_on_where_it_stopped(of_texts, monkeypatch):
    monkeypatch.setattr(suggesting, "BATCH", 1)
    project = of_texts(*(f"Word{n} and more." for n in range(6)))
    with Worker(BAD_JOBS, timeout_s=30) as worker:
        run_until(suggesting.suggest(project, worker), lambda progress: progress.done >= 2)
        left = len(suggesting.pending(project))
        assert 0 < left <= 4
        assert drain(suggesting.suggest(project, worker)).articles == left
    assert suggesting.pending(project) == [] and len(proposed(project)) == 6


def test_the_real_process_killed_in_the_middle_is_started_anew_and_finishes(project):
    with suggesting.new_worker() as worker:
        job = suggesting.suggest(project, worker)
        while next(job).text != "Suggesting":
            pass
        (process,) = [one for one in multiprocessing.active_children() if one.pid and is_of(worker, one.pid)]
        os.kill(process.pid, signal.SIGKILL)
        result = drain(job)
    assert (result.articles, result.problems) == (2, ()) and all(proposed(project).values())


def is_of(worker, pid):
    running = worker._running
    return running is not None and running.process.pid == pid


def test_a_crash_that_does_not_happen_again_costs_nothing(of_texts, tmp_path):
    project = of_texts("One two.", f"Two die once {tmp_path / 'died'}", "Three four.")
    with Worker(BAD_JOBS, timeout_s=30) as worker:
        result = drain(suggesting.suggest(project, worker))
    assert (result.articles, result.suggestions, result.problems) == (3, 3, ())
    assert suggesting.as_error(result) is None and (tmp_path / "died").exists()


@pytest.mark.parametrize(
    ("deed", "said"),
    [("die", "stopped unexpectedly"), ("hang", "did not answer in time"), ("fail", "this article is too much")],
)
def test_the_article_that_breaks_the_process_is_named_and_the_others_are_done(of_texts, monkeypatch, deed, said):
    # One article a batch: two are under way at a time, and the innocent one goes down with the other.
    monkeypatch.setattr(suggesting, "BATCH", 1)
    project = of_texts("One two.", f"Two {deed}", "Three four.", "Four five.")
    with Worker(BAD_JOBS, timeout_s=1.5) as worker:
        result = drain(suggesting.suggest(project, worker))
    assert suggested_names(project) == ["a.txt", "c.txt", "d.txt"] and result.articles == 3
    (problem,) = result.problems
    assert problem.startswith("b.txt: ") and said in problem
    error = suggesting.as_error(result)
    assert error is not None and "1 of 4 articles" in error.message and error.hint


def test_a_single_article_that_breaks_the_process_twice_is_an_error(of_texts):
    project = of_texts("One die")
    with Worker(BAD_JOBS, timeout_s=30) as worker, pytest.raises(WorkerFailed, match="stopped unexpectedly"):
        drain(suggesting.suggest(project, worker))
    assert suggesting.pending(project) == [row.id for row in queries.article_rows(project)]


def test_only_the_chosen_articles_are_read(project, worker):
    chosen = first_article(project)
    assert drain(suggesting.suggest(project, worker, only=[chosen])).articles == 1
    assert chosen not in suggesting.pending(project) and len(suggesting.pending(project)) == 1


def test_an_article_that_somebody_waits_for_comes_before_the_others(project, worker, tmp_path):
    files = {f"{number:02}.txt": f"Ana Novak said in Oslo that number {number} was enough." for number in range(30)}
    drain(importing.add_articles(project, [write(tmp_path / "more", files)]))
    ids = [row.id for row in queries.article_rows(project)]
    awaited = ids[-1]
    job = suggesting.suggest(project, worker, first=lambda: awaited)
    run_until(job, lambda _: bool(suggestions.of_article(project.conn, awaited)))
    read = [row.id for row in queries.article_rows(project) if row.is_suggested]
    assert len(read) <= 2 * suggesting.BATCH_WATCHED + 1 and awaited in read
    drain(suggesting.suggest(project, worker))
    assert all(row.is_suggested for row in queries.article_rows(project))


def test_entities_come_under_the_labels_of_the_codebook_whatever_the_model_calls_them(suggested):
    made = entity_suggestion(suggested)
    theirs = [
        msgspec.structs.replace(made, draft=msgspec.structs.replace(made.draft, label=label))
        for label in ("PER", "ORG", "MISC")
    ]
    sent = msgspec.msgpack.encode(ArticleSuggestions(article=made.article, suggestions=tuple(theirs)))
    received = suggesting.received(sent, suggested.codebook().codebook)
    assert [one.draft.label for one in received.suggestions] == ["PERSON", "ORG", "MISC"]
