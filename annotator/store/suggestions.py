"""Suggestions in the project file, and the tally of what is decided and open."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from annotator.domain.drafts import Draft, StanceDraft, Suggestion
from annotator.domain.journal import Change, record_of
from annotator.domain.memory import Memory
from annotator.domain.review import OpenSuggestions
from annotator.domain.sureness import Sureness, sure_ones
from annotator.store import articles, rows
from annotator.store.recall import Recall

# The kinds of record that decide about a suggestion.
DECIDING = ("entity", "quote", "stance", "rejection")

IMPORTED = "import:"
"""What the names of models begin with whose suggestions came from a file, and not from a run here."""

_DRAFT: msgspec.json.Decoder[Draft] = msgspec.json.Decoder(Draft)


def replace(
    conn: sqlite3.Connection, article: str, suggestions: Iterable[Suggestion], *, pipeline: str, time: str
) -> None:
    """Put a new run's suggestions in place of all that the article had of models; what was imported stays."""
    conn.execute(
        "DELETE FROM suggestion WHERE article = ? AND substr(model, 1, ?) <> ?", (article, len(IMPORTED), IMPORTED)
    )
    _insert(conn, suggestions)
    conn.execute(
        "INSERT INTO suggestion_run (article, pipeline, time) VALUES (?, ?, ?)"
        " ON CONFLICT (article) DO UPDATE SET pipeline = excluded.pipeline, time = excluded.time",
        (article, pipeline, time),
    )


def replace_imported(conn: sqlite3.Connection, article: str, suggestions: Iterable[Suggestion], *, model: str) -> None:
    """Put imported suggestions in place of those that an earlier import brought under the same name."""
    conn.execute("DELETE FROM suggestion WHERE article = ? AND model = ?", (article, model))
    _insert(conn, suggestions)


def _insert(conn: sqlite3.Connection, suggestions: Iterable[Suggestion]) -> None:
    conn.executemany(
        "INSERT INTO suggestion (id, article, kind, draft, model, version, score) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                one.id,
                one.article,
                one.draft.__struct_config__.tag,
                msgspec.json.encode(one.draft).decode("utf-8"),
                one.model,
                one.version,
                one.score,
            )
            for one in suggestions
        ],
    )


def _suggestion(row: tuple[str, str, str, str, str, float]) -> Suggestion:
    suggestion_id, article, draft, model, version, score = row
    return Suggestion(
        id=suggestion_id, article=article, draft=_DRAFT.decode(draft), model=model, version=version, score=score
    )


def of_article(conn: sqlite3.Connection, article: str) -> list[Suggestion]:
    """All that models propose for an article, decided or not, in the order of the text.

    A stance comes after the quote that it rests on.
    """
    found = conn.execute(
        "SELECT id, article, draft, model, version, score FROM suggestion WHERE article = ?", (article,)
    )
    return sorted(map(_suggestion, found), key=lambda one: (one.draft.span, isinstance(one.draft, StanceDraft), one.id))


def entities_of(conn: sqlite3.Connection, article: str) -> list[Suggestion]:
    """The entities that models propose for an article, decided or not, the surest last."""
    found = conn.execute(
        "SELECT id, article, draft, model, version, score FROM suggestion WHERE article = ? AND kind = 'entity'"
        " ORDER BY score, id",
        (article,),
    )
    return [_suggestion(row) for row in found]


def get(conn: sqlite3.Connection, suggestion_id: str) -> Suggestion | None:
    """The suggestion of that id, or `None`."""
    row = conn.execute(
        "SELECT id, article, draft, model, version, score FROM suggestion WHERE id = ?", (suggestion_id,)
    ).fetchone()
    return None if row is None else _suggestion(row)


def remembered(conn: sqlite3.Connection, article: str, memory: Memory) -> list[Suggestion]:
    """What is proposed for an article in the light of what was decided elsewhere, in the order of the text."""
    return memory.applied(of_article(conn, article), article, articles.text_of(conn, article))


def get_remembered(conn: sqlite3.Connection, suggestion_id: str, memory: Memory) -> Suggestion | None:
    """The suggestion of that id as it is proposed now, or `None`; one that is not made any more as it was made."""
    by_memory = memory.named(suggestion_id)
    if by_memory is not None:
        article, span, label = by_memory
        return memory.missed_at(article, articles.text_of(conn, article), span, label)
    raw = get(conn, suggestion_id)
    return None if raw is None else memory.judged(raw, articles.text_of(conn, raw.article)) or raw


