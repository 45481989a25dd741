"""The benchmarks run: the quickest ones, once each; no time is asserted."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import corpus, running, table
from benchmarks.measuring import Goal, Row


@pytest.mark.parametrize("name", ["import", "save", "search", "start"])
def test_benchmark_gives_figures_that_can_be_compared(name: str):
    rows = running.measure(name, quick=True)
    assert rows
    for row in rows:
        assert row.ours > 0 and (row.floor is None or row.floor > 0)
        assert row.goal is None or row.verdict in ("met", "missed")


def test_a_goal_is_met_on_its_own_side_only():
    assert _verdict(ours=3, floor=2, goal=Goal("ratio at most", 1.5)) == "met"
    assert _verdict(ours=4, floor=2, goal=Goal("ratio at most", 1.5)) == "missed"
    assert _verdict(ours=8, floor=10, goal=Goal("ratio at least", 0.9)) == "missed"
    assert _verdict(ours=17, floor=None, goal=Goal("value at most", 16)) == "missed"
    assert _verdict(ours=17, floor=None, goal=None) == ""


def _verdict(*, ours: float, floor: float | None, goal: Goal | None) -> str:
    return Row(work="work", unit="ms", ours=ours, floor=floor, goal=goal).verdict


def test_texts_differ_from_each_other_and_not_from_run_to_run():
    texts = corpus.texts(50)
    assert len(set(texts)) == 50 and texts == corpus.texts(50)
    assert all(abs(len(text) - corpus.ARTICLE_CHARS) < 600 for text in texts)


def test_drafts_are_words_of_the_text():
    (text,) = corpus.texts(1)
    drafts = corpus.drafts(text)
    assert len(drafts) >= corpus.SPANS_PER_KB * (len(text) - 300) // 1_000
    assert all(text[one.span.start : one.span.end] for one in drafts)


def test_table_takes_the_place_of_the_one_before(tmp_path: Path):
    document = tmp_path / "performance.md"
    document.write_text(f"Before.\n\n{table.BEGIN}\nold\n{table.END}\n\nAfter.\n", encoding="utf-8")
    table.write_into(document, [Row(work="save one act", unit="ms", ours=2, floor=1, goal=Goal("ratio at most", 3))])
    text = document.read_text(encoding="utf-8")
    assert "| save one act | ms | 2.00 | 1.00 | 2.00 | ratio ≤ 3 | met |" in text
    assert "old" not in text and text.startswith("Before.") and text.endswith("After.\n")


def test_document_has_a_place_for_the_table():
    document = (Path(table.__file__).parent.parent / "docs" / "performance.md").read_text(encoding="utf-8")
    assert document.index(table.BEGIN) < document.index(table.END)
