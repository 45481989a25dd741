"""Quotes that the tests of the services talk about."""

from __future__ import annotations

from annotator.domain.drafts import QuoteDraft, QuoteForm, Suggestion
from annotator.domain.records import Quote
from annotator.domain.spans import Span
from annotator.services import annotation, queries
from annotator.store.project import Project
from tests.services.making import first_article, open_ones


def text_of(project: Project) -> str:
    """The text of the first article."""
    return queries.article(project, first_article(project)).text


def added(project: Project, words: str, *, after: str = "", form: QuoteForm = "indirect") -> Quote:
    """A new quote on the first place of some words in the first article."""
    start = text_of(project).index(after + words) + len(after)
    span = Span(start, start + len(words))
    (made,) = annotation.add_quote(project, first_article(project), [span], form=form).records("quote")
    assert isinstance(made, Quote)
    return made


def quoted(project: Project) -> Suggestion:
    """An open suggestion of a direct quote in one piece, with a source and a cue."""
    return next(
        one
        for one in open_ones(project)
        if isinstance(one.draft, QuoteDraft)
        and len(one.draft.content) == 1
        and one.draft.form == "direct"
        and one.draft.source
    )
