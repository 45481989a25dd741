"""A project: one open file, its author, and the steps that change it."""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from annotator.domain.bundle import Facts
from annotator.domain.errors import NotAllowed, ProjectUnavailable
from annotator.domain.memory import Memory
from annotator.domain.progress import Progress
from annotator.domain.records import CodebookVersion
from annotator.domain.signing import Signer
from annotator.domain.sureness import Sureness
from annotator.store import rows, schema, signatures, suggestions
from annotator.store.connection import file_key, forget_holder, open_file, remove, translated
from annotator.store.journal import Step
from annotator.store.recall import Recall

SUFFIX = ".annot"


class Author(msgspec.Struct, frozen=True):
    """Who works in this program: an id that stays, a name that may change, and the key that signs the work."""

    id: str
    name: str
    # Without a key acts are not signed.
    signer: Signer | None = None


def utc_now() -> str:
    """The time as ISO 8601 in UTC with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Project:
    """An open project. It belongs to the thread that opened it."""

    def __init__(
        self, path: Path, conn: sqlite3.Connection, author: Author, *, now: Callable[[], str] = utc_now
    ) -> None:
        self.path = path
        self.conn = conn
        self.author = author
        self.now = now
        self.is_read_only = bool(conn.execute("PRAGMA query_only").fetchone()[0])
        self._recall = Recall(author.id)
        self.tallies = suggestions.Tallies(author.id, self._recall)
        self._act: Step | None = None
        self._opened_at = self._state()
        self._file = file_key(path)

    @property
    def id(self) -> str:
        """The project's own id, the same in every copy of it."""
        return self.fact("id")

    @property
    def name(self) -> str:
        """The project's name, as the window shows it."""
        return self.fact("name")

    @property
    def facts(self) -> Facts:
        """What is the same in every copy of the project."""
        return Facts(self.id, self.name, self.fact("created"))

    @property
    def memory(self) -> Memory:
        """What the author's decisions say of the same words elsewhere; it follows each act."""
        return self._recall.get(self.conn)

    @property
    def sureness(self) -> Sureness:
        """How sure a suggestion must be to be shown, and to be counted as open."""
        return self.tallies.sureness

    def fact(self, key: str) -> str:
        """What the file says of the project under a name; empty where it says nothing."""
        row = self.conn.execute("SELECT value FROM project WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    @staticmethod
    def put_fact(conn: sqlite3.Connection, key: str, value: str) -> None:
        """Let the file say something of the project under a name, inside a transaction."""
        conn.execute(
            "INSERT INTO project (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )

    def _state(self) -> int:
        return int(self.conn.total_changes)

    @property
    def is_changed(self) -> bool:
        """Whether anything was written since it was opened."""
        return self._state() != self._opened_at

    def codebook(self) -> CodebookVersion:
        """The codebook in force."""
        found = [one for one in rows.select(self.conn, "codebook") if isinstance(one, CodebookVersion)]
        return max(found, key=lambda one: (one.version, one.id))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: what is written inside counts when the block ends without an error.

        Raises:
            NotAllowed: the project is open read-only.
            ProjectUnavailable: the file cannot be written (its rights, a full disk) or is gone; nothing was changed.
        """
        if self.is_read_only:
            raise NotAllowed(f"{self.path.name} is open read-only.", hint="Open the project itself to change it.")
        with translated(self.path):
            self.conn.execute("BEGIN IMMEDIATE")
            try:
                yield self.conn
                self._check_file()
                self.conn.execute("COMMIT")
            except BaseException:
                self.tallies.forget()
                self._recall.forget()
                # A full disk may have rolled back already.
                if self.conn.in_transaction:
                    self.conn.execute("ROLLBACK")
                # After a full disk the file may be half written until the next read puts it right.
                with suppress(sqlite3.Error):
                    self.conn.execute("SELECT 1 FROM sqlite_master").fetchone()
                raise

    def _check_file(self) -> None:
        # SQLite itself goes on writing into a file that was deleted or replaced, and all of that would be lost.
        if file_key(self.path) != self._file:
            raise ProjectUnavailable(
                f"{self.path.name} was moved, deleted or replaced while it was open: this was not saved.",
                hint="Put the file back and open it again, or open the latest backup.",
            )

    @contextmanager
    def step(self, verb: str, *, undoes: str | None = None) -> Iterator[Step]:
        """One act: its rows, its journal event and the tallies it moves, in one transaction.

        Inside `one_act` it is a part of that act, under the verb of the whole.
        """
        if self._act is not None:
            yield self._act
            self._act.so_far()
            return
        with self.transaction() as conn:
            # Before anything is written: what this act writes is counted by `follow`.
            self._recall.get(conn)
            step = Step(conn, self.author.id, verb=verb, time=self.now(), undoes=undoes)
            yield step
            changes = step.finish()
            if changes.event:
                self.note_author()
            self._recall.follow(changes.changes)
            touched = sorted(changes.articles - step.counted)
            if len(touched) == 1 and not step.counted:
                self.tallies.renew(conn, touched[0], changes.changes)
            else:
                self.tallies.renew_many(conn, touched)

    @contextmanager
    def one_act(self, verb: str) -> Iterator[Step]:
        """Let everything that is done inside, by however many services, be one act and one undo; all or nothing."""
        with self.step(verb) as step:
            if self._act is not None:
                yield step
                return
            self._act = step
            try:
                yield step
            finally:
                self._act = None

    def counting(self, step: Step) -> Iterator[Progress]:
        """Bring the tallies of a step up to date, an article each turn: for jobs, so that its end takes no time."""
        touched = sorted(step.touched())
        # One article alone is counted from what changed, which is quicker.
        for number, article in enumerate(touched if len(touched) > 1 else ()):
            yield Progress(number, len(touched), "Counting")
            self.tallies.renew_many(self.conn, [article])
            step.counted.add(article)

    def recounting(self, articles: Sequence[str]) -> Iterator[Progress]:
        """Inside a transaction: count articles anew whose records came from elsewhere, an article each turn."""
        self.tallies.forget()
        self._recall.forget()
        for number, article in enumerate(articles):
            yield Progress(number, len(articles), "Counting")
            self.tallies.renew_many(self.conn, [article])

    def note_author(self) -> None:
        """Inside a transaction: let the project know the author's name, and sign what the author did last."""
        me = self.author
        self.conn.execute(
            "INSERT INTO author (id, name, named) SELECT ?, ?, coalesce(max(seq), 0) FROM event WHERE author = ?"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name, named = excluded.named"
            " WHERE name IS NOT excluded.name",
            (me.id, me.name, me.id),
        )
        if me.signer is not None:
            signatures.sign_head(self.conn, me.id, me.signer, time=self.now())

    def author_names(self) -> dict[str, str]:
        """The names of all authors, by id."""
        return dict(self.conn.execute("SELECT id, name FROM author ORDER BY id").fetchall())

    def author_rows(self) -> list[tuple[str, str, int]]:
        """All authors that have a name here, by id, and the number of the act from which it holds."""
        return self.conn.execute("SELECT id, name, named FROM author ORDER BY id").fetchall()

    def close(self) -> None:
        """Close the file and give it free for other programs."""
        if not self.is_read_only:
            # Leave no empty journal file behind; a damaged file, or one that is closed already, is closed all the same.
            with suppress(sqlite3.Error):
                self.conn.execute("PRAGMA journal_mode = DELETE")
        self.conn.close()
        if not self.is_read_only:
            forget_holder(self.path)

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_project(path: Path, author: Author, *, read_only: bool = False, now: Callable[[], str] = utc_now) -> Project:
    """Open a project file. Errors are those of `connection.open_file`."""
    conn = open_file(path, read_only=read_only, since=now())
    with translated(path):
        return Project(path, conn, author, now=now)


def create_project(
    path: Path, author: Author, *, name: str = "", facts: Facts | None = None, now: Callable[[], str] = utc_now
) -> Project:
    """Make a new, empty project file and open it. It has no codebook yet.

    With `facts` it is another copy of that project, else one of its own.

    Raises:
        ProjectUnavailable: there is a file of that name, or the folder cannot be written.
    """
    if path.exists():
        raise ProjectUnavailable(f"{path.name} is there already.", hint="Choose another name, or open it.")
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with translated(path):
            _fill(partial, facts or Facts(str(uuid.uuid4()), name or path.stem, now()))
        partial.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        raise ProjectUnavailable(
            f"{path} cannot be made ({error.strerror}).", hint="Choose a folder that you can write to."
        ) from None
    finally:
        remove(partial, partial.with_name(partial.name + "-journal"))
    return open_project(path, author, now=now)


def _fill(path: Path, facts: Facts) -> None:
    conn = sqlite3.connect(path, isolation_level=None)
    try:
        conn.execute("PRAGMA journal_mode = TRUNCATE")
        conn.execute("PRAGMA synchronous = EXTRA")
        schema.apply_migrations(conn)
        conn.executemany(
            "INSERT INTO project (key, value) VALUES (?, ?)", sorted(msgspec.structs.asdict(facts).items())
        )
    finally:
        conn.close()


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder durable, where the system can do that."""
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return  # One may write to it, but not read it.
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
