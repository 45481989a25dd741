"""Writes Prodigy's task format: a task for each section, with words, spans and relations, as `db-in` takes it.

Offsets count code points; `token_end` is the last word of a span, as Prodigy has it. The hashes are made of a task's
text and of its annotations, so that the same task is the same to Prodigy in the next export.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Span

from annotator.domain.canonical import canonical_json
from annotator.domain.exchange import ArticleLine
from annotator.domain.progress import Job, Progress
from annotator.export.counts import Counts
from annotator.export.facts import Facts, left_out, notes_on
from annotator.export.manifest import About, Align
from annotator.export.many_files import Export, json_lines
from annotator.export.pieces import CONTINUES, CUE, NESTED, SOURCE, SPEAKER, mention, quote_label, stance_label
from annotator.export.words import Words

Json = dict[str, Any]


def prodigy_job(
    lines: Iterable[ArticleLine],
    out: Path,
    *,
    total: int = 0,
    sections: Iterable[str] | None = None,
    align: Align = "expand",
    about: About | None = None,
) -> Job[Counts]:
    """A job that writes one file with a task for each chosen section. Errors are those of `FileSet` and `check_line`.

    Nothing is accepted that nobody has decided about: tasks of suggestions have no answer.
    """
    tasks: list[Json] = []
    with Export("prodigy", out, about=about, is_folder=False) as export:
        kept = list(export.read(lines))
        words = Words(kept, sections, align)
        for number, line in enumerate(kept, start=1):
            tasks += (_task(doc, line) for doc in words.docs(line))
            yield Progress(number, len(kept), "Writing tasks")
        export.losses += [*words.losses, *left_out(kept, holds=("notes", "sections", "facts"))]
        export.write("", json_lines(tasks))
        return export.finish({out.name: len(tasks)})


def _task(doc: Doc, line: ArticleLine) -> Json:
    labels = {one.id: quote_label(one) for one in line.quotes}
    labels |= {one.id: stance_label(one) for one in line.stances}
    spans = [*_spans(doc, labels)]
    told = doc.user_data["annotator"]
    task: Json = {
        "text": doc.text,
        "tokens": [
            {"text": one.text, "start": one.idx, "end": one.idx + len(one), "id": one.i, "ws": bool(one.whitespace_)}
            for one in doc
        ],
        "spans": spans,
        "relations": [*_relations(spans, line)],
        "meta": {"article": line.article.id, "name": line.article.name, "section": told["section"]},
    }
    people = _people(line, {one["record"] for one in spans})
    if people:
        task["annotator"] = people
    task["_input_hash"] = _hash(doc.text)
    task["_task_hash"] = _hash([doc.text, spans, task["relations"]])
    if line.layer != "suggestions":
        task |= {"answer": "accept", "_annotator_id": line.layer, "_session_id": line.layer}
    return task


def _spans(doc: Doc, labels: dict[str, str]) -> Iterator[Json]:
    found: list[tuple[Span, str]] = [(one, one.label_) for one in doc.spans["entities"]]
    found += [(one, labels[one.id_]) for one in (*doc.spans["quotes"], *doc.spans["evidence"])]
    found += [(one, SOURCE) for one in doc.spans["sources"]]
    found += [(one, CUE) for one in doc.spans["cues"]]
    for span, label in sorted(found, key=lambda pair: (pair[0].start, pair[0].end, pair[1], pair[0].id_)):
        yield {
            "start": span.start_char,
            "end": span.end_char,
            "token_start": span.start,
            "token_end": span.end - 1,
            "label": label,
            "record": span.id_,
        }


def _relations(spans: list[Json], line: ArticleLine) -> Iterator[Json]:
    """From a quote's first fragment to its other parts, a mention of its speaker, and the quote that it stands in."""
    by_record: dict[str, list[Json]] = {}
    for one in spans:
        by_record.setdefault(one["record"], []).append(one)
    heads: dict[str, Json] = {}
    for quote in line.quotes:
        parts = by_record.get(quote.id, [])
        contents = [one for one in parts if one["label"] == quote_label(quote)]
        if not contents:
            continue
        head = heads[quote.id] = contents[0]
        yield from (_relation(head, one, CONTINUES) for one in contents[1:])
        yield from (_relation(head, one, one["label"]) for one in parts if one["label"] in (SOURCE, CUE))
        speaker = mention(line, quote.speaker, (quote.source or quote.content)[0])
        yield from (_relation(head, one, SPEAKER) for one in by_record.get(speaker.id if speaker else "", []))
    for quote in line.quotes:
        if quote.id in heads and quote.nested_in in heads:
            yield _relation(heads[quote.id], heads[quote.nested_in], NESTED)


def _relation(head: Json, child: Json, label: str) -> Json:
    ends = ("start", "end", "token_start", "token_end", "label")
    return {
        "head": head["token_end"],
        "child": child["token_end"],
        "head_span": {name: head[name] for name in ends},
        "child_span": {name: child[name] for name in ends},
        "label": label,
    }


def _people(line: ArticleLine, here: set[str]) -> Json:
    """What spans cannot say: facts of the records that are here, notes on them; Prodigy keeps what it does not know."""
    facts, notes = Facts(line), notes_on(line)
    told: dict[str, Json] = {
        "entities": {one.id: facts.entity(one) for one in line.entities if one.id in here},
        "quotes": {one.id: facts.quote(one) for one in line.quotes if one.id in here},
        "stances": {
            one.id: facts.stance(one) | {"evidence_types": [piece.type for piece in one.evidence]}
            for one in line.stances
            if one.id in here
        },
        "notes": {record: texts for record, texts in notes.items() if record in here or not record},
    }
    filled = {kind: {key: value for key, value in found.items() if value} for kind, found in told.items()}
    return {kind: found for kind, found in filled.items() if found}


def _hash(value: object) -> int:
    """A number as Prodigy's own hashes are: 32 bits with a sign."""
    found = zlib.crc32(canonical_json(value))
    return found - (1 << 32) if found >= 1 << 31 else found
