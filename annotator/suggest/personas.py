"""Personas: the people and bodies that one article names, each with its names, its gender and its roles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.domain.drafts import ActorType
from annotator.domain.words import fold
from annotator.suggest import bodies, given_names
from annotator.suggest.given_names import Gender
from annotator.suggest.reading import Part, token_end, token_start
from annotator.suggest.role_phrases import roles_around
from annotator.suggest.roles import HEADS, TITLES, Role

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_MAX_NAME = 6
_MAX_MISSED = 3
_CLOSE_NAMES = 85.0
_FUZZY_LENGTH = 6
_VOTES: dict[str, Gender] = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}


@dataclass(slots=True, eq=False)
class Persona:
    """Somebody or something as one article tells of it.

    `name` is the fullest name, or the description of somebody unnamed.
    """

    name: str
    type: ActorType
    gender: Gender = ""
    names: list[str] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    is_named: bool = True
    is_plural: bool = False

    @property
    def is_certain(self) -> bool:
        """Whether it surely is a person: a single word that is no first name may be anything, says the recogniser."""
        return self.type != "person" or " " in self.name or bool(self.gender) or bool(self.roles)

    @property
    def is_person(self) -> bool:
        return self.type in ("person", "anonymous")


@dataclass(frozen=True, slots=True)
class Naming:
    """A place where a persona is named; tokens `first` to `last` (half-open) hold the name with titles and roles."""

    persona: Persona
    part: Part
    first: int
    last: int
    head: int
    words: str

    @property
    def start(self) -> int:
        return token_start(self.part, self.part.doc[self.first])

    @property
    def end(self) -> int:
        return token_end(self.part, self.part.doc[self.last - 1])


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as it stands in the text, without titles: tokens `first` to `last`, half-open."""

    part: Part
    first: int
    last: int
    label: str

    @property
    def words(self) -> list[str]:
        words = (word.strip(",;'’\"“”") for word in self.part.doc[self.first : self.last].text.split())
        return [word for word in words if word]


class Cast:
    """All personas of an article and every place where one is named, in the order of the text."""

    def __init__(self, parts: Sequence[Part], *, extra: Iterable[tuple[Part, TokenSpan]] = ()) -> None:
        self.personas: list[Persona] = []
        self.namings: list[Naming] = []
        self._by_surname: defaultdict[str, list[Persona]] = defaultdict(list)
        self._by_given: defaultdict[str, list[Persona]] = defaultdict(list)
        self._bodies: dict[str, Persona] = {}
        self._bodies_like: defaultdict[str, list[Persona]] = defaultdict(list)
        names = sorted(_names(parts, extra), key=lambda one: (one.part.start, one.first))
        people = [one for one in names if one.label == "PERSON"]
        of: dict[int, Persona] = {}
        for one in people:
            if len(one.words) > 1:
                of[id(one)] = self._person(one)
        recent: list[Persona] = []
        for one in names:
            found = of.get(id(one)) or self._short(one, recent)
            if found is not None:
                recent.append(found)
            self._place(one, found or self._body(one))
        self.namings.sort(key=lambda one: (one.start, one.end))
        for persona in self.personas:
            if persona.type == "person":
                persona.name = _usual_name(persona)
        _tell_genders(parts, self.namings)

    def _person(self, one: _Name) -> Persona:
        words = _without_suffix(one.words)
        given, surname = words[0], fold(words[-1])
        for known in self._by_surname[surname]:
            theirs = _without_suffix(known.name.split())
            if given_names.is_same(given, theirs[0]) or fold(given) in map(fold, theirs[:-1]):
                return known
        made = Persona(name=" ".join(one.words), type="person", gender=given_names.gender_of(given))
        self.personas.append(made)
        self._by_surname[surname].append(made)
        self._by_given[fold(given)].append(made)
        return made

    def _short(self, one: _Name, recent: Sequence[Persona]) -> Persona | None:
        """Whom a single name means: a surname first, then a first name, then somebody of that name alone."""
        if len(one.words) != 1:
            return None
        word = fold(one.words[0])
        found = self._by_surname.get(word, [])
        if not found and one.label == "PERSON" and given_names.gender_of(word):
            found = self._by_given.get(word, [])
        if not found and one.label == "PERSON":
            found = self._misspelt(word)
        gender = title_gender(one.part.doc, one.first)
        # “Mr. Obama” is not Michelle Obama.
        found = [persona for persona in found if not gender or persona.gender in ("", gender)]
        if found:
            return _nearest(found, recent, gender)
        if one.label != "PERSON" or word in bodies.METONYMS or word in self._bodies:
            return None
        made = Persona(name=one.words[0], type="person", gender=given_names.gender_of(word))
        self.personas.append(made)
        self._by_surname[word].append(made)
        return made

    def _misspelt(self, word: str) -> list[Persona]:
        from rapidfuzz import fuzz

        if len(word) < _FUZZY_LENGTH:
            return []
        close = (one for one in self._by_surname if fuzz.ratio(word, one) >= _CLOSE_NAMES)
        return [persona for one in close for persona in self._by_surname[one]]

    def _body(self, one: _Name) -> Persona:
        name = bodies.bare(one.part.doc[one.first : one.last].text)
        key = fold(name)
        like = self._bodies_like[bodies.first_letters(name)]
        found = self._bodies.get(key) or next((known for known in like if bodies.is_short_for(name, known.name)), None)
        if found is None:
            found = Persona(name=name, type=bodies.type_of(name, one.label))
            self.personas.append(found)
        elif len(name) > len(found.name) and not name.isupper():
            found.name = name
        self._bodies[key] = found
        if found not in like:
            like.append(found)
        return found

    def _place(self, one: _Name, persona: Persona) -> None:
        doc = one.part.doc
        persona.names.append(" ".join(one.words))
        first, last, head = one.first, one.last, doc[one.first : one.last].root.i
        if persona.type == "person":
            persona.gender = title_gender(doc, one.first) or persona.gender
            for role, begin, end in roles_around(doc, one.first, one.last):
                persona.roles.append(role)
                persona.gender = persona.gender or role.gender
                first, last = min(first, begin), max(last, end)
            head = doc[first:last].root.i
        self.namings.append(Naming(persona, one.part, first, last, head, " ".join(one.words)))


