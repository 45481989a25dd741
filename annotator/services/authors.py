"""The authors of a project, and the keys that count as theirs."""

from __future__ import annotations

import msgspec

from annotator.domain.signing import fingerprint
from annotator.store import journal, signatures
from annotator.store.project import Project


class KeyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A key that is accepted, and since when (UTC); an empty one stands for work without a signature."""

    public_key: str
    fingerprint: str
    accepted: str


class AuthorRow(msgspec.Struct, frozen=True, kw_only=True):
    """An author; of the `acts` those after number `signed` have no signature."""

    id: str
    name: str
    is_you: bool
    acts: int
    signed: int
    keys: tuple[KeyRow, ...]


def author_rows(project: Project) -> list[AuthorRow]:
    """All authors of a project by name, with the keys that count as theirs, the latest last."""
    names = project.author_names()
    rows = [
        AuthorRow(
            id=author,
            name=names.get(author, author),
            is_you=author == project.author.id,
            acts=acts,
            signed=signatures.last_signed(project.conn, author),
            keys=tuple(
                KeyRow(public_key=key, fingerprint=fingerprint(key), accepted=accepted)
                for key, accepted in signatures.accepted_keys(project.conn, author)
            ),
        )
        for author, (acts, _) in journal.heads(project.conn).items()
    ]
    return sorted(rows, key=lambda one: (one.name.casefold(), one.id))
