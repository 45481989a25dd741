"""Who works here: a name and a key, and what becomes of acts when there is no key."""

from __future__ import annotations

import pytest

from annotator import keys, settings
from annotator.domain.errors import AnnotatorError
from annotator.services import identity, projects
from annotator.store import journal, signatures
from tests.store.making import add_articles, problems

WORDS = "three small words"


def test_every_act_is_signed_with_the_key_that_the_first_start_made(tmp_path):
    with projects.new(tmp_path / "a.annot") as project:
        add_articles(project, ["One."])
        me = identity.current()
        assert me.id == project.author.id and len(me.fingerprint) == 39
        for event in journal.events(project.conn):
            assert [one.public_key for one in signatures.of_event(project.conn, event.id)] == [me.public_key]
        assert signatures.keys_of(project.conn, me.id) == [me.public_key] and problems(project.conn) == {}


def test_with_a_damaged_key_work_goes_on_unsigned_and_the_next_signed_act_covers_it(tmp_path):
    with projects.new(tmp_path / "a.annot") as project:
        pass
    good = keys.file().read_bytes()
    keys.file().write_bytes(b"damaged")
    assert "cannot be read" in identity.current().problem and identity.current().fingerprint == ""
    with projects.open_at(project.path) as project:
        add_articles(project, ["One."])
        assert signatures.last_signed(project.conn, project.author.id) == 1
    keys.file().write_bytes(good)
    with projects.open_at(project.path) as project:
        add_articles(project, ["Two."])
        assert signatures.last_signed(project.conn, project.author.id) == 3 and problems(project.conn) == {}


def test_a_new_name_holds_in_the_open_project_from_the_next_act_on(tmp_path):
    assert not identity.is_asked()
    with projects.new(tmp_path / "a.annot") as project:
        assert identity.rename("  Ana   Lima ", project=project).name == "Ana Lima"
        add_articles(project, ["One."])
        assert project.author_names() == {project.author.id: "Ana Lima"} and identity.is_asked()


@pytest.mark.parametrize("name", ["", "  ", "a\x00b", "x" * 101, "a\u202eb"])
def test_what_is_no_name_is_refused(name):
    with pytest.raises(AnnotatorError, match="no name"):
        identity.rename(name)


def test_who_goes_on_without_a_name_is_not_asked_again():
    identity.skip()
    assert identity.is_asked() and settings.load().author_name == "You"


def test_a_second_computer_takes_over_name_and_key(tmp_path, monkeypatch):
    identity.rename("Ana")
    me = identity.current()
    identity.export_key(tmp_path / "ana.key", WORDS)
    for name in ("XDG_CONFIG_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "second"))
    assert identity.current().id != me.id
    assert identity.import_key(tmp_path / "ana.key", WORDS) == me == identity.current()


def test_a_key_that_does_not_open_changes_nothing(tmp_path):
    me = identity.current()
    identity.export_key(tmp_path / "ana.key", WORDS)
    for path, words, says in (
        (tmp_path / "ana.key", "other words", "passphrase does not open"),
        (tmp_path / "no.key", WORDS, "cannot be read"),
        (tmp_path, WORDS, "cannot be read"),
    ):
        with pytest.raises(AnnotatorError, match=says):
            identity.import_key(path, words)
    assert identity.current() == me
    with pytest.raises(AnnotatorError, match="shorter than 8"):
        identity.export_key(tmp_path / "b.key", "short")
