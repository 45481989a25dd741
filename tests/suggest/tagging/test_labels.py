"""Labels of tokens: there and back, and the best sequence of them."""

from __future__ import annotations

import numpy as np
import pytest

from annotator.suggest.tagging.labels import LABELS, RoleSpan, best_paths, decoded, encoded


def scores_of(*labels: str) -> np.ndarray:
    """Scores that speak for these labels, a token each."""
    scores = np.zeros((len(labels), len(LABELS)), np.float32)
    for at, label in enumerate(labels):
        scores[at, LABELS.index(label)] = 5
    return scores


def test_spans_become_labels_and_labels_the_same_spans():
    spans = [(0, 2, "source"), (2, 3, "cue"), (4, 7, "content"), (7, 9, "content")]
    labels = encoded(10, spans)
    assert [LABELS[label] for label in labels[:5]] == ["B-source", "I-source", "B-cue", "O", "B-content"]
    found = decoded(labels, scores_of(*(LABELS[label] for label in labels)))
    assert [(one.first, one.last, one.role) for one in found] == spans


def test_where_spans_share_tokens_the_longest_has_them():
    assert [LABELS[label] for label in encoded(4, [(0, 4, "content"), (1, 2, "cue")])] == [
        "B-content",
        "I-content",
        "I-content",
        "I-content",
    ]


def test_the_best_sequence_begins_each_span():
    (path,) = best_paths(scores_of("I-content", "I-content", "O", "I-cue")[None])
    assert [LABELS[label] for label in path][:2] in (["B-content", "I-content"], ["O", "B-content"])
    assert LABELS[path[3]] in ("B-cue", "O")


def test_the_best_sequence_is_the_best_of_all():
    dice = np.random.default_rng(0)
    scores = dice.normal(size=(1, 4, len(LABELS))).astype(np.float32)
    (path,) = best_paths(scores)
    ways = np.stack(np.meshgrid(*[np.arange(len(LABELS))] * 4, indexing="ij"), -1).reshape(-1, 4)
    inside = np.array([label.startswith("I-") for label in LABELS])
    sound = ~inside[ways[:, 0]]
    for at in range(1, 4):
        same = ((ways[:, at] - 1) // 2 == (ways[:, at - 1] - 1) // 2) & (ways[:, at - 1] > 0)
        sound &= ~inside[ways[:, at]] | same
    sums = scores[0, np.arange(4), ways].sum(axis=1)
    assert sums[sound].max() == pytest.approx(scores[0, np.arange(4), path].sum(), abs=1e-5)


def test_labels_that_follow_each_other_badly_are_avoided():
    scores = scores_of("O", "B-cue", "O")
    never = np.zeros((len(LABELS), len(LABELS)), np.float32)
    never[0, LABELS.index("B-cue")] = -100
    assert (best_paths(scores[None], never)[0] != LABELS.index("B-cue")).all()


def test_a_span_is_as_sure_as_its_tokens_are_of_its_role():
    logs = np.full((2, len(LABELS)), -20.0, np.float32)
    logs[0, LABELS.index("B-cue")] = np.log(0.5)
    logs[1, LABELS.index("B-cue")] = logs[1, LABELS.index("I-cue")] = np.log(0.25)
    assert decoded(encoded(2, [(0, 2, "cue")]), logs) == [RoleSpan(0, 2, "cue", pytest.approx(0.5, abs=1e-3))]
