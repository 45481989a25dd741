"""What the Review view says of a case: a line for the list, and the two sides for the card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.domain.alignment import evidence_of
from annotator.domain.differences import LETTERS, TITLES, Difference, Kind
from annotator.domain.records import Annotation, Entity, Quote, Stance, passages_of
from annotator.domain.spans import Passages
from annotator.services.reviewing import Case
from annotator.ui.label.cards import FORMS, REPORTED, joined

_SIGNS = {"support": "▲", "oppose": "▼"}
_NOTHING = "—"
_SHORT_CHARS = 34
_FIRST_WORDS, _LAST_WORDS = 6, 8
_ALONE = {"a": "Approved", "neither": "Declined"}
STANDINGS = {"open": "", "decided": "decided", "deferred": "deferred", "stale": "changed since"}


@dataclass(frozen=True)
class CaseRow:
    """A case as the list shows it."""

    key: str
    article: str
    article_name: str
    title: str
    where: str
    sides: str
    standing: str
    kind: str
    is_to_decide: bool

    @property
    def text(self) -> str:
        """Everything that a filter looks in."""
        return f"{self.title} {self.sides} {self.kind} {self.article_name} {self.standing}"


def case_row(case: Case, text: str, article_name: str, called: Mapping[str, str]) -> CaseRow:
    """The line of a case; `text` is its article's, `called` the names of actors and targets by id."""
    one = case.difference
    paragraph = text.count("\n", 0, one.place.start) + 1
    return CaseRow(
        key=one.key,
        article=one.article,
        article_name=article_name,
        title=title_of(one, called),
        where=f"paragraph {paragraph}",
        sides=_sides(one, called),
        standing=STANDINGS[case.standing],
        kind=TITLES[one.kind],
        is_to_decide=case.is_to_decide,
    )


def _sides(one: Difference, called: Mapping[str, str]) -> str:
    if one.kind == "review":
        (record,) = one.records
        return record.label if isinstance(record, Entity) else ""
    return " · ".join(brief(side, one.kind, called) for side in one.sides)


def title_of(one: Difference, called: Mapping[str, str]) -> str:
    """What a case is about, in a few words."""
    record = one.records[0]
    is_whole = one.kind in ("missing", "review")
    kind = one.kind.capitalize()
    match record:
        case Entity():
            return f"Entity: {short(record.text)}" if is_whole else f"{kind}: {short(record.text)}"
        case Quote():
            about = f"“{short(joined(record.content).strip('“”'))}”"
            return f"Quote: {about}" if is_whole else f"{kind} of {about}"
        case Stance():
            target = called.get(record.target or "", "no target")
            return f"Stance on {target}" if is_whole or one.kind == "target" else f"{kind} on {target}"
    return kind


def short(text: str) -> str:
    """A text cut to a few words."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHORT_CHARS else f"{flat[:_SHORT_CHARS].rsplit(' ', 1)[0]}…"


def brief(record: Annotation | None, kind: Kind, called: Mapping[str, str]) -> str:
    """One side of a case in a word or two."""
    if record is None:
        return _NOTHING
    if kind == "missing":
        return record.label if isinstance(record, Entity) else _SIGNS.get(_position(record), "●")
    if kind in ("boundary", "source", "cue", "evidence"):
        return f"{sum(len(piece.text.split()) for piece in _pieces(record, kind))} words"
    return short(side_text(record, kind, called))


def side_text(record: Annotation | None, kind: Kind, called: Mapping[str, str]) -> str:
    """What one side says, as far as a kind of difference is about it."""
    if record is None:
        return "Nothing is marked here"
    if kind in ("boundary", "source", "cue", "evidence"):
        return _ends(joined(_pieces(record, kind))) or "none"
    values = _values(record, called)
    return values.get(kind) or summary(record, called)


def _ends(text: str) -> str:
    """A long passage by its first and last words: there its bounds are."""
    words = text.split()
    if len(words) <= _FIRST_WORDS + _LAST_WORDS + 4:
        return text
    return f"{' '.join(words[:_FIRST_WORDS])} … {' '.join(words[-_LAST_WORDS:])}"


def summary(record: Annotation, called: Mapping[str, str]) -> str:
    """All that a record says, in a line."""
    match record:
        case Entity():
            return f"{record.text} · {record.label}"
        case Quote():
            speaker = called.get(record.speaker or "", "") or joined(record.source) or "no source"
            return f"{speaker}: {_ends(joined(record.content))}"
        case Stance():
            values = _values(record, called)
            return f"{values['holder']} · {values['position']} · {values['target']}"
    return ""


def standing_text(case: Case) -> str:
    """What was decided about a case, in words; empty where nothing was."""
    decision = case.decision
    if decision is None:
        return ""
    if case.standing == "stale":
        return "It was decided of other layers" if case.is_of_others else "A side has changed since this was decided"
    is_alone = case.difference.kind == "review"
    if decision.outcome == "deferred":
        return f"{'Returned' if is_alone else 'Deferred'}: {decision.comment}"
    if is_alone and decision.outcome in _ALONE:
        return _ALONE[decision.outcome]
    if decision.outcome in ("neither", "edited"):
        return "None was taken" if decision.outcome == "neither" else "An edited version was taken"
    taken = {one.record for one in decision.takes}
    sides = zip(LETTERS, case.difference.sides, strict=False)
    letters = [letter for letter, side in sides if side is not None and side.id in taken]
    return f"{' and '.join(letters) or 'Another layer'} {'were' if len(letters) > 1 else 'was'} taken"


def also(one: Difference) -> str:
    """What else differs besides the first kind; empty where nothing does."""
    rest = [TITLES[kind].lower() for kind in one.kinds[1:]]
    return f"Also: {', '.join(rest)}" if rest else ""


def _values(record: Annotation, called: Mapping[str, str]) -> dict[str, str]:
    def name(record_id: str | None) -> str:
        return called.get(record_id or "", "unknown") if record_id else "nobody"

    match record:
        case Entity():
            return {"label": record.label, "actor": name(record.actor)}
        case Quote():
            return {
                "speaker": name(record.speaker),
                "form": FORMS[record.form],
                "reported": REPORTED[record.reported],
            }
        case Stance():
            return {
                "position": f"{_SIGNS.get(_position(record), '●')} {(record.position or 'none').replace('_', ' ')}",
                "target": called.get(record.target or "", "none"),
                "holder": name(record.holder),
                "via": name(record.via),
                "dimension": record.dimension or "none",
                "explicitness": record.explicitness or "none",
            }
    return {}


def _position(record: Annotation) -> str:
    return record.position or "" if isinstance(record, Stance) else ""


def _pieces(record: Annotation, kind: Kind) -> Passages:
    match record:
        case Quote() if kind == "source":
            return record.source
        case Quote() if kind == "cue":
            return (record.cue,) if record.cue else ()
        case Quote():
            return record.content
        case Stance():
            return evidence_of(record)
    return passages_of(record)
