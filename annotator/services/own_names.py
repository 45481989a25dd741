"""The gazetteer as a user edits it: the shipped names, and over them their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from annotator.domain.errors import NotAllowed
from annotator.domain.gazetteer import NEVER, GazetteerEntry, changed_by, entry, merged
from annotator.ingest import own_names as files

__all__ = ["NEVER", "NameRow", "Names", "export_names", "imported", "own", "put", "remove", "rows", "save"]

Names = tuple[GazetteerEntry, ...]
Origin = Literal["own", "changed", "shipped"]


class NameRow(msgspec.Struct, frozen=True, kw_only=True):
    """A name of the gazetteer; `changed` is a shipped one with a label of the user's own."""

    name: str
    label: str
    origin: Origin


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, str]:
    return merged(files.shipped_names(), ())


def own() -> Names:
    """The user's own names. Errors are those of `load_own`."""
    return files.load_own()


def save(names: Names) -> None:
    """Make these the user's own names. Errors are those of `save_own`."""
    files.save_own(names)


def rows(names: Names) -> list[NameRow]:
    """The whole gazetteer with these own names over the shipped ones: own ones first, each part by name."""
    shipped = _shipped()
    mine = {one.name: one.label for one in names}
    listed = [
        NameRow(name=name, label=label, origin=_origin(name, mine, shipped))
        for name, label in ({**shipped, **mine}).items()
    ]
    return sorted(listed, key=lambda one: (one.origin == "shipped", one.name.casefold(), one.name))


def _origin(name: str, mine: Mapping[str, str], shipped: Mapping[str, str]) -> Origin:
    if name not in mine:
        return "shipped"
    return "changed" if name in shipped else "own"


def put(names: Names, name: str, label: str, *, instead_of: str = "") -> Names:
    """The own names with one more, or with another label; `instead_of` is what it was called before.

    Raises:
        AnnotatorError: the name or the label is none.
        NotAllowed: another name is spelled like that already.
    """
    made = entry(name, label)
    wanted = _wanted(names)
    if instead_of and instead_of != made.name:
        if made.name in wanted:
            raise NotAllowed(f"{made.name} is in the list already.", hint="Change its label there.")
        names = remove(names, instead_of)
        wanted = _wanted(names)
    return tuple(changed_by(_shipped(), {**wanted, made.name: made.label}))


def remove(names: Names, name: str) -> Names:
    """The own names without one: what is shipped holds again, and a shipped one is never proposed any more.

    Raises:
        NotAllowed: the name is not in the list.
    """
    mine, shipped = {one.name: one.label for one in names}, _shipped()
    if name in mine:
        return tuple(one for one in names if one.name != name)
    if name not in shipped:
        raise NotAllowed(f"{name} is not in the list.", hint="Write it as it is spelled there.")
    return put(names, name, NEVER)


def imported(names: Names, file: Path) -> Names:
    """The own names with those of a table over them. Errors are those of `read_names`."""
    return _over(names, files.read_names(file))


def _over(names: Names, more: Iterable[GazetteerEntry]) -> Names:
    return tuple(changed_by(_shipped(), {**_wanted(names), **{one.name: one.label for one in more}}))


def export_names(file: Path, names: Sequence[GazetteerEntry]) -> None:
    """Write the own names as a table. Errors are those of `write_names`."""
    files.write_names(file, names)


def _wanted(names: Names) -> dict[str, str]:
    return {**_shipped(), **{one.name: one.label for one in names}}
