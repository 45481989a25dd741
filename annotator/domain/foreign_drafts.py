"""From the marks and links of another program to drafts of entities, quotes and stances."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, get_args

from annotator.domain.articles import plain_fact
from annotator.domain.canonical import as_score
from annotator.domain.codebook import POSITION_MEANINGS, Codebook, Position
from annotator.domain.drafts import (
    ActorType,
    Dimension,
    Draft,
    EntityDraft,
    EvidenceType,
    Explicitness,
    QuoteDraft,
    QuoteForm,
    Reported,
    SourceKind,
    SpeakerGuess,
    StanceDraft,
    TargetGuess,
    TargetKind,
)
from annotator.domain.foreign import ForeignMark, ForeignText
from annotator.domain.foreign_labels import Role, facts_of_label, meaning
from annotator.domain.foreign_offsets import Ruler
from annotator.domain.quotation import form_of
from annotator.domain.sources import kind_of_words
from annotator.domain.spans import Passages, Span, passages, trimmed
from annotator.domain.statements import likely_kind, likely_statement

SURE = 0.9999
"""The score of what a person did in another program, or a model that gives none."""

_TOLD = "so in the imported file"
_TYPES: dict[str, ActorType] = {"PERSON": "person", "PER": "person", "ORG": "organization", "GPE": "state_body"}
_DIMENSIONS: dict[TargetKind, Dimension] = {"policy": "policy", "claim": "belief"}
_EVIDENCE: dict[QuoteForm, EvidenceType] = {
    "direct": "direct_quote",
    "mixed": "mixed_quote",
    "indirect": "indirect_quote",
}


@dataclass
class Drafted:
    """The drafts of a text, each with its score, quotes before the stances on them; and what is left out, by reason."""

    drafts: list[tuple[Draft, float]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    nested: dict[str, str] = field(default_factory=dict)
    """From the key of a quote's draft to that of the quote which it stands in."""


def drafts_of(text: ForeignText, ruler: Ruler, codebook: Codebook, mapping: Mapping[str, str]) -> Drafted:
    """The drafts of a text whose marks all fit.

    Marks with a role are joined by the links between them and by their `record`. A source or cue that no quote is
    linked to, and a link between other things, have no place here and are counted.
    """
    return _Drafter(text, ruler, codebook, mapping).drafted()


