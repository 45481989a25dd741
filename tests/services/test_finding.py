"""Finding: what holds the words, with the words around them and the place to go to."""

from __future__ import annotations

import pytest

from annotator.domain.spans import Span
from annotator.services import actors, annotation, finding, history, notes, queries, quoting, stances
from annotator.services.finding import find
from tests.services.making import first_article, word_span
from tests.services.talk import added, text_of


@pytest.fixture
def worked_on(project):
    """A quote with a speaker, a stance from it, a note on it, and an actor with an alias."""
    quote = added(project, "“Allies have recognized the need to invest more in defense")
    quoting.set_cue(project, quote.id, word_span(project, "acknowledged"))
    speaker = actors.create(project, "Jens Stoltenberg", aliases=["the secretary general"]).records("actor")[0]
    quoting.set_speaker(project, quote.id, speaker.id)
    topic = stances.add_target(project, "Allied spending", statement="Allies should spend more.").records("target")[0]
    stance = stances.add_from_quote(project, quote.id, target=topic.id, position="support").records("stance")[0]
    stances.change(project, stance.id, rationale="It is a euphemism.")
    notes.add(project, "Compare with the zebra article.", subject=quote.id)
    return project


def kinds(project, words, **rest):
    return [one.kind for one in find(project, words, **rest)]


def reads(one):
    return f"{one.before}{one.hit}{one.after}"


def test_an_article_is_found_where_the_words_first_stand_in_a_row(project):
    (one,) = find(project, "nato SPOKESPERSON", kinds=["article"])
    text = text_of(project)
    assert one.place == text.index("NATO spokesperson") and one.article == one.id == first_article(project)
    assert one.hit == "NATO spokesperson" and reads(one) in " ".join(text.split())
    assert one.title == queries.article_rows(project)[0].title


@pytest.mark.parametrize("words", ["defen", "european allies", "pentagon"])
def test_every_article_that_holds_the_words_is_found_once_and_the_hit_is_at_its_place(project, words):
    found = find(project, words, kinds=["article"])
    assert {one.id for one in found} == set(queries.search(project, words)) and found
    for one in found:
        text = queries.article(project, one.id).text
        assert text[one.place :].casefold().startswith(words) and one.hit.casefold().startswith(words)


def test_a_quote_is_found_by_its_content_and_by_its_cue(worked_on):
    for words, hit in (("recognized the ne", "recognized the need"), ("acknowledg", "acknowledged")):
        (one,) = find(worked_on, words, kinds=["quote"])
        assert one.hit == hit and one.place == text_of(worked_on).index(hit) and reads(one) in text_of(worked_on)


def test_a_stance_is_found_by_its_target_its_evidence_and_its_rationale(worked_on):
    quote = queries.quotes(worked_on, first_article(worked_on))[0]
    hits = {}
    for words in ("allied spend", "recognized", "euphemism"):
        (one,) = find(worked_on, words, kinds=["stance"])
        hits[words] = (one.hit, one.place)
    start = quote.content[0].start
    assert hits == {
        "allied spend": ("Allied spending", start),
        "recognized": ("recognized", text_of(worked_on).index("recognized")),
        "euphemism": ("euphemism", start),
    }


def test_a_stance_is_found_by_the_target_that_its_own_was_merged_into(worked_on):
    old = next(one for one in stances.targets(worked_on) if one.label == "Allied spending")
    new = stances.add_target(worked_on, "Five percent").records("target")[0]
    stances.merge_targets(worked_on, old.id, new.id)
    assert kinds(worked_on, "five perc", kinds=["stance"]) == ["stance"]
    assert kinds(worked_on, "allied spend", kinds=["stance"]) == []


@pytest.mark.parametrize(
    ("words", "hit"),
    [
        ("stoltenb", "Stoltenberg"),
        ("Stoltenbreg", "Jens Stoltenberg"),
        ("secretary gen", "secretary general"),
    ],
)
def test_an_actor_is_found_by_its_name_an_alias_and_nearly(worked_on, words, hit):
    (one,) = find(worked_on, words, kinds=["actor"])
    assert (one.title, one.hit, one.article, one.place) == ("Jens Stoltenberg", hit, "", 0)


def test_a_note_is_found_and_leads_to_what_it_is_about(worked_on):
    (one,) = find(worked_on, "zebra", kinds=["note"])
    assert one.place == text_of(worked_on).index("“Allies") and reads(one) == "Compare with the zebra article."
    notes.add(worked_on, "A zebra on the whole.", article=first_article(worked_on))
    assert sorted(found.place for found in find(worked_on, "zebra")) == [0, one.place]


def test_the_kinds_come_in_their_order_and_only_those_asked_for(worked_on):
    assert kinds(worked_on, "recognized the need") == ["article", "quote", "stance"]
    assert kinds(worked_on, "recognized the need", kinds=["stance", "article"]) == ["article", "stance"]
    assert kinds(worked_on, "recognized the need", kinds=[]) == []


def test_at_most_so_many_of_each_kind_are_given(worked_on):
    for words in ("more responsibility", "more in defense"):
        added(worked_on, words)
    assert kinds(worked_on, "more", kinds=["quote"], limit=2) == ["quote", "quote"]
    assert kinds(worked_on, "defense", limit=1).count("article") == 1


@pytest.mark.parametrize("words", ["", "  ", "—", '"', "xyzzy", "\x00", "\ud800"])
def test_nothing_is_found_where_nothing_is_asked_or_there(worked_on, words):
    assert find(worked_on, words) == []


@pytest.mark.parametrize("words", ['need "', "(need", "need*", "NEAR need", "need\x00", "need-to"])
def test_odd_signs_do_no_harm(worked_on, words):
    assert all(one.hit for one in find(worked_on, words))


def test_a_colleague_s_quotes_and_stances_are_not_shown_but_notes_are(worked_on, colleague):
    worked_on.author = colleague
    assert kinds(worked_on, "recognized") == ["article"] and kinds(worked_on, "zebra") == ["note"]
    assert kinds(worked_on, "allied") == []


def test_what_was_withdrawn_is_not_found_until_it_is_undone(worked_on):
    quote = queries.quotes(worked_on, first_article(worked_on))[0]
    annotation.withdraw(worked_on, quote.id)
    assert kinds(worked_on, "recognized", kinds=["quote"]) == []
    history.undo(worked_on)
    assert kinds(worked_on, "recognized", kinds=["quote"]) == ["quote"]


def test_a_hit_across_lines_is_one_line_in_its_context(project):
    text = text_of(project)
    end = text.index("\n")
    annotation.add_quote(project, first_article(project), [Span(end - 10, end + 12)], form="indirect")
    for one in find(project, text[end + 1 : end + 12], kinds=finding.FOUND_KINDS):
        assert "\n" not in reads(one)
