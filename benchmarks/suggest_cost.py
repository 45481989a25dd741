"""`python -m benchmarks.suggest_cost CORPUS ... [--tagger NAME] [--articles N]`: what suggestions cost.

The worker process suggests, without a project, and beside it another one runs the bare pipeline with stock settings on
the same articles, in turns. Then the stages are timed one by one. A corpus is what `annotator train quotes` takes.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import msgspec

from annotator import paths
from annotator.domain.corpus import LabelledArticle
from annotator.services.suggesting import DEFAULT_PIPELINE, Worker
from annotator.services.training import read_corpus
from annotator.suggest.messages import JOBS, ArticleText, SuggestJob
from benchmarks import in_worker
from benchmarks.in_worker import BareJob, Stages

_ROUNDS = 3
_PATIENCE_S = 3_600.0


def costs(articles: Sequence[ArticleText], tagger: str = "") -> dict[str, float]:
    """The median CPU-seconds of each way to read them: `bare`, `rules` and, with a tagger, `rules and tagger`."""
    jobs = {**JOBS, **in_worker.JOBS}
    alone = BareJob(DEFAULT_PIPELINE, tuple(one.text for one in articles))
    payloads = {"bare": ("bare", msgspec.msgpack.encode(alone))}
    for way, folder in (("rules", ""), ("rules and tagger", tagger)):
        if folder or way == "rules":
            job = SuggestJob(pipeline=DEFAULT_PIPELINE, articles=tuple(articles), tagger=folder)
            payloads[way] = ("suggest", msgspec.msgpack.encode(job))
    spent: dict[str, list[float]] = {way: [] for way in payloads}
    with ExitStack() as stack:
        workers = {way: stack.enter_context(Worker(jobs, timeout_s=_PATIENCE_S)) for way in payloads}
        for _ in range(_ROUNDS + 1):
            for way, (name, payload) in payloads.items():
                before = in_worker.usage_of(workers[way]).cpu_s
                in_worker.result_of(workers[way], name, payload)
                spent[way].append(in_worker.usage_of(workers[way]).cpu_s - before)
    # The first round loads what is needed.
    return {way: statistics.median(found[1:]) for way, found in spent.items()}


def stages(articles: Sequence[LabelledArticle]) -> Stages:
    """The CPU-seconds of each stage of the rules, and the memory of the process after it."""
    with Worker(in_worker.JOBS, timeout_s=_PATIENCE_S) as worker:
        found = in_worker.result_of(worker, "stages", msgspec.msgpack.encode(tuple(articles)))
    return msgspec.msgpack.decode(found, type=Stages)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.suggest_cost", description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS")
    parser.add_argument("--tagger", metavar="NAME", help="a trained tagger: its name, or the path of its folder")
    parser.add_argument("--articles", type=int, default=40, metavar="N", help="so many of the corpus (40)")
    chosen = parser.parse_args(arguments)
    everything = sorted((one for corpus in chosen.corpora for one in read_corpus(corpus)), key=lambda one: one.id)
    labelled = everything[: chosen.articles]
    articles = [ArticleText(id=one.id, text=one.text, sections=one.sections) for one in labelled]
    found = costs(articles, str(paths.tagger_folder(chosen.tagger)) if chosen.tagger else "")
    print(f"{len(articles)} articles of {sum(len(one.text) for one in articles) // len(articles):,} characters")
    for way, seconds in found.items():
        print(
            f"  {way:17} {1000 * seconds / len(articles):6.0f} CPU-ms an article, ratio {found['bare'] / seconds:.2f}"
        )
    parts = stages(labelled)
    whole = sum(parts.seconds.values())
    print("  of the rules: " + ", ".join(f"{name} {one / whole:.0%}" for name, one in parts.seconds.items()))
    print(f"  memory: {', '.join(f'{mb:.0f} MB after {count:,}' for count, mb in parts.memory)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
