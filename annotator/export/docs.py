"""Turns lines of the exchange format into spaCy documents: one for each section of an article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from annotator.domain.exchange import ArticleLine, QuoteLine, StanceLine
from annotator.domain.sections import Section
from annotator.domain.spans import Span
from annotator.export.counts import Loss
from annotator.export.manifest import Align

GROUPS = ("entities", "quotes", "sources", "cues", "evidence")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A range of the article that goes to a span group; `kind` and `record` say whose it is."""

    group: str
    start: int
    end: int
    label: str
    kind: str
    record: str


@dataclass(frozen=True, slots=True)
class DocMaker:
    """Makes documents with one tokenizer, and keeps a list of what they could not hold as it was."""

    nlp: Language
    sections: frozenset[str] | None = None
    align: Align = "expand"
    losses: list[Loss] = field(default_factory=list)

    def docs(self, line: ArticleLine) -> Iterator[Doc]:
        """A document for each chosen section, in the order of the article; an article without sections is all body.

        `doc.ents` has the longest of overlapping entities (ties: the earlier), `doc.spans` has them all, one group
        for each of `GROUPS`; spans of one record share its id. `doc.user_data["annotator"]` has the links, with
        offsets into the document's text.
        """
        whole = Section(kind="body", start=0, end=len(line.text))
        sections = line.sections or (whole,)
        pieces = sorted(_pieces(line), key=lambda piece: (piece.start, piece.end, piece.record))
        self._list_homeless(line, sections, pieces)
        chosen = [section for section in sections if self.sections is None or section.kind in self.sections]
        for number, section in enumerate(chosen):
            if section.end - section.start > self.nlp.max_length:
                reason = f"spaCy takes no text of more than {self.nlp.max_length:,} characters"
                self.losses.append(Loss(reason=reason, kind=section.kind, article=line.article.id))
            else:
                yield self._doc(line, section, pieces, is_first=number == 0)

    def _list_homeless(self, line: ArticleLine, sections: Sequence[Section], pieces: Iterable[_Piece]) -> None:
        for piece in pieces:
            if not any(section.start <= piece.start and piece.end <= section.end for section in sections):
                self._lose(line, piece, "it lies in no section, or across the border of one")

    def _doc(self, line: ArticleLine, section: Section, pieces: Iterable[_Piece], *, is_first: bool) -> Doc:
        doc = self.nlp.tokenizer(line.text[section.start : section.end])
        tokens = _Tokens(doc)
        inside = [piece for piece in pieces if section.start <= piece.start and piece.end <= section.end]
        groups: dict[str, list[DocSpan]] = {group: [] for group in GROUPS}
        for piece in inside:
            span = self._span(line, piece, tokens, section.start)
            if span is not None:
                groups[piece.group].append(span)
        for group, spans in groups.items():
            doc.spans[group] = spans
        doc.ents = self._entities(line, groups["entities"])
        doc.user_data["annotator"] = _links(line, section, {piece.record for piece in inside}, is_first=is_first)
        return doc

    def _span(self, line: ArticleLine, piece: _Piece, tokens: _Tokens, offset: int) -> DocSpan | None:
        start, end = piece.start - offset, piece.end - offset
        exact = tokens.exact(start, end)
        found = exact or tokens.aligned(start, end, self.align)
        if found is None:
            self._lose(line, piece, "its edges are not those of spaCy's tokens")
            return None
        first, last = tokens.without_space(*found)
        if first >= last:
            self._lose(line, piece, "it is nothing but white space")
            return None
        span = DocSpan(tokens.doc, first, last, label=piece.label, span_id=piece.record)
        if not exact:
            words = line.text[offset + span.start_char : offset + span.end_char]
            self._lose(line, piece, f"its edges are not those of spaCy's tokens; written as “{_short(words)}”")
        return span

    def _entities(self, line: ArticleLine, spans: Sequence[DocSpan]) -> list[DocSpan]:
        kept: list[DocSpan] = []
        taken: set[int] = set()
        for span in sorted(spans, key=lambda span: (span.start - span.end, span.start, span.id_)):
            tokens = range(span.start, span.end)
            if taken.isdisjoint(tokens) and span.label_:
                kept.append(span)
                taken.update(tokens)
            else:
                reason = "it overlaps another entity" if span.label_ else "it has no label"
                reason += "; it is in doc.spans, not in doc.ents"
                self.losses.append(Loss(reason=reason, kind="entity", article=line.article.id, record=span.id_))
        return kept

    def _lose(self, line: ArticleLine, piece: _Piece, reason: str) -> None:
        self.losses.append(Loss(reason=reason, kind=piece.kind, article=line.article.id, record=piece.record))


