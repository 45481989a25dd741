"""The suggester's jobs, as the suggestion process runs them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from annotator import paths
from annotator.suggest import pipeline
from annotator.suggest.cards import CARD
from annotator.suggest.messages import ArticleSuggestions, PipelineInfo, SuggestJob, WarmJob

if TYPE_CHECKING:
    from spacy.language import Language

    from annotator.suggest.tagging.tagger import Tagger


@lru_cache(maxsize=1)
def _loaded_pipeline(name: str, changed: float) -> Language:
    return pipeline.load_pipeline(name)


def _loaded(name: str) -> Language:
    # Loaded anew when somebody has trained it again.
    folder = paths.pipeline_folder(name)
    changed = 0.0
    if folder is not None:
        with suppress(OSError):
            changed = (folder / CARD).stat().st_mtime
    return _loaded_pipeline(name, changed)


@lru_cache(maxsize=1)
def _loaded_tagger(folder: str, changed: float) -> Tagger:
    # Loaded anew when somebody has trained it again.
    from annotator.suggest.tagging.tagger import load_tagger

    return load_tagger(Path(folder))


def _tagger(folder: str) -> Tagger | None:
    if not folder:
        return None
    with suppress(OSError):
        return _loaded_tagger(folder, (Path(folder) / "card.toml").stat().st_mtime)
    return _loaded_tagger(folder, 0.0)


def suggest(payload: bytes, report: Callable[[bytes], None]) -> bytes:
    """Job `suggest`: reports an `ArticleSuggestions` for each article of a `SuggestJob`, then a `PipelineInfo`."""
    job = msgspec.msgpack.decode(payload, type=SuggestJob)
    nlp, tagger = _loaded(job.pipeline), _tagger(job.tagger)
    encoder = msgspec.msgpack.Encoder()
    done = 0
    found = pipeline.suggest_articles(
        nlp,
        job.articles,
        tagger=tagger,
        actors=job.actors,
        own_names=job.names,
        targets=job.targets,
        tick=lambda: report(b""),
    )
    for article, suggestions in found:
        report(encoder.encode(ArticleSuggestions(article=article, suggestions=tuple(suggestions))))
        done += 1
    model, version = pipeline.model_of(nlp)
    return encoder.encode(PipelineInfo(model=model, version=version, articles=done))


def warm(payload: bytes, report: Callable[[bytes], None]) -> bytes:
    """Job `warm`: loads what a `WarmJob` names, so that suggestions come sooner; gives a `PipelineInfo`."""
    job = msgspec.msgpack.decode(payload, type=WarmJob)
    model, version = pipeline.model_of(_loaded(job.pipeline))
    _tagger(job.tagger)
    return msgspec.msgpack.encode(PipelineInfo(model=model, version=version))
