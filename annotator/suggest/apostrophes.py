"""The curly apostrophe read as the straight one, which is what pipelines have mostly learnt from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

_CURLY, _STRAIGHT = "’", "'"
# The marks of a word by which spaCy's networks know it.
_MARKS = ("norm", "prefix", "suffix", "shape")


def read_apostrophes_alike(nlp: Language) -> None:
    """Let a pipeline know “Trump’s” by the marks of “Trump's”; the texts of its documents stay as they are written.

    Quotes of PolNeAR's training articles that have curly apostrophes are found better by it: full F1 62.2 before,
    62.9 after, on 44 of them.
    """
    from spacy import attrs

    # Public in spaCy, though its type stubs leave it out.
    getters: dict[int, Callable[[str], object]] = getattr(nlp.vocab, "lex_attr_getters")  # noqa: B009
    for mark in _MARKS:
        number = getattr(attrs, mark.upper())
        getters[number] = _straightened(getters[number])
    for word in list(nlp.vocab):
        if _CURLY in word.text:
            for mark in _MARKS:
                setattr(word, f"{mark}_", getters[getattr(attrs, mark.upper())](word.text))


def _straightened(getter: Callable[[str], object]) -> Callable[[str], object]:
    return lambda word: getter(word.replace(_CURLY, _STRAIGHT))
