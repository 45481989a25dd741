"""Finding records of the registry of actors by their names."""

from __future__ import annotations

import json
import sqlite3

from annotator.domain.words import fold


def named(conn: sqlite3.Connection, name: str) -> list[str]:
    """The ids of the actors that have a name, or it as an alias; capitals and diacritics make no difference."""
    wanted = fold(name)
    found = conn.execute("SELECT id, name, aliases FROM actor ORDER BY id")
    return [
        id_
        for id_, own, aliases in found
        if fold(own) == wanted or (aliases != "[]" and wanted in map(fold, json.loads(aliases)))
    ]
