"""Projects whose articles hold a hundred annotations each: four fifths suggested, the rest an annotator's own."""

from __future__ import annotations

import random
import re
import uuid
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from annotator.domain.drafts import Draft, EntityDraft, QuoteDraft, Suggestion
from annotator.domain.records import Actor, Entity, Evidence, Origin, Quote, Record, Stance, Target
from annotator.domain.review import OpenSuggestions
from annotator.domain.spans import passage
from annotator.services import queries
from annotator.services.projects import Project
from annotator.store import suggestions
from annotator.store.journal import Step
from benchmarks import corpus

SUGGESTED, OWN_ENTITIES, OWN_QUOTES, OWN_STANCES = 80, 15, 3, 2
ANNOTATIONS = SUGGESTED + OWN_ENTITIES + OWN_QUOTES + OWN_STANCES
_LABELS = ("PERSON", "ORG", "GPE", "DATE", "NORP")
_POSITIONS = ("support", "oppose", "mixed", "neutral")
_NAMES = ("Anna Weiss", "Ben Okafor", "Chen Li", "Dora Novak", "Emil Sand", "Faye Moor", "Gus Hart", "Hana Ito")
_QUOTE_EVERY = 8
_QUOTE_CHARS = 120


def full_project(path: Path, articles: int) -> Project:
    """A new project of so many articles of news, with an actor for each eight articles and a target for each fifty.

    All is as acts would have left it (an event an article), written in one transaction.
    """
    project = corpus.filled_project(path, corpus.texts(articles))
    order = random.Random(articles)
    me, time = project.author.id, project.now()
    with project.transaction() as conn:
        actors = [_actor(order, me, number) for number in range(max(4, articles // 8))]
        targets = [_target(order, me, number) for number in range(max(2, articles // 50))]
        _act(project, "annotations.import", [*actors, *targets])
        for row in queries.article_rows(project):
            text = queries.article(project, row.id).text
            proposed = [_suggestion(row.id, draft) for draft in drafts(text)]
            suggestions.replace(conn, row.id, proposed, pipeline="bench", time=time)
            own = list(_own(order, me, row.id, proposed, order.choice(actors), order.choice(targets)))
            _act(project, "suggestions.accept", own)
            review = OpenSuggestions(proposed, own)
            conn.execute("REPLACE INTO tally VALUES (?, ?, ?)", (row.id, review.decided, len(review.open())))
    return project


def _act(project: Project, verb: str, records: Sequence[Record]) -> None:
    step = Step(project.conn, project.author.id, verb=verb, time=project.now())
    step.put_new(records)
    step.finish()


def drafts(text: str) -> list[Draft]:
    """Eighty drafts of a text of a few thousand characters: words as entities, each eighth a quote."""
    last = len(text) - 2 * _QUOTE_CHARS
    words = [one.span() for one in re.finditer(r"\w{3,}", text[:last])]
    chosen = words[:: len(words) // SUGGESTED][:SUGGESTED]
    assert len(chosen) == SUGGESTED, "the text is too short"
    labels = cycle(_LABELS)
    return [
        EntityDraft(start=start, end=end, text=text[start:end], label=next(labels))
        if number % _QUOTE_EVERY
        else _quote(text, start)
        for number, (start, end) in enumerate(chosen)
    ]


def _quote(text: str, start: int) -> QuoteDraft:
    end = start + _QUOTE_CHARS
    return QuoteDraft(
        content=(passage(text, start, end),),
        source=(passage(text, end + 2, end + 10),),
        cue=passage(text, end + 12, end + 16),
        form="direct",
        source_kind="named",
    )


def _own(
    order: random.Random, me: str, article: str, proposed: Sequence[Suggestion], actor: Actor, target: Target
) -> Iterator[Record]:
    """What the annotator made of the first suggestions of an article."""
    entities = (one for one in proposed if isinstance(one.draft, EntityDraft))
    for one in islice(entities, OWN_ENTITIES):
        assert isinstance(one.draft, EntityDraft)
        words = {"start": one.draft.start, "end": one.draft.end, "text": one.draft.text, "label": one.draft.label}
        yield Entity(id=_id(order), author=me, article=article, actor=actor.id, origin=_origin(one), **words)  # type: ignore[arg-type]
    quoted = [one for one in proposed if isinstance(one.draft, QuoteDraft)][:OWN_QUOTES]
    for number, one in enumerate(quoted):
        assert isinstance(one.draft, QuoteDraft)
        quote = Quote(
            id=_id(order),
            author=me,
            article=article,
            content=one.draft.content,
            source=one.draft.source,
            cue=one.draft.cue,
            form="direct",
            source_kind="named",
            speaker=actor.id if number else None,
            origin=_origin(one),
        )
        yield quote
        if number < OWN_STANCES:
            yield _stance(order, quote, actor, target)


def _stance(order: random.Random, quote: Quote, actor: Actor, target: Target) -> Stance:
    return Stance(
        id=_id(order),
        author=quote.author,
        article=quote.article,
        holder=actor.id,
        target=target.id,
        dimension="policy",
        position=order.choice(_POSITIONS),  # type: ignore[arg-type]
        explicitness="stated",
        confidence=3,
        rationale=f"Said about {target.label}.",
        evidence=(Evidence(spans=quote.content, type="direct_quote", quote=quote.id),),
        is_submitted=True,
    )


def _actor(order: random.Random, me: str, number: int) -> Actor:
    name = f"{_NAMES[number % len(_NAMES)]} {number:04}"
    return Actor(id=_id(order), author=me, type="person", name=name, aliases=(name.split()[1],))


def _target(order: random.Random, me: str, number: int) -> Target:
    return Target(id=_id(order), author=me, kind="policy", label=f"Bill {number:04}", statement="It should be passed.")


def _suggestion(article: str, draft: Draft) -> Suggestion:
    name = f"{article[-12:]} {draft.key}"
    return Suggestion(id=name, article=article, draft=draft, model="bench", version="1", score=0.5)


def _origin(one: Suggestion) -> Origin:
    return Origin(by="model", name=one.model, version=one.version, score=one.score, act="accepted", suggested=one.draft)


def _id(order: random.Random) -> str:
    return str(uuid.UUID(int=order.getrandbits(128), version=4))
