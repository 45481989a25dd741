"""Interviews: who says “I” and who is asked, where an article is questions and answers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from annotator.suggest.cues import FIRST
from annotator.suggest.mentions import Choice
from annotator.suggest.personas import Cast, Persona
from annotator.suggest.reading import Part, Reading

SECOND = frozenset({"you", "your", "yourself"})
_TALK = re.compile(
    r"\b(interview\w*|spoke|speaks|spoken|talk\w*|discuss\w*|asked|answers|tells|told|chat\w*|sat down)\b",
    re.IGNORECASE,
)
_I = re.compile(r"\bI\b")
_FIRST_PERSON = re.compile(rf"\b(?!US\b)(?:{'|'.join(sorted(FIRST))})\b", re.IGNORECASE)
_MAX_QUESTION = 700
_FEWEST_QUESTIONS, _FEWEST_FIRST = 2, 6
_TOP = 5
_RIVAL = 0.6
_NEAR, _NEAR_BONUS = 60, 3


class Interview:
    """Whom the first and second person of an article mean."""

    def __init__(self, reading: Reading, cast: Cast) -> None:
        lines = [(part.start, text) for part, text in _lines(reading) if part.kind == "body"]
        self._questions = {start for start, text in lines if _is_question(text)}
        first = sum(not reading.is_quoted(one.start()) for one in _FIRST_PERSON.finditer(reading.text))
        is_called_so = any("interview" in text.lower() for _, text in lines[:_TOP])
        enough = 1 if is_called_so else _FEWEST_QUESTIONS
        self.is_one = len(self._questions) >= enough and first >= _FEWEST_FIRST
        self._sure = 0.85
        self._guest: Persona | None = None
        self._host: Persona | None = None
        if self.is_one:
            self._find_people(reading, cast)

    def _find_people(self, reading: Reading, cast: Cast) -> None:
        opening = min([*self._questions, *_first_person(reading)])
        talks = [one.end() for one in _TALK.finditer(reading.text, 0, opening)]
        counts: defaultdict[Persona, float] = defaultdict(float)
        for number, naming in enumerate(one for one in cast.namings if one.start < opening):
            is_near = any(0 <= naming.start - talk < _NEAR for talk in talks)
            if naming.persona.type == "person":
                counts[naming.persona] += (1 + _NEAR_BONUS * is_near + (number < _TOP)) * _trust(naming.persona)
            elif naming.persona.type == "media_outlet" and self._host is None:
                self._host = naming.persona
        ranked = sorted(counts, key=lambda one: -counts[one])
        if ranked:
            self._guest = ranked[0]
            is_rivalled = len(ranked) > 1 and counts[ranked[1]] > _RIVAL * counts[ranked[0]]
            self._sure = 0.6 if is_rivalled or _trust(ranked[0]) < 1 else 0.85

    def choice(self, part: Part, word: str) -> Choice | None:
        """Whom a word of the first or second person means; `None` where nobody can tell."""
        is_question = part.start in self._questions
        if word in SECOND and not is_question:
            return None
        is_guest = (word in FIRST) != is_question
        if is_guest and self._guest is not None:
            sure = self._sure if word not in ("we", "us", "our") else 0.55
            return Choice(self._guest, sure, "the one who is interviewed")
        if not is_guest and self._host is not None:
            return Choice(self._host, 0.7, "the one who asks")
        return None


def _lines(reading: Reading) -> Iterator[tuple[Part, str]]:
    """The parts with their words; a document's own text is put together anew at each look."""
    for part in reading.parts:
        if len(part.doc):
            last = part.doc[-1]
            yield part, reading.text[part.start : part.start + last.idx + len(last)]


def _first_person(reading: Reading) -> list[int]:
    """Where the part begins in which somebody first says “I” outside quotation marks."""
    places = (one.start() for one in _I.finditer(reading.text) if not reading.is_quoted(one.start()))
    parts = (reading.part_at(place) for place in places)
    return next(([part.start] for part in parts if part is not None), [])


def _trust(persona: Persona) -> float:
    """A single word may be anything that the recogniser took for a person."""
    return 1.0 if " " in persona.name else 0.3


def _is_question(line: str) -> bool:
    return line.rstrip(' )"”').endswith("?") and len(line) <= _MAX_QUESTION
