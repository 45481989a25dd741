"""What files of other programs tell of an article besides its text, by the usual names."""

from __future__ import annotations

from annotator.domain.articles import Metadata, plain_fact
from annotator.ingest.plain_json import text_at

_FIELDS = ("title", "language", "outlet", "author", "url")
_DATES = ("published", "date")


def metadata_in(read: object) -> Metadata:
    """The metadata of a JSON object. A date counts where it is an ISO date."""
    facts = {name: plain_fact(text_at(read, name)) for name in _FIELDS}
    date = next((found for name in _DATES if (found := text_at(read, name)[:10])), "")
    return Metadata(**facts, published=date if _is_date(date) else "")


def name_in(read: object) -> str:
    """What the article is called there; empty where it has no name."""
    names = ("name", "filename", "file", "source", "document", "id")
    return next((found for name in names if (found := plain_fact(text_at(read, name)))), "")


def _is_date(text: str) -> bool:
    parts = text.split("-")
    return [len(one) for one in parts] == [4, 2, 2] and all(one.isascii() and one.isdigit() for one in parts)
