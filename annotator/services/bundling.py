"""Sending work: one's own and what one has of others, as a bundle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from annotator import __version__
from annotator.domain import bundle as lines
from annotator.domain.bundle import Facts, Header, Heads, Member
from annotator.domain.canonical import canonical_json, sha256_hex
from annotator.domain.errors import AnnotatorError, BadBundle
from annotator.domain.progress import Job, Progress, drain
from annotator.domain.signing import Signer
from annotator.export.bundle import bundle_job
from annotator.ingest.bundle import open_envelope
from annotator.services import identity
from annotator.store import articles, journal, signatures
from annotator.store.project import Project

SUFFIX = lines.SUFFIX
_NO_FILE_NAME = re.compile(r"[^\w.-]+")


class Bundled(msgspec.Struct, frozen=True, kw_only=True):
    """What was written."""

    out: str
    articles: int
    events: int
    size: int
    heads: Heads

    @property
    def summary(self) -> str:
        """One sentence for the message bar and the terminal."""
        acts = f"{self.events:,} act{'' if self.events == 1 else 's'}"
        texts = f"{self.articles:,} article{'' if self.articles == 1 else 's'}"
        return f"{acts} and {texts} in {self.out} ({self.size / 1000:,.0f} kB)."


def default_name(project: Project) -> str:
    """The file name that is proposed for a bundle: project, author and day."""
    parts = (project.name, project.author.name, project.now()[:10])
    return "-".join(_NO_FILE_NAME.sub("_", part).strip("_.") for part in parts) + f"{SUFFIX}.gz"


def is_bundle(path: Path) -> bool:
    """Whether a file has the name of a bundle."""
    return path.name.endswith((SUFFIX, f"{SUFFIX}.gz"))


def heads(project: Project) -> Heads:
    """Where the chains of all authors stand in a project: what a colleague gives for a bundle of what is newer."""
    return journal.heads(project.conn)


def read_heads(path: Path) -> Heads:
    """The heads that a bundle leads to, or those of a JSON file as `annotator authors --json` prints it.

    Raises:
        AnnotatorError: the file is neither.
    """
    try:
        return drain(open_envelope(path)).header.ends
    except BadBundle as problem:
        try:
            return msgspec.json.decode(path.read_bytes(), type=_Printed).heads
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            raise problem from None


class _Printed(msgspec.Struct):
    heads: Heads


def bundle(project: Project, out: Path, *, since: Heads | None = None) -> Job[Bundled]:
    """A job that writes a bundle of all work in a project; with `since`, of what came after those heads.

    Raises:
        AnnotatorError: there is no key to sign with, `since` is of another past, or the file cannot be written.
    """
    signer = _signer(project)
    _sign(project, signer)
    begins, ends = _beginning(project, since or {}), heads(project)
    wanted = _new_articles(project, begins) if since else articles.each_id(project.conn)
    header = Header(
        format=lines.FORMAT,
        program=__version__,
        project=project.facts,
        sender=project.author.id,
        authors=_members(project),
        begins=begins,
        ends=ends,
        articles=len(wanted),
        events=sum(seq - begins.get(author, (0, ""))[0] for author, (seq, _) in ends.items()),
        codebook=sha256_hex(canonical_json(project.codebook().codebook)),
    )
    yield Progress(0, header.articles + header.events, "Writing the bundle")
    facts = yield from bundle_job(header, _lines(project, wanted, begins), out, signer)
    return Bundled(out=str(out), articles=header.articles, events=header.events, size=facts.size, heads=ends)


def _signer(project: Project) -> Signer:
    # A project that is open read-only was opened without the key.
    me = identity.author() if project.is_read_only else project.author
    if me.signer is None or me.id != project.author.id:
        raise AnnotatorError(identity.current().problem or "There is no key to sign with: open the project again.")
    return me.signer


def _sign(project: Project, signer: Signer) -> None:
    # What was done before there were keys, or without one, is covered by a signature of the last act.
    seq, _ = journal.head(project.conn, project.author.id)
    if seq > signatures.last_signed(project.conn, project.author.id) and not project.is_read_only:
        with project.transaction():
            project.note_author()


def _beginning(project: Project, since: Heads) -> Heads:
    begins: Heads = {}
    for author, (seq, digest) in sorted(since.items()):
        here, last = journal.head(project.conn, author)
        if seq > here:
            # The colleague knows more of this author than this project does.
            seq, digest = here, last
        elif seq and journal.hash_at(project.conn, author, seq) != digest:
            raise AnnotatorError(
                "Those heads are not of this project's past.", hint="Leave --since out, and send a whole bundle."
            )
        if seq:
            begins[author] = (seq, digest)
    return begins


def _members(project: Project) -> tuple[Member, ...]:
    known = {one: Member(one, name, named) for one, name, named in project.author_rows()}
    known.setdefault(project.author.id, Member(project.author.id, project.author.name, 0))
    return tuple(known[one] for one in sorted(known))


def _new_articles(project: Project, begins: Heads) -> list[str]:
    """The articles that somebody put into the queue in the acts that are sent, in the order of their import."""
    # Some of them the colleague has already; but another import of the same text may tell more of it.
    found: set[str] = set()
    for author in heads(project):
        for event in journal.events_after(project.conn, author, begins.get(author, (0, ""))[0]):
            for change in event.changes:
                if change.kind == "article_status" and change.before is None and change.after is not None:
                    found.add(str(change.after["article"]))
    return [one for one in articles.each_id(project.conn) if one in found]


def _lines(project: Project, wanted: list[str], begins: Heads) -> Iterator[lines.Article | lines.Act]:
    conn = project.conn
    for one in wanted:
        article = articles.get(conn, one)
        assert article is not None
        plain = {name: getattr(article, name) for name in lines.BundledArticle.__struct_fields__}
        yield lines.Article(article=lines.BundledArticle(**plain))
    for author in sorted(heads(project)):
        for event in journal.events_after(conn, author, begins.get(author, (0, ""))[0]):
            yield lines.Act(event=event, signatures=tuple(signatures.of_event(conn, event.id)))


__all__ = ["SUFFIX", "Bundled", "Facts", "Heads", "bundle", "default_name", "heads", "is_bundle", "read_heads"]
