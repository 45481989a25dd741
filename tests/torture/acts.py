"""What an annotator does all day, act by act, each acknowledged when it has returned.

`python -m tests.torture.acts FOLDER SYNCHRONOUS` works in FOLDER/work.annot and writes a line to FOLDER/acks after each
act: how many events and articles there are now. `python -m tests.torture.acts FOLDER birth` makes FOLDER/new.annot and
migrates FOLDER/work.annot, and says so.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from annotator.domain.records import Entity
from annotator.domain.spans import Span, trimmed
from annotator.store import articles, backup, journal, schema
from annotator.store.migrate import migrate
from annotator.store.project import Author, Project, create_project, open_project
from tests.store.making import add_articles, entities, entity_at, put, redo, undo, withdraw

ME = Author(id="11111111-1111-4111-8111-111111111111", name="Ana")
LABELS = ("PERSON", "ORG", "GPE", "NORP")


def counts(project: Project) -> tuple[int, int]:
    """How many events and how many articles the file has."""
    events, found = project.conn.execute(
        "SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM article)"
    ).fetchone()
    return int(events), int(found)


def texts(number: int, chars: int, chance: random.Random) -> list[str]:
    """Articles that no project has yet."""
    return [f"{chance.random()}\n" + f"Said {chance.random()}. " * (chars // 25) for _ in range(number)]


def annotate(project: Project, chance: random.Random) -> None:
    """One act: add, relabel or withdraw an entity, undo or redo; always one event."""
    mine = [one for one in entities(project) if isinstance(one, Entity)]
    act = chance.random()
    if act < 0.1 and journal.redo_target(project.conn, project.author.id):
        redo(project)
    elif act < 0.25 and mine:
        undo(project)
    elif act < 0.4 and mine:
        withdraw(project, chance.choice(mine))
    elif act < 0.6 and mine:
        one = chance.choice(mine)
        put(project, msgspec.structs.replace(one, label=chance.choice([la for la in LABELS if la != one.label])))
    else:
        article = chance.choice(articles.ids(project.conn)[:2])
        text = articles.text_of(project.conn, article)
        start = chance.randrange(len(text) - 20)
        span = trimmed(text, Span(start, start + 20))
        put(project, entity_at(project, article, span.start, span.end, chance.choice(LABELS)))


def day(project: Project, chance: random.Random) -> Iterator[None]:
    """Thirty acts: an import of twenty articles, a backup, an undone import, the rest annotation."""
    plan: list[Callable[[], object]] = [lambda: annotate(project, chance)] * 30
    plan[9] = lambda: add_articles(project, texts(20, 2000, chance))
    plan[16] = lambda: add_articles(project, texts(3, 2000, chance))
    plan[17] = lambda: undo(project)
    for number, act in enumerate(plan):
        act()
        yield
        if number == 20:
            backup.back_up(project)


# A version that there is not yet, for migrations.
NEXT_VERSION = (*schema.MIGRATIONS, "ALTER TABLE note ADD COLUMN mood TEXT;\nCREATE TABLE mood (name TEXT) STRICT;")


def main(folder: Path, what: str) -> None:
    """Work in a folder, and acknowledge every act."""
    acks = os.open(folder / "acks", os.O_WRONLY | os.O_CREAT, 0o600)
    if what == "birth":
        create_project(folder / "new.annot", ME).close()
        os.write(acks, b"made\n")
        migrate(folder / "work.annot", folder / "kept" / "old.annot", scripts=NEXT_VERSION)
        os.write(acks, b"migrated\n")
    else:
        with open_project(folder / "work.annot", ME) as project:
            project.conn.execute(f"PRAGMA synchronous = {what}")
            for _ in day(project, random.Random(7)):
                os.write(acks, "{} {}\n".format(*counts(project)).encode())
    os.close(acks)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
