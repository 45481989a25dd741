"""The user's own names over the shipped ones, and what the models make of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.drafts import EntityDraft
from annotator.domain.errors import AnnotatorError
from annotator.domain.progress import drain
from annotator.ingest.own_names import own_file
from annotator.services import annotation, own_names, suggesting
from tests.services.making import first_article, open_ones


def row_of(names, name):
    return next((one for one in own_names.rows(names) if one.name == name), None)


def proposed(project):
    return {(one.draft.text, one.draft.label) for one in open_ones(project) if isinstance(one.draft, EntityDraft)}


def test_without_a_file_there_are_the_shipped_names_alone():
    assert own_names.own() == ()
    assert {one.origin for one in own_names.rows(())} == {"shipped"}
    assert row_of((), "Pentagon").label == "ORG"


def test_a_saved_name_is_there_at_the_next_start():
    own_names.save(own_names.put((), "  Ostrava   Forum ", "org"))
    (kept,) = own_names.own()
    assert (kept.name, kept.label) == ("Ostrava Forum", "ORG")
    assert row_of(own_names.own(), "Ostrava Forum").origin == "own"


def test_a_shipped_name_can_have_another_label_and_get_its_own_back():
    names = own_names.put((), "Pentagon", "FAC")
    assert row_of(names, "Pentagon") == own_names.NameRow(name="Pentagon", label="FAC", origin="changed")
    assert own_names.remove(names, "Pentagon") == () == own_names.put(names, "Pentagon", "ORG")


def test_a_removed_shipped_name_is_never_proposed_until_it_is_removed_once_more():
    names = own_names.remove((), "Pentagon")
    assert row_of(names, "Pentagon").label == own_names.NEVER
    assert own_names.remove(names, "Pentagon") == ()


def test_a_name_that_is_not_there_cannot_be_removed():
    with pytest.raises(AnnotatorError, match="not in the list"):
        own_names.remove((), "Nobody Inc")


def test_a_renamed_name_leaves_no_old_one_behind_and_takes_no_others_place():
    names = own_names.put(own_names.put((), "Ostrava", "ORG"), "Ostrava Forum", "ORG", instead_of="Ostrava")
    assert [one.name for one in names] == ["Ostrava Forum"]
    with pytest.raises(AnnotatorError, match="in the list already"):
        own_names.put(names, "Pentagon", "ORG", instead_of="Ostrava Forum")


def test_a_table_goes_over_what_is_there_and_comes_out_the_same(tmp_path: Path):
    (tmp_path / "names.csv").write_text("name;label\nPentagon;FAC\nOstrava;ORG\n", "utf-8")
    names = own_names.imported(own_names.put((), "Ostrava", "PERSON"), tmp_path / "names.csv")
    assert {one.name: one.label for one in names} == {"Pentagon": "FAC", "Ostrava": "ORG"}
    own_names.export_names(tmp_path / "out.csv", names)
    assert own_names.imported((), tmp_path / "out.csv") == names


def test_a_table_that_is_none_is_refused_with_its_name(tmp_path: Path):
    (tmp_path / "poem.csv").write_text("Roses are red", "utf-8")
    with pytest.raises(AnnotatorError, match=r"poem\.csv is no list of names"):
        own_names.imported((), tmp_path / "poem.csv")


def test_a_damaged_file_of_own_names_is_said_and_not_written_over():
    own_names.save(own_names.put((), "Ostrava", "ORG"))
    own_file().write_bytes(b"name,label\nM\xfcller,PERSON\n")
    with pytest.raises(AnnotatorError, match="not UTF-8"):
        own_names.own()
    assert b"\xfc" in own_file().read_bytes()


def test_own_names_are_proposed_with_their_label_and_never_ones_not_at_all(project, worker):
    names = own_names.put((), "budget increases", "LAW")
    own_names.save(own_names.put(names, "NATO", own_names.NEVER))
    drain(suggesting.suggest(project, worker))
    found = proposed(project)
    assert not any(text == "NATO" for text, _ in found)
    assert ("budget increases", "LAW") in found


def test_articles_that_are_done_are_not_read_again(project):
    both = suggesting.unfinished(project)
    annotation.set_status(project, first_article(project), state="done")
    assert suggesting.unfinished(project) == [one for one in both if one != first_article(project)]