class _Tokens:
    """Where the tokens of a document begin and end, in code points of its text."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        columns = doc.to_array(["LENGTH", "SPACY", "IS_SPACE"]).astype("int64")
        lengths, spaces = columns[:, 0], columns[:, 1]
        self._is_space: list[int] = columns[:, 2].tolist()
        # One space after a token belongs to it, but not to its text.
        ends = (lengths + spaces).cumsum() - spaces
        self._starts: list[int] = (ends - lengths).tolist()
        self._ends: list[int] = ends.tolist()

    def exact(self, start: int, end: int) -> tuple[int, int] | None:
        first, last = bisect_left(self._starts, start), bisect_left(self._ends, end)
        is_exact = self._starts[first : first + 1] == [start] and self._ends[last : last + 1] == [end]
        return (first, last + 1) if is_exact else None

    def aligned(self, start: int, end: int, align: Align) -> tuple[int, int] | None:
        if align == "expand":
            found = bisect_right(self._ends, start), bisect_left(self._starts, end)
        elif align == "contract":
            found = bisect_left(self._starts, start), bisect_right(self._ends, end)
        else:
            return None
        return found if found[0] < found[1] else None

    def without_space(self, first: int, last: int) -> tuple[int, int]:
        # spaCy refuses to learn entities that begin or end with white space.
        while first < last and self._is_space[first]:
            first += 1
        while first < last and self._is_space[last - 1]:
            last -= 1
        return first, last


def _pieces(line: ArticleLine) -> Iterator[_Piece]:
    for entity in line.entities:
        yield _Piece("entities", entity.start, entity.end, entity.label, "entity", entity.id)
    for quote in line.quotes:
        cue = (quote.cue,) if quote.cue is not None else ()
        groups: tuple[tuple[str, tuple[Span, ...], str], ...] = (
            ("quotes", quote.content, quote.form),
            ("sources", quote.source, quote.source_kind),
            ("cues", cue, "cue"),
        )
        for group, spans, label in groups:
            for span in spans:
                yield _Piece(group, span.start, span.end, label, "quote", quote.id)
    for stance in line.stances:
        for evidence in stance.evidence:
            for span in evidence.spans:
                yield _Piece("evidence", span.start, span.end, evidence.type, "stance", stance.id)


def _links(line: ArticleLine, section: Section, here: set[str], *, is_first: bool) -> dict[str, object]:
    """What spans cannot say: who spoke, who stands where. A stance without evidence goes with the first document."""
    quotes = [quote for quote in line.quotes if quote.id in here]
    stances = [stance for stance in line.stances if stance.id in here or (is_first and not stance.evidence)]
    actor_of = {entity.id: entity.actor for entity in line.entities if entity.actor and entity.id in here}
    actors = {*actor_of.values(), *(quote.speaker for quote in quotes)}
    actors |= {actor for stance in stances for actor in (stance.holder, stance.via)}
    targets = {stance.target for stance in stances}
    return {
        "article": line.article.id,
        "name": line.article.name,
        "title": line.article.title,
        "language": line.article.language,
        "outlet": line.article.outlet,
        "author": line.article.author,
        "published": line.article.published,
        "url": line.article.url,
        "layer": line.layer,
        "section": section.kind,
        "start": section.start,
        "entities": actor_of,
        "quotes": [_quote_links(quote) for quote in quotes],
        "stances": [_stance_links(stance, section) for stance in stances],
        "actors": [msgspec.to_builtins(actor) for actor in line.actors if actor.id in actors],
        "targets": [msgspec.to_builtins(target) for target in line.targets if target.id in targets],
    }


def _quote_links(quote: QuoteLine) -> dict[str, object]:
    return {
        "id": quote.id,
        "form": quote.form,
        "source_kind": quote.source_kind,
        "reported": quote.reported,
        "speaker": quote.speaker,
        "nested_in": quote.nested_in,
    }


def _stance_links(stance: StanceLine, section: Section) -> dict[str, object]:
    plain: dict[str, object] = msgspec.to_builtins(stance)
    del plain["origin"]
    plain["evidence"] = [
        {
            "type": evidence.type,
            "quote": evidence.quote,
            "spans": [
                [span.start - section.start, span.end - section.start]
                for span in evidence.spans
                if section.start <= span.start and span.end <= section.end
            ],
        }
        for evidence in stance.evidence
    ]
    return plain


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
