"""An author's confirmed work as labelled articles, to learn from and to measure on."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.corpus import LabelledArticle, LabelledEntity, LabelledQuote
from annotator.services import queries
from annotator.store import articles, confirmed
from annotator.store.project import Project

MOST = 10_000
"""How many articles are learnt from at most."""


def labelled(project: Project, article_id: str) -> LabelledArticle:
    """An article with the author's own quotes and entities in it."""
    article = articles.get(project.conn, article_id)
    assert article is not None
    quotes = tuple(
        LabelledQuote(
            content=tuple(part.span for part in one.content),
            source=tuple(part.span for part in one.source),
            cue=one.cue.span if one.cue else None,
            reported=one.reported,
        )
        for one in queries.quotes(project, article_id)
    )
    entities = tuple(LabelledEntity(one.start, one.end, one.label) for one in queries.entities(project, article_id))
    return LabelledArticle(
        id=article_id, text=article.text, sections=article.sections, quotes=quotes, entities=entities
    )


def own_work(project: Project) -> Iterator[LabelledArticle]:
    """The articles that the author marked as done; where none is, those with a quote of theirs."""
    ids, are_done = confirmed.articles_of(project.conn, project.author.id, most=MOST)
    for one in ids:
        article = labelled(project, one)
        if are_done or article.quotes:
            yield article


def own_entities(project: Project) -> Iterator[LabelledArticle]:
    """The articles that the author marked as done; where none is, those with an entity of theirs."""
    ids, are_done = confirmed.articles_of(project.conn, project.author.id, most=MOST)
    for one in ids:
        article = labelled(project, one)
        if are_done or article.entities:
            yield article
