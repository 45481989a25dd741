"""What the views show: plain frozen rows, read afresh."""

from __future__ import annotations

import msgspec

from annotator.domain.codebook import Codebook
from annotator.domain.drafts import Suggestion
from annotator.domain.errors import NotAllowed
from annotator.domain.memory import Memory
from annotator.domain.records import Entity, Quote, Rejection, Stance
from annotator.domain.sureness import Sureness
from annotator.services import actors, stances, targets
from annotator.store import articles, rows, suggestions
from annotator.store.articles import Article, ArticleRow
from annotator.store.project import Project

__all__ = ["Article", "ArticleRow", "ArticleView", "article", "article_row", "article_rows", "article_view", "codebook"]


class ArticleView(msgspec.Struct, frozen=True, kw_only=True):
    """An article with one author's layer and all suggestions, decided or not, each in the order of the text.

    Of the suggestions, which are as the models made them, those are shown that are sure enough for `sureness`, and as
    `memory` has it, which follows each act.
    """

    article: Article
    entities: tuple[Entity, ...]
    quotes: tuple[Quote, ...]
    rejections: tuple[Rejection, ...]
    suggestions: tuple[Suggestion, ...]
    memory: Memory
    sureness: Sureness = "all"
    stances: tuple[Stance, ...]
    actors: dict[str, str]
    people: frozenset[str]
    targets: dict[str, str]


def article_rows(project: Project) -> list[ArticleRow]:
    """The queue, in the order of import."""
    return articles.article_rows(project.conn, project.author.id)


def article_row(project: Project, article_id: str) -> ArticleRow | None:
    """One row of the queue, or `None` when it is not in the queue."""
    return articles.article_row(project.conn, project.author.id, article_id)


def suggested_since(project: Project, time: str) -> list[str]:
    """The articles that got suggestions at that time (UTC, as the project writes it) or later, by id."""
    return suggestions.suggested_since(project.conn, time)


def article(project: Project, article_id: str) -> Article:
    """The article of that id.

    Raises:
        NotAllowed: there is none.
    """
    found = articles.get(project.conn, article_id)
    if found is None:
        raise NotAllowed("That article is not in this project.", hint="Choose one from the queue.")
    return found


def entities(project: Project, article_id: str) -> list[Entity]:
    """The author's own entities of an article, in the order of the text."""
    found = rows.select(project.conn, "entity", "article = ? AND author = ?", (article_id, project.author.id))
    mine = [one for one in found if isinstance(one, Entity)]
    return sorted(mine, key=lambda one: (one.start, one.end, one.id))


def quotes(project: Project, article_id: str) -> list[Quote]:
    """The author's own quotes of an article, in the order of the text."""
    found = rows.select(project.conn, "quote", "article = ? AND author = ?", (article_id, project.author.id))
    mine = [one for one in found if isinstance(one, Quote)]
    return sorted(mine, key=lambda one: (one.content, one.id))


def open_suggestions(project: Project, article_id: str) -> list[Suggestion]:
    """The suggestions that are shown and that the author has not decided about, in the order of the text."""
    return suggestions.open_of(project.conn, article_id, project.author.id, project.memory, sureness=project.sureness)


def article_view(project: Project, article_id: str) -> ArticleView:
    """All that the Label view shows of an article. Errors are those of `article`."""
    rejected = rows.select(project.conn, "rejection", "article = ? AND author = ?", (article_id, project.author.id))
    return ArticleView(
        article=article(project, article_id),
        entities=tuple(entities(project, article_id)),
        quotes=tuple(quotes(project, article_id)),
        rejections=tuple(one for one in rejected if isinstance(one, Rejection)),
        suggestions=tuple(suggestions.of_article(project.conn, article_id)),
        memory=project.memory,
        sureness=project.sureness,
        stances=tuple(stances.of_article(project, article_id)),
        actors=actors.names(project),
        people=actors.people(project),
        targets=targets.target_labels(project),
    )


def codebook(project: Project) -> Codebook:
    """The codebook in force."""
    return project.codebook().codebook


def search(project: Project, words: str) -> list[str]:
    """The ids of the articles whose text holds all the words, in the order of import."""
    return articles.search(project.conn, words)
