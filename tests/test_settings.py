"""The user's settings: a small file that holds what differs, survives damage and keeps who the user is."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from annotator import paths, settings
from annotator.domain.errors import AnnotatorError


def file() -> Path:
    return paths.config_dir() / "settings.json"


def write(content: bytes) -> None:
    file().parent.mkdir(parents=True)
    file().write_bytes(content)


def test_settings_without_a_file_are_the_defaults_and_make_none():
    assert settings.load() == settings.Settings() and not file().exists()


def test_only_what_differs_from_the_defaults_is_stored():
    settings.change(theme="dark", text_size_px=16.5)
    assert json.loads(file().read_bytes()) == {"theme": "dark"}
    settings.change(theme="system")
    assert json.loads(file().read_bytes()) == {}


def test_a_change_leaves_the_other_settings_alone():
    settings.change(theme="dark")
    settings.change(author_name="Ana Čapková 😅")
    assert settings.load() == settings.Settings(theme="dark", author_name="Ana Čapková 😅")
    assert [one.name for one in file().parent.iterdir()] == ["settings.json"]


def test_the_identity_is_made_once_and_stays():
    first = settings.with_identity()
    settings.change(author_name="Ana", theme="light")
    assert len(first.author_id) == 36 and settings.with_identity().author_id == first.author_id


@pytest.mark.parametrize("content", [b"{", b"", b"[]", b'"dark"', b"\xff\xfe\x00", b"\x00" * 100])
def test_a_damaged_file_is_kept_beside_the_new_one(content):
    write(content)
    assert settings.load() == settings.Settings()
    assert file().with_name("settings.damaged.json").read_bytes() == content
    settings.change(theme="dark")
    assert settings.load().theme == "dark"


@pytest.mark.parametrize("bad", [b'"theme": "blue"', b'"recent": {"a": 1}', b'"text_size_px": "big"'])
def test_of_a_damaged_file_what_is_sound_is_taken_over_above_all_the_identity(bad):
    write(b'{"author_id": "a-1", "author_name": "Ana", "pipeline": "other", ' + bad + b"}")
    expected = settings.Settings(author_id="a-1", author_name="Ana", pipeline="other")
    assert settings.load() == settings.load() == settings.with_identity() == expected
    assert bad in file().with_name("settings.damaged.json").read_bytes()


def test_settings_of_a_newer_version_are_read_as_far_as_they_are_known():
    write(b'{"author_id": "a-1", "colours": 16}')
    assert settings.load() == settings.Settings(author_id="a-1")
    assert not file().with_name("settings.damaged.json").exists()


def test_the_latest_project_is_the_first_of_the_recent_ones(tmp_path):
    for name in ("a", "b", "c", "a"):
        settings.remember_project(tmp_path / name, f"id of {name}")
    loaded = settings.load()
    assert [Path(one).name for one in loaded.recent] == ["a", "c", "b"]
    assert loaded.project_ids == {str(tmp_path / name): f"id of {name}" for name in "abc"}


def test_the_recent_ones_are_few_and_no_more_is_kept_of_the_others(tmp_path):
    for number in range(settings.MAX_RECENT + 3):
        settings.remember_project(tmp_path / str(number), "id")
    loaded = settings.load()
    assert [Path(one).name for one in loaded.recent] == [str(number) for number in range(12, 2, -1)]
    assert loaded.project_ids.keys() == set(loaded.recent)


def test_a_folder_that_cannot_be_made_is_named_with_a_hint():
    blocked = paths.config_dir()
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("a file where the folder should be")
    assert settings.load() == settings.Settings()
    with pytest.raises(AnnotatorError, match="settings cannot be saved") as refused:
        settings.with_identity()
    assert str(blocked) in refused.value.hint and blocked.read_text().startswith("a file")


def test_a_folder_in_the_file_s_place_is_named_and_left_alone():
    file().mkdir(parents=True)
    assert settings.load() == settings.Settings()
    with pytest.raises(AnnotatorError):
        settings.change(theme="dark")
    assert file().is_dir() and [one.name for one in file().parent.iterdir()] == ["settings.json"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_never_written_over():
    write(b'{"author_id": "a-1"}')
    file().chmod(0)
    assert settings.load() == settings.Settings()
    with pytest.raises(AnnotatorError, match="cannot be read"):
        settings.with_identity()
    file().chmod(0o600)
    assert settings.load().author_id == "a-1"
