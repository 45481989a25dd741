"""What one author's decisions say of the same words elsewhere: exact memory, no statistics."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from annotator.domain.canonical import as_score
from annotator.domain.drafts import Draft, EntityDraft, QuoteDraft, StanceDraft, Suggestion
from annotator.domain.records import Entity, Quote, Record, Rejection
from annotator.domain.spans import Span

MODEL = "memory"
VERSION = "1"
# So many times a person has marked words that no model proposed before they are proposed elsewhere.
ENOUGH = 2
# A cue that was turned down so often, and more often than confirmed, halves the score of its quotes.
_WEAK_CUE = 2
_WEAK_FACTOR = 0.5
_WORD = re.compile(r"\w+")


class Name(NamedTuple):
    """Some words and the label that they have."""

    words: str
    label: str


class Correction(NamedTuple):
    """What an author made of a proposed name: how its edges moved, and the words and label that it got."""

    start_by: int
    end_by: int
    words: str
    label: str


class Verdict(NamedTuple):
    """What becomes of a proposed name: nothing any more, or something else, with how often that was right."""

    instead: Correction | None
    score: float


class Memory:
    """Counts what an author decided about words and cues; records may come and go one by one.

    `version` rises with each change of what is proposed; `unsettled` are the words whose verdict has changed since
    somebody emptied it.
    """

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self.version = 0
        self.unsettled: set[str] = set()
        self._kept: Counter[Name] = Counter()
        self._missed: Counter[Name] = Counter()
        self._refused: Counter[Name] = Counter()
        self._corrected: defaultdict[Name, Counter[Correction]] = defaultdict(Counter)
        self._kept_cues: Counter[str] = Counter()
        self._refused_cues: Counter[str] = Counter()
        self._proposed: dict[str, dict[Name, float]] = {}
        self._is_settled = False
        for record in records:
            self.add(record)
        self.settle()

    def settle(self) -> None:
        """Draw the conclusions of all that was counted so far; from now on each record's own are drawn at once."""
        self._is_settled = True
        for name in self._missed:
            self._propose(name)
        self.unsettled.clear()

    def add(self, record: Record) -> None:
        """Count a record of the author."""
        self._count(record, 1)

    def remove(self, record: Record) -> None:
        """Count a record no longer that was counted."""
        self._count(record, -1)

    @classmethod
    def being_counted(cls) -> Memory:
        """An empty memory that counts quickly and draws no conclusions before `settle`."""
        made = cls()
        made._is_settled = False
        return made

    def become(self, other: Memory) -> None:
        """Hold what another memory holds."""
        version = self.version + 1
        self.__dict__.update(other.__dict__)
        self.version, self.unsettled = version, set()

    def _count(self, record: Record, by: int) -> None:
        if isinstance(record, Entity):
            draft = record.origin.suggested
            if isinstance(draft, EntityDraft):
                self.count_correction(draft, record.start, record.end, record.text, record.label, by)
            self.count_name(Name(record.text, record.label), by, is_missed=draft is None)
        elif isinstance(record, Rejection):
            self.count_rejection(record.suggested, by)
        elif isinstance(record, Quote) and record.cue is not None:
            self.count_cue(record.cue.text, by)

    def count_name(self, name: Name, by: int, *, is_missed: bool) -> None:
        """Count entities of these words and label; `is_missed` says that no model had proposed them."""
        before = self._state(name)
        self._kept[name] += by
        if is_missed:
            self._missed[name] += by
        self._note(name, before)

    def count_correction(self, draft: EntityDraft, start: int, end: int, words: str, label: str, by: int) -> None:
        """Count what was made of a proposal, where that is something else."""
        name, made = Name(draft.text, draft.label), Correction(start - draft.start, end - draft.end, words, label)
        if made == (0, 0, *name):
            return
        before = self._state(name)
        self._corrected[name][made] += by
        self._note(name, before)

    def count_rejection(self, draft: Draft, by: int) -> None:
        """Count proposals that were turned down."""
        if isinstance(draft, EntityDraft):
            name = Name(draft.text, draft.label)
            before = self._state(name)
            self._refused[name] += by
            self._note(name, before)
        elif isinstance(draft, QuoteDraft) and draft.cue is not None:
            self.count_cue(draft.cue.text, by, is_refused=True)

    def count_cue(self, words: str, by: int, *, is_refused: bool = False) -> None:
        """Count quotes with these words as their cue, or those that were turned down."""
        cue = words.lower()
        before = self._factor(cue)
        (self._refused_cues if is_refused else self._kept_cues)[cue] += by
        if self._factor(cue) != before:
            self.version += 1
            self.unsettled.add(words)

    # What follows from it

    def _state(self, name: Name) -> tuple[Verdict | None, float]:
        return (self.verdict(name), self._missed_score(name)) if self._is_settled else (None, 0.0)

    def _note(self, name: Name, before: tuple[Verdict | None, float]) -> None:
        after = self._state(name)
        if after == before:
            return
        self.version += 1
        self.unsettled.add(name.words)
        self._propose(name)

    def _propose(self, name: Name) -> None:
        first, score = _WORD.match(name.words), self._missed_score(name)
        if first is not None:
            of_word = self._proposed.setdefault(first.group(), {})
            of_word.pop(name, None)
            if score:
                of_word[name] = score

    def verdict(self, name: Name) -> Verdict | None:
        """What becomes of a proposed name; `None` where it is proposed as it stands.

        What was made of it most often takes its place if that happened more often than the name was confirmed; a name
        that was turned down and never confirmed is not proposed.
        """
        kept, refused = max(self._kept[name], 0), self._refused[name]
        made = (
            {one: count for one, count in self._corrected[name].items() if count > 0} if name in self._corrected else {}
        )
        if made:
            best = max(made, key=lambda one: (made[one], one))
            if made[best] > kept:
                return Verdict(best, (made[best] + 1) / (kept + refused + sum(made.values()) + 2))
        return Verdict(None, 0.0) if refused > 0 and not kept else None

    def _missed_score(self, name: Name) -> float:
        """How sure it is that these words are that name where no model proposes it; 0 where it is not proposed."""
        missed, refused = self._missed[name], self._refused[name]
        if missed < ENOUGH or refused >= missed:
            return 0.0
        return (self._kept[name] + 1) / (self._kept[name] + refused + 2)

    def _factor(self, cue: str) -> float:
        refused = self._refused_cues[cue]
        return _WEAK_FACTOR if refused >= _WEAK_CUE and refused > self._kept_cues[cue] else 1.0

    def applied(self, suggestions: Iterable[Suggestion], article: str, text: str) -> list[Suggestion]:
        """What is proposed for an article in the light of what was decided, in the order of the text.

        A suggestion that became another one keeps its id. Of two that became the same one the first stays.
        """
        found: dict[str, Suggestion] = {}
        for suggestion in suggestions:
            one = self.judged(suggestion, text)
            if one is not None:
                found.setdefault(one.draft.key, one)
        if any(self._proposed.values()):
            taken = [one.draft.span for one in found.values() if isinstance(one.draft, EntityDraft)]
            for one in self._missed_in(article, text, taken):
                found.setdefault(one.draft.key, one)
        # A stance comes after the quote that it rests on.
        return sorted(found.values(), key=lambda one: (one.draft.span, isinstance(one.draft, StanceDraft), one.id))

    def judged(self, suggestion: Suggestion, text: str) -> Suggestion | None:
        """What becomes of one suggestion; `None` where it is not made any more."""
        draft = suggestion.draft
        if isinstance(draft, QuoteDraft):
            factor = self._factor(draft.cue.text.lower()) if draft.cue else 1.0
            return suggestion if factor == 1 else _changed(suggestion, draft, suggestion.score * factor)
        verdict = self.verdict(Name(draft.text, draft.label)) if isinstance(draft, EntityDraft) else None
        if verdict is None or not isinstance(draft, EntityDraft):
            return suggestion
        instead = verdict.instead
        if instead is None:
            return None
        start, end = draft.start + instead.start_by, draft.end + instead.end_by
        if start < 0 or text[start:end] != instead.words:
            return suggestion
        if self._refused[Name(instead.words, instead.label)] and not self._kept[Name(instead.words, instead.label)]:
            return None
        made = EntityDraft(start=start, end=end, text=instead.words, label=instead.label)
        return _changed(suggestion, made, verdict.score)

    def _missed_in(self, article: str, text: str, taken: list[Span]) -> Iterator[Suggestion]:
        starts = {at for span in taken for at in range(span.start, span.end)}
        for word in _WORD.finditer(text):
            of_word = self._proposed.get(word.group())
            if not of_word or word.start() in starts:
                continue
            for name in sorted(of_word, key=lambda one: (-len(one.words), -of_word[one], one.label)):
                span = Span(word.start(), word.start() + len(name.words))
                found = self.missed_at(article, text, span, name.label)
                if found is not None and not starts.intersection(range(span.start, span.end)):
                    starts.update(range(span.start, span.end))
                    yield found
                    break

    def missed_at(self, article: str, text: str, span: Span, label: str) -> Suggestion | None:
        """The suggestion of that name at that place, by memory alone; `None` where there is none."""
        words = text[span.start : span.end]
        score = self._missed_score(Name(words, label))
        after = text[span.end : span.end + 1]
        if not score or (words[-1].isalnum() and after.isalnum()):
            return None
        draft = EntityDraft(start=span.start, end=span.end, text=words, label=label)
        return Suggestion(
            id=f"{MODEL} {article} {span.start} {span.end} {label}",
            article=article,
            draft=draft,
            model=MODEL,
            version=VERSION,
            score=as_score(score),
        )

    def named(self, suggestion_id: str) -> tuple[str, Span, str] | None:
        """Article, place and label of a suggestion that memory alone makes; `None` where a model made it."""
        parts = suggestion_id.split(" ")
        if len(parts) != 5 or parts[0] != MODEL:
            return None
        return parts[1], Span(int(parts[2]), int(parts[3])), parts[4]


def _changed(suggestion: Suggestion, draft: Draft, score: float) -> Suggestion:
    return msgspec.structs.replace(
        suggestion, draft=draft, model=f"{suggestion.model} + {MODEL}", score=as_score(score)
    )
