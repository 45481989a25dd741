"""Projects: making them, and what befalls them while they are open."""

from __future__ import annotations

import pytest

from annotator.domain.errors import ProjectUnavailable
from annotator.store import journal, rows
from annotator.store.project import create_project, open_project
from tests.store.making import entities, entity, names, problems, put


def test_a_new_project_is_empty_sound_and_alone_in_its_folder(tmp_path, author):
    path = tmp_path / "Zürich & co.annot"
    with create_project(path, author, now=lambda: "2026-01-01T00:00:00.000Z") as project:
        assert (project.name, project.is_read_only, project.is_changed) == ("Zürich & co", False, False)
        assert problems(project.conn) == {} and len(project.id) == 36
        assert (
            project.conn.execute("SELECT value FROM project WHERE key = 'created'")
            .fetchone()[0]
            .startswith("2026-01-01")
        )
    assert names(tmp_path) in ([path.name], [path.name, f"{path.name}-journal"])


def test_two_projects_have_different_ids(tmp_path, author):
    with create_project(tmp_path / "a.annot", author) as one, create_project(tmp_path / "b.annot", author) as other:
        assert one.id != other.id


def test_a_file_that_is_there_is_not_overwritten(tmp_path, author):
    path = tmp_path / "a.annot"
    path.write_text("mine")
    with pytest.raises(ProjectUnavailable, match="is there already"):
        create_project(path, author)
    assert path.read_text() == "mine" and names(tmp_path) == ["a.annot"]


def test_a_project_in_a_folder_that_is_not_there_is_refused(tmp_path, author):
    with pytest.raises(ProjectUnavailable) as refused:
        create_project(tmp_path / "none" / "a.annot", author)
    assert refused.value.hint and names(tmp_path) == []


def test_a_project_in_a_file_instead_of_a_folder_is_refused(tmp_path, author):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ProjectUnavailable):
        create_project(tmp_path / "notes.txt" / "a.annot", author)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_the_codebook_in_force_is_the_highest_version(project):
    first = project.codebook()
    record = type(first)(id=journal.new_id(), author=first.author, version=2, codebook=first.codebook)
    put(project, record, verb="codebook.change")
    assert project.codebook() == record and len(rows.select(project.conn, "codebook")) == 2


def test_an_author_s_new_name_is_noted_with_the_next_act(project_copy, author):
    renamed = type(author)(author.id, "Ana B.")
    with open_project(project_copy, renamed) as project:
        assert project.author_names() == {author.id: "Ana"}
        put(project, entity(project))
        assert project.author_names() == {author.id: "Ana B."}


def test_a_project_knows_whether_it_was_changed(project):
    assert not project.is_changed
    put(project, entity(project))
    assert project.is_changed


def test_a_clock_put_back_a_year_does_not_harm_the_journal(project_copy, author):
    with open_project(project_copy, author, now=lambda: "2031-06-01T00:00:00.000Z") as project:
        put(project, entity(project))
    with open_project(project_copy, author, now=lambda: "2030-06-01T00:00:00.000Z") as project:
        put(project, entity(project, "Pentagon"))
        times = [event.time[:4] for event in journal.events(project.conn)][-2:]
        assert times == ["2031", "2030"] and len(entities(project)) == 2 and problems(project.conn) == {}
