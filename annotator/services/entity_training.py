"""Training a recognizer of entities from labelled work, in the worker process, and comparing it with the one in use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from annotator import paths
from annotator.domain.corpus import LabelledArticle, LabelledEntity
from annotator.domain.errors import AnnotatorError
from annotator.domain.exchange import ArticleLine
from annotator.domain.progress import Job, Progress
from annotator.export.split import Part, duplicate_groups, sketch, split_groups
from annotator.ingest.jsonl import read_lines
from annotator.ingest.own_names import load_own
from annotator.services import projects
from annotator.services.own_work import own_entities
from annotator.services.projects import Project
from annotator.services.scratch import put_in_place, scratch_beside
from annotator.services.suggesting import DEFAULT_PIPELINE, new_worker
from annotator.services.training import TIMEOUT_S, waited_for
from annotator.store import journal
from annotator.suggest.client import Worker
from annotator.suggest.installed import BLANK, installed
from annotator.suggest.learning.card import PipelineCard, learnt_from
from annotator.suggest.messages import EntityTrainJob, PartedArticle

FEWEST = 10
"""How many articles are trained on at least, counting those that are only tested on."""

_DEVELOPMENT = 0.1


class EntityOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How to train; see `EntityTrainJob`. `held_out` is the share of the articles that is only tested on."""

    base: str = DEFAULT_PIPELINE
    current: str = DEFAULT_PIPELINE
    held_out: float = 0.1
    epochs: int = 0
    minutes: float = 0.0
    steps: int = 0
    seed: int = 0
    licence: str = ""
    curve: bool = False


@dataclass
class _Read:
    """What was read: the articles by id, their sketches, where they come from, and the heads of projects."""

    articles: dict[str, LabelledArticle]
    sketches: dict[str, frozenset[int]]
    heads: dict[str, str]


def train_entities(
    worker: Worker,
    corpora: Sequence[Path | Project],
    name: str,
    options: EntityOptions | None = None,
    *,
    test: Sequence[Path] = (),
) -> Job[PipelineCard]:
    """A job that trains a pipeline on projects and `jsonl` exports, and puts it into the user's data folder.

    Of a project only the author's own confirmed work counts. `test` are corpora to test on, in place of a share of the
    others. Near-duplicates stay on one side, and nothing is tested on that one of the two pipelines has learnt from.
    Cancelled or failed, it leaves nothing behind, and a pipeline of that name stays as it was.

    Raises:
        AnnotatorError: a corpus cannot be read, there is too little in it, or the name cannot be used.
        WorkerFailed: a pipeline cannot be loaded, or the process stopped.
    """
    options = options or EntityOptions()
    folder = _place(name)
    with scratch_beside(folder) as scratch:
        corpus, made = scratch / "corpus.jsonl", scratch / "pipeline"
        made.mkdir()
        heads = yield from _written(corpora, test, corpus, options)
        job = EntityTrainJob(
            corpus=str(corpus),
            out=str(made),
            name=name,
            data=", ".join(one.name for one in corpora),
            made_on=datetime.now(UTC).date().isoformat(),
            licence=options.licence,
            heads=heads,
            base=options.base,
            current=options.current,
            epochs=options.epochs,
            minutes=options.minutes,
            steps=options.steps,
            seed=options.seed,
            curve=options.curve,
            names=load_own(),
        )
        reply = yield from waited_for(worker, "train_entities", msgspec.msgpack.encode(job))
        put_in_place(made, folder)
    return msgspec.msgpack.decode(reply, type=PipelineCard)


def train_on_own(project: Project, name: str, options: EntityOptions) -> Job[PipelineCard]:
    """A job that trains on the author's own confirmed work, in a process of its own; see `train_entities`."""
    with new_worker(timeout_s=TIMEOUT_S) as worker:
        return (yield from train_entities(worker, [project], name, options))


