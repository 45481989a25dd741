"""The demo without a window: the project with its suggestions, and its exports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from annotator import settings
from annotator.cli.progress import run
from annotator.cli.saying import shown
from annotator.domain.spans import Span
from annotator.services import annotation, exporting, projects, queries, suggesting
from annotator.services.projects import Author, Project

# The colleague of the demo overlooks one suggestion in `_MISSES`, and of one mark in `_SLIPS` thinks otherwise: another
# label, or `_CUT` words less.
_COLLEAGUE = Author(id="8c0f8f57-1b5c-4a0e-9d6a-2f1f3c5b7e90", name="Ben")
_MISSES, _SLIPS, _CUT = 9, 7, 2
_OTHER_LABEL = {"GPE": "NORP", "NORP": "GPE", "DATE": "TIME", "PERSON": "NORP"}


def suggested_demo(folder: Path) -> Project:
    """The demo project with its suggestions ready, open."""
    project = projects.demo(folder)
    with suggesting.new_worker() as worker:
        run(suggesting.suggest(project, worker, pipeline=settings.load().pipeline))
    return project


def reviewed_demo(folder: Path) -> Project:
    """The demo project as two people labelled it, who do not agree in everything; open as oneself."""
    project = suggested_demo(folder)
    path, me = project.path, project.author
    for row in queries.article_rows(project):
        annotation.accept(project, [one.id for one in queries.open_suggestions(project, row.id)])
        annotation.set_status(project, row.id, state="done")
    projects.close(project, backs_up=False)
    project = projects.open_at(path, author=_COLLEAGUE)
    for row in queries.article_rows(project):
        found = queries.open_suggestions(project, row.id)
        annotation.accept(project, [one.id for number, one in enumerate(found) if number % _MISSES])
        for entity in queries.entities(project, row.id)[::_SLIPS]:
            annotation.relabel(project, entity.id, _OTHER_LABEL.get(entity.label, "ORG"))
        for quote in queries.quotes(project, row.id)[1::_SLIPS]:
            words = quote.content[0].text.rsplit(" ", _CUT)[0]
            if words != quote.content[0].text:
                annotation.resize(project, quote.id, Span(quote.content[0].start, quote.content[0].start + len(words)))
        annotation.set_status(project, row.id, state="done")
    projects.close(project, backs_up=False)
    return projects.open_at(path, author=me)


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
