"""The journal: the one way in for every annotated record, and the way back."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Collection, Iterable, Iterator

import msgspec

from annotator.domain.canonical import canonical_json
from annotator.domain.errors import CannotUndo, NotAllowed
from annotator.domain.journal import FIRST, Change, Changes, Event, event_hash, image, record_of
from annotator.domain.records import SHARED_KINDS, Record, kind_of
from annotator.store import rows

_EVENT = "id, author, seq, clock, previous, time, verb, undoes, changes, hash"
_CHANGES = msgspec.json.Decoder(tuple[Change, ...])

UNDO = "undo"
REDO = "redo"


def new_id() -> str:
    """A new record id (UUID 4)."""
    return str(uuid.uuid4())


class Step:
    """One act of one person, while it goes on: rows are written at once, the event at its end."""

    def __init__(
        self, conn: sqlite3.Connection, author: str, *, verb: str, time: str, undoes: str | None = None
    ) -> None:
        self.conn = conn
        self.author = author
        self.verb = verb
        self.changes = Changes()
        self._time = time
        self._undoes = undoes
        self._pending: dict[tuple[str, str], Change] = {}
        # Articles whose tallies are as they will be at the end of the step.
        self.counted: set[str] = set()

    def put(self, record: Record) -> None:
        """Add a record, or change it.

        Raises:
            NotAllowed: the record is another author's.
        """
        before = rows.get(self.conn, kind_of(record), record.id)
        for one in (before, record):
            self._check_owner(one or record)
        rows.write(self.conn, [record])
        self._note(kind_of(record), record.id, before, record)

    def put_new(self, records: Iterable[Record]) -> None:
        """Add many records whose ids are not in use yet.

        Raises:
            NotAllowed: a record is another author's.
        """
        records = list(records)
        for record in records:
            self._check_owner(record)
        rows.write(self.conn, records, is_new=True)
        for record in records:
            self._note(kind_of(record), record.id, None, record)

    def withdraw(self, record: Record) -> None:
        """Take a record back; the journal keeps it, and undo brings it back.

        Raises:
            NotAllowed: the record is another author's or not there any more, or a colleague's work rests on it.
        """
        # What is there counts: the caller's copy may be older.
        before = rows.get(self.conn, kind_of(record), record.id)
        if before is None:
            raise NotAllowed("That is not there any more.", hint="Choose another one.")
        self._check_owner(before)
        if kind_of(record) in SHARED_KINDS and is_named(self.conn, record.id, self.author):
            raise NotAllowed("A colleague's work rests on this.", hint="Change it, or merge it with another one.")
        rows.delete(self.conn, kind_of(record), record.id)
        self._note(kind_of(record), record.id, before, None)

    def touched(self) -> set[str]:
        """The articles that the step has changed so far."""
        return _articles(self._pending.values())

    def so_far(self) -> None:
        """Let `changes` say what was changed until now; there is no event yet."""
        changes = tuple(change for change in self._pending.values() if change.before != change.after)
        self.changes = Changes(verb=self.verb, changes=changes, articles=frozenset(_articles(changes)))

    def finish(self) -> Changes:
        """Write the event, and give the change notice. An act that changed nothing leaves no event."""
        changes = tuple(change for change in self._pending.values() if change.before != change.after)
        if not changes:
            self.changes = Changes()
            return self.changes
        event = self._event(changes)
        append(self.conn, event)
        self.changes = notice(event)
        return self.changes

    def _check_owner(self, record: Record) -> None:
        if record.author != self.author and kind_of(record) not in SHARED_KINDS:
            raise NotAllowed("This is a colleague's work: only its author can change it.", hint="Add your own instead.")

    def _note(self, kind: str, record_id: str, before: Record | None, after: Record | None) -> None:
        known = self._pending.get((kind, record_id))
        first = known.before if known else (image(before) if before else None)
        self._pending[kind, record_id] = Change(kind, record_id, first, image(after) if after else None)
        for one in (before, after):
            self.counted.discard(getattr(one, "article", ""))

    def _event(self, changes: tuple[Change, ...]) -> Event:
        seq, previous = head(self.conn, self.author)
        (clock,) = self.conn.execute("SELECT coalesce(max(clock), 0) FROM event").fetchone()
        event = Event(
            id=new_id(),
            author=self.author,
            seq=seq + 1,
            clock=clock + 1,
            previous=previous,
            time=self._time,
            verb=self.verb,
            undoes=self._undoes,
            changes=changes,
        )
        return msgspec.structs.replace(event, hash=event_hash(event))


def append(conn: sqlite3.Connection, event: Event) -> None:
    """Put an event behind all others of the file; the records themselves are written elsewhere."""
    (n,) = conn.execute("SELECT coalesce(max(n), 0) + 1 FROM event").fetchone()
    values = [getattr(event, name.strip()) for name in _EVENT.split(",")]
    values[8] = canonical_json(event.changes).decode("utf-8")
    conn.execute(f"INSERT INTO event (n, {_EVENT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (n, *values))
    touched = {change.id for change in event.changes}
    conn.executemany("INSERT INTO touched (record, n) VALUES (?, ?)", [(record, n) for record in touched])


def notice(event: Event) -> Changes:
    """The change notice of an event."""
    articles = frozenset(_articles(event.changes))
    return Changes(verb=event.verb, event=event.id, changes=event.changes, articles=articles)


def _articles(changes: Iterable[Change]) -> set[str]:
    images = (plain for change in changes for plain in (change.before, change.after))
    return {str(plain["article"]) for plain in images if plain and plain.get("article")}


def head(conn: sqlite3.Connection, author: str) -> tuple[int, str]:
    """The number and the hash of an author's last event; (0, zeros) before the first."""
    row = conn.execute("SELECT seq, hash FROM event WHERE author = ? ORDER BY seq DESC LIMIT 1", (author,)).fetchone()
    return (row[0], row[1]) if row else (0, FIRST)


