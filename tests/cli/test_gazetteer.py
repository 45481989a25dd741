"""The user's own names by command."""

from __future__ import annotations


def test_names_are_added_listed_and_removed(here):
    assert here("gazetteer").out == "name,label\n"
    added = here("gazetteer", "add", "Ostrava Forum", "org")
    assert added.code == 0 and added.out.startswith("You have 1 name of your own.")
    here("gazetteer", "add", "Pentagon", "never")
    assert here("gazetteer", "list").out == "name,label\nOstrava Forum,ORG\nPentagon,-\n"
    here("gazetteer", "remove", "Ostrava Forum")
    assert here("gazetteer", "list").out == "name,label\nPentagon,-\n"


def test_the_whole_list_has_the_shipped_names_too(here):
    assert "\nPentagon,ORG\n" in here("gazetteer", "list", "--all").out


def test_a_table_is_imported_and_what_is_listed_can_be_imported(here, tmp_path):
    (tmp_path / "in.csv").write_text("Ostrava Forum\tORG\nBrno\tGPE\n", "utf-8")
    assert here("gazetteer", "import", tmp_path / "in.csv").code == 0
    listed = here("gazetteer", "list").out
    (tmp_path / "again.csv").write_text(listed, "utf-8")
    here("gazetteer", "import", tmp_path / "again.csv")
    assert here("gazetteer").out == listed and "Ostrava Forum,ORG" in listed


def test_what_is_no_name_no_label_and_no_table_is_refused(here, tmp_path):
    assert "letter or a digit" in here("gazetteer", "add", "!?", "ORG").refusal
    assert "is no label" in here("gazetteer", "add", "Brno", "1st").refusal
    assert "not in the list" in here("gazetteer", "remove", "Brno").refusal
    assert "cannot be read" in here("gazetteer", "import", tmp_path / "none.csv").refusal
    assert here("gazetteer").out == "name,label\n"
