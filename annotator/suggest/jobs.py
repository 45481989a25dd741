"""The suggester's jobs, as the suggestion process runs them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from annotator.suggest import pipeline
from annotator.suggest.messages import ArticleSuggestions, PipelineInfo, SuggestJob, WarmJob

if TYPE_CHECKING:
    from spacy.language import Language


@lru_cache(maxsize=1)
def _loaded(name: str) -> Language:
    return pipeline.load_pipeline(name)


def suggest(payload: bytes, report: Callable[[bytes], None]) -> bytes:
    """Job `suggest`: reports an `ArticleSuggestions` for each article of a `SuggestJob`, then a `PipelineInfo`."""
    job = msgspec.msgpack.decode(payload, type=SuggestJob)
    nlp = _loaded(job.pipeline)
    encoder = msgspec.msgpack.Encoder()
    done = 0
    found = pipeline.suggest_articles(
        nlp, job.articles, actors=job.actors, own_names=job.names, tick=lambda: report(b"")
    )
    for article, suggestions in found:
        report(encoder.encode(ArticleSuggestions(article=article, suggestions=tuple(suggestions))))
        done += 1
    model, version = pipeline.model_of(nlp)
    return encoder.encode(PipelineInfo(model=model, version=version, articles=done))


def warm(payload: bytes, report: Callable[[bytes], None]) -> bytes:
    """Job `warm`: loads the pipeline of a `WarmJob`, so that suggestions come sooner; gives a `PipelineInfo`."""
    job = msgspec.msgpack.decode(payload, type=WarmJob)
    model, version = pipeline.model_of(_loaded(job.pipeline))
    return msgspec.msgpack.encode(PipelineInfo(model=model, version=version))
