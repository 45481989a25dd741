"""Writes what doccano imports: for projects of sequence labelling with and without relations, and their labels.

The shapes are those of doccano’s importers (`JSONL` and `JSONL(Relation)`, `data_import/pipeline/labels.py`) and
of its label import. Offsets count UTF-16 code units: its server keeps what it is given, and its editor (`v-annotator`)
marks a browser's string by them, so that after an emoji code points would mark the wrong letters.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from annotator.domain.exchange import ArticleLine
from annotator.domain.progress import Job, Progress
from annotator.export.counts import Counts
from annotator.export.facts import left_out, notes_on
from annotator.export.manifest import About
from annotator.export.many_files import Export, pretty
from annotator.export.palette import color_of
from annotator.export.pieces import Piece, pieces
from annotator.export.utf16 import Utf16

LABELED, RELATIONS = "sequence.jsonl", "relations.jsonl"
_ALIKE = "suggestions look like a person's work there: the format does not tell them apart"


def doccano_job(lines: Iterable[ArticleLine], out: Path, *, total: int = 0, about: About | None = None) -> Job[Counts]:
    """A job that writes the folder `out`: both kinds of project, and what to import as labels and relation types.

    Errors are those of `FileSet` and `check_line`.
    """
    plain: list[dict[str, object]] = []
    related: list[dict[str, object]] = []
    labels: set[str] = set()
    types: set[str] = set()
    kept: list[ArticleLine] = []
    with Export("doccano", out, about=about, is_folder=True) as export:
        for line in export.read(lines):
            kept.append(line)
            found, links = pieces(line)
            labels |= {one.label for one in found}
            types |= {one.label for one in links}
            at = Utf16(line.text).at
            numbers = {one.key: number for number, one in enumerate(found)}
            meta = _meta(line, found, numbers)
            marks = [(at(one.start), at(one.end), one.label) for one in found]
            plain.append({"text": line.text, "label": [list(one) for one in marks], **meta})
            related.append(
                {
                    "text": line.text,
                    "entities": [
                        {"id": number, "label": label, "start_offset": start, "end_offset": end}
                        for number, (start, end, label) in enumerate(marks)
                    ],
                    "relations": [
                        {"id": number, "from_id": numbers[one.start], "to_id": numbers[one.end], "type": one.label}
                        for number, one in enumerate(links)
                    ],
                    **meta,
                }
            )
            yield Progress(export.articles, total, "Writing articles")
        words = _ALIKE if any(line.layer == "suggestions" for line in kept) else ""
        export.losses += left_out(kept, holds=("notes", "sections", "facts"), words=words)
        export.write(LABELED, _ascii_lines(plain))
        export.write(RELATIONS, _ascii_lines(related))
        export.write("labels.json", pretty([_label(one) for one in sorted(labels)]))
        export.write("relation_types.json", pretty([_label(one) for one in sorted(types)]))
        return export.finish({LABELED: len(plain), RELATIONS: len(related)})


def _meta(line: ArticleLine, found: list[Piece], numbers: dict[str, int]) -> dict[str, object]:
    """What doccano keeps beside the text: the article, and what is said of the spans besides their labels.

    Every article has every field: where some lack one, doccano puts NaN there, and its database refuses them all.
    """
    at = Utf16(line.text).at
    about = line.article
    return {
        "name": about.name,
        "title": about.title,
        "article": about.id,
        "outlet": about.outlet or "",
        "author": about.author or "",
        "published": about.published or "",
        "url": about.url or "",
        "layer": line.layer,
        "sections": [[at(one.start), at(one.end), one.kind] for one in line.sections],
        "records": [{"span": numbers[one.key], "id": one.record, **one.told} for one in found if one.told],
        "notes": notes_on(line),
    }


def _ascii_lines(objects: Iterable[dict[str, object]]) -> bytes:
    """Objects as JSON in ASCII, one a line: of a file with relations doccano guesses the encoding, often wrong."""
    return b"".join(json.dumps(one, separators=(",", ":")).encode("ascii") + b"\n" for one in objects)


def _label(name: str) -> dict[str, object]:
    return {
        "text": name,
        "prefix_key": None,
        "suffix_key": None,
        "background_color": color_of(name),
        "text_color": "#ffffff",
    }
