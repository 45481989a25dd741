"""What there is to choose for an export of a project, and what was chosen last."""

from __future__ import annotations

import msgspec

from annotator import settings
from annotator.domain.codebook import POSITION_MEANINGS
from annotator.domain.sureness import Sureness
from annotator.services.exporting import ExportOptions
from annotator.services.lines import GOLD, MINE, SUGGESTIONS
from annotator.store import articles, journal
from annotator.store.project import Project


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """What a project has to choose from. `layers` are titles by name; `period` is empty where no article has a date."""

    project_name: str
    layers: dict[str, str]
    sureness: Sureness
    labels: tuple[str, ...]
    positions: tuple[str, ...]
    outlets: tuple[str, ...] = ()
    period: tuple[str, str] = ("", "")


class LastExport(msgspec.Struct, frozen=True, kw_only=True):
    """An export as it was asked for: format, place and options."""

    format: str
    out: str
    options: ExportOptions


def offered(project: Project) -> Offered:
    """What can be chosen for an export of the project; retired labels can, for records may have them."""
    book = project.codebook().codebook
    return Offered(
        project_name=project.name,
        layers=_layers(project),
        sureness=project.sureness,
        labels=tuple(one.name for one in book.labels),
        positions=tuple(one.name for one in book.positions) or tuple(POSITION_MEANINGS),
        outlets=tuple(articles.outlets(project.conn)),
        period=articles.period(project.conn),
    )


def _layers(project: Project) -> dict[str, str]:
    names = project.author_names()
    others = [names.get(one, one) for one in journal.heads(project.conn) if one != project.author.id]
    # Two of one name cannot be told apart by it, and "mine", "gold" and "suggestions" mean something else.
    told = sorted(one for one in set(others) if others.count(one) == 1 and one != project.author.name)
    fixed = {MINE: "My annotations", SUGGESTIONS: "What the models propose", GOLD: "Gold: what reviews decided"}
    return fixed | {name: f"The annotations of {name}" for name in told if name not in fixed}


def last_export(project: Project) -> LastExport | None:
    """What was exported last from the project; `None` where nothing was, or an older program wrote it."""
    kept = settings.load().exports.get(project.id)
    try:
        return msgspec.convert(kept, LastExport) if kept else None
    except msgspec.ValidationError:
        return None


def remember_export(project: Project, last: LastExport) -> None:
    """Keep what was chosen, for the next export of this project; of the latest projects alone.

    Raises:
        AnnotatorError: the settings cannot be written.
    """
    others = {key: value for key, value in settings.load().exports.items() if key != project.id}
    kept = {**others, project.id: msgspec.to_builtins(last)}
    settings.change(exports=dict(list(kept.items())[-settings.MAX_RECENT :]))
