"""One quote becomes two, two become one. Each is one act."""

from __future__ import annotations

import msgspec

from annotator.domain.drafts import QuoteDraft, Suggestion
from annotator.domain.errors import NotAllowed
from annotator.domain.journal import Changes
from annotator.domain.quotation import form_of
from annotator.domain.records import Origin, Quote
from annotator.domain.spans import Passages, Span, hull, passages, trimmed
from annotator.services import annotation
from annotator.services.origins import judged, record_of, rejection_of
from annotator.store import rows, suggestions
from annotator.store.journal import Step, new_id
from annotator.store.project import Project


def split(project: Project, quote_id: str, place: int) -> Changes:
    """Make two quotes of one, at a place of the text: between two fragments, or inside one.

    Both keep cue, source and speaker. What was suggested stays with the first; quotes inside go with their part.

    Raises:
        NotAllowed: nothing of the content lies on one side of the place, or it is a suggestion that is decided.
    """
    quote = _quote(project, quote_id)
    text = annotation.text_of(project, quote.article)
    before = [Span(piece.start, min(piece.end, place)) for piece in quote.content if piece.start < place]
    after = [Span(max(piece.start, place), piece.end) for piece in quote.content if piece.end > place]
    sides = [[trimmed(text, one) for one in side if text[one.start : one.end].strip()] for side in (before, after)]
    if not all(sides):
        raise NotAllowed("The quote cannot be split here.", hint="Put the caret inside its content.")
    first, second = (passages(text, side) for side in sides)
    with project.step("quote.split") as step:
        inside = rows.select(project.conn, "quote", "nested_in = ? AND author = ?", (quote.id, step.author))
        step.put(_with_content(quote, text, first))
        twin = _with_content(msgspec.structs.replace(quote, id=new_id(), origin=Origin()), text, second)
        step.put_new([twin])
        for one in inside:
            if isinstance(one, Quote) and hull(one.content).start >= place:
                step.put(msgspec.structs.replace(one, nested_in=twin.id))
        annotation.start(project, step, {quote.article})
    return step.changes


def join(project: Project, quote_id: str, other_id: str) -> Changes:
    """Make one quote of two of the same article: the first keeps its cue, source and speaker where it has them.

    What was suggested for the other one does not come up again.

    Raises:
        NotAllowed: they are the same quote, of two articles, or a suggestion that is decided.
    """
    first, second = _quote(project, quote_id), _quote(project, other_id)
    if first.article != second.article or first.id == second.id:
        raise NotAllowed("Two quotes of one article can be joined.", hint="Select one of them, then join.")
    joined = _joined(project, first, second)
    with project.step("quote.join") as step:
        if second.id == other_id:  # A suggestion has another id, and nothing rests on it.
            annotation.let_go(project, step, second, instead=first.id)
            step.withdraw(second)
        step.put(joined)
        _settle(step, second, joined)
        annotation.start(project, step, {first.article})
    return step.changes


def _joined(project: Project, first: Quote, second: Quote) -> Quote:
    text = annotation.text_of(project, first.article)
    source = first if first.source or not second.source else second
    origin = first.origin if first.origin.suggested or not second.origin.suggested else second.origin
    joined = msgspec.structs.replace(
        first,
        cue=first.cue or second.cue,
        source=source.source,
        source_kind=source.source_kind,
        speaker=first.speaker or second.speaker,
        nested_in=_nested_in(project, first, second),
        origin=origin,
    )
    return _with_content(joined, text, passages(text, [piece.span for piece in (*first.content, *second.content)]))


def _nested_in(project: Project, first: Quote, second: Quote) -> str | None:
    """What stands around both, so that the joined quote never stands inside itself."""
    if first.id in _around(project, second):
        return first.nested_in
    if second.id in _around(project, first):
        return second.nested_in
    return first.nested_in or second.nested_in


def _around(project: Project, quote: Quote) -> list[str]:
    found: list[str] = []
    above = quote.nested_in
    while above is not None and above not in found:
        found.append(above)
        outer = rows.get(project.conn, "quote", above)
        above = outer.nested_in if isinstance(outer, Quote) else None
    return found


def _settle(step: Step, gone: Quote, joined: Quote) -> None:
    """A record holds one suggestion: that of the quote that went into another one is marked as decided."""
    rejection = rejection_of(gone, author=step.author)
    if rejection is not None and rejection.suggested != joined.origin.suggested:
        step.put_new([rejection])


def _quote(project: Project, thing_id: str) -> Quote:
    """The quote of that id; one that is not written yet where it is a suggestion."""
    found = annotation.find(project, thing_id)
    if isinstance(found, Suggestion) and isinstance(found.draft, QuoteDraft):
        still_open = suggestions.open_of(project.conn, found.article, project.author.id, project.memory)
        if all(one.id != found.id for one in still_open):
            raise NotAllowed("That suggestion is decided already.", hint="Change what came of it, or undo that first.")
        found = record_of(found, author=project.author.id, act="corrected")
    if not isinstance(found, Quote):
        raise NotAllowed("This is an entity, not a quote.", hint="Select a quote first.")
    return found


def _with_content(quote: Quote, text: str, content: Passages) -> Quote:
    form = form_of(text, [piece.span for piece in content])
    changed = judged(msgspec.structs.replace(quote, content=content, form=form))
    assert isinstance(changed, Quote)
    return changed
