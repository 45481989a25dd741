"""Cards: what the folder of a trained model says of it, as TOML."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec
import tomli_w

from annotator.domain.errors import AnnotatorError

CARD = "card.toml"
C = TypeVar("C", bound=msgspec.Struct)


def read_card_of(folder: Path, kind: type[C], *, noun: str, maker: str) -> C:
    """The card of a folder; `noun` says what would be in it, `maker` which command makes such.

    Raises:
        AnnotatorError: there is no card in the folder, or one of another kind or version.
    """
    try:
        plain = tomllib.loads((folder / CARD).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AnnotatorError(
            f"{folder.name} is no trained {noun}: its {CARD} cannot be read.",
            hint=f"Choose one that “{maker}” has made.",
        ) from error
    try:
        return msgspec.convert(plain, kind)
    except msgspec.ValidationError as error:
        raise AnnotatorError(
            f"The {noun} in {folder.name} is of a kind that this program cannot use ({error}).",
            hint="Train it again, or update the program.",
        ) from error


def write_card(folder: Path, card: msgspec.Struct) -> None:
    """Write the card into a model's folder."""
    # TOML has no null: what is not known is left out.
    plain = msgspec.json.decode(msgspec.json.encode(card))
    (folder / CARD).write_text(tomli_w.dumps(_without_nulls(plain)), "utf-8")


def _without_nulls(plain: dict[str, object]) -> dict[str, object]:
    return {
        key: _without_nulls(value) if isinstance(value, dict) else value
        for key, value in plain.items()
        if value is not None
    }