def review_of(conn: sqlite3.Connection, article: str, author: str, memory: Memory) -> OpenSuggestions:
    """The suggestions of an article, in the light of the memory, beside an author's records."""
    mine = "article = ? AND author = ?"
    records = [one for kind in DECIDING for one in rows.select(conn, kind, mine, (article, author))]
    raw = of_article(conn, article)
    return OpenSuggestions(memory.applied(raw, article, articles.text_of(conn, article)), records, raw=raw)


def open_of(
    conn: sqlite3.Connection, article: str, author: str, memory: Memory, *, sureness: Sureness = "all"
) -> list[Suggestion]:
    """The sure enough suggestions of an article that an author has not decided about, in the order of the text."""
    return sure_ones(review_of(conn, article, author, memory).open(), sureness)


class Tallies:
    """Keeps the `tally` table in step. The article that is being worked on stays in memory, so that an act costs no
    more in an article with thousands of annotations than in a short one.

    Open are those that are shown at the step `sureness`.
    """

    def __init__(self, author: str, recall: Recall) -> None:
        self.sureness: Sureness = "balanced"
        self._author = author
        self._recall = recall
        self._version = 0
        self._article = ""
        self._review: OpenSuggestions | None = None

    def forget(self) -> None:
        """Read everything anew at the next act: suggestions were replaced, or an act failed."""
        self._article, self._review = "", None

    def renew(self, conn: sqlite3.Connection, article: str, changes: Iterable[Change] = ()) -> None:
        """Count an article's decided and open suggestions; `changes` are those of the act under way."""
        memory = self._recall.get(conn)
        if self._review is None or self._article != article or self._version != memory.version:
            self._article, self._review = article, review_of(conn, article, self._author, memory)
            self._version = memory.version
        else:
            _apply(self._review, article, self._author, changes)
        conn.execute(
            "INSERT INTO tally (article, decided, open) VALUES (?, ?, ?)"
            " ON CONFLICT (article) DO UPDATE SET decided = excluded.decided, open = excluded.open",
            (article, self._review.decided, len(sure_ones(self._review.open(), self.sureness))),
        )

    def renew_many(self, conn: sqlite3.Connection, articles: Sequence[str]) -> None:
        """Count many articles anew, each from its rows."""
        for article in articles:
            self.forget()
            self.renew(conn, article)


def _apply(review: OpenSuggestions, article: str, author: str, changes: Iterable[Change]) -> None:
    for change in changes:
        if change.kind not in DECIDING:
            continue
        for plain, act in ((change.before, review.remove), (change.after, review.add)):
            if plain is not None and plain["article"] == article and plain["author"] == author:
                act(record_of(change.kind, plain))


def articles_of_words(conn: sqlite3.Connection, words: Iterable[str]) -> set[str]:
    """The articles for which some model proposes an entity of these words, or a quote that has them as its cue."""
    found: set[str] = set()
    for one in words:
        written = msgspec.json.encode(one).decode("utf-8")
        found.update(
            row[0] for row in conn.execute("SELECT DISTINCT article FROM suggestion WHERE instr(draft, ?)", (written,))
        )
    return found


def without_run(conn: sqlite3.Connection, *, pipeline: str | None = None) -> list[str]:
    """The articles in the queue that have no suggestions yet, or none of that pipeline, in the order of import."""
    missing = "r.article IS NULL" if pipeline is None else "r.pipeline IS NOT ?"
    values = () if pipeline is None else (pipeline,)
    found = conn.execute(
        "SELECT a.id FROM article a LEFT JOIN suggestion_run r ON r.article = a.id"
        f" WHERE {missing} AND EXISTS (SELECT 1 FROM article_status q WHERE q.article = a.id) ORDER BY a.n",
        values,
    )
    return [row[0] for row in found]


def suggested_since(conn: sqlite3.Connection, time: str) -> list[str]:
    """The articles whose suggestions were stored at that time or later, by id."""
    return [row[0] for row in conn.execute("SELECT article FROM suggestion_run WHERE time >= ? ORDER BY 1", (time,))]


def models(conn: sqlite3.Connection) -> list[tuple[str, str]]:
    """The names and versions of the models whose suggestions are in the project."""
    return [(row[0], row[1]) for row in conn.execute("SELECT DISTINCT model, version FROM suggestion ORDER BY 1, 2")]
