"""Ed25519 signatures: what they are made over, how they are verified, and how a key is shown to people."""

from __future__ import annotations

from typing import Literal

import msgspec

from annotator.domain.canonical import sha256_hex

# What is signed is said with the signature: a signed act can never pass for a signed bundle.
Purpose = Literal["event", "bundle", "audit"]
SECRET_BYTES = 32


class Signature(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Who signed something (a public key), and the signature; both in hexadecimal digits."""

    public_key: str
    signature: str


class Signer:
    """A key that signs. It shows its secret nowhere."""

    def __init__(self, secret: bytes) -> None:
        """`secret` is the 32 bytes that the key is made from."""
        # PyNaCl costs some milliseconds to import; who only reads needs none of it.
        from nacl.signing import SigningKey

        self._key = SigningKey(secret)
        self.public_key = self._key.verify_key.encode().hex()

    def sign(self, purpose: Purpose, digest: str) -> Signature:
        """The signature of a hash."""
        signed = self._key.sign(message(purpose, digest))
        return Signature(self.public_key, signed.signature.hex())

    def __repr__(self) -> str:
        return f"Signer({fingerprint(self.public_key)})"


def message(purpose: Purpose, digest: str) -> bytes:
    """The very bytes that are signed."""
    return f"annotator {purpose}\n{digest}".encode("ascii")


def is_signed(purpose: Purpose, digest: str, signature: Signature) -> bool:
    """Whether the signature is that key's, of that hash."""
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    try:
        key = VerifyKey(bytes.fromhex(signature.public_key))
        key.verify(message(purpose, digest), bytes.fromhex(signature.signature))
    except (CryptoError, ValueError):
        return False
    return True


def fingerprint(public_key: str) -> str:
    """A public key as people compare it: 32 hexadecimal digits in groups of four; empty for no key."""
    if not public_key:
        return ""
    digits = sha256_hex(public_key.encode("ascii"))[:32]
    return " ".join(digits[start : start + 4] for start in range(0, 32, 4))
