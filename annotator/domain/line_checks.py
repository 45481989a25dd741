"""What must hold of every line of the exchange format, whoever wrote it; readers and writers both ask here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.domain.canonical import text_id
from annotator.domain.drafts import Draft, EntityDraft, SpeakerGuess, StanceDraft
from annotator.domain.exchange import ArticleLine, QuoteLine, StanceLine
from annotator.domain.records import Origin
from annotator.domain.spans import Passage, Span
from annotator.domain.text import is_canonical


def line_problem(line: ArticleLine) -> str:
    """The first thing that is wrong with a line, as a clause without a full stop; empty where all is well.

    Checked: the id is the hash of the canonical text, every range lies in the text, repeated words are the words of
    their range, scores and confidences are in range, no id is there twice, every reference has its record.
    """
    return next(_problems(line), "")


def record_ids(line: ArticleLine) -> Iterator[str]:
    """The ids of a line's own records, registries apart; the same id may be there twice."""
    for records in (line.entities, line.quotes, line.stances, line.notes, line.rejections):
        for record in records:
            yield record.id
    if line.status:
        yield line.status.id


def _problems(line: ArticleLine) -> Iterator[str]:
    if not is_canonical(line.text):
        yield "the text is not in canonical form (line ends, forbidden characters or length)"
    if text_id(line.text) != line.article.id:
        yield "the article's id is not the hash of its text"
    yield from _section_problems(line)
    yield from _entity_problems(line)
    for quote in line.quotes:
        yield from _quote_problems(line, quote)
    for stance in line.stances:
        yield from _stance_problems(line, stance)
    for rejection in line.rejections:
        yield from _score_problems(rejection.score, f"the rejection {rejection.id}")
        yield from _draft_problems(line.text, rejection.suggested, f"the rejection {rejection.id}")
    yield from _id_problems(line)
    yield from _reference_problems(line)


def _section_problems(line: ArticleLine) -> Iterator[str]:
    length = len(line.text)
    for section in line.sections:
        if not 0 <= section.start < section.end <= length:
            yield f"the section {section.start} to {section.end} does not lie in the text (0 to {length})"


def _entity_problems(line: ArticleLine) -> Iterator[str]:
    text = line.text
    length = len(text)
    for entity in line.entities:
        start, end = entity.start, entity.end
        # Written out, not through `_range_problems`: an article has a hundred of these.
        if not 0 <= start < end <= length:
            yield f"the entity {entity.id} ({start} to {end}) does not lie in the text (0 to {length})"
        elif text[start:end] != entity.text:
            yield f"the entity {entity.id} says “{_short(entity.text)}”, its range “{_short(text[start:end])}”"
        yield from _origin_problems(text, entity.origin, "entity", entity.id)


def _quote_problems(line: ArticleLine, quote: QuoteLine) -> Iterator[str]:
    what = f"the quote {quote.id}"
    if not quote.content:
        yield f"{what} has no content"
    ranges = quote.content + quote.source + ((quote.cue,) if quote.cue is not None else ())
    yield from _range_problems(line.text, ranges, what)
    yield from _guess_problems(quote.speakers, what)
    yield from _origin_problems(line.text, quote.origin, "quote", quote.id)


def _stance_problems(line: ArticleLine, stance: StanceLine) -> Iterator[str]:
    what = f"the stance {stance.id}"
    for evidence in stance.evidence:
        if not evidence.spans:
            yield f"{what} has evidence without a range"
        yield from _range_problems(line.text, evidence.spans, what)
    if stance.confidence is not None and not 1 <= stance.confidence <= 3:
        yield f"{what} has the confidence {stance.confidence}, which is not 1, 2 or 3"
    yield from _origin_problems(line.text, stance.origin, "stance", stance.id)


def _origin_problems(text: str, origin: Origin, kind: str, record_id: str) -> Iterator[str]:
    if origin.score is not None:
        yield from _score_problems(origin.score, f"the {kind} {record_id}")
    if origin.suggested is not None:
        yield from _draft_problems(text, origin.suggested, f"the suggestion behind the {kind} {record_id}")


