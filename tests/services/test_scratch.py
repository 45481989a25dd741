"""The folders of trained models: nothing half made stays, and the newest is first."""

import os
from pathlib import Path

import pytest

from annotator.domain.errors import AnnotatorError
from annotator.services.scratch import newest_first, put_in_place, scratch_beside


def test_a_scratch_folder_lies_beside_what_is_made_and_goes(tmp_path: Path) -> None:
    folder = tmp_path / "taggers" / "mine"
    with pytest.raises(KeyError), scratch_beside(folder) as scratch:
        assert scratch.parent == folder.parent
        (scratch / "corpus.jsonl").write_text("whole articles")
        raise KeyError
    assert list(folder.parent.iterdir()) == []


def test_what_killed_programs_left_goes_with_the_next_training(tmp_path: Path) -> None:
    old, new = tmp_path / ".making-old", tmp_path / ".making-new"
    for left in (old, new):
        left.mkdir()
        (left / "corpus.jsonl").write_text("whole articles")
    os.utime(old, (0, 0))
    with scratch_beside(tmp_path / "mine"):
        assert not old.exists()
        # Another program may be at work in it.
        assert new.exists()


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AnnotatorError, match="cannot be made"), scratch_beside(tmp_path / "file" / "mine"):
        pass


def test_a_finished_model_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    place = tmp_path / "mine"
    place.mkdir()
    (place / "old").write_text("")
    with scratch_beside(place) as scratch:
        made = scratch / "model"
        made.mkdir()
        (made / "new").write_text("")
        put_in_place(made, place)
    assert [one.name for one in place.iterdir()] == ["new"]
    assert list(tmp_path.iterdir()) == [place]


def test_the_newest_model_is_first_also_within_a_day(tmp_path: Path) -> None:
    for hour, name in enumerate(("noon", "evening", "morning")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "card.toml").write_text("")
        os.utime(tmp_path / name / "card.toml", (hour * 3600, hour * 3600))
    (tmp_path / "no model").mkdir()
    assert [one.name for one in newest_first(tmp_path)] == ["morning", "evening", "noon"]
    assert newest_first(tmp_path / "missing") == []
