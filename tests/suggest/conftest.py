"""One pipeline for all tests of the suggester: loading it takes a second."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from annotator.domain.drafts import EntityDraft, QuoteDraft
from annotator.domain.sections import find_sections
from annotator.domain.spans import Passages
from annotator.suggest.messages import ArticleText
from annotator.suggest.pipeline import load_pipeline, suggest_articles

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_pipeline()


@pytest.fixture(scope="session")
def entities(nlp: Language) -> Callable[[str], list[str]]:
    """What is proposed as entities in a text, each as `text/LABEL`."""

    def found(text: str) -> list[str]:
        article = ArticleText(id="a", text=text, sections=find_sections(text))
        ((_, suggestions),) = suggest_articles(nlp, [article])
        drafts = [suggestion.draft for suggestion in suggestions]
        return [f"{draft.text}/{draft.label}" for draft in drafts if isinstance(draft, EntityDraft)]

    return found


@pytest.fixture(scope="session")
def quotes(nlp: Language) -> Callable[[str], list[QuoteDraft]]:
    """What is proposed as quotes in a text."""

    def found(text: str) -> list[QuoteDraft]:
        article = ArticleText(id="a", text=text, sections=find_sections(text))
        ((_, suggestions),) = suggest_articles(nlp, [article])
        return [suggestion.draft for suggestion in suggestions if isinstance(suggestion.draft, QuoteDraft)]

    return found


def words(pieces: Passages) -> str:
    """The text of passages, fragments apart by ` … `."""
    return " … ".join(piece.text for piece in pieces)


def told(quote: QuoteDraft) -> tuple[str, str, str]:
    """Source, cue and content of a quote."""
    return words(quote.source), quote.cue.text if quote.cue else "", words(quote.content)
