"""Assignments: who is to label and to review which articles, by when, and how far that is."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Sequence
from datetime import date

import msgspec

from annotator.domain.errors import NotAllowed
from annotator.domain.journal import Changes
from annotator.domain.records import ArticleStatus, Assignment, Task
from annotator.services import reviewing
from annotator.store import articles, deciding, rows
from annotator.store.journal import new_id
from annotator.store.project import Author, Project

TASKS: dict[Task, str] = {"label": "to label", "review": "to review"}
AGAIN_SHARE = 0.05
"""How much of one's own finished work is given to oneself once more."""
_AGAIN = "~again"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class AssignmentRow(msgspec.Struct, frozen=True, kw_only=True):
    """An assignment as lists show it; `state` is `to do`, `in progress` or `done`."""

    id: str
    article: str
    title: str
    assignee: str
    who: str
    task: Task
    due: str
    state: str
    is_overdue: bool
    is_mine: bool


def people(project: Project) -> dict[str, str]:
    """Who can be assigned something: everybody who has worked in the project, and oneself; names by id."""
    found = {author: name for author, name in project.author_names().items() if not is_again(author)}
    found.setdefault(project.author.id, project.author.name)
    return dict(sorted(found.items(), key=lambda pair: (pair[1].casefold(), pair[0])))


def plan(ids: Sequence[str], who: Sequence[str], *, each: int = 1) -> list[tuple[str, str]]:
    """Which person gets which article: each article `each` people, everybody as many as the others, to within one.

    Two people who share one article share as few others as may be: the order of the pairs goes round. The same
    articles and people give the same plan.
    """
    if not who or each > len(who):
        raise NotAllowed(
            f"There are {len(who)} people for {each} an article.", hint="Choose more people, or fewer each."
        )
    load = dict.fromkeys(who, 0)
    together: dict[frozenset[str], int] = {}
    made: list[tuple[str, str]] = []
    for article in sorted(ids):
        chosen: list[str] = []
        while len(chosen) < each:
            rest = [one for one in who if one not in chosen]
            best = min(rest, key=lambda one: (load[one], _shared(one, chosen, together), _order(article, one)))
            chosen.append(best)
            load[best] += 1
        for at, one in enumerate(chosen):
            made.append((article, one))
            for other in chosen[:at]:
                together[frozenset((one, other))] = together.get(frozenset((one, other)), 0) + 1
    return made


def _shared(one: str, chosen: Sequence[str], together: dict[frozenset[str], int]) -> int:
    return sum(together.get(frozenset((one, other)), 0) for other in chosen)


def _order(article: str, one: str) -> str:
    return hashlib.sha256(f"{article} {one}".encode()).hexdigest()


def assign(
    project: Project, ids: Sequence[str], who: Sequence[str], task: Task, *, each: int = 1, due: str = ""
) -> Changes:
    """Assign articles in one act; whoever has the same task in an article already keeps it as it is.

    Raises:
        NotAllowed: there are too few people, or the date is none.
    """
    if due and not (_DAY.fullmatch(due) and _is_day(due)):
        raise NotAllowed(f"{due} is no date.", hint="Write it as 2026-11-30.")
    there = {(one.article, one.assignee) for one in _all(project) if one.task == task}
    with project.step("assignment.add") as step:
        for article, assignee in plan(ids, who, each=each):
            if (article, assignee) not in there:
                step.put(
                    Assignment(
                        id=new_id(), author=step.author, article=article, assignee=assignee, task=task, due=due or None
                    )
                )
    return step.changes


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def take_back(project: Project, assignment_ids: Sequence[str]) -> Changes:
    """Take assignments back, in one act.

    Raises:
        NotAllowed: somebody else has assigned one of them.
    """
    wanted = set(assignment_ids)
    with project.step("assignment.withdraw") as step:
        for one in _all(project):
            if one.id in wanted:
                step.withdraw(one)
    return step.changes


def assignments(project: Project) -> list[AssignmentRow]:
    """All assignments: what is one's own and open first, then by date and title."""
    today = project.now()[:10]
    names = project.author_names()
    found = []
    for one in _all(project):
        state = _state(project, one)
        article = articles.get(project.conn, one.article)
        found.append(
            AssignmentRow(
                id=one.id,
                article=one.article,
                title=article.title if article else one.article,
                assignee=one.assignee,
                who=name_of(one.assignee, names, project.author),
                task=one.task,
                due=one.due or "",
                state=state,
                is_overdue=bool(one.due) and str(one.due) < today and state != "done",
                is_mine=one.assignee == project.author.id,
            )
        )
    return sorted(found, key=lambda one: (one.state == "done", not one.is_mine, one.due or "9", one.title, one.who))


def name_of(assignee: str, names: dict[str, str], me: Author) -> str:
    """What an assignee is called."""
    plain = assignee.removesuffix(_AGAIN)
    name = me.name if plain == me.id else names.get(plain, plain)
    return f"{name} (again)" if is_again(assignee) else name


def _all(project: Project) -> list[Assignment]:
    return [one for one in rows.select(project.conn, "assignment") if isinstance(one, Assignment)]


def _state(project: Project, one: Assignment) -> str:
    if one.task == "label":
        status = rows.select(project.conn, "article_status", "article = ? AND author = ?", (one.article, one.assignee))
        if any(isinstance(found, ArticleStatus) and found.state == "done" for found in status):
            return "done"
        return "in progress" if deciding.marked_by(project.conn, one.assignee, one.article) else "to do"
    decided = [found for found in deciding.decided(project.conn, one.article) if found.decision.author == one.assignee]
    if not decided:
        return "to do"
    layers = [found.assignee for found in _all(project) if found.article == one.article and found.task == "label"]
    if not layers:
        return "in progress"
    compared = [*dict.fromkeys(layers)][: reviewing.MOST_LAYERS]
    compared += [reviewing.NOBODY] * (len(compared) == 1)
    left = reviewing.review_of(project, one.article, compared).to_decide
    return "in progress" if left else "done"


# Once more, for the agreement with oneself


def is_again(author: str) -> bool:
    """Whether an author id stands for somebody's second pass."""
    return author.endswith(_AGAIN)


def again_author(author: Author) -> Author:
    """Who one is in the second pass: a layer of its own, which shows nothing of the first."""
    if is_again(author.id):
        return author
    return msgspec.structs.replace(author, id=f"{author.id}{_AGAIN}", name=f"{author.name} (again)")


def assign_again(project: Project, *, share: float = AGAIN_SHARE) -> Changes:
    """Assign a share of one's own finished articles to oneself once more: at least one, those done longest ago.

    Raises:
        NotAllowed: none is finished, or all of that share are assigned already.
    """
    me = project.author
    status = rows.select(project.conn, "article_status", "author = ? AND state = 'done'", (me.id,))
    done = [one.article for one in status if isinstance(one, ArticleStatus)]
    if not done:
        raise NotAllowed("You have not marked any article as done yet.", hint="Mark the finished ones first.")
    oldest = sorted(done, key=lambda one: (deciding.last_clock(project.conn, me.id, one), one))
    there = {one.article for one in _all(project) if one.assignee == again_author(me).id}
    wanted = [one for one in oldest[: math.ceil(share * len(done))] if one not in there]
    if not wanted:
        raise NotAllowed("Your oldest articles are assigned to you again already.", hint="Label them first.")
    return assign(project, wanted, [again_author(me).id], "label")
