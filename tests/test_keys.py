"""The key of an installation: made once, for its user alone, and carried to a second computer under a passphrase."""

from __future__ import annotations

import os

import pytest

from annotator import keys
from annotator.domain.errors import AnnotatorError
from tests.store.making import names

CONTENT = keys.Content(author_id="a", author_name="Ana", secret=b"s" * 32)


def test_the_key_is_made_once_and_only_its_user_can_read_it():
    assert keys.load() is None
    secret = keys.ensure()
    assert len(secret) == 32 and keys.ensure() == secret == keys.load()
    assert names(keys.file().parent) == ["key"]
    if os.name == "posix":
        assert keys.file().stat().st_mode & 0o777 == 0o600


def test_another_key_takes_its_place_and_the_one_before_is_kept_beside_it():
    first = keys.ensure()
    keys.save(b"n" * 32)
    assert keys.load() == b"n" * 32 and first.hex() in keys.file().with_name("key.old").read_text()


@pytest.mark.parametrize("content", [b"", b"nonsense", b"00", b"\xff\xfe", b"0" * 66])
def test_a_damaged_key_is_said_and_never_written_over(content):
    keys.ensure()
    keys.file().write_bytes(content)
    with pytest.raises(AnnotatorError, match="Your key cannot be read"):
        keys.ensure()
    assert keys.file().read_bytes() == content


def test_a_sealed_key_comes_back_with_its_passphrase_alone():
    sealed = keys.seal(CONTENT, "three small words")
    assert keys.unseal(sealed, "three small words") == CONTENT and CONTENT.secret.hex().encode() not in sealed
    with pytest.raises(AnnotatorError, match="passphrase does not open"):
        keys.unseal(sealed, "three small word")


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b'{"format": "annotator-key/2", "salt": "AA==", "box": "AA=="}'])
def test_a_file_that_holds_no_key_is_said(data):
    with pytest.raises(AnnotatorError, match="holds no key"):
        keys.unseal(data, "three small words")
