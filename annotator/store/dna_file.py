"""Reads the SQLite file of Discourse Network Analyzer 3 (https://github.com/leifeld/dna, `sql/Sql.java`).

A statement with a concept and a qualifier called `agreement` is a stance: its organization holds it, else its person; a
person who speaks for an organization is the one via whom it is put into words. Java counts UTF-16 code units.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from annotator.domain.articles import Metadata, plain_fact
from annotator.domain.errors import BadExchange
from annotator.domain.foreign import ForeignMark, ForeignText

_HINT = "Choose a database that Discourse Network Analyzer 3 wrote."
_NEEDED = {"DOCUMENTS", "STATEMENTS", "VARIABLES", "DATASHORTTEXT", "ENTITIES", "CODERS"}
_VALUES = """
SELECT d.StatementId, v.Variable, e.Value FROM DATASHORTTEXT d JOIN VARIABLES v ON v.ID = d.VariableId
  JOIN ENTITIES e ON e.ID = d.Entity
UNION ALL SELECT d.StatementId, v.Variable, d.Value FROM DATALONGTEXT d JOIN VARIABLES v ON v.ID = d.VariableId
UNION ALL SELECT d.StatementId, v.Variable, d.Value FROM DATABOOLEAN d JOIN VARIABLES v ON v.ID = d.VariableId
UNION ALL SELECT d.StatementId, v.Variable, d.Value FROM DATAINTEGER d JOIN VARIABLES v ON v.ID = d.VariableId
"""


def read_dna(path: Path) -> Iterator[ForeignText]:
    """The documents of a database with their statements, once for each coder who made some.

    Raises:
        BadExchange: it is no such database, is damaged, or lies under a password.
    """
    try:
        # Nobody writes to it meanwhile, and nothing is written beside it.
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as conn:
            conn.execute("PRAGMA trusted_schema = OFF")
            yield from _documents(conn, path.name)
    except (sqlite3.Error, OverflowError, ValueError, TypeError) as error:
        raise BadExchange(f"{path.name} cannot be read ({error}).", hint=_HINT) from None


def _documents(conn: sqlite3.Connection, file: str) -> Iterator[ForeignText]:
    tables = {str(row[0]).upper() for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables >= _NEEDED:
        raise BadExchange(f"{file} is no database of Discourse Network Analyzer 3.", hint=_HINT)
    values: dict[int, dict[str, str]] = {}
    for statement, variable, value in conn.execute(_VALUES):
        values.setdefault(statement, {})[str(variable).casefold()] = str(value)
    coders = {key: str(name) for key, name in conn.execute("SELECT ID, Name FROM CODERS")}
    rows = conn.execute("SELECT ID, DocumentId, Start, Stop, Coder FROM STATEMENTS ORDER BY DocumentId, Start, ID")
    statements: dict[int, list[tuple[int, int, int, str]]] = {}
    for key, document, start, stop, coder in rows:
        statements.setdefault(document, []).append((key, int(start), int(stop), coders.get(coder, "")))
    for key, title, text, author, source, date in conn.execute(
        "SELECT ID, Title, Text, Author, Source, Date FROM DOCUMENTS ORDER BY ID"
    ):
        place = f"{file}, document {key}"
        found = statements.get(key, [])
        base = ForeignText(
            place=place,
            name=plain_fact(title) or place,
            text=str(text),
            known=Metadata(
                title=plain_fact(title), author=plain_fact(author), outlet=plain_fact(source), published=_day(date)
            ),
        )
        for who in sorted({one[3] for one in found}) or [""]:
            yield _of_coder(base, who, [one for one in found if one[3] == who], values)


def _of_coder(
    base: ForeignText, who: str, found: list[tuple[int, int, int, str]], values: dict[int, dict[str, str]]
) -> ForeignText:
    marks: list[ForeignMark] = []
    left_out = Counter[str]()
    for key, start, stop, _ in found:
        facts = _facts(values.get(key, {}))
        if facts:
            marks.append(
                ForeignMark(key=str(key), label="stance", spans=((start, stop),), record=str(key), facts=facts)
            )
        else:
            left_out["statements without concept and agreement"] += 1
    return ForeignText(
        place=base.place,
        name=base.name,
        text=base.text,
        known=base.known,
        who=who,
        marks=tuple(marks),
        left_out=dict(left_out),
    )


def _facts(said: dict[str, str]) -> dict[str, str]:
    """What a statement says of a stance; empty where it is none."""
    concept, agreement = said.get("concept", "").strip(), said.get("agreement", "")
    if not concept or agreement not in ("0", "1"):
        return {}
    person, organization = said.get("person", "").strip(), said.get("organization", "").strip()
    facts = {"target": concept, "position": "support" if agreement == "1" else "oppose"}
    if organization:
        facts |= {"holder": organization, "holder_type": "organization", "via": person}
    else:
        facts |= {"holder": person, "holder_type": "person"}
    return {name: value for name, value in facts.items() if value}


def _day(date: object) -> str:
    """The day of seconds since 1970, as DNA keeps dates."""
    if not isinstance(date, int) or not 0 < date < 4_102_444_800:
        return ""
    return datetime.fromtimestamp(date, UTC).date().isoformat()
