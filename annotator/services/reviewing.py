"""Reviews: comparing layers, deciding where they differ, and the gold layer that comes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

import msgspec

from annotator.domain import differences, gold
from annotator.domain.alignment import Names
from annotator.domain.differences import Difference
from annotator.domain.errors import NotAllowed
from annotator.domain.gold import BY_POLICY, GoldRecord
from annotator.domain.journal import Changes
from annotator.domain.progress import Job, Progress
from annotator.domain.records import Actor, Annotation, Decision, Outcome, Seen, Target, kind_of
from annotator.store import deciding, rows
from annotator.store.journal import Step, new_id
from annotator.store.project import Project

GOLD = "gold"
"""In place of an author: what the decisions have made."""
NOBODY = "nobody"
"""In place of the second author: the first one's work is reviewed by itself."""
MOST_LAYERS = len(differences.LETTERS)
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
    def is_of_others(self) -> bool:
        """Whether the decision was about other partners than these."""
        here = {one.id for one in self.difference.records}
        return self.decision is not None and bool(here - gold.ids_of(self.decision))

    @property
    def standing(self) -> Standing:
        if self.decision is None:
            return "open"
        if self.is_stale:
            return "stale"
        return "deferred" if self.decision.outcome == "deferred" else "decided"

    @property
    def is_to_decide(self) -> bool:
        # What was returned to its author waits for the author.
        waits = self.standing == "deferred" and self.difference.kind == "review"
        return self.standing != "decided" and not waits


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """Two or more layers of some articles: the cases by article and position.

    `alike` are the partners that say exactly the same and that nobody has decided about yet, with their articles;
    `same` counts all such partners by what they are (`entity`, `quote`, `stance`).
    """

    layers: tuple[str, ...]
    cases: tuple[Case, ...] = ()
    alike: tuple[tuple[str, tuple[Annotation, ...]], ...] = ()
    articles: tuple[str, ...] = ()
    same: dict[str, int] = {}

    @property
    def pairs(self) -> int:
        """All partners, alike or not, and what only one has marked."""
        return len(self.cases) + sum(self.same.values())

    @property
    def to_decide(self) -> list[Case]:
        return [one for one in self.cases if one.is_to_decide]

    def with_article(self, other: Review) -> Review:
        """This review with one article's part as another one has it; `same` is left as it was."""
        (article,) = other.articles
        before = [one for one in self.cases if one.difference.article != article]
        order = {one: at for at, one in enumerate(self.articles)}
        cases = sorted((*before, *other.cases), key=lambda one: order[one.difference.article])
        alike = (*(one for one in self.alike if one[0] != article), *other.alike)
        return msgspec.structs.replace(self, cases=tuple(cases), alike=alike)

    def why(self, article: str | None = None) -> list[tuple[str, int]]:
        """How often they differ in what way, in one article or in all, the commonest first."""
        counted: Counter[str] = Counter()
        for one in self.cases:
            if article in (None, one.difference.article):
                counted[_why(one.difference)] += 1
        return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def _why(one: Difference) -> str:
    if one.kind == "missing":
        return f"Only {one.who} marked it"
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


def actor_names(project: Project) -> dict[str, str]:
    """The names of all actors that were not merged into others, by id."""
    actors = [one for one in rows.select(project.conn, "actor") if isinstance(one, Actor)]
    return {one.id: one.name for one in actors if one.merged_into is None}


def target_names(project: Project) -> dict[str, str]:
    """The labels of all targets that were not merged into others, by id."""
    targets = [one for one in rows.select(project.conn, "target") if isinstance(one, Target)]
    return {one.id: one.label for one in targets if one.merged_into is None}


def called(project: Project) -> dict[str, str]:
    """What all actors and targets are called, by id."""
    found: dict[str, str] = {}
    for one in (*rows.select(project.conn, "actor"), *rows.select(project.conn, "target")):
        if isinstance(one, Actor | Target):
            found[one.id] = one.name if isinstance(one, Actor) else one.label
    return found


