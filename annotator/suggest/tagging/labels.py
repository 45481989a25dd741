"""The labels of a tagger: where a role begins and goes on, and the best sequence of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Role = Literal["source", "cue", "content"]

ROLES: tuple[Role, ...] = ("source", "cue", "content")
LABELS: tuple[str, ...] = ("O", *(f"{edge}-{role}" for role in ROLES for edge in "BI"))
"""`B-` for the first token of a span, `I-` for the others, `O` for tokens of none."""

_IMPOSSIBLE = -1e4


class RoleSpan(msgspec.Struct, frozen=True, array_like=True, order=True):
    """Tokens `[first, last)` that have a role, and how sure the tagger is of them, 0 to 1."""

    first: int
    last: int
    role: Role
    score: float = 1.0


def begin(role: Role) -> int:
    """The number of the label of a role's first token; that of the others is the next one."""
    return 1 + 2 * ROLES.index(role)


def encoded(length: int, spans: Iterable[tuple[int, int, Role]]) -> list[int]:
    """The label of each token; where spans share a token the longest one has it."""
    labels = [0] * length
    for first, last, role in sorted(spans, key=lambda span: span[1] - span[0]):
        labels[first:last] = [begin(role), *[begin(role) + 1] * (last - first - 1)]
    return labels


def best_paths(scores: NDArray[np.float32], follow: NDArray[np.float32] | None = None) -> NDArray[np.int64]:
    """The sequences of labels with the highest sums of scores (windows by tokens by labels; gives windows by tokens).

    In them each span has a beginning. `follow` are scores of labels that follow each other.
    """
    import numpy as np

    count, length, width = scores.shape
    transitions, start = _allowed()
    if follow is not None:
        transitions = transitions + follow
    total = scores[:, 0] + start
    back = np.zeros((length, count, width), np.int64)
    for at in range(1, length):
        ways = total[:, :, None] + transitions
        back[at] = ways.argmax(axis=1)
        total = ways.max(axis=1) + scores[:, at]
    path = np.zeros((count, length), np.int64)
    path[:, -1] = total.argmax(axis=1)
    for at in range(length - 1, 0, -1):
        path[:, at - 1] = np.take_along_axis(back[at], path[:, at, None], axis=1)[:, 0]
    return path


def _allowed() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What it costs that a label follows another one, and that it comes first."""
    import numpy as np

    transitions = np.zeros((len(LABELS), len(LABELS)), np.float32)
    start = np.zeros(len(LABELS), np.float32)
    for role in ROLES:
        inside = begin(role) + 1
        start[inside] = _IMPOSSIBLE
        transitions[:, inside] = _IMPOSSIBLE
        transitions[inside - 1, inside] = transitions[inside, inside] = 0
    return transitions, start


def decoded(path: Iterable[int], scores: NDArray[np.float32]) -> list[RoleSpan]:
    """The spans of a sequence of labels; `scores` are the logarithms of the labels' probabilities."""
    import numpy as np

    edges: list[tuple[int, int, Role]] = []
    for at, label in enumerate(path):
        if label == 0:
            continue
        role = ROLES[(label - 1) // 2]
        if label % 2 == 1:
            edges.append((at, at + 1, role))
        else:
            edges[-1] = (edges[-1][0], at + 1, role)
    found = []
    for first, last, role in edges:
        # Of either label of the role: whether a token is the first one is another question.
        of_role = np.logaddexp(scores[first:last, begin(role)], scores[first:last, begin(role) + 1])
        found.append(RoleSpan(first, last, role, float(np.exp(of_role.mean()))))
    return found
