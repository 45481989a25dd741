"""The key of this installation: a file that its user alone may read, and its sealed copy for a second computer."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import msgspec

from annotator import paths
from annotator.domain.errors import AnnotatorError
from annotator.domain.signing import SECRET_BYTES, Signer

FORMAT = "annotator-key/1"
MAX_BYTES = 10_000
# Argon2id as it is advised for interactive use: 64 MiB and two passes. What a file asks for is held to that.
_OPERATIONS, _MEMORY_BYTES = 2, 64 * 1024 * 1024


class Sealed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A key with its author, sealed with a passphrase."""

    format: str = FORMAT
    salt: bytes
    box: bytes


class Content(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is sealed: who the key belongs to, and the key."""

    author_id: str
    author_name: str
    secret: bytes


def file() -> Path:
    """Where the key lies."""
    return paths.config_dir() / "key"


def load() -> bytes | None:
    """The secret of this installation; `None` where there is none yet.

    Raises:
        AnnotatorError: the file is there, but cannot be read or holds no key.
    """
    try:
        secret = bytes.fromhex(file().read_text("ascii").strip())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _unreadable(error) from None
    if len(secret) != SECRET_BYTES:
        raise _unreadable(ValueError("it is too short or too long"))
    return secret


def _unreadable(error: OSError | ValueError) -> AnnotatorError:
    reason = (isinstance(error, OSError) and error.strerror) or "it holds no key"
    return AnnotatorError(
        f"Your key cannot be read ({reason}).",
        hint=f"Import it again from a copy, or move {file()} away to get a new one.",
    )


def ensure() -> bytes:
    """The secret of this installation, made and saved at the first call.

    Raises:
        AnnotatorError: it is damaged, or cannot be saved.
    """
    return load() or _made()


def _made() -> bytes:
    secret = os.urandom(SECRET_BYTES)
    save(secret)
    return secret


def save(secret: bytes) -> None:
    """Keep a secret as the one of this installation; the one before is kept beside it.

    Raises:
        AnnotatorError: the settings folder cannot be written.
    """
    path = file()
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secret.hex() + "\n")
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileNotFoundError):
            path.replace(path.with_name(f"{path.name}.old"))
        partial.replace(path)
    except OSError as error:
        raise AnnotatorError(f"Your key cannot be saved ({error.strerror}).", hint=f"Check {path.parent}.") from None
    finally:
        partial.unlink(missing_ok=True)


def seal(content: Content, passphrase: str) -> bytes:
    """A key as a file that only the passphrase opens."""
    from nacl.pwhash import argon2id
    from nacl.secret import SecretBox

    salt = os.urandom(argon2id.SALTBYTES)
    box = SecretBox(_hashed(passphrase, salt)).encrypt(msgspec.json.encode(content))
    return msgspec.json.format(msgspec.json.encode(Sealed(salt=salt, box=bytes(box)))) + b"\n"


def unseal(data: bytes, passphrase: str) -> Content:
    """The key of a sealed file.

    Raises:
        AnnotatorError: it is no such file, or the passphrase is another one.
    """
    from nacl.exceptions import CryptoError
    from nacl.pwhash import argon2id
    from nacl.secret import SecretBox

    try:
        sealed = msgspec.json.decode(data[: MAX_BYTES + 1], type=Sealed)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise _no_key() from None
    if sealed.format != FORMAT or len(sealed.salt) != argon2id.SALTBYTES:
        raise _no_key()
    try:
        content = msgspec.json.decode(SecretBox(_hashed(passphrase, sealed.salt)).decrypt(sealed.box), type=Content)
        Signer(content.secret)
    except (CryptoError, ValueError):
        raise AnnotatorError("The passphrase does not open this key.", hint="Type it again, as it was set.") from None
    return content


def _no_key() -> AnnotatorError:
    return AnnotatorError("This file holds no key.", hint="Choose one that “Export key…” made.")


def _hashed(passphrase: str, salt: bytes) -> bytes:
    from nacl.pwhash import argon2id
    from nacl.secret import SecretBox

    return argon2id.kdf(
        SecretBox.KEY_SIZE,
        passphrase.encode("utf-8", "surrogatepass"),
        salt,
        opslimit=_OPERATIONS,
        memlimit=_MEMORY_BYTES,
    )
