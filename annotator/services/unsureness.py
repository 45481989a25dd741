"""How unsure the models are of an article: what the queue is ordered by when one wants to teach them most."""

from __future__ import annotations

from annotator.domain.drafts import EntityDraft, QuoteDraft
from annotator.services import queries
from annotator.store import unsureness
from annotator.store.project import Project


def of_queue(project: Project) -> dict[str, float]:
    """How unsure the models are of each article in the queue, 0 to 1; articles with nothing left to decide are missing.

    It is the mean of 4p(1 - p) over the scores p of the open entities and quotes that are shown: 1 where each is as
    likely right as wrong, 0 where all are certain (Gini impurity, scaled; uncertainty sampling after Lewis and Gale
    1994). Where nothing is decided yet the scores are those that the models gave, without what was decided elsewhere.
    """
    raw = unsureness.means(project.conn, project.sureness)
    found = {}
    for row in queries.article_rows(project):
        if row.state == "done" or not row.open_count:
            continue
        value = _of_open(project, row.id) if row.decided else raw.get(row.id)
        if value is not None:
            found[row.id] = value
    return found


def _of_open(project: Project, article_id: str) -> float | None:
    scores = [
        one.score
        for one in queries.open_suggestions(project, article_id)
        if isinstance(one.draft, EntityDraft | QuoteDraft)
    ]
    return sum(4 * p * (1 - p) for p in scores) / len(scores) if scores else None
