"""Taking exported annotations into a project, as the annotator's own layer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from annotator.domain.articles import new_article
from annotator.domain.codebook import Codebook, Label
from annotator.domain.errors import BadExchange
from annotator.domain.exchange import ArticleLine, QuoteLine, StanceLine
from annotator.domain.journal import Changes
from annotator.domain.progress import Job, Progress
from annotator.domain.records import (
    Actor,
    ArticleStatus,
    CodebookVersion,
    Entity,
    Evidence,
    Note,
    Quote,
    Record,
    Rejection,
    Stance,
    Target,
    kind_of,
)
from annotator.domain.spans import Passage, Span
from annotator.ingest.jsonl import read_lines
from annotator.services.importing import status_of
from annotator.services.lines import Meanings
from annotator.store import articles, backup, rows
from annotator.store.journal import Step, new_id
from annotator.store.project import Project


class TakeResult(msgspec.Struct, frozen=True, kw_only=True):
    """What an import of annotations did."""

    articles: int = 0
    records: int = 0
    known: int = 0
    changes: Changes = Changes()

    @property
    def summary(self) -> str:
        """One sentence for the message bar and the terminal."""
        told = f", {self.known} there already" if self.known else ""
        return f"{self.records} records taken over on {self.articles} articles{told}."


def take_annotations(project: Project, files: Sequence[Path]) -> Job[TakeResult]:
    """A job that takes the layer of `annotator-article/1` files over as the annotator's own, in one act.

    Articles that are new come along. A record that is there already, just the same, is left alone; so is the state
    of an article that the annotator has begun to work on. Actors and targets that were merged count as the kept one.

    Raises:
        BadExchange: a line is not sound, or a record is there already and differs; nothing is changed.
    """
    if not project.is_read_only and articles.ids(project.conn):
        backup.back_up(project)
    taken = known = 0
    labels: set[str] = set()
    seen: set[str] = set()
    # What the file brings in cannot be merged yet: one look at the registries is enough.
    meanings = Meanings(project)
    with project.step("annotations.import") as step:
        for file in files:
            for line in read_lines(file):
                if line.layer == "suggestions":
                    raise BadExchange(
                        f"{file.name} holds suggestions, which are nobody's work yet.",
                        hint="Import an export of a layer, such as mine.",
                    )
                new, same = _take_line(project, step, line, meanings)
                taken, known = taken + new, known + same
                seen.add(line.article.id)
                labels |= {one.label for one in line.entities}
                yield Progress(len(seen), 0, line.article.name)
        _take_labels(project, step, labels)
    return TakeResult(articles=len(seen), records=taken, known=known, changes=step.changes)


def _take_line(project: Project, step: Step, line: ArticleLine, meanings: Meanings) -> tuple[int, int]:
    meta = line.article
    article = msgspec.structs.replace(
        new_article(line.text, name=meta.name),
        title=meta.title,
        sections=line.sections,
        language=meta.language,
        outlet=meta.outlet,
        author=meta.author,
        published=meta.published,
        url=meta.url,
    )
    articles.add(step.conn, article, imported=project.now())
    _take_status(project, step, line)
    fresh: list[Record] = []
    known = 0
    for record in _records(step.author, line):
        there = rows.get(step.conn, kind_of(record), record.id)
        if there is None:
            fresh.append(record)
        elif isinstance(record, Actor | Target) or meanings.led(there) == meanings.led(record):
            known += 1
        else:
            raise BadExchange(
                f"{meta.name}: {kind_of(record)} {record.id} is in the project already and differs.",
                hint="Import it into a new project, or withdraw your own first.",
            )
    step.put_new(fresh)
    return len(fresh), known


def _take_status(project: Project, step: Step, line: ArticleLine) -> None:
    mine = status_of(project, line.article.id)
    if line.status is None:
        if mine is None:
            step.put_new([ArticleStatus(id=new_id(), author=step.author, article=line.article.id)])
        return
    if mine is not None and (mine.state != "todo" or mine.is_flagged):
        return
    taken = ArticleStatus(
        id=mine.id if mine else line.status.id,
        author=step.author,
        article=line.article.id,
        state=line.status.state,
        is_flagged=line.status.is_flagged,
    )
    step.put(taken)


def _records(author: str, line: ArticleLine) -> Iterator[Record]:
    """The records of a line; ranges become passages of its text."""
    article, text = line.article.id, line.text
    for actor in line.actors:
        yield Actor(
            id=actor.id, author=author, type=actor.type, name=actor.name, aliases=actor.aliases, roles=actor.roles
        )
    for target in line.targets:
        yield Target(id=target.id, author=author, kind=target.kind, label=target.label, statement=target.statement)
    for entity in line.entities:
        yield Entity(
            id=entity.id,
            author=author,
            article=article,
            start=entity.start,
            end=entity.end,
            text=entity.text,
            label=entity.label,
            actor=entity.actor,
            origin=entity.origin,
        )
    for quote in line.quotes:
        yield _quote(author, article, text, quote)
    for stance in line.stances:
        yield _stance(author, article, text, stance)
    for note in line.notes:
        yield Note(
            id=note.id,
            author=author,
            article=article,
            subject=note.subject,
            reply_to=note.reply_to,
            text=note.text,
            is_resolved=note.is_resolved,
        )
    for one in line.rejections:
        yield Rejection(
            id=one.id,
            author=author,
            article=article,
            suggested=one.suggested,
            name=one.name,
            version=one.version,
            score=one.score,
        )


def _pieces(text: str, spans: Iterable[Span]) -> tuple[Passage, ...]:
    return tuple(Passage(span.start, span.end, text[span.start : span.end]) for span in spans)


def _quote(author: str, article: str, text: str, one: QuoteLine) -> Quote:
    return Quote(
        id=one.id,
        author=author,
        article=article,
        content=_pieces(text, one.content),
        source=_pieces(text, one.source),
        cue=_pieces(text, [one.cue])[0] if one.cue else None,
        form=one.form,
        source_kind=one.source_kind,
        reported=one.reported,
        speaker=one.speaker,
        nested_in=one.nested_in,
        origin=one.origin,
    )


def _stance(author: str, article: str, text: str, one: StanceLine) -> Stance:
    return Stance(
        id=one.id,
        author=author,
        article=article,
        holder=one.holder,
        via=one.via,
        target=one.target,
        dimension=one.dimension,
        position=one.position,
        explicitness=one.explicitness,
        confidence=one.confidence,
        rationale=one.rationale,
        evidence=tuple(
            Evidence(spans=_pieces(text, piece.spans), type=piece.type, quote=piece.quote) for piece in one.evidence
        ),
        is_submitted=one.is_submitted,
        origin=one.origin,
    )


def _take_labels(project: Project, step: Step, labels: set[str]) -> None:
    """Labels that the codebook lacks come into a new version of it, so that every record has its label."""
    current = project.codebook()
    missing = sorted(labels - {one.name for one in current.codebook.labels})
    if not missing:
        return
    extended: Codebook = msgspec.structs.replace(
        current.codebook, labels=(*current.codebook.labels, *(Label(name=name) for name in missing))
    )
    step.put_new([CodebookVersion(id=new_id(), author=step.author, version=current.version + 1, codebook=extended)])
