"""The large project that is measured is a project as acts would have left it."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.progress import drain
from annotator.services import checking, queries
from benchmarks.full_project import ANNOTATIONS, SUGGESTED, full_project


def test_a_full_project_is_sound_and_its_tallies_are_right(tmp_path: Path):
    with full_project(tmp_path / "full.annot", 3) as project:
        views = [queries.article_view(project, row.id) for row in queries.article_rows(project)]
        for one in views:
            assert len(one.suggestions) == SUGGESTED
            parts = (one.suggestions, one.entities, one.quotes, one.stances)
            assert sum(map(len, parts)) == ANNOTATIONS
        left = [len(queries.open_suggestions(project, one.article.id)) for one in views]
        assert [row.open_count for row in queries.article_rows(project)] == left
        assert drain(checking.check_project(project)).is_sound
