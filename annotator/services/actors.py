"""The registry of actors: who is in it, finding one by a few letters, making, changing, merging."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from annotator.domain.errors import NotAllowed
from annotator.domain.journal import Changes
from annotator.domain.merging import kept
from annotator.domain.records import Actor, ActorType, Quote, Role
from annotator.domain.words import tokens
from annotator.store import rows, uses
from annotator.store.journal import new_id
from annotator.store.project import Project

_GOOD_MATCH = 72.0
_SHORTEST_FUZZY = 4


class ActorRow(msgspec.Struct, frozen=True, kw_only=True):
    """An actor as lists show it. The counts are of the author's own records, in the article or in all."""

    id: str
    name: str
    type: ActorType
    aliases: tuple[str, ...]
    role: str = ""
    here: int = 0
    uses: int = 0


class NewActor(msgspec.Struct, frozen=True):
    """An actor that is not in the registry yet: it comes into it with what it is first named in, in the same act."""

    name: str
    type: ActorType = "person"


class Registry:
    """All actors of a project at one moment, with merged ones leading to the one they were merged into."""

    def __init__(self, project: Project) -> None:
        self._all = {one.id: one for one in rows.select(project.conn, "actor") if isinstance(one, Actor)}

    def actor(self, actor_id: str | None) -> Actor | None:
        """The actor that an id means now: merged ones are followed."""
        return kept(self._all.get, actor_id)

    def name(self, actor_id: str | None) -> str:
        """The name of the actor that an id means now; empty where there is none."""
        found = self.actor(actor_id)
        return found.name if found else ""

    def all(self) -> list[Actor]:
        """The actors that were not merged into others, by name."""
        found = (one for one in self._all.values() if one.merged_into is None or self.actor(one.id) is one)
        return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def names(project: Project) -> dict[str, str]:
    """Every id of the registry, merged ones too, with the name it means now."""
    found = uses.names(project.conn, "actor")
    for one in rows.select(project.conn, "actor", "merged_into IS NOT NULL"):
        found[one.id] = get(project, one.id).name
    return found


def people(project: Project) -> frozenset[str]:
    """The names of all persons of the registry."""
    return uses.people(project.conn)


def actor_rows(project: Project, *, article: str = "") -> list[ActorRow]:
    """All actors with how often they are used, here and altogether: first those of the article, then by use."""
    registry = Registry(project)
    everywhere = _uses(project, registry, "")
    here = _uses(project, registry, article) if article else Counter[str]()
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
    found: Counter[str] = Counter()
    for actor_id, count in uses.counts(project.conn, "actor", project.author.id, article=article).items():
        meant = registry.actor(actor_id)
        if meant is not None:
            found[meant.id] += count
    return found


def get(project: Project, actor_id: str) -> Actor:
    """The actor that an id means now: merged ones are followed.

    Raises:
        NotAllowed: it is not in the registry (any more).
    """
    found = find(project, actor_id)
    if found is None:
        raise NotAllowed("That actor is not in the registry any more.", hint="Choose another one.")
    return found


def find(project: Project, actor_id: str | None) -> Actor | None:
    """The actor that an id means now, or `None`."""

    def row(one: str) -> Actor | None:
        found = rows.get(project.conn, "actor", one)
        return found if isinstance(found, Actor) else None

    return kept(row, actor_id)


def matching(rows_: Sequence[ActorRow], words: str, *, limit: int = 50) -> list[ActorRow]:
    """The actors whose name or an alias fits some letters, the best first; equal ones in their own order.

    First those with a name that begins with the letters, then those with a word that does, then fuzzily (rapidfuzz,
    letters in the wrong order or missing, words in any order), so that "hegset", "pete h" and "hegsteh" find Pete
    Hegseth. Capitals and diacritics make no difference.
    """
    wanted = " ".join(tokens(words))
    if not wanted:
        return list(rows_[:limit])
    scored: list[tuple[float, int, ActorRow]] = []
    for number, row in enumerate(rows_):
        score = max(_score(wanted, " ".join(tokens(name))) for name in (row.name, *row.aliases))
        if score >= _GOOD_MATCH:
            scored.append((-score, number, row))
    return [row for _, _, row in sorted(scored, key=lambda one: one[:2])[:limit]]


