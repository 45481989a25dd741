"""Writes what Label Studio imports: tasks as JSON, and the labelling interface that shows them.

The shapes are those of Label Studio's JSON format. Its offsets count code points since 2021 (its issue 1008; its pull
request 6135 of 2024 mended how regions after an emoji are drawn).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from annotator.domain.exchange import ArticleLine
from annotator.domain.progress import Job, Progress
from annotator.export.counts import Counts
from annotator.export.facts import CHOICES, left_out, notes_on
from annotator.export.label_studio_config import labelling_config
from annotator.export.manifest import About
from annotator.export.many_files import Export, pretty
from annotator.export.pieces import Link, Piece, pieces

TASKS, CONFIG = "tasks.json", "labeling_config.xml"
_SUGGESTIONS, _GOLD = "suggestions", "gold"


def label_studio_job(
    lines: Iterable[ArticleLine], out: Path, *, total: int = 0, about: About | None = None
) -> Job[Counts]:
    """A job that writes the folder `out`: the tasks, and the interface to set up a project with.

    What models propose comes as predictions, what people did as annotations, gold as the ground truth. What is said of
    a record besides its words stands in fields of its first region, notes in that region's `meta`. Errors are those of
    `FileSet` and `check_line`.
    """
    tasks: list[dict[str, object]] = []
    labels: set[str] = set()
    kept: list[ArticleLine] = []
    with Export("label-studio", out, about=about, is_folder=True) as export:
        for line in export.read(lines):
            kept.append(line)
            found, links = pieces(line)
            labels |= {one.label for one in found}
            tasks.append(_task(line, found, links))
            yield Progress(export.articles, total, "Writing articles")
        export.losses += left_out(kept, holds=("notes", "sections", "facts"))
        export.write(TASKS, pretty(tasks))
        export.write(CONFIG, labelling_config(labels))
        return export.finish({TASKS: len(tasks)})


def _task(line: ArticleLine, found: list[Piece], links: list[Link]) -> dict[str, object]:
    meta = line.article
    data: dict[str, object] = {"text": line.text, "article": meta.id, "name": meta.name, "title": meta.title}
    more = {"outlet": meta.outlet, "author": meta.author, "published": meta.published, "url": meta.url}
    data |= {name: value for name, value in more.items() if value is not None}
    data |= {"layer": line.layer, "sections": msgspec.to_builtins(line.sections)}
    notes = notes_on(line)
    if "" in notes:
        data["notes"] = notes.pop("")
    result: list[dict[str, object]] = []
    for one in found:
        result.append(_region(line, one, notes.pop(one.record, [])))
        result += _answers(line, one)
    result += [
        {"type": "relation", "from_id": one.start, "to_id": one.end, "direction": "right", "labels": [one.label]}
        for one in links
    ]
    if line.layer != _SUGGESTIONS:
        return {"data": data, "annotations": [{"result": result, "ground_truth": line.layer == _GOLD}]}
    scores = [one.score for one in found if one.score is not None]
    prediction: dict[str, object] = {"model_version": "annotator", "result": result}
    if scores:
        prediction["score"] = round(sum(scores) / len(scores), 4)
    return {"data": data, "predictions": [prediction]}


def _region(line: ArticleLine, one: Piece, notes: list[str]) -> dict[str, object]:
    region: dict[str, object] = {
        "id": one.key,
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": _place(line, one) | {"labels": [one.label]},
    }
    if one.score is not None:
        region["score"] = one.score
    if notes:
        region["meta"] = {"text": notes}
    return region


def _answers(line: ArticleLine, one: Piece) -> Iterator[dict[str, object]]:
    for name, value in one.told.items():
        kind = "choices" if name in CHOICES else "textarea"
        # A text area keeps what was typed where a region keeps its words.
        answer: dict[str, object] = {"choices": [value]} if name in CHOICES else {"text": [value]}
        place = _place(line, one)
        yield {"id": one.key, "from_name": name, "to_name": "text", "type": kind, "value": place | answer}


def _place(line: ArticleLine, one: Piece) -> dict[str, object]:
    return {"start": one.start, "end": one.end, "text": line.text[one.start : one.end]}
