"""The gazetteer: names with the label that they always have, as a user keeps them and as they are shipped."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping

import msgspec

from annotator.domain.errors import AnnotatorError

NEVER = "-"
"""In place of a label: this name is never proposed as an entity."""

_LABEL = re.compile(r"[A-Z][A-Z_]*|-")
_BLANKS = re.compile(r"\s+")


class GazetteerEntry(msgspec.Struct, frozen=True, kw_only=True, order=True, forbid_unknown_fields=True):
    """A name, spelled as in texts, and its label."""

    name: str
    label: str


def entry(name: str, label: str) -> GazetteerEntry:
    """A sound entry: blanks made single, the label in capitals.

    Raises:
        AnnotatorError: the name has no letter or digit, or the label is no label.
    """
    spelled, label = _BLANKS.sub(" ", name).strip(), label.strip().upper()
    if not any(char.isalnum() for char in spelled):
        raise AnnotatorError("A name needs a letter or a digit.", hint="Write the name as it stands in articles.")
    if not _LABEL.fullmatch(label):
        raise AnnotatorError(
            f"“{label}” is no label for “{spelled}”.", hint="Write a label such as ORG, or - for: never propose it."
        )
    return GazetteerEntry(name=spelled, label=label)


def parse_gazetteer(text: str) -> list[GazetteerEntry]:
    """The entries of a table with the columns `name` and `label`, divided by commas, semicolons or tabs.

    A first line that names the columns may be missing; blank lines and lines that begin with # are left out.

    Raises:
        AnnotatorError: a line has no label, or one that is none; it names the line.
    """
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip() and not line.startswith("#")]
    first = lines[0] if lines else ""
    divider = next((sign for sign in ("\t", ";", ",") if sign in first), ",")
    found = []
    for number, cells in enumerate(csv.reader(lines, delimiter=divider), start=1):
        if number == 1 and [cell.strip().lower() for cell in cells[:2]] == ["name", "label"]:
            continue
        if len(cells) < 2:
            raise AnnotatorError(
                f"Line {number} of the list has no label: {first if number == 1 else cells[0]}.",
                hint="Each line is a name, a comma and a label, as in: Pentagon,ORG.",
            )
        found.append(entry(cells[0], cells[1]))
    return found


def written(entries: Iterable[GazetteerEntry]) -> str:
    """The table of some entries, as `parse_gazetteer` reads it."""
    rows = [(one.name, one.label) for one in entries]
    table = io.StringIO()
    # “#MeToo” without quotation marks would be read as a remark.
    is_remark = any(name.startswith("#") for name, _ in rows)
    writer = csv.writer(table, lineterminator="\n", quoting=csv.QUOTE_ALL if is_remark else csv.QUOTE_MINIMAL)
    writer.writerow(("name", "label"))
    writer.writerows(rows)
    return table.getvalue()


def merged(shipped: Iterable[GazetteerEntry], own: Iterable[GazetteerEntry]) -> dict[str, str]:
    """Label by name: the shipped entries, and over them the user's own."""
    return {one.name: one.label for source in (shipped, own) for one in source}


def changed_by(shipped: Mapping[str, str], wanted: Mapping[str, str]) -> list[GazetteerEntry]:
    """The entries of one's own that make `wanted` out of the shipped ones, by name."""
    own = {name: label for name, label in wanted.items() if shipped.get(name) != label}
    own |= {name: NEVER for name in shipped if name not in wanted}
    return sorted(GazetteerEntry(name=name, label=label) for name, label in own.items())
