"""One article, one meaning: the same words get the same label everywhere, and a name found once is found everywhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.domain.gazetteer import NEVER
from annotator.suggest.names import Finder, Name, label_counts, longest_first

SURNAME_SCORE = 0.85
SPREAD_FACTOR = 0.9
# A name that the model saw at fewer of its places is more often an ordinary word.
MIN_SHARE = 0.34

SPREAD_LABELS = frozenset(
    ("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "PRODUCT", "LAW", "WORK_OF_ART", "LANGUAGE")
)
_JOINT = re.compile(r"\s(?:for|to|on|in|and|the|with|at|of|v|vs|–|—|-|:)(?:\sthe)?\s")
_TITLES = frozenset(["Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV", "MP", "QC"])


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the article as the model read it: offsets, whether it is headline-like, whether it is all capitals."""

    start: int
    end: int
    is_headline: bool
    is_capitals: bool


class Known:
    """What the article itself and the gazetteer say about spellings: the label of each."""

    def __init__(self, names: Iterable[Name], text: str, gazetteer: Mapping[str, str]) -> None:
        self._gazetteer = gazetteer
        self.counts = label_counts((one for one in names if one.label in SPREAD_LABELS), text)
        self.labels = {spelled: max(of.items(), key=lambda pair: pair[1])[0] for spelled, of in self.counts.items()}
        self.surnames = self._surnames()
        for surname in self.surnames:
            self.labels[surname] = "PERSON"
        self.labels |= {one: gazetteer[one] for one in self.labels.keys() & gazetteer.keys()}

    def _surnames(self) -> set[str]:
        persons = [one.split() for one, label in self.labels.items() if label == "PERSON"]
        last = (words[-2] if words[-1] in _TITLES and len(words) > 2 else words[-1] for words in persons if words[1:])
        return {one for one in last if len(one) > 2 and one[:1].isupper() and one not in self._gazetteer}

    def label(self, spelled: str, default: str = "") -> str:
        """The label of a spelling."""
        return self._gazetteer.get(spelled) or self.labels.get(spelled, default)

    def share(self, spelled: str, label: str) -> float:
        """How far the places of a spelling agree about a label, 0 to 1."""
        if spelled in self.surnames or spelled in self._gazetteer:
            return 1.0
        of = self.counts.get(spelled, {})
        return of.get(label, 0.0) / sum(of.values()) if of else 1.0


def consistent(names: Sequence[Name], text: str, lines: Sequence[Line], gazetteer: Mapping[str, str]) -> list[Name]:
    """The names of an article with one label for each spelling, at every place where the spelling stands."""
    starts = [line.start for line in lines]
    is_body = [not (line.is_headline or line.is_capitals) for line in lines]
    in_body = [one for one in names if is_body[bisect_right(starts, one.start) - 1]]
    known = Known(in_body or names, text, gazetteer)
    # What only headlines say counts where the body says nothing.
    known.labels = Known(names, text, gazetteer).labels | known.labels
    whole = list(_relabelled(_parted(names, text, known), text, known))
    return longest_first([*whole, *_spread(whole, text, lines, known)])


def _relabelled(names: Iterable[Name], text: str, known: Known) -> Iterator[Name]:
    for one in names:
        spelled = text[one.start : one.end]
        if one.label not in SPREAD_LABELS:
            yield one
            continue
        label = known.label(spelled, one.label)
        if label == NEVER:
            continue
        score = SURNAME_SCORE if label == "PERSON" and spelled in known.surnames else one.score
        # Where its places disagree, none of them is sure.
        yield replace(one, label=label, score=score * (1 + known.share(spelled, label)) / 2)


def _parted(names: Iterable[Name], text: str, known: Known) -> Iterator[Name]:
    """Names that are two known ones, as “Trump for Nato” or “Ukraine NATO” in a headline, come as the two."""
    for one in names:
        spelled = text[one.start : one.end]
        beside = _beside(spelled, known) if one.label == "ORG" else 0
        if beside:
            yield Name(one.start, one.start + beside, "GPE", one.score)
            yield Name(one.start + beside + 1, one.end, "ORG", one.score)
            continue
        joint = _JOINT.search(spelled) if one.label in SPREAD_LABELS else None
        if joint is None or spelled in known.surnames:
            yield one
            continue
        sides = (spelled[: joint.start()], spelled[joint.end() :])
        labels = [known.label(side) for side in sides]
        if not all(labels) or ("PERSON" not in labels and "and" not in joint.group()):
            yield one
            continue
        yield Name(one.start, one.start + joint.start(), labels[0], one.score)
        yield Name(one.start + joint.end(), one.end, labels[1], one.score)


def _beside(spelled: str, known: Known) -> int:
    """Where a known place ends that stands right before a known abbreviation; 0 if they are no such two."""
    place, _, body = spelled.rpartition(" ")
    is_two = body.isupper() and len(body) > 2 and known.label(body) == "ORG" and known.label(place) == "GPE"
    return len(place) if is_two else 0


def _spread(names: Sequence[Name], text: str, lines: Sequence[Line], known: Known) -> Iterator[Name]:
    """The spellings that were found, at all their places; ones that were mostly passed over are left where they are."""
    named = [(text[one.start : one.end], one.score) for one in names if one.label in SPREAD_LABELS]
    scores = dict(named) | dict.fromkeys(known.surnames, SURNAME_SCORE)
    finder = Finder(scores)
    found = [
        (span, " ".join(text[span.start : span.end].split()))
        for line in lines
        for span in finder.find(text, line.start, line.end)
    ]
    seen, places = Counter(spelled for spelled, _ in named), Counter(spelled for _, spelled in found)
    for span, spelled in found:
        label = known.label(spelled)
        is_trusted = spelled in known.surnames or seen[spelled] >= MIN_SHARE * places[spelled]
        if label and label != NEVER and is_trusted and _is_name(spelled):
            yield Name(span.start, span.end, label, SPREAD_FACTOR * scores.get(spelled, SURNAME_SCORE))


def _is_name(spelled: str) -> bool:
    return any(char.isupper() for char in spelled) and len(spelled) > 1
