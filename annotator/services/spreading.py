"""The same label and actor for the same words elsewhere: looking for them, and marking the chosen ones in one act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
import regex

from annotator.domain.drafts import EntityDraft, Suggestion
from annotator.domain.errors import NotAllowed
from annotator.domain.journal import Changes
from annotator.domain.progress import Job, Progress, drain
from annotator.domain.records import Entity, Origin, Rejection
from annotator.domain.spans import Span, passage
from annotator.domain.words import context
from annotator.services import annotation
from annotator.services.origins import origin_of
from annotator.store import articles, finding, rows, suggestions
from annotator.store.journal import Step, new_id
from annotator.store.project import Project

# Scripts that are written without blanks between words: there a whole word cannot be told.
_NO_BLANKS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_WORD_SIGN = regex.compile(r"[\p{L}\p{N}\p{M}_]")


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A place where the same words stand and the author marked nothing; `before` and `after` are its context."""

    article: str
    name: str
    span: Span
    text: str
    before: str
    after: str


def matches(project: Project, record_id: str, *, everywhere: bool, any_case: bool = False) -> Job[list[Match]]:
    """A job that gives every place where an entity's words stand as whole words, in its article or in all of the queue.

    Places where an own entity is, or where the author turned the same label down, are left out. In the order of the
    queue, then of the text; the entity's own article first.

    Raises:
        NotAllowed: it is no entity of the author.
    """
    entity = _entity(project, record_id)
    wanted = [entity.article]
    if everywhere:
        candidates = finding.articles_with(project.conn, entity.text, is_whole=_has_whole_words(entity.text))
        wanted += [one for one in candidates if one != entity.article]
    pattern = _pattern(entity.text, any_case=any_case)
    found: list[Match] = []
    for number, article in enumerate(wanted):
        yield Progress(number, len(wanted), f"{len(found):,} found")
        found += _in_article(project, article, entity, pattern)
    return found


def _has_whole_words(text: str) -> bool:
    """Whether the search index, which knows whole words only, can say where some words stand."""
    return not _NO_BLANKS.search(text) and any(char.isalnum() for char in text)


def _pattern(text: str, *, any_case: bool) -> regex.Pattern[str]:
    """What finds some words where they are not a part of a longer word or number."""
    words = regex.escape(text)
    if not _NO_BLANKS.search(text):
        if _WORD_SIGN.match(text[0]):
            words = rf"(?<![\p{{L}}\p{{N}}\p{{M}}_]){words}"
        if _WORD_SIGN.match(text[-1]):
            words = rf"{words}(?![\p{{L}}\p{{N}}\p{{M}}_])"
        if text[0].isdigit():
            words = rf"(?<!\d[.,]){words}"
        if text[-1].isdigit():
            words = rf"{words}(?![.,]\d)"
    return regex.compile(words, regex.IGNORECASE if any_case else 0)


def _in_article(project: Project, article: str, entity: Entity, pattern: regex.Pattern[str]) -> Iterator[Match]:
    text = articles.text_of(project.conn, article)
    spans = [Span(*one.span()) for one in pattern.finditer(text)]
    if not spans:
        return
    taken = _taken(project, article, entity.label)
    name = articles.name_of(project.conn, article)
    for span in spans:
        if not any(span.overlaps(other) for other in taken):
            before, after = context(text, span)
            words = text[span.start : span.end]
            yield Match(article=article, name=name, span=span, text=words, before=before, after=after)


def _taken(project: Project, article: str, label: str) -> list[Span]:
    """Where own entities are, and where the author turned the label down."""
    mine, values = "article = ? AND author = ?", (article, project.author.id)
    found = finding.entity_spans(project.conn, *values)
    for one in rows.select(project.conn, "rejection", mine, values):
        if isinstance(one, Rejection) and isinstance(one.suggested, EntityDraft) and one.suggested.label == label:
            found.append(one.suggested.span)
    return found


def spread(project: Project, record_id: str, chosen: Sequence[Match]) -> Changes:
    """Mark the chosen places with an entity's label and actor, in one act.

    A place where a model proposed something becomes the suggestion taken over: as it stands where the label is the
    same, else corrected. A place that was marked since it was found is passed over.

    Raises:
        NotAllowed: it is no entity of the author, no place is left, or the words are not there.
    """
    return drain(spread_job(project, record_id, chosen))


def spread_job(project: Project, record_id: str, chosen: Sequence[Match]) -> Job[Changes]:
    """A job that does what `spread` does, an article at a time; cancelled, it leaves nothing behind."""
    entity = _entity(project, record_id)
    by_article: dict[str, list[Match]] = {}
    for one in chosen:
        by_article.setdefault(one.article, []).append(one)
    with project.step("entity.spread") as step:
        count = 0
        for number, (article, places) in enumerate(by_article.items()):
            yield Progress(number, len(by_article), f"{count:,} marked")
            made = list(_marked(project, step, article, places, entity))
            if made:
                step.put_new(made)
                annotation.start(project, step, {article})
                count += len(made)
        if not count:
            raise NotAllowed("There is nothing left to mark.", hint="Look for the same words again.")
        yield from project.counting(step)
    return step.changes


def _marked(project: Project, step: Step, article: str, places: Sequence[Match], entity: Entity) -> Iterator[Entity]:
    text = annotation.text_of(project, article)
    taken = _taken(project, article, entity.label)
    proposed = {one.draft.span: one for one in suggestions.entities_of(project.conn, article)}
    for place in sorted(places, key=lambda one: one.span):
        piece = passage(text, place.span.start, place.span.end)
        if piece.text != place.text:
            raise NotAllowed("Those words are not at that place.", hint="Look for the same words again.")
        if any(place.span.overlaps(other) for other in taken):
            continue
        taken.append(place.span)
        yield Entity(
            id=new_id(),
            author=step.author,
            article=article,
            start=piece.start,
            end=piece.end,
            text=piece.text,
            label=entity.label,
            actor=entity.actor,
            origin=_origin(proposed.get(place.span), entity.label),
        )


def _origin(suggestion: Suggestion | None, label: str) -> Origin:
    if suggestion is None or not isinstance(suggestion.draft, EntityDraft):
        return Origin()
    return origin_of(suggestion, act="accepted" if suggestion.draft.label == label else "corrected")


def _entity(project: Project, record_id: str) -> Entity:
    found = rows.get(project.conn, "entity", record_id)
    if not isinstance(found, Entity) or found.author != project.author.id:
        raise NotAllowed("Only an entity of yours can be marked elsewhere.", hint="Accept it first.")
    return found
