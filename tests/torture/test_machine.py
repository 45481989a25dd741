"""Any sequence of acts, undo, redo and reopening does what a plain model does."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from annotator.domain.drafts import EntityDraft, Suggestion
from annotator.domain.errors import NotAllowed
from annotator.domain.journal import Changes
from annotator.domain.memory import Memory
from annotator.domain.records import Entity, Rejection
from annotator.domain.review import OpenSuggestions
from annotator.domain.spans import Span
from annotator.domain.sureness import sure_ones
from annotator.services import annotation, history, queries, showing
from annotator.store import articles, rows, suggestions
from annotator.store.project import open_project
from tests.store.making import problems, proposal
from tests.torture import FACTOR
from tests.torture.acts import ME

pytestmark = pytest.mark.torture

LABELS = st.sampled_from(["PERSON", "ORG", "GPE"])
WORDS = ("NATO", "Pentagon", "Europe", "European allies", "United States")
PICK = st.integers(0, 99)


@dataclass(frozen=True)
class Mark:
    """An entity in the model: where it is, what it is called, and the suggestion it came from."""

    article: str
    span: Span
    label: str
    act: str = "added"
    key: str = ""
    proposed: str = ""

    def labelled(self, label: str) -> Mark:
        """The mark with another label: a proposal that gets its own label back is accepted again."""
        act = ("accepted" if label == self.proposed else "corrected") if self.key else self.act
        return replace(self, label=label, act=act)


@dataclass(frozen=True)
class State:
    """All that the annotator has done: marks by record id, rejected suggestions as (article, key)."""

    marks: tuple[tuple[str, Mark], ...] = ()
    rejected: frozenset[tuple[str, str]] = frozenset()

    def with_mark(self, name: str, mark: Mark) -> State:
        return replace(self, marks=tuple({**dict(self.marks), name: mark}.items()))

    def without_mark(self, name: str) -> State:
        return replace(self, marks=tuple(one for one in self.marks if one[0] != name))


class Annotating(RuleBasedStateMachine):
    """One annotator at work in a project with two articles and some suggestions."""

    def __init__(self, project_file: Path, folder: Path) -> None:
        super().__init__()
        self.path = Path(shutil.copyfile(project_file, folder / "machine.annot"))
        self.project = open_project(self.path, ME)
        self.ids = articles.ids(self.project.conn)
        proposed = [proposal(self.project, word, article=number) for number in (0, 1) for word in WORDS]
        self.proposed = sorted(proposed, key=lambda one: (one.draft.span, one.id))
        with self.project.transaction() as conn:
            for article in self.ids:
                of_it = [one for one in self.proposed if one.article == article]
                suggestions.replace(conn, article, of_it, pipeline="p", time=self.project.now())
            self.project.tallies.renew_many(conn, self.ids)
        self.now = State()
        self.past: list[State] = []
        self.future: list[State] = []

    def acted(self, state: State) -> None:
        self.past.append(self.now)
        self.now, self.future = state, []

    def others(self, name: str) -> list[tuple[str, Mark]]:
        return [one for one in self.now.marks if one[0] != name]

    def open_of(self, article: str) -> list[Suggestion]:
        """What is left of an article for a memory that counts everything anew; the project's own counts act by act."""
        conn = self.project.conn
        records = [one for kind in ("entity", "rejection") for one in rows.select(conn, kind)]
        raw = [one for one in self.proposed if one.article == article]
        made = Memory(records).applied(raw, article, articles.text_of(conn, article))
        mine = [one for one in records if isinstance(one, Entity | Rejection) and one.article == article]
        return sure_ones(OpenSuggestions(made, mine, raw=raw).open(), self.project.sureness)

    def open(self) -> list[Suggestion]:
        return [one for article in self.ids for one in self.open_of(article)]

    @rule(article=st.integers(0, 1), start=st.integers(100, 110), length=st.integers(4, 7), label=LABELS)
    def add(self, article: int, start: int, length: int, label: str) -> None:
        name = self.ids[article]
        text = articles.text_of(self.project.conn, name)
        piece = text[start : start + length]
        begin = start + len(piece) - len(piece.lstrip())
        span = Span(begin, begin + len(piece.strip()))
        if any((mark.article, mark.span, mark.label) == (name, span, label) for _, mark in self.now.marks):
            with pytest.raises(NotAllowed):
                annotation.add_entity(self.project, name, Span(start, start + length), label)
            return
        changes = annotation.add_entity(self.project, name, Span(start, start + length), label)
        self.acted(self.now.with_mark(new_entity(changes), Mark(name, span, label)))

    @precondition(lambda self: self.now.marks)
    @rule(pick=PICK, label=LABELS)
    def relabel(self, pick: int, label: str) -> None:
        name, mark = self.now.marks[pick % len(self.now.marks)]
        changed = mark.labelled(label)
        if any((one.article, one.span, one.label) == (mark.article, mark.span, label) for _, one in self.others(name)):
            with pytest.raises(NotAllowed):
                annotation.relabel(self.project, name, label)
            return
        changes = annotation.relabel(self.project, name, label)
        assert bool(changes.event) == (changed != mark)
        if changed != mark:
            self.acted(self.now.with_mark(name, changed))

    @precondition(lambda self: self.now.marks)
    @rule(pick=PICK)
    def withdraw(self, pick: int) -> None:
        name, mark = self.now.marks[pick % len(self.now.marks)]
        annotation.withdraw(self.project, name)
        state = self.now.without_mark(name)
        self.acted(replace(state, rejected=state.rejected | {(mark.article, mark.key)}) if mark.key else state)

    @precondition(lambda self: self.open())
    @rule(pick=PICK, label=st.none() | LABELS)
    def accept(self, pick: int, label: str | None) -> None:
        one = self.open()[pick % len(self.open())]
        assert isinstance(one.draft, EntityDraft)
        mark = Mark(one.article, one.draft.span, one.draft.label, "accepted", one.draft.key, one.draft.label)
        mark = mark.labelled(label or mark.label)
        changes = annotation.relabel(self.project, one.id, label) if label else annotation.accept(self.project, one.id)
        self.acted(self.now.with_mark(new_entity(changes), mark))

    @precondition(lambda self: len(self.open()) > 1)
    @rule(pick=PICK)
    def reject_two(self, pick: int) -> None:
        two = (self.open() * 2)[pick % len(self.open()) :][:2]
        annotation.reject(self.project, [one.id for one in two])
        rejected = self.now.rejected | {(one.article, one.draft.key) for one in two}
        self.acted(replace(self.now, rejected=rejected))

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        history.undo(self.project)
        self.future.append(self.now)
        self.now = self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        history.redo(self.project)
        self.past.append(self.now)
        self.now = self.future.pop()

    @rule()
    def reopen(self) -> None:
        self.project.close()
        self.project = open_project(self.path, ME)

    @invariant()
    def project_says_what_the_model_says(self) -> None:
        conn = self.project.conn
        marks = {one.id: mark_of(one) for one in rows.select(conn, "entity") if isinstance(one, Entity)}
        rejected = [one for one in rows.select(conn, "rejection") if isinstance(one, Rejection)]
        assert marks == dict(self.now.marks)
        assert {(one.article, one.suggested.key) for one in rejected} == self.now.rejected
        assert bool(history.redo_text(self.project)) == bool(self.future)
        # The window does so when it is idle: an act counts its own article alone.
        if showing.is_count_due(self.project):
            list(showing.recount(self.project))
        for row in queries.article_rows(self.project):
            left = self.open_of(row.id)
            self.check_plainly(row.id, left)
            assert queries.open_suggestions(self.project, row.id) == left
            decided = sum(mark.article == row.id for mark in marks.values())
            decided += sum(one.article == row.id for one in rejected)
            assert (row.decided, row.open_count) == (decided, len(left))

    def check_plainly(self, article: str, left: list[Suggestion]) -> None:
        """What needs no memory: decided ones are not open, and words that nothing was decided about are."""
        mine = [mark for _, mark in self.now.marks if mark.article == article]
        keys = {mark.key for mark in mine} | {key for of, key in self.now.rejected if of == article}
        assert not any(one.draft.key in keys or one.draft.span in {mark.span for mark in mine} for one in left)
        decided = rows.select(self.project.conn, "entity") + rows.select(self.project.conn, "rejection")
        drafts = [one.suggested if isinstance(one, Rejection) else one for one in decided]
        words = {one.text for one in drafts if isinstance(one, Entity | EntityDraft)}
        assert {one.id for one in self.proposed if one.article == article and one.draft.text not in words} <= {
            one.id for one in left
        }

    def teardown(self) -> None:
        found = problems(self.project.conn)
        self.project.close()
        assert found == {}


def new_entity(changes: Changes) -> str:
    """The id of the one entity that an act made."""
    (record,) = changes.records("entity")
    return record.id


def mark_of(one: Entity) -> Mark:
    """What the model has for an entity."""
    draft = one.origin.suggested
    key, proposed = (draft.key, draft.label) if isinstance(draft, EntityDraft) else ("", "")
    return Mark(one.article, Span(one.start, one.end), one.label, one.origin.act, key, proposed)


def test_any_sequence_of_acts_does_what_a_plain_model_does(tmp_path, project_file):
    run_state_machine_as_test(
        lambda: Annotating(project_file, tmp_path),
        settings=settings(settings.default, max_examples=80 * FACTOR, stateful_step_count=30),
    )
