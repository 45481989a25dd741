"""Files of the exchange format are read exactly, or refused with line and reason."""

from __future__ import annotations

import json
import os
import random

import msgspec
import pytest

from annotator.domain.errors import BadExchange
from annotator.export.jsonl import write_jsonl
from annotator.ingest import jsonl
from annotator.ingest.jsonl import read_line, read_lines
from tests.article_lines import full_line, line_of, seed_lines
from tests.torture.mutations import mutated

TORTURE = int(os.environ.get("ANNOTATOR_TORTURE", "1"))
LINE = full_line()
RAW = msgspec.json.encode(LINE)


def _plain():
    return json.loads(RAW)


def _with(**fields):
    return json.dumps(_plain() | fields).encode()


def _without(key):
    return json.dumps({name: value for name, value in _plain().items() if name != key}).encode()


DEEP = b'{"format":' + b"[" * 200_000 + b"]" * 200_000 + b"}"
DEEP_DRAFT = RAW.replace(b'"suggested":{"kind"', b'"suggested":{"x":' + b"[" * 100_000 + b"]" * 100_000 + b',"kind"', 1)

REFUSED = {
    "it is empty.": b"",
    "it is empty. ": b"  \r\n",
    "it starts with a byte order mark.": b"\xef\xbb\xbf" + RAW,
    "it is not UTF-8": RAW.replace("“Kyiv".encode(), b"\xe2\x80Kyiv", 1),
    "truncated": RAW[:-40],
    "trailing characters": RAW + b" {}",
    "Expected `object`, got `array`": b"[" + RAW + b"]",
    "invalid character": RAW.replace(b'"score":0.8125', b'"score":NaN', 1),
    "Number out of range": RAW.replace(b'"score":0.8125', b'"score":1e999', 1),
    "unknown field `more`": _with(more=1),
    "missing required field `text`": _without("text"),
    "it does not name its format": _without("format"),
    "it does not name its offset_unit": _without("offset_unit"),
    "Invalid enum value 'annotator-article/2'": _with(format="annotator-article/2"),
    "Invalid enum value 'utf16'": _with(offset_unit="utf16"),
    "the key “layer” is there twice": RAW.replace(b'"layer":"ana"', b'"layer":"ben","layer":"ana"', 1),
    "the key “start” is there twice": RAW.replace(b'"start":0,', b'"start":1,"start":0,', 1),
    "Expected `array` of at most length 2": RAW.replace(b'"cue":[25,29]', b'"cue":[25,29,5]', 1),
    "Expected `int`, got `float`": RAW.replace(b'"cue":[25,29]', b'"cue":[25.5,29]', 1),
    "does not lie in the text": RAW.replace(b'"cue":[25,29]', b'"cue":[25,' + b"9" * 40 + b"]", 1),
    "the confidence 1000000000000000000000000, which is not": RAW.replace(
        b'"confidence":2', b'"confidence":1000000000000000000000000', 1
    ),
    "Expected `str`, got `array`": DEEP,
    "nested": DEEP_DRAFT,
    "says “Kiev”, its range “Kyiv”": RAW.replace(b'"text":"Kyiv"', b'"text":"Kiev"', 1),
}


def _file(tmp_path, *lines):
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


@pytest.mark.parametrize("reason", REFUSED)
def test_a_line_that_is_not_exactly_right_is_refused(reason):
    assert REFUSED[reason] != RAW
    with pytest.raises(BadExchange) as refusal:
        read_line(REFUSED[reason])
    assert reason.strip() in refusal.value.message and refusal.value.hint


def test_a_refusal_names_file_and_line(tmp_path):
    other = msgspec.json.encode(line_of("Another."))
    with pytest.raises(BadExchange, match=r"^x\.jsonl, line 2: JSON is malformed"):
        list(read_lines(_file(tmp_path, other, b"{]")))


@pytest.mark.parametrize(
    "raw",
    [
        json.dumps(json.loads(RAW)).encode(),
        json.dumps(json.loads(RAW), sort_keys=True, ensure_ascii=False).encode() + b"\r\n",
        RAW + b"\r\n",
    ],
    ids=["spaces and escapes", "sorted keys", "CR LF"],
)
def test_another_spelling_of_the_same_line_is_read_alike(raw):
    assert raw != RAW and read_line(raw) == LINE


def test_fields_that_have_their_default_may_be_left_out():
    short = {key: value for key, value in json.loads(msgspec.json.encode(line_of("Short."))).items() if value != []}
    assert read_line(json.dumps(short).encode()) == line_of("Short.")


def test_a_file_without_a_last_line_end_is_read(tmp_path):
    (tmp_path / "x.jsonl").write_bytes(RAW)
    assert list(read_lines(tmp_path / "x.jsonl")) == [LINE]


def test_a_line_that_is_too_long_is_refused_without_reading_on(tmp_path, monkeypatch):
    monkeypatch.setattr(jsonl, "MAX_LINE_BYTES", 1_000)
    with pytest.raises(BadExchange, match=r"line 1: the line is longer than"):
        list(read_lines(_file(tmp_path, b" " * 5_000)))


def _again(line, **fields):
    return msgspec.json.encode(msgspec.structs.replace(line_of("Another."), **fields))


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (RAW, "line 2: the article sha256:"),
        (_again(LINE, notes=LINE.notes), "line 2: the id note-1 is in an earlier line too"),
        (
            _again(LINE, actors=(msgspec.structs.replace(LINE.actors[0], name="Peter"),)),
            "line 2: the actor actor-1 is described differently",
        ),
    ],
)
def test_what_two_lines_say_of_the_same_thing_must_agree(tmp_path, second, reason):
    with pytest.raises(BadExchange, match=reason):
        list(read_lines(_file(tmp_path, RAW, second)))


def test_two_lines_may_name_the_same_actor(tmp_path):
    assert len(list(read_lines(_file(tmp_path, RAW, _again(LINE, actors=LINE.actors))))) == 2


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_file_that_cannot_be_opened_is_refused(tmp_path, name):
    with pytest.raises(BadExchange, match="cannot be read"):
        list(read_lines(tmp_path / name))


def test_a_damaged_file_is_read_or_refused_and_never_anything_else(tmp_path):
    path = tmp_path / "x.jsonl"
    write_jsonl(sorted([LINE, line_of("Short.")], key=lambda line: line.article.id), path)
    raw, dice, refused = path.read_bytes(), random.Random(2), 0
    for _ in range(2_000 * TORTURE):
        path.write_bytes(mutated(raw, dice))
        try:
            list(read_lines(path))
        except BadExchange:
            refused += 1
    assert refused > 1_000 * TORTURE


def test_the_seed_articles_are_read_back_as_they_were(tmp_path):
    write_jsonl(seed_lines(), tmp_path / "x.jsonl")
    assert tuple(read_lines(tmp_path / "x.jsonl")) == seed_lines()
