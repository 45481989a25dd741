"""A line as people read it: sections, sentences, the words of ranges, and who is meant where only a guess is there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.domain.drafts import Draft, EntityDraft, QuoteDraft, SpeakerGuess, StanceDraft
from annotator.domain.exchange import ArticleLine, QuoteLine, StanceLine
from annotator.domain.records import Origin
from annotator.domain.spans import Passage, Passages, Span

_END = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s+[\"“‘«„(\[]*[^\W_a-zß-öø-ÿ])|\n+")
# What ends in a full stop and does not end a sentence.
_SHORT = re.compile(
    r"(?:^|[\s(“‘\"])(?:\w|(?:\w\.)+\w|Mrs?|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Sen|Rep|Gov|Rev|Hon|St|Jr|Sr|vs|No|Inc|Co|Corp)\.$"
)
_LONGEST_SHORT = 12
GAP = " … "
"""What stands between the fragments of one thing."""


@dataclass(frozen=True, slots=True)
class Who:
    """An actor, or a model's guess at one: then `score` says how sure it is, and `id` is empty unless it is known."""

    id: str
    name: str
    type: str
    score: float | None = None

    @property
    def key(self) -> str:
        """What makes two of them the same: the record, else the name."""
        return self.id or f"name:{self.name}"


@dataclass(frozen=True, slots=True)
class What:
    """A target, or a model's guess at one; `id` is empty unless it is known."""

    id: str
    label: str
    statement: str
    kind: str
    score: float | None = None

    @property
    def key(self) -> str:
        """What makes two of them the same: the record, else the sentence."""
        return self.id or f"statement:{self.statement or self.label}"


NOBODY = Who("", "", "")
NOTHING = What("", "", "", "")


class Readable:
    """A line with its registries and its sentences at hand."""

    def __init__(self, line: ArticleLine) -> None:
        self.line = line
        self._actors = {one.id: one for one in line.actors}
        self._targets = {one.id: one for one in line.targets}
        self._borders = _borders(line.text)

    def words(self, spans: Iterable[Span]) -> str:
        """The words of ranges, with `GAP` between them."""
        return GAP.join(self.line.text[span.start : span.end] for span in spans)

    def section(self, start: int, end: int) -> str:
        """The kind of the section that a range lies in, empty for none; a text without sections is all body."""
        if not self.line.sections:
            return "body"
        return next((one.kind for one in self.line.sections if one.start <= start and end <= one.end), "")

    def context(self, start: int, end: int) -> str:
        """The whole sentences that a range touches, as full stops and line ends divide the text."""
        first = self._borders[bisect_right(self._borders, start) - 1]
        last = self._borders[bisect_left(self._borders, end)]
        return self.line.text[first:last].strip()

    def actor(self, actor_id: str | None) -> Who:
        """The actor of that id."""
        one = self._actors.get(actor_id or "")
        return Who(one.id, one.name, one.type) if one else NOBODY

    def speaker(self, quote: QuoteLine) -> Who:
        """Who said a quote: the actor, or in a suggestion the first guess where it is sure."""
        if quote.speaker or not is_suggestion(quote.origin):
            return self.actor(quote.speaker)
        return self._guessed(quote.speakers[0]) if quote.speakers and quote.speakers[0].is_sure else NOBODY

    def holder(self, stance: StanceLine) -> Who:
        """Whose stance it is, in a suggestion perhaps nobody of the registry."""
        draft = suggested_stance(stance)
        return self._one_of(stance.holder, draft.holder if draft else None)

    def via(self, stance: StanceLine) -> Who:
        """Who puts it into words, in a suggestion perhaps nobody of the registry."""
        draft = suggested_stance(stance)
        return self._one_of(stance.via, draft.via if draft else None)

    def target(self, stance: StanceLine) -> What:
        """What it is about, in a suggestion perhaps a new target."""
        draft = suggested_stance(stance)
        score = draft.target.score if draft and draft.target else None
        if (one := self._targets.get(stance.target or "")) is not None:
            return What(one.id, one.label, one.statement, one.kind, score)
        if draft is None or draft.target is None:
            return NOTHING
        return What("", draft.target.label, draft.target.statement, draft.target.kind, score)

    def _one_of(self, actor_id: str | None, guess: SpeakerGuess | None) -> Who:
        return self._guessed(guess) if guess else self.actor(actor_id)

    def _guessed(self, guess: SpeakerGuess) -> Who:
        known = self.actor(guess.actor)
        return Who(known.id, known.name or guess.name, known.type or guess.type, guess.score)


def is_suggestion(origin: Origin) -> bool:
    """Whether a record is a model's proposal that nobody has decided about."""
    return origin.by == "model" and origin.act == "added"


def suggested_stance(stance: StanceLine) -> StanceDraft | None:
    """The draft of a suggested stance; `None` for a person's."""
    draft = stance.origin.suggested
    return draft if is_suggestion(stance.origin) and isinstance(draft, StanceDraft) else None


def drafted(draft: Draft) -> tuple[str, Passages, str]:
    """The kind of a draft, its words, and its label, form or position."""
    match draft:
        case EntityDraft():
            return "entity", (Passage(draft.start, draft.end, draft.text),), draft.label
        case QuoteDraft():
            return "quote", draft.content, draft.form
        case StanceDraft():
            return "stance", draft.evidence, draft.position or ""


def cover(spans: Sequence[Span]) -> Span:
    """The shortest range over several."""
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _borders(text: str) -> list[int]:
    """Where sentences begin and end: 0, each border, the length."""
    ends = [0]
    for found in _END.finditer(text):
        before = text[max(0, found.start() + 1 - _LONGEST_SHORT) : found.start() + 1]
        if text[found.start()] != "." or not _SHORT.search(before):
            ends.append(found.end())
    if ends[-1] != len(text):
        ends.append(len(text))
    return ends
