"""Which article of the project an imported text is, or is a part of."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.articles import NewArticle
from annotator.store import articles
from annotator.store.project import Project

# A text is looked for in all articles only where these are few: else the file has to name the article.
MOST_SEARCHED = 500
# Shorter words may stand in an article by chance.
FEWEST_CHARS = 20


@dataclass(frozen=True)
class Place:
    """An article of the project, and where in it a text begins."""

    article: NewArticle
    at: int = 0


class Places:
    """The articles of a project's queue, read when they are needed."""

    def __init__(self, project: Project) -> None:
        self._conn = project.conn
        self._ids = articles.ids(project.conn)
        self._known = set(self._ids)
        self._all: list[NewArticle] = []

    def whole(self, text: NewArticle, *, hint: str = "") -> Place | None:
        """The article that a text is, or is a part of: of the one that is named, or of one alone; else `None`.

        A part that stands in an article twice has no certain place.
        """
        if text.id in self._known:
            found = articles.get(self._conn, text.id)
            return None if found is None else Place(found)
        if hint:
            named = articles.get(self._conn, hint) if hint in self._known else None
            return _part(text.text, [named], fewest=1) if named is not None else None
        if len(self._ids) > MOST_SEARCHED:
            return None
        if not self._all:
            self._all = [one for one in (articles.get(self._conn, key) for key in self._ids) if one is not None]
        return _part(text.text, self._all, fewest=FEWEST_CHARS)


def _part(words: str, wholes: list[NewArticle], *, fewest: int) -> Place | None:
    inner = words.strip("\n")
    lead = len(words) - len(words.lstrip("\n"))
    found = [one for one in wholes if len(inner) >= fewest and one.text.count(inner) == 1]
    at = found[0].text.index(inner) - lead if len(found) == 1 else -1
    return Place(found[0], at) if at >= 0 else None