def heads(conn: sqlite3.Connection) -> dict[str, tuple[int, str]]:
    """The head of every author, by author id."""
    authors = conn.execute("SELECT DISTINCT author FROM event ORDER BY author").fetchall()
    return {author: head(conn, author) for (author,) in authors}


def _event_of(row: tuple[object, ...]) -> Event:
    plain = dict(zip((name.strip() for name in _EVENT.split(",")), row, strict=True))
    plain["changes"] = _CHANGES.decode(str(plain["changes"]))
    return msgspec.convert(plain, Event)


def events(conn: sqlite3.Connection) -> Iterator[Event]:
    """All events in the order in which they came into this file."""
    for row in conn.execute(f"SELECT {_EVENT} FROM event ORDER BY n"):
        yield _event_of(row)


def events_after(conn: sqlite3.Connection, author: str, seq: int) -> Iterator[Event]:
    """An author's events after a number, in the author's own order."""
    for row in conn.execute(f"SELECT {_EVENT} FROM event WHERE author = ? AND seq > ? ORDER BY seq", (author, seq)):
        yield _event_of(row)


def events_of(conn: sqlite3.Connection, record_id: str) -> list[Event]:
    """The events that touched a record, oldest first, whenever they came into this file."""
    found = conn.execute(
        f"SELECT {_EVENT} FROM event WHERE n IN (SELECT n FROM touched WHERE record = ?) ORDER BY clock, author",
        (record_id,),
    )
    return [_event_of(row) for row in found]


def codebooks(conn: sqlite3.Connection) -> list[tuple[int, int]]:
    """The versions of the codebook, each with the clock of the act from which it held, the earliest first."""
    found = conn.execute(
        "SELECT c.version, min(e.clock) FROM codebook c JOIN touched t ON t.record = c.id JOIN event e ON e.n = t.n"
        " GROUP BY c.id ORDER BY 2, 1"
    )
    return [(version, clock) for version, clock in found]


def acts_of(conn: sqlite3.Connection, records: Collection[str]) -> dict[str, list[tuple[str, str, str]]]:
    """Author, verb and time of every act on these records, by record and oldest first."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    query = (
        "SELECT e.author, e.verb, e.time FROM touched t JOIN event e ON e.n = t.n WHERE t.record = ?"
        " ORDER BY e.clock, e.author"
    )
    for record in records:
        acts = conn.execute(query, (record,)).fetchall()
        if acts:
            found[record] = acts
    return found


def records_like(conn: sqlite3.Connection, start: str, *, limit: int) -> list[str]:
    """The ids that begin so, of records that ever were; at most `limit`, in order."""
    found = conn.execute(
        "SELECT DISTINCT record FROM touched WHERE record >= ? AND record < ? ORDER BY record LIMIT ?",
        (start, start + "\U0010ffff", limit),
    )
    return [row[0] for row in found]


def author_of(conn: sqlite3.Connection, record_id: str) -> str:
    """Who touched a record first, empty where nobody did."""
    row = conn.execute(
        "SELECT author FROM event WHERE n = (SELECT min(n) FROM touched WHERE record = ?)", (record_id,)
    ).fetchone()
    return row[0] if row else ""


def is_named(conn: sqlite3.Connection, record_id: str, author: str) -> bool:
    """Whether anybody but the author has an act that names a record; see `domain.journal.is_named`."""
    found = conn.execute("SELECT 1 FROM event WHERE author <> ? AND instr(changes, ?) LIMIT 1", (author, record_id))
    return found.fetchone() is not None


def clock_of(conn: sqlite3.Connection, author: str) -> int:
    """The clock of an author's last event, 0 before the first."""
    row = conn.execute("SELECT clock FROM event WHERE author = ? ORDER BY seq DESC LIMIT 1", (author,)).fetchone()
    return row[0] if row else 0


