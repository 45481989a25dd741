"""`check` finds every planted fault, by its rule, and nothing in a sound project."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import msgspec
import pytest

from annotator.domain.records import Evidence, Quote, Stance
from annotator.domain.signing import Signer
from annotator.domain.spans import Passage, passage
from annotator.store import articles, check, journal, rows, signatures
from annotator.store.project import Project, open_project
from tests.store.making import (
    accepted,
    add_articles,
    entity,
    entity_at,
    problems,
    proposal,
    put,
    redo,
    rejected,
    undo,
    withdraw,
)


def words(project: Project, wanted: str) -> Passage:
    """The first place of some words in the first article."""
    text = articles.text_of(project.conn, articles.ids(project.conn)[0])
    start = text.index(wanted)
    return passage(text, start, start + len(wanted))


def work(project: Project) -> None:
    """A bit of everything, so that every rule has something to look at."""
    first = entity(project)
    put(project, first)
    put(project, accepted(project, proposal(project, "Pentagon")), verb="entity.accept")
    put(project, rejected(project, proposal(project, "Europe")), verb="entity.reject")
    content = (words(project, "privately urged"), words(project, "European allies"))
    stance = Stance(
        id=journal.new_id(),
        author=project.author.id,
        article=first.article,
        holder="h",
        target="t",
        position="support",
        evidence=(Evidence(spans=content, type="direct_quote"),),
        is_submitted=True,
    )
    quote = Quote(
        id=journal.new_id(),
        author=project.author.id,
        article=first.article,
        content=content,
        cue=words(project, "warned"),
        form="mixed",
        source_kind="none",
    )
    put(project, quote, stance, verb="quote.add")
    put(project, msgspec.structs.replace(first, label="GPE"), verb="entity.relabel")
    undo(project)
    redo(project)
    add_articles(project, ["One more.\n\n- a\n"])
    undo(project)
    withdraw(project, first)


@pytest.fixture
def sound(project: Project) -> Project:
    work(project)
    return project


def tamper(project: Project, *script: str) -> None:
    """Change the file behind the program's back: no triggers, no foreign keys, no journal."""
    conn = project.conn
    conn.execute("PRAGMA foreign_keys = OFF")
    triggers = conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        conn.execute(f"DROP TRIGGER {name}")
    for statement in script:
        assert conn.execute(statement).rowcount != 0, statement
    for _, sql in triggers:
        conn.execute(sql)


def test_a_sound_project_has_no_findings_not_even_warnings(sound):
    found = list(check.findings(sound.conn))
    assert [rule for rule, _ in found] == list(check.TITLES) and [one for _, one in found if one] == []


def test_a_check_changes_nothing_and_works_read_only(sound):
    before = sound.conn.total_changes
    assert problems(sound.conn) == {} and sound.conn.total_changes == before
    sound.close()
    with open_project(sound.path, sound.author, read_only=True) as copy:
        assert problems(copy.conn) == {}


@pytest.mark.parametrize(
    ("rule", "says", "sql"),
    [
        ("I1", "names a row of article", "UPDATE entity SET article = 'sha256:0'"),
        ("I1", "application id", "PRAGMA application_id = 1"),
        ("I1", "definition of entity_article", "DROP INDEX entity_article"),
        ("I1", "definition of extra", "CREATE TABLE extra (x)"),
        ("I1", "definition of note", "ALTER TABLE note ADD COLUMN x TEXT"),
        ("I2", "content does not fit", "UPDATE event SET verb = 'entity.none' WHERE n = 3"),
        ("I2", "content does not fit", "UPDATE event SET changes = replace(changes, 'ORG', 'GPE') WHERE n = 3"),
        ("I2", "content does not fit", "UPDATE event SET time = '2020-01-01T00:00:00.000Z' WHERE n = 2"),
        ("I2", "does not name the hash", "UPDATE event SET previous = hash WHERE n = 4"),
        ("I2", "follows number 2", "DELETE FROM event WHERE n = 3"),
        ("I2", "Before event number 4 one is missing", "DELETE FROM event WHERE n = 3"),
        ("I2", "follows number 0", "DELETE FROM event WHERE n = 1"),
        ("I2", "It cannot be looked at", "UPDATE event SET changes = '[' WHERE n = 3"),
        ("I3", "says something else of entity", "UPDATE entity SET label = 'GPE'"),
        ("I3", "says something else of codebook", "UPDATE codebook SET version = 2"),
        ("I3", "does not know note", "INSERT INTO note VALUES ('x', 'a', NULL, NULL, NULL, 't', 0)"),
        ("I3", "there should be entity", "DELETE FROM entity"),
        ("I3", "there should be entity", "DELETE FROM event WHERE n = (SELECT max(n) FROM event)"),
        ("I3", "each event touched", "DELETE FROM touched WHERE n = 3"),
        ("I3", "It cannot be looked at", "UPDATE entity SET origin = '{}{}'"),
        ("I4", "does not fit its hash", "UPDATE article SET text = text || '.' WHERE n = 1"),
        ("I4", "not in canonical form", "UPDATE article SET text = text || char(13) WHERE n = 1"),
        ("I4", "not in canonical form", "UPDATE article SET text = char(65279) || text WHERE n = 1"),
        (
            "I4",
            "A section of",
            'UPDATE article SET sections = \'[{"kind":"body","start":0,"end":999999}]\' WHERE n = 1',
        ),
        ("I5", "does not hold the text", 'UPDATE entity SET start = start + 1, "end" = "end" + 1'),
        ("I5", "does not hold the text", "UPDATE entity SET text = 'Nato'"),
        ("I5", "does not lie in its article", "UPDATE entity SET start = -1"),
        ("I5", "does not lie in its article", 'UPDATE entity SET "end" = 9999999'),
        ("I5", "does not lie in its article", 'UPDATE entity SET "end" = start'),
        ("I5", "A span of quote", "UPDATE quote SET cue = '[60,64,\"said\"]'"),
        ("I5", "A span of stance", "UPDATE stance SET evidence = replace(evidence, 'urged', 'asked')"),
        ("I7", "has no content", "UPDATE quote SET content = '[]'"),
        ("I7", "submitted without evidence", "UPDATE stance SET evidence = '[]'"),
        ("I7", "submitted without position", "UPDATE stance SET position = NULL"),
        ("I7", "submitted without holder and target", "UPDATE stance SET holder = NULL, target = NULL"),
    ],
)
def test_a_planted_fault_is_found_by_its_rule(sound, rule, says, sql):
    tamper(sound, sql)
    assert any(says in text for text in problems(sound.conn).get(rule, [])), problems(sound.conn)


