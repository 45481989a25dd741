"""The corpus of quotes keeps the rules of the exchange format and of docs/guidelines.md that a program can see."""

from __future__ import annotations

import json
import re
from itertools import combinations
from pathlib import Path

import jsonschema
import msgspec
import pytest

from annotator import app
from annotator.domain.exchange import ArticleLine, QuoteLine
from annotator.domain.line_checks import line_problem
from annotator.domain.quotation import form_of
from annotator.domain.spans import Span

ROOT = Path(__file__).resolve().parent.parent
PARTS = tuple(ROOT / "corpus" / f"{part}.jsonl" for part in ("train", "test"))


def lines_of(part: Path) -> list[ArticleLine]:
    decoder = msgspec.json.Decoder(ArticleLine)
    return [decoder.decode(line) for line in part.read_bytes().splitlines()]


@pytest.fixture(scope="module")
def lines() -> list[ArticleLine]:
    return [line for part in PARTS for line in lines_of(part)]


def spans_of(quote: QuoteLine) -> list[Span]:
    return [*quote.content, *quote.source, *([quote.cue] if quote.cue else [])]


def quotes_of(lines: list[ArticleLine]) -> list[tuple[str, QuoteLine]]:
    return [(line.text, quote) for line in lines for quote in line.quotes]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.stem)
def test_each_quote_of_the_corpus_says_whether_it_reports_speech_or_an_act(part: Path) -> None:
    quotes = [one for line in part.read_text("utf-8").splitlines() for one in json.loads(line)["quotes"]]
    said = {one.get("reported") for one in quotes}
    assert said == {"speech", "act"}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.stem)
def test_corpus_is_valid_by_the_schema_of_the_docs(part: Path) -> None:
    schema = json.loads((ROOT / "docs" / "annotator-article-1.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    for line in part.read_text(encoding="utf-8").splitlines():
        validator.validate(json.loads(line))


def test_corpus_has_no_line_that_breaks_the_rules_of_the_format(lines: list[ArticleLine]) -> None:
    assert [line_problem(line) for line in lines if line_problem(line)] == []


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.stem)
def test_corpus_is_taken_over_by_a_project_whose_check_finds_nothing(part: Path, tmp_path: Path) -> None:
    project = str(tmp_path / "corpus.annot")
    assert app.run(["new", project]) == 0
    assert app.run(["import", project, str(part), "--as", "annotations"]) == 0
    assert app.run(["check", project]) == 0


def test_no_article_is_in_both_parts() -> None:
    train, test = ({line.article.id for line in lines_of(part)} for part in PARTS)
    assert train and test and not train & test


def test_no_span_of_the_corpus_has_white_space_at_its_edges_or_crosses_a_line(lines: list[ArticleLine]) -> None:
    pieces = [text[span.start : span.end] for text, quote in quotes_of(lines) for span in spans_of(quote)]
    assert [piece for piece in pieces if piece != piece.strip() or "\n" in piece] == []


def test_content_source_and_cue_of_a_quote_lie_apart(lines: list[ArticleLine]) -> None:
    for text, quote in quotes_of(lines):
        for one, other in combinations(spans_of(quote), 2):
            assert not one.overlaps(other), text[one.start : one.end]


def test_a_quote_has_no_source_exactly_where_its_kind_says_so(lines: list[ArticleLine]) -> None:
    for text, quote in quotes_of(lines):
        content = text[quote.content[0].start : quote.content[0].end]
        assert (quote.source_kind == "none") == (not quote.source), content


def test_a_nested_quote_lies_within_the_quote_that_it_is_nested_in(lines: list[ArticleLine]) -> None:
    for line in lines:
        by_id = {quote.id: quote for quote in line.quotes}
        for quote in line.quotes:
            outer = by_id[quote.nested_in].content if quote.nested_in else ()
            assert not outer or all(any(one.contains(span) for one in outer) for span in quote.content)


def test_the_form_of_a_quote_is_what_its_quotation_marks_say(lines: list[ArticleLine]) -> None:
    for text, quote in quotes_of(lines):
        if not quote.nested_in:
            content = text[quote.content[0].start : quote.content[-1].end]
            assert quote.form == form_of(text, quote.content), content


def test_each_article_from_wikinews_is_credited_in_the_readme(lines: list[ArticleLine]) -> None:
    readme = (ROOT / "corpus" / "README.md").read_text(encoding="utf-8")
    taken = [line.article for line in lines if line.article.outlet == "Wikinews"]
    assert taken and all(article.url and f"({article.url})" in readme for article in taken)


def test_the_readme_counts_the_corpus_right(lines: list[ArticleLine]) -> None:
    readme = (ROOT / "corpus" / "README.md").read_text(encoding="utf-8")
    for part in PARTS:
        found = lines_of(part)
        quotes = [quote for line in found for quote in line.quotes]
        acts = sum(quote.reported == "act" for quote in quotes)
        counts = [len(found), sum(len(line.text.split()) for line in found), len(quotes), acts]
        row = next(row for row in readme.splitlines() if row.startswith(f"| `{part.name}`"))
        assert [int(number.replace(",", "")) for number in re.findall(r"[\d,]+", row)[:4]] == counts
