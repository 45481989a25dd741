"""Canonical JSON is RFC 8785, and ids are hashes."""

from __future__ import annotations

import hashlib

import msgspec
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.canonical import as_score, canonical_json, text_id
from annotator.domain.journal import image
from tests.domain.strategies import any_record


@given(any_record())
def test_the_canonical_json_of_a_record_is_rfc_8785(record):
    assert canonical_json(image(record)) == rfc8785.dumps(image(record))


@given(any_record())
def test_a_record_and_its_image_have_the_same_canonical_json(record):
    assert canonical_json(record) == canonical_json(image(record))


@given(st.floats(allow_nan=False))
def test_every_score_is_written_as_rfc_8785_does(value):
    score = as_score(value)
    assert 0 < score < 1 and canonical_json(score) == rfc8785.dumps(score)
    assert msgspec.json.decode(canonical_json(score)) == score


def test_the_id_of_a_text_is_the_hash_of_its_utf_8():
    assert text_id("Zürich 😅") == "sha256:" + hashlib.sha256("Zürich 😅".encode()).hexdigest()
