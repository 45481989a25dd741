"""Which quote stands within which, where suggestions say so."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from annotator.domain.nesting import around
from annotator.domain.records import Entity, Quote
from annotator.store import rows
from annotator.store.journal import Step
from annotator.store.project import Project


def nest(project: Project, step: Step, made: Iterable[Entity | Quote]) -> None:
    """Say of quotes just made from suggestions within which quote they stand, and which stand within them.

    What the annotator has decided about other quotes stays.
    """
    new = {one.id: one for one in made if isinstance(one, Quote)}
    for article in sorted({one.article for one in new.values()}):
        found = rows.select(project.conn, "quote", "article = ? AND author = ?", (article, step.author))
        mine = [one for one in found if isinstance(one, Quote)]
        for one in mine:
            outer = around(one, mine) if one.nested_in is None and one.origin.suggested is not None else None
            if outer is not None and (one.id in new or outer.id in new):
                step.put(msgspec.structs.replace(one, nested_in=outer.id))
