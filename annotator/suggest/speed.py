"""A quicker pipeline: numpy's matrix product in place of blis's, as long as both read a text alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from thinc.api import Model, Ops

# Names, numbers and a quotation, so that the parser and the entity recogniser have something to do.
_PROBE = (
    "“We will raise spending from 2 percent to 5 percent by 2035,” Angela Merkel told the European Parliament in"
    " Brussels on Monday, and NATO’s Jens Stoltenberg, who had flown in from Washington, D.C., said the United States"
    " welcomed it.",
    "Analysts at the Kiel Institute doubt that Poland, Spain and 12 others can pay $40 billion a year.",
)


def speed_up(nlp: Language) -> bool:
    """Let a pipeline use numpy's OpenBLAS; it stays as it was, `False`, where that would change what it reads.

    Measured: 1.4 times as fast, with the same entities and the same parse (docs/suggestions-entities.md).
    """
    from thinc.api import NumpyOps

    nodes = _numpy_nodes(nlp)
    if not nodes:
        return False
    before = [_reading(doc) for doc in nlp.pipe(_PROBE)]
    old = [node.ops for node in nodes]
    quick: Ops = NumpyOps(use_blis=False)
    try:
        _set(nodes, [quick] * len(nodes))
        is_same = [_reading(doc) for doc in nlp.pipe(_PROBE)] == before
    # A component that needs blis says so in its own way; it then keeps it.
    except Exception:
        is_same = False
    if not is_same:
        _set(nodes, old)
    return is_same


def _numpy_nodes(nlp: Language) -> list[Model[object, object]]:
    """All layers that compute with numpy; a graphics card's and Apple's own are quick already."""
    from thinc.api import Model, NumpyOps

    models = (getattr(part, "model", None) for _, part in nlp.pipeline)
    nodes = [node for model in models if isinstance(model, Model) for node in model.walk()]
    return [node for node in nodes if type(node.ops) is NumpyOps]


def _set(nodes: list[Model[object, object]], ops: list[Ops]) -> None:
    for node, one in zip(nodes, ops, strict=True):
        node.ops = one


def _reading(doc: Doc) -> tuple[object, ...]:
    tokens = tuple((token.head.i, token.dep_, token.tag_) for token in doc)
    return tokens, tuple((entity.start, entity.end, entity.label_) for entity in doc.ents)
