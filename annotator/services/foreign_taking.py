"""Taking annotations of other programs over: as suggestions to decide about, or as the annotator's own layer."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from annotator.domain.articles import plain_fact
from annotator.domain.drafts import Draft, Suggestion
from annotator.domain.errors import BadExchange
from annotator.domain.journal import Changes
from annotator.domain.progress import Job, Progress
from annotator.domain.records import Origin
from annotator.services.foreign_drafted import DraftTaker
from annotator.services.foreign_reading import Incoming, IncomingText
from annotator.services.importing import take_in
from annotator.store import articles, backup, suggestions
from annotator.store.journal import Step
from annotator.store.project import Project


class ForeignResult(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did: `records` were written or suggested, `known` were there already."""

    kind: str
    articles: int = 0
    added: int = 0
    records: dict[str, int] = {}
    known: int = 0
    left_out: dict[str, int] = {}
    problems: tuple[str, ...] = ()
    changes: Changes = Changes()

    @property
    def summary(self) -> str:
        """One sentence for the message bar and the terminal."""
        counts = self.records
        named = (("entity", "entities"), ("quote", "quotes"), ("stance", "stances"))
        told = [f"{counts[one]} {one if counts[one] == 1 else many}" for one, many in named if counts.get(one)]
        what = f"{', '.join(told) or 'nothing new'} {'as suggestions ' if self.kind == 'suggestions' else ''}on"
        more = [f"{self.added} of them new"] if self.added else []
        more += [f"{self.known} records there already"] if self.known else []
        more += [f"{len(self.problems)} refused"] if self.problems else []
        rest = f" ({', '.join(more)})" if more else ""
        return f"Imported {what} {self.articles} article{'' if self.articles == 1 else 's'}{rest}."


def take_suggestions(
    project: Project, incoming: Incoming, *, mapping: Mapping[str, str], name: str, who: str = ""
) -> Job[ForeignResult]:
    """A job that makes suggestions of what was read, of the model `import:NAME`; runs of other models leave them.

    Under the same name they take the place of those that an earlier import brought for the same articles. New articles
    come along in one act; cancelled, nothing has changed.

    Raises:
        BadExchange: a label has no meaning, or nobody is called `who`.
    """
    model = suggestions.IMPORTED + _name(name)
    chosen = list(_chosen(incoming, mapping, who))
    by_article: dict[str, dict[str, Suggestion]] = {}
    left_out = Counter[str]()
    yield from _backed_up(project)
    with project.step("suggestions.import") as step:
        added = 0
        for number, one in enumerate(chosen):
            yield Progress(number, len(chosen), one.article.name)
            drafted = one.drafts(incoming.codebook, mapping)
            left_out.update(drafted.left_out)
            if one.text.is_turned_down:
                continue
            added += _take_article(project, step, one)
            found = by_article.setdefault(one.article.id, {})
            for draft, score in drafted.drafts:
                made = _suggestion(one, draft, score, model)
                found.setdefault(made.id, made)
        for article, proposed in by_article.items():
            suggestions.replace_imported(step.conn, article, proposed.values(), model=model)
            yield Progress(len(chosen), len(chosen), "Counting")
            project.tallies.renew_many(step.conn, [article])
    records = Counter(one.draft.__struct_config__.tag for found in by_article.values() for one in found.values())
    return ForeignResult(
        kind="suggestions",
        articles=len(by_article),
        added=added,
        records={str(kind): count for kind, count in records.items()},
        left_out=dict(left_out),
        problems=tuple(incoming.problems),
        changes=step.changes,
    )


def take_records(
    project: Project, incoming: Incoming, *, mapping: Mapping[str, str], name: str, who: str = ""
) -> Job[ForeignResult]:
    """A job that makes records of the annotator of what was read, in one act with one undo; their origin says so.

    What the annotator has marked already just so is left alone, so that a second import adds nothing. What only a model
    says in the files is left out.

    Raises:
        BadExchange: a label has no meaning, nobody is called `who`, or several people annotated one article.
    """
    chosen = list(_chosen(incoming, mapping, who))
    _check_one_annotator(chosen)
    left_out = Counter[str]()
    records = Counter[str]()
    known = added = 0
    touched: set[str] = set()
    yield from _backed_up(project)
    with project.step("annotations.import") as step:
        taker = DraftTaker(project, step, Origin(by="import", name=_name(name)))
        for number, one in enumerate(chosen):
            yield Progress(number, len(chosen), one.article.name)
            if not one.text.is_decided:
                left_out["what only a model says"] += len(one.text.marks)
                continue
            drafted = one.drafts(incoming.codebook, mapping)
            left_out.update(drafted.left_out)
            if one.text.is_turned_down:
                continue
            added += _take_article(project, step, one)
            touched.add(one.article.id)
            made = taker.take(one.article.id, drafted)
            records.update(made)
            known += len(drafted.drafts) - sum(made.values())
        yield from project.counting(step)
    return ForeignResult(
        kind="annotations",
        articles=len(touched),
        added=added,
        records=dict(records),
        known=known,
        left_out=dict(left_out),
        problems=tuple(incoming.problems),
        changes=step.changes,
    )


def _chosen(incoming: Incoming, mapping: Mapping[str, str], who: str) -> Iterator[IncomingText]:
    incoming.check_mapping(mapping)
    if who and who not in incoming.people:
        names = ", ".join(incoming.people) or "nobody by name"
        raise BadExchange(f"Nobody called {who} made these annotations.", hint=f"They were made by {names}.")
    if not incoming.texts and incoming.problems:
        more = f" ({len(incoming.problems) - 1} more)" if len(incoming.problems) > 1 else ""
        raise BadExchange(f"Nothing could be read: {incoming.problems[0]}{more}")
    yield from incoming.of(who)


def _check_one_annotator(chosen: list[IncomingText]) -> None:
    people: dict[str, set[str]] = {}
    for one in chosen:
        if one.text.is_decided and one.text.marks:
            people.setdefault(one.article.id, set()).add(one.text.who)
            found = people[one.article.id]
            if len(found) > 1:
                names = ", ".join(sorted(who or "somebody without a name" for who in found))
                raise BadExchange(
                    f"{one.article.name} was annotated by several people: {names}.",
                    hint="Choose whose work it is with --annotator, or import it as suggestions.",
                )


def _backed_up(project: Project) -> Iterator[Progress]:
    yield Progress(0, 0, "Backing up")
    if not project.is_read_only and articles.ids(project.conn):
        backup.back_up(project)


def _take_article(project: Project, step: Step, one: IncomingText) -> bool:
    return take_in(step, one.article, time=project.now())


def _name(name: str) -> str:
    return plain_fact(name, max_chars=80) or "file"


def _suggestion(one: IncomingText, draft: Draft, score: float, model: str) -> Suggestion:
    made = hashlib.sha256("\0".join((one.article.id, model, draft.key)).encode()).hexdigest()[:32]
    version = plain_fact(one.text.who, max_chars=80)
    return Suggestion(id=made, article=one.article.id, draft=draft, model=model, version=version, score=score)
