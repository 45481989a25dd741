"""What is written in the exchange format is read back as it was."""

from __future__ import annotations

import os

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.errors import AnnotatorError
from annotator.domain.exchange import EvidenceLine, QuoteLine, StanceLine
from annotator.domain.records import Origin
from annotator.domain.spans import Span
from annotator.domain.text import canonicalise
from annotator.export.jsonl import jsonl_job, write_jsonl
from annotator.ingest.jsonl import read_lines
from tests.article_lines import entity, full_line, line_of, seed_lines

TORTURE = int(os.environ.get("ANNOTATOR_TORTURE", "1"))
TEXTS = 2_000 * TORTURE
A_LINE = 20


def _sorted(lines):
    return sorted(lines, key=lambda line: line.article.id)


def test_what_is_written_is_read_back_and_written_again_byte_for_byte(tmp_path):
    lines = _sorted([full_line(), line_of("Short."), *seed_lines()])
    counts = write_jsonl(lines, tmp_path / "a.jsonl")
    read = list(read_lines(tmp_path / "a.jsonl"))
    write_jsonl(read, tmp_path / "b.jsonl")
    assert read == lines and counts.articles == 4
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


def test_a_line_is_one_line_with_its_fields_in_order(tmp_path):
    write_jsonl([full_line()], tmp_path / "x.jsonl")
    raw = (tmp_path / "x.jsonl").read_bytes()
    assert raw.startswith(b'{"format":"annotator-article/1","offset_unit":"codepoint","article":{"id":"sha256:')
    assert raw.endswith(b"}\n") and raw.count(b"\n") == 1


def test_lines_that_are_not_sorted_are_a_mistake_of_the_caller(tmp_path):
    lines = _sorted([full_line(), line_of("Short.")])
    with pytest.raises(ValueError, match="does not come after"):
        write_jsonl(reversed(lines), tmp_path / "x.jsonl")
    with pytest.raises(ValueError, match="does not come after"):
        write_jsonl([lines[0], lines[0]], tmp_path / "x.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_a_line_that_breaks_the_rules_is_not_written(tmp_path):
    text = "NATO met."
    wrong = line_of(text, entities=(msgspec.structs.replace(entity(text, "NATO"), text="Nato"),))
    with pytest.raises(AnnotatorError, match=r"x\.txt was not exported: the entity .* says “Nato”, its range “NATO”"):
        write_jsonl([wrong], tmp_path / "x.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_a_cancelled_export_leaves_everything_as_it_was(tmp_path):
    (tmp_path / "x.jsonl").write_bytes(b"old")
    job = jsonl_job(_sorted([full_line(), line_of("Short.")]), tmp_path / "x.jsonl", total=2)
    assert (next(job).done, next(job).done) == (1, 2)
    job.close()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


# Astral, combining, right-to-left, joiners, flags, bidi controls, no-break spaces and byte order marks.
_PIECES = [
    "😅",
    "👩‍👩‍👧",
    "🇺🇦",
    "e\u0301",
    "नि",
    "שלום",
    "مرحبا",
    "\u202e",
    "\u200d",
    "\ufeff",
    "\u00a0",
    "\n",
    "𝒜",
    "“",
    '"',
    "\\",
    "\x07",
]
_TEXTS = st.lists(st.sampled_from(_PIECES) | st.text(max_size=8), min_size=1, max_size=12).map("".join)


@st.composite
def _lines(draw):
    text = draw(_TEXTS.map(_canonical).filter(bool))
    start = st.integers(0, len(text) - 1)
    spans = st.tuples(start, start).map(lambda ends: Span(min(ends), max(ends) + 1))
    marks = draw(st.lists(spans, max_size=4, unique=True))
    several = st.lists(spans, min_size=1, max_size=3).map(tuple)
    cue = draw(st.none() | spans)
    return line_of(
        text,
        entities=tuple(entity(text, text[mark.start : mark.end], start=mark.start) for mark in marks),
        quotes=(QuoteLine(id="q", form="mixed", source_kind="named", content=draw(several), cue=cue, origin=Origin()),),
        stances=(StanceLine(id="s", evidence=(EvidenceLine(spans=draw(several), type="inference"),), origin=Origin()),),
    )


def _canonical(text):
    try:
        return canonicalise(text)
    except AnnotatorError:
        return ""


@settings(max_examples=TEXTS // A_LINE, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(batch=st.lists(_lines(), min_size=A_LINE, max_size=A_LINE))
def test_any_text_with_spans_is_read_back_as_it_was(tmp_path_factory, batch):
    path = tmp_path_factory.getbasetemp() / "unicode.jsonl"
    lines = []
    # Ids are unique across a file.
    for number, line in enumerate(_sorted({line.article.id: line for line in batch}.values())):
        renamed = {
            name: tuple(msgspec.structs.replace(record, id=f"{number} {record.id}") for record in getattr(line, name))
            for name in ("entities", "quotes", "stances")
        }
        lines.append(msgspec.structs.replace(line, **renamed))
    write_jsonl(lines, path)
    assert list(read_lines(path)) == lines
