"""Audit: everything that happened in a project, in a form that can be verified without this program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from annotator.domain.errors import AnnotatorError
from annotator.domain.journal import image
from annotator.domain.progress import Job
from annotator.export.audit import AuditAct, AuditAuthor, AuditFacts, audit_job
from annotator.services import bundling
from annotator.store import articles, journal, rows, signatures
from annotator.store.project import Project


class Audited(msgspec.Struct, frozen=True, kw_only=True):
    """What was written."""

    out: str
    events: int
    articles: int
    authors: int

    @property
    def summary(self) -> str:
        """One sentence for the message bar and the terminal."""
        people = f"{self.authors} author{'' if self.authors == 1 else 's'}"
        return (
            f"Wrote {self.events:,} acts of {people} on {self.articles:,} articles to {self.out};"
            " verify.py in it checks them."
        )


def audit(project: Project, out: Path) -> Job[Audited]:
    """A job that writes an audit export to a new folder, signed with one's own key.

    Raises:
        AnnotatorError: there is no key, or the folder cannot be written.
    """
    if out.resolve() == project.path.resolve():
        raise AnnotatorError(f"{out.name} is the project itself.", hint="Choose another name for the folder.")
    signer = bundling.signer_of(project)
    conn = project.conn
    heads = journal.heads(conn)
    names = project.author_names()
    authors = {
        author: AuditAuthor(names.get(author, author), tuple(signatures.keys_of(conn, author))) for author in heads
    }
    facts = AuditFacts(
        project=msgspec.structs.asdict(project.facts),
        authors=authors,
        heads=heads,
        articles=len(articles.each_id(conn)),
        events=sum(seq for seq, _ in heads.values()),
    )
    yield from audit_job(facts, _acts(project), _articles(project), _codebooks(project), out, signer)
    return Audited(out=str(out), events=facts.events, articles=facts.articles, authors=len(heads))


def _acts(project: Project) -> Iterator[AuditAct]:
    for event in journal.events(project.conn):
        yield AuditAct(event, tuple(signatures.of_event(project.conn, event.id)))


def _articles(project: Project) -> Iterator[dict[str, object]]:
    for one in articles.each(project.conn):
        yield {
            "id": one.id,
            "name": one.name,
            "title": one.title,
            "language": one.language,
            "outlet": one.outlet,
            "published": one.published,
            "raw_sha256": one.raw_sha256,
            "recipe": one.recipe,
            "text": one.text,
        }


def _codebooks(project: Project) -> Iterator[dict[str, object]]:
    for one in rows.select(project.conn, "codebook"):
        yield image(one)
