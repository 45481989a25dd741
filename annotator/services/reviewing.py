"""Reviews: comparing two layers, deciding where they differ, and the gold layer that comes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from annotator.domain import differences, gold
from annotator.domain.alignment import Names
from annotator.domain.differences import Comparison, Difference
from annotator.domain.errors import NotAllowed
from annotator.domain.gold import BY_POLICY, GoldRecord
from annotator.domain.journal import Changes
from annotator.domain.progress import Job, Progress
from annotator.domain.records import Actor, Annotation, Decision, Outcome, Target
from annotator.store import deciding, rows
from annotator.store.journal import Step, new_id
from annotator.store.project import Project

Standing = str
"""Of a difference: `open`, `decided`, `deferred` or `stale`."""


class Layer(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's work: whose, in how many articles, and how many annotations."""

    author: str
    name: str
    articles: int
    records: int


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A difference with what was decided about it, if anything was."""

    difference: Difference
    decision: Decision | None = None
    is_stale: bool = False

    @property
    def standing(self) -> Standing:
        if self.decision is None:
            return "open"
        if self.is_stale:
            return "stale"
        return "deferred" if self.decision.outcome == "deferred" else "decided"

    @property
    def is_to_decide(self) -> bool:
        return self.standing != "decided"


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """Two layers of some articles: the cases by article and position, and how many pairs are exactly alike.

    `alike` are those pairs that nobody has decided about yet, by article.
    """

    a: str
    b: str
    cases: tuple[Case, ...] = ()
    alike: tuple[tuple[str, Annotation, Annotation], ...] = ()
    articles: tuple[str, ...] = ()
    pairs: int = 0

    @property
    def to_decide(self) -> list[Case]:
        return [one for one in self.cases if one.is_to_decide]

    def why(self, article: str | None = None) -> list[tuple[str, int]]:
        """How often they differ in what way, in one article or in all, the commonest first."""
        counted: Counter[str] = Counter()
        for one in self.cases:
            if article in (None, one.difference.article):
                counted[_why(one.difference)] += 1
        return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def _why(one: Difference) -> str:
    if one.kind == "missing":
        return f"Only {'A' if one.b is None else 'B'} marked it"
    return differences.TITLES[one.kind]


def layers(project: Project) -> list[Layer]:
    """Everybody who has marked something, by name."""
    found = deciding.layers(project.conn)
    return [Layer(author=author, name=name, articles=count, records=many) for author, name, count, many in found]


def names_of(project: Project) -> Names:
    """By what actors and targets of the project are compared."""
    actors = [one for one in rows.select(project.conn, "actor") if isinstance(one, Actor)]
    targets = [one for one in rows.select(project.conn, "target") if isinstance(one, Target)]
    return Names(actors, targets)


def compare(project: Project, article: str, a: str, b: str, names: Names | None = None) -> Comparison:
    """Two authors' layers of one article beside each other."""
    ours, theirs = (deciding.marked_by(project.conn, author, article) for author in (a, b))
    return differences.compare(article, ours, theirs, names or names_of(project))


def review(project: Project, a: str, b: str) -> Job[Review]:
    """A job that compares two authors' layers in all articles that both have worked on."""
    ids = deciding.marked_by_both(project.conn, a, b)
    names = names_of(project)
    cases: list[Case] = []
    alike: list[tuple[str, Annotation, Annotation]] = []
    pairs = 0
    for number, article in enumerate(ids):
        yield Progress(number, len(ids), "Comparing")
        of_article = review_of(project, article, a, b, names)
        cases += of_article.cases
        alike += of_article.alike
        pairs += of_article.pairs
    return Review(a=a, b=b, cases=tuple(cases), alike=tuple(alike), articles=tuple(ids), pairs=pairs)


