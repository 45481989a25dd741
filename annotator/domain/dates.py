"""Days of publication as data spells them, made ISO dates; what is not one certain day is no date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

_EARLIEST = date(1450, 1, 1)
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:\D.*)?", re.DOTALL)
# As PDF files and file names have it, perhaps with a time.
_COMPACT = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})(?:\D.*|\d{4,6}\D?.*)?", re.DOTALL)
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[\sT,].*)?", re.DOTALL)
_SECONDS = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")
# A name of a month, a day and a whole year: anything less is no day.
_NAMED = re.compile(r"(?=.*\b\d{4}\b)(?=.*[^\W\d_]{3})(?=.*\b\d{1,2}(?!\d))", re.DOTALL)
_MAX_CHARS = 80
# Of all languages that dateparser knows, to find that none of them fits takes seconds.
_LANGUAGES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sk", "uk", "ru", "sv", "da", "nb", "fi", "hu", "ro", "bg",
    "hr", "sl", "el", "tr", "ar", "he", "zh", "ja", "ko",
)  # fmt: skip


def published_date(text: str, *, latest: date, is_day_first: bool | None = None) -> tuple[str, str]:
    """The ISO date of a day as it is spelt, and an empty remark; or an empty date, and why it is left empty.

    Numbers such as 03/04/2024 count only where `is_day_first` says how to read them, or only one way makes a date.
    A time of day is dropped: the day is the one that the text itself names.
    """
    shown = " ".join(text.split())
    if not shown:
        return "", ""
    found = _day(shown, is_day_first) if len(shown) <= _MAX_CHARS else None
    if found is None:
        return "", f"the date “{shown[:40]}” is not one certain day"
    # Where it is published it may be tomorrow.
    if found > latest + timedelta(days=1):
        return "", f"the date “{shown[:40]}” lies in the future"
    if found < _EARLIEST:
        return "", f"the date “{shown[:40]}” is older than newspapers"
    return found.isoformat(), ""


def day_order(texts: Iterable[str]) -> bool | None:
    """Whether a column writes the day before the month, seen from the dates that can be read one way only.

    None where there is no such date, or there are both kinds.
    """
    orders = set()
    for text in texts:
        numbers = _NUMBERS.fullmatch(" ".join(text.split())[:_MAX_CHARS])
        if numbers and (int(numbers[1]) > 12) != (int(numbers[3]) > 12):
            orders.add(int(numbers[1]) > 12)
    return orders.pop() if len(orders) == 1 else None


def _day(text: str, is_day_first: bool | None) -> date | None:
    try:
        if _SECONDS.fullmatch(text):
            seconds = float(text) / (1000 if len(text) == 13 else 1)
            return datetime.fromtimestamp(seconds, UTC).date()
        if iso := _ISO.fullmatch(text):
            return date(int(iso[1]), int(iso[3]), int(iso[4]))
        if compact := _COMPACT.fullmatch(text):
            return date(int(compact[1]), int(compact[2]), int(compact[3]))
        if numbers := _NUMBERS.fullmatch(text):
            return _from_numbers(int(numbers[1]), int(numbers[3]), int(numbers[4]), numbers[2], is_day_first)
    except (ValueError, OverflowError, OSError):
        return None
    return _named(text) if _NAMED.match(text) else None


def _from_numbers(first: int, second: int, year: int, sign: str, is_day_first: bool | None) -> date | None:
    # Only languages that put the day first write dots.
    if sign == "." or first > 12 or first == second:
        is_day_first = True
    elif second > 12:
        is_day_first = False
    if is_day_first is None:
        return None
    return date(year, second, first) if is_day_first else date(year, first, second)


@lru_cache(maxsize=10_000)
def _named(text: str) -> date | None:
    # Only here, for it takes a moment to import.
    import dateparser

    settings = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    found = dateparser.parse(text, languages=list(_LANGUAGES), settings=settings)
    return found.date() if found else None
