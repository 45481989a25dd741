"""Writes what doccano imports: for projects of sequence labelling with and without relations, and their labels.

The shapes are those of doccano’s importers (`JSONL` and `JSONL(Relation)`, `data_import/pipeline/labels.py`) and
of its label import; offsets count code points, as its server does.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from annotator.domain.exchange import ArticleLine
from annotator.domain.progress import Job, Progress
from annotator.export.counts import Counts
from annotator.export.manifest import About
from annotator.export.many_files import Export, json_lines, pretty
from annotator.export.palette import color_of
from annotator.export.pieces import left_out, pieces

LABELED, RELATIONS = "sequence.jsonl", "relations.jsonl"
_LACKS = "speakers, holders and targets are left out: the format has no place for them"


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
            meta = {"name": line.article.name, "title": line.article.title, "article": line.article.id}
            plain.append({"text": line.text, "label": [[one.start, one.end, one.label] for one in found], **meta})
            numbers = {one.key: number for number, one in enumerate(found)}
            related.append(
                {
                    "text": line.text,
                    "entities": [
                        {"id": number, "label": one.label, "start_offset": one.start, "end_offset": one.end}
                        for number, one in enumerate(found)
                    ],
                    "relations": [
                        {"id": number, "from_id": numbers[one.start], "to_id": numbers[one.end], "type": one.label}
                        for number, one in enumerate(links)
                    ],
                    **meta,
                }
            )
            yield Progress(export.articles, total, "Writing articles")
        export.losses += left_out(kept, words=_LACKS)
        export.write(LABELED, json_lines(plain))
        export.write(RELATIONS, json_lines(related))
        export.write("labels.json", pretty([_label(one) for one in sorted(labels)]))
        export.write("relation_types.json", pretty([_label(one) for one in sorted(types)]))
        return export.finish({LABELED: len(plain), RELATIONS: len(related)})


def _label(name: str) -> dict[str, object]:
    return {
        "text": name,
        "prefix_key": None,
        "suffix_key": None,
        "background_color": color_of(name),
        "text_color": "#ffffff",
    }
