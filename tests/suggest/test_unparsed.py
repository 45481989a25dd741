"""Direct quotes in languages without a parser: the marks, the dashes, the verb and who speaks."""

from __future__ import annotations

import pytest

from annotator.domain.drafts import QuoteDraft
from annotator.domain.errors import AnnotatorError
from annotator.suggest.languages import LANGUAGES
from annotator.suggest.messages import ArticleText
from annotator.suggest.pipeline import load_pipeline, suggest_articles

from .conftest import words


def direct(language: str, text: str) -> list[QuoteDraft]:
    found = suggest_articles(load_pipeline(f"blank:{language}"), [ArticleText(id="a", text=text)])
    return [one.draft for _, suggestions in found for one in suggestions if isinstance(one.draft, QuoteDraft)]


SENTENCES = [
    ("de", "„Wir bleiben hier“, sagte Anna Meyer am Montag.", "Anna Meyer", "sagte", "„Wir bleiben hier“"),
    ("de", "Der Minister betonte: »Das ist unser Recht.«", "Der Minister", "betonte", "»Das ist unser Recht.«"),
    ("fr", "« Nous resterons ici », a déclaré le ministre hier.", "le ministre", "a déclaré", "« Nous resterons ici »"),
    ("es", "“Nos quedaremos aquí”, dijo Pedro Sánchez en Madrid.", "Pedro Sánchez", "dijo", "“Nos quedaremos aquí”"),
    ("es", "—No nos iremos —dijo Pérez—. Seguiremos.", "Pérez", "dijo", "No nos iremos … Seguiremos."),
    ("it", "«Noi restiamo qui», ha detto Giorgia Meloni.", "Giorgia Meloni", "ha detto", "«Noi restiamo qui»"),
    (
        "pl",
        "„Zostajemy tu na zawsze” – powiedział rzecznik rządu.",
        "rzecznik rządu",
        "powiedział",
        "„Zostajemy tu na zawsze”",
    ),
    ("uk", "«Ми залишаємося тут», — сказав він.", "він", "сказав", "«Ми залишаємося тут»"),
    (
        "ru",
        "— Мы никуда не уйдём, — сказал Петров. — Это наш дом.",
        "Петров",
        "сказал",
        "Мы никуда не уйдём, … Это наш дом.",
    ),
    ("ru", "Министр заявил: «Мы останемся здесь».", "Министр", "заявил", "«Мы останемся здесь»"),
    ("ar", "قال الرئيس: «سنبقى هنا دائما».", "الرئيس", "قال", "«سنبقى هنا دائما»"),
    # A sentence may begin with whose words it gives.
    ("fr", "Selon le ministre, la réforme est « nécessaire ».", "le ministre", "Selon", "« nécessaire »"),
    ("fr", "« Il faut agir vite », selon Anne Martin.", "Anne Martin", "selon", "« Il faut agir vite »"),
    ("de", "Laut der Ministerin ist sie „dringend nötig“.", "der Ministerin", "Laut", "„dringend nötig“"),
    ("es", "Según la ministra, la reforma es «necesaria».", "la ministra", "Según", "«necesaria»"),
    ("it", "Secondo il ministro, la riforma è «necessaria».", "il ministro", "Secondo", "«necessaria»"),
    ("pl", "Według ministra reforma jest „konieczna”.", "ministra", "Według", "„konieczna”"),
    ("uk", "За словами міністра, реформа «вкрай потрібна».", "міністра", "За словами", "«вкрай потрібна»"),
    ("ru", "По словам министра, реформа «крайне нужна».", "министра", "По словам", "«крайне нужна»"),
]


@pytest.mark.parametrize(("language", "text", "source", "cue", "content"), SENTENCES)
def test_direct_quote_has_the_verb_and_who_speaks(
    language: str, text: str, source: str, cue: str, content: str
) -> None:
    (quote,) = direct(language, text)
    assert (words(quote.source), quote.cue.text if quote.cue else "", words(quote.content)) == (source, cue, content)
    assert quote.form == "direct"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die sogenannte „Spezialoperation“ geht weiter."),
        ("fr", "Le film « Amélie » passe ce soir."),
        ("fr", "Selon le ministre, le journal « Le Monde » se trompe."),
        ("ru", "Газета «Правда» вышла утром."),
        ("ru", "Москва — столица России."),
        ("pl", "Film „Kler” wszedł do kin."),
    ],
)
def test_titles_and_words_in_marks_are_no_quotes(language: str, text: str) -> None:
    assert direct(language, text) == []


def test_a_quotation_after_the_sentence_that_tells_another_goes_on_with_it() -> None:
    text = "„Wir brauchen Geld“, sagte Anna Meyer (SPD) in Bonn. „Sonst schließen die Bäder.“ „Nein“ heißt Nein."
    (quote,) = direct("de", text)
    assert words(quote.content) == "„Wir brauchen Geld“ … „Sonst schließen die Bäder.“"


def test_kind_of_source_is_known_from_its_words() -> None:
    kinds = [direct(*one[:2])[0].source_kind for one in SENTENCES]
    assert kinds[0] == "named" and kinds[2] == "description" and kinds[7] == "pronoun"


def test_quotation_in_another_language_has_no_source() -> None:
    (quote,) = direct("sv", "”Vi stannar här för alltid, sade hon.”")
    assert quote.source == () and quote.cue is None
    assert len(direct("en", "“We will stay here for ever,” he said.")) == 1


def test_a_pipeline_that_is_not_installed_says_how_to_install_it_and_what_goes_without() -> None:
    with pytest.raises(AnnotatorError) as error:
        load_pipeline("de_core_news_sm")
    assert "python -m spacy download de_core_news_sm" in error.value.hint and "blank:de" in error.value.hint
    with pytest.raises(AnnotatorError, match="knows no language"):
        load_pipeline("blank:xx9")


def test_all_languages_that_are_promised_have_verbs() -> None:
    assert set(LANGUAGES) == {"de", "fr", "es", "it", "pl", "uk", "ru", "ar"}
    assert all(len(one.verbs) > 10 for one in LANGUAGES.values())
