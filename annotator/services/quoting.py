"""What an annotator does to a quote: its cue, sources, fragments, form, source kind, speaker. Each is one act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from annotator.domain.drafts import QuoteDraft, QuoteForm, Reported, SourceKind, SpeakerGuess, Suggestion
from annotator.domain.errors import NotAllowed
from annotator.domain.journal import Changes
from annotator.domain.quotation import form_of
from annotator.domain.records import Entity, Quote
from annotator.domain.sources import kind_of_words
from annotator.domain.spans import Passages, Span, passages
from annotator.services import actors, annotation
from annotator.services.parting import join, split
from annotator.store.project import Project

__all__ = [
    "FORMS",
    "REPORTED",
    "SOURCE_KINDS",
    "add_fragment",
    "add_source",
    "drop_fragment",
    "join",
    "nest",
    "own_quote",
    "quote_of",
    "set_cue",
    "set_form",
    "set_reported",
    "set_source",
    "set_source_kind",
    "set_speaker",
    "set_unnamed",
    "split",
    "take_guess",
]

FORMS: tuple[QuoteForm, ...] = get_args(QuoteForm)
REPORTED: tuple[Reported, ...] = get_args(Reported)
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)


def quote_of(project: Project, thing_id: str) -> Quote | QuoteDraft:
    """The quote of that id, or the draft of a suggested one.

    Raises:
        NotAllowed: it is no quote, or not there any more.
    """
    thing = annotation.find(project, thing_id)
    body = thing.draft if isinstance(thing, Suggestion) else thing
    if not isinstance(body, Quote | QuoteDraft):
        raise NotAllowed("This is an entity, not a quote.", hint="Select a quote first.")
    return body


def set_cue(project: Project, thing_id: str, span: Span | None) -> Changes:
    """Say which words report the speech ("said"), or with `None` that there are none.

    Raises:
        NotAllowed: the words are blank or do not lie in the article.
    """
    quote_of(project, thing_id)
    cue = None if span is None else annotation.piece_of(_text(project, thing_id), span)
    return annotation.edit(project, thing_id, verb="quote.cue", cue=cue)


def set_source(project: Project, thing_id: str, spans: Sequence[Span]) -> Changes:
    """Say which words name the source; the source kind is proposed from them. Errors are those of `set_cue`."""
    quote_of(project, thing_id)
    text = _text(project, thing_id)
    source = passages(text, [annotation.piece_of(text, span).span for span in spans])
    kind = kind_of_words(" ".join(piece.text for piece in source))
    return annotation.edit(project, thing_id, verb="quote.source", source=source, source_kind=kind)


def add_source(project: Project, thing_id: str, span: Span) -> Changes:
    """Add words to the source, or take them out when they are its source already. Errors are those of `set_cue`."""
    quote = quote_of(project, thing_id)
    wanted = annotation.piece_of(_text(project, thing_id), span).span
    here = [piece.span for piece in quote.source]
    spans = [one for one in here if one != wanted] if wanted in here else [*here, wanted]
    return set_source(project, thing_id, spans)


def add_fragment(project: Project, thing_id: str, span: Span) -> Changes:
    """Add a piece to the content; pieces that touch or have only blanks between them become one.

    Errors are those of `set_cue`.
    """
    quote = quote_of(project, thing_id)
    text = _text(project, thing_id)
    added = annotation.piece_of(text, span).span
    for piece in quote.content:
        first, second = sorted([piece.span, added])
        if first.end < second.start and not text[first.end : second.start].strip(" \u00a0\t"):
            added = Span(min(added.start, piece.end), max(added.end, piece.start))
    content = passages(text, [*(piece.span for piece in quote.content), added])
    return _set_content(project, thing_id, text, content)


def drop_fragment(project: Project, thing_id: str, place: int) -> Changes:
    """Take the fragment at a place of the text out of the content; a caret right behind one is at it, too.

    Raises:
        NotAllowed: there is no fragment there, or it is the only one.
    """
    quote = quote_of(project, thing_id)
    inside = [piece for piece in quote.content if piece.start <= place < piece.end]
    dropped = inside or [piece for piece in quote.content if piece.end == place]
    if not dropped:
        raise NotAllowed("No fragment of this quote is at the caret.", hint="Put the caret into the fragment to drop.")
    left = tuple(piece for piece in quote.content if piece not in dropped)
    if not left:
        raise NotAllowed("This is the quote's only fragment.", hint="Withdraw the quote instead.")
    return _set_content(project, thing_id, _text(project, thing_id), left)


def _set_content(project: Project, thing_id: str, text: str, content: Passages) -> Changes:
    form = form_of(text, [piece.span for piece in content])
    return annotation.edit(project, thing_id, verb="quote.content", content=content, form=form)


def set_form(project: Project, thing_id: str, form: QuoteForm) -> Changes:
    """Say whether the quote is direct, mixed or indirect."""
    quote_of(project, thing_id)
    return annotation.edit(project, thing_id, verb="quote.form", form=form)


def set_reported(project: Project, thing_id: str, reported: Reported) -> Changes:
    """Say whether the quote reports speech (or thought), or an act."""
    quote_of(project, thing_id)
    return annotation.edit(project, thing_id, verb="quote.reported", reported=reported)


def set_source_kind(project: Project, thing_id: str, kind: SourceKind) -> Changes:
    """Say how the text names the source; `none` flags the quote as unattributed."""
    quote_of(project, thing_id)
    return annotation.edit(project, thing_id, verb="quote.source_kind", source_kind=kind)


def set_speaker(project: Project, thing_id: str, actor: str | actors.NewActor | None) -> Changes:
    """Link a quote, or an entity, to an actor, a new one too; `None` takes the link away.

    Raises:
        NotAllowed: the registry has no such actor; the new one's name is empty or taken.
    """
    thing = annotation.find(project, thing_id)
    body = thing.draft if isinstance(thing, Suggestion) else thing
    is_quote = isinstance(body, Quote | QuoteDraft)
    verb = "quote.speaker" if is_quote else "entity.actor"
    with project.one_act(verb) as act:
        linked = actors.ensure(project, actor) if actor is not None else None
        if is_quote:
            annotation.edit(project, thing_id, verb=verb, speaker=linked)
        else:
            annotation.edit(project, thing_id, verb=verb, actor=linked)
    return act.changes


def take_guess(project: Project, thing_id: str, guess: SpeakerGuess) -> Changes:
    """Link a quote to whom a guess means, sure or not; somebody new is made in the same act."""
    quote_of(project, thing_id)
    if guess.is_unnamed:
        return set_unnamed(project, thing_id)
    return annotation.edit(project, thing_id, verb="quote.speaker", guess=guess)


def set_unnamed(project: Project, thing_id: str) -> Changes:
    """Say that the article does not name the speaker: nobody is linked, and nobody is missing.

    Raises:
        NotAllowed: the quote has no source in the text.
    """
    if not quote_of(project, thing_id).source:
        raise NotAllowed(
            "This quote has no source in the text.", hint="Say with O which words name it; U says that there are none."
        )
    return annotation.edit(project, thing_id, verb="quote.unnamed", source_kind="anonymous", speaker=None)


def nest(project: Project, quote_id: str, outer_id: str | None) -> Changes:
    """Say that a quote stands inside another one of its article, or with `None` that it stands in none.

    Raises:
        NotAllowed: the other is no quote of the article, is the quote itself, or stands inside it.
    """
    quote_of(project, quote_id)
    article = annotation.find(project, quote_id).article
    seen = {quote_id}
    above = outer_id
    while above is not None:
        outer = own_quote(project, above)
        if outer.article != article:
            raise NotAllowed("That quote is in another article.", hint="Choose a quote around this one.")
        if outer.id in seen:
            raise NotAllowed("A quote cannot stand inside itself.", hint="Choose the quote around it.")
        seen.add(outer.id)
        above = outer.nested_in
    return annotation.edit(project, quote_id, verb="quote.nest", nested_in=outer_id)


def own_quote(project: Project, quote_id: str) -> Quote:
    """The quote of that id, which must be a record.

    Raises:
        NotAllowed: it is an entity or a suggestion, or not there any more.
    """
    found = annotation.find(project, quote_id)
    if not isinstance(found, Quote):
        what = "an entity" if isinstance(found, Entity) else "a suggestion"
        raise NotAllowed(f"This is {what}, not a quote of yours.", hint="Accept the quote first.")
    return found


def _text(project: Project, thing_id: str) -> str:
    return annotation.text_of(project, annotation.find(project, thing_id).article)
