"""Backups: when they are due, what they hold, which of them stay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from annotator.domain.errors import ProjectUnavailable
from annotator.store import backup
from annotator.store.project import Project, open_project
from tests.store.making import contents, entity, names, problems, put

NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)


def at(project: Project, time: datetime) -> Project:
    """The same open project at another time."""
    return Project(project.path, project.conn, project.author, now=time.isoformat)


def named(time: datetime) -> Path:
    return Path(time.strftime("%Y%m%dT%H%M%S%fZ") + ".annot")


def test_a_backup_is_a_sound_copy_in_the_user_s_folder(project, user_folder):
    put(project, entity(project))
    path = backup.back_up(project)
    assert path.is_relative_to(user_folder) and names(path.parent) == [path.name]
    with open_project(path, project.author, read_only=True) as copy:
        assert problems(copy.conn) == {} and copy.id == project.id
    project.close()
    assert contents(path) == contents(project.path)


def test_work_goes_on_while_the_backup_stays_as_it_was(project):
    path = backup.back_up(project)
    before = path.read_bytes()
    put(project, entity(project))
    assert path.read_bytes() == before and problems(project.conn) == {}


def test_backups_come_newest_first(project):
    made = [backup.back_up(at(project, NOON + timedelta(minutes=number))) for number in range(3)]
    assert backup.backups(project.id) == made[::-1]


def test_a_backup_is_due_when_there_is_none_of_the_last_half_hour(project):
    assert backup.is_due(at(project, NOON))
    backup.back_up(at(project, NOON))
    assert not backup.is_due(at(project, NOON + timedelta(minutes=29)))
    assert backup.is_due(at(project, NOON + timedelta(minutes=31)))


def test_a_clock_put_back_a_year_keeps_no_backup_away(project):
    future = backup.back_up(at(project, NOON))
    then = at(project, NOON - timedelta(days=365))
    assert backup.is_due(then)
    path = backup.back_up(then)
    assert not backup.is_due(then) and future.exists() and path.exists()


def test_a_backup_removes_what_an_interrupted_one_left(project):
    folder = backup.back_up(project).parent
    for left in ("20260101T000000000000Z.partial", "20260101T000000000000Z.partial-journal"):
        (folder / left).write_bytes(b"half")
    backup.back_up(project)
    assert all(name.endswith(".annot") for name in names(folder)) and len(names(folder)) == 2


def test_a_backup_that_cannot_be_written_is_one_sentence_and_leaves_the_project_alone(project):
    folder = backup.folder_of(project.id)
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way")
    with pytest.raises(ProjectUnavailable, match=r"No backup of work\.annot could be written") as refused:
        backup.back_up(project)
    assert "The project itself is safe" in refused.value.hint
    put(project, entity(project))


def test_thinning_keeps_all_of_two_days_then_one_a_day_a_week_a_month():
    hours = [NOON - timedelta(hours=number) for number in range(0, 24 * 420, 3)]
    gone = set(backup.thinned(map(named, hours), NOON))
    kept = [time for time in hours if named(time) not in gone]
    ages = [(NOON - time) / timedelta(days=1) for time in kept]
    assert len([age for age in ages if age <= 2]) == 17
    assert 12 <= len([age for age in ages if 2 < age <= 14]) <= 13
    assert 10 <= len([age for age in ages if 14 < age <= 84]) <= 11
    assert 9 <= len([age for age in ages if age > 84]) <= 10 and max(ages) <= 360
    # Thinning what is thinned already takes nothing more away.
    assert backup.thinned(map(named, kept), NOON) == []


def test_thinning_day_by_day_always_leaves_old_ones():
    kept: list[Path] = []
    for day in range(300):
        now = NOON + timedelta(days=day)
        kept.append(named(now))
        gone = backup.thinned(kept, now)
        kept = [path for path in kept if path not in gone]
    ages = [day for day in range(300) if named(NOON + timedelta(days=299 - day)) in kept]
    assert ages[0] == 0 and ages[-1] > 250 and 25 < len(kept) < 40


def test_thinning_never_takes_the_newest_or_what_is_no_backup():
    old, newer = named(NOON - timedelta(days=900)), named(NOON - timedelta(days=800))
    others = [Path("version-1.annot"), Path("mine.annot")]
    assert backup.thinned([old, newer, *others], NOON) == [old]
    assert backup.thinned(others, NOON) == []
