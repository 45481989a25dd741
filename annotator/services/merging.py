"""Receiving work: bundles are verified apart from the project, shown, and then taken over in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

import msgspec

from annotator.domain import bundle as lines
from annotator.domain.bundle import Heads
from annotator.domain.errors import AnnotatorError, BadBundle, NotAllowed, ProjectUnavailable, UnknownSigner
from annotator.domain.journal import Changes
from annotator.domain.progress import Job, Progress
from annotator.ingest.bundle import Envelope, lines_of, open_envelope
from annotator.services import identity, projects
from annotator.services.merge_preview import Preview, PreviewRow, Signer, counted, preview_of
from annotator.store import articles, backup, journal, signatures, uniting, verifying
from annotator.store.project import SUFFIX, Project, create_project, sync_folder
from annotator.store.staging import Staging

__all__ = ["Incoming", "Merged", "Preview", "PreviewRow", "Signer", "merge", "new_from", "preview_new", "receive"]

_MANY = 20


class Incoming:
    """Verified bundles that wait to be taken over. Close it when it is not wanted any more."""

    def __init__(self, staging: Staging, preview: Preview, heads: Heads) -> None:
        self.staging = staging
        self.preview = preview
        self.heads = heads

    def close(self) -> None:
        """Forget what was read."""
        self.staging.close()

    def __enter__(self) -> Incoming:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.close()


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """What a merge did."""

    preview: Preview
    changes: Changes

    @property
    def summary(self) -> str:
        """One sentence for the message bar and the terminal."""
        return self.preview.summary if self.preview.is_news else "Nothing new: nothing was changed."


def receive(project: Project, paths: Sequence[Path]) -> Job[Incoming]:
    """A job that reads and verifies bundles, all of them together; the project is not changed.

    Raises:
        BadBundle: one of them is damaged, was tampered with, is of another project or does not fit it.
    """
    envelopes: list[Envelope] = []
    for path in paths:
        envelopes.append((yield from open_envelope(path)))
        _check_project(project, envelopes[-1])
    staging = Staging()
    try:
        for envelope in envelopes:
            yield from _load(staging, envelope)
        for envelope in envelopes:
            verifying.check_begins(project.conn, staging, envelope.header.begins)
        total = sum(staging.count())
        for number, _ in enumerate(verifying.verify(project.conn, staging)):
            if number % _MANY == 0:
                yield Progress(min(number, total), total, "Verifying")
        preview = preview_of(project, staging, envelopes)
        return Incoming(staging, preview, _heads_of(project, staging))
    except BaseException:
        staging.close()
        raise


def _check_project(project: Project, envelope: Envelope) -> None:
    if envelope.header.project.id != project.id:
        raise BadBundle(
            f"{envelope.path.name} is of another project (“{envelope.header.project.name}”), not of “{project.name}”.",
            hint="Open that project, or make a new one from the bundle.",
        )


def _load(staging: Staging, envelope: Envelope) -> Job[None]:
    for member in envelope.header.authors:
        staging.add_member(member)
    for number, line in enumerate(lines_of(envelope)):
        if isinstance(line, lines.Article):
            staging.add_article(line)
        elif not staging.add_act(line):
            raise verifying.fork(staging, line.event.author, line.event.seq)
        if number % _MANY == 0:
            yield Progress(number, envelope.lines, "Reading the bundle")


def _heads_of(project: Project, staging: Staging) -> Heads:
    return {author: journal.head(project.conn, author) for author in staging.authors()}


def merge(project: Project, incoming: Incoming, *, accept: Collection[tuple[str, str]] = ()) -> Job[Merged]:
    """A job that takes over what was verified, in one transaction after a backup; cancelled, it changes nothing.

    `accept` holds authors with the public keys that the user lets count as theirs from now on.

    Raises:
        UnknownSigner: a key is neither accepted nor to be accepted.
        AnnotatorError: the project was changed meanwhile, or cannot be written.
    """
    preview, staging = incoming.preview, incoming.staging
    if not preview.is_news:
        return Merged(preview=preview, changes=Changes())
    _check_signers(preview, accept)
    if incoming.heads != _heads_of(project, staging):
        raise NotAllowed("The project was changed since the bundle was read.", hint="Receive the bundle again.")
    yield Progress(0, 0, "Backing up")
    if not project.is_read_only and articles.ids(project.conn):
        backup.back_up(project)
    total = sum(staging.count())
    touched = {one.article for one in staging.touched() if one.article}
    mine = {one.article for one in staging.touched() if one.article and one.author == project.author.id}
    with project.transaction() as conn:
        for signer in preview.unknown:
            signatures.accept(conn, signer.author, signer.public_key, time=project.now())
        for number, _ in enumerate(uniting.unite(conn, staging)):
            if number % _MANY == 0:
                yield Progress(min(number, total), total, "Merging")
        yield from project.recounting(sorted(mine))
    return Merged(preview=preview, changes=Changes(verb="merge", articles=frozenset(touched)))


def _check_signers(preview: Preview, accept: Collection[tuple[str, str]]) -> None:
    for one in preview.unknown:
        if (one.author, one.public_key) in accept:
            continue
        if one.status == "unsigned":
            text = f"Nobody signed {counted(one.acts, 'act')} of {one.name} in the bundle"
        elif one.status == "changed":
            text = f"“{one.name}” is known here with another key; this one is {one.fingerprint}"
        else:
            text = f"Nobody here knows the key of {one.name} yet: {one.fingerprint}"
        hint = f"Ask {one.name} for the fingerprint; if it is this one, accept it."
        if not one.public_key:
            hint = f"Ask {one.name} whether that is so; then accept it."
        raise UnknownSigner(f"{text}. Nothing was changed.", hint=hint)


def preview_new(paths: Sequence[Path]) -> Job[Preview]:
    """A job that says what a new project from bundles would hold.

    Raises:
        BadBundle: see `receive`.
    """
    with TemporaryDirectory(prefix="annotator-") as folder:
        project = yield from _empty(Path(folder) / f"new{SUFFIX}", paths)
        with project:
            incoming = yield from receive(project, paths)
            with incoming:
                return incoming.preview


def new_from(path: Path, paths: Sequence[Path], *, accept: Collection[tuple[str, str]] = ()) -> Job[Path]:
    """A job that makes a project file from a colleague's bundles, whole or not at all, and gives its path.

    Raises:
        BadBundle, UnknownSigner: see `receive` and `merge`.
        ProjectUnavailable: the file is there already, or cannot be written.
    """
    path = projects.with_suffix(path)
    if path.exists():
        raise ProjectUnavailable(f"{path.name} is there already.", hint="Choose another name, or receive it there.")
    if not path.parent.is_dir():
        raise ProjectUnavailable(f"There is no folder {path.parent}.", hint="Make it first, or choose another.")
    with TemporaryDirectory(prefix=".annotator-", dir=path.parent) as folder:
        project = yield from _empty(Path(folder) / path.name, paths)
        with project:
            incoming = yield from receive(project, paths)
            with incoming:
                yield from merge(project, incoming, accept=accept)
            _check_usable(project)
        project.path.replace(path)
    sync_folder(path.parent)
    return path


def _empty(path: Path, paths: Sequence[Path]) -> Job[Project]:
    if not paths:
        raise AnnotatorError("No bundle was named.", hint="Choose one.")
    envelope = yield from open_envelope(paths[0])
    return create_project(path, identity.author(), facts=envelope.header.project)


def _check_usable(project: Project) -> None:
    if not project.conn.execute("SELECT 1 FROM codebook").fetchone():
        raise BadBundle("The bundle holds no codebook: it is only a part of the work.", hint="Ask for a whole bundle.")
