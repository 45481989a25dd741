"""Articles in the project file: adding, reading, listing, searching."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

import msgspec

from annotator.domain.articles import NewArticle
from annotator.domain.sections import Section
from annotator.store.search_index import all_words

_SECTIONS = msgspec.json.Decoder(tuple[Section, ...])
_FIELDS = "id, name, title, language, outlet, author, published, url, text, sections, raw_sha256, recipe"


class Article(NewArticle, frozen=True, kw_only=True):
    """An article of the project."""

    imported: str


class ArticleRow(msgspec.Struct, frozen=True, kw_only=True):
    """An article as lists show it. `decided` and `open_count` count suggestions."""

    id: str
    name: str
    title: str
    state: str
    is_flagged: bool
    decided: int
    open_count: int
    length: int
    imported: str
    is_suggested: bool

    @property
    def total(self) -> int:
        """All suggestions and own annotations that there are to see."""
        return self.decided + self.open_count


def add(conn: sqlite3.Connection, article: NewArticle, *, imported: str) -> bool:
    """Add an article; `False` when one with the same text is there already."""
    values = msgspec.structs.asdict(article)
    values["sections"] = msgspec.json.encode(article.sections).decode("ascii")
    found = conn.execute("SELECT 1 FROM article WHERE id = ?", (article.id,)).fetchone()
    if found:
        return False
    names = _FIELDS.split(", ")
    marks = ", ".join("?" for _ in names)
    cursor = conn.execute(
        f"INSERT INTO article ({_FIELDS}, imported) VALUES ({marks}, ?)", (*(values[name] for name in names), imported)
    )
    # Not by a trigger: with trusted_schema off SQLite lets none write to a virtual table.
    conn.execute(
        "INSERT INTO article_fts (rowid, title, text) VALUES (?, ?, ?)", (cursor.lastrowid, article.title, article.text)
    )
    return True


def get(conn: sqlite3.Connection, article_id: str) -> Article | None:
    """The article of that id, or `None`."""
    row = conn.execute(f"SELECT {_FIELDS}, imported FROM article WHERE id = ?", (article_id,)).fetchone()
    return None if row is None else _article(row)


def _article(row: Sequence[object]) -> Article:
    plain = dict(zip([*_FIELDS.split(", "), "imported"], row, strict=True))
    plain["sections"] = _SECTIONS.decode(str(plain["sections"]))
    return msgspec.convert(plain, Article)


class ArticleFacts(msgspec.Struct, frozen=True):
    """What statistics need to know of an article; words are what stands between blanks."""

    id: str
    name: str
    outlet: str | None
    published: str | None
    words: int


def facts(conn: sqlite3.Connection) -> Iterator[ArticleFacts]:
    """The facts of all articles in the queue, in the order of their import."""
    sql = f"SELECT a.id, a.name, a.outlet, a.published, a.text FROM article a WHERE {_IN_QUEUE} ORDER BY a.n"
    for id_, name, outlet, published, text in conn.execute(sql):
        yield ArticleFacts(id_, name, outlet, published, len(text.split()))


def text_of(conn: sqlite3.Connection, article_id: str) -> str:
    """The text of an article that exists."""
    (text,) = conn.execute("SELECT text FROM article WHERE id = ?", (article_id,)).fetchone()
    return str(text)


def name_of(conn: sqlite3.Connection, article_id: str) -> str:
    """The name of an article that exists."""
    (name,) = conn.execute("SELECT name FROM article WHERE id = ?", (article_id,)).fetchone()
    return str(name)


def ids(conn: sqlite3.Connection) -> list[str]:
    """The ids of all articles in the queue, in the order of their import."""
    return [row[0] for row in conn.execute(f"SELECT a.id FROM article a WHERE {_IN_QUEUE} ORDER BY a.n")]


def outlets(conn: sqlite3.Connection) -> list[str]:
    """Where the articles in the queue appeared, as far as that is known."""
    found = conn.execute(
        f"SELECT DISTINCT a.outlet FROM article a WHERE a.outlet > '' AND {_IN_QUEUE} ORDER BY a.outlet"
    )
    return [row[0] for row in found]


def period(conn: sqlite3.Connection) -> tuple[str, str]:
    """When the first and the last of the articles in the queue appeared; empty where none has a date."""
    first, last = conn.execute(
        f"SELECT min(a.published), max(a.published) FROM article a WHERE a.published > '' AND {_IN_QUEUE}"
    ).fetchone()
    return first or "", last or ""


def each_id(conn: sqlite3.Connection) -> list[str]:
    """The ids of all articles in the order of their import, in the queue or not."""
    return [row[0] for row in conn.execute("SELECT id FROM article ORDER BY n")]


def each(conn: sqlite3.Connection) -> Iterator[Article]:
    """All articles, by id, in the queue or not."""
    for row in conn.execute(f"SELECT {_FIELDS}, imported FROM article ORDER BY id"):
        yield _article(row)


# An article is in the queue while somebody's status record says so; undoing its import takes that record back.
_IN_QUEUE = "EXISTS (SELECT 1 FROM article_status q WHERE q.article = a.id)"

_ROWS = f"""
SELECT a.id, a.name, a.title, coalesce(s.state, 'todo'), coalesce(s.is_flagged, 0), coalesce(t.decided, 0),
       coalesce(t.open, 0), length(a.text), a.imported, r.article IS NOT NULL
FROM article a LEFT JOIN article_status s ON s.article = a.id AND s.author = ?
     LEFT JOIN tally t ON t.article = a.id LEFT JOIN suggestion_run r ON r.article = a.id
WHERE (s.article IS NOT NULL OR {_IN_QUEUE})"""


def _row(values: tuple[str, str, str, str, int, int, int, int, str, int]) -> ArticleRow:
    id_, name, title, state, is_flagged, decided, open_count, length, imported, is_suggested = values
    # The tables are STRICT; converting ten thousand rows field by field would take as long as reading them.
    return ArticleRow(
        id=id_,
        name=name,
        title=title,
        state=state,
        is_flagged=bool(is_flagged),
        decided=decided,
        open_count=open_count,
        length=length,
        imported=imported,
        is_suggested=bool(is_suggested),
    )


def article_rows(conn: sqlite3.Connection, author: str) -> list[ArticleRow]:
    """The queue as one author sees it, in the order of import."""
    return [_row(values) for values in conn.execute(f"{_ROWS} ORDER BY a.n", (author,))]


def article_row(conn: sqlite3.Connection, author: str, article_id: str) -> ArticleRow | None:
    """One row of the queue; `None` when the article is not in it."""
    values = conn.execute(f"{_ROWS} AND a.id = ?", (author, article_id)).fetchone()
    return None if values is None else _row(values)


def search(conn: sqlite3.Connection, words: str, *, limit: int = 1000) -> list[str]:
    """The ids of the articles in the queue that hold all the words (the last may be a beginning), in the order of
    import; signs that are no letters or digits do not count."""
    query = all_words(words)
    if not query:
        return []
    found = conn.execute(
        "SELECT a.id FROM article_fts f JOIN article a ON a.n = f.rowid"
        f" WHERE article_fts MATCH ? AND {_IN_QUEUE} ORDER BY a.n LIMIT ?",
        (query, limit),
    )
    return [row[0] for row in found]
