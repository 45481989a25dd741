"""The tables of the project file, version by version.

The columns of a record's table are the fields of its record (`domain.records`); nested values are canonical JSON.
A version that has been released is never edited: a change is a new migration at the end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x416E6E74  # "Annt"

_RECORD = "id TEXT PRIMARY KEY, author TEXT NOT NULL"

VERSION_1 = f"""
CREATE TABLE project (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE author (id TEXT PRIMARY KEY, name TEXT NOT NULL, public_key TEXT) STRICT;

CREATE TABLE article (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, title TEXT NOT NULL, language TEXT, outlet TEXT,
  author TEXT, published TEXT, url TEXT, text TEXT NOT NULL, sections TEXT NOT NULL, raw_sha256 TEXT NOT NULL,
  recipe INTEGER NOT NULL, imported TEXT NOT NULL) STRICT;
CREATE TRIGGER article_is_never_changed BEFORE UPDATE ON article
  BEGIN SELECT RAISE(ABORT, 'an article is never changed'); END;
CREATE TRIGGER article_is_never_deleted BEFORE DELETE ON article
  BEGIN SELECT RAISE(ABORT, 'an article is never deleted'); END;

CREATE VIRTUAL TABLE article_fts USING fts5(
  title, text, content='article', content_rowid='n', tokenize='unicode61 remove_diacritics 2');

CREATE TABLE event (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, author TEXT NOT NULL, seq INTEGER NOT NULL, clock INTEGER NOT NULL,
  previous TEXT NOT NULL, time TEXT NOT NULL, verb TEXT NOT NULL, undoes TEXT, changes TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE, UNIQUE (author, seq)) STRICT;
CREATE INDEX event_clock ON event (clock);
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
  BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
CREATE TRIGGER event_comes_last BEFORE INSERT ON event
  WHEN new.n IS NOT (SELECT coalesce(max(n), 0) + 1 FROM event)
  BEGIN SELECT RAISE(ABORT, 'an event must be the next one'); END;

CREATE TABLE touched (record TEXT NOT NULL, n INTEGER NOT NULL REFERENCES event (n), PRIMARY KEY (record, n))
  STRICT, WITHOUT ROWID;

CREATE TABLE entity (
  {_RECORD}, article TEXT NOT NULL REFERENCES article (id), start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  text TEXT NOT NULL, label TEXT NOT NULL, actor TEXT, origin TEXT NOT NULL) STRICT;
CREATE INDEX entity_article ON entity (article, author);
CREATE INDEX entity_actor ON entity (author, actor) WHERE actor IS NOT NULL;
CREATE INDEX entity_words ON entity (text, author);

CREATE TABLE quote (
  {_RECORD}, article TEXT NOT NULL REFERENCES article (id), content TEXT NOT NULL, source TEXT NOT NULL, cue TEXT,
  form TEXT NOT NULL, source_kind TEXT NOT NULL, speaker TEXT, nested_in TEXT, origin TEXT NOT NULL) STRICT;
CREATE INDEX quote_article ON quote (article, author);
CREATE INDEX quote_speaker ON quote (author, speaker, source_kind);

CREATE TABLE actor (
  {_RECORD}, type TEXT NOT NULL, name TEXT NOT NULL, aliases TEXT NOT NULL, roles TEXT NOT NULL, merged_into TEXT)
  STRICT;

CREATE TABLE target (
  {_RECORD}, kind TEXT NOT NULL, label TEXT NOT NULL, statement TEXT NOT NULL, merged_into TEXT) STRICT;

CREATE TABLE stance (
  {_RECORD}, article TEXT NOT NULL REFERENCES article (id), holder TEXT, via TEXT, target TEXT, dimension TEXT,
  position TEXT, explicitness TEXT, confidence INTEGER, rationale TEXT NOT NULL, evidence TEXT NOT NULL,
  is_submitted INTEGER NOT NULL, origin TEXT NOT NULL) STRICT;
CREATE INDEX stance_article ON stance (article, author);
CREATE INDEX stance_target ON stance (author, target);
CREATE INDEX stance_holder ON stance (author, holder);
CREATE INDEX stance_via ON stance (author, via) WHERE via IS NOT NULL;

CREATE TABLE note (
  {_RECORD}, article TEXT, subject TEXT, reply_to TEXT, text TEXT NOT NULL, is_resolved INTEGER NOT NULL) STRICT;
CREATE INDEX note_article ON note (article);
CREATE INDEX note_subject ON note (subject);

CREATE TABLE rejection (
  {_RECORD}, article TEXT NOT NULL REFERENCES article (id), suggested TEXT NOT NULL, name TEXT NOT NULL,
  version TEXT NOT NULL, score REAL) STRICT;
CREATE INDEX rejection_article ON rejection (article, author);

CREATE TABLE article_status (
  {_RECORD}, article TEXT NOT NULL REFERENCES article (id), state TEXT NOT NULL, is_flagged INTEGER NOT NULL) STRICT;
CREATE INDEX article_status_article ON article_status (article, author);

CREATE TABLE decision (
  {_RECORD}, article TEXT NOT NULL REFERENCES article (id), a TEXT, b TEXT, seen_a TEXT, seen_b TEXT,
  outcome TEXT NOT NULL, result TEXT, rule TEXT, comment TEXT NOT NULL) STRICT;
CREATE INDEX decision_article ON decision (article);

CREATE TABLE codebook ({_RECORD}, version INTEGER NOT NULL, codebook TEXT NOT NULL) STRICT;

-- The words of quotes, stances and notes; renewed with every act, by the code that writes the rows.
CREATE TABLE found (n INTEGER PRIMARY KEY, kind TEXT NOT NULL, record TEXT NOT NULL, UNIQUE (kind, record)) STRICT;
CREATE VIRTUAL TABLE record_fts USING fts5(words, content='', tokenize='unicode61 remove_diacritics 2');

-- What models propose: rows of a model, not of a person, hence not journalled.
CREATE TABLE suggestion (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, article TEXT NOT NULL REFERENCES article (id), kind TEXT NOT NULL,
  draft TEXT NOT NULL, model TEXT NOT NULL, version TEXT NOT NULL, score REAL NOT NULL) STRICT;
CREATE INDEX suggestion_article ON suggestion (article);
CREATE TABLE suggestion_run (
  article TEXT PRIMARY KEY REFERENCES article (id), pipeline TEXT NOT NULL, time TEXT NOT NULL) STRICT;

-- How many suggestions of an article are decided and open; derived, and renewed with every act.
CREATE TABLE tally (article TEXT PRIMARY KEY REFERENCES article (id), decided INTEGER NOT NULL, open INTEGER NOT NULL)
  STRICT;
"""

# What was marked before this is reported speech; a person may say that it is an act.
VERSION_2 = """
ALTER TABLE quote ADD COLUMN reported TEXT NOT NULL DEFAULT 'speech';
"""

# Who signed which event, and whose keys are accepted here. What is known of an article apart from its text may change:
# of two imports of a text the earlier one counts. `named`: the number of the author's act from which the name holds.
VERSION_3 = """
CREATE TABLE signature (
  event TEXT NOT NULL REFERENCES event (id), public_key TEXT NOT NULL, signature TEXT NOT NULL,
  PRIMARY KEY (event, public_key)) STRICT, WITHOUT ROWID;
CREATE TRIGGER signature_is_never_changed BEFORE UPDATE ON signature
  BEGIN SELECT RAISE(ABORT, 'a signature is never changed'); END;
CREATE TRIGGER signature_is_never_deleted BEFORE DELETE ON signature
  BEGIN SELECT RAISE(ABORT, 'a signature is never deleted'); END;

CREATE TABLE author_key (
  author TEXT NOT NULL, public_key TEXT NOT NULL, accepted TEXT NOT NULL, PRIMARY KEY (author, public_key))
  STRICT, WITHOUT ROWID;
CREATE TABLE assignment (
  id TEXT PRIMARY KEY, author TEXT NOT NULL, article TEXT NOT NULL REFERENCES article (id), assignee TEXT NOT NULL,
  task TEXT NOT NULL, due TEXT) STRICT;
CREATE INDEX assignment_article ON assignment (article);
CREATE INDEX assignment_assignee ON assignment (assignee);

ALTER TABLE author DROP COLUMN public_key;
ALTER TABLE author ADD COLUMN named INTEGER NOT NULL DEFAULT 0;

DROP TRIGGER article_is_never_changed;
CREATE TRIGGER article_is_never_changed BEFORE UPDATE OF n, id, text ON article
  BEGIN SELECT RAISE(ABORT, 'the text of an article is never changed'); END;
"""

# A decision may be about more than two people's records.
VERSION_4 = """
ALTER TABLE decision ADD COLUMN others TEXT NOT NULL DEFAULT '[]';
ALTER TABLE decision ADD COLUMN taken TEXT;
"""

MIGRATIONS: tuple[str, ...] = (VERSION_1, VERSION_2, VERSION_3, VERSION_4)
VERSION = len(MIGRATIONS)


def apply_migrations(conn: sqlite3.Connection, *, scripts: tuple[str, ...] = MIGRATIONS) -> None:
    """Bring a connection's tables to the newest version, in one transaction."""
    # sqlite-utils costs 0.2 s to import; only new and outdated files need it.
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    migrations = Migrations("annotator")
    for number, script in enumerate(scripts, start=1):
        migrations(name=f"{number:03}")(_runner(script))
    migrations.apply(Database(conn, recursive_triggers=True))
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    conn.execute(f"PRAGMA user_version = {len(scripts)}")


def _runner(script: str) -> Callable[[Database], None]:
    def run(db: Database) -> None:
        for statement in statements(script):
            db.execute(statement)

    return run


def statements(script: str) -> list[str]:
    """The single statements of an SQL script (executescript would commit on its own), each from a line of its own."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    assert not pending.strip(), "the last statement has no end"
    return found


def table_definitions(conn: sqlite3.Connection) -> dict[str, str]:
    """The definitions of all tables, indexes and triggers of ours, by name."""
    rows = conn.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'")
    return {name: sql for name, sql in rows if not name.startswith("_sqlite_migrations")}
