"""Near-duplicates: articles that say nearly the same words, such as an agency's report in three papers."""

from __future__ import annotations

from annotator.domain.progress import Job, Progress
from annotator.export.split import duplicate_groups, sketch
from annotator.store import articles
from annotator.store.project import Project

Groups = list[tuple[str, ...]]


def stories(project: Project) -> Job[Groups]:
    """A job that groups the articles of the queue by their words: a story is a group, most are of one article.

    Two articles are near-duplicates where their five-word runs have a fifth in common (Jaccard's measure, estimated
    from the 64 smallest hashes of each; see `export.split`, which keeps groups in one part). A group may be a chain.
    Ids are in the order of import, within a group too.
    """
    ids = articles.ids(project.conn)
    sketches: dict[str, frozenset[int]] = {}
    for number, article in enumerate(ids):
        yield Progress(number, len(ids), "Comparing articles")
        sketches[article] = sketch(articles.text_of(project.conn, article))
    place = {article: number for number, article in enumerate(ids)}
    groups = [tuple(sorted(group, key=place.__getitem__)) for group in duplicate_groups(sketches)]
    return sorted(groups, key=lambda group: place[group[0]])


def twins(groups: Groups) -> dict[str, tuple[str, ...]]:
    """The near-duplicates of each article that has some, in the order of import."""
    return {one: tuple(other for other in group if other != one) for group in groups if len(group) > 1 for one in group}
