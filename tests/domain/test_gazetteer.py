"""The gazetteer's table: read, checked, merged, written."""

from __future__ import annotations

import pytest

from annotator import paths
from annotator.domain.codebook import parse_codebook
from annotator.domain.errors import AnnotatorError
from annotator.domain.gazetteer import NEVER, GazetteerEntry, changed_by, merged, parse_gazetteer, written


def entries(**labels: str) -> list[GazetteerEntry]:
    return [GazetteerEntry(name=name, label=label) for name, label in labels.items()]


@pytest.mark.parametrize("text", ["name,label\nBBC,ORG\n", "BBC;org", "\ufeffName\tLabel\n# mine\n\n BBC \tORG"])
def test_tables_of_all_dividers_are_read_with_or_without_a_head(text: str) -> None:
    assert parse_gazetteer(text) == entries(BBC="ORG")


@pytest.mark.parametrize(("text", "said"), [("BBC", "Line 1"), ("a,ORG\nb,1 2", "no label"), ("?,ORG", "letter")])
def test_a_line_that_is_no_entry_is_refused_with_a_hint(text: str, said: str) -> None:
    with pytest.raises(AnnotatorError, match=said) as refused:
        parse_gazetteer(text)
    assert refused.value.hint


def test_ones_own_entries_go_over_the_shipped_ones() -> None:
    assert merged(entries(A="ORG", B="GPE"), entries(B=NEVER, C="ORG")) == {"A": "ORG", "B": NEVER, "C": "ORG"}


def test_changes_are_kept_as_ones_own_entries_that_make_the_same_list_again() -> None:
    shipped = {"A": "ORG", "B": "GPE", "D": "ORG"}
    own = changed_by(shipped, {"A": "ORG", "B": "LOC", "C": "ORG"})
    assert own == entries(B="LOC", C="ORG", D=NEVER)


def test_what_is_written_is_read_back() -> None:
    some = [GazetteerEntry(name="Smith, Jones & Co", label="ORG"), GazetteerEntry(name="“Q”", label="-")]
    some.append(GazetteerEntry(name="#MeToo", label="EVENT"))
    assert parse_gazetteer(written(some)) == some


def test_the_shipped_gazetteer_keeps_to_the_labels_of_the_codebook_for_news() -> None:
    shipped = parse_gazetteer((paths.resources() / "gazetteer.csv").read_text(encoding="utf-8"))
    labels = {one.name for one in parse_codebook((paths.resources() / "codebooks" / "news.toml").read_bytes()).labels}
    assert {one.label for one in shipped} <= labels | {NEVER}
    assert len({one.name for one in shipped}) == len(shipped) > 900
