"""What readers of article files are told, and what they give."""

from __future__ import annotations

from datetime import date
from typing import Self

import msgspec

from annotator.domain.articles import Metadata, NewArticle, plain_fact
from annotator.domain.dates import published_date
from annotator.domain.errors import UnreadableArticle

# What a column of a table, or a field of a JSON object, can be.
FIELDS: dict[str, str] = {
    "text": "Text",
    "title": "Headline",
    "outlet": "Outlet",
    "author": "Author",
    "published": "Date",
    "url": "Address (URL)",
    "language": "Language",
    "name": "Name or id",
}

FILE_DATE = "its date is the day on which the file was made, which may not be that of publication."

_LANGUAGE_NAMES = {
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "spanish": "es",
    "español": "es", "italian": "it", "italiano": "it", "portuguese": "pt", "dutch": "nl", "polish": "pl",
    "czech": "cs", "slovak": "sk", "ukrainian": "uk", "russian": "ru", "swedish": "sv", "danish": "da",
    "norwegian": "nb", "finnish": "fi", "hungarian": "hu", "romanian": "ro", "greek": "el", "turkish": "tr",
    "arabic": "ar", "chinese": "zh", "japanese": "ja", "korean": "ko",
}  # fmt: skip


class ReadOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How files are read. `columns` maps fields to columns, those that are left out are guessed from the headers;
    a field mapped to "" is taken from no column. `latest` is the last day, as an ISO date, that can be one of
    publication."""

    encoding: str = ""
    columns: dict[str, str] = {}
    name_pattern: str = ""
    latest: str = "9999-12-30"


class ReadItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One article of a file, or why there is none: a sentence and what to do. `remarks` say what was left empty, and
    what was guessed."""

    article: NewArticle | None = None
    message: str = ""
    hint: str = ""
    remarks: tuple[str, ...] = ()

    @classmethod
    def refused(cls, error: UnreadableArticle) -> Self:
        """The item of something that cannot be read."""
        return cls(message=error.message, hint=error.hint)

    @property
    def problem(self) -> UnreadableArticle:
        """Why there is no article."""
        return UnreadableArticle(self.message, self.hint)


class TablePreview(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The beginning of a table: its columns, its first rows cut short, and the guessed column of each field.

    `problem` says why it cannot be read, instead.
    """

    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    columns: dict[str, str] = {}
    problem: str = ""


def metadata_of(
    facts: dict[str, str], options: ReadOptions, *, name: str, is_day_first: bool | None = None
) -> tuple[Metadata, tuple[str, ...]]:
    """The metadata of what a file says of an article, by the names of `FIELDS`, and remarks on what is left empty."""
    plain = {field: plain_fact(value) for field, value in facts.items()}
    latest = date.fromisoformat(options.latest)
    published, dates = published_date(plain.get("published", ""), latest=latest, is_day_first=is_day_first)
    language, languages = _language(plain.get("language", ""))
    known = Metadata(
        title=plain.get("title", ""),
        outlet=plain.get("outlet", ""),
        author=plain.get("author", ""),
        url=plain.get("url", ""),
        published=published,
        language=language,
    )
    return known, tuple(f"{name}: {remark}; it is left empty." for remark in (dates, languages) if remark)


def _language(text: str) -> tuple[str, str]:
    code = _LANGUAGE_NAMES.get(text.casefold(), text.replace("_", "-"))
    parts = code.split("-")
    is_code = parts[0].isascii() and parts[0].isalpha() and len(parts[0]) in (2, 3) and len(code) <= 12
    if not code or (is_code and all(part.isascii() and part.isalnum() for part in parts)):
        return "-".join([parts[0].lower(), *parts[1:]]), ""
    return "", f"“{text[:40]}” is no code of a language such as en"
