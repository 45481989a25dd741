"""Undo, redo, and what happened to a record."""

from __future__ import annotations

from annotator.domain.errors import CannotUndo
from annotator.domain.journal import Changes, Event
from annotator.domain.progress import Job, Progress, drain
from annotator.store import journal
from annotator.store.project import Project

# What people read for a verb, in the past tense; menus say "Undo: " before it.
VERBS = {
    "project.create": "made the project",
    "article.import": "imported articles",
    "article.state": "changed the state",
    "article.flag": "changed the flag",
    "entity.accept": "accepted an entity",
    "entity.reject": "rejected an entity",
    "entity.add": "added an entity",
    "entity.relabel": "changed a label",
    "entity.resize": "changed the bounds",
    "entity.withdraw": "withdrew an entity",
    "quote.accept": "accepted a quote",
    "quote.reject": "rejected a quote",
    "quote.add": "added a quote",
    "quote.resize": "changed the bounds of a quote",
    "quote.withdraw": "withdrew a quote",
    "quote.cue": "set the cue of a quote",
    "quote.source": "set the source of a quote",
    "quote.content": "changed the content of a quote",
    "quote.form": "changed the form of a quote",
    "quote.reported": "changed whether a quote is speech or an act",
    "quote.source_kind": "changed the kind of source",
    "quote.speaker": "linked the speaker of a quote",
    "quote.unnamed": "left the speaker of a quote unnamed",
    "quote.split": "split a quote",
    "quote.join": "joined two quotes",
    "quote.nest": "changed where a quote stands",
    "entity.actor": "linked an entity to an actor",
    "entity.spread": "marked the same words elsewhere",
    "actor.add": "added an actor",
    "actor.change": "changed an actor",
    "actor.merge": "merged two actors",
    "target.add": "added a target",
    "target.change": "changed a target",
    "target.merge": "merged two targets",
    "stance.add": "added a stance",
    "stance.accept": "accepted a stance",
    "stance.reject": "rejected a stance",
    "stance.change": "changed a stance",
    "stance.submit": "submitted a stance",
    "stance.withdraw": "withdrew a stance",
    "note.add": "wrote a note",
    "note.change": "changed a note",
    "note.withdraw": "withdrew a note",
    "decision.a": "took A where layers differ",
    "decision.b": "took B where layers differ",
    "decision.other": "took a third or further layer where several differ",
    "decision.both": "took both where layers differ",
    "decision.neither": "took neither where layers differ",
    "decision.edited": "took an edited version where layers differ",
    "decision.deferred": "put a decision off",
    "decision.alike": "accepted what all marked alike",
    "assignment.add": "assigned articles",
    "assignment.withdraw": "took assignments back",
    "feedback.take": "took over what a review changed",
    "codebook.change": "changed the codebook",
    "suggestions.accept": "accepted several suggestions",
    "suggestions.reject": "rejected several suggestions",
    "annotations.import": "imported annotations",
    "suggestions.import": "imported suggestions",
    "undo": "undid",
    "redo": "redid",
}


def undo(project: Project) -> Changes:
    """Take back the author's last act that stands.

    Raises:
        CannotUndo: there is none, or somebody has changed one of its records since.
    """
    return drain(undo_job(project))


def undo_job(project: Project) -> Job[Changes]:
    """A job that does what `undo` does; cancelled, it leaves everything as it was."""
    target = _undoable(project)
    if target is None:
        raise CannotUndo("There is nothing to undo.")
    return (yield from _reverse(project, target, journal.UNDO))


def redo(project: Project) -> Changes:
    """Do again what was undone last.

    Raises:
        CannotUndo: nothing was undone since the last act, or a record has changed since.
    """
    return drain(redo_job(project))


def redo_job(project: Project) -> Job[Changes]:
    """A job that does what `redo` does; cancelled, it leaves everything as it was."""
    target = journal.redo_target(project.conn, project.author.id)
    if target is None:
        raise CannotUndo("There is nothing to redo.")
    return (yield from _reverse(project, target, journal.REDO))


def _reverse(project: Project, target: Event, verb: str) -> Job[Changes]:
    total = len(target.changes)
    with project.step(verb, undoes=target.id) as step:
        for number, _ in enumerate(journal.reverse(step, target), start=1):
            yield Progress(number, total, f"{number:,} of {total:,}")
        yield from project.counting(step)
    return step.changes


def undo_size(project: Project) -> int:
    """How many records an undo would put back."""
    target = _undoable(project)
    return len(target.changes) if target else 0


def redo_size(project: Project) -> int:
    """How many records a redo would change."""
    target = journal.redo_target(project.conn, project.author.id)
    return len(target.changes) if target else 0


def _undoable(project: Project) -> Event | None:
    target = journal.undo_target(project.conn, project.author.id)
    # A project without its codebook would be of no use.
    return None if target is None or target.verb == "project.create" else target


def undo_text(project: Project) -> str:
    """What an undo would take back, or an empty text."""
    verb = journal.undo_verb(project.conn, project.author.id)
    # See `_undoable`.
    return "" if verb == "project.create" else VERBS.get(verb, verb)


def redo_text(project: Project) -> str:
    """What a redo would do again, or an empty text."""
    verb = journal.redo_verb(project.conn, project.author.id)
    return VERBS.get(verb, verb)


def said(project: Project, event: Event) -> str:
    """What an act did, in words; of an undo or a redo also what it took back or did again."""
    if event.verb not in (journal.UNDO, journal.REDO):
        return VERBS.get(event.verb, event.verb)
    target = event
    while target.undoes and target.verb in (journal.UNDO, journal.REDO):
        target = journal.event(project.conn, target.undoes)
    return f"{VERBS[event.verb]}: {VERBS.get(target.verb, target.verb)}"
