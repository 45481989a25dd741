"""What each command does: it calls the services and prints one line, or figures."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import msgspec

from annotator import settings
from annotator.cli import exchange_commands
from annotator.cli.annotation_commands import import_annotations
from annotator.cli.progress import run
from annotator.cli.saying import shown
from annotator.domain.choice import Choice
from annotator.domain.errors import AnnotatorError
from annotator.domain.importing import ReadOptions
from annotator.services import (
    checking,
    exporting,
    importing,
    pipelines,
    projects,
    record_history,
    suggesting,
)

# So many remarks of one kind are printed.
_SHOWN = 100


def formats() -> list[str]:
    """The names of the export formats."""
    return list(exporting.formats())


def new(options: argparse.Namespace) -> int:
    """Make a project."""
    if options.bundles:
        return exchange_commands.new_from(options.project, options.bundles, options.accept)
    with projects.new(options.project, codebook=options.codebook) as project:
        print(f"Made {shown(project.path)} with {len(project.codebook().codebook.labels)} labels.")
    return 0


def import_(options: argparse.Namespace) -> int:
    """Add articles or annotations; 1 when a file was refused, though the others were added."""
    with projects.open_at(options.project) as project:
        if options.kind != "articles":
            return import_annotations(project, options)
        choice = ReadOptions(
            encoding=options.encoding or "", columns=dict(options.columns), name_pattern=options.name_pattern
        )
        with suggesting.new_worker() as worker:
            result = run(importing.add_articles(project, options.paths, options=choice, worker=worker))
    print(result.summary)
    _print_some([f"{name}: there already" for name in result.duplicates])
    _print_some(result.remarks)
    for problem in result.problems:
        print(problem, file=sys.stderr)
    return 1 if result.problems else 0


def _print_some(lines: Sequence[str]) -> None:
    for line in lines[:_SHOWN]:
        print(line, file=sys.stderr)
    if len(lines) > _SHOWN:
        print(f"… and {len(lines) - _SHOWN:,} more like that", file=sys.stderr)


def suggest(options: argparse.Namespace) -> int:
    """Let the models propose."""
    tagger = options.tagger or settings.load().tagger
    with projects.open_at(options.project) as project, suggesting.new_pool(options.jobs) as worker:
        pipeline = options.pipeline or pipelines.chosen(project)
        result = run(suggesting.suggest(project, worker, pipeline=pipeline, tagger=tagger, again=options.again))
    print(f"{result.suggestions} suggestions in {result.articles} articles.")
    problem = suggesting.as_error(result)
    if problem:
        raise problem
    return 0


def export(options: argparse.Namespace) -> int:
    """Write an export and its manifest."""
    choice = exporting.ExportOptions(
        layer=options.layer,
        sureness=options.sureness,
        sections=options.sections,
        split=options.split,
        seed=options.seed,
        align=options.align,
        only=Choice(
            states=options.states,
            is_flagged=options.is_flagged,
            is_annotated=options.is_annotated,
            outlets=options.outlets,
            since=options.since,
            until=options.until,
            labels=options.labels,
            forms=options.forms,
            positions=options.positions,
        ),
    )
    with projects.open_at(options.project) as project, suggesting.new_worker() as worker:
        done = run(exporting.export(project, options.format, options.out, choice, worker=worker))
    print(msgspec.structs.replace(done, out=shown(options.out)).summary)
    return 0


def check(options: argparse.Namespace) -> int:
    """Look at every rule; 1 when one is broken."""
    with projects.open_at(options.project, read_only=True) as project:
        result = run(checking.check_project(project))
    if options.is_json:
        print(msgspec.json.format(msgspec.json.encode(result)).decode("utf-8"))
    else:
        _print_rules(result)
    if not result.is_sound:
        raise AnnotatorError(
            f"{options.project.name} has faults.", hint="Work on in the latest backup, and keep this file as it is."
        )
    return 0


def _print_rules(result: checking.CheckResult) -> None:
    for rule in result.rules:
        is_broken = any(not one.is_warning for one in rule.findings)
        print(f"{rule.rule}  {'FAULT' if is_broken else 'ok   '}  {rule.title}")
        for finding in rule.findings:
            print(f"     {'warning: ' if finding.is_warning else ''}{finding.text}")


def history(options: argparse.Namespace) -> int:
    """Print who did what to a record."""
    with projects.open_at(options.project, read_only=True) as project:
        rows = record_history.whole(project, record_history.record_id_of(project, options.record))
    if options.is_json:
        print(msgspec.json.format(msgspec.json.encode(rows)).decode("utf-8"))
        return 0
    for row in rows:
        more = [one for one in (row.origin, f"codebook {row.codebook}", "undone later" * row.is_undone) if one]
        print(f"{row.time}  {row.who} {row.what} ({', '.join(more)})")
        for change in row.changes:
            print(f"    {change}")
    return 0
