"""What the CRF sees of a token, and of a pair of spans: words, quotation marks, and spaCy's parse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from annotator.suggest import cues
from annotator.suggest.reading import Part, Reading, token_start
from annotator.suggest.tagging.labels import RoleSpan
from annotator.suggest.tagging.linking import Link

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSES = ("ccomp", "xcomp", "advcl", "parataxis", "acl", "relcl", "conj")
_NEAR = (1, 2, 4, 8, 16, 32)
_MAX_CLIMB = 12


def token_features(reading: Reading, part: Part, roles: Sequence[str]) -> list[list[str]]:
    """The features of each token of a part; `roles` are what the rules say of it (`B-cue`, …, `O`)."""
    own = [[*_own(token, reading.is_quoted(token_start(part, token))), f"rule={roles[token.i]}"] for token in part.doc]
    return [[*features, *_around(own, at), *_above(part.doc[at])] for at, features in enumerate(own)]


def _own(token: Token, is_quoted: bool) -> Iterator[str]:
    lemma = token.lemma_.lower()
    yield f"w={token.lower_}"
    yield f"l={lemma}"
    yield f"t={token.tag_}"
    yield f"p={token.pos_}"
    yield f"d={token.dep_}"
    yield f"q={is_quoted:d}"
    yield f"e={token.ent_type_}"
    if token.pos_ in ("VERB", "AUX", "NOUN"):
        yield f"says={lemma in cues.SAY:d}{lemma in cues.THINK:d}{lemma in cues.LABEL:d}"


def _around(own: Sequence[Sequence[str]], at: int) -> Iterator[str]:
    for step in (-2, -1, 1, 2):
        if not 0 <= at + step < len(own):
            yield f"{step}:edge"
            continue
        wanted = ("w", "l", "t", "p", "q", "says", "rule") if abs(step) == 1 else ("l", "p", "q", "rule")
        yield from (f"{step}:{one}" for one in own[at + step] if one.partition("=")[0] in wanted)


def _above(token: Token) -> Iterator[str]:
    """The verb that the token's phrase hangs on, and the clauses around it with the verbs that they hang on."""
    top = token
    while top.head.i != top.i and top.head.pos_ not in ("VERB", "AUX"):
        top = top.head
    verb = top.head.lemma_.lower()
    yield f"np={top.dep_}:{verb}"
    yield f"np={top.dep_}:{verb in cues.SAY:d}{verb in cues.THINK:d}"
    at, depth = token, 0
    for _ in range(_MAX_CLIMB):
        if at.head.i == at.i:
            break
        if at.dep_ in _CLAUSES:
            depth += 1
            verb = at.head.lemma_.lower()
            side = "<" if token.i < at.head.i else ">"
            yield f"clause{depth}={at.dep_}:{verb}{side}"
            yield f"clause={at.dep_}:{verb in cues.SAY:d}{verb in cues.THINK:d}{side}"
        at = at.head
    yield f"root={at.lemma_.lower()}:{'<' if token.i < at.i else '>'}"


def pair_features(
    reading: Reading, part: Part, link: Link, span: RoleSpan, target: RoleSpan, spans: Sequence[RoleSpan]
) -> list[str]:
    """The features of a span and what it may belong to, within one part."""
    doc = part.doc
    before = target.last <= span.first
    gap = doc[target.last : span.first] if before else doc[span.last : target.first]
    side = "<" if before else ">"
    ours, theirs = _head(part, span), _head(part, target)
    between = [one.role for one in spans if one.first >= gap.start and one.last <= gap.end]
    features = [
        f"far={sum(len(gap) > near for near in _NEAR)}{side}",
        f"same={ours.sent.start == theirs.sent.start:d}{side}",
        f"dep={ours.dep_}:{ours.head.i == theirs.i:d}",
        f"back={theirs.dep_}:{theirs.head.i == ours.i:d}",
        f"under={theirs.i in {one.i for one in ours.ancestors}:d}{theirs in ours.subtree:d}",
        f"siblings={ours.head.i == theirs.head.i:d}",
        f"quoted={reading.is_quoted(token_start(part, ours)):d}{side}",
        f"gap={' '.join(token.text if token.is_punct else '_' for token in gap)[:20]}{side}" if len(gap) < 3 else "gap",
    ]
    features += [f"between={role}:{min(between.count(role), 3)}{side}" for role in ("source", "cue", "content")]
    return [f"{link}:{one}" for one in features]


def _head(part: Part, span: RoleSpan) -> Token:
    return part.doc[span.first : span.last].root
