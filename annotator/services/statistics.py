"""What a project holds: its articles and stories, and what its author has labelled in them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from annotator.domain.progress import Job
from annotator.services.stories import stories
from annotator.store import articles, uses
from annotator.store.project import Project

NOT_KNOWN = ""


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """How much there is of each. `stories` counts near-duplicates once; stances are submitted ones."""

    articles: int = 0
    stories: int = 0
    words: int = 0
    entities: int = 0
    quotes: int = 0
    stances: int = 0


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """What a project holds, as a whole, by outlet, and by month (YYYY-MM); "" is not known. `near_duplicates` are the
    names of the articles of each story that has more than one."""

    author: str
    total: Total
    by_outlet: dict[str, Total]
    by_month: dict[str, Total]
    near_duplicates: tuple[tuple[str, ...], ...] = ()


def statistics(project: Project) -> Job[Statistics]:
    """A job that counts what a project holds, and what its author made of it."""
    groups = yield from stories(project)
    story = {article: group[0] for group in groups for article in group}
    labelled = uses.labelled(project.conn, project.author.id)
    facts = [one for one in articles.facts(project.conn) if one.id in story]
    outlets = sorted({one.outlet or NOT_KNOWN for one in facts})
    months = sorted({(one.published or NOT_KNOWN)[:7] for one in facts})

    def total(chosen: Iterable[articles.ArticleFacts]) -> Total:
        ones = list(chosen)
        counts = [labelled.get(one.id, (0, 0, 0)) for one in ones]
        return Total(
            articles=len(ones),
            stories=len({story[one.id] for one in ones}),
            words=sum(one.words for one in ones),
            entities=sum(count[0] for count in counts),
            quotes=sum(count[1] for count in counts),
            stances=sum(count[2] for count in counts),
        )

    names = {one.id: one.name for one in facts}
    return Statistics(
        author=project.author.name,
        total=total(facts),
        by_outlet={key: total(one for one in facts if (one.outlet or "") == key) for key in outlets},
        by_month={key: total(one for one in facts if (one.published or "")[:7] == key) for key in months},
        near_duplicates=tuple(tuple(names[one] for one in group) for group in groups if len(group) > 1),
    )
