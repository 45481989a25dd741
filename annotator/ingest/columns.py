"""Which column of a table, or field of an object, is the text, the headline, the outlet and so on: guessed by names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotator.domain.articles import new_article, plain_fact, with_metadata
from annotator.domain.errors import UnreadableArticle
from annotator.domain.importing import ReadItem, ReadOptions, metadata_of
from annotator.domain.text import canonicalise

# The likeliest first. Beside plain words, what Media Cloud, news-please, GDELT, Factiva and LexisNexis exports say.
_NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "content", "fulltext", "articletext", "articlebody", "maintext", "article", "story",
        "plaintext", "bodytext", "transcript", "volltext", "inhalt", "texte", "contenu", "texto", "contenido",
        "testo", "treść",
    ),
    "title": (
        "headline", "title", "articletitle", "heading", "hed", "titel", "überschrift", "titre", "titulo", "título",
    ),
    "outlet": (
        "outlet", "publication", "publisher", "newspaper", "medianame", "media", "medium", "publicationtitle",
        "sitename", "sourcename", "source", "sourcedomain", "domain", "site", "quelle", "zeitung", "journal", "fuente",
        "medio",
    ),
    "author": ("author", "authors", "byline", "creator", "writer", "journalist", "autor", "autoren", "auteur"),
    "published": (
        "published", "publisheddate", "publishedat", "publicationdate", "publishdate", "pubdate", "datepublished",
        "datepublish", "date", "articledate", "datetime", "timestamp", "datum", "fecha", "data",
    ),
    "url": ("url", "link", "weburl", "articleurl", "permalink", "href", "uri", "adresse"),
    "language": ("language", "lang", "sprache", "langue", "idioma", "lingua"),
    "name": (
        "name", "id", "articleid", "docid", "documentid", "storiesid", "storyid", "filename", "file", "uid", "uuid",
        "guid", "key", "nr", "no",
    ),
}  # fmt: skip
# A column of articles has more on average than one of headlines or notes.
_TEXT_CHARS = 200


def guess_columns(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """The likeliest column of each field of `FIELDS`, by its header; fields that no column fits are left out.

    Where no header is one of a text, it is the column with the longest texts in `rows`, if they are long enough.
    """
    plain = {_plain(header.rsplit(".", 1)[-1]): header for header in reversed(headers) if header}
    found = {
        field: next(plain[name] for name in names if name in plain)
        for field, names in _NAMES.items()
        if any(name in plain for name in names)
    }
    if "text" not in found and rows and headers:
        lengths = [sum(len(row[at]) for row in rows if at < len(row)) / len(rows) for at in range(len(headers))]
        longest = lengths.index(max(lengths))
        if lengths[longest] >= _TEXT_CHARS and headers[longest] not in found.values():
            found["text"] = headers[longest]
    return found


def _plain(header: str) -> str:
    return "".join(char for char in header.casefold() if char.isalnum())


def chosen_columns(
    headers: Sequence[str], rows: Sequence[Sequence[str]], options: ReadOptions, *, name: str
) -> dict[str, str]:
    """The column of each field: the chosen ones, and guesses for what is not chosen.

    Raises:
        UnreadableArticle: a chosen column does not exist, or there is none for the text.
    """
    for field, header in options.columns.items():
        if header and header not in headers:
            raise UnreadableArticle(
                f"{name} has no column “{header[:60]}” for {field}.", hint=f"Its columns: {_listed(headers)}."
            )
    chosen = {field: header for field, header in options.columns.items() if header}
    left = [header for header in headers if header not in chosen.values()]
    places = [headers.index(header) for header in left]
    guessed = guess_columns(left, [[row[at] if at < len(row) else "" for at in places] for row in rows])
    found = {field: header for field, header in guessed.items() if field not in options.columns} | chosen
    if "text" not in found:
        raise UnreadableArticle(
            f"{name} has no column that is called text or body.",
            hint=f"Say which one is the text: {_listed(headers)}.",
        )
    return found


def _listed(headers: Sequence[str]) -> str:
    shown = [header[:40] for header in headers if header]
    return ", ".join(shown[:20]) + (" …" if len(shown) > 20 else "") if shown else "none has a name"


def row_item(
    values: Mapping[str, str], options: ReadOptions, *, place: str, raw_sha256: str, is_day_first: bool | None
) -> ReadItem:
    """The article of one row: `values` are by field, `place` says where it stands."""
    try:
        text = canonicalise(values.get("text", ""), name=place)
    except UnreadableArticle as error:
        is_empty = not values.get("text", "").strip()
        return ReadItem(message=error.message, hint="Fill it, or leave the row out." if is_empty else error.hint)
    known, remarks = metadata_of(dict(values), options, name=place, is_day_first=is_day_first)
    name = plain_fact(values.get("name", ""), max_chars=200) or place
    article = new_article(text, name=name, raw_sha256=raw_sha256, headline=known.title)
    return ReadItem(article=with_metadata(article, known), remarks=remarks)


def by_field(columns: Mapping[str, str], headers: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """The values of a row by field; a row may be shorter than its headers."""
    at = {header: number for number, header in reversed(list(enumerate(headers)))}
    return {field: row[at[header]] for field, header in columns.items() if at[header] < len(row)}
