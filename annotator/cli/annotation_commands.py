"""What `import --as suggestions` and `--as annotations` do."""

from __future__ import annotations

import argparse
import sys

from annotator.cli.progress import run
from annotator.cli.saying import one_line
from annotator.domain.errors import AnnotatorError
from annotator.services import exporting, foreign_formats, foreign_reading, foreign_taking
from annotator.store.project import Project

_SHOWN = 20


def import_annotations(project: Project, options: argparse.Namespace) -> int:
    """Take annotations over; 1 when a text of theirs was refused, though the others were taken."""
    _refuse_reading_options(options)
    found = foreign_formats.sources(options.paths, options.format)
    own = [path for path, name in found if name == foreign_formats.OWN]
    if own and options.kind == "annotations" and not options.preview:
        if len(own) < len(found):
            raise AnnotatorError(
                "Annotator's own exports and those of other programs do not come in together.",
                hint="Import them one after the other.",
            )
        print(run(exporting.take_annotations(project, own)).summary)
        return 0
    incoming = run(
        foreign_reading.read_foreign(project, options.paths, format_=options.format, offsets=options.offsets)
    )
    mapping = dict(options.labels)
    if incoming.problems and not incoming.texts and not options.preview:
        _say_some(incoming.problems)
        raise AnnotatorError("Nothing was imported: every text was refused.", hint="Mend the places named above.")
    if options.preview:
        _print_preview(incoming, mapping)
    else:
        take = foreign_taking.take_suggestions if options.kind == "suggestions" else foreign_taking.take_records
        name = options.name or ", ".join(incoming.formats)
        result = run(take(project, incoming, mapping=mapping, name=name, who=options.annotator))
        _say_counting(incoming)
        print(result.summary)
        _say_some([f"left out: {reason} ({count})" for reason, count in sorted(result.left_out.items())])
    _say_some(incoming.problems)
    return 1 if incoming.problems else 0


def _refuse_reading_options(options: argparse.Namespace) -> None:
    if options.encoding:
        raise AnnotatorError("Annotations are always UTF-8.", hint="Leave --encoding out.")
    if options.columns or options.name_pattern:
        raise AnnotatorError("Annotations say what they hold.", hint="Leave --column and --name-pattern out.")


def _say_counting(incoming: foreign_reading.Incoming) -> None:
    for one in incoming.files:
        if one.counting.unit != "codepoint" or one.counting.is_lf:
            print(f"{one_line(one.name)} counts in {one.counting.title}.", file=sys.stderr)


def _print_preview(incoming: foreign_reading.Incoming, mapping: dict[str, str]) -> None:
    known, new = incoming.article_counts()
    for file in incoming.files[:_SHOWN]:
        print(f"{one_line(file.name)}: {file.title}, {file.marks} marks, offsets in {file.counting.title}")
    print(f"Articles: {known} in the project already, {new} new.")
    for kind, count in sorted(incoming.kinds(mapping).items()):
        print(one_line(f"{kind}: {count}"))
    for use in incoming.labels(mapping):
        likely = f" (likely {use.likely})" if use.likely and not use.meaning else ""
        print(one_line(f"label {use.name}: {use.count} → {use.meaning or 'unknown'}{likely}"))
    if incoming.people:
        print(one_line(f"annotators: {', '.join(incoming.people)}"))


def _say_some(lines: list[str]) -> None:
    for line in lines[:_SHOWN]:
        print(one_line(line), file=sys.stderr)
    if len(lines) > _SHOWN:
        print(f"… and {len(lines) - _SHOWN:,} more like that", file=sys.stderr)
