"""A layer of the project as lines of the exchange format."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import msgspec

from annotator.domain.canonical import canonical_json, sha256_hex
from annotator.domain.drafts import EntityDraft, QuoteDraft, SpeakerGuess, StanceDraft, Suggestion
from annotator.domain.errors import AnnotatorError
from annotator.domain.exchange import (
    ActorLine,
    ArticleLine,
    ArticleMeta,
    EntityLine,
    EvidenceLine,
    NoteLine,
    QuoteLine,
    RejectionLine,
    StanceLine,
    StatusLine,
    TargetLine,
)
from annotator.domain.records import (
    Annotation,
    ArticleStatus,
    Entity,
    Evidence,
    Note,
    Origin,
    Quote,
    Record,
    Rejection,
    Stance,
)
from annotator.domain.spans import Passages, Span
from annotator.domain.sureness import Sureness, sure_ones
from annotator.services.actors import Registry
from annotator.services.reviewing import gold_records
from annotator.services.targets import TargetRegistry
from annotator.store import articles, rows, suggestions
from annotator.store.articles import Article
from annotator.store.project import Project

MINE = "mine"
SUGGESTIONS = "suggestions"
GOLD = "gold"

_KINDS = ("entity", "quote", "stance", "article_status", "note", "rejection")


def layer_author(project: Project, layer: str) -> str:
    """The id of the author whose layer is meant: `mine`, or an author's name.

    Raises:
        AnnotatorError: nobody of that name has worked in the project, or two have.
    """
    if layer == MINE:
        return project.author.id
    found = [author for author, name in project.author_names().items() if name == layer]
    if len(found) != 1:
        names = ", ".join(sorted(set(project.author_names().values()))) or "nobody yet"
        raise AnnotatorError(
            f"There {'is no layer' if not found else 'are several layers'} called {layer}.",
            hint=f"Layers: mine, suggestions, gold; annotators: {names}.",
        )
    return found[0]


def codebook_hash(project: Project) -> str:
    """The hash of the codebook in force."""
    return "sha256:" + sha256_hex(canonical_json(project.codebook().codebook))


def lines(
    project: Project, *, layer: str, sureness: Sureness = "all", among: Collection[str] | None = None
) -> Iterator[ArticleLine]:
    """The lines of a layer, sorted by article id; of the articles in the queue. Of suggestions the sure enough ones.

    `among`: only of the articles with these ids.

    Raises:
        AnnotatorError: there is no such layer.
    """
    book = codebook_hash(project)
    ids = sorted(one for one in articles.ids(project.conn) if among is None or one in among)
    meanings = Meanings(project)
    if layer == SUGGESTIONS:
        for article_id in ids:
            proposed = sure_ones(suggestions.remembered(project.conn, article_id, project.memory), sureness)
            yield _suggested_line(_article(project, article_id), proposed, book, meanings)
        return
    if layer == GOLD:
        for article_id in ids:
            records = _without_outside([one.record for one in gold_records(project, article_id)])
            yield _line(_article(project, article_id), records, GOLD, book, meanings)
        return
    author = layer_author(project, layer)
    name = project.author.name if author == project.author.id else layer
    for article_id in ids:
        mine = [
            one
            for kind in _KINDS
            for one in rows.select(project.conn, kind, "article = ? AND author = ?", (article_id, author))
        ]
        yield _line(_article(project, article_id), mine, name, book, meanings)


def _without_outside(records: list[Annotation]) -> list[Record]:
    """Gold records that name no quotes but those in gold: a reviewer may take a stance and not its quote."""
    quotes = {one.id for one in records if isinstance(one, Quote)}
    return [_inside(one, quotes) for one in records]


def _inside(one: Annotation, quotes: set[str]) -> Record:
    match one:
        case Quote() if one.nested_in not in quotes:
            return msgspec.structs.replace(one, nested_in=None)
        case Stance():
            pieces = (
                piece if piece.quote in quotes else msgspec.structs.replace(piece, quote=None) for piece in one.evidence
            )
            return msgspec.structs.replace(one, evidence=tuple(pieces))
    return one


def _article(project: Project, article_id: str) -> Article:
    article = articles.get(project.conn, article_id)
    assert article is not None
    return article


class Meanings:
    """All actors and targets of a project; merged ones lead to the one they were merged into."""

    def __init__(self, project: Project) -> None:
        self.actors = Registry(project)
        self.targets = TargetRegistry(project)

    def actor(self, actor_id: str | None) -> str | None:
        found = self.actors.actor(actor_id)
        return found.id if found else actor_id

    def target(self, target_id: str | None) -> str | None:
        found = self.targets.target(target_id)
        return found.id if found else target_id

    def led(self, record: Record) -> Record:
        """The record with every reference leading to the record that is meant now."""
        match record:
            case Entity() if record.actor is not None:
                return msgspec.structs.replace(record, actor=self.actor(record.actor))
            case Quote() if record.speaker is not None:
                return msgspec.structs.replace(record, speaker=self.actor(record.speaker))
            case Stance():
                return msgspec.structs.replace(
                    record,
                    holder=self.actor(record.holder),
                    via=self.actor(record.via),
                    target=self.target(record.target),
                )
        return record


def _meta(article: Article) -> ArticleMeta:
    return ArticleMeta(
        id=article.id,
        name=article.name,
        title=article.title,
        language=article.language,
        outlet=article.outlet,
        author=article.author,
        published=article.published,
        url=article.url,
    )


def _line(article: Article, records: Iterable[Record], layer: str, book: str, meanings: Meanings) -> ArticleLine:
    led = [meanings.led(one) for one in records]
    entities = [_entity(one) for one in led if isinstance(one, Entity)]
    quotes = [_quote(one) for one in led if isinstance(one, Quote)]
    stances = [_stance(one) for one in led if isinstance(one, Stance)]
    return ArticleLine(
        article=_meta(article),
        text=article.text,
        sections=article.sections,
        layer=layer,
        codebook=book,
        status=next((_status(one) for one in led if isinstance(one, ArticleStatus)), None),
        entities=tuple(sorted(entities, key=lambda one: (one.start, one.end, one.id))),
        quotes=tuple(sorted(quotes, key=lambda one: (one.content, one.id))),
        stances=tuple(sorted(stances, key=lambda one: ([piece.spans for piece in one.evidence], one.id))),
        notes=tuple(_note(one) for one in led if isinstance(one, Note)),
        rejections=tuple(_rejection(one) for one in led if isinstance(one, Rejection)),
        actors=_actors(meanings, entities, quotes, stances),
        targets=_targets(meanings, stances),
    )


def _actors(
    meanings: Meanings, entities: list[EntityLine], quotes: list[QuoteLine], stances: list[StanceLine]
) -> tuple[ActorLine, ...]:
    named = {one.actor for one in entities} | {one.speaker for one in quotes}
    named |= {guess.actor for one in quotes for guess in one.speakers}
    named |= {actor for one in stances for actor in (one.holder, one.via)}
    known = (meanings.actors.actor(one) for one in sorted(one for one in named if one))
    found = (one for one in known if one is not None)
    return tuple(
        ActorLine(id=one.id, type=one.type, name=one.name, aliases=one.aliases, roles=one.roles) for one in found
    )


def _targets(meanings: Meanings, stances: list[StanceLine]) -> tuple[TargetLine, ...]:
    named = sorted({one.target for one in stances if one.target})
    found = (one for one in map(meanings.targets.target, named) if one is not None)
    return tuple(TargetLine(id=one.id, kind=one.kind, label=one.label, statement=one.statement) for one in found)


def spans(pieces: Passages) -> tuple[Span, ...]:
    """The ranges of passages."""
    return tuple(piece.span for piece in pieces)


def _entity(one: Entity) -> EntityLine:
    return EntityLine(
        id=one.id, start=one.start, end=one.end, text=one.text, label=one.label, actor=one.actor, origin=one.origin
    )


def _quote(one: Quote) -> QuoteLine:
    return QuoteLine(
        id=one.id,
        form=one.form,
        source_kind=one.source_kind,
        reported=one.reported,
        content=spans(one.content),
        source=spans(one.source),
        cue=one.cue.span if one.cue else None,
        speaker=one.speaker,
        nested_in=one.nested_in,
        origin=one.origin,
    )


def _evidence(one: Evidence) -> EvidenceLine:
    return EvidenceLine(spans=spans(one.spans), type=one.type, quote=one.quote)


def _stance(one: Stance) -> StanceLine:
    return StanceLine(
        id=one.id,
        holder=one.holder,
        via=one.via,
        target=one.target,
        dimension=one.dimension,
        position=one.position,
        explicitness=one.explicitness,
        confidence=one.confidence,
        rationale=one.rationale,
        evidence=tuple(_evidence(piece) for piece in one.evidence),
        is_submitted=one.is_submitted,
        origin=one.origin,
    )


def _note(one: Note) -> NoteLine:
    return NoteLine(id=one.id, subject=one.subject, reply_to=one.reply_to, text=one.text, is_resolved=one.is_resolved)


def _rejection(one: Rejection) -> RejectionLine:
    return RejectionLine(id=one.id, suggested=one.suggested, name=one.name, version=one.version, score=one.score)


def _status(one: ArticleStatus) -> StatusLine:
    return StatusLine(id=one.id, state=one.state, is_flagged=one.is_flagged)


def _suggested_line(article: Article, proposed: list[Suggestion], book: str, meanings: Meanings) -> ArticleLine:
    entities = [_suggested_entity(one, one.draft) for one in proposed if isinstance(one.draft, EntityDraft)]
    quotes = [_suggested_quote(one, one.draft, meanings) for one in proposed if isinstance(one.draft, QuoteDraft)]
    ids = {one.draft.key: one.id for one in proposed if isinstance(one.draft, QuoteDraft)}
    stances = [
        _suggested_stance(one, one.draft, ids.get(one.draft.quote), meanings)
        for one in proposed
        if isinstance(one.draft, StanceDraft) and one.draft.is_sure
    ]
    return ArticleLine(
        article=_meta(article),
        text=article.text,
        sections=article.sections,
        layer=SUGGESTIONS,
        codebook=book,
        entities=tuple(sorted(entities, key=lambda one: (one.start, one.end, one.id))),
        quotes=tuple(sorted(quotes, key=lambda one: (one.content, one.id))),
        stances=tuple(sorted(stances, key=lambda one: ([piece.spans for piece in one.evidence], one.id))),
        actors=_actors(meanings, [], quotes, stances),
        targets=_targets(meanings, stances),
    )


def _model(one: Suggestion) -> Origin:
    return Origin(by="model", name=one.model, version=one.version, score=one.score)


def _suggested_entity(one: Suggestion, draft: EntityDraft) -> EntityLine:
    return EntityLine(
        id=one.id, start=draft.start, end=draft.end, text=draft.text, label=draft.label, origin=_model(one)
    )


def _suggested_quote(one: Suggestion, draft: QuoteDraft, meanings: Meanings) -> QuoteLine:
    return QuoteLine(
        id=one.id,
        form=draft.form,
        source_kind=draft.source_kind,
        reported=draft.reported,
        content=spans(draft.content),
        source=spans(draft.source),
        cue=draft.cue.span if draft.cue else None,
        origin=_model(one),
        speakers=tuple(_led_guess(guess, meanings) for guess in draft.speakers),
    )


def _suggested_stance(one: Suggestion, draft: StanceDraft, quote: str | None, meanings: Meanings) -> StanceLine:
    """A suggested stance; who and what is not in the registries yet is in the origin's draft."""
    holder, via = (_led_guess(guess, meanings).actor if guess else None for guess in (draft.holder, draft.via))
    target = meanings.targets.target(draft.target.id) if draft.target else None
    return StanceLine(
        id=one.id,
        holder=holder,
        via=via,
        target=target.id if target else None,
        dimension=draft.dimension,
        position=draft.position,
        explicitness=draft.explicitness,
        evidence=(EvidenceLine(spans=spans(draft.evidence), type=draft.evidence_type, quote=quote),),
        origin=msgspec.structs.replace(_model(one), suggested=draft),
    )


def _led_guess(guess: SpeakerGuess, meanings: Meanings) -> SpeakerGuess:
    """The guess with the actor that is meant now; without one where it is not in the registry any more."""
    meant = meanings.actors.actor(guess.actor)
    return msgspec.structs.replace(guess, actor=meant.id if meant else None)
