"""The registry of actors: who is in it, finding one by a few letters, making, changing, merging."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from annotator.domain.errors import NotAllowed
from annotator.domain.journal import Changes
from annotator.domain.records import Actor, ActorType, Entity, Quote, Role, Stance
from annotator.store import rows
from annotator.store.journal import new_id
from annotator.store.project import Project

_GOOD_MATCH = 60.0


class ActorRow(msgspec.Struct, frozen=True, kw_only=True):
    """An actor as lists show it. The counts are of the author's own records, in the article or in all."""

    id: str
    name: str
    type: ActorType
    aliases: tuple[str, ...]
    role: str = ""
    here: int = 0
    uses: int = 0


class Registry:
    """All actors of a project at one moment, with merged ones leading to the one they were merged into."""

    def __init__(self, project: Project) -> None:
        self._all = {one.id: one for one in rows.select(project.conn, "actor") if isinstance(one, Actor)}

    def actor(self, actor_id: str | None) -> Actor | None:
        """The actor that an id means now: merged ones are followed."""
        seen: set[str] = set()
        while actor_id and actor_id in self._all and actor_id not in seen:
            seen.add(actor_id)
            actor = self._all[actor_id]
            if actor.merged_into is None:
                return actor
            actor_id = actor.merged_into
        return None

    def name(self, actor_id: str | None) -> str:
        """The name of the actor that an id means now; empty where there is none."""
        found = self.actor(actor_id)
        return found.name if found else ""

    def all(self) -> list[Actor]:
        """The actors that were not merged into others, by name."""
        return sorted(
            (one for one in self._all.values() if one.merged_into is None), key=lambda one: one.name.casefold()
        )

    def names(self) -> dict[str, str]:
        """Every id, merged ones too, with the name it means now."""
        return {actor_id: self.name(actor_id) for actor_id in self._all}


def actor_rows(project: Project, *, article: str = "") -> list[ActorRow]:
    """All actors with how often they are used, here and altogether: first those of the article, then by use."""
    registry = Registry(project)
    everywhere, here = _uses(project, registry, ""), _uses(project, registry, article) if article else Counter[str]()
    made = [
        ActorRow(
            id=one.id,
            name=one.name,
            type=one.type,
            aliases=one.aliases,
            role=one.roles[-1].title if one.roles else "",
            here=here[one.id],
            uses=everywhere[one.id],
        )
        for one in registry.all()
    ]
    return sorted(made, key=lambda one: (-one.here, -one.uses, one.name.casefold()))


def _uses(project: Project, registry: Registry, article: str) -> Counter[str]:
    where, values = ("author = ?", [project.author.id])
    if article:
        where, values = "author = ? AND article = ?", [project.author.id, article]
    named: list[str | None] = []
    named += [
        one.actor
        for one in rows.select(project.conn, "entity", f"{where} AND actor IS NOT NULL", values)
        if isinstance(one, Entity)
    ]
    named += [
        one.speaker
        for one in rows.select(project.conn, "quote", f"{where} AND speaker IS NOT NULL", values)
        if isinstance(one, Quote)
    ]
    for one in rows.select(project.conn, "stance", where, values):
        if isinstance(one, Stance):
            named += [one.holder, one.via]
    found = (registry.actor(one) for one in named)
    return Counter(one.id for one in found if one is not None)


def matching(rows_: Sequence[ActorRow], words: str, *, limit: int = 50) -> list[ActorRow]:
    """The actors whose name or an alias fits some letters, the best first; equal ones in their own order.

    Fuzzy: rapidfuzz's WRatio over names and aliases, so that "hegset" and "pete h" find Pete Hegseth.
    """
    from rapidfuzz import fuzz, utils

    wanted = utils.default_process(words)
    if not wanted:
        return list(rows_[:limit])
    scored = []
    for number, row in enumerate(rows_):
        names = [utils.default_process(name) for name in (row.name, *row.aliases)]
        begins = any(name.startswith(wanted) or f" {wanted}" in name for name in names)
        score = 101.0 if begins else max(fuzz.WRatio(wanted, name) for name in names)
        scored.append((score, number, row))
    good = sorted((one for one in scored if one[0] >= _GOOD_MATCH), key=lambda one: (-one[0], one[1]))
    return [row for _, _, row in good[:limit]]


