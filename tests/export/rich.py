"""A small article with every kind of record.

An emoji before all of them, a quote in two pieces, a nested quote, entities that overlap, evidence across a line's end,
and a headline variant.
"""

from __future__ import annotations

import msgspec

from annotator.domain.drafts import EntityDraft, SpeakerGuess, StanceDraft, TargetGuess
from annotator.domain.exchange import (
    ActorLine,
    ArticleLine,
    EvidenceLine,
    NoteLine,
    QuoteLine,
    RejectionLine,
    StanceLine,
    StatusLine,
    TargetLine,
)
from annotator.domain.records import Origin
from annotator.domain.spans import Passage
from tests.article_lines import entity, line_of, span_of

TEXT = (
    "😅 Live.\n\n“We won’t pay 5%,” Hegseth of the Pentagon said on\nMonday. “Never,” he added.\n\n"
    "Alternative Headlines:\n- Hegseth: US won’t pay & won’t <talk>\n"
)


def rich_line() -> ArticleLine:
    """The article; the second entity lies in the first."""
    text = TEXT
    model = Origin(by="model", name="en", version="3.8.0", score=0.8125)
    entities = (
        entity(text, "Hegseth of the Pentagon", "PERSON", actor="actor-1", id="entity-1"),
        entity(text, "Pentagon", "ORG", id="entity-2", origin=model),
        entity(text, "Monday", "DATE", id="entity-3"),
        entity(text, "US", "GPE", id="entity-4"),
    )
    quotes = (
        QuoteLine(
            id="quote-1",
            form="direct",
            source_kind="named",
            content=(span_of(text, "“We won’t pay 5%,”"), span_of(text, "“Never,”")),
            source=(span_of(text, "Hegseth of the Pentagon"),),
            cue=span_of(text, "said"),
            speaker="actor-1",
            origin=Origin(),
        ),
        QuoteLine(
            id="quote-2",
            form="indirect",
            source_kind="none",
            reported="act",
            content=(span_of(text, "pay 5%"),),
            nested_in="quote-1",
            origin=model,
        ),
        QuoteLine(
            id="quote-3",
            form="indirect",
            source_kind="named",
            content=(span_of(text, "US won’t pay & won’t <talk>"),),
            source=(span_of(text, "Hegseth:"),),
            origin=Origin(),
        ),
    )
    stance = StanceLine(
        id="stance-1",
        holder="actor-2",
        via="actor-1",
        target="target-1",
        dimension="policy",
        position="oppose",
        explicitness="stated",
        confidence=2,
        rationale="He says “never”.",
        evidence=(
            EvidenceLine(spans=quotes[0].content, type="direct_quote", quote="quote-1"),
            EvidenceLine(spans=(span_of(text, "said on\nMonday"),), type="reported_action"),
        ),
        is_submitted=True,
        origin=Origin(),
    )
    wrong = span_of(text, "Live")
    rejected = EntityDraft(start=wrong.start, end=wrong.end, text="Live", label="ORG")
    line = line_of(
        text,
        name="003 Hegseth.txt",
        codebook="sha256:" + "0" * 64,
        status=StatusLine(id="status-1", state="done"),
        entities=entities,
        quotes=quotes,
        stances=(stance, StanceLine(id="stance-2", origin=Origin())),
        notes=(
            NoteLine(id="note-1", subject="quote-1", text="sure?\nor not"),
            NoteLine(id="note-2", reply_to="note-1", text="yes", is_resolved=True),
            NoteLine(id="note-3", text="look again"),
        ),
        rejections=(RejectionLine(id="rejection-1", suggested=rejected, name="en", version="3.8.0", score=0.25),),
        actors=(
            ActorLine(id="actor-1", type="person", name="Pete Hegseth", aliases=("Hegseth",)),
            ActorLine(id="actor-2", type="state_body", name="United States"),
        ),
        targets=(TargetLine(id="target-1", kind="policy", label="5 %", statement="Allies should spend 5 % of GDP."),),
    )
    meta = msgspec.structs.replace(line.article, language="en", outlet="The Hill", published="2025-02-14")
    return msgspec.structs.replace(line, article=meta)


def suggested_line() -> ArticleLine:
    """The same article as a model's suggestions: a speaker, a holder and a target that no registry knows."""
    line = rich_line()
    model = line.entities[1].origin
    speaker = SpeakerGuess(name="Pete Hegseth", type="person", score=0.9, reason="it says so")
    other = msgspec.structs.replace(speaker, name="Somebody else", score=0.2)
    quote = msgspec.structs.replace(line.quotes[0], speaker=None, speakers=(speaker, other), origin=model)
    holder = msgspec.structs.replace(speaker, name="United States", type="state_body")
    sentence = line.targets[0].statement
    about = TargetGuess(label="5 %", statement=sentence, kind="policy", score=0.6, reason="it says so")
    words = tuple(Passage(one.start, one.end, line.text[one.start : one.end]) for one in quote.content)
    draft = StanceDraft(
        holder=holder, targets=(about,), position="oppose", evidence=words, evidence_type="direct_quote"
    )
    stance = StanceLine(
        id="stance-1",
        position="oppose",
        explicitness="stated",
        evidence=line.stances[0].evidence[:1],
        origin=msgspec.structs.replace(model, suggested=draft),
    )
    return msgspec.structs.replace(
        line,
        layer="suggestions",
        status=None,
        entities=line.entities[1:2],
        quotes=(quote,),
        stances=(stance,),
        notes=(),
        rejections=(),
        actors=(),
        targets=(),
    )