def test_a_damaged_page_is_found(sound):
    sound.close()
    with closing(sqlite3.connect(sound.path)) as conn:
        (page,) = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = 'entity_article'").fetchone()
        (size,) = conn.execute("PRAGMA page_size").fetchone()
    with sound.path.open("rb+") as file:
        file.seek((page - 1) * size + 8)
        file.write(b"\xff" * 200)
    with open_project(sound.path, sound.author) as damaged:
        assert problems(damaged.conn)["I1"]


def warned(project: Project) -> list[str]:
    found = dict(check.findings(project.conn))
    assert all(one.is_warning for one in found["I6"])
    return [one.text.split(" ", 5)[-1] for one in found["I6"]]


def test_a_span_that_cuts_a_character_in_two_is_a_warning(project):
    text = "Zoe\u0301 met 👩\u200d🚀 and 🇺🇦.\n" + "x" * 200 + "e\u0301"
    (article,) = add_articles(project, [text]).articles
    start = text.index("👩")
    for begin, end in ((0, 4), (start, start + 3), (text.index("🇺"), text.index("🇺") + 2)):
        put(project, entity_at(project, article, begin, end))
    assert problems(project.conn) == {}
    flag, last = text.index("🇺"), len(text)
    for begin, end in ((0, 3), (start + 1, start + 3), (flag + 1, flag + 3), (last - 3, last - 1)):
        put(project, entity_at(project, article, begin, end))
    assert len(warned(project)) == 4 and set(problems(project.conn)) == {"I6"}


def test_white_space_at_the_edge_of_a_span_is_a_warning(project):
    (article,) = add_articles(project, ["One two\u00a0three."]).articles
    put(project, entity_at(project, article, 3, 7), entity_at(project, article, 4, 8))
    assert len(warned(project)) == 2


def test_a_finding_in_one_record_does_not_hide_those_of_others(sound):
    put(sound, entity(sound, "Washington"))
    put(sound, entity(sound, "Ukraine"))
    tamper(
        sound,
        "UPDATE entity SET article = 'sha256:0' WHERE text = 'Washington'",
        "UPDATE entity SET text = 'Kyiv' WHERE text = 'Ukraine'",
    )
    assert len(problems(sound.conn)["I5"]) == 2


def test_a_field_that_came_later_is_no_fault_in_an_older_journal(project: Project) -> None:
    """The codebook's `positions` were added after the first projects: their events do not name them."""
    with project.transaction() as conn:
        conn.execute("DROP TRIGGER event_is_never_changed")
        for n, changes in conn.execute("SELECT n, changes FROM event").fetchall():
            conn.execute("UPDATE event SET changes = ? WHERE n = ?", (changes.replace('"positions":[],', ""), n))
    found = dict(check.findings(project.conn))
    assert found["I3"] == []


@pytest.fixture
def signed(project: Project) -> Project:
    """Work of which the last two acts are signed."""
    work(project)
    project.author = msgspec.structs.replace(project.author, signer=Signer(b"k" * 32))
    put(project, entity(project, "Washington"))
    put(project, entity(project, "Ukraine"))
    return project


def test_signed_work_has_no_findings(signed):
    assert problems(signed.conn) == {} and len(list(signatures.each(signed.conn))) == 2


@pytest.mark.parametrize(
    ("says", "sql"),
    [
        ("signature does not fit", f"UPDATE signature SET public_key = '{'0' * 64}'"),
        ("signature does not fit", "UPDATE signature SET signature = 'ff' || substr(signature, 3)"),
        ("signature does not fit", "UPDATE signature SET signature = ''"),
        (
            "signature does not fit",
            "INSERT INTO signature SELECT e.id, public_key, signature FROM signature, event e WHERE e.n = 4 LIMIT 1",
        ),
        ("has no signature", "DELETE FROM signature WHERE event = (SELECT id FROM event ORDER BY n DESC LIMIT 1)"),
    ],
)
def test_a_signature_that_was_changed_or_taken_away_is_found(signed, says, sql):
    tamper(signed, sql)
    assert any(says in text for text in problems(signed.conn)["I2"])


def test_a_change_of_another_authors_record_is_found_even_in_an_unbroken_chain(sound, colleague):
    put(sound, theirs := entity(sound, "Washington"))
    sound.author = colleague
    with sound.step("entity.relabel") as step:
        # As a program that does not ask would do it.
        rows.write(sound.conn, [changed := msgspec.structs.replace(theirs, label="GPE")])
        step._note("entity", theirs.id, theirs, changed)
    assert set(problems(sound.conn)) == {"I9"}