def create(project: Project, name: str, *, type: ActorType = "person", aliases: Sequence[str] = ()) -> Changes:
    """Put a new actor into the registry.

    Raises:
        NotAllowed: the name is empty, or an actor has it already.
    """
    name = " ".join(name.split())
    if not name:
        raise NotAllowed("An actor needs a name.", hint="Type one.")
    _check_free(project, name)
    with project.step("actor.add") as step:
        actor = Actor(id=new_id(), author=step.author, type=type, name=name, aliases=_clean(aliases, name))
        step.put_new([actor])
    return step.changes


def change(
    project: Project,
    actor_id: str,
    *,
    name: str | None = None,
    type: ActorType | None = None,
    aliases: Sequence[str] | None = None,
    roles: Sequence[Role] | None = None,
) -> Changes:
    """Change what is known of an actor; what is not given stays."""
    old = _actor(project, actor_id)
    new_name = " ".join(name.split()) if name is not None else old.name
    if not new_name:
        raise NotAllowed("An actor needs a name.", hint="Type one.")
    if new_name.casefold() != old.name.casefold():
        _check_free(project, new_name)
    with project.step("actor.change") as step:
        step.put(
            msgspec.structs.replace(
                old,
                name=new_name,
                type=type or old.type,
                aliases=_clean(old.aliases if aliases is None else aliases, new_name),
                roles=old.roles if roles is None else tuple(roles),
            )
        )
    return step.changes


def merge(project: Project, gone_id: str, kept_id: str) -> Changes:
    """Make two actors one, everywhere and for everybody: one act, one undo.

    Records keep the id they name; it means the kept actor from now on, whose aliases take in the other's names.

    Raises:
        NotAllowed: they are the same.
    """
    registry = Registry(project)
    gone, kept = registry.actor(gone_id), registry.actor(kept_id)
    if gone is None or kept is None or gone.id == kept.id:
        raise NotAllowed("These are the same actor already.", hint="Choose another one to merge with.")
    with project.step("actor.merge") as step:
        step.put(msgspec.structs.replace(gone, merged_into=kept.id))
        step.put(
            msgspec.structs.replace(
                kept,
                aliases=_clean((*kept.aliases, gone.name, *gone.aliases), kept.name),
                roles=tuple(dict.fromkeys((*kept.roles, *gone.roles))),
            )
        )
    return step.changes


def unlinked(project: Project, *, article: str = "") -> list[Quote]:
    """The author's quotes that have a source in the text and no speaker yet; by article, then by place."""
    where, values = ("author = ? AND speaker IS NULL AND source_kind <> 'none'", [project.author.id])
    if article:
        where, values = f"{where} AND article = ?", [*values, article]
    found = [one for one in rows.select(project.conn, "quote", where, values) if isinstance(one, Quote)]
    return sorted(found, key=lambda one: (one.article, one.content))


def _actor(project: Project, actor_id: str) -> Actor:
    found = rows.get(project.conn, "actor", actor_id)
    if not isinstance(found, Actor):
        raise NotAllowed("That actor is not in the registry any more.", hint="Choose another one.")
    return found


def _check_free(project: Project, name: str) -> None:
    if any(one.name.casefold() == name.casefold() for one in Registry(project).all()):
        raise NotAllowed(f"{name} is in the registry already.", hint="Choose that actor, or another name.")


def _clean(aliases: Sequence[str], name: str) -> tuple[str, ...]:
    tidy = (" ".join(one.split()) for one in aliases)
    return tuple(dict.fromkeys(one for one in tidy if one and one != name))
