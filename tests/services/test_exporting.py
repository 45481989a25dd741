"""Exports through the service: what is written, what is refused, and that a stopped one leaves nothing."""

from __future__ import annotations

import json

import pytest

from annotator.domain.choice import Choice
from annotator.domain.errors import AnnotatorError
from annotator.domain.progress import drain
from annotator.domain.review import is_prepared
from annotator.export.manifest import export_problems, read_manifest
from annotator.ingest.jsonl import read_lines
from annotator.services import annotation, exporting, queries, stances, suggesting
from annotator.services.exporting import ExportOptions
from annotator.store import suggestions
from annotator.suggest.client import Worker
from tests.services import worker_jobs
from tests.services.making import entities, first_article, ids, open_ones, quotes, run_until, told


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.fixture
def idle():
    """A worker that an export of its own does not start."""
    with suggesting.new_worker() as one:
        yield one
        assert not one.is_running


def test_jsonl_holds_the_author_s_layer_and_starts_no_process(suggested, tmp_path, idle):
    annotation.accept(suggested, ids(open_ones(suggested))[:20])
    out = tmp_path / "mine.jsonl"
    result = drain(exporting.export(suggested, "jsonl", out, ExportOptions(), worker=idle))
    lines = list(read_lines(out))
    assert [line.article.id for line in lines] == sorted(row.id for row in queries.article_rows(suggested))
    assert {line.layer for line in lines} == {"Ana"}
    found = {one.id for line in lines for one in (*line.entities, *line.quotes, *line.stances)}
    mine = [*entities(suggested), *quotes(suggested), *stances.of_article(suggested, first_article(suggested))]
    assert found == {one.id for one in mine} and len(found) == 20
    assert "Wrote 2 articles" in result.summary and export_problems(out) == []


def test_an_export_tells_how_many_articles_it_has_written(suggested, tmp_path, idle):
    progress = told(exporting.export(suggested, "jsonl", tmp_path / "x.jsonl", ExportOptions(), worker=idle))
    assert [(one.done, one.total) for one in progress] == [(1, 2), (2, 2)]


def test_while_articles_are_chosen_an_export_tells_of_each(suggested, tmp_path, idle):
    annotation.set_status(suggested, first_article(suggested), is_flagged=True)
    options = ExportOptions(only=Choice(is_flagged=True))
    progress = told(exporting.export(suggested, "jsonl", tmp_path / "x.jsonl", options, worker=idle))
    assert [(one.done, one.total, one.text == "Choosing articles") for one in progress] == [
        (1, 2, True),
        (2, 2, True),
        (1, 1, False),
    ]
    assert [line.article.id for line in read_lines(tmp_path / "x.jsonl")] == [first_article(suggested)]


def test_the_suggestions_layer_holds_what_the_models_propose(suggested, tmp_path, idle):
    annotation.accept(suggested, ids(open_ones(suggested))[:5])
    out = tmp_path / "proposed.jsonl"
    drain(exporting.export(suggested, "jsonl", out, ExportOptions(layer="suggestions", sureness="all"), worker=idle))
    for line in read_lines(out):
        proposed = [one for one in suggestions.of_article(suggested.conn, line.article.id) if not is_prepared(one)]
        written = [*line.entities, *line.quotes, *line.stances]
        assert {one.id for one in written} == set(ids(proposed)) and line.layer == "suggestions"
        assert {one.origin.score for one in written} == {one.score for one in proposed}
        assert line.status is None and {one.origin.by for one in written} == {"model"}


def test_an_annotator_s_layer_has_their_name(suggested, tmp_path, idle):
    out = tmp_path / "ana.jsonl"
    drain(exporting.export(suggested, "jsonl", out, ExportOptions(layer="Ana"), worker=idle))
    assert {line.layer for line in read_lines(out)} == {"Ana"}


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("jsonl", ExportOptions(layer="Nobody"), "There is no layer called Nobody"),
        ("pdf", ExportOptions(), "There is no format pdf"),
        ("jsonl", ExportOptions(only=Choice(labels=("ORG",), is_annotated=True)), "No article fits what was chosen"),
        ("jsonl", ExportOptions(only=Choice(since="2199-01-01")), "No article fits what was chosen"),
        ("spacy", ExportOptions(sections=("body", "feet")), "There is no section feet"),
        ("spacy", ExportOptions(layer="Nobody"), "There is no layer called Nobody"),
    ],
)
def test_what_cannot_be_exported_is_refused_with_a_hint_and_nothing_is_written(
    suggested, tmp_path, idle, name, options, said
):
    (tmp_path / "out").mkdir()
    with pytest.raises(AnnotatorError, match=said) as refused:
        drain(exporting.export(suggested, name, tmp_path / "out" / "x", options, worker=idle))
    assert refused.value.hint and names(tmp_path / "out") == []


