"""Whom names, descriptions and pronouns mean: one pass over an article that remembers who was spoken of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from annotator.domain.words import fold
from annotator.suggest import bodies
from annotator.suggest.given_names import Gender
from annotator.suggest.personas import Cast, Naming, Persona
from annotator.suggest.reading import Part, Reading, token_start
from annotator.suggest.roles import PEOPLE, Role, fit, gender_of_noun, is_spokesperson, role_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SINGULAR: dict[str, Gender] = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
PLURAL = frozenset({"they", "them", "their"})
_SUBJECTS = ("nsubj", "nsubjpass", "agent")
_INDEFINITE = frozenset({"a", "an", "one", "another", "some", "no", "any", "every", "each", "several", "many", "other"})
_WEIGHT = {"nsubj": 1.0, "nsubjpass": 0.95, "ROOT": 0.9, "dobj": 0.7, "appos": 0.8, "poss": 0.65, "compound": 0.35}
_OTHER_WEIGHT = 0.6
_QUOTED_FACTOR = 0.5
# By how many sentences ago somebody was mentioned.
_DECAY = (1.0, 0.85, 0.6, 0.45, 0.36, 0.3, 0.25, 0.2)
_OFTEN, _MAX_OFTEN = 0.04, 6
_UNKNOWN_GENDER, _UNCERTAIN = 0.8, 0.6
_OWN_CONTENT, _LONG_AGO = 0.1, 0.05
_MAX_BACK = 400
_GOOD_FIT = 0.55
_NEW_UNNAMED, _UNNAMED = 0.75, 0.65


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who may be meant, with a score from 0 to 1 and the reason in words."""

    persona: Persona
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where somebody is meant, with the likeliest first; `start` to `end` are offsets of the article."""

    start: int
    end: int
    head: int
    kind: str
    choices: tuple[Choice, ...]


@dataclass(slots=True)
class _Seen:
    sentence: int
    weight: float
    verb: int


@dataclass(slots=True)
class _Memory:
    """When each persona was mentioned, in the order of the text."""

    seen: defaultdict[int, list[_Seen]] = field(default_factory=lambda: defaultdict(list))
    _log: list[tuple[int, Persona]] = field(default_factory=list)

    def note(self, persona: Persona, sentence: int, weight: float, verb: int) -> None:
        self._log.append((sentence, persona))
        self.seen[id(persona)].append(_Seen(sentence, weight, verb))

    def salience(self, persona: Persona, sentence: int, *, not_of: int = -1) -> float:
        """How present a persona is in a sentence; one who is the subject of the verb `not_of` cannot be its object."""
        times = self.seen.get(id(persona), ())
        best = 0.0
        for one in reversed(times):
            ago = sentence - one.sentence
            if ago >= len(_DECAY):
                break
            if not_of >= 0 and one.verb == not_of and ago == 0:
                return 0.0
            best = max(best, one.weight * _DECAY[ago])
        return best + _OFTEN * min(len(times), _MAX_OFTEN) if best else 0.0

    def latest(self, *, since: int = 0) -> list[Persona]:
        """Those mentioned from a sentence on, the most recent first; never more than the last few hundred mentions."""
        found: dict[int, Persona] = {}
        for sentence, persona in islice(reversed(self._log), _MAX_BACK):
            if sentence < since:
                break
            found.setdefault(id(persona), persona)
        return list(found.values())


class Mentions:
    """The mentions of one article by the offset of their head word.

    `said` gives for the source of a quote what the quote says: nobody speaks of oneself by name.
    """

    def __init__(
        self, reading: Reading, cast: Cast, said: Sequence[tuple[int, int, Sequence[tuple[int, int]]]]
    ) -> None:
        self._reading = reading
        self._cast = cast
        self._memory = _Memory()
        self._said = {start: contents for start, _, contents in said}
        self._contents = sorted((begin, end, source) for source, _, spans in said for begin, end in spans)
        self._naming_starts = [naming.start for naming in cast.namings]
        self._officers = [persona for persona in cast.personas if persona.type == "person" and persona.roles]
        self._sentence = 0
        self.by_head: dict[int, Mention] = {}
        self._unnamed: list[tuple[Persona, Role]] = []
        self._namings_at: defaultdict[int, list[Naming]] = defaultdict(list)
        for naming in cast.namings:
            self._namings_at[token_start(naming.part, naming.part.doc[naming.head])].append(naming)
        by_part: defaultdict[int, list[Naming]] = defaultdict(list)
        for naming in cast.namings:
            by_part[naming.part.start].append(naming)
        for part in reading.parts:
            self._read(part, by_part[part.start])

    def _read(self, part: Part, namings: Iterable[Naming]) -> None:
        named: dict[int, Naming] = {}
        covered: set[int] = set()
        for naming in namings:
            named.setdefault(naming.head, naming)
            covered.update(range(naming.first, naming.last))
        first, starts = self._sentence, [sentence.start for sentence in part.doc.sents]
        for at in sorted({*_telling(part.doc), *named}):
            self._sentence = first + bisect_right(starts, at)
            token = part.doc[at]
            if at in named:
                self._name(part, token, named[at])
            elif at in covered:
                continue
            elif token.lower_ in SINGULAR or token.lower_ in PLURAL:
                self._pronoun(part, token)
            elif token.pos_ != "PRON" and (token.dep_ not in ("compound", "nmod") or self._is_source(part, token)):
                self._noun(part, token)
        self._sentence = first + len(starts)

    def _note(self, part: Part, token: Token, persona: Persona, factor: float = 1.0) -> None:
        weight = _WEIGHT.get(token.dep_, _OTHER_WEIGHT) * factor
        if self._reading.is_quoted(token_start(part, token)):
            weight *= _QUOTED_FACTOR
        verb = part.start + token.head.idx if token.dep_ in _SUBJECTS else -1
        self._memory.note(persona, self._sentence, weight, verb)

    def _add(self, part: Part, token: Token, kind: str, choices: Iterable[Choice]) -> None:
        start = token_start(part, token)
        ranked = tuple(sorted(choices, key=lambda one: -one.score))[:5]
        self.by_head[start] = Mention(start, start + len(token), token.i, kind, ranked)

    def _name(self, part: Part, token: Token, naming: Naming) -> None:
        persona = naming.persona
        self._note(part, token, persona)
        is_short = persona.type == "person" and fold(naming.words) != fold(persona.name)
        reason = f"“{naming.words}” is {persona.name} in this article" if is_short else "named in the source"
        score = 0.9 if persona.type != "person" or len(persona.name.split()) > 1 else 0.8
        self._add(part, token, "name", [Choice(persona, score, reason)])

    # Pronouns

    def _pronoun(self, part: Part, token: Token) -> None:
        wanted = SINGULAR.get(token.lower_, "")
        is_plural = token.lower_ in PLURAL
        ranked = self._ranked(part, token, wanted, is_plural=is_plural)
        ahead = self._ahead(part, token, wanted)
        if ahead is not None:
            ranked = [(ahead, 2.0), *((one, salience) for one, salience in ranked if one is not ahead)]
        if not ranked:
            ranked = self._long_ago(wanted)
        if not ranked:
            return
        choices = list(_scored(ranked, token.text, is_plural=is_plural))
        self._add(part, token, "pronoun", choices)
        self._note(part, token, ranked[0][0], 0.95)

    def _long_ago(self, wanted: Gender) -> list[tuple[Persona, float]]:
        """The last one spoken of who is known to be a man or a woman, however long ago: never a sure guess."""
        found = (one for one in self._memory.latest() if wanted and one.gender == wanted and one.is_person)
        return [(one, _LONG_AGO) for one in found if not one.is_plural][:2]

    def _ahead(self, part: Part, token: Token, wanted: Gender) -> Persona | None:
        """The subject that follows a phrase in front of it: “On his website, Meyer wrote …”."""
        sentence = token.sent
        subject = next((one for one in sentence.root.children if one.dep_ in ("nsubj", "nsubjpass")), None)
        if not wanted or subject is None or subject.i < token.i or token.head.i > subject.i:
            return None
        if not any(one.text == "," for one in part.doc[token.i : subject.i]):
            return None
        named = self._namings_at.get(token_start(part, subject), [])
        return named[0].persona if named and _can_be(named[0].persona, wanted, is_plural=False) else None

    def _ranked(self, part: Part, token: Token, wanted: Gender, *, is_plural: bool) -> list[tuple[Persona, float]]:
        verb = part.start + token.head.idx if token.dep_ in ("dobj", "pobj", "dative") else -1
        if token.dep_ == "pobj":
            verb = part.start + token.head.head.idx
        excluded = self._spoken_of(token_start(part, token)) | self._speaking_at(token_start(part, token))
        found: list[tuple[Persona, float]] = []
        for persona in self._memory.latest(since=self._sentence - len(_DECAY)):
            if not _can_be(persona, wanted, is_plural=is_plural):
                continue
            salience = self._memory.salience(persona, self._sentence, not_of=verb)
            if wanted and not persona.gender:
                salience *= _UNKNOWN_GENDER
            if not persona.is_certain:
                salience *= _UNCERTAIN
            if id(persona) in excluded:
                salience *= _OWN_CONTENT
            if salience > 0:
                found.append((persona, salience))
        return sorted(found, key=lambda one: -one[1])

    def _spoken_of(self, start: int) -> set[int]:
        """Whom the quote with this source names in its own content."""
        contents = self._said.get(start, ())
        return {
            id(naming.persona)
            for begin, end in contents
            for naming in self._cast.namings[
                bisect_left(self._naming_starts, begin) : bisect_left(self._naming_starts, end)
            ]
        }

    def _speaking_at(self, start: int) -> set[int]:
        """Who speaks between the quotation marks around a place: nobody says “he” of himself."""
        if not self._reading.is_quoted(start):
            return set()
        at = bisect_right(self._contents, (start, len(self._reading.text), 0)) - 1
        if at < 0 or start >= self._contents[at][1]:
            return set()
        return {id(naming.persona) for naming in self._namings_at.get(self._contents[at][2], ())}

    def _is_source(self, part: Part, token: Token) -> bool:
        return token_start(part, token) in self._said

    # Nouns

    def _noun(self, part: Part, token: Token) -> None:
        lemma = token.lemma_.lower()
        is_plural = token.tag_ in ("NNS", "NNPS")
        if lemma in PEOPLE or token.lower_ in PEOPLE:
            self._plural(part, token) if is_plural else self._person(part, token)
        elif lemma in bodies.NOUNS and not is_plural:
            self._body(part, token)

    def _person(self, part: Part, token: Token) -> None:
        words = _phrase(part, token)
        role = role_of(words, token.lower_)
        if token.dep_ in ("attr", "appos", "oprd") and not self._is_source(part, token):
            # “Meyer is a teacher” brings nobody in.
            return
        is_new = any(child.lower_ in _INDEFINITE and child.dep_ in ("det", "nummod") for child in token.children)
        choices = [] if is_new else [*self._of_role(role), *self._of_unnamed(role)]
        if not choices:
            persona = Persona(_bare(words), "anonymous", gender_of_noun(token.lower_), is_named=False)
            self._unnamed.append((persona, role))
            # Somebody may be named in words that do not say the office.
            score = _NEW_UNNAMED if is_new else _UNNAMED
            choices = [Choice(persona, score, "the article does not name this person")]
        self._add(part, token, "description", choices)
        self._note(part, token, max(choices, key=lambda one: one.score).persona)

    def _of_unnamed(self, role: Role) -> Iterator[Choice]:
        """The last unnamed person whom the same noun brought in: “the spokesperson” after “a NATO spokesperson”."""
        for persona, other in reversed(self._unnamed):
            if not persona.is_plural and _is_same_noun(role, other) and self._memory.salience(persona, self._sentence):
                yield Choice(persona, 0.78, f"the {other.head} mentioned before: {persona.name}")
                return

    def _of_role(self, role: Role) -> Iterator[Choice]:
        """The named people, of whom a role is known, whom a description fits."""
        fits: list[tuple[float, float, Persona, Role]] = []
        for persona in self._officers:
            places = frozenset().union(*(one.places for one in persona.roles))
            best = max(
                ((fit(role, one, places=places), one) for one in persona.roles), key=lambda one: one[0], default=None
            )
            if best is None or best[0] < _GOOD_FIT or (role.gender and persona.gender not in ("", role.gender)):
                continue
            fits.append((best[0], self._memory.salience(persona, self._sentence), persona, best[1]))
        fits.sort(key=lambda one: (-one[0] - one[1], one[2].name))
        for number, (good, present, persona, known) in enumerate(fits):
            # “The minister” before anybody was called so is hardly the one who comes later.
            score = (0.5 + 0.4 * good) if number == 0 and (present or role.fields) else 0.4
            if number == 0 and len(fits) > 1 and fits[1][0] + fits[1][1] > good + present - 0.2:
                score = min(score, 0.6)
            yield Choice(persona, score, f"{persona.name} is called “{known.words}”")

    def _plural(self, part: Part, token: Token) -> None:
        words = _phrase(part, token)
        role = role_of(words, token.lower_)
        is_new = any(child.dep_ in ("det", "nummod", "amod") and child.lower_ != "the" for child in token.children)
        known = (
            None
            if is_new
            else next((one for one, other in reversed(self._unnamed) if _is_same_noun(role, other)), None)
        )
        persona = known or Persona(_bare(words), "group", is_named=False, is_plural=True)
        if known is None:
            self._unnamed.append((persona, role))
        is_full = len(persona.name.split()) > 1
        reason = f"the {token.lower_} mentioned before: {persona.name}" if known else "a group, as the source calls it"
        self._add(part, token, "collective", [Choice(persona, 0.75 if is_full else 0.5, reason)])
        self._note(part, token, persona)

    def _body(self, part: Part, token: Token) -> None:
        is_definite = any(child.lower_ in ("the", "this", "its", "their") for child in token.children)
        noun = token.lower_
        all_bodies = [one for one in self._memory.latest() if one.is_named and one.type != "person"]
        by_noun = [one for one in all_bodies if noun in fold(one.name).split()]
        if is_definite and by_noun:
            choices = [Choice(by_noun[0], 0.85, f"the {noun} named before: {by_noun[0].name}")]
        else:
            persona = Persona(_bare(_phrase(part, token)), bodies.type_of(noun, ""), is_named=False)
            has_name = any(child.pos_ == "PROPN" for child in token.lefts)
            choices = [Choice(persona, 0.75 if has_name else 0.55, "as the source calls it")]
            if is_definite:
                near = [one for one in all_bodies if one.type not in ("group",)][:2]
                choices += [
                    Choice(one, 0.5 - 0.1 * number, f"named shortly before the {noun}")
                    for number, one in enumerate(near)
                ]
        self._add(part, token, "body", choices)
        self._note(part, token, choices[0].persona)


def _telling(doc: Doc) -> list[int]:
    """The places of nouns and pronouns; reading all tokens one by one takes ten times as long."""
    kinds, named = doc.to_array("POS"), doc.vocab.strings
    found: list[int] = (
        ((kinds == named["NOUN"]) | (kinds == named["PROPN"]) | (kinds == named["PRON"])).nonzero()[0].tolist()
    )
    return found


def _can_be(persona: Persona, wanted: Gender, *, is_plural: bool) -> bool:
    if is_plural:
        return persona.is_plural or not persona.is_person
    return persona.is_person and not persona.is_plural and persona.gender in ("", wanted)


def _scored(ranked: Sequence[tuple[Persona, float]], pronoun: str, *, is_plural: bool) -> Iterator[Choice]:
    top = ranked[0][1]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    first = min(0.55 + 0.4 * (top - second) / top, 0.9) * min(1.0, 0.6 + 0.5 * top)
    for number, (persona, salience) in enumerate(ranked):
        score = first if number == 0 else min(0.45 * salience / top, first)
        who = "spoken of shortly before"
        reason = f"“{pronoun}”: the likeliest of those {who}" if number == 0 and second else who
        yield Choice(persona, score * (0.8 if is_plural else 1.0), reason)


def _is_same_noun(role: Role, other: Role) -> bool:
    """Whether “the spokesperson” can be “a NATO spokesperson”: the same noun, and nothing that it lacks."""
    same = role.head == other.head or (is_spokesperson(role) and is_spokesperson(other))
    return same and role.fields <= other.fields | {other.head} and role.places <= other.places


def _phrase(part: Part, token: Token) -> str:
    """The words of a noun with what stands before it, and a short “of …” after it."""
    left = token.left_edge.i
    while left < token.i and (part.doc[left].is_punct or part.doc[left].dep_ in ("cc", "mark", "prep")):
        left += 1
    right = token.i
    for child in token.rights:
        if (
            child.dep_ == "prep"
            and child.lower_ in ("of", "for", "at", "from", "in")
            and child.right_edge.i - child.i < 6
        ):
            right = child.right_edge.i
        else:
            break
    return part.doc[left : right + 1].text


def _bare(words: str) -> str:
    first, _, rest = words.partition(" ")
    return " ".join((rest if first.lower() in ("a", "an", "the", "one", "this", "that") and rest else words).split())