def _usual_name(persona: Persona) -> str:
    """The name of most words that is used most often: a headline's “Rip Donald Trump” is one time against many."""
    full = Counter(name for name in persona.names if " " in name)
    return max(full, key=lambda name: (full[name], len(name))) if full else persona.name


def _tell_genders(parts: Sequence[Part], namings: Sequence[Naming]) -> None:
    """Genders that neither title nor first name tells, from “he” and “she” in sentences that name one person only."""
    votes: Counter[tuple[int, Gender]] = Counter()
    by_part: defaultdict[int, list[Naming]] = defaultdict(list)
    for one in namings:
        if one.persona.type == "person":
            by_part[one.part.start].append(one)
    for part in parts:
        here = by_part[part.start]
        if not any(not one.persona.gender for one in here):
            continue
        for sentence in part.doc.sents:
            named = [one for one in here if sentence.start <= one.head < sentence.end]
            if len({id(one.persona) for one in named}) == 1:
                for token in part.doc[named[0].last : sentence.end]:
                    if token.lower_ in _VOTES:
                        votes[id(named[0].persona), _VOTES[token.lower_]] += 1
    for one in namings:
        if one.persona.type == "person" and not one.persona.gender:
            he, she = votes[id(one.persona), "m"], votes[id(one.persona), "f"]
            one.persona.gender = "m" if he > 2 * she else "f" if she > 2 * he else ""


def title_gender(doc: Doc, first: int) -> Gender:
    """What the title before a name says."""
    return TITLES.get(doc[first - 1].lower_.rstrip("."), "") if first > 0 else ""


def _without_suffix(words: list[str]) -> list[str]:
    return words[:-1] if len(words) > 2 and words[-1].lower().rstrip(".") in _SUFFIXES else words


def _nearest(found: Sequence[Persona], recent: Sequence[Persona], gender: Gender) -> Persona:
    told = [one for one in found if gender and one.gender == gender]
    fitting = told or [one for one in found if not gender or not one.gender] or list(found)
    return next((one for one in reversed(recent) if one in fitting), fitting[0])


