"""Kinds and sentences of targets, proposed from their labels."""

from __future__ import annotations

import pytest

from annotator.domain.records import TargetKind
from annotator.domain.statements import lacks_statement, likely_kind, likely_statement


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Ukraine should join NATO", "policy"),
        ("Ukraine in NATO", "policy"),
        ("sanctions on Russia", "policy"),
        ("the Ramstein summit", "event"),
        ("Pete Hegseth", "actor"),
        ("the war is nearly over", "claim"),
        ("pentagon", "actor"),
    ],
)
def test_kind_of_a_target_is_guessed_from_its_label(label: str, kind: TargetKind) -> None:
    assert likely_kind(label, {"Pentagon"}) == kind


@pytest.mark.parametrize(
    ("label", "kind", "sentence"),
    [
        ("Ukraine in NATO", "policy", "Ukraine should be in NATO"),
        ("sanctions on Russia", "policy", "There should be sanctions on Russia"),
        ("ukraine should join NATO.", "policy", "Ukraine should join NATO"),
        ("Pete Hegseth", "actor", "Pete Hegseth deserves support"),
        ("  ", "issue", ""),
    ],
)
def test_sentence_of_a_target_is_proposed_from_label_and_kind(label: str, kind: TargetKind, sentence: str) -> None:
    assert likely_statement(label, kind) == sentence


@pytest.mark.parametrize(
    ("label", "statement", "lacks"),
    [
        ("Burden shifting", "Burden shifting", True),
        ("Burden shifting", " ", True),
        ("Burden shifting", "Europe should pay more", False),
        ("Ukraine should join NATO", "Ukraine should join NATO.", False),
    ],
)
def test_label_alone_is_no_sentence_unless_it_reads_as_one(label: str, statement: str, lacks: bool) -> None:
    assert lacks_statement(label, statement) is lacks
