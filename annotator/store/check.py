"""What `annotator check` looks at: I1 to I7 and I9 of docs/storage.md. A check reads and never mends."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import msgspec
import regex

from annotator.domain.canonical import text_id
from annotator.domain.journal import chain_problems, record_of, replay
from annotator.domain.records import KINDS, SHARED_KINDS, Quote, Record, Stance, passages_of
from annotator.domain.spans import Passage
from annotator.domain.text import is_canonical
from annotator.store import articles, journal, rows, schema, search_index, signatures

_GRAPHEME = regex.compile(r"\X")


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong. A warning does not make a check fail."""

    rule: str
    text: str
    is_warning: bool = False


def findings(conn: sqlite3.Connection) -> Iterator[tuple[str, list[Finding]]]:
    """The rules one after the other, each with what was found; a rule that cannot be looked at is itself a finding."""
    for rule, look in _RULES.items():
        try:
            found = list(look(conn))
        except (sqlite3.Error, msgspec.MsgspecError, ValueError, TypeError) as error:
            found = [Finding(rule=rule, text=f"It cannot be looked at: {error}.")]
        yield rule, found


def _i1(conn: sqlite3.Connection) -> Iterator[Finding]:
    for (verdict,) in conn.execute("PRAGMA integrity_check"):
        if verdict != "ok":
            yield Finding(rule="I1", text=f"SQLite says: {verdict}.")
    for table, row, parent, _ in conn.execute("PRAGMA foreign_key_check"):
        yield Finding(rule="I1", text=f"Row {row} of {table} names a row of {parent} that is not there.")
    if conn.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
        yield Finding(rule="I1", text="The file's application id is not Annotator's.")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        schema.apply_migrations(fresh)
        expected, found = schema.table_definitions(fresh), schema.table_definitions(conn)
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            yield Finding(rule="I1", text=f"The definition of {name} is not this version's.")


def _i2(conn: sqlite3.Connection) -> Iterator[Finding]:
    for problem in chain_problems(journal.events(conn)):
        yield Finding(rule="I2", text=problem)
    for (n,) in conn.execute(
        "SELECT e.n FROM event e LEFT JOIN event p ON p.n = e.n - 1 WHERE e.n > 1 AND p.n IS NULL"
    ):
        yield Finding(rule="I2", text=f"Before event number {n} one is missing.")
    for problem in signatures.problems(conn):
        yield Finding(rule="I2", text=problem)
    for author, (seq, _) in journal.heads(conn).items():
        if 0 < (signed := signatures.last_signed(conn, author)) < seq:
            text = f"What author {author} did after number {signed} has no signature."
            yield Finding(rule="I2", text=text, is_warning=True)


def _i3(conn: sqlite3.Connection) -> Iterator[Finding]:
    events = list(journal.events(conn))
    replayed = replay(events)
    for kind in KINDS:
        for record in rows.select(conn, kind):
            expected = replayed.pop((kind, record.id), None)
            if expected is None:
                yield Finding(rule="I3", text=f"The journal does not know {kind} {record.id}.")
            elif record_of(kind, expected) != record:
                yield Finding(rule="I3", text=f"The journal says something else of {kind} {record.id}.")
    for kind, record_id in sorted(replayed):
        yield Finding(rule="I3", text=f"By the journal there should be {kind} {record_id}.")
    touched = {(change.id, n) for n, event in enumerate(events, start=1) for change in event.changes}
    if touched != set(conn.execute("SELECT record, n FROM touched")):
        yield Finding(rule="I3", text="The list of the records that each event touched is not the journal's.")
    if search_index.listed(conn) != {(one.id, kind) for kind in search_index.KINDS for one in rows.select(conn, kind)}:
        yield Finding(rule="I3", text="The search index does not list the quotes, stances and notes that are there.")


def _i4(conn: sqlite3.Connection) -> Iterator[Finding]:
    for article in articles.each(conn):
        if text_id(article.text) != article.id:
            yield Finding(rule="I4", text=f"The text of {article.name} does not fit its hash.")
        if not is_canonical(article.text):
            yield Finding(rule="I4", text=f"The text of {article.name} is not in canonical form.")
        if any(not 0 <= one.start < one.end <= len(article.text) for one in article.sections):
            yield Finding(rule="I4", text=f"A section of {article.name} does not lie in its text.")


