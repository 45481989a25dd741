"""CSV tables: what the standard library's reader gives back is what was annotated."""

from __future__ import annotations

import csv
from pathlib import Path

import msgspec
import pytest

from annotator.domain.errors import AnnotatorError
from annotator.export.cells import unguarded
from annotator.export.columns import TABLES
from annotator.export.csv_tables import csv_job, write_csv
from annotator.export.manifest import export_problems, read_manifest
from tests.article_lines import line_of, seed_lines
from tests.export.cases import ABOUT, SPREADSHEET_TRAPS, check_golden, debate, lines, trail

DOCS = Path(__file__).parents[2] / "docs" / "formats.md"


def table(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_tables_are_as_they_were_read_and_found_right(tmp_path):
    write_csv(lines(), tmp_path / "out", trail=trail())
    check_golden(tmp_path / "out", "csv")


def test_what_is_read_back_is_what_was_annotated(tmp_path):
    write_csv(seed_lines(), tmp_path / "out", about=ABOUT)
    entities = table(tmp_path / "out", "entities")
    found = [(row["article_id"], int(row["start"]), int(row["end"]), row["text"], row["label"]) for row in entities]
    assert found == [
        (line.article.id, one.start, one.end, one.text, one.label) for line in seed_lines() for one in line.entities
    ]
    assert len(found) > 200 and all(row["text"] in row["context"] for row in entities)
    texts = {row["article_id"]: row["text"] for row in table(tmp_path / "out", "articles")}
    assert texts == {line.article.id: line.text for line in seed_lines()}
    quotes = table(tmp_path / "out", "quotes")
    spans = [(row["article_id"], msgspec.json.decode(row["content_spans"])) for row in quotes]
    assert spans == [
        (line.article.id, [[span.start, span.end] for span in one.content])
        for line in seed_lines()
        for one in line.quotes
    ]
    assert export_problems(tmp_path / "out") == []


def test_no_cell_is_a_formula_and_each_can_be_turned_back(tmp_path):
    write_csv(lines(), tmp_path / "out", trail=trail())
    cells = [cell for name in TABLES for row in table(tmp_path / "out", name) for cell in row.values()]
    assert len(cells) > 300 and not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    words = {unguarded(row["text"]) for row in table(tmp_path / "out", "entities")}
    assert {*SPREADSHEET_TRAPS, "a\x01b"} <= words


def test_texts_are_quoted_and_numbers_are_not(tmp_path):
    write_csv(lines(), tmp_path / "out")
    with (tmp_path / "out" / "entities.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, quoting=csv.QUOTE_NONNUMERIC))
    start, text = rows[0].index("start"), rows[0].index("text")
    assert {type(row[start]) for row in rows[1:]} == {float} and {type(row[text]) for row in rows[1:]} == {str}


def test_near_duplicates_are_one_story(tmp_path):
    seed = seed_lines()[0]
    copies = [line_of(f"{seed.text}\nUpdated at {hour} o’clock.") for hour in range(2)]
    alone = line_of("Something else altogether happened today, as nobody had said before.")
    write_csv(sorted([*copies, alone], key=lambda line: line.article.id), tmp_path / "out")
    stories = {
        row["article_id"]: (row["story_id"], row["articles_in_story"]) for row in table(tmp_path / "out", "stories")
    }
    first = min(line.article.id for line in copies)
    assert stories == {alone.article.id: (alone.article.id, "1")} | {one.article.id: (first, "2") for one in copies}


def test_the_table_of_who_stands_where_counts_stories(tmp_path):
    stands = (("ann", "tax", "support"), ("ann", "tax", "support"), ("bob", "tax", "oppose"), ("bob", "tax", "mixed"))
    first = debate("One day they met in the old town hall and argued.", *stands, published="2025-02-10")
    second = debate("Another day nobody came but Ann, who said it again.", stands[0], published="2025-02-12")
    write_csv(sorted([first, second], key=lambda line: line.article.id), tmp_path / "out")
    names = ("holder", "target", "support", "oppose", "other", "balance", "stances", "first", "last")
    assert [tuple(row[name] for name in names) for row in table(tmp_path / "out", "stands")] == [
        ("ANN", "tax", "2", "0", "0", "2", "3", "2025-02-10", "2025-02-12"),
        ("BOB", "tax", "0", "1", "1", "-1", "2", "2025-02-10", "2025-02-10"),
    ]


def test_the_same_lines_give_the_same_bytes(tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()
        write_csv(lines(), tmp_path / name / "out", about=ABOUT, trail=trail())
    first = sorted((tmp_path / "a").rglob("*.*"))
    assert len(first) == len(TABLES) + 1
    assert all(path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes() for path in first)


def test_what_tables_have_no_place_for_is_listed(tmp_path):
    write_csv(lines(), tmp_path / "out", about=ABOUT, trail=trail())
    reasons = [loss.reason for loss in read_manifest(tmp_path / "out").counts.losses]
    assert (
        "what was suggested before a person corrected it is left out: tables have no place for a whole suggestion (1)"
        in reasons
    )


def test_a_stopped_export_leaves_nothing(tmp_path):
    job = csv_job(lines(), tmp_path / "out")
    next(job)
    job.close()
    assert list(tmp_path.iterdir()) == []


def test_a_line_that_breaks_the_rules_is_refused(tmp_path):
    bad = msgspec.structs.replace(lines()[0], text="other")
    with pytest.raises(AnnotatorError, match="was not exported"):
        write_csv([bad], tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_the_docs_name_every_column():
    told = DOCS.read_text("utf-8")
    assert [name for table in TABLES.values() for name, _, _ in table if f"`{name}`" not in told] == []
    assert [name for name in TABLES if f"`{name}`" not in told] == []