def _draft_problems(text: str, draft: Draft, what: str) -> Iterator[str]:
    if isinstance(draft, EntityDraft):
        pieces: tuple[Passage, ...] = (Passage(draft.start, draft.end, draft.text),)
    elif isinstance(draft, StanceDraft):
        if not draft.evidence:
            yield f"{what} has no evidence"
        pieces = draft.evidence
        guesses = [one for one in (draft.holder, draft.via) if one is not None]
        yield from _guess_problems(guesses, what)
        for target in draft.targets:
            yield from _score_problems(target.score, f"a guess at the target of {what}")
    else:
        if not draft.content:
            yield f"{what} has no content"
        pieces = draft.content + draft.source + ((draft.cue,) if draft.cue is not None else ())
        yield from _guess_problems(draft.speakers, what)
    yield from _range_problems(text, pieces, what)
    for piece in pieces:
        if text[piece.start : piece.end] != piece.text:
            yield f"{what} says “{_short(piece.text)}”, its range “{_short(text[piece.start : piece.end])}”"


def _guess_problems(guesses: Iterable[SpeakerGuess], what: str) -> Iterator[str]:
    for guess in guesses:
        yield from _score_problems(guess.score, f"a guess at the speaker of {what}")
        if not guess.name.strip():
            yield f"a guess at the speaker of {what} has no name"


def _range_problems(text: str, ranges: Iterable[Span | Passage], what: str) -> Iterator[str]:
    length = len(text)
    for piece in ranges:
        if not 0 <= piece.start < piece.end <= length:
            yield f"{what} ({piece.start} to {piece.end}) does not lie in the text (0 to {length})"


def _score_problems(score: float | None, what: str) -> Iterator[str]:
    # Beyond these, canonical JSON spells numbers differently from program to program (see `canonical.as_score`).
    if score is not None and not 0.0001 <= score <= 0.9999:
        yield f"{what} has the score {score}, which is not between 0.0001 and 0.9999"


def _id_problems(line: ArticleLine) -> Iterator[str]:
    for ids, what in (
        (record_ids(line), "id"),
        ((actor.id for actor in line.actors), "actor"),
        ((target.id for target in line.targets), "target"),
    ):
        seen: set[str] = set()
        for record_id in ids:
            if not record_id:
                yield f"an {what} is empty" if what == "id" else f"the id of a {what} is empty"
            if record_id in seen:
                yield f"the {what} {record_id} is there twice"
            seen.add(record_id)


def _reference_problems(line: ArticleLine) -> Iterator[str]:
    # A note may be about another layer's record, which this line does not hold; all else must be here.
    actors = {actor.id for actor in line.actors}
    targets = {target.id for target in line.targets}
    quotes = {quote.id for quote in line.quotes}
    for entity in line.entities:
        if entity.actor is not None and entity.actor not in actors:
            yield f"the entity {entity.id} names the actor {entity.actor}, which is not in the line"
    for quote in line.quotes:
        yield from _missing(
            f"the quote {quote.id}", (("actor", quote.speaker, actors), ("quote", quote.nested_in, quotes))
        )
        guessed = tuple(("actor", guess.actor, actors) for guess in quote.speakers)
        yield from _missing(f"the quote {quote.id}", guessed)
    for stance in line.stances:
        named = (("actor", stance.holder, actors), ("actor", stance.via, actors), ("target", stance.target, targets))
        yield from _missing(f"the stance {stance.id}", named)
        pieces = tuple(("quote", evidence.quote, quotes) for evidence in stance.evidence)
        yield from _missing(f"the stance {stance.id}", pieces)


def _missing(what: str, references: Iterable[tuple[str, str | None, set[str]]]) -> Iterator[str]:
    for kind, reference, known in references:
        if reference is not None and reference not in known:
            yield f"{what} names the {kind} {reference}, which is not in the line"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
