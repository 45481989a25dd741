"""What an annotator does to a quote: its cue, sources, fragments, form, source kind, speaker. Each is one act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import msgspec

from annotator.domain.drafts import QuoteDraft, QuoteForm, SourceKind, Suggestion
from annotator.domain.errors import NotAllowed
from annotator.domain.journal import Changes
from annotator.domain.quotation import form_of
from annotator.domain.records import Entity, Quote
from annotator.domain.sources import kind_of_words
from annotator.domain.spans import Passages, Span, passage, passages, trimmed
from annotator.services import annotation
from annotator.store.journal import new_id
from annotator.store.project import Project

FORMS: tuple[QuoteForm, ...] = get_args(QuoteForm)
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
    """Say which words report the speech ("said"), or with `None` that there are none."""
    quote_of(project, thing_id)
    cue = None
    if span is not None:
        text = _text(project, thing_id)
        inner = trimmed(text, span)
        cue = passage(text, inner.start, inner.end)
    return annotation.edit(project, thing_id, verb="quote.cue", cue=cue)


def set_source(project: Project, thing_id: str, spans: Sequence[Span]) -> Changes:
    """Say which words name the source; the source kind is proposed from them."""
    quote_of(project, thing_id)
    text = _text(project, thing_id)
    source = passages(text, [trimmed(text, span) for span in spans])
    kind = kind_of_words(" ".join(piece.text for piece in source))
    return annotation.edit(project, thing_id, verb="quote.source", source=source, source_kind=kind)


def add_source(project: Project, thing_id: str, span: Span) -> Changes:
    """Add words to the source, or take them out when they are its source already."""
    quote = quote_of(project, thing_id)
    here = [piece.span for piece in quote.source]
    spans = [one for one in here if one != span] if span in here else [*here, span]
    return set_source(project, thing_id, spans)


def add_fragment(project: Project, thing_id: str, span: Span) -> Changes:
    """Add a piece to the content; touching pieces become one."""
    quote = quote_of(project, thing_id)
    text = _text(project, thing_id)
    content = passages(text, [*(piece.span for piece in quote.content), trimmed(text, span)])
    return _set_content(project, thing_id, text, content)


def drop_fragment(project: Project, thing_id: str, place: int) -> Changes:
    """Take the fragment at a place of the text out of the content.

    Raises:
        NotAllowed: there is no fragment there, or it is the only one.
    """
    quote = quote_of(project, thing_id)
    left = tuple(piece for piece in quote.content if not piece.start <= place <= piece.end)
    if len(left) == len(quote.content):
        raise NotAllowed("No fragment of this quote is at the caret.", hint="Put the caret into the fragment to drop.")
    if not left:
        raise NotAllowed("This is the quote's only fragment.", hint="Withdraw the quote instead (Backspace).")
    return _set_content(project, thing_id, _text(project, thing_id), left)


def _set_content(project: Project, thing_id: str, text: str, content: Passages) -> Changes:
    form = form_of(text, [piece.span for piece in content])
    return annotation.edit(project, thing_id, verb="quote.content", content=content, form=form)


def split(project: Project, quote_id: str, place: int) -> Changes:
    """Make two quotes of one, at a place of the text: between two fragments, or inside one.

    Both keep cue, source and speaker.

    Raises:
        NotAllowed: nothing of the content lies on one side of the place.
    """
    quote = _own(project, quote_id)
    text = _text(project, quote_id)
    before = [Span(piece.start, min(piece.end, place)) for piece in quote.content if piece.start < place]
    after = [Span(max(piece.start, place), piece.end) for piece in quote.content if piece.end > place]
    sides = [[trimmed(text, one) for one in side if text[one.start : one.end].strip()] for side in (before, after)]
    if not all(sides):
        raise NotAllowed("The quote cannot be split here.", hint="Put the caret inside its content.")
    with project.step("quote.split") as step:
        first, second = (passages(text, side) for side in sides)
        step.put(msgspec.structs.replace(quote, content=first, form=form_of(text, sides[0])))
        twin = msgspec.structs.replace(
            quote, id=new_id(), content=second, form=form_of(text, sides[1]), origin=type(quote.origin)()
        )
        step.put_new([twin])
    return step.changes


def join(project: Project, quote_id: str, other_id: str) -> Changes:
    """Make one quote of two of the same article: the first keeps its cue, source and speaker where it has them."""
    first, second = _own(project, quote_id), _own(project, other_id)
    if first.article != second.article or first.id == second.id:
        raise NotAllowed("Two quotes of one article can be joined.", hint="Select one of them, then join.")
    text = _text(project, quote_id)
    content = passages(text, [piece.span for piece in (*first.content, *second.content)])
    joined = msgspec.structs.replace(
        first,
        content=content,
        form=form_of(text, [piece.span for piece in content]),
        cue=first.cue or second.cue,
        source=first.source or second.source,
        source_kind=first.source_kind if first.source else second.source_kind,
        speaker=first.speaker or second.speaker,
    )
    with project.step("quote.join") as step:
        annotation.let_go(project, step, second, instead=first.id)
        step.withdraw(second)
        step.put(joined)
    return step.changes


def set_form(project: Project, thing_id: str, form: QuoteForm) -> Changes:
    """Say whether the quote is direct, mixed or indirect."""
    quote_of(project, thing_id)
    return annotation.edit(project, thing_id, verb="quote.form", form=form)


def set_source_kind(project: Project, thing_id: str, kind: SourceKind) -> Changes:
    """Say how the text names the source; `none` flags the quote as unattributed."""
    quote_of(project, thing_id)
    return annotation.edit(project, thing_id, verb="quote.source_kind", source_kind=kind)


def set_speaker(project: Project, thing_id: str, actor: str | None) -> Changes:
    """Link a quote, or an entity, to an actor; `None` takes the link away."""
    thing = annotation.find(project, thing_id)
    body = thing.draft if isinstance(thing, Suggestion) else thing
    field = "speaker" if isinstance(body, Quote | QuoteDraft) else "actor"
    return annotation.edit(
        project, thing_id, verb=f"{'quote.speaker' if field == 'speaker' else 'entity.actor'}", **{field: actor}
    )


def nest(project: Project, quote_id: str, outer_id: str | None) -> Changes:
    """Say that a quote stands inside another one.

    Raises:
        NotAllowed: it is the quote itself, or one that stands inside it.
    """
    seen = {quote_id}
    above = outer_id
    while above is not None:
        if above in seen:
            raise NotAllowed("A quote cannot stand inside itself.", hint="Choose the quote around it.")
        seen.add(above)
        above = _own(project, above).nested_in
    return annotation.edit(project, quote_id, verb="quote.nest", nested_in=outer_id)


def _own(project: Project, quote_id: str) -> Quote:
    found = annotation.find(project, quote_id)
    if not isinstance(found, Quote):
        what = "an entity" if isinstance(found, Entity) else "a suggestion"
        raise NotAllowed(f"This is {what}, not a quote of yours.", hint="Accept the quote first.")
    return found


def _text(project: Project, thing_id: str) -> str:
    return annotation.text_of(project, annotation.find(project, thing_id).article)