def review(project: Project, *layers: str) -> Job[Review]:
    """A job that compares two or more layers in all articles that all of them have worked on."""
    ids = common(project, layers)
    names = names_of(project)
    cases: list[Case] = []
    alike: list[tuple[str, tuple[Annotation, ...]]] = []
    same: Counter[str] = Counter()
    for number, article in enumerate(ids):
        yield Progress(number, len(ids), "Comparing")
        of_article = review_of(project, article, layers, names)
        cases += of_article.cases
        alike += of_article.alike
        same.update(of_article.same)
    return Review(layers=layers, cases=tuple(cases), alike=tuple(alike), articles=tuple(ids), same=dict(same))


def review_of(project: Project, article: str, layers: Sequence[str], names: Names | None = None) -> Review:
    """The same of one article."""
    marked = [marked_by(project, author, article) for author in layers]
    if NOBODY in layers:
        found = differences.alone(article, marked[0])
    else:
        found = differences.compare(article, marked, names or names_of(project))
    now = deciding.marked_in(project.conn, article)
    in_force = gold.in_force(deciding.decided(project.conn, article))
    by_record = {record: one for one in in_force for record in gold.ids_of(one)}
    cases = tuple(_case(one, by_record, now) for one in found.differences)
    alike = tuple((article, one) for one in found.alike if not {record.id for record in one} & by_record.keys())
    same = Counter(kind_of(one[0]) for one in found.alike)
    return Review(layers=tuple(layers), cases=cases, alike=alike, articles=(article,), same=dict(same))


def _case(one: Difference, by_record: Mapping[str, Decision], now: Mapping[str, Annotation]) -> Case:
    decision = next((by_record[record.id] for record in one.records if record.id in by_record), None)
    found = Case(difference=one, decision=decision)
    if decision is None or not (found.is_of_others or gold.is_stale(decision, now)):
        return found
    return msgspec.structs.replace(found, is_stale=True)


def marked_by(project: Project, author: str, article: str) -> list[Annotation]:
    """What an author has marked in an article, or what is in gold there, in no particular order."""
    if author == NOBODY:
        return []
    if author == GOLD:
        return [one.record for one in gold_records(project, article)]
    return deciding.marked_by(project.conn, author, article)


def common(project: Project, layers: Sequence[str]) -> list[str]:
    """The articles in which there is something of all layers, in the order of import."""
    authors = [one for one in layers if one not in (GOLD, NOBODY)]
    ids = deciding.marked_by_all(project.conn, authors) if authors else []
    # Who has yet to label an article is not to see how others did.
    blind = deciding.still_to_label(project.conn, project.author.id)
    ids = [one for one in ids if one not in blind]
    if GOLD not in layers:
        return ids
    decided = in_gold(project)
    return [one for one in ids if one in decided]


def in_gold(project: Project) -> set[str]:
    """The articles in which something was decided."""
    return {one.decision.article for one in deciding.decided(project.conn)}


def agreement_of(project: Project, article: str, layers: Sequence[str]) -> list[tuple[str, float | None]]:
    """How far layers agree in an article: F1 by what is compared, `None` where none has any.

    Exact: the same bounds and label, or the same bounds of content; overlap: partners, whatever their bounds. Of more
    than two layers it is that of all pairs of them, counted together.
    """
    names = names_of(project)
    pairs = [review_of(project, article, two, names) for two in combinations(layers, 2)]
    measured: tuple[tuple[str, str, tuple[differences.Kind, ...]], ...] = (
        ("entity", "Entities, exact F1", ("boundary", "label")),
        ("entity", "Entities, overlap F1", ()),
        ("quote", "Quotes, exact F1", ("boundary",)),
        ("quote", "Quotes, overlap F1", ()),
        ("stance", "Stances, same position F1", ("position",)),
    )
    return [(name, _f1(pairs, what, exact)) for what, name, exact in measured]


def _f1(pairs: Sequence[Review], what: str, exact: Sequence[str]) -> float | None:
    right = both = alone = 0
    for found in pairs:
        cases = [one.difference for one in found.cases if one.difference.what == what]
        partners = [one for one in cases if one.kind != "missing"]
        both += len(partners) + found.same.get(what, 0)
        alone += len(cases) - len(partners)
        right += found.same.get(what, 0) + sum(not set(exact) & set(one.kinds) for one in partners)
    return 2 * right / (2 * both + alone) if both or alone else None


