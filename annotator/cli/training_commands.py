"""What the commands that train models do, and how they print what came of it."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from annotator import paths, settings
from annotator.cli.progress import run
from annotator.cli.saying import shown
from annotator.services import entity_training, pipelines, projects, suggesting, training, training_words


def train_quotes(options: argparse.Namespace) -> int:
    """Train a tagger of quotes."""
    choice = training.TrainOptions(
        method=options.method,
        base=options.base,
        pipeline=settings.load().pipeline,
        held_out=options.held_out,
        epochs=options.epochs,
        minutes=float(options.minutes),
        seed=options.seed,
        licence=options.licence,
    )
    with suggesting.new_worker(timeout_s=training.TIMEOUT_S) as worker:
        done = run(training.train_quotes(worker, options.corpora, options.out, choice))
    print(msgspec.structs.replace(done, out=shown(Path(done.out))).summary)
    return 0


def train_entities(options: argparse.Namespace) -> int:
    """Train a pipeline that finds entities, and say how it compares with the one in use."""
    base = options.pipeline or settings.load().pipeline
    choice = entity_training.EntityOptions(
        base=base,
        current=options.against or base,
        held_out=options.held_out,
        epochs=options.epochs,
        minutes=float(options.minutes),
        steps=options.steps,
        seed=options.seed,
        licence=options.licence,
        curve=options.curve,
    )
    if options.use:
        # Whether it can be opened should not turn out after an hour.
        with projects.open_at(options.use):
            pass
    with suggesting.new_worker(timeout_s=training.TIMEOUT_S) as worker:
        job = entity_training.train_entities(worker, options.corpora, options.out, choice, test=options.test)
        card = run(job)
    if options.use:
        with projects.open_at(options.use) as project:
            pipelines.choose(project, card.name)
    if options.is_json:
        print(msgspec.json.format(msgspec.json.encode(card)).decode("utf-8"))
        return 0
    for line in training_words.card_lines(card):
        print(line)
    print(f"It lies in {shown(paths.pipelines_dir() / card.name)}.")
    return 0
