"""The same words elsewhere: which places are found, and what marking them does."""

from __future__ import annotations

import re

import msgspec
import pytest

from annotator.domain.articles import new_article
from annotator.domain.errors import NotAllowed
from annotator.domain.progress import drain
from annotator.domain.records import Entity
from annotator.domain.spans import Span
from annotator.services import actors, annotation, history, importing, queries, quoting, spreading
from tests.services.making import entity_suggestion, everything, first_article, ids, open_ones, told

TEXT = (
    "NATO met. The NATO summit, a NATO-led act and pre-NATO days; NATOs and nato and “NATO”. NATO’s end is NATO_x.\n"
    "It paid 5 and 2.5 and 5.2 and 5. 北约 said 北约峰会."
)


@pytest.fixture
def article(project):
    """The id of an article made for these tests."""
    return take(project, TEXT)


def take(project, text):
    made = new_article(text, name=f"{len(text)}.txt")
    with project.step("article.import") as step:
        importing.take_in(step, made, time=project.now())
    return made.id


def mark(project, article, words, label="ORG", start=0) -> Entity:
    at = queries.article(project, article).text.index(words, start)
    (made,) = annotation.add_entity(project, article, Span(at, at + len(words)), label).records("entity")
    assert isinstance(made, Entity)
    return made


def look(project, entity, **rest):
    return drain(spreading.matches(project, entity.id, **{"everywhere": False, **rest}))


def around(found):
    return [f"{one.before[-4:]}[{one.text}]{one.after[:4]}" for one in found]


def test_whole_words_of_the_same_case_are_found_in_the_order_of_the_text(project, article):
    found = look(project, mark(project, article, "NATO"))
    assert around(found) == [
        "The [NATO] sum",
        ", a [NATO]-led",
        "pre-[NATO] day",
        "nd “[NATO]”. N",
        "O”. [NATO]’s e",
    ]


def test_any_case_is_found_when_asked_for(project, article):
    entity = mark(project, article, "NATO")
    assert [one.text for one in look(project, entity, any_case=True)].count("nato") == 1


def test_a_number_is_not_found_inside_a_longer_one(project, article):
    found = look(project, mark(project, article, "5", "CARDINAL"))
    assert [one.span.start for one in found] == [TEXT.index("5. 北")]


def test_words_of_a_script_without_blanks_are_found_inside_longer_runs(project, article):
    found = look(project, mark(project, article, "北约"))
    assert [one.after[:2] for one in found] == ["峰会"]
    other = take(project, "昨天北约开会。")
    assert look(project, mark(project, article, "北约", "GPE"), everywhere=True)[-1].article == other


def test_places_with_an_own_entity_are_left_out_even_if_it_is_longer(project, article):
    mark(project, article, "NATO summit", "EVENT")
    found = look(project, mark(project, article, "NATO"))
    assert len(found) == 4 and not any(one.after.startswith(" summit") for one in found)


def test_the_context_is_some_forty_characters_on_either_side(project):
    entity = mark(project, first_article(project), "NATO")
    text = queries.article(project, entity.article).text
    for one in look(project, entity):
        assert text[one.span.start : one.span.end] == "NATO" == one.text
        assert len(one.before) <= 40 and len(one.after) <= 40
        assert one.before + one.text + one.after in " ".join(text.split())


def test_the_corpus_is_searched_when_asked_for_and_the_own_article_comes_first(project, article):
    entity = mark(project, article, "NATO")
    found = look(project, entity, everywhere=True)
    assert [one.article for one in found[:5]] == [article] * 5
    assert {one.article for one in found} == {row.id for row in queries.article_rows(project)}
    for one in found:
        assert queries.article(project, one.article).text[one.span.start : one.span.end] == "NATO"
        assert one.name == queries.article(project, one.article).name


def test_nothing_is_missing_that_a_plain_search_would_find(project, article):
    entity = mark(project, first_article(project), "European")
    found = {(one.article, one.span.start) for one in look(project, entity, everywhere=True)}
    expected = {
        (row.id, hit.start())
        for row in queries.article_rows(project)
        for hit in re.finditer(r"\bEuropean\b", queries.article(project, row.id).text)
    }
    assert found == expected - {(entity.article, entity.start)} and len(found) > 10


def test_the_search_tells_its_progress_and_can_be_stopped(project, article):
    entity = mark(project, article, "NATO")
    steps = told(spreading.matches(project, entity.id, everywhere=True))
    assert [one.done for one in steps] == [0, 1, 2] and {one.total for one in steps} == {3}
    job = spreading.matches(project, entity.id, everywhere=True)
    next(job)
    job.close()


