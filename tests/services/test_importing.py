"""Importing articles: what is added, what is left out, and how to take it back."""

from __future__ import annotations

import os

import pytest

from annotator.domain.errors import AnnotatorError, UnreadableArticle
from annotator.domain.progress import drain
from annotator.services import history, importing, projects, queries
from annotator.store import backup
from tests.services.making import everything, run_until, told, write


@pytest.fixture
def empty(tmp_path, author):
    with projects.new(tmp_path / "empty", author=author) as project:
        yield project


def names(project):
    return [row.name for row in queries.article_rows(project)]


def test_an_import_tells_how_many_files_it_has_read(empty, tmp_path):
    folder = write(tmp_path / "in", {f"{n}.txt": f"Article {n}." for n in range(3)})
    told_ones = told(importing.add_articles(empty, [folder]))
    assert [(one.done, one.total) for one in told_ones] == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_a_stopped_import_leaves_nothing(project, tmp_path):
    folder = write(tmp_path / "in", {f"{n}.txt": f"Article {n}." for n in range(5)})
    before = everything(project)
    run_until(importing.add_articles(project, [folder]), lambda progress: progress.done == 3)
    assert everything(project) == before and history.undo_text(project) == "imported articles"
    assert drain(importing.add_articles(project, [folder])).summary == "5 articles added."


def test_an_article_whose_text_is_there_is_named_and_not_added(empty, tmp_path):
    folder = write(tmp_path / "in", {"a.txt": "The same.\n", "b.txt": b"\xef\xbb\xbfThe same.\r\n"})
    result = drain(importing.add_articles(empty, [folder]))
    assert (result.added, result.duplicates) == (("a.txt",), ("b.txt",))
    again = drain(importing.add_articles(empty, [folder]))
    assert (again.added, again.duplicates) == ((), ("a.txt", "b.txt"))
    assert names(empty) == ["a.txt"] and not again.changes.changes


def test_one_bad_file_among_good_ones_is_named_and_left_out(empty, tmp_path):
    folder = write(tmp_path / "in", {"a.txt": "Good.", "b.txt": b"caf\xe9 au lait", "c.txt": "", "d.png": "no"})
    result = drain(importing.add_articles(empty, [folder]))
    assert names(empty) == ["a.txt"] and result.left_out == 1
    assert [problem.split()[0] for problem in result.problems] == ["b.txt", "c.txt"]
    assert result.summary == "1 article added, 2 refused, 1 of other kinds left out."


@pytest.mark.parametrize(
    ("files", "said"),
    [({"b.txt": b"caf\xe9"}, "b.txt is not UTF-8"), ({"b.txt": b"\xff", "c.txt": ""}, "None of 2 files could be read")],
)
def test_an_import_of_bad_files_alone_is_refused_and_changes_nothing(project, tmp_path, files, said):
    before = everything(project)
    with pytest.raises(UnreadableArticle, match=said) as refused:
        drain(importing.add_articles(project, [write(tmp_path / "in", files)]))
    assert refused.value.hint and everything(project) == before


def test_an_unknown_encoding_is_named(project):
    with pytest.raises(AnnotatorError, match="There is no encoding called ebcdick"):
        drain(importing.add_articles(project, [projects.paths.seeds()], encoding="ebcdick"))


def test_a_chosen_encoding_is_used(empty, tmp_path):
    folder = write(tmp_path / "in", {"a.txt": "Café “au lait”.".encode("cp1252")})
    drain(importing.add_articles(empty, [folder], encoding="cp1252"))
    (row,) = queries.article_rows(empty)
    assert queries.article(empty, row.id).text == "Café “au lait”."


def test_undo_takes_an_import_out_of_the_queue_and_redo_brings_it_back(project):
    before = everything(project)
    history.undo(project)
    assert queries.article_rows(project) == [] and queries.search(project, "NATO") == []
    history.redo(project)
    assert everything(project) == before


def test_what_was_undone_can_be_imported_anew(project):
    before = names(project)
    history.undo(project)
    result = drain(importing.add_articles(project, [projects.paths.seeds()]))
    assert list(result.added) == names(project) == before and not history.redo_text(project)


def test_undo_of_a_second_import_leaves_the_first(project, tmp_path):
    drain(importing.add_articles(project, [write(tmp_path / "in", {"a.txt": "New."})]))
    history.undo(project)
    assert len(names(project)) == 2


def test_a_thousand_small_articles_are_one_act(empty, tmp_path):
    folder = write(tmp_path / "in", {f"{n:04}.txt": f"Article {n} about NATO." for n in range(1000)})
    result = drain(importing.add_articles(empty, [folder]))
    assert len(result.added) == len(names(empty)) == 1000 == len(queries.search(empty, "nato"))
    assert names(empty)[0] == "0000.txt" and names(empty)[-1] == "0999.txt"
    history.undo(empty)
    assert names(empty) == []


def test_a_large_import_into_a_project_with_articles_is_preceded_by_a_backup(project, tmp_path):
    drain(importing.add_articles(project, [write(tmp_path / "in", {"a.txt": "A.", "b.txt": "B."})]))
    assert len(backup.backups(project.id)) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
def test_a_file_whose_name_is_no_text_is_imported_under_a_name_that_is(empty, tmp_path):
    folder = write(tmp_path / "in", {})
    with open(os.fsencode(folder) + b"/caf\xe9.txt", "wb") as file:  # noqa: PTH123
        file.write(b"Good.")
    drain(importing.add_articles(empty, [folder]))
    assert names(empty) == ["caf\N{REPLACEMENT CHARACTER}.txt"]