def test_an_export_never_takes_the_place_of_its_project(suggested, idle):
    link = suggested.path.with_name("link.annot")
    link.symlink_to(suggested.path)
    for out in (suggested.path, link):
        with pytest.raises(AnnotatorError, match="is the project itself"):
            drain(exporting.export(suggested, "jsonl", out, ExportOptions(), worker=idle))
    assert suggested.path.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize(("name", "out"), [("jsonl", "none/x.jsonl"), ("spacy", "none/x"), ("jsonl", "folder")])
def test_a_place_that_cannot_be_written_is_refused_with_a_hint(suggested, tmp_path, worker, name, out):
    (tmp_path / "folder").mkdir()
    before = names(tmp_path)
    with pytest.raises(AnnotatorError, match="was not written") as refused:
        drain(exporting.export(suggested, name, tmp_path / out, ExportOptions(), worker=worker))
    assert str(refused.value).count("\n") == 0 and names(tmp_path) == before


def test_training_data_is_made_in_the_worker_and_spacy_reads_it(suggested, tmp_path, worker):
    annotation.accept(suggested, ids(open_ones(suggested)))
    out = tmp_path / "spacy"
    options = ExportOptions(split=(0.5, 0.5, 0), seed=3, sections=("body",))
    result = drain(exporting.export(suggested, "spacy", out, options, worker=worker))
    assert result.counts.articles == 2 and export_problems(out) == []
    manifest = read_manifest(out)
    assert (manifest.about.filter.layer, manifest.about.filter.seed) == ("mine", 3)
    assert manifest.about.heads[suggested.author.id].seq == 3
    from spacy.tokens import DocBin

    docs = [doc for name in ("train", "dev") for doc in DocBin().from_disk(out / f"{name}.spacy").get_docs(vocab())]
    assert len(docs) == 2 and sum(len(doc.ents) for doc in docs) > 20


def vocab():
    from spacy.lang.en import English

    return English().vocab


def test_a_stopped_export_of_the_worker_leaves_nothing(suggested, tmp_path):
    (tmp_path / "out").mkdir()
    jobs = {"export": f"{worker_jobs.__name__}:leave_partials"}
    with Worker(jobs, timeout_s=30) as bad:
        job = exporting.export(suggested, "spacy", tmp_path / "out" / "x", ExportOptions(), worker=bad)
        run_until(job, lambda progress: progress.text == "Writing half of it" and len(names(tmp_path / "out")) == 3)
        assert not bad.is_running
    assert names(tmp_path / "out") == []


def test_a_stopped_export_leaves_an_earlier_one_as_it_was(suggested, tmp_path, worker):
    out = tmp_path / "out" / "x"
    out.parent.mkdir()
    drain(exporting.export(suggested, "spacy", out, ExportOptions(), worker=worker))
    before = {name: (out.parent / name).read_bytes() for name in names(out.parent) if name != "x"}
    refused = pytest.raises(AnnotatorError, match="did not answer in time")
    with Worker({"export": f"{worker_jobs.__name__}:leave_partials"}, timeout_s=1) as bad, refused:
        drain(exporting.export(suggested, "spacy", out, ExportOptions(), worker=bad))
    assert {name: (out.parent / name).read_bytes() for name in names(out.parent) if name != "x"} == before
    assert export_problems(out) == []


def test_a_stopped_jsonl_export_leaves_nothing(suggested, tmp_path, idle):
    (tmp_path / "out").mkdir()
    job = exporting.export(suggested, "jsonl", tmp_path / "out" / "x.jsonl", ExportOptions(), worker=idle)
    run_until(job, lambda progress: progress.done == 1)
    assert names(tmp_path / "out") == []


def test_the_same_layer_is_exported_to_the_same_bytes(suggested, tmp_path, idle):
    annotation.accept(suggested, ids(open_ones(suggested)))
    for name in ("a.jsonl", "b.jsonl"):
        drain(exporting.export(suggested, "jsonl", tmp_path / name, ExportOptions(), worker=idle))
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    assert [json.loads(line)["format"] for line in (tmp_path / "a.jsonl").read_text("utf-8").splitlines()] == [
        "annotator-article/1"
    ] * 2


def test_the_summary_names_what_the_format_holds(suggested, tmp_path, idle):
    options = ExportOptions(layer="suggestions")
    told = {
        name: drain(exporting.export(suggested, name, tmp_path / name, options, worker=idle)).summary
        for name in ("jsonl", "graphml")
    }
    assert " entities, " in told["jsonl"] and " stances to " in told["jsonl"]
    assert "Wrote 2 articles with 2" in told["graphml"] and "entities" not in told["graphml"]
