"""Random texts, spans and records for the tests."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

from annotator.domain import records
from annotator.domain.canonical import as_score
from annotator.domain.codebook import Codebook, Label
from annotator.domain.drafts import EntityDraft, QuoteDraft, QuoteForm, SourceKind
from annotator.domain.records import Origin
from annotator.domain.spans import Passage

AUTHOR = "11111111-1111-4111-8111-111111111111"

# Whatever UTF-8 can hold: NUL and non-characters too, for not all texts of records are articles.
texts = st.text(max_size=12) | st.sampled_from(
    ["null", "true", "1", "1e3", "nan", "[]", '"', "\x7f", "\u2028", "é\u0301"]
)
ids = st.uuids(version=4).map(str)
scores = st.floats(0, 1).map(as_score) | st.none()
passage = st.builds(Passage, st.integers(0, 2_000_000), st.integers(0, 2_000_000), texts)
pieces = st.lists(passage, max_size=3).map(tuple)
drafts = st.builds(EntityDraft, start=st.integers(0, 9), end=st.integers(0, 9), text=texts, label=texts) | st.builds(
    QuoteDraft,
    content=pieces,
    source=pieces,
    cue=st.none() | passage,
    form=st.sampled_from(get_args(QuoteForm)),
    source_kind=st.sampled_from(get_args(SourceKind)),
)
origins = st.builds(
    Origin,
    by=st.sampled_from(["person", "model", "import"]),
    name=texts,
    version=texts,
    score=scores,
    act=st.sampled_from(["added", "accepted", "corrected"]),
    suggested=st.none() | drafts,
)
codebooks = st.builds(Codebook, name=texts, labels=st.lists(st.builds(Label, name=texts), max_size=2).map(tuple))

_FIELDS = {
    "id": ids,
    "author": st.just(AUTHOR),
    "text": texts,
    "start": st.integers(0, 2_000_000),
    "end": st.integers(0, 2_000_000),
    "origin": origins,
    "content": pieces,
    "source": pieces,
    "cue": st.none() | passage,
    "score": scores,
    "suggested": drafts,
    "codebook": codebooks,
    "confidence": st.none() | st.integers(1, 3),
    "version": texts,
}


def records_of(kind: type[records.Record], *, article: str) -> st.SearchStrategy[records.Record]:
    """Records of one kind, all in one article."""
    fields = {name: how for name, how in _FIELDS.items() if name in kind.__struct_fields__}
    if "article" in kind.__struct_fields__:
        fields["article"] = st.just(article)
    if kind is records.CodebookVersion:
        fields["version"] = st.integers(1, 9)
    return st.builds(kind, **fields)


def any_record(*, article: str = "sha256:0") -> st.SearchStrategy[records.Record]:
    """Records of every kind."""
    return st.one_of([records_of(kind, article=article) for kind in records.KINDS.values()])
