"""Suggestions of whole articles: order, ids, offsets, sections, scores, missing models."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator import paths
from annotator.domain.drafts import EntityDraft, Suggestion
from annotator.domain.errors import AnnotatorError
from annotator.domain.sections import find_sections
from annotator.suggest.messages import ArticleText
from annotator.suggest.pipeline import load_pipeline, model_of, suggest_articles

if TYPE_CHECKING:
    from spacy.language import Language


def seeds() -> list[ArticleText]:
    texts = [file.read_text(encoding="utf-8") for file in sorted(paths.seeds().glob("*.txt"))]
    return [ArticleText(id=f"a{at}", text=text, sections=find_sections(text)) for at, text in enumerate(texts)]


@pytest.fixture(scope="module")
def suggested(nlp: Language) -> dict[str, list[Suggestion]]:
    return dict(suggest_articles(nlp, seeds()))


def test_every_article_gets_its_suggestions_in_order(suggested: dict[str, list[Suggestion]]) -> None:
    assert list(suggested) == ["a0", "a1"]
    for article, suggestions in suggested.items():
        starts = [suggestion.draft.span.start for suggestion in suggestions]
        assert starts == sorted(starts)
        assert {suggestion.article for suggestion in suggestions} == {article}


def test_suggestions_have_ids_that_the_next_run_gives_again(
    nlp: Language, suggested: dict[str, list[Suggestion]]
) -> None:
    ids = [suggestion.id for suggestions in suggested.values() for suggestion in suggestions]
    assert len(ids) == len(set(ids))
    alone = dict(suggest_articles(nlp, seeds()[1:]))
    assert alone["a1"] == suggested["a1"]


def test_entities_cover_the_text_that_they_name(suggested: dict[str, list[Suggestion]]) -> None:
    for article in seeds():
        drafts = [suggestion.draft for suggestion in suggested[article.id]]
        for draft in drafts:
            if isinstance(draft, EntityDraft):
                assert article.text[draft.start : draft.end] == draft.text


def test_headings_and_bullets_get_no_suggestions(suggested: dict[str, list[Suggestion]]) -> None:
    article = seeds()[1]
    for suggestion in suggested[article.id]:
        span = suggestion.draft.span
        assert any(section.start <= span.start and span.end <= section.end for section in article.sections)


def test_a_lone_entity_has_the_published_precision_of_its_label_less_what_it_loses_on_politics(nlp: Language) -> None:
    published = nlp.meta["performance"]["ents_per_type"]
    ((_, suggestions),) = suggest_articles(nlp, [ArticleText(id="a", text="Anna Meyer left on Monday.")])
    scores = {(one.draft.text, one.score) for one in suggestions if isinstance(one.draft, EntityDraft)}
    assert ("Monday", round(published["DATE"]["p"], 4)) in scores
    assert ("Anna Meyer", round(0.9 * published["PERSON"]["p"], 4)) in scores


def test_suggestions_name_the_model_and_its_version(nlp: Language, suggested: dict[str, list[Suggestion]]) -> None:
    assert {(one.model, one.version) for one in suggested["a0"]} == {model_of(nlp)}


def test_offsets_are_code_points_beyond_the_basic_plane_too(nlp: Language) -> None:
    text = "😅😅 Anna Meyer said the bridge was safe.\n\n🙂 “We stay in Berlin,” Anna Meyer said."
    ((_, suggestions),) = suggest_articles(nlp, [ArticleText(id="a", text=text)])
    drafts = [suggestion.draft for suggestion in suggestions]
    assert ("Berlin", "GPE") in [(text[d.start : d.end], d.label) for d in drafts if isinstance(d, EntityDraft)]


def test_an_article_without_words_gets_no_suggestions(nlp: Language) -> None:
    articles = [ArticleText(id="a", text="\n \n"), ArticleText(id="b", text="Anna Meyer lives in Berlin.")]
    found = dict(suggest_articles(nlp, articles))
    assert found["a"] == [] and found["b"] != []


def test_a_line_of_more_than_twenty_thousand_characters_is_read_whole(nlp: Language) -> None:
    text = "Nothing happened there. " * 900 + "Anna Meyer lives in Berlin."
    ((_, suggestions),) = suggest_articles(nlp, [ArticleText(id="a", text=text)])
    last = suggestions[-1].draft.span
    assert text[last.start : last.end] == "Berlin"


@pytest.mark.parametrize(
    ("name", "hint"), [("no_such_model", "pip install no-such-model"), ("pytest", "choose another")]
)
def test_a_model_that_cannot_be_loaded_is_named_with_a_way_out(name: str, hint: str) -> None:
    with pytest.raises(AnnotatorError) as caught:
        load_pipeline(name)
    assert name in caught.value.message and hint in caught.value.hint
