"""Articles are divided by article, seeded, and near-duplicates stay together."""

from __future__ import annotations

import random

import pytest

from annotator.domain.errors import AnnotatorError
from annotator.export.split import check_split, duplicate_groups, similarity, sketch, split_groups
from tests.article_lines import seed_lines

WORDS = [f"word{number}" for number in range(3_000)]


def _text(seed, words=300):
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def _edited(text, seed, share=0.1):
    dice = random.Random(seed)
    return " ".join(dice.choice(WORDS) if dice.random() < share else word for word in text.split())


def _alone(number):
    return [(f"a{n:03}",) for n in range(number)]


def _sizes(parts):
    values = list(parts.values())
    return values.count("train"), values.count("dev"), values.count("test")


def test_the_similarity_of_two_texts_is_the_share_of_their_common_runs():
    ours, theirs = _text(1), _edited(_text(1), 2)
    runs = [{tuple(text.split()[at : at + 5]) for at in range(296)} for text in (ours, theirs)]
    exact = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
    assert similarity(sketch(ours), sketch(theirs)) == pytest.approx(exact, abs=0.15)
    assert similarity(sketch(ours), sketch(ours)) == 1 and similarity(sketch(ours), sketch(_text(3))) == 0


def test_texts_of_a_word_or_none_can_be_compared():
    assert similarity(sketch("One"), sketch("one")) == 1 and similarity(sketch("one"), sketch("two")) == 0


def test_edited_copies_are_grouped_and_others_are_not():
    texts = {f"a{n}": _text(n) for n in range(20)}
    texts |= {"b3": _edited(texts["a3"], 1), "c3": _edited(texts["a3"], 2), "b7": texts["a7"] + " " + _text(99, 60)}
    groups = duplicate_groups({name: sketch(text) for name, text in texts.items()})
    assert [group for group in groups if len(group) > 1] == [("a3", "b3", "c3"), ("a7", "b7")]
    assert sorted(article for group in groups for article in group) == sorted(texts)


def test_a_stock_phrase_does_not_make_a_group():
    phrase = "Sign up to our newsletter for the news of the day in your inbox every morning"
    groups = duplicate_groups({f"a{n}": sketch(f"{_text(n)} {phrase}") for n in range(50)})
    assert len(groups) == 50


def test_the_seed_articles_are_no_duplicates():
    assert len(duplicate_groups({line.article.id: sketch(line.text) for line in seed_lines()})) == 2


@pytest.mark.parametrize(
    ("number", "sizes"), [(1, (1, 0, 0)), (2, (1, 1, 0)), (3, (1, 1, 1)), (10, (8, 1, 1)), (200, (160, 20, 20))]
)
def test_every_part_has_its_share_and_small_projects_still_have_a_development_part(number, sizes):
    assert _sizes(split_groups(_alone(number), split=(0.8, 0.1, 0.1), seed=0)) == sizes


def test_the_same_seed_gives_the_same_split_in_any_order_and_another_seed_another():
    groups = _alone(40)
    first = split_groups(groups, split=(0.8, 0.1, 0.1), seed=1)
    assert split_groups(groups[::-1], split=(0.8, 0.1, 0.1), seed=1) == first
    assert split_groups(groups, split=(0.8, 0.1, 0.1), seed=2) != first


def test_a_group_goes_to_one_part():
    groups = [tuple(f"a{n:02}-{copy}" for copy in range(n % 4 + 1)) for n in range(40)]
    parts = split_groups(groups, split=(0.6, 0.2, 0.2), seed=3)
    assert all(len({parts[article] for article in group}) == 1 for group in groups)
    assert _sizes(parts) == (60, 20, 20)


def test_two_large_groups_still_give_a_development_part():
    parts = split_groups([("a", "b", "c"), ("d", "e")], split=(0.8, 0.1, 0.1), seed=0)
    assert parts == {"a": "train", "b": "train", "c": "train", "d": "dev", "e": "dev"}


def test_a_part_without_a_share_is_empty():
    assert _sizes(split_groups(_alone(10), split=(1, 0, 0), seed=0)) == (10, 0, 0)


@pytest.mark.parametrize("split", [(0, 0.5, 0.5), (0.8, -0.1, 0.3), (float("nan"), 0.1, 0.1), (0.8, 0.1, float("inf"))])
def test_a_split_that_cannot_be_made_is_refused(split):
    with pytest.raises(AnnotatorError, match="cannot be made"):
        check_split(split)


def test_shares_are_made_to_add_up_to_one():
    assert check_split((8, 1, 1)) == (0.8, 0.1, 0.1)
