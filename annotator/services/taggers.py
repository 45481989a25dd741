"""The taggers of quotes in the user's data folder: which there are, how good they were, and which one is used."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec

from annotator import paths, settings
from annotator.domain.errors import AnnotatorError
from annotator.services.projects import Project
from annotator.services.scratch import newest_first
from annotator.store import confirmed
from annotator.suggest.tagging.bases import can_train_networks
from annotator.suggest.tagging.card import Card, read_card


class TaggerRow(msgspec.Struct, frozen=True, kw_only=True):
    """A tagger as it is listed: its name, its card, and whether the models use it."""

    name: str
    card: Card
    is_used: bool


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to learn from, and whether a network would learn it or a CRF."""

    articles: int
    quotes: int
    is_network: bool


def rows() -> list[TaggerRow]:
    """The taggers that can be used, the newest first."""
    used = settings.load().tagger
    found = []
    for one in newest_first(paths.tagger_folder("any").parent):
        # A folder that is no tagger, or one of another version, is nothing that could be used.
        with suppress(AnnotatorError):
            found.append(TaggerRow(name=one.name, card=read_card(one), is_used=one.name == used))
    return found


def material(project: Project) -> Material:
    """What the author's own confirmed work offers to learn from."""
    articles, quotes = confirmed.count_quotes(project.conn, project.author.id)
    return Material(articles=articles, quotes=quotes, is_network=can_train_networks())


def new_name(project: Project, day: str) -> str:
    """A name for a tagger of that project and day that no tagger has."""
    first = name = f"{Path(project.path).stem} {day}"
    number = 1
    while paths.tagger_folder(name).exists():
        number += 1
        name = f"{first} ({number})"
    return name


def use(name: str) -> None:
    """Let the models use a tagger from now on, in all projects; an empty name: none, the rules alone.

    Raises:
        AnnotatorError: there is no such tagger, or the settings cannot be saved.
    """
    if name:
        read_card(paths.tagger_folder(name))
    settings.change(tagger=name)
