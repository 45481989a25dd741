"""The suite of entities: exact bounds and label, on CrossNER's politics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.drafts import EntityDraft
from annotator.suggest.messages import ArticleText
from annotator.suggest.pipeline import load_pipeline, suggest_articles
from benchmarks.suggest_quality import data
from benchmarks.suggest_quality.data import Places
from benchmarks.suggest_quality.table import Figure, Row

if TYPE_CHECKING:
    from spacy.language import Language

Name = tuple[int, int, str]

_LICENCE = "MIT"
# The sentences before this one were looked at when the rules were made.
FIRST_HELD_OUT = 270
_OF_CROSSNER = {
    "person": "PERSON",
    "politician": "PERSON",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "country": "PLACE",
    "location": "PLACE",
    "event": "EVENT",
    "election": "EVENT",
}
_OURS = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "EVENT": "EVENT"}


def class_of(label: str) -> str:
    """The class of a label of ours that CrossNER's names have; empty for all others."""
    return _OURS.get(label, "")


def rows(places: Places) -> list[Row]:
    """The pipeline as it is, and what we make of it, on the sentences that were only scored."""
    name = "CrossNER politics dev, last 271"
    if places.crossner is None:
        return [Row(what="entities", data=name, licence=_LICENCE, note=data.CROSSNER_HINT)]
    sentences = list(read_bio(places.crossner))[FIRST_HELD_OUT:]
    nlp = load_pipeline()
    bare = _figure(sentences, (_bare(nlp, text) for text, _ in sentences))
    ours = _figure(sentences, _ours(nlp, [text for text, _ in sentences]))
    return [
        Row(what="entities, spaCy as it is", data=name, licence=_LICENCE, figure=bare),
        Row(what="entities", data=name, licence=_LICENCE, figure=ours, goal=73.0),
    ]


def _figure(sentences: list[tuple[str, set[Name]]], found: Iterable[set[Name]]) -> Figure:
    labelled = proposed = right = 0
    for (_, names), ours in zip(sentences, found, strict=True):
        labelled, proposed, right = labelled + len(names), proposed + len(ours), right + len(names & ours)
    return Figure.of(right, right, labelled, proposed)


def _bare(nlp: Language, text: str) -> set[Name]:
    return {(one.start_char, one.end_char, _OURS[one.label_]) for one in nlp(text).ents if one.label_ in _OURS}


def _ours(nlp: Language, texts: list[str]) -> Iterator[set[Name]]:
    articles = [ArticleText(id=str(number), text=text) for number, text in enumerate(texts)]
    for _, suggestions in suggest_articles(nlp, articles):
        drafts = [one.draft for one in suggestions if isinstance(one.draft, EntityDraft)]
        yield {(one.start, one.end, _OURS[one.label]) for one in drafts if one.label in _OURS}


def read_bio(file: Path) -> Iterator[tuple[str, set[Name]]]:
    """The sentences of a file in BIO, words set apart by blanks, with their names in our classes."""
    for block in file.read_text(encoding="utf-8").split("\n\n"):
        pairs = [line.split("\t") for line in block.splitlines() if line.strip()]
        if pairs:
            yield " ".join(word for word, _ in pairs), set(_names(pairs))


def _names(pairs: list[list[str]]) -> Iterator[Name]:
    at, start, end, label = 0, 0, 0, ""
    for word, tag in [*pairs, ["", "O"]]:
        if not tag.startswith("I-"):
            if label:
                yield start, end, label
            start, label = at, _OF_CROSSNER.get(tag[2:], "") if tag != "O" else ""
        end = at + len(word)
        at = end + 1
