"""Interviews: who says “I” and who is asked, where an article is questions and answers."""

from __future__ import annotations

import re
from collections import defaultdict

from annotator.suggest.mentions import Choice
from annotator.suggest.personas import Cast, Persona
from annotator.suggest.reading import Part, Reading

FIRST = frozenset({"i", "me", "my", "we", "us", "our", "myself"})
SECOND = frozenset({"you", "your", "yourself"})
_TALK = re.compile(
    r"\b(interview\w*|spoke|speaks|spoken|talk\w*|discuss\w*|asked|answers|tells|told|chat\w*|sat down)\b",
    re.IGNORECASE,
)
_MAX_QUESTION = 700
_FEWEST_QUESTIONS, _FEWEST_FIRST = 2, 6
_TOP = 5
_RIVAL = 0.6


class Interview:
    """Whom the first and second person of an article mean."""

    def __init__(self, reading: Reading, cast: Cast) -> None:
        lines = [(part, _is_question(part.doc.text)) for part in reading.parts if part.kind == "body"]
        self._questions = {part.start for part, is_question in lines if is_question}
        first = sum(
            token.lower_ in FIRST
            for part in reading.parts
            for token in part.doc
            if not reading.is_quoted(part.start + token.idx)
        )
        is_called_so = any("interview" in part.doc.text.lower() for part in reading.parts[:_TOP])
        enough = 1 if is_called_so else _FEWEST_QUESTIONS
        self.is_one = len(self._questions) >= enough and first >= _FEWEST_FIRST
        self._sure = 0.85
        self._guest: Persona | None = None
        self._host: Persona | None = None
        if self.is_one:
            self._find_people(reading, cast)

    def _find_people(self, reading: Reading, cast: Cast) -> None:
        opening = min(self._questions)
        for part in reading.parts:
            if part.start < opening and any(
                t.lower_ == "i" and not reading.is_quoted(part.start + t.idx) for t in part.doc
            ):
                opening = part.start
                break
        talked = [part.start for part in reading.parts if part.start < opening and _TALK.search(part.doc.text)]
        counts: defaultdict[Persona, float] = defaultdict(float)
        for number, naming in enumerate(one for one in cast.namings if one.start < opening):
            if naming.persona.type == "person":
                weight = 1 + 2 * (naming.part.start in talked) + (number < 3)
                counts[naming.persona] += weight * (1 if " " in naming.persona.name else 0.3)
            elif naming.persona.type == "media_outlet" and self._host is None and naming.part.start in talked:
                self._host = naming.persona
        ranked = sorted(counts, key=lambda one: -counts[one])
        if ranked:
            self._guest = ranked[0]
            if len(ranked) > 1 and counts[ranked[1]] > _RIVAL * counts[ranked[0]]:
                self._sure = 0.6

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


def _is_question(line: str) -> bool:
    return line.rstrip(' )"”').endswith("?") and len(line) <= _MAX_QUESTION
