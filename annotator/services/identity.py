"""Who works on this installation: a name, and a key that signs the work."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import msgspec

from annotator import keys, settings
from annotator.domain.errors import AnnotatorError
from annotator.domain.signing import Signer, fingerprint
from annotator.store.project import Author, Project

MAX_NAME = 100
MIN_PASSPHRASE = 8

# What the window and the docs say of a key.
PROVES = (
    "Your key signs what you do. It proves that this installation of the program wrote it, and that nobody has changed"
    " it since."
)
PROVES_NOT = (
    "It does not prove who sat at the computer. Whoever can read your settings folder can sign with your key: export it"
    " only to a computer of your own, and compare fingerprints with colleagues by another way than the file itself."
)


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to show of oneself. `problem` says why there is no key; then acts are not signed."""

    id: str
    name: str
    public_key: str
    problem: str = ""

    @property
    def fingerprint(self) -> str:
        """The key as people compare it; empty where there is none."""
        return fingerprint(self.public_key)


def author() -> Author:
    """Who works here, with the key, both made at the first call; without a key where that cannot be read."""
    me = settings.with_identity()
    signer = None
    # Without its key the work goes on, unsigned: `current` and the making of a bundle say what is wrong.
    with suppress(AnnotatorError):
        signer = Signer(keys.ensure())
    return Author(id=me.author_id, name=me.author_name, signer=signer)


def reader() -> Author:
    """Who only reads: that needs no identity, and perhaps there is no folder to keep one in."""
    me = settings.load()
    return Author(id=me.author_id, name=me.author_name)


def current() -> Identity:
    """Name and key of this installation."""
    me = settings.with_identity()
    try:
        public_key, problem = Signer(keys.ensure()).public_key, ""
    except AnnotatorError as error:
        public_key, problem = "", str(error)
    return Identity(id=me.author_id, name=me.author_name, public_key=public_key, problem=problem)


def is_asked() -> bool:
    """Whether the user was asked for a name, and gave one or went on without."""
    return settings.load().is_name_asked


def skip() -> None:
    """Do not ask for a name again."""
    settings.change(is_name_asked=True)


def rename(name: str, *, project: Project | None = None) -> Identity:
    """Give the user another name, in an open project from the next act on.

    Raises:
        AnnotatorError: it is no name, or the settings cannot be saved.
    """
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise AnnotatorError("That is no name.", hint=f"Type 1 to {MAX_NAME} letters, as colleagues know you.")
    settings.change(author_name=name, is_name_asked=True)
    if project is not None:
        project.author = msgspec.structs.replace(project.author, name=name)
    return current()


def export_key(out: Path, passphrase: str) -> None:
    """Write name and key to a file that only the passphrase opens; a file of that name is replaced.

    Raises:
        AnnotatorError: the passphrase is too short, there is no key, or the file cannot be written.
    """
    if len(passphrase) < MIN_PASSPHRASE:
        raise AnnotatorError(
            f"The passphrase is shorter than {MIN_PASSPHRASE} characters.", hint="Take some words that only you know."
        )
    me = settings.with_identity()
    content = keys.Content(author_id=me.author_id, author_name=me.author_name, secret=keys.ensure())
    partial = out.with_name(f".{out.name}.{os.getpid()}.partial")
    try:
        partial.write_bytes(keys.seal(content, passphrase))
        partial.replace(out)
    except OSError as error:
        raise AnnotatorError(
            f"{out} cannot be written ({error.strerror}).", hint="Choose a folder that you can write to."
        ) from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def import_key(path: Path, passphrase: str) -> Identity:
    """Be who a sealed file says, from the next opening of a project on; the key before is kept beside the new one.

    Raises:
        AnnotatorError: the file cannot be read or holds no key, the passphrase is another one, or it cannot be saved.
    """
    try:
        with path.open("rb") as file:
            data = file.read(keys.MAX_BYTES + 1)
    except OSError as error:
        raise AnnotatorError(f"{path.name} cannot be read ({error.strerror}).", hint="Choose another file.") from None
    content = keys.unseal(data, passphrase)
    keys.save(content.secret)
    settings.change(author_id=content.author_id, author_name=content.author_name, is_name_asked=True)
    return current()