def review_of(project: Project, article: str, a: str, b: str, names: Names | None = None) -> Review:
    """The same of one article."""
    ours, theirs = (deciding.marked_by(project.conn, author, article) for author in (a, b))
    found = differences.compare(article, ours, theirs, names or names_of(project))
    now = {one.id: one for one in (*ours, *theirs)}
    in_force = gold.in_force(deciding.decided(project.conn, article))
    by_record = {record: one for one in in_force for record in gold.ids_of(one)}
    cases = tuple(_case(one, by_record, now) for one in found.differences)
    alike = tuple((article, one, other) for one, other in found.alike if not {one.id, other.id} & by_record.keys())
    pairs = len(found.differences) + len(found.alike)
    return Review(a=a, b=b, cases=cases, alike=alike, articles=(article,), pairs=pairs)


def _case(one: Difference, by_record: Mapping[str, Decision], now: Mapping[str, Annotation]) -> Case:
    ids = [record.id for record in (one.a, one.b) if record is not None]
    decision = next((by_record[record] for record in ids if record in by_record), None)
    if decision is None:
        return Case(difference=one)
    # A decision about other partners than these was made of something else.
    is_stale = gold.ids_of(decision) != frozenset(ids) or gold.is_stale(decision, now)
    return Case(difference=one, decision=decision, is_stale=is_stale)


def decide(
    project: Project,
    one: Difference,
    outcome: Outcome,
    *,
    result: Annotation | None = None,
    rule: str | None = None,
    comment: str = "",
) -> Changes:
    """Decide about a difference; a decision of one's own about the same pair is changed.

    Raises:
        NotAllowed: that side has nothing there, a deferral has no comment, or an edit no result.
    """
    _check(one, outcome, result, comment)
    with project.step(f"decision.{outcome}") as step:
        _put(step, project, one.article, one.a, one.b, outcome, result=result, rule=rule, comment=comment)
    return step.changes


def _check(one: Difference, outcome: Outcome, result: Annotation | None, comment: str) -> None:
    missing = (outcome in ("a", "both") and one.a is None) or (outcome in ("b", "both") and one.b is None)
    if missing:
        side = "A" if one.a is None else "B"
        raise NotAllowed(f"{side} has marked nothing here.", hint="Take the other side, or neither.")
    if outcome == "deferred" and not comment.strip():
        raise NotAllowed("A decision that is put off needs a comment.", hint="Write what has to be cleared first.")
    if (outcome == "edited") != (result is not None):
        raise NotAllowed("There is no edited annotation.", hint="Change one side first.")


def _put(
    step: Step,
    project: Project,
    article: str,
    a: Annotation | None,
    b: Annotation | None,
    outcome: Outcome,
    *,
    result: Annotation | None = None,
    rule: str | None = None,
    comment: str = "",
) -> None:
    ids = (a.id if a else None, b.id if b else None)
    mine = rows.select(project.conn, "decision", "article = ? AND author = ?", (article, step.author))
    before = next((one for one in mine if isinstance(one, Decision) and (one.a, one.b) == ids), None)
    step.put(
        Decision(
            id=before.id if before else new_id(),
            author=step.author,
            article=article,
            a=ids[0],
            b=ids[1],
            seen_a=gold.seen_as(a) if a else None,
            seen_b=gold.seen_as(b) if b else None,
            outcome=outcome,
            result=gold.edited(result) if result else None,
            rule=rule,
            comment=comment.strip(),
        )
    )


def accept_alike(project: Project, found: Review) -> Job[Changes]:
    """A job that takes into gold, in one act, what both have marked exactly alike and nobody has decided about."""
    with project.one_act("decision.alike") as step:
        for number, (article, one, other) in enumerate(found.alike):
            yield Progress(number, len(found.alike), "Accepting what is alike")
            _put(step, project, article, one, other, "a", rule=BY_POLICY)
    return step.changes


def gold_records(project: Project, article: str) -> list[GoldRecord]:
    """The gold layer of an article: what the decisions of all reviewers make."""
    decided = deciding.decided(project.conn, article)
    return gold.gold_of(decided, deciding.versions(project.conn, [one.decision for one in decided]))


def decisions(project: Project, articles: Sequence[str]) -> int:
    """How many decisions are in force in some articles."""
    return sum(len(gold.in_force(deciding.decided(project.conn, one))) for one in articles)