def changes_of(conn: sqlite3.Connection, n: int) -> tuple[Change, ...]:
    """What the event did that came into this file as number `n`."""
    (changes,) = conn.execute("SELECT changes FROM event WHERE n = ?", (n,)).fetchone()
    return _CHANGES.decode(changes)


def hash_at(conn: sqlite3.Connection, author: str, seq: int) -> str:
    """The hash of an author's event of that number, empty where there is none."""
    row = conn.execute("SELECT hash FROM event WHERE author = ? AND seq = ?", (author, seq)).fetchone()
    return row[0] if row else ""


def last(conn: sqlite3.Connection) -> Event | None:
    """The event that came into this file last, or `None`."""
    row = conn.execute(f"SELECT {_EVENT} FROM event ORDER BY n DESC LIMIT 1").fetchone()
    return None if row is None else _event_of(row)


def event(conn: sqlite3.Connection, event_id: str) -> Event:
    """The event of that id, which must exist."""
    return _event_of(conn.execute(f"SELECT {_EVENT} FROM event WHERE id = ?", (event_id,)).fetchone())


def _link(conn: sqlite3.Connection, author: str, seq: int) -> tuple[str, str, int] | None:
    """Id, verb and undone sequence number (0 for none) of an author's event."""
    row = conn.execute(
        "SELECT e.id, e.verb, coalesce(u.seq, 0) FROM event e LEFT JOIN event u ON u.id = e.undoes"
        " WHERE e.author = ? AND e.seq = ?",
        (author, seq),
    ).fetchone()
    return (row[0], row[1], row[2]) if row else None


def undo_target(conn: sqlite3.Connection, author: str) -> Event | None:
    """The author's act that an undo takes back now, or `None`.

    Undo is linear: after an act was undone the state is the one before it, so the search goes on before the act.
    """
    link = _undo_link(conn, author)
    return event(conn, link[0]) if link else None


def _undo_link(conn: sqlite3.Connection, author: str) -> tuple[str, str, int] | None:
    seq, _ = head(conn, author)
    while (link := _link(conn, author, seq)) and link[1] == UNDO:
        seq = link[2] - 1
    return link


def redo_target(conn: sqlite3.Connection, author: str) -> Event | None:
    """The author's undo that a redo takes back now, or `None`: every other act since then rules a redo out."""
    link = _redo_link(conn, author)
    return event(conn, link[0]) if link else None


def _redo_link(conn: sqlite3.Connection, author: str) -> tuple[str, str, int] | None:
    seq, _ = head(conn, author)
    while (link := _link(conn, author, seq)) and link[1] == REDO:
        seq = link[2] - 1
    return link if link and link[1] == UNDO else None


def undo_verb(conn: sqlite3.Connection, author: str) -> str:
    """The verb of what an undo takes back now, empty where there is nothing; however large the act was, at once."""
    return _verb_behind(conn, author, _undo_link(conn, author))


def redo_verb(conn: sqlite3.Connection, author: str) -> str:
    """The verb of what a redo does again now, empty where there is nothing."""
    return _verb_behind(conn, author, _redo_link(conn, author))


def _verb_behind(conn: sqlite3.Connection, author: str, link: tuple[str, str, int] | None) -> str:
    # An undo and a redo are named after the act that they are about.
    while link and link[1] in (UNDO, REDO):
        link = _link(conn, author, link[2])
    return link[1] if link else ""


def reverse(step: Step, target: Event) -> Iterator[None]:
    """Put the images before an event back, a record each turn; nothing happens unless it is run to its end.

    Raises:
        CannotUndo: one of its records has changed since.
        NotAllowed: a colleague's work rests on one of them.
    """
    for change in reversed(target.changes):
        current = rows.get(step.conn, change.kind, change.id)
        # As records, not as images: a field that came later has its default in both.
        if current != (record_of(change.kind, change.after) if change.after is not None else None):
            raise _changed_since(step.conn, change, target)
        if change.before is None and current is not None:
            step.withdraw(current)
        elif change.before is not None:
            step.put(record_of(change.kind, change.before))
        yield


def _changed_since(conn: sqlite3.Connection, change: Change, target: Event) -> CannotUndo:
    last = events_of(conn, change.id)[-1]
    if last.id == target.id:
        return CannotUndo("This cannot be undone: the project's tables do not fit its journal.", hint="Run a check.")
    row = conn.execute("SELECT name FROM author WHERE id = ?", (last.author,)).fetchone()
    return CannotUndo(
        f"This cannot be undone: {row[0] if row else last.author} changed the same record at {last.time[:16]}.",
        hint="Look at its history first.",
    )
