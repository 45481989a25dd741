"""The demo without a window: the project with its suggestions, and its exports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from annotator import settings
from annotator.cli.progress import run
from annotator.cli.saying import shown
from annotator.services import annotation, exporting, projects, queries, suggesting
from annotator.services.projects import Project


def suggested_demo(folder: Path) -> Project:
    """The demo project with its suggestions ready, open."""
    project = projects.demo(folder)
    with suggesting.new_worker() as worker:
        run(suggesting.suggest(project, worker, pipeline=settings.load().pipeline))
    return project


def export_demo(project: Project, out: Path) -> Iterator[str]:
    """Export what the models propose, and the demo's own layer after accepting the first paragraphs' suggestions.

    Gives a line to print for each export.
    """
    copy = out / project.path.name
    projects.copy_to(project, copy)
    yield f"Saved {shown(copy)}."
    for row in queries.article_rows(project):
        found = queries.open_suggestions(project, row.id)
        annotation.accept(project, [one.id for one in found[: len(found) // 2]])
    with suggesting.new_worker() as worker:
        for name, layer, stem in (
            ("jsonl", "suggestions", "suggestions.jsonl"),
            ("jsonl", "mine", "accepted.jsonl"),
            ("spacy", "mine", "spacy"),
            ("xlsx", "mine", "tables.xlsx"),
            ("html", "mine", "pages"),
        ):
            options = exporting.ExportOptions(layer=layer)
            done = run(exporting.export(project, name, out / stem, options, worker=worker))
            yield msgspec.structs.replace(done, out=shown(out / stem)).summary
