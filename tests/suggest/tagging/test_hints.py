"""What the network reads of the rules."""

from __future__ import annotations

import msgspec
import pytest

from annotator.suggest.messages import ArticleText
from annotator.suggest.tagging.hints import HINTS, hinted_windows, label_of
from annotator.suggest.tagging.labels import LABELS
from annotator.suggest.tagging.predicting import Batch
from annotator.suggest.tagging.targets import NOTHING, targets
from annotator.suggest.tagging.windows import Window
from tests.labelled import labelled_articles, scored
from tests.suggest.tagging.tiny import TINY


@pytest.fixture(scope="module")
def tokenizer():
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(TINY / "tokenizer.json"))


@pytest.fixture
def article():
    return next(one for one in labelled_articles(9) if len(one.quotes) >= 3)


def hinted(tokenizer, article, rules) -> Window:
    (window,) = hinted_windows(tokenizer, ArticleText(id="a", text=article.text), rules)
    return window


def test_where_the_rules_are_right_the_hints_are_what_is_to_be_learnt(tokenizer, article):
    window = hinted(tokenizer, article, scored(article))
    wanted = targets(window, article.quotes)
    assert [label_of(hint) for hint in window.hints] == wanted.labels
    assert window.leads == wanted.links


def test_a_quote_that_the_rules_trust_less_gives_other_hints_for_the_same_labels(tokenizer, article):
    sure = scored(article)
    unsure = [msgspec.structs.replace(one, score=0.2) for one in sure]
    of_sure, of_unsure = (hinted(tokenizer, article, rules).hints for rules in (sure, unsure))
    assert [label_of(hint) for hint in of_sure] == [label_of(hint) for hint in of_unsure]
    assert all(one != other for one, other in zip(of_sure, of_unsure, strict=True) if one)


def test_every_label_has_a_hint_for_each_degree_of_trust(tokenizer):
    assert [label_of(hint) for hint in range(HINTS)] == [0, *[*range(1, len(LABELS))] * 4]


def test_without_rules_no_hint_is_given(tokenizer, article):
    window = hinted(tokenizer, article, [])
    assert set(window.hints) == {0} and {lead for kind in window.leads for lead in kind} == {NOTHING}


def test_a_source_within_what_somebody_else_says_is_seen(tokenizer, article):
    outer, inner = scored(article)[:2]
    whole = msgspec.structs.replace(outer.draft.content[0], start=0, end=len(article.text), text=article.text)
    outer = msgspec.structs.replace(outer, draft=msgspec.structs.replace(outer.draft, content=(whole,), source=()))
    window = hinted(tokenizer, article, [outer, inner])
    labels = [LABELS[label_of(hint)] for hint in window.hints]
    at = next(n for n, (start, _) in enumerate(window.spans) if start == inner.draft.source[0].start)
    assert labels[at] == "B-source" and "I-content" in labels


def test_a_batch_holds_hints_and_leads_of_all_its_windows(tokenizer, article):
    short = hinted(tokenizer, labelled_articles(9)[0], [])
    window = hinted(tokenizer, article, scored(article))
    batch = Batch.of([window, short])
    assert batch.leads.shape == (2, 3, batch.ids.shape[1])
    assert batch.hints[0, : len(window)].tolist() == window.hints
    assert batch.leads[0, :, : len(window)].tolist() == window.leads
    assert (batch.leads[1] == NOTHING).all()