class _Drafter:
    def __init__(self, text: ForeignText, ruler: Ruler, codebook: Codebook, mapping: Mapping[str, str]) -> None:
        self._text, self._ruler, self._words = text, ruler, ruler.text
        self._result = Drafted(left_out=Counter(text.left_out))
        self._marks = {one.key: one for one in text.marks}
        self._meant: dict[str, tuple[Role, str]] = {
            one.key: meaning(one.label, codebook, mapping) for one in text.marks
        }
        # From a mark to the first mark of what it is a piece of.
        self._first: dict[str, str] = {}
        self._facts: dict[str, dict[str, str]] = {}
        self._quotes: dict[str, QuoteDraft] = {}
        self._keys: set[str] = set()

    def drafted(self) -> Drafted:
        groups = self._groups()
        parts, nested = self._parts()
        for key, keys in groups.items():
            role, label = self._meant[key]
            if role == "entity" and label:
                self._add_entity(self._marks[key], label)
            elif role == "entity":
                self._result.left_out[f"marks labelled {self._marks[key].label}"] += 1
            elif role == "content":
                self._add_quote(key, keys, parts.get(key, []))
        for inner, outer in nested:
            if inner in self._quotes and outer in self._quotes:
                self._result.nested[self._quotes[inner].key] = self._quotes[outer].key
        for key, keys in groups.items():
            if self._meant[key][0] == "stance":
                self._add_stance(key, keys)
        linked = {part for found in parts.values() for part in found}
        for key, (role, _) in self._meant.items():
            if role in ("source", "cue") and key not in linked:
                self._result.left_out[f"{role}s that belong to no quote"] += 1
        return self._result

    def _groups(self) -> dict[str, list[str]]:
        """The marks that are pieces of one thing, by the first of them."""
        by_record: dict[tuple[Role, str], str] = {}
        for key, mark in self._marks.items():
            role = self._meant[key][0]
            self._first[key] = by_record.setdefault((role, mark.record), key) if mark.record else key
        for link in self._text.links:
            roles = {self._meant[end][0] for end in (link.start, link.end) if end in self._meant}
            if link.label.casefold() == "continues" and len(roles) == 1:
                self._join(link.start, link.end)
        groups: dict[str, list[str]] = {}
        for key in self._marks:
            groups.setdefault(self._first[key], []).append(key)
        for first, keys in groups.items():
            facts: dict[str, str] = {}
            for key in reversed(keys):
                facts |= facts_of_label(self._marks[key].label) | self._marks[key].facts
            self._facts[first] = facts
        return groups

    def _join(self, one: str, other: str) -> None:
        kept, gone = self._first[one], self._first[other]
        self._first.update({key: kept for key, first in self._first.items() if first == gone})

    def _parts(self) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
        """What belongs to each quote, by its first mark; and which quote stands in which."""
        parts: dict[str, list[str]] = {}
        nested: list[tuple[str, str]] = []
        by_record = {
            mark.record: self._first[key]
            for key, mark in self._marks.items()
            if mark.record and self._meant[key][0] == "content"
        }
        for key, mark in self._marks.items():
            if mark.record in by_record and self._meant[key][0] in ("source", "cue"):
                parts.setdefault(by_record[mark.record], []).append(key)
        for link in self._text.links:
            if link.start not in self._meant or link.end not in self._meant:
                self._result.left_out["links to what is not marked"] += 1
                continue
            roles = (self._meant[link.start][0], self._meant[link.end][0])
            name = link.label.casefold()
            if roles == ("content", "content"):
                if "nested" in name:
                    nested.append((self._first[link.start], self._first[link.end]))
                elif name != "continues":
                    self._result.left_out[f"links called {link.label}"] += 1
            elif "content" in roles and (set(roles) & {"source", "cue"} or "speaker" in name or "source" in name):
                content, part = (link.start, link.end) if roles[0] == "content" else (link.end, link.start)
                found = parts.setdefault(self._first[content], [])
                found += [part] if part not in found else []
            elif name != "continues":
                self._result.left_out[f"links called {link.label}"] += 1
        return parts, nested

    def _score(self, key: str) -> float:
        score = self._marks[key].score
        return SURE if score is None else as_score(score)

    def _passages(self, keys: list[str]) -> Passages:
        spans = [span for key in keys for span in self._ruler.spans(self._marks[key]) or ()]
        return passages(self._words, (trimmed(self._words, span) for span in spans))

    def _add_entity(self, mark: ForeignMark, label: str) -> None:
        # An entity is one stretch here: what brat breaks at a line's end, and what words stand between, comes along.
        spans = self._ruler.spans(mark) or ()
        whole = trimmed(self._words, Span(spans[0].start, spans[-1].end))
        between = [self._words[one.end : two.start] for one, two in pairwise(spans)]
        if any(words.strip() for words in between):
            self._result.left_out["entities in several pieces"] += 1
            return
        if not self._words[whole.start : whole.end].strip():
            self._result.left_out["marks of nothing but white space"] += 1
            return
        draft = EntityDraft(start=whole.start, end=whole.end, text=self._words[whole.start : whole.end], label=label)
        self._put(draft, self._score(mark.key))

    def _add_quote(self, key: str, keys: list[str], parts: list[str]) -> None:
        facts = self._facts[key]
        content = self._passages(keys)
        by_role: dict[Role, list[str]] = {"source": [], "cue": [], "entity": []}
        for part in parts:
            by_role.setdefault(self._meant[part][0], []).append(part)
        named = by_role["entity"]
        source = self._passages(by_role["source"] or named)
        cues = self._passages(by_role["cue"])
        if len(cues) > 1:
            self._result.left_out["further cues of a quote"] += len(cues) - 1
        source_words = " ".join(piece.text for piece in source)
        speaker = facts.get("speaker", "")
        if not speaker and named:
            speaker = " ".join(piece.text for piece in self._passages(named[:1]))
        form = _one_of(facts.get("form"), QuoteForm) or form_of(self._words, [piece.span for piece in content])
        guess = self._guess(speaker, facts.get("speaker_type", ""))
        draft = QuoteDraft(
            content=content,
            source=source,
            cue=cues[0] if cues else None,
            form=form,
            source_kind=_one_of(facts.get("source_kind"), SourceKind) or kind_of_words(source_words),
            reported=_one_of(facts.get("reported"), Reported) or "speech",
            speakers=(guess,) if guess else (),
        )
        self._quotes[key] = draft
        self._put(draft, self._score(key))

    def _add_stance(self, key: str, keys: list[str]) -> None:
        facts = self._facts[key]
        evidence = self._passages(keys)
        position = facts.get("position", "")
        if position not in POSITION_MEANINGS:
            self._result.left_out["stances without a position"] += 1
            return
        quote = next((one for one in self._quotes.values() if one.content == evidence), None)
        form = quote.form if quote else form_of(self._words, [piece.span for piece in evidence])
        target = _target(facts)
        draft = StanceDraft(
            quote=quote.key if quote else "",
            holder=self._guess(facts.get("holder", ""), facts.get("holder_type", "")),
            via=self._guess(facts.get("via", ""), ""),
            targets=(target,) if target else (),
            dimension=_one_of(facts.get("dimension"), Dimension)
            or (_DIMENSIONS.get(target.kind, "evaluation") if target else None),
            position=_one_of(position, Position),
            explicitness=_one_of(facts.get("explicitness"), Explicitness) or "stated",
            evidence=evidence,
            evidence_type=_one_of(facts.get("evidence_type"), EvidenceType) or _EVIDENCE[form],
            reason=_TOLD,
        )
        self._put(draft, self._score(key))

    def _guess(self, name: str, type_: str) -> SpeakerGuess | None:
        plain = plain_fact(name)
        if not plain:
            return None
        found = next(
            (
                _TYPES[one.label]
                for key, one in self._marks.items()
                if self._meant[key][1] in _TYPES and one.label in _TYPES and one.words == plain
            ),
            None,
        )
        kind = _one_of(type_, ActorType) or found or "person"
        return SpeakerGuess(name=plain, type=kind, score=SURE, reason=_TOLD)

    def _put(self, draft: Draft, score: float) -> None:
        if draft.key in self._keys:
            self._result.left_out["marks that are there twice"] += 1
            return
        self._keys.add(draft.key)
        self._result.drafts.append((draft, score))


def _one_of(value: str | None, choices: Any) -> Any:  # noqa: ANN401
    """The value where it is one of a literal type's, else `None`."""
    plain = (value or "").strip().casefold()
    return plain if plain in get_args(choices) else None


def _target(facts: Mapping[str, str]) -> TargetGuess | None:
    label = plain_fact(facts.get("target_label", "") or facts.get("target", ""))
    if not label:
        return None
    kind = likely_kind(label)
    statement = plain_fact(facts.get("target", "")) if facts.get("target_label") else likely_statement(label, kind)
    return TargetGuess(label=label, statement=statement, kind=kind, score=SURE, reason=_TOLD)
