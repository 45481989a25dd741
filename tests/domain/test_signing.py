"""Signatures: what they hold for, and that they hold for nothing else."""

from __future__ import annotations

import pytest

from annotator.domain.canonical import sha256_hex
from annotator.domain.signing import Signature, Signer, fingerprint, is_signed, message

SIGNER = Signer(bytes(range(32)))
DIGEST = sha256_hex(b"an act")


def test_a_signature_holds_for_its_hash_its_key_and_its_purpose_alone():
    made = SIGNER.sign("event", DIGEST)
    other = Signer(b"o" * 32)
    assert is_signed("event", DIGEST, made) and made == SIGNER.sign("event", DIGEST)
    assert not is_signed("bundle", DIGEST, made)
    assert not is_signed("event", sha256_hex(b"another act"), made)
    assert not is_signed("event", DIGEST, Signature(other.public_key, made.signature))


@pytest.mark.parametrize(
    "made", [Signature("", ""), Signature("00", "00"), Signature("x" * 64, "y" * 128), Signature("ü" * 64, "0" * 128)]
)
def test_what_is_no_signature_is_not_one_and_no_error(made):
    assert not is_signed("event", DIGEST, made)


def test_signatures_are_those_of_rfc_8032():
    """Test 2 of section 7.1: one byte, signed with plain Ed25519."""
    from nacl.signing import SigningKey

    key = SigningKey(bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
    expected = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    assert key.sign(b"r").signature.hex().startswith(expected)
    mine = Signer(bytes(key))
    assert mine.sign("event", DIGEST).signature == key.sign(message("event", DIGEST)).signature.hex()


def test_a_signer_shows_its_fingerprint_and_not_its_secret():
    assert repr(SIGNER) == f"Signer({fingerprint(SIGNER.public_key)})" and bytes(range(32)).hex() not in repr(SIGNER)
    assert len(fingerprint(SIGNER.public_key).split()) == 8 and fingerprint("") == ""
