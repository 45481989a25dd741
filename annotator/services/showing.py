"""Which suggestions are shown: the step of sureness that the user chose, and the counts that follow from it."""

from __future__ import annotations

from annotator.domain.progress import Job, Progress
from annotator.domain.sureness import Sureness
from annotator.store import articles, finding, suggestions
from annotator.store.project import Project

_FACT = "sureness"
_FIRST: Sureness = "balanced"
# An article takes about 5 ms to count, and a commit three times as long.
_AT_ONCE = 4


def choose(project: Project, sureness: Sureness) -> None:
    """Show the suggestions of that step from now on; nothing is lost, and nothing is read by the models again.

    The counts of the queue are those of the step before until `recount` has run.
    """
    project.tallies.sureness = sureness
    project.tallies.forget()


def is_count_due(project: Project) -> bool:
    """Whether the counts of the queue are those of another step, or of what was remembered before."""
    return not project.is_read_only and (_is_other_step(project) or bool(project.memory.unsettled))


def _is_other_step(project: Project) -> bool:
    return (project.fact(_FACT) or _FIRST) != project.sureness


def recount(project: Project) -> Job[None]:
    """A job that counts decided and open suggestions anew where they may be others; cancelled, it is due again."""
    sureness, memory = project.sureness, project.memory
    words = set(memory.unsettled)
    ids = articles.ids(project.conn)
    if not _is_other_step(project):
        touched = suggestions.articles_of_words(project.conn, words)
        for one in words:
            touched.update(finding.articles_with(project.conn, one, is_whole=False))
        ids = [one for one in ids if one in touched]
    for at in range(0, len(ids), _AT_ONCE):
        yield Progress(at, len(ids), "Counting")
        with project.transaction() as conn:
            project.tallies.renew_many(conn, ids[at : at + _AT_ONCE])
    with project.transaction() as conn:
        project.put_fact(conn, _FACT, sureness)
    memory.unsettled -= words
