"""`annotator check` as a job."""

from __future__ import annotations

from annotator.domain.progress import drain
from annotator.services import annotation, checking
from annotator.store import check
from tests.services.making import first_article, ids, open_ones, told


def test_a_project_with_work_in_it_is_sound(suggested):
    annotation.accept(suggested, ids(open_ones(suggested)))
    result = drain(checking.check_project(suggested))
    assert result.is_sound and [rule.rule for rule in result.rules] == list(check.TITLES)
    assert all(rule.title for rule in result.rules)


def test_a_check_tells_how_many_rules_it_has_looked_at(project):
    assert [(one.done, one.total) for one in told(checking.check_project(project))] == [
        (n, len(check.TITLES)) for n in range(len(check.TITLES) + 1)
    ]


def test_a_record_that_was_changed_behind_the_journal_s_back_is_a_fault(suggested):
    annotation.accept(suggested, ids(open_ones(suggested)))
    suggested.conn.execute("UPDATE entity SET start = start + 1 WHERE article = ?", (first_article(suggested),))
    result = drain(checking.check_project(suggested))
    assert not result.is_sound and {rule.rule for rule in result.rules if rule.findings} >= {"I3", "I5"}
