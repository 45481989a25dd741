"""A choice of articles and records: what of a layer is exported. Pure functions of lines of the exchange format."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec

from annotator.domain.drafts import EntityDraft, QuoteDraft, QuoteForm, StanceDraft
from annotator.domain.exchange import (
    ArticleLine,
    EntityLine,
    EvidenceLine,
    NoteLine,
    QuoteLine,
    RejectionLine,
    StanceLine,
)
from annotator.domain.records import ArticleState, Position
from annotator.domain.spans import Span


class Choice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is chosen; null is everything. Dates are ISO dates, both included; an article without one is in no period.

    `sections` chooses records by where they lie: the text of an article always stays whole.
    """

    sections: tuple[str, ...] | None = None
    states: tuple[ArticleState, ...] | None = None
    is_flagged: bool = False
    is_annotated: bool = False
    outlets: tuple[str, ...] | None = None
    since: str | None = None
    until: str | None = None
    labels: tuple[str, ...] | None = None
    forms: tuple[QuoteForm, ...] | None = None
    positions: tuple[Position, ...] | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Choice()

    def chosen(
        self, line: ArticleLine, state: ArticleState = "todo", *, is_flagged: bool = False
    ) -> ArticleLine | None:
        """The line with the chosen records, or `None` where the article is left out.

        `state` and `is_flagged` are the article's where the line has no status of its own (gold, suggestions). What
        names a record that is left out no longer names it; actors and targets that nothing names are left out.
        """
        if line.status is not None:
            state, is_flagged = line.status.state, line.status.is_flagged
        if not self._has_article(line, state, is_flagged=is_flagged):
            return None
        found = line if self._has_all_records else self._of_records(line)
        if self.is_annotated and not (found.entities or found.quotes or found.stances):
            return None
        return found

    def _has_article(self, line: ArticleLine, state: ArticleState, *, is_flagged: bool) -> bool:
        published = (line.article.published or "")[:10]
        return (
            (self.states is None or state in self.states)
            and (is_flagged or not self.is_flagged)
            and (self.outlets is None or (line.article.outlet or "") in self.outlets)
            and (self.since is None or (bool(published) and published >= self.since))
            and (self.until is None or (bool(published) and published <= self.until))
        )

    @property
    def _has_all_records(self) -> bool:
        return self.sections is None and self.labels is None and self.forms is None and self.positions is None

    def _of_records(self, line: ArticleLine) -> ArticleLine:
        entities = tuple(one for one in line.entities if self._has_entity(line, one))
        quotes = [one for one in line.quotes if self._has(line, one.content, one.form, self.forms)]
        stances = [one for one in line.stances if self._has_stance(line, one)]
        ids = {one.id for one in quotes}
        kept = ids | {one.id for one in entities} | {one.id for one in stances}
        before = [one.id for one in line.entities] + [one.id for one in line.quotes] + [one.id for one in line.stances]
        gone = set(before) - kept
        made = msgspec.structs.replace(
            line,
            entities=entities,
            quotes=tuple(_quote_among(one, ids) for one in quotes),
            stances=tuple(_stance_among(one, ids) for one in stances),
            notes=tuple(_notes_not_on(line.notes, gone)),
            rejections=tuple(one for one in line.rejections if self._has_rejection(line, one)),
        )
        return _with_named(made)

    def _has_entity(self, line: ArticleLine, one: EntityLine) -> bool:
        return self._has(line, (Span(one.start, one.end),), one.label, self.labels)

    def _has_stance(self, line: ArticleLine, one: StanceLine) -> bool:
        spans = tuple(span for evidence in one.evidence for span in evidence.spans)
        return self._has(line, spans, one.position or "", self.positions)

    def _has_rejection(self, line: ArticleLine, one: RejectionLine) -> bool:
        match one.suggested:
            case EntityDraft(label=label, span=span):
                return self._has(line, (span,), label, self.labels)
            case QuoteDraft(form=form, content=content):
                return self._has(line, tuple(piece.span for piece in content), form, self.forms)
            case StanceDraft(position=position):
                return self.positions is None or position in self.positions
        return True

    def _has(self, line: ArticleLine, spans: tuple[Span, ...], value: str, values: Collection[str] | None) -> bool:
        return (values is None or value in values) and (self.sections is None or self._lies_inside(line, spans))

    def _lies_inside(self, line: ArticleLine, spans: tuple[Span, ...]) -> bool:
        # An article without sections is all body.
        places = [(one.start, one.end) for one in line.sections if one.kind in (self.sections or ())]
        if not line.sections and "body" in (self.sections or ()):
            places = [(0, len(line.text))]
        return bool(spans) and any(start <= spans[0].start and spans[0].end <= end for start, end in places)


def _quote_among(quote: QuoteLine, ids: Collection[str]) -> QuoteLine:
    return quote if quote.nested_in in ids else msgspec.structs.replace(quote, nested_in=None)


def _stance_among(stance: StanceLine, ids: Collection[str]) -> StanceLine:
    evidence = tuple(_evidence_among(one, ids) for one in stance.evidence)
    return msgspec.structs.replace(stance, evidence=evidence)


def _evidence_among(evidence: EvidenceLine, ids: Collection[str]) -> EvidenceLine:
    return evidence if evidence.quote in ids else msgspec.structs.replace(evidence, quote=None)


def _notes_not_on(notes: tuple[NoteLine, ...], gone: set[str]) -> Iterator[NoteLine]:
    """The notes on what is there, with their replies."""
    left = set(gone)
    waiting = list(notes)
    while dropped := [one for one in waiting if one.subject in left or one.reply_to in left]:
        left |= {one.id for one in dropped}
        waiting = [one for one in waiting if one.id not in left]
    yield from waiting


def _with_named(line: ArticleLine) -> ArticleLine:
    actors: set[str | None] = {one.actor for one in line.entities} | {one.speaker for one in line.quotes}
    actors |= {guess.actor for one in line.quotes for guess in one.speakers}
    actors |= {actor for one in line.stances for actor in (one.holder, one.via)}
    targets = {one.target for one in line.stances}
    return msgspec.structs.replace(
        line,
        actors=tuple(one for one in line.actors if one.id in actors),
        targets=tuple(one for one in line.targets if one.id in targets),
    )
