"""What an annotator does in an article: accept, reject, correct, add, change, withdraw. Each is one act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from annotator.domain.canonical import canonical_json
from annotator.domain.drafts import EntityDraft, QuoteForm, SourceKind, SpeakerGuess, StanceDraft, Suggestion
from annotator.domain.errors import NotAllowed
from annotator.domain.journal import Changes
from annotator.domain.records import ArticleState, ArticleStatus, Entity, Quote, Rejection, Stance
from annotator.domain.review import OpenSuggestions
from annotator.domain.spans import Passage, Span, passage, passages, trimmed
from annotator.services.importing import status_of
from annotator.services.nesting import nest
from annotator.services.origins import judged, record_of, rejection_of
from annotator.services.speakers import Linker, is_as_guessed
from annotator.services.stance_taking import StanceTaker
from annotator.store import articles, rows, suggestions
from annotator.store.journal import Step, new_id
from annotator.store.project import Project


def accept(project: Project, suggestion_ids: str | Iterable[str]) -> Changes:
    """Make one suggestion, or several in one act, the annotator's own work as they stand.

    A quote is linked to its first guess at the speaker where that is sure; an actor who is new is made in the same act.
    A stance brings its quote along where that is still only suggested, and its target where that is new.
    """
    wanted = _wanted(project, suggestion_ids)
    with project.step(f"{_kinds(wanted)}.accept") as step:
        linker = Linker(project, step)
        marks = [one for one in wanted if not isinstance(one.draft, StanceDraft)]
        made = [linker.linked(record_of(one, author=step.author, act="accepted")) for one in marks]
        step.put_new(made)
        nest(project, step, made)
        taker = StanceTaker(project, step, linker)
        for one in wanted:
            if isinstance(one.draft, StanceDraft):
                taker.take(one)
        start(project, step, {one.article for one in wanted})
    return step.changes


def reject(project: Project, suggestion_ids: str | Iterable[str]) -> Changes:
    """Turn suggestions down; they are not proposed again."""
    wanted = _wanted(project, suggestion_ids)
    with project.step(f"{_kinds(wanted)}.reject") as step:
        step.put_new(_rejections(step, wanted))
        start(project, step, {one.article for one in wanted})
    return step.changes


def add_entity(project: Project, article: str, span: Span, label: str) -> Changes:
    """Mark an entity; white space at its edges is left out.

    Raises:
        NotAllowed: the codebook has no such label in use, the span is empty, or it is marked with that label already.
    """
    _check_label(project, label)
    piece = piece_of(text_of(project, article), span)
    _check_unmarked(project, article, piece, label)
    with project.step("entity.add") as step:
        step.put_new(
            [
                Entity(
                    id=new_id(),
                    author=step.author,
                    article=article,
                    start=piece.start,
                    end=piece.end,
                    text=piece.text,
                    label=label,
                )
            ]
        )
        start(project, step, {article})
    return step.changes


def add_quote(
    project: Project, article: str, content: Sequence[Span], *, form: QuoteForm, source_kind: SourceKind = "none"
) -> Changes:
    """Mark a quote's content; source, cue and speaker can be set later.

    Raises:
        NotAllowed: there is no content, or a part of it does not lie in the article or is blank.
    """
    text = text_of(project, article)
    pieces = passages(text, [piece_of(text, span).span for span in content])
    if not pieces:
        raise NotAllowed("A quote needs some content.", hint="Select some text first.")
    with project.step("quote.add") as step:
        step.put_new(
            [
                Quote(
                    id=new_id(),
                    author=step.author,
                    article=article,
                    content=pieces,
                    form=form,
                    source_kind=source_kind,
                )
            ]
        )
        start(project, step, {article})
    return step.changes


def relabel(project: Project, thing_id: str, label: str) -> Changes:
    """Give an entity another label; a suggested one becomes the annotator's own, corrected.

    Raises:
        NotAllowed: it is no entity, or the codebook has no such label in use.
    """
    _check_label(project, label)
    return edit(project, thing_id, verb="entity.relabel", label=label)


def resize(project: Project, thing_id: str, span: Span, *, fragment: int = 0) -> Changes:
    """Move the edges of an entity or of one fragment of a quote's content; a suggestion becomes a corrected record.

    Raises:
        NotAllowed: the span does not lie in the article or is blank, would run into another fragment, or the same
            entity is there already; there is no such fragment.
    """
    thing = find(project, thing_id)
    piece = piece_of(text_of(project, thing.article), span)
    old = thing.draft if isinstance(thing, Suggestion) else thing
    if isinstance(old, StanceDraft):
        raise _no_mark()
    if isinstance(old, Entity | EntityDraft):
        return edit(project, thing_id, verb="entity.resize", start=piece.start, end=piece.end, text=piece.text)
    if not 0 <= fragment < len(old.content):
        raise NotAllowed(f"The quote has no fragment {fragment + 1}.", hint="Select one of its fragments.")
    others = [one for number, one in enumerate(old.content) if number != fragment]
    if any(one.span.overlaps(piece.span) for one in others):
        raise NotAllowed("The fragments of a quote cannot overlap.", hint="Join them instead.")
    return edit(project, thing_id, verb="quote.resize", content=tuple(sorted([*others, piece])))


def withdraw(project: Project, record_id: str) -> Changes:
    """Take one's own record back; what was suggested there stays rejected, so that it does not come up again.

    What rests on a quote (a quote inside it, a stance's evidence) stays and no longer names it, in the same act.
    """
    record = find(project, record_id)
    if isinstance(record, Suggestion):
        return reject(project, record.id)
    with project.step(f"{'entity' if isinstance(record, Entity) else 'quote'}.withdraw") as step:
        if isinstance(record, Quote):
            let_go(project, step, record)
        step.withdraw(record)
        step.put_new(_rejections(step, [record]))
    return step.changes


def set_status(
    project: Project, article: str, *, state: ArticleState | None = None, is_flagged: bool | None = None
) -> Changes:
    """Say how far one is with an article, or flag it.

    Raises:
        NotAllowed: the article is not in the queue.
    """
    if articles.article_row(project.conn, project.author.id, article) is None:
        raise _no_article()
    with project.step("article.state" if state else "article.flag") as step:
        old = status_of(project, article) or ArticleStatus(id=new_id(), author=step.author, article=article)
        changed = msgspec.structs.replace(
            old,
            state=state or old.state,
            is_flagged=old.is_flagged if is_flagged is None else is_flagged,
        )
        step.put(changed)
    return step.changes


def find(project: Project, thing_id: str) -> Entity | Quote | Suggestion:
    """The entity, quote or suggestion of that id.

    Raises:
        NotAllowed: it is not there (any more).
    """
    for kind in ("entity", "quote"):
        record = rows.get(project.conn, kind, thing_id)
        if isinstance(record, Entity | Quote):
            return record
    suggestion = suggestions.get_remembered(project.conn, thing_id, project.memory)
    if suggestion is None:
        raise NotAllowed("That is not there any more.", hint="Choose another one.")
    return suggestion


def edit(project: Project, thing_id: str, *, verb: str, guess: SpeakerGuess | None = None, **fields: object) -> Changes:
    """Change fields of an entity or a quote; a suggestion becomes the annotator's own, corrected.

    With `guess` the speaker is whom it means, who is made in the same act where nobody of that name is there.

    Raises:
        NotAllowed: it is decided already, or has no such fields.
    """
    thing = find(project, thing_id)
    if isinstance(thing, Suggestion) and isinstance(thing.draft, StanceDraft):
        raise _no_mark()
    if isinstance(thing, Suggestion) and _is_decided(project, thing):
        raise NotAllowed("That suggestion is decided already.", hint="Change what came of it, or undo that first.")
    body = thing.draft if isinstance(thing, Suggestion) else thing
    if not set(fields) <= set(body.__struct_fields__):
        record_fields = set((Entity if isinstance(body, Entity | EntityDraft) else Quote).__struct_fields__)
        if not set(fields) <= record_fields:
            raise NotAllowed("That does not go with what is selected.", hint="Select an entity or a quote first.")
    elif guess is None and isinstance(thing, Suggestion) and msgspec.structs.replace(body, **fields) == body:
        return accept(project, thing.id)
    with project.step(verb) as step:
        record = record_of(thing, author=step.author, act="corrected") if isinstance(thing, Suggestion) else thing
        # Another source is another speaker; any other correction keeps the one that was shown.
        if guess is not None:
            fields["speaker"] = Linker(project, step).actor(guess)
        elif isinstance(thing, Suggestion) and not {"source", "speaker"} & set(fields):
            record = Linker(project, step).linked(record)
        record = msgspec.structs.replace(record, **fields)
        changed = judged(record, is_speaker_right=is_as_guessed(project, record))
        if isinstance(changed, Entity):
            piece = Passage(changed.start, changed.end, changed.text)
            _check_unmarked(project, changed.article, piece, changed.label, but=changed.id)
        if isinstance(thing, Suggestion):
            step.put_new([changed])
            nest(project, step, [changed])
        else:
            step.put(changed)
        start(project, step, {thing.article})
    return step.changes


def _wanted(project: Project, suggestion_ids: str | Iterable[str]) -> list[Suggestion]:
    """The suggestions of these ids that are not decided yet, each once."""
    ids = [suggestion_ids] if isinstance(suggestion_ids, str) else dict.fromkeys(suggestion_ids)
    memory = project.memory
    known = [suggestions.get_remembered(project.conn, one, memory) for one in ids]
    found = [one for one in known if one is not None and not _is_decided(project, one)]
    if not found:
        raise NotAllowed("There is no suggestion to decide about here.", hint="Go to the next one.")
    return found


def _is_decided(project: Project, one: Suggestion) -> bool:
    """Whether the author has decided about a suggestion, or about what the model made before memory changed it."""
    raw = suggestions.get(project.conn, one.id)
    return _is_draft_decided(project, one) or (raw is not None and raw != one and _is_draft_decided(project, raw))


def _is_draft_decided(project: Project, one: Suggestion) -> bool:
    """Whether the author has turned the draft down, made a record from it, or marked the same."""
    mine = "article = ? AND author = ?"
    values = (one.article, project.author.id)
    rejected = f"{mine} AND instr(suggested, ?)"
    # Rejections and origins hold the draft whole, in canonical JSON.
    if isinstance(one.draft, EntityDraft):
        draft = canonical_json(one.draft).decode("utf-8")
        if rows.select(project.conn, "rejection", rejected, (*values, draft)):
            return True
        place = (one.draft.start, one.draft.end)
        same = f'{mine} AND (start = ? AND "end" = ? OR instr(origin, ?))'
        return bool(rows.select(project.conn, "entity", same, (*values, *place, draft)))
    if isinstance(one.draft, StanceDraft):
        kinds = ("rejection", "stance")
        records = [record for kind in kinds for record in rows.select(project.conn, kind, mine, values)]
        return not OpenSuggestions([one], records).open()
    # The same content is the same proposal, whoever is guessed to have said it now.
    content = canonical_json(one.draft.content).decode("utf-8")
    proposed = f'"content":{content}'
    if rows.select(project.conn, "rejection", rejected, (*values, proposed)):
        return True
    same = f"{mine} AND (content = ? OR instr(origin, ?))"
    return bool(rows.select(project.conn, "quote", same, (*values, content, proposed)))


def _rejections(step: Step, things: Iterable[Suggestion | Entity | Quote]) -> list[Rejection]:
    made = (rejection_of(one, author=step.author) for one in things)
    return [one for one in made if one is not None]


def _kinds(wanted: Sequence[Suggestion]) -> str:
    if len(wanted) > 1:
        return "suggestions"
    draft = wanted[0].draft
    return "entity" if isinstance(draft, EntityDraft) else "stance" if isinstance(draft, StanceDraft) else "quote"


def start(project: Project, step: Step, touched: set[str]) -> None:
    """The first decision in an article says that one is working on it."""
    for article in sorted(touched):
        status = status_of(project, article)
        if status is None:
            # A colleague put the article into the queue.
            status = ArticleStatus(id=new_id(), author=step.author, article=article)
        if status.state == "todo":
            step.put(msgspec.structs.replace(status, state="in_progress"))


def _no_mark() -> NotAllowed:
    return NotAllowed("That does not go with a suggested stance.", hint="Accept, change or reject it.")


def _check_label(project: Project, label: str) -> None:
    known = project.codebook().codebook.label(label)
    if known is None or known.is_retired:
        raise NotAllowed(f"The codebook has no label {label} in use.", hint="Choose one of its labels.")


def _check_unmarked(project: Project, article: str, piece: Passage, label: str, *, but: str = "") -> None:
    same = 'article = ? AND author = ? AND start = ? AND "end" = ? AND label = ? AND id <> ?'
    values = (article, project.author.id, piece.start, piece.end, label, but)
    if rows.select(project.conn, "entity", same, values):
        raise NotAllowed(f"“{short(piece.text)}” is marked as {label} already.", hint="Choose another label or text.")


def let_go(project: Project, step: Step, quote: Quote, *, instead: str | None = None) -> None:
    """What the author rested on a quote no longer names it, but the quote `instead` or none; the passages stay."""
    for one in rows.select(project.conn, "quote", "nested_in = ? AND author = ?", (quote.id, step.author)):
        step.put(msgspec.structs.replace(one, nested_in=None if one.id == instead else instead))
    values = (quote.article, step.author, f'"quote":"{quote.id}"')
    for one in rows.select(project.conn, "stance", "article = ? AND author = ? AND instr(evidence, ?)", values):
        if isinstance(one, Stance):
            evidence = tuple(
                msgspec.structs.replace(piece, quote=instead) if piece.quote == quote.id else piece
                for piece in one.evidence
            )
            step.put(msgspec.structs.replace(one, evidence=evidence))


def text_of(project: Project, article: str) -> str:
    """The text of an article.

    Raises:
        NotAllowed: there is none of that id.
    """
    found = articles.get(project.conn, article)
    if found is None:
        raise _no_article()
    return found.text


def _no_article() -> NotAllowed:
    return NotAllowed("That article is not in this project.", hint="Choose one from the queue.")


def piece_of(text: str, span: Span) -> Passage:
    """The passage of a span without the white space at its edges.

    Raises:
        NotAllowed: it does not lie in the text, or is blank.
    """
    passage(text, span.start, span.end)
    inner = trimmed(text, span)
    piece = passage(text, inner.start, inner.end)
    if not piece.text.strip():
        raise NotAllowed("There is only white space there.", hint="Select some text first.")
    return piece


def short(text: str) -> str:
    """The text, cut where it is too long for a message."""
    return text if len(text) <= 40 else text[:39] + "…"