def decide(
    project: Project,
    one: Difference,
    outcome: Outcome,
    *,
    taken: int = 0,
    result: Annotation | None = None,
    rule: str | None = None,
    comment: str = "",
) -> Changes:
    """Decide about a difference; a decision of one's own about the same records is changed.

    `taken` is the place of the side that is taken where the outcome is `other`: 2 for C, 3 for D.

    Raises:
        NotAllowed: that side has nothing there, a deferral has no comment, or an edit no result.
    """
    _check(one, outcome, taken, result, comment)
    if result is not None:
        # What a reviewer makes is theirs, and neither side's.
        result = msgspec.structs.replace(result, id=new_id(), author=project.author.id)
    with project.step(f"decision.{outcome}") as step:
        _put(step, project, one.article, one.sides, outcome, taken, result=result, rule=rule, comment=comment)
    return step.changes


def _check(one: Difference, outcome: Outcome, taken: int, result: Annotation | None, comment: str) -> None:
    if outcome == "both" and len(one.sides) > 2:
        raise NotAllowed("Of more than two layers one is taken.", hint="Compare two of them to take both.")
    wanted = {"a": (0,), "b": (1,), "both": range(len(one.sides)), "other": (taken,)}.get(outcome, ())
    missing = [at for at in wanted if at >= len(one.sides) or one.sides[at] is None]
    if missing:
        letter = differences.LETTERS[missing[0]]
        raise NotAllowed(f"{letter} has marked nothing here.", hint="Take another side, or none.")
    if outcome == "deferred" and not comment.strip():
        raise NotAllowed("A decision that is put off needs a comment.", hint="Write what has to be cleared first.")
    if (outcome == "edited") != (result is not None):
        raise NotAllowed("There is no edited annotation.", hint="Change one side first.")


def _put(
    step: Step,
    project: Project,
    article: str,
    sides: Sequence[Annotation | None],
    outcome: Outcome,
    taken: int = 0,
    *,
    result: Annotation | None = None,
    rule: str | None = None,
    comment: str = "",
) -> None:
    a, b, *others = (*sides, None)[: max(len(sides), 2)]
    chosen = sides[taken] if outcome == "other" else None
    made = Decision(
        id=new_id(),
        author=step.author,
        article=article,
        a=a.id if a else None,
        b=b.id if b else None,
        seen_a=gold.seen_as(a) if a else None,
        seen_b=gold.seen_as(b) if b else None,
        others=tuple(Seen(record=one.id, seen=gold.seen_as(one)) for one in others if one),
        outcome=outcome,
        taken=chosen.id if chosen else None,
        result=gold.edited(result) if result else None,
        rule=rule,
        comment=comment.strip(),
    )
    mine = rows.select(project.conn, "decision", "article = ? AND author = ?", (article, step.author))
    before = (one for one in mine if isinstance(one, Decision) and gold.ids_of(one) == gold.ids_of(made))
    step.put(msgspec.structs.replace(made, id=next((one.id for one in before), made.id)))


def accept_alike(project: Project, found: Review) -> Job[Changes]:
    """A job that takes into gold, in one act, what all have marked exactly alike and nobody has decided about."""
    with project.one_act("decision.alike") as step:
        for number, (article, records) in enumerate(found.alike):
            yield Progress(number, len(found.alike), "Accepting what is alike")
            _put(step, project, article, records, "a", rule=BY_POLICY)
    return step.changes


def gold_records(project: Project, article: str) -> list[GoldRecord]:
    """The gold layer of an article: what the decisions of all reviewers make."""
    decided = deciding.decided(project.conn, article)
    return gold.gold_of(decided, deciding.versions(project.conn, [one.decision for one in decided]))


def decisions(project: Project, articles: Sequence[str]) -> int:
    """How many decisions are in force in some articles."""
    return sum(len(gold.in_force(deciding.decided(project.conn, one))) for one in articles)
