"""The JSON Schema in the docs is that of the program, and what is exported keeps to it."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import jsonschema
import pytest

from annotator.export.jsonl import write_jsonl
from annotator.export.schema import SCHEMA_NAME, article_schema, schema_bytes
from tests.article_lines import full_line, seed_lines

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def validator():
    jsonschema.Draft202012Validator.check_schema(article_schema())
    return jsonschema.Draft202012Validator(article_schema())


def test_the_schema_in_the_docs_is_current():
    assert (DOCS / SCHEMA_NAME).read_bytes() == schema_bytes(), (
        "Write it again: python -c 'from annotator.export import schema as s;"
        ' open("docs/" + s.SCHEMA_NAME, "wb").write(s.schema_bytes())\''
    )


def test_exported_lines_keep_to_the_schema(tmp_path, validator):
    write_jsonl(sorted([full_line(), *seed_lines()], key=lambda line: line.article.id), tmp_path / "x.jsonl")
    for raw in (tmp_path / "x.jsonl").read_bytes().splitlines():
        validator.validate(json.loads(raw))


@pytest.mark.parametrize(
    "change",
    [
        lambda plain: plain.pop("offset_unit"),
        lambda plain: plain.update(more=1),
        lambda plain: plain["entities"][0].update(start="3"),
        lambda plain: plain["quotes"][0].update(form="loud"),
        lambda plain: plain["quotes"][0].update(content=[[1]]),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(tmp_path, validator, change):
    write_jsonl([full_line()], tmp_path / "x.jsonl")
    plain = json.loads((tmp_path / "x.jsonl").read_bytes())
    changed = copy.deepcopy(plain)
    change(changed)
    assert validator.is_valid(plain) and not validator.is_valid(changed)
