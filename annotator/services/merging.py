"""Receiving work: bundles are verified apart from the project, shown, and then taken over in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Literal

import msgspec

from annotator.domain import bundle as lines
from annotator.domain.bundle import Heads
from annotator.domain.errors import AnnotatorError, BadBundle, NotAllowed, ProjectUnavailable, UnknownSigner
from annotator.domain.journal import Changes
from annotator.domain.progress import Job, Progress
from annotator.domain.signing import fingerprint
from annotator.ingest.bundle import Envelope, lines_of, open_envelope
from annotator.services import identity, projects
from annotator.store import articles, backup, journal, signatures, uniting, verifying
from annotator.store.project import SUFFIX, Project, create_project, sync_folder
from annotator.store.staging import Staging

# `you`: this installation. `changed`: the name or the author is known with another key.
Status = Literal["you", "accepted", "unknown", "changed", "unsigned"]
ANNOTATIONS = ("entity", "quote", "stance")
_MANY = 100


class Signer(msgspec.Struct, frozen=True, kw_only=True):
    """A key under which new work comes, or the lack of one: `public_key` is empty for work that nobody signed."""

    author: str
    name: str
    public_key: str
    status: Status
    acts: int
    is_sender: bool

    @property
    def fingerprint(self) -> str:
        """The key as people compare it."""
        return fingerprint(self.public_key)

    @property
    def is_known(self) -> bool:
        """Whether its work is taken over without asking."""
        return self.status in ("you", "accepted")


class PreviewRow(msgspec.Struct, frozen=True, kw_only=True):
    """What comes of one author and kind of record."""

    author: str
    name: str
    kind: str
    added: int
    changed: int
    withdrawn: int


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What a merge would do."""

    project: str
    senders: tuple[str, ...]
    articles: int
    acts: int
    annotations: int
    annotated: int
    is_news: bool
    rows: tuple[PreviewRow, ...]
    signers: tuple[Signer, ...]

    @property
    def unknown(self) -> tuple[Signer, ...]:
        """The signers that the user has to accept first."""
        return tuple(one for one in self.signers if not one.is_known)

    @property
    def summary(self) -> str:
        """One sentence."""
        if not self.is_news:
            return "Nothing new: all of it is in the project already."
        parts = []
        if self.annotations:
            parts.append(f"{_counted(self.annotations, 'new annotation')} on {_counted(self.annotated, 'article')}")
        if self.articles:
            parts.append(f"{_counted(self.articles, 'article')} new")
        if not parts:
            parts.append(f"{_counted(self.acts, 'new act')}, no new annotation")
        return ", ".join(parts) + "."


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


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


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
        preview = _preview(project, staging, envelopes)
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


def _preview(project: Project, staging: Staging, envelopes: Sequence[Envelope]) -> Preview:
    counts: dict[tuple[str, str], Counter[str]] = {}
    annotated: set[str] = set()
    for one in staging.touched():
        what = "withdrawn" if one.image is None else "changed" if one.was_there else "added"
        if not one.was_there and one.image is None:
            continue
        counts.setdefault((one.author, one.kind), Counter())[what] += 1
        if what == "added" and one.kind in ANNOTATIONS and one.article:
            annotated.add(one.article)
    better = [one.id for one in staging.articles() if uniting.is_better(project.conn, one)]
    new = [one for one in better if articles.get(project.conn, one) is None]
    acts = staging.count()[1]
    is_news = bool(acts or better or any(staging.signatures()))
    return Preview(
        project=project.name,
        senders=tuple(sorted({staging.name_of(one.header.sender) for one in envelopes})),
        articles=len(new),
        acts=acts,
        annotations=sum(found["added"] for (_, kind), found in counts.items() if kind in ANNOTATIONS),
        annotated=len(annotated),
        is_news=is_news,
        rows=tuple(
            PreviewRow(
                author=author,
                name=staging.name_of(author),
                kind=kind,
                added=found["added"],
                changed=found["changed"],
                withdrawn=found["withdrawn"],
            )
            for (author, kind), found in sorted(counts.items())
        ),
        signers=_signers(project, staging, envelopes) if is_news else (),
    )


def _signers(project: Project, staging: Staging, envelopes: Sequence[Envelope]) -> tuple[Signer, ...]:
    """Whose keys stand behind what is new, by author and key."""
    found: dict[tuple[str, str], int] = {}
    senders = {(one.header.sender, one.footer.signature.public_key) for one in envelopes}
    for author, key in senders:
        found[author, key] = 0
    signed: dict[str, set[str]] = {}
    for event, author, _, signature in staging.signatures():
        found.setdefault((author, signature.public_key), 0)
        signed.setdefault(event, set()).add(signature.public_key)
    for author in staging.authors():
        unclaimed = 0
        for act in staging.acts(author):
            unclaimed += 1
            for key in signed.get(act.event.id, ()):
                # Through the chain a signature covers what came before it.
                found[author, key] += unclaimed
                unclaimed = 0
        if unclaimed:
            found[author, ""] = unclaimed
    return tuple(
        Signer(
            author=author,
            name=staging.name_of(author),
            public_key=key,
            status=_status(project, author, key, staging.name_of(author)),
            acts=acts,
            is_sender=(author, key) in senders,
        )
        for (author, key), acts in sorted(found.items())
    )


def _status(project: Project, author: str, key: str, name: str) -> Status:
    me = project.author
    if author == me.id and me.signer is not None and key == me.signer.public_key:
        return "you"
    known = signatures.keys_of(project.conn, author)
    if key in known:
        return "accepted"
    if not key:
        return "unsigned"
    namesakes = [one for one, called in project.author_names().items() if called.casefold() == name.casefold()]
    is_other = author == me.id or name.casefold() == me.name.casefold() or any(one != author for one in namesakes)
    return "changed" if known or is_other else "unknown"


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
            text = f"{_counted(one.acts, 'act')} of {one.name} in the bundle have no signature"
        elif one.status == "changed":
            text = f"“{one.name}” is known here with another key; this one is {one.fingerprint}"
        else:
            text = f"Nobody here knows the key of {one.name} yet: {one.fingerprint}"
        raise UnknownSigner(
            f"{text}. Nothing was changed.", hint=f"Ask {one.name} for the fingerprint; if it is this one, accept it."
        )


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
