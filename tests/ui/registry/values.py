"""Realistic values for the registry windows, from the seed articles."""

from __future__ import annotations

from annotator import paths
from annotator.domain.codebook import parse_codebook
from annotator.domain.records import Actor, ActorType, Role
from annotator.services.actors import ActorRow
from annotator.services.finding import Found, FoundKind
from annotator.services.targets import TargetRow
from annotator.ui.registry.codebook_dialog import Decided
from annotator.ui.registry.find_dialog import SavedSearch
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
    TargetRow(id="t1", kind="policy", label="Ukraine in NATO", statement="Ukraine should join NATO.", uses=4),
    TargetRow(
        id="t2",
        kind="policy",
        label="5% of GDP",
        statement="NATO members should spend 5 percent of their GDP on defence.",
        uses=3,
    ),
    TargetRow(
        id="t3",
        kind="policy",
        label="Europe leads its defence",
        statement="Europe should take primary responsibility for its own defence.",
        uses=2,
    ),
    TargetRow(
        id="t4",
        kind="claim",
        label="2027 is realistic",
        statement="European allies can take over the bulk of NATO’s conventional defence by 2027.",
    ),
    TargetRow(id="t5", kind="policy", label="Ukraine’s accession", statement="NATO should let Ukraine join."),
)

CODEBOOK = parse_codebook((paths.seeds() / "codebook.toml").read_bytes())
DECIDED = (
    Decided(
        id="q1",
        kind="quote",
        words="“The United States does not believe that NATO membership for Ukraine is a realistic outcome",
        article="a2",
        title="US Secretary of Defense Pete Hegseth declared Ukraine’s NATO membership",
        place=340,
        when="2025-11-20 14:02",
    ),
    Decided(
        id="e1",
        kind="entity",
        words="Ukraine Defense Contact Group",
        article="a2",
        title="US Secretary of Defense Pete Hegseth declared Ukraine’s NATO membership",
        place=160,
        when="2025-11-20 14:03",
    ),
)


def _found(kind: FoundKind, key: str, article: str, title: str, before: str, hit: str, after: str, place: int) -> Found:
    return Found(kind=kind, id=key, article=article, title=title, before=before, hit=hit, after=after, place=place)


_HEGSETH = "US Secretary of Defense Pete Hegseth declared Ukraine’s NATO membership and restoration of its…"
_URGED = "The United States has privately urged European allies to assume responsibility for the bulk…"
FOUND = (
    _found("quote", "q1", "a2", _HEGSETH, "“The United States does not believe that ", "NATO mem",
          "bership for Ukraine is a realistic outcome of a negotiated settlement,”", 340),
    _found("article", "a2", "a2", _HEGSETH, "US Secretary of Defense Pete Hegseth declared Ukraine’s ", "NATO mem",
          "bership and restoration of its pre-2014 borders “unrealistic” during his first", 58),
    _found("article", "a1", "a1", _URGED, "envisions its future role. Washington, a founding ", "NATO mem",
          "ber and its principal military contributor, envisions", 1420),
    _found("actor", "nato", "", "Organization · 1,204 annotations", "", "NATO mem", "bers", 0),
    _found("stance", "s1", "a2", _HEGSETH, "Hegseth opposes: ", "NATO mem", "bership for Ukraine", 340),
    _found("note", "n1", "a2", _HEGSETH, "Does “", "NATO mem", "bership 😅 for Ukraine” count?", 340),
)  # fmt: skip
SAVED = (
    SavedSearch("Membership talk", "NATO mem"),
    SavedSearch("Burden in quotes", "share burden", ("quote", "stance")),
)
