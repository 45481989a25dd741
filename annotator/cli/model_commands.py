"""What the commands about names and models do."""

from __future__ import annotations

import argparse
import csv
import sys

import msgspec

from annotator.cli.progress import run
from annotator.services import own_names, pipelines, projects, suggesting
from annotator.services.own_names import Names

_NEVER_WORD = "never"


def list_names(options: argparse.Namespace) -> int:
    """Print the own names, or all, as a table that `import` reads."""
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(("name", "label"))
    rows = own_names.rows(own_names.own())
    table.writerows((one.name, one.label) for one in rows if options.is_all or one.origin != "shipped")
    return 0


def add_name(options: argparse.Namespace) -> int:
    """Add a name."""
    label = own_names.NEVER if options.label.lower() == _NEVER_WORD else options.label
    return _kept(own_names.put(own_names.own(), options.words, label))


def remove_name(options: argparse.Namespace) -> int:
    """Take a name out."""
    return _kept(own_names.remove(own_names.own(), options.words))


def import_names(options: argparse.Namespace) -> int:
    """Take the names of a table over."""
    return _kept(own_names.imported(own_names.own(), options.file))


def _kept(names: Names) -> int:
    own_names.save(names)
    print(f"You have {len(names)} name{'' if len(names) == 1 else 's'} of your own. They count at the next suggest.")
    return 0


def pipelines_(options: argparse.Namespace) -> int:
    """Print the pipelines with their scores; 1 when one could not be measured."""
    problems: tuple[str, ...] = ()
    is_only_read = not (options.score or options.use)
    with projects.open_at(options.project, read_only=is_only_read) as project:
        if options.use:
            pipelines.choose(project, options.use)
        if options.score:
            with suggesting.new_worker() as worker:
                problems = run(pipelines.score(project, worker, pipelines.measurable(project))).problems
        work = pipelines.work(project)
        rows, basis = pipelines.rows(project, work), pipelines.basis(work)
    if options.is_json:
        print(msgspec.json.format(msgspec.json.encode({"basis": basis, "pipelines": rows})).decode("utf-8"))
    else:
        _print_pipelines(rows, basis)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _print_pipelines(rows: list[pipelines.PipelineRow], basis: str) -> None:
    print(
        f"  {'pipeline':26} {'language':10} {'version':8} {'MB':>5} {'licence':12} {'entities P / R / F1':21} quotes F1"
    )
    for one in rows:
        score = one.score
        names = pipelines.figures(score.entities) if score else ""
        quotes = f"{score.quotes.f1:.1%}" if score else ""
        size = str(one.size_mb) if one.size_mb else ""
        line = (
            f"{'*' if one.is_chosen else ' '} {one.name:26} {one.language:10} {one.version:8} {size:>5}"
            f" {one.licence:12} {names:21} {quotes}"
        )
        print(line.rstrip() + (f"  {one.problem}" if one.problem else ""))
    print(f"* reads this project. {basis}")
