"""The pipelines in the user's data folder: how good they were, and what there is to learn."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import msgspec

from annotator import paths
from annotator.domain.errors import AnnotatorError
from annotator.services import pipelines
from annotator.services.entity_training import FEWEST
from annotator.services.projects import Project
from annotator.services.scratch import newest_first
from annotator.store import confirmed
from annotator.suggest.installed import BLANK, installed
from annotator.suggest.learning.card import PipelineCard, read_card


class TrainedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A trained pipeline as it is listed: its name, its card, and whether it reads this project."""

    name: str
    card: PipelineCard
    is_used: bool


class EntityMaterial(msgspec.Struct, frozen=True, kw_only=True):
    """What an author's confirmed work offers to learn from: articles, and entities by label, the commonest first."""

    articles: int
    labels: dict[str, int]
    are_done: bool

    @property
    def is_enough(self) -> bool:
        """Whether there is anything that could be learnt, and tested."""
        return self.articles >= FEWEST and bool(self.labels)


def rows(project: Project) -> list[TrainedRow]:
    """The trained pipelines that can be used, the newest first."""
    used = pipelines.chosen(project)
    found = []
    for one in newest_first(paths.pipelines_dir()):
        # A folder that is no pipeline, or one of another version, is nothing that could be used.
        with suppress(AnnotatorError):
            found.append(TrainedRow(name=one.name, card=read_card(one), is_used=one.name == used))
    return found


def material(project: Project) -> EntityMaterial:
    """What the author's own confirmed work offers to learn from."""
    articles, labels, are_done = confirmed.count_entities(project.conn, project.author.id)
    return EntityMaterial(articles=articles, labels=labels, are_done=are_done)


def bases(project: Project) -> list[str]:
    """The pipelines that a training can begin with: the project's own first, a blank one of its language last."""
    own = pipelines.chosen(project)
    found = [one for one in installed() if not one.problem and not one.name.startswith(BLANK)]
    language = next((one.language for one in found if one.name == own), "en")
    return list(dict.fromkeys([own, *(one.name for one in found), f"{BLANK}{language}"]))


def new_name(project: Project, day: str) -> str:
    """A name for a pipeline of that project and day that none has."""
    first = name = f"{Path(project.path).stem} {day}"
    number = 1
    while (paths.pipelines_dir() / name).exists():
        number += 1
        name = f"{first} ({number})"
    return name


def remove(project: Project, name: str) -> None:
    """Delete a trained pipeline from the user's data folder, for good.

    Raises:
        AnnotatorError: it reads this project, or there is none of that name, or it cannot be deleted.
    """
    folder = paths.pipeline_folder(name)
    if folder is None or not folder.is_dir():
        raise AnnotatorError(f"There is no trained pipeline {name}.", hint="Choose one from the list.")
    read_card(folder)
    if pipelines.chosen(project) == name:
        raise AnnotatorError(f"{name} reads this project.", hint="Choose another pipeline first.")
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise AnnotatorError(
            f"{name} could not be deleted ({error.strerror or type(error).__name__}).",
            hint="Close programs that use it, and try again.",
        ) from error
