"""Verifies what is staged against the project that is to take it over: every hash, number, signature and span."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from annotator.domain.bundle import Act, BundledArticle, Heads
from annotator.domain.canonical import text_id
from annotator.domain.errors import BadBundle
from annotator.domain.journal import Change, Event, record_of
from annotator.domain.record_checks import event_problem, record_problem
from annotator.domain.records import SHARED_KINDS, Record
from annotator.domain.signing import is_signed
from annotator.domain.text import is_canonical
from annotator.store import articles, journal, rows, signatures
from annotator.store.staging import Staging, precedence

_AGAIN = "Ask its sender for it again."
_KEPT_TEXTS = 32


def check_begins(conn: sqlite3.Connection, staging: Staging, begins: Heads) -> None:
    """Refuse a bundle that goes on from where neither the project nor the bundles beside it have come.

    Raises:
        BadBundle: something is missing in between, or the work went two ways before.
    """
    for author, (seq, digest) in sorted(begins.items()):
        here = journal.hash_at(conn, author, seq) or staging.hash_of(author, seq)
        if not here:
            raise _gap(staging, author, journal.head(conn, author)[0], seq + 1)
        if here != digest:
            raise fork(staging, author, seq)


def verify(conn: sqlite3.Connection, staging: Staging) -> Iterator[None]:
    """Verify everything, a piece each turn, and forget what the project has already.

    Raises:
        BadBundle: something is wrong; one sentence names it.
    """
    known: list[str] = []
    for article in staging.articles():
        _check_article(article)
        if not _is_better(conn, article):
            known.append(article.id)
        yield
    staging.drop_articles(known)
    verifier = _Verifier(conn, staging)
    for author in staging.authors():
        verifier.begin(author)
        for act in staging.acts(author):
            verifier.take(act)
            yield
        staging.drop_until(author, journal.head(conn, author)[0])
    verifier.check_clocks()
    for event, author, digest, signature in staging.signatures():
        if signature in signatures.of_event(conn, event):
            staging.drop_signature(event, signature.public_key)
        elif not is_signed("event", digest, signature):
            raise BadBundle(f"A signature of {staging.name_of(author)} does not fit what it signs.", hint=_AGAIN)
        yield


def _is_better(conn: sqlite3.Connection, article: BundledArticle) -> bool:
    """Whether an article is new to the project, or its import counts before the one that is known."""
    known = articles.get(conn, article.id)
    if known is None:
        return True
    plain = {name: getattr(known, name) for name in BundledArticle.__struct_fields__}
    return precedence(article) < precedence(BundledArticle(**plain))


def _check_article(article: BundledArticle) -> None:
    if text_id(article.text) != article.id or not is_canonical(article.text):
        raise BadBundle(f"The text of {article.name[:100]} does not fit its hash.", hint=_AGAIN)
    if any(not 0 <= one.start < one.end <= len(article.text) for one in article.sections):
        raise BadBundle(f"A section of {article.name[:100]} does not lie in its text.", hint=_AGAIN)


class _Verifier:
    """Goes through the events author by author."""

    def __init__(self, conn: sqlite3.Connection, staging: Staging) -> None:
        self._conn = conn
        self._staging = staging
        self._head: tuple[int, str] = (0, "")
        self._clock = 0
        self._highest = 0
        self._text = lru_cache(_KEPT_TEXTS)(self._read_text)

    def begin(self, author: str) -> None:
        self._head = journal.head(self._conn, author)
        self._clock = journal.clock_of(self._conn, author)

    def take(self, act: Act) -> None:
        event = act.event
        try:
            self._check(event)
        except (msgspec.MsgspecError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
            raise self._refused(event, "it holds what this version of Annotator cannot read") from None

    def _check(self, event: Event) -> None:
        seq, digest = self._head
        if event.seq <= seq:
            here = self._conn.execute("SELECT seq FROM event WHERE id = ? AND hash = ?", (event.id, event.hash))
            if here.fetchone() != (event.seq,):
                raise fork(self._staging, event.author, event.seq)
            return
        if event.seq != seq + 1:
            raise _gap(self._staging, event.author, seq, event.seq)
        if event.previous != digest:
            raise fork(self._staging, event.author, event.seq)
        problem = event_problem(event) or self._place_problem(event)
        if problem:
            raise self._refused(event, problem)
        for change in event.changes:
            problem = self._change_problem(event.author, change)
            if problem:
                raise self._refused(event, problem)
        self._head, self._clock = (event.seq, event.hash), event.clock
        self._highest = max(self._highest, event.clock)

    def _refused(self, event: Event, problem: str) -> BadBundle:
        who = self._staging.name_of(event.author)
        return BadBundle(f"Act {event.seq} of {who} cannot be taken over: {problem}.", hint=_AGAIN)

    def _place_problem(self, event: Event) -> str:
        if event.clock <= self._clock:
            return "its clock goes backwards"
        if self._conn.execute("SELECT 1 FROM event WHERE id = ?", (event.id,)).fetchone():
            return "its id is another act's"
        if event.undoes is None:
            return ""
        # Else undo would go round in circles.
        found = (
            self._staging.conn.execute("SELECT author, seq FROM event WHERE id = ?", (event.undoes,)).fetchone()
            or self._conn.execute("SELECT author, seq FROM event WHERE id = ?", (event.undoes,)).fetchone()
        )
        is_earlier = found is not None and found[0] == event.author and found[1] < event.seq
        return "" if is_earlier else "it undoes an act that its author did not do before"

    def _change_problem(self, author: str, change: Change) -> str:
        before = None if change.before is None else record_of(change.kind, change.before)
        after = None if change.after is None else record_of(change.kind, change.after)
        if change.kind not in SHARED_KINDS and not self._fits(author, change, before):
            return f"its {change.kind.replace('_', ' ')} was something else before"
        article = getattr(after, "article", None)
        text = self._text(article) if article else None
        if article and text is None:
            return "its article is missing"
        self._staging.touch(change.kind, change.id, author, was_there=change.before is not None, image=change.after)
        return record_problem(after, text) if after else ""

    def _fits(self, author: str, change: Change, before: Record | None) -> bool:
        """Whether a record was before the act what the act says that it was, and its author's."""
        staged = self._staging.touched_by(change.kind, change.id)
        if any(one.author != author for one in staged):
            return False
        if staged:
            image = staged[0].image
            return before == (None if image is None else record_of(change.kind, msgspec.json.decode(image)))
        return journal.author_of(self._conn, change.id) in ("", author) and before == rows.get(
            self._conn, change.kind, change.id
        )

    def _read_text(self, article: str) -> str | None:
        staged = self._staging.article(article)
        found = staged or articles.get(self._conn, article)
        return found.text if found else None

    def check_clocks(self) -> None:
        """Every act counts one on from what its author knew: no clock can be higher than there are acts."""
        (here,) = self._conn.execute("SELECT count(*) FROM event").fetchone()
        if self._highest > here + self._staging.count()[1]:
            raise BadBundle("The clock of an act runs ahead of all acts that there are.", hint=_AGAIN)


def _gap(staging: Staging, author: str, here: int, there: int) -> BadBundle:
    who = staging.name_of(author)
    known = f"{who}'s work is in this project up to act {here}" if here else f"Nothing of {who} is in this project"
    return BadBundle(
        f"{known}, and the bundle goes on with act {there}: what lies between is missing.",
        hint="Ask for a whole bundle, or receive the one before first.",
    )


def fork(staging: Staging, author: str, seq: int) -> BadBundle:
    """What is said of work that went two ways."""
    who = staging.name_of(author)
    return BadBundle(
        f"{who}'s work went two ways: act {seq} is another one in this project than in the bundle.",
        hint=f"Two copies were worked on under one name; keep both files, and agree with {who} which one counts.",
    )
