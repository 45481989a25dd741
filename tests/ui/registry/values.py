"""Realistic values for the registry windows, from the seed articles."""

from __future__ import annotations

from annotator.domain.records import Actor, ActorType, Role, Target
from annotator.services.actors import ActorRow
from annotator.ui.registry.unlinked import Unlinked

WHO = "11111111-1111-4111-8111-111111111111"


def _actor(key: str, type_: ActorType, name: str, aliases: tuple[str, ...] = (), roles: tuple[Role, ...] = ()) -> Actor:
    return Actor(id=key, author=WHO, type=type_, name=name, aliases=aliases, roles=roles)


ACTORS = (
    _actor(
        "hegseth",
        "person",
        "Pete Hegseth",
        ("Hegseth", "US defense chief", "Pentagon chief"),
        (
            Role(title="Host of Fox & Friends Weekend", since="2017", until="2024-11"),
            Role(title="US Secretary of Defense", since="2025-01-25"),
        ),
    ),
    _actor("trump", "person", "Donald Trump", ("Trump", "President Trump"), (Role(title="President", since="2025"),)),
    _actor("healey", "person", "John Healey", ("British Defense Secretary",)),
    _actor("nato-spox", "anonymous", "NATO spokesperson"),
    _actor("landau", "person", "Christopher Landau", ("US Deputy Secretary of State Christopher Landau",)),
    _actor("wilson", "person", "Kingsley Wilson", (), (Role(title="Pentagon press secretary"),)),
    _actor("pentagon", "state_body", "Department of Defense", ("Pentagon", "The Pentagon")),
    _actor("nato", "organization", "NATO", ("Nato", "North Atlantic Treaty Organization")),
    _actor("p-hegseth", "person", "P. Hegseth"),
)
_COUNTS = {"hegseth": (11, 14), "trump": (4, 9), "healey": (1, 1), "nato-spox": (0, 2), "nato": (0, 1_204)}
ACTOR_ROWS = tuple(
    ActorRow(
        id=one.id,
        name=one.name,
        type=one.type,
        aliases=one.aliases,
        role=one.roles[-1].title if one.roles else "",
        here=_COUNTS.get(one.id, (0, 0))[0],
        uses=_COUNTS.get(one.id, (0, 0))[1],
    )
    for one in ACTORS
)
KNOWN = {one.id: one for one in ACTORS}

UNLINKED = (
    Unlinked(
        id="q1",
        article="a1",
        title="The United States has privately urged European allies to assume responsibility",
        place=1204,
        source="several European officials",
        words="is far too short to be realistic",
    ),
    Unlinked(
        id="q2",
        article="a2",
        title="US Secretary of Defense Pete Hegseth declared Ukraine’s NATO membership",
        place=2210,
        source="British Defense Secretary",
        words="Ukraine’s rightful place is in NATO",
    ),
)

TARGETS = (
    Target(id="t1", author=WHO, kind="policy", label="Ukraine in NATO", statement="Ukraine should join NATO."),
    Target(
        id="t2",
        author=WHO,
        kind="policy",
        label="5% of GDP",
        statement="NATO members should spend 5 percent of their GDP on defence.",
    ),
    Target(
        id="t3",
        author=WHO,
        kind="policy",
        label="Europe leads its defence",
        statement="Europe should take primary responsibility for its own defence.",
    ),
    Target(
        id="t4",
        author=WHO,
        kind="claim",
        label="2027 is realistic",
        statement="European allies can take over the bulk of NATO’s conventional defence by 2027.",
    ),
    Target(id="t5", author=WHO, kind="policy", label="Ukraine’s accession", statement="NATO should let Ukraine join."),
)
USES = {"t1": 4, "t2": 3, "t3": 2}