def _marked(conn: sqlite3.Connection) -> Iterator[tuple[str, Record, str]]:
    """Every record that marks text, with its kind and its article's text (empty when I1 found that it is missing)."""
    article, text = "", ""
    for kind in ("entity", "quote", "stance"):
        for record in sorted(rows.select(conn, kind), key=lambda one: str(getattr(one, "article", ""))):
            name = str(getattr(record, "article", ""))
            if name != article:
                found = articles.get(conn, name)
                article, text = name, found.text if found else ""
            yield kind, record, text


def _i5(conn: sqlite3.Connection) -> Iterator[Finding]:
    for kind, record, text in _marked(conn):
        for piece in passages_of(record):
            if not 0 <= piece.start < piece.end <= len(text):
                yield Finding(rule="I5", text=f"A span of {kind} {record.id} does not lie in its article.")
            elif text[piece.start : piece.end] != piece.text:
                yield Finding(rule="I5", text=f"A span of {kind} {record.id} does not hold the text that was marked.")


def _i6(conn: sqlite3.Connection) -> Iterator[Finding]:
    for kind, record, text in _marked(conn):
        for piece in passages_of(record):
            if piece.text != piece.text.strip():
                yield Finding(
                    rule="I6", text=f"A span of {kind} {record.id} begins or ends with white space.", is_warning=True
                )
            if _splits_grapheme(text, piece):
                yield Finding(rule="I6", text=f"A span of {kind} {record.id} cuts a character in two.", is_warning=True)


def _splits_grapheme(text: str, piece: Passage) -> bool:
    return any(_is_inside_grapheme(text, edge) for edge in (piece.start, piece.end))


def _is_inside_grapheme(text: str, edge: int) -> bool:
    # 64 code points are more than any grapheme in real text; beginning at a line's start makes the count exact.
    begin = max(text.rfind("\n", 0, edge) + 1, edge - 64)
    graphemes = _GRAPHEME.finditer(text[begin : edge + 64])
    return any(begin + found.start() < edge < begin + found.end() for found in graphemes)


def _i7(conn: sqlite3.Connection) -> Iterator[Finding]:
    for quote in rows.select(conn, "quote"):
        if isinstance(quote, Quote) and not quote.content:
            yield Finding(rule="I7", text=f"Quote {quote.id} has no content.")
    for stance in rows.select(conn, "stance", "is_submitted = 1"):
        if isinstance(stance, Stance):
            needed = {
                "holder": stance.holder,
                "target": stance.target,
                "position": stance.position,
                "evidence": stance.evidence,
            }
            missing = [name for name, value in needed.items() if not value]
            if missing:
                yield Finding(rule="I7", text=f"Stance {stance.id} was submitted without {' and '.join(missing)}.")


def _i9(conn: sqlite3.Connection) -> Iterator[Finding]:
    owners: dict[tuple[str, str], str] = {}
    for event in journal.events(conn):
        for change in event.changes:
            if change.kind in SHARED_KINDS:
                continue
            named = {str(plain.get("author")) for plain in (change.before, change.after) if plain is not None}
            if named | {owners.setdefault((change.kind, change.id), event.author)} != {event.author}:
                yield Finding(rule="I9", text=f"Event {event.id} changes {change.kind} {change.id} of another author.")


_RULES: dict[str, Callable[[sqlite3.Connection], Iterator[Finding]]] = {
    "I1": _i1,
    "I2": _i2,
    "I3": _i3,
    "I4": _i4,
    "I5": _i5,
    "I6": _i6,
    "I7": _i7,
    "I9": _i9,
}
TITLES = {
    "I1": "The file is whole and has this version's tables",
    "I2": "The journal's chains and signatures are unbroken",
    "I3": "Replaying the journal gives the tables",
    "I4": "Every article fits its hash",
    "I5": "Every span holds the text that was marked",
    "I6": "No span cuts a character in two or ends on white space",
    "I7": "Quotes have content, submitted stances are complete",
    "I9": "Nobody has changed another author's records",
}