def _score(wanted: str, name: str) -> float:
    """How well a name fits some letters, 0 to 103."""
    from rapidfuzz import fuzz

    if name == wanted:
        return 103.0
    if name.startswith(wanted):
        return 102.0
    if f" {wanted}" in name:
        return 101.0
    if len(wanted) < _SHORTEST_FUZZY or not name:
        return 0.0
    # What was typed may be the beginning of the name, or of one of its words.
    words = name.split()
    begins = [" ".join(words[at:])[: len(wanted)] for at in range(len(words))]
    best = max(fuzz.ratio(wanted, begin, score_cutoff=_GOOD_MATCH) for begin in begins)
    return max(best, float(fuzz.token_set_ratio(wanted, name)) if " " in wanted else 0.0)


def create(
    project: Project,
    name: str,
    *,
    type: ActorType = "person",
    aliases: Sequence[str] = (),
    roles: Sequence[Role] = (),
) -> Changes:
    """Put a new actor into the registry.

    Raises:
        NotAllowed: the name is empty, or an actor has it already.
    """
    name = " ".join(name.split())
    if not name:
        raise NotAllowed("An actor needs a name.", hint="Type one.")
    _check_free(project, name)
    with project.step("actor.add") as step:
        actor = Actor(
            id=new_id(),
            author=step.author,
            type=type,
            name=name,
            aliases=_clean(aliases, name),
            roles=tuple(roles),
        )
        step.put_new([actor])
    return step.changes


def ensure(project: Project, actor: str | NewActor) -> str:
    """The id of an actor of the registry; a new one is put into it first.

    Raises:
        NotAllowed: it is not there (any more); the new one's name is empty or taken.
    """
    if isinstance(actor, NewActor):
        return create(project, actor.name, type=actor.type).records("actor")[0].id
    return get(project, actor).id


def change(
    project: Project,
    actor_id: str,
    *,
    name: str | None = None,
    type: ActorType | None = None,
    aliases: Sequence[str] | None = None,
    roles: Sequence[Role] | None = None,
) -> Changes:
    """Change what is known of an actor; what is not given stays. One that was merged means the one it became.

    Raises:
        NotAllowed: the name is empty, or another actor has it; there is no such actor.
    """
    old = get(project, actor_id)
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
        NotAllowed: they are the same, or one is not there.
    """
    gone, stays = get(project, gone_id), get(project, kept_id)
    if gone.id == stays.id:
        raise NotAllowed("These are the same actor already.", hint="Choose another one to merge with.")
    with project.step("actor.merge") as step:
        step.put(msgspec.structs.replace(gone, merged_into=stays.id))
        step.put(
            msgspec.structs.replace(
                stays,
                aliases=_clean((*stays.aliases, gone.name, *gone.aliases), stays.name),
                roles=tuple(dict.fromkeys((*stays.roles, *gone.roles))),
            )
        )
    return step.changes


def unlinked(project: Project, *, article: str = "") -> list[Quote]:
    """The author's quotes that have a source in the text and no speaker yet; by article, then by place."""
    where, values = ("author = ? AND speaker IS NULL AND source_kind NOT IN ('none', 'anonymous')", [project.author.id])
    if article:
        where, values = f"{where} AND article = ?", [*values, article]
    found = [one for one in rows.select(project.conn, "quote", where, values) if isinstance(one, Quote)]
    return sorted(found, key=lambda one: (one.article, one.content))


def unlinked_count(project: Project) -> int:
    """How many quotes of the author, in all articles, have a source in the text and no speaker yet."""
    return uses.unlinked_count(project.conn, project.author.id)


def _check_free(project: Project, name: str) -> None:
    if any(one.name.casefold() == name.casefold() for one in Registry(project).all()):
        raise NotAllowed(f"{name} is in the registry already.", hint="Choose that actor, or another name.")


def _clean(aliases: Sequence[str], name: str) -> tuple[str, ...]:
    """The aliases without blanks around them, each once and none like the name; capitals make no difference."""
    tidy: dict[str, str] = {}
    for alias in (" ".join(one.split()) for one in aliases):
        if alias and alias.casefold() != name.casefold():
            tidy.setdefault(alias.casefold(), alias)
    return tuple(tidy.values())
