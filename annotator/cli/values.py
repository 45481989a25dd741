"""What values of options look like: each of these reads one, or says what is wrong with it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from typing import get_args

from annotator.domain.drafts import QuoteForm
from annotator.domain.importing import FIELDS
from annotator.domain.records import ArticleState, Position


def pair(text: str) -> tuple[str, str]:
    """A pair `OLD=NEW`."""
    # A label may hold the sign itself; a label of the codebook does not.
    old, sign, new = text.rpartition("=")
    if not sign or not old:
        raise argparse.ArgumentTypeError(f"{text} is not like PER=PERSON")
    return old, new


def column(text: str) -> tuple[str, str]:
    """A pair `FIELD=COLUMN` of a field that articles have."""
    field, sign, column = text.partition("=")
    if not sign or field not in FIELDS:
        raise argparse.ArgumentTypeError(f"{text} is not like text=body; fields: {', '.join(FIELDS)}")
    return field, column


def count(text: str) -> int:
    """A number from 1 to 99999."""
    if not (text.isdecimal() and 0 < int(text[:6]) < 100_000):
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 to 99999")
    return int(text)


def share(text: str) -> float:
    """A share to test on: above 0, and at most 0.8, as something must be left to learn from."""
    try:
        share = float(text)
    except ValueError:
        share = 0.0
    if not 0 < share <= 0.8:
        raise argparse.ArgumentTypeError(f"{text} is not a share above 0 and up to 0.8")
    return share


def jobs(text: str) -> int:
    """A number of processes, 1 to 64."""
    if not (text.isdecimal() and 1 <= int(text[:3]) <= 64):
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 to 64")
    return int(text[:3])


def words(text: str) -> tuple[str, ...]:
    """Words separated by commas, without the blanks around them."""
    return tuple(one.strip() for one in text.split(",") if one.strip())


def one_of(known: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """What reads words of which each is known."""

    def read(text: str) -> tuple[str, ...]:
        found = words(text)
        wrong = [one for one in found if one not in known]
        if wrong or not found:
            raise argparse.ArgumentTypeError(f"{', '.join(wrong) or 'nothing'} is none of {', '.join(known)}")
        return found

    return read


states = one_of(get_args(ArticleState))
forms = one_of(get_args(QuoteForm))
positions = one_of(get_args(Position))


def day(text: str) -> str:
    """A day as ISO 8601 has it."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a day like 2025-02-12") from None


def split(text: str) -> tuple[float, float, float]:
    """Three shares that add up to 1."""
    try:
        train, dev, test = (float(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a split like 0.8,0.1,0.1") from None
    # Written so that "nan" is refused too.
    if not (min(train, dev, test) >= 0 and abs(train + dev + test - 1) <= 1e-6):
        raise argparse.ArgumentTypeError("the parts of a split are 0 to 1 and add up to 1")
    return train, dev, test


def seed(text: str) -> int:
    """A number from 0 to 4294967295."""
    if not (text.isdecimal() and int(text[:11]) < 2**32):
        raise argparse.ArgumentTypeError(f"{text} is not a number from 0 to 4294967295")
    return int(text)
