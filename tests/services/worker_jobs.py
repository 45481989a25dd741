"""Jobs for a worker that is up to no good: an article says in its own words what becomes of the process."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from annotator.domain.drafts import EntityDraft, Suggestion
from annotator.suggest.messages import ArticleSuggestions, PipelineInfo, SuggestJob

Report = Callable[[bytes], None]


def warm(payload: bytes, report: Report) -> bytes:
    return msgspec.msgpack.encode(PipelineInfo(model="first_word", version="1"))


def suggest(payload: bytes, report: Report) -> bytes:
    """Proposes each article's first word, unless the article says `die`, `hang`, `fail`, or `die once FILE`."""
    for article in msgspec.msgpack.decode(payload, type=SuggestJob).articles:
        _obey(article.text.split())
        word = article.text.split()[0]
        draft = EntityDraft(start=0, end=len(word), text=word, label="ORG")
        one = Suggestion(id=f"s-{article.id}", article=article.id, draft=draft, model="m", version="1", score=0.5)
        report(msgspec.msgpack.encode(ArticleSuggestions(article=article.id, suggestions=(one,))))
    return warm(payload, report)


def _obey(words: list[str]) -> None:
    match words:
        case [_, "die", "once", file]:
            if not Path(file).exists():
                Path(file).touch()
                os.kill(os.getpid(), signal.SIGKILL)
        case [_, "die"]:
            os.kill(os.getpid(), signal.SIGKILL)
        case [_, "hang"]:
            time.sleep(600)
        case [_, "fail"]:
            raise ValueError("this article is too much")


def leave_partials(payload: bytes, report: Report) -> bytes:
    """Begins an export as the real job does, tells of it, and never ends."""
    from annotator.export.atomic import FileSet
    from annotator.export.jobs import ExportJob

    out = Path(msgspec.msgpack.decode(payload, type=ExportJob).out)
    with FileSet() as files:
        files.folder(out)
        files.open(out / "train.spacy").write(b"half")
        files.open(out.with_name(f"{out.name}.manifest.json")).write(b"half")
        from annotator.domain.progress import Progress

        report(msgspec.msgpack.encode(Progress(1, 2, "Writing half of it")))
        time.sleep(600)
    return b""
