"""Whatever three people did apart, and whoever received what before: the work is the same in the end, in any order."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.articles import new_article
from annotator.domain.bundle import Act, Article, BundledArticle, Member
from annotator.domain.errors import CannotUndo, NotAllowed
from annotator.domain.records import Actor, ArticleStatus, Entity
from annotator.store import articles, journal, rows, schema, signatures, uniting, verifying
from annotator.store.journal import new_id
from annotator.store.project import Author, Project
from annotator.store.staging import Staging
from tests.exchange import ANA, BELA, CARL, united
from tests.store.making import problems, put, redo, undo, withdraw
from tests.torture import FACTOR

pytestmark = pytest.mark.torture

# Each asks for five equalities: 5,000 cases in all.
EXAMPLES = 1_000 * FACTOR

PEOPLE = (ANA, BELA, CARL)
TEXTS = ("NATO met in Kyiv.", "Kyiv spoke.", "Nobody came.")
ACTS = ("add", "add", "relabel", "withdraw", "undo", "redo", "article", "actor", "meet", "link", "link", "receive")
acts = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(ACTS), st.integers(0, 5)), max_size=10)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """What all three began with: a project in memory with one article and one actor, made by Ana."""
    place = tmp_path_factory.mktemp("algebra") / "place"
    place.touch()
    conn = sqlite3.connect(":memory:", isolation_level=None)
    schema.apply_migrations(conn)
    conn.executemany("INSERT INTO project VALUES (?, ?)", [("id", "p"), ("name", "P"), ("created", "")])
    project = project_of(place, conn, ANA)
    add_article(project, 0)
    put(project, Actor(id="actor", author=ANA.id, type="person", name="0"), verb="actor.add")
    return project


def project_of(place: Path, conn: sqlite3.Connection, author: Author) -> Project:
    return Project(place, conn, author, now=lambda: "2026-01-01T00:00:00.000Z")


def copy_of(project: Project, author: Author | None = None) -> Project:
    conn = sqlite3.connect(":memory:", isolation_level=None)
    project.conn.backup(conn)
    return project_of(project.path, conn, author or project.author)


def add_article(project: Project, number: int, *, hour: int = 0) -> None:
    with project.step("article.import") as step:
        article = new_article(TEXTS[number % 3], name=f"{project.author.name}.txt")
        articles.add(step.conn, article, imported=f"2026-01-01T0{hour}:00:00.000Z")
        step.put(ArticleStatus(id=new_id(), author=step.author, article=article.id))


def stage(*sources: Project) -> Staging:
    """What bundles of these copies would bring, whole."""
    staging = Staging()
    for source in sources:
        for row in source.author_rows():
            staging.add_member(Member(*row))
        for article in articles.each(source.conn):
            plain = {name: getattr(article, name) for name in BundledArticle.__struct_fields__}
            staging.add_article(Article(article=BundledArticle(**plain)))
        for event in journal.events(source.conn):
            assert staging.add_act(Act(event=event, signatures=tuple(signatures.of_event(source.conn, event.id))))
    return staging


def receive(project: Project, *sources: Project) -> Project:
    staging = stage(*sources)
    deque(verifying.verify(project.conn, staging), maxlen=0)
    with project.transaction() as conn:
        deque(uniting.unite(conn, staging), maxlen=0)
        deque(project.recounting([]), maxlen=0)
    staging.close()
    return project


def merged(first: Project, *others: Project) -> Project:
    """A new copy of the first that has received the others, one after the other."""
    copy = copy_of(first)
    for other in others:
        receive(copy, other)
    return copy


def act(copies: Sequence[Project], who: int, what: str, number: int) -> None:
    """One act of one person, if there is anything to act on."""
    project = copies[who]
    mine = rows.select(project.conn, "entity", "author = ?", (project.author.id,))
    chosen = mine[number % len(mine)] if mine else None
    if what == "add":
        text = TEXTS[0]
        where = new_article(text, name="").id
        put(
            project,
            Entity(
                id=new_id(), author=project.author.id, article=where, start=0, end=4, text=text[:4], label=str(number)
            ),
        )
    elif what == "relabel" and isinstance(chosen, Entity):
        put(project, msgspec.structs.replace(chosen, label=f"{number} again"), verb="entity.relabel")
    elif what == "withdraw" and chosen:
        withdraw(project, chosen)
    elif what == "undo" and journal.undo_target(project.conn, project.author.id):
        # Not where somebody else has changed the same record since, or their work rests on it.
        with suppress(CannotUndo, NotAllowed):
            undo(project)
    elif what == "redo" and journal.redo_target(project.conn, project.author.id):
        with suppress(CannotUndo, NotAllowed):
            redo(project)
    elif what == "article":
        add_article(project, number, hour=number)
    elif what == "meet":
        put(project, Actor(id=new_id(), author=project.author.id, type="person", name="N"), verb="actor.add")
    elif what == "link" and isinstance(chosen, Entity) and (known := rows.select(project.conn, "actor")):
        put(
            project,
            msgspec.structs.replace(chosen, actor=known[number % len(known)].id, label=f"{number} linked"),
            verb="entity.actor",
        )
    elif what == "actor":
        name = f"{project.author.name} {number}"
        put(project, Actor(id="actor", author=ANA.id, type="person", name=name), verb="actor.change")
    elif what == "receive":
        receive(project, copies[(who + 1 + number % 2) % 3])


@given(acts)
@settings(max_examples=EXAMPLES)
def test_merging_is_commutative_associative_and_idempotent_and_replay_gives_its_tables(root, done):
    a, b, c = copies = [copy_of(root, person) for person in PEOPLE]
    for one in done:
        act(copies, *one)
    ab, ba, bc = merged(a, b), merged(b, a), merged(b, c)
    assert united(ab) == united(ba)
    both, other = merged(ab, c), merged(a, bc)
    together = united(both)
    assert together == united(other) == united(receive(copy_of(c), b, a))
    assert united(merged(both, ab)) == together == united(merged(both, both))
    # A whole check costs as much as the rest: not each time.
    if sum(number for _, _, number in done) % 16 == 7:
        assert problems(both.conn) == problems(other.conn) == {}