def test_the_chosen_places_are_marked_in_one_act_and_one_undo_takes_them_back(project, article):
    entity = mark(project, article, "NATO")
    (actor,) = actors.create(project, "NATO", type="organization").records("actor")
    quoting.set_speaker(project, entity.id, actor.id)
    before = everything(project)
    chosen = look(project, entity, everywhere=True)[2:9]
    changes = spreading.spread(project, entity.id, chosen)
    made = changes.records("entity")
    assert changes.verb == "entity.spread" and {one.actor for one in made} == {actor.id}
    assert sorted((one.article, one.start, one.text, one.label) for one in made) == sorted(
        (one.article, one.span.start, "NATO", "ORG") for one in chosen
    )
    assert changes.articles == {one.article for one in chosen} and len(changes.articles) > 1
    assert {row.state for row in queries.article_rows(project) if row.id in changes.articles} == {"in_progress"}
    history.undo(project)
    assert everything(project) == before


def test_marking_can_be_stopped_and_then_nothing_is_marked(project, article):
    entity = mark(project, article, "NATO")
    before = everything(project)
    job = spreading.spread_job(project, entity.id, look(project, entity, everywhere=True))
    for _ in range(3):
        next(job)
    job.close()
    assert everything(project) == before


def test_marking_and_undoing_in_many_articles_keep_every_tally(suggested):
    entity = mark(suggested, first_article(suggested), "NATO")
    for act in (
        lambda: spreading.spread(suggested, entity.id, look(suggested, entity, everywhere=True)),
        lambda: history.undo(suggested),
        lambda: history.redo(suggested),
    ):
        assert len(act().articles) > 1
        rows = queries.article_rows(suggested)
        assert [row.open_count for row in rows] == [len(queries.open_suggestions(suggested, row.id)) for row in rows]


def test_marked_places_are_not_found_again(project, article):
    entity = mark(project, article, "NATO")
    spreading.spread(project, entity.id, look(project, entity, everywhere=True))
    assert look(project, entity, everywhere=True) == []


def test_places_that_were_marked_meanwhile_are_passed_over(project, article):
    entity = mark(project, article, "NATO")
    chosen = look(project, entity)
    mark(project, article, "NATO summit", "EVENT")
    assert len(spreading.spread(project, entity.id, [*chosen, chosen[1]]).records("entity")) == len(chosen) - 1
    with pytest.raises(NotAllowed, match="nothing left to mark"):
        spreading.spread(project, entity.id, chosen)
    with pytest.raises(NotAllowed, match="nothing left to mark"):
        spreading.spread(project, entity.id, [])


def test_a_place_that_does_not_hold_the_words_is_refused(project, article):
    entity = mark(project, article, "NATO")
    one = look(project, entity)[0]
    before = everything(project)
    for wrong in (Span(one.span.start + 1, one.span.end + 1), Span(0, 10**6)):
        with pytest.raises(NotAllowed):
            spreading.spread(project, entity.id, [one, msgspec.structs.replace(one, span=wrong)])
    assert everything(project) == before


def test_a_suggestion_at_a_chosen_place_is_taken_over(suggested):
    entity = mark(suggested, first_article(suggested), "NATO")
    proposed = {one.draft.span: one for one in open_ones(suggested)}
    chosen = [one for one in look(suggested, entity) if one.span in proposed]
    made = spreading.spread(suggested, entity.id, chosen).records("entity")
    assert made
    for one in made:
        suggestion = proposed[Span(one.start, one.end)]
        act = "accepted" if suggestion.draft.label == "ORG" else "corrected"
        assert (one.origin.act, one.origin.suggested) == (act, suggestion.draft)
    assert not {proposed[Span(one.start, one.end)].id for one in made} & set(ids(open_ones(suggested)))


def test_a_place_where_the_same_label_was_turned_down_is_left_out(suggested):
    suggestion = next(one for one in open_ones(suggested) if getattr(one.draft, "text", "") == "NATO")
    annotation.reject(suggested, suggestion.id)
    entity = mark(suggested, first_article(suggested), "NATO", suggestion.draft.label, suggestion.draft.end)
    assert suggestion.draft.span not in [one.span for one in look(suggested, entity)]
    other = mark(suggested, first_article(suggested), "NATO", "EVENT", entity.end)
    assert suggestion.draft.span in [one.span for one in look(suggested, other)]


def test_only_an_entity_of_one_s_own_is_spread(suggested, colleague):
    thing = entity_suggestion(suggested)
    entity = mark(suggested, first_article(suggested), "NATO")
    with pytest.raises(NotAllowed, match="entity of yours"):
        drain(spreading.matches(suggested, thing.id, everywhere=False))
    suggested.author = colleague
    with pytest.raises(NotAllowed, match="entity of yours"):
        spreading.spread(suggested, entity.id, [])
