"""Making, opening, copying and closing projects."""

from __future__ import annotations

import os

import pytest

from annotator import paths, settings
from annotator.domain.errors import AnnotatorError, ProjectUnavailable
from annotator.services import annotation, history, projects, queries
from annotator.store import backup
from tests.services.making import entities, everything, first_article, word_span


def test_a_new_project_has_a_codebook_and_its_targets(tmp_path, author):
    with projects.new(tmp_path / "a", codebook=paths.seeds() / "codebook.toml", author=author) as project:
        assert project.path == tmp_path / "a.annot" and project.name == "a"
        assert project.codebook().codebook.name == "NATO burden-sharing"
        assert len([one for one in everything(project) if type(one).__name__ == "Target"]) == 4
        assert history.undo_text(project) == ""


@pytest.mark.parametrize("content", [b"labels = []\nname='x'", b"\xff\xfe", b"name = ["])
def test_a_codebook_that_is_none_leaves_no_project(tmp_path, author, content):
    book = tmp_path / "book.toml"
    book.write_bytes(content)
    with pytest.raises(AnnotatorError, match=r"book\.toml is not a codebook") as refused:
        projects.new(tmp_path / "a", codebook=book, author=author)
    assert refused.value.hint and [one.name for one in tmp_path.iterdir()] == ["book.toml"]


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_a_folder_is_no_name_for_a_project(tmp_path, author, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ProjectUnavailable, match="is a folder"):
        projects.new(projects.Path(name), author=author)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
def test_a_project_may_lie_under_a_name_that_is_no_text(tmp_path, author):
    path = projects.Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.annot"))
    with projects.new(path, author=author) as project:
        assert project.name == "caf\N{REPLACEMENT CHARACTER}"
        projects.remember(project)
    with projects.open_at(path, author=author) as project:
        assert project.codebook().codebook.labels and settings.load().recent == ()


def test_a_project_is_closed_with_a_backup_when_it_was_changed(project_copy, author):
    project = projects.open_at(project_copy, author=author)
    project_id = project.id
    projects.close(project)
    assert backup.backups(project_id) == []
    project = projects.open_at(project_copy, author=author)
    annotation.add_entity(project, first_article(project), word_span(project, "NATO"), "ORG")
    projects.close(project)
    (copy,) = backup.backups(project_id)
    with projects.open_at(copy, read_only=True, author=author) as kept:
        assert len(entities(kept)) == 1


def test_a_damaged_project_names_its_latest_backup(project_copy, author):
    project = projects.open_at(project_copy, author=author)
    projects.remember(project)
    annotation.add_entity(project, first_article(project), word_span(project, "NATO"), "ORG")
    projects.close(project)
    content = bytearray(project_copy.read_bytes())
    content[100:5000] = os.urandom(4900)
    project_copy.write_bytes(content)
    with pytest.raises(ProjectUnavailable, match="is damaged") as refused:
        projects.open_at(project_copy, author=author)
    assert str(projects.latest_backup(project_copy)) in refused.value.hint


def test_opening_read_only_needs_no_identity_and_allows_no_change(project_copy):
    refused = pytest.raises(AnnotatorError, match="open read-only")
    with projects.open_at(project_copy, read_only=True) as project, refused:
        annotation.add_entity(project, first_article(project), word_span(project, "NATO"), "ORG")
    assert settings.load() == settings.Settings()


def test_a_copy_of_an_open_project_is_a_project(project, tmp_path, author):
    annotation.add_entity(project, first_article(project), word_span(project, "NATO"), "ORG")
    out = tmp_path / "copies" / "copy.annot"
    with pytest.raises(ProjectUnavailable):
        projects.copy_to(project, out)
    out.parent.mkdir()
    for _ in range(2):
        projects.copy_to(project, out)
    with projects.open_at(out, author=author) as copy:
        assert everything(copy) == everything(project)
    assert [one.name for one in out.parent.iterdir()] == ["copy.annot"]


def test_the_demo_has_both_seed_articles(tmp_path):
    with projects.demo(tmp_path) as project:
        assert [row.name for row in queries.article_rows(project)] == sorted(
            path.name for path in paths.seeds().glob("*.txt")
        )