def _place(name: str) -> Path:
    folder = paths.pipeline_folder(name)
    if folder is None or name.startswith(BLANK) or any(one.name == name and not one.is_own for one in installed()):
        raise AnnotatorError(
            f"“{name}” cannot be the name of a trained pipeline.",
            hint="Give a plain name that no installed pipeline has, without / or :.",
        )
    if folder.exists() and not (folder / "card.toml").is_file():
        raise AnnotatorError(f"{name} is there already and is no trained pipeline.", hint="Choose another name.")
    return folder


def _written(
    corpora: Sequence[Path | Project], test: Sequence[Path], file: Path, options: EntityOptions
) -> Job[dict[str, str]]:
    learning = yield from _read(corpora)
    testing = yield from _read(test)
    parts = yield from _parted(learning, testing, options)
    with file.open("wb") as stream:
        for article_id, part in sorted(parts.items()):
            article = testing.articles.get(article_id) or learning.articles[article_id]
            stream.write(msgspec.json.encode(PartedArticle(part=part, article=article)) + b"\n")
    return learning.heads


def _read(corpora: Sequence[Path | Project]) -> Job[_Read]:
    found = _Read({}, {}, {})
    for source in corpora:
        for article in _articles(source, found.heads):
            # An article that two corpora have counts once, as the first one has it.
            if article.id not in found.articles:
                found.articles[article.id] = article
                found.sketches[article.id] = sketch(article.text)
            yield Progress(0, 0, f"Reading {source.name}")
    return found


def _articles(source: Path | Project, heads: dict[str, str]) -> Iterator[LabelledArticle]:
    if isinstance(source, Project):
        heads |= {
            f"{source.name} {author}": f"{seq} {hash_}" for author, (seq, hash_) in journal.heads(source.conn).items()
        }
        yield from own_entities(source)
    elif source.suffix == ".annot":
        with projects.open_at(source, read_only=True) as project:
            yield from _articles(project, heads)
    else:
        yield from _labelled(list(read_lines(source)))


def _labelled(lines: Sequence[ArticleLine]) -> Iterator[LabelledArticle]:
    done = [line for line in lines if line.status is not None and line.status.state == "done"]
    for line in done or [line for line in lines if line.entities]:
        entities = tuple(LabelledEntity(one.start, one.end, one.label) for one in line.entities)
        yield LabelledArticle(id=line.article.id, text=line.text, sections=line.sections, entities=entities)


def _parted(learning: _Read, testing: _Read, options: EntityOptions) -> Job[dict[str, Part]]:
    """What each article is for; a group of near-duplicates is for one thing."""
    yield Progress(0, 0, "Comparing articles")
    learnt = _learnt(options)
    known = testing.articles.keys() & learnt
    groups = duplicate_groups(learning.sketches | testing.sketches)
    # What lies beside a test article would give its answers away.
    outside = [group for group in groups if not any(one in testing.articles for one in group)]
    fresh = [group for group in outside if learnt.isdisjoint(group)]
    seen = [group for group in outside if not learnt.isdisjoint(group)]
    held_out = 0.0 if testing.articles else options.held_out
    count = sum(map(len, outside))
    if count < FEWEST or known or len(fresh) < (2 if testing.articles else 3):
        raise _too_little(count, known=bool(known) or bool(seen))
    parts = split_groups(fresh, split=(1 - _DEVELOPMENT - held_out, _DEVELOPMENT, held_out), seed=options.seed)
    parts |= {one: "train" for group in seen for one in group}
    return parts | dict.fromkeys(testing.articles, "test")


def _learnt(options: EntityOptions) -> frozenset[str]:
    folders = [paths.pipeline_folder(one) for one in {options.base, options.current}]
    return frozenset(one for folder in folders if folder is not None for one in learnt_from(folder))


def _too_little(count: int, *, known: bool) -> AnnotatorError:
    if known:
        return AnnotatorError(
            "Too few of these articles are new: the others taught the pipeline that this one begins with, or is"
            " compared with.",
            hint="Begin with an installed pipeline, or confirm more articles.",
        )
    return AnnotatorError(
        f"There is too little to learn from: {count} labelled articles that are not near-duplicates.",
        hint=f"Train on at least {FEWEST} articles in which all entities are marked; a hundred do well.",
    )
