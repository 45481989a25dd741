"""The registry of targets: what one can be for or against. Each act is one step."""

from __future__ import annotations

from collections import Counter

import msgspec

from annotator.domain.errors import NotAllowed
from annotator.domain.journal import Changes
from annotator.domain.merging import kept
from annotator.domain.records import Target, TargetKind
from annotator.store import rows, uses
from annotator.store.journal import new_id
from annotator.store.project import Project


class TargetRow(msgspec.Struct, frozen=True, kw_only=True):
    """A target as lists show it; `uses` counts the author's own stances."""

    id: str
    label: str
    statement: str
    kind: TargetKind
    uses: int = 0


class NewTarget(msgspec.Struct, frozen=True):
    """A target that is not in the registry yet: it comes into it with its first stance, in the same act."""

    label: str
    statement: str = ""
    kind: TargetKind = "policy"


class TargetRegistry:
    """All targets of a project at one moment, with merged ones leading to the one they were merged into."""

    def __init__(self, project: Project) -> None:
        self._all = {one.id: one for one in rows.select(project.conn, "target") if isinstance(one, Target)}

    def target(self, target_id: str | None) -> Target | None:
        """The target that an id means now: merged ones are followed."""
        return kept(self._all.get, target_id)

    def ids(self) -> list[str]:
        """Every id, merged ones too."""
        return list(self._all)

    def meaning(self, target: Target) -> list[str]:
        """Every id that means a target now."""
        return [one for one in self._all if self.target(one) is target]


def targets(project: Project) -> list[Target]:
    """The targets that were not merged into others, by label."""
    registry = TargetRegistry(project)
    found = {one.id: one for one in map(registry.target, registry.ids()) if one is not None}
    return sorted(found.values(), key=lambda one: (one.label.casefold(), one.id))


def likely_targets(project: Project, words: str) -> list[Target]:
    """All targets, those whose label or statement shares most with some words first; equal ones by label."""
    from rapidfuzz import fuzz, utils

    found = targets(project)
    about = utils.default_process(words)
    if not about:
        return found

    def likeness(target: Target) -> float:
        texts = (target.label, target.statement)
        return max(fuzz.token_set_ratio(about, utils.default_process(text)) for text in texts)

    return sorted(found, key=likeness, reverse=True)


def target_rows(project: Project) -> list[TargetRow]:
    """The targets with how often they are used, the most used first."""
    registry = TargetRegistry(project)
    used: Counter[str] = Counter()
    for target_id, count in uses.counts(project.conn, "target", project.author.id).items():
        meant = registry.target(target_id)
        if meant is not None:
            used[meant.id] += count
    made = [
        TargetRow(id=one.id, label=one.label, statement=one.statement, kind=one.kind, uses=used[one.id])
        for one in targets(project)
    ]
    return sorted(made, key=lambda one: (-one.uses, one.label.casefold()))


def target_labels(project: Project) -> dict[str, str]:
    """Every target id, merged ones too, with the label it means now."""
    registry = TargetRegistry(project)
    return {one: found.label for one in registry.ids() if (found := registry.target(one)) is not None}


def get_target(project: Project, target_id: str) -> Target:
    """The target that an id means now: merged ones are followed.

    Raises:
        NotAllowed: it is not there (any more).
    """
    found = find_target(project, target_id)
    if found is None:
        raise NotAllowed("That target is not there any more.", hint="Choose another one.")
    return found


def find_target(project: Project, target_id: str | None) -> Target | None:
    """The target that an id means now, or `None`."""

    def row(one: str) -> Target | None:
        found = rows.get(project.conn, "target", one)
        return found if isinstance(found, Target) else None

    return kept(row, target_id)


def add_target(project: Project, label: str, *, statement: str = "", kind: TargetKind = "policy") -> Changes:
    """Put a new target into the registry; without a statement the label serves as one.

    Raises:
        NotAllowed: the label is empty, or there is one like it.
    """
    label = _free_label(project, label)
    with project.step("target.add") as step:
        target = Target(
            id=new_id(), author=step.author, kind=kind, label=label, statement=" ".join(statement.split()) or label
        )
        step.put_new([target])
    return step.changes


def ensure_target(project: Project, target: str | NewTarget) -> str:
    """The id of a target of the registry; a new one is put into it first.

    Raises:
        NotAllowed: it is not there (any more); the new one's label is empty or taken.
    """
    if isinstance(target, NewTarget):
        made = add_target(project, target.label, statement=target.statement, kind=target.kind)
        return made.records("target")[0].id
    return get_target(project, target).id


def change_target(project: Project, target_id: str, *, label: str, statement: str, kind: TargetKind) -> Changes:
    """Change a target's words or kind. One that was merged means the one it became.

    Raises:
        NotAllowed: the label is empty, or another target has it; there is no such target.
    """
    old = get_target(project, target_id)
    label = _free_label(project, label, but=old.id)
    with project.step("target.change") as step:
        step.put(msgspec.structs.replace(old, label=label, statement=" ".join(statement.split()) or label, kind=kind))
    return step.changes


def _free_label(project: Project, label: str, *, but: str = "") -> str:
    label = " ".join(label.split())
    if not label:
        raise NotAllowed("A target needs a label.", hint="Type a few words for it.")
    if any(one.label.casefold() == label.casefold() and one.id != but for one in targets(project)):
        raise NotAllowed(f"There is a target “{label}” already.", hint="Choose it.")
    return label


def merge_targets(project: Project, gone_id: str, kept_id: str) -> Changes:
    """Make two targets one, everywhere: records keep the id they name, which means the kept one from now on.

    Raises:
        NotAllowed: they are the same, or one is not there.
    """
    gone, stays = get_target(project, gone_id), get_target(project, kept_id)
    if gone.id == stays.id:
        raise NotAllowed("These are the same target already.", hint="Choose another one to merge with.")
    with project.step("target.merge") as step:
        step.put(msgspec.structs.replace(gone, merged_into=stays.id))
    return step.changes
