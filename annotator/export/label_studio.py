"""Writes what Label Studio imports: tasks as JSON, and the labelling interface that shows them.

The shapes are those of Label Studio's JSON format. Its offsets count code points since 2021 (its issue 1008).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import quoteattr

from annotator.domain.exchange import ArticleLine
from annotator.domain.progress import Job, Progress
from annotator.export.counts import Counts
from annotator.export.manifest import About
from annotator.export.many_files import Export, pretty
from annotator.export.palette import color_of
from annotator.export.pieces import LINKS, Link, Piece, left_out, names, pieces, stance_words

TASKS, CONFIG = "tasks.json", "labeling_config.xml"
_SUGGESTIONS = "suggestions"


def label_studio_job(
    lines: Iterable[ArticleLine], out: Path, *, total: int = 0, about: About | None = None
) -> Job[Counts]:
    """A job that writes the folder `out`: the tasks, and the interface to set up a project with.

    What models propose comes as predictions, what people did as annotations. Speakers and stances stand in words
    beside a region (`meta`). Errors are those of `FileSet` and `check_line`.
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
        export.losses += left_out(kept)
        export.write(TASKS, pretty(tasks))
        export.write(CONFIG, _config(sorted(labels)).encode("utf-8"))
        return export.finish({TASKS: len(tasks)})


def _task(line: ArticleLine, found: list[Piece], links: list[Link]) -> dict[str, object]:
    meta = line.article
    data: dict[str, object] = {"text": line.text, "article": meta.id, "name": meta.name, "title": meta.title}
    more = {"outlet": meta.outlet, "author": meta.author, "published": meta.published, "url": meta.url}
    data |= {name: value for name, value in more.items() if value is not None}
    words = _words(line)
    result: list[dict[str, object]] = [_region(line, one, words.get(one.record)) for one in found]
    result += [
        {"type": "relation", "from_id": one.start, "to_id": one.end, "direction": "right", "labels": [one.label]}
        for one in links
    ]
    if line.layer != _SUGGESTIONS:
        return {"data": data, "annotations": [{"result": result}]}
    scores = [one.score for one in found if one.score is not None]
    prediction: dict[str, object] = {"model_version": "annotator", "result": result}
    if scores:
        prediction["score"] = round(sum(scores) / len(scores), 4)
    return {"data": data, "predictions": [prediction]}


def _region(line: ArticleLine, one: Piece, words: str | None) -> dict[str, object]:
    region: dict[str, object] = {
        "id": one.key,
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": {"start": one.start, "end": one.end, "text": line.text[one.start : one.end], "labels": [one.label]},
    }
    if one.score is not None:
        region["score"] = one.score
    if words:
        region["meta"] = {"text": [words]}
    return region


def _words(line: ArticleLine) -> dict[str, str]:
    """What a region cannot say of a record, in words, by the record's id."""
    called = names(line)
    found = {one.id: f"actor: {called[one.actor]}" for one in line.entities if one.actor in called}
    found |= {one.id: f"speaker: {called[one.speaker]}" for one in line.quotes if one.speaker in called}
    return found | {one.id: stance_words(one, called) for one in line.stances}


def _config(labels: list[str]) -> str:
    rows = "".join(f"    <Label value={quoteattr(one)} background={quoteattr(color_of(one))}/>\n" for one in labels)
    relations = "".join(f"    <Relation value={quoteattr(one)}/>\n" for one in LINKS)
    return (
        f'<View>\n  <Labels name="label" toName="text">\n{rows}  </Labels>\n'
        f"  <Relations>\n{relations}  </Relations>\n"
        '  <Header value="$title"/>\n  <Text name="text" value="$text" granularity="word"/>\n</View>\n'
    )
