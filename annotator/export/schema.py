"""The JSON Schema of the exchange format, made from the records themselves."""

from __future__ import annotations

import json

import msgspec

from annotator.domain.exchange import FORMAT, ArticleLine

SCHEMA_NAME = FORMAT.replace("/", "-") + ".schema.json"


def article_schema() -> dict[str, object]:
    """The JSON Schema (2020-12) of one line."""
    schema = msgspec.json.schema(ArticleLine)
    # A line must say what it is, although our reader would know it without.
    line = schema["$defs"]["ArticleLine"]
    line["required"] = sorted({"format", "offset_unit", *line["required"]})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"One line of {FORMAT}",
        "description": "All offsets are half-open ranges of `text`, counted in Unicode code points.",
        **schema,
    }


def schema_bytes() -> bytes:
    """The file that the docs hold."""
    return json.dumps(article_schema(), indent=2, ensure_ascii=False).encode("utf-8") + b"\n"
