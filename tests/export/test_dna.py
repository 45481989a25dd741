"""Event lists for Discourse Network Analysis: DNA's columns, what they hold, and what they cannot."""

from __future__ import annotations

import csv

import msgspec
import pytest

from annotator.domain.spans import Span
from annotator.export.dna import DNA_COLUMNS, OWN_COLUMNS, dna_job, write_dna
from annotator.export.manifest import export_problems
from tests.article_lines import full_line, line_of
from tests.export.cases import ABOUT, check_golden, debate

MONDAY = "=The ministers; met at “noon” in the old town hall and argued about money until late."
TUESDAY = "Nobody expected farmers to come with tractors, yet forty of them blocked the bridge."


def days():
    first = debate(
        MONDAY,
        ("ann", "tax", "support"),
        ("bob", "tax", "oppose"),
        ("cid", "tax", "mixed"),
        published="2025-02-11T08:30:00Z",
    )
    actors = tuple(msgspec.structs.replace(one, type="party" if one.id == "bob" else one.type) for one in first.actors)
    about = msgspec.structs.replace(first.article, outlet="Daily; News", author='J. "Joe" Doe')
    first = msgspec.structs.replace(first, actors=actors, article=about)
    second = debate(TUESDAY, ("ann", "tax", "support"), published="2025-02-10")
    return sorted([first, second], key=lambda line: line.article.id)


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_the_columns_are_those_of_dna_and_then_our_own(tmp_path):
    write_dna(days(), tmp_path / "out.csv")
    header = (tmp_path / "out.csv").read_text("utf-8").split("\n")[0]
    assert header == ";".join(f'"{name}"' for name in (*DNA_COLUMNS, *OWN_COLUMNS))
    assert header.startswith('"statement_id";"time";"person";"organization";"concept";"agreement";"start_position"')


def test_each_complete_stance_is_a_row_in_the_order_of_time(tmp_path):
    write_dna(days(), tmp_path / "out.csv", about=ABOUT)
    found = rows(tmp_path / "out.csv")
    names = ("statement_id", "time", "person", "organization", "agreement", "position")
    assert [tuple(row[name] for name in names) for row in found] == [
        ("1", "2025-02-10 00:00:00", "ANN", "", "1", "support"),
        ("2", "2025-02-11 08:30:00", "ANN", "", "1", "support"),
        ("3", "2025-02-11 08:30:00", "", "BOB", "0", "oppose"),
        ("4", "2025-02-11 08:30:00", "CID", "", "", "mixed"),
    ]
    assert {row["concept"] for row in found} == {"tax it is."}
    texts = {line.article.id: line.text for line in days()}
    places = [texts[row["article_id"]][int(row["start_position"]) : int(row["stop_position"])] for row in found]
    assert [row["text"].removeprefix("'") for row in found] == places
    assert found[1]["document_source"] == "Daily; News" and found[1]["document_author"] == 'J. "Joe" Doe'
    assert export_problems(tmp_path / "out.csv") == []


def test_the_list_is_as_it_was_read_and_found_right(tmp_path):
    write_dna(days(), tmp_path / "out.csv")
    check_golden(tmp_path / "out.csv", "dna.csv")


def test_what_dna_cannot_hold_is_listed_stance_by_stance(tmp_path):
    line = full_line()
    first, second = line.stances[0].evidence
    broken = msgspec.structs.replace(first, spans=(Span(1, 5), Span(12, 17)))
    stance = msgspec.structs.replace(line.stances[0], evidence=(broken, second))
    counts = write_dna([msgspec.structs.replace(line, stances=(stance, line.stances[1]))], tmp_path / "out.csv")
    assert [(loss.reason, loss.record) for loss in counts.losses] == [
        ("a stance that was not submitted is left out", "stance-2"),
        ("its article has no date that DNA could read: time is empty", "stance-1"),
        ("only its first piece of evidence is written", "stance-1"),
        ("its evidence is in fragments: they are written as one stretch", "stance-1"),
        ("its rationale is left out", "stance-1"),
    ]
    (row,) = rows(tmp_path / "out.csv")
    assert (row["text"], row["via"]) == ("Kyiv … yield", "Pete Hegseth")
    assert (row["start_position"], row["stop_position"]) == ("1", "17")


def test_a_side_that_is_none_has_no_agreement_and_is_told(tmp_path):
    counts = write_dna(days(), tmp_path / "out.csv")
    reason = "DNA knows agreement and disagreement alone: agreement is empty"
    assert [loss.record for loss in counts.losses if loss.reason == reason] == ["cid-tax-mixed-2"]


@pytest.mark.parametrize("published", ["2025", "spring", None])
def test_a_date_that_is_none_is_left_empty_and_told(tmp_path, published):
    counts = write_dna([debate(TUESDAY, ("ann", "tax", "support"), published=published)], tmp_path / "out.csv")
    assert rows(tmp_path / "out.csv")[0]["time"] == ""
    assert [loss.reason for loss in counts.losses] == ["its article has no date that DNA could read: time is empty"]


def test_near_duplicates_keep_their_rows_and_are_told_as_one_story(tmp_path):
    copies = [debate(f"x {MONDAY * 3} {hour}", ("ann", "tax", "support"), published="2025-02-10") for hour in "ab"]
    counts = write_dna(sorted(copies, key=lambda line: line.article.id), tmp_path / "out.csv")
    found = rows(tmp_path / "out.csv")
    assert len(found) == 2 and len({row["story_id"] for row in found}) == 1
    assert any("count once by story_id" in loss.reason for loss in counts.losses)


def test_a_layer_without_stances_is_a_header(tmp_path):
    write_dna([line_of("Nothing was said.")], tmp_path / "out.csv")
    assert rows(tmp_path / "out.csv") == []


def test_a_stopped_export_leaves_nothing(tmp_path):
    job = dna_job(days(), tmp_path / "out.csv")
    next(job)
    job.close()
    assert list(tmp_path.iterdir()) == []
