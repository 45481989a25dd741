"""What reviews say of somebody's work: an inbox for its author, and what was changed most often."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import msgspec

from annotator.domain import differences, gold
from annotator.domain.alignment import Names
from annotator.domain.errors import NotAllowed
from annotator.domain.journal import Changes
from annotator.domain.records import Annotation, Decision, Entity, Quote, Stance
from annotator.services import notes, reviewing
from annotator.store import articles, deciding
from annotator.store.project import Project


class Feedback(msgspec.Struct, frozen=True, kw_only=True):
    """What a reviewer decided about one of somebody's annotations.

    `before` is the annotation as the reviewer saw it; `after` what is in gold instead, `None` where it was returned or
    declined. It is open until the author takes the change over, changes the annotation, or answers with a note.
    """

    decision: Decision
    reviewer: str
    article_name: str
    before: Annotation
    after: Annotation | None
    is_open: bool

    @property
    def outcome(self) -> str:
        """What happened, in a word."""
        if self.decision.outcome == "deferred":
            return "returned"
        return "changed" if self.after is not None else "declined"


class ChangeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of change that reviews made to somebody's work, and how often."""

    author: str
    what: str
    kind: str
    before: str
    after: str
    rules: str
    count: int

    @property
    def key(self) -> str:
        """What names the row."""
        return "|".join((self.author, self.what, self.kind, self.before, self.after))


def inbox(project: Project) -> list[Feedback]:
    """What reviewers decided against one's own annotations, the open ones first, then the latest."""
    me = project.author.id
    names = project.author_names()
    found = [
        (clock, decision, before, after)
        for clock, decision, before, after in _against(project, reviewing.names_of(project))
        if before.author == me and decision.author != me
    ]
    titles = {one.article: articles.name_of(project.conn, one.article) for _, one, _, _ in found}
    made = [
        (
            clock,
            Feedback(
                decision=decision,
                reviewer=names.get(decision.author, decision.author),
                article_name=titles[decision.article],
                before=before,
                after=after,
                is_open=_is_open(project, before, clock),
            ),
        )
        for clock, decision, before, after in found
    ]
    return [one for _, one in sorted(made, key=lambda pair: (not pair[1].is_open, -pair[0], pair[1].decision.id))]


def _against(project: Project, names: Names) -> Iterator[tuple[int, Decision, Annotation, Annotation | None]]:
    """The decisions in force that did not take an annotation as it was: clock, decision, the annotation, what came."""
    decided = deciding.decided(project.conn)
    clocks = {one.decision.id: one.clock for one in decided}
    by_article = defaultdict(list)
    for one in decided:
        by_article[one.decision.article].append(one)
    for of_article in by_article.values():
        in_force = gold.in_force(of_article)
        versions = deciding.versions(project.conn, in_force)
        for decision in in_force:
            for before, after in _changed(decision, versions):
                # Of partners that say the same one was taken for all.
                if after is None or any(differences.kinds_of(before, after, names)):
                    yield clocks[decision.id], decision, before, after


def _changed(decision: Decision, versions: Mapping[str, Annotation]) -> Iterator[tuple[Annotation, Annotation | None]]:
    """What a decision did not take as it was seen, and what it has instead."""
    # Several that disagree are put off without a word against any.
    if decision.outcome == "both" or (decision.outcome == "deferred" and len(decision.sides) > 1):
        return
    taken = next((versions.get(one.seen) for one in decision.takes), None)
    after = gold.result_of(decision) if decision.outcome == "edited" else taken
    for side in decision.sides:
        before = versions.get(side.seen)
        if before is not None and before != after:
            yield before, after


def _is_open(project: Project, before: Annotation, clock: int) -> bool:
    now = deciding.record(project.conn, before)
    if now is None or gold.seen_as(now) != gold.seen_as(before):
        return False
    return not deciding.is_answered(project.conn, before.id, project.author.id, after=clock)


def take(project: Project, one: Feedback) -> Changes:
    """Make one's own annotation what is in gold: a change to it, or its withdrawal where it was declined.

    Raises:
        NotAllowed: it was returned, so that there is nothing to take over, or it has changed since.
    """
    if one.decision.outcome == "deferred":
        raise NotAllowed("It was returned: change it yourself, or answer.", hint="The reason stands beside it.")
    if deciding.record(project.conn, one.before) != one.before:
        raise NotAllowed("You have changed this annotation since.", hint="Look at it in the text.")
    with project.step("feedback.take") as step:
        if one.after is None:
            step.withdraw(one.before)
        else:
            origin = one.before.origin
            step.put(msgspec.structs.replace(one.after, id=one.before.id, author=one.before.author, origin=origin))
    return step.changes


def keep(project: Project, one: Feedback, why: str) -> Changes:
    """Keep one's own annotation, and say why in a note on it.

    Raises:
        NotAllowed: nothing was said.
    """
    return notes.add(project, why, subject=one.before.id)


def changed_most(project: Project) -> list[ChangeRow]:
    """What reviews changed in whose work, the commonest first."""
    names = project.author_names()
    called = reviewing.called(project)
    compared = reviewing.names_of(project)
    counted: Counter[tuple[str, str, str, str, str]] = Counter()
    rules: defaultdict[tuple[str, str, str, str, str], set[str]] = defaultdict(set)
    for _, decision, before, after in _against(project, compared):
        for kind, old, new in _changes(before, after, called, compared):
            place = (names.get(before.author, before.author), _what(before), kind, old, new)
            counted[place] += 1
            if decision.rule:
                rules[place].add(decision.rule)
    rows = [
        ChangeRow(
            author=place[0],
            what=place[1],
            kind=place[2],
            before=place[3],
            after=place[4],
            rules=", ".join(sorted(rules[place])),
            count=count,
        )
        for place, count in counted.items()
    ]
    return sorted(rows, key=lambda one: (-one.count, one.key))


def _what(one: Annotation) -> str:
    return type(one).__name__.lower()


def _changes(
    before: Annotation, after: Annotation | None, called: dict[str, str], names: Names
) -> Iterator[tuple[str, str, str]]:
    if after is None:
        yield "declined or returned", before.label if isinstance(before, Entity) else "", ""
        return
    for kind in differences.kinds_of(before, after, names):
        yield differences.TITLES[kind].lower(), _value(before, kind, called), _value(after, kind, called)


def _value(one: Annotation, kind: str, called: dict[str, str]) -> str:
    """The value that a kind of difference is about, where it is one of few; bounds have none."""
    match one:
        case Entity() if kind == "label":
            return one.label
        case Quote() if kind == "form":
            return one.form
        case Quote() if kind == "reported":
            return one.reported
        case Quote() if kind == "speaker":
            return called.get(one.speaker or "", "nobody")
        case Stance() if kind == "position":
            return one.position or "none"
        case Stance() if kind == "target":
            return called.get(one.target or "", "none")
    return ""
