"""What bundles would bring: how much of whom and of what kind, and under whose keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

import msgspec

from annotator.domain.signing import fingerprint
from annotator.ingest.bundle import Envelope
from annotator.store import articles, signatures
from annotator.store.project import Project
from annotator.store.staging import Staging

# `you`: this installation. `changed`: the name or the author is known with another key.
Status = Literal["you", "accepted", "unknown", "changed", "unsigned"]
ANNOTATIONS = ("entity", "quote", "stance")


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
            parts.append(f"{counted(self.annotations, 'new annotation')} on {counted(self.annotated, 'article')}")
        if self.articles:
            parts.append(f"{counted(self.articles, 'article')} new")
        if not parts:
            parts.append(f"{counted(self.acts, 'new act')}, no new annotation")
        return ", ".join(parts) + "."


def counted(number: int, what: str) -> str:
    """A number of things, in words."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def preview_of(project: Project, staging: Staging, envelopes: Sequence[Envelope]) -> Preview:
    """What taking over verified bundles would do."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    annotated: set[str] = set()
    for one in staging.touched():
        what = "withdrawn" if one.image is None else "changed" if one.was_there else "added"
        if not one.was_there and one.image is None:
            continue
        counts.setdefault((one.author, one.kind), Counter())[what] += 1
        if what == "added" and one.kind in ANNOTATIONS and one.article:
            annotated.add(one.article)
    better, acts = staging.count()
    known = set(articles.each_id(project.conn))
    is_news = bool(acts or better or any(staging.signatures()))
    return Preview(
        project=project.name,
        senders=tuple(sorted({staging.name_of(one.header.sender) for one in envelopes})),
        articles=sum(one not in known for one in staging.article_ids()),
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
        for event in staging.act_ids(author):
            unclaimed += 1
            for key in signed.get(event, ()):
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
    if not key:
        # Asked about each time: anybody could put more of it under that name.
        return "unsigned"
    known = [one for one in signatures.keys_of(project.conn, author) if one]
    if key in known:
        return "accepted"
    namesakes = [one for one, called in project.author_names().items() if called.casefold() == name.casefold()]
    is_other = author == me.id or name.casefold() == me.name.casefold() or any(one != author for one in namesakes)
    return "changed" if known or is_other else "unknown"
