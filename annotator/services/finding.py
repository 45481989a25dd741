"""Finding things by their words: articles, quotes, actors, stances and notes, with the words around each hit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Literal, get_args

import msgspec

from annotator.domain.progress import Job, Progress, drain
from annotator.domain.records import Entity, Note, Quote, Record, Stance, passages_of
from annotator.domain.spans import Passage, Span
from annotator.domain.words import CONTEXT_CHARS, context, first_hit, holds_all, tokens
from annotator.services.actors import actor_rows, matching
from annotator.services.targets import TargetRegistry
from annotator.store import articles, rows
from annotator.store import finding as store
from annotator.store.project import Project

FoundKind = Literal["article", "quote", "actor", "stance", "note"]
FOUND_KINDS: tuple[FoundKind, ...] = get_args(FoundKind)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was found: `before`, `hit` and `after` are its words in context, and read on as one text.

    `id` is that of the thing, `article` that of its article (empty for an actor or a note on none), `title` the
    article's title or the actor's name. `place` is where to go in the article, in code points: the hit itself where
    it stands in the text, else the beginning of what was found.
    """

    kind: FoundKind
    id: str
    article: str
    title: str
    before: str
    hit: str
    after: str
    place: int


def find(project: Project, words: str, *, kinds: Collection[FoundKind] = FOUND_KINDS, limit: int = 50) -> list[Found]:
    """What holds all the words, the last of which may be a beginning: by kind in the order of `FOUND_KINDS`, at most
    `limit` of each, the best first.

    Articles, notes and actors are everybody's; quotes and stances are the author's own. Actors are found fuzzily,
    stances also by their target. Capitals and diacritics make no difference.
    """
    return drain(find_job(project, words, kinds=kinds, limit=limit))


def find_job(
    project: Project, words: str, *, kinds: Collection[FoundKind] = FOUND_KINDS, limit: int = 50
) -> Job[list[Found]]:
    """A job that does what `find` does, a kind at a time: in a large corpus each takes some hundredths of a second."""
    wanted = tokens(words)
    found: list[Found] = []
    asked = [kind for kind in FOUND_KINDS if kind in kinds] if wanted else []
    for number, kind in enumerate(asked):
        yield Progress(number, len(asked), "Finding")
        found += _FINDERS[kind](project, words, wanted, limit)
    return found


def _articles(project: Project, words: str, wanted: Sequence[str], limit: int) -> list[Found]:
    made = []
    for one in store.found_articles(project.conn, words, limit=limit):
        hit = first_hit(one.text, wanted)
        text, span = (one.text, hit) if hit else (one.title, first_hit(one.title, wanted) or Span(0, 0))
        place = span.start if hit else 0
        made.append(_found("article", one.id, one.id, one.title, text, span, place))
    return made


def _quotes(project: Project, words: str, wanted: Sequence[str], limit: int) -> list[Found]:
    records = store.found_records(project.conn, "quote", words, author=project.author.id, limit=limit)
    return [_in_passages(project, "quote", one, one.article, wanted) for one in records if isinstance(one, Quote)]


def _stances(project: Project, words: str, wanted: Sequence[str], limit: int) -> list[Found]:
    me = project.author.id
    records = store.found_records(project.conn, "stance", words, author=me, limit=limit)
    made = [_stance(project, one, wanted) for one in records if isinstance(one, Stance)]
    registry = TargetRegistry(project)
    alike = {
        one: target for one in registry.ids() if (target := registry.target(one)) and holds_all(target.label, wanted)
    }
    known = {one.id for one in made}
    on_target = store.stances_on(project.conn, list(alike), author=me, limit=limit) if alike else []
    for one in on_target:
        if isinstance(one, Stance) and one.target in alike and one.id not in known:
            label = alike[one.target].label
            span = first_hit(label, wanted) or Span(0, 0)
            made.append(_found("stance", one.id, one.article, _title(project, one.article), label, span, _start(one)))
    return made[:limit]


def _stance(project: Project, one: Stance, wanted: Sequence[str]) -> Found:
    in_rationale = first_hit(one.rationale, wanted)
    if in_rationale and not any(first_hit(piece.text, wanted) for piece in passages_of(one)):
        title = _title(project, one.article)
        return _found("stance", one.id, one.article, title, one.rationale, in_rationale, _start(one))
    return _in_passages(project, "stance", one, one.article, wanted)


def _notes(project: Project, words: str, wanted: Sequence[str], limit: int) -> list[Found]:
    made = []
    for one in store.found_records(project.conn, "note", words, limit=limit):
        if isinstance(one, Note):
            span = first_hit(one.text, wanted) or Span(0, 0)
            title = _title(project, one.article) if one.article else ""
            made.append(
                _found("note", one.id, one.article or "", title, one.text, span, _place_of_subject(project, one))
            )
    return made


def _place_of_subject(project: Project, note: Note) -> int:
    for kind in ("entity", "quote", "stance"):
        found = rows.get(project.conn, kind, note.subject) if note.subject else None
        if isinstance(found, Entity | Quote | Stance):
            return _start(found)
    return 0


def _actors(project: Project, words: str, wanted: Sequence[str], limit: int) -> list[Found]:
    made = []
    for one in matching(actor_rows(project), words, limit=limit):
        names = [name for name in (one.name, *one.aliases) if first_hit(name, wanted)]
        text = names[0] if names else one.name
        span = first_hit(text, wanted) or Span(0, len(text))
        made.append(_found("actor", one.id, "", one.name, text, span, 0))
    return made


def _in_passages(project: Project, kind: FoundKind, record: Record, article: str, wanted: Sequence[str]) -> Found:
    """The record by its first passage that holds the words; the context is that of the article."""
    # Of a quote these are its content, then its source and cue.
    pieces = passages_of(record)
    hits = ((piece, hit) for piece in pieces if (hit := first_hit(piece.text, wanted)))
    piece, hit = next(hits, (pieces[0] if pieces else Passage(0, 0, ""), Span(0, 0)))
    span = Span(piece.start + hit.start, piece.start + hit.end)
    text = articles.text_of(project.conn, article)
    return _found(kind, record.id, article, _title(project, article), text, span, span.start)


def _start(record: Record) -> int:
    """Where a record begins: a quote with its content, whatever comes before that."""
    if isinstance(record, Quote) and record.content:
        return record.content[0].start
    return min((piece.start for piece in passages_of(record)), default=0)


def _title(project: Project, article: str) -> str:
    return store.titles(project.conn, [article]).get(article, "")


def _found(kind: FoundKind, id_: str, article: str, title: str, text: str, span: Span, place: int) -> Found:
    before, after = context(text, span, chars=CONTEXT_CHARS)
    hit = " ".join(text[span.start : span.end].split())
    return Found(kind=kind, id=id_, article=article, title=title, before=before, hit=hit, after=after, place=place)


_Finder = Callable[[Project, str, Sequence[str], int], Iterable[Found]]
_FINDERS: dict[FoundKind, _Finder] = {
    "article": _articles,
    "quote": _quotes,
    "actor": _actors,
    "stance": _stances,
    "note": _notes,
}