def _names(parts: Sequence[Part], extra: Iterable[tuple[Part, TokenSpan]]) -> Iterator[_Name]:
    """The names that the recogniser found, those that are given, and those that it missed."""
    taken: dict[int, set[int]] = {part.start: set() for part in parts}
    extra = list(extra)
    # After a role stands a person, whatever the recogniser says.
    after_roles = [(part, span) for part, span in extra if len(span) > 1 and _is_after_role(part.doc, span.start)]
    found = [_Name(part, span.start, span.end, "PERSON") for part, span in after_roles]
    for one in found:
        taken[one.part.start].update(range(one.first, one.last))
    for part in parts:
        for entity in part.doc.ents:
            cleaned = _cleaned(part, entity)
            if cleaned is not None and taken[part.start].isdisjoint(range(cleaned.first, cleaned.last)):
                taken[part.start].update(range(cleaned.first, cleaned.last))
                found.append(cleaned)
    for part, span in extra:
        if taken[part.start].isdisjoint(range(span.start, span.end)):
            taken[part.start].update(range(span.start, span.end))
            label = "PERSON" if bodies.type_of(span.text, "") == "organization" else "ORG"
            found.append(_Name(part, span.start, span.end, label))
    for part in parts:
        for one in _missed_people(part, taken[part.start]):
            taken[part.start].update(range(one.first, one.last))
            found.append(one)
    yield from found
    surnames = {one.words[-1] for one in found if one.label == "PERSON"}
    for part in parts:
        yield from _missed(part, taken[part.start], surnames)


def _is_after_role(doc: Doc, first: int) -> bool:
    return first > 0 and doc[first - 1].lower_.rstrip(".") in TITLES.keys() | HEADS


def _missed_people(part: Part, taken: set[int]) -> Iterator[_Name]:
    """Two or three capitalised words after a role, or that begin with a first name: people whom no entity covers."""
    doc = part.doc
    run: list[int] = []
    for at in [*_free_names(part, taken), len(doc) + 1]:
        if run and (at != run[-1] + 1 or len(run) == _MAX_MISSED):
            if len(run) > 1 and (_is_after_role(doc, run[0]) or given_names.gender_of(doc[run[0]].text)):
                yield _Name(part, run[0], run[-1] + 1, "PERSON")
            run = []
        run.append(at)


def _free_names(part: Part, taken: set[int]) -> Iterator[int]:
    """Capitalised proper nouns that no entity covers and that are no roles."""
    for at in proper_nouns(part.doc):
        token = part.doc[at]
        word = token.lower_.rstrip(".")
        if at not in taken and token.is_title and not token.ent_type_ and word not in HEADS and word not in TITLES:
            yield at


def proper_nouns(doc: Doc) -> list[int]:
    """The places of the proper nouns; reading all tokens one by one takes ten times as long."""
    found: list[int] = (doc.to_array("POS") == doc.vocab.strings["PROPN"]).nonzero()[0].tolist()
    return found


def _missed(part: Part, taken: set[int], surnames: set[str]) -> Iterator[_Name]:
    """Surnames of people named elsewhere and places that speak for governments, where no entity covers them."""
    for at in proper_nouns(part.doc):
        token = part.doc[at]
        if at in taken or token.ent_type_ in ("ORG", "GPE", "FAC", "WORK_OF_ART"):
            continue
        if token.text in surnames:
            yield _Name(part, at, at + 1, "PERSON")
        elif token.lower_ in bodies.METONYMS:
            yield _Name(part, at, at + 1, "ORG")


def _cleaned(part: Part, entity: TokenSpan) -> _Name | None:
    if entity.label_ not in ("PERSON", "ORG", "GPE", "NORP", "FAC"):
        return None
    first, last, doc = entity.start, entity.end, entity.doc
    while last > first and (doc[last - 1].text in ("'s", "’s", "'", "’") or doc[last - 1].is_punct):
        last -= 1
    while first < last and (doc[first].is_punct or doc[first].is_space or doc[first].lower_ == "the"):
        first += 1
    label = entity.label_
    # “Rathbun the Scientology”, “the World Health Organisation (WHO”: the recogniser went on too far.
    last = (
        next((token.i for token in doc[first + 1 : last] if token.text in ("(", "the", "/")), last)
        if last > first
        else last
    )
    if label == "ORG" and last - first > 2 and given_names.gender_of(doc[first].text):
        cut = next((token.i for token in doc[first + 1 : last] if token.lower_ in ("for", "of", "from")), last)
        if cut < last and cut - first > 1:
            last, label = cut, "PERSON"
    if label == "PERSON" or (last - first > 1 and doc[first].lower_.rstrip(".") in TITLES):
        while first < last - 1 and doc[first].lower_.rstrip(".") in TITLES.keys() | HEADS:
            first += 1
            label = "PERSON"
    words = doc[first:last]
    if first >= last or not words.text[:1].isupper() or len(words) > (_MAX_NAME if label == "PERSON" else 12):
        return None
    if label == "NORP" and words.root.dep_ in ("amod", "compound"):
        return None
    if label == "PERSON" and (any(char.isdigit() for char in words.text) or words[-1].lower_ in HEADS):
        return None
    return _Name(part, first, last, label)
