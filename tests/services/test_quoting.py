"""What an annotator does to a quote: each is one act, and one undo takes it back."""

from __future__ import annotations

import pytest

from annotator.domain.drafts import QuoteDraft
from annotator.domain.errors import NotAllowed
from annotator.domain.records import Actor
from annotator.domain.spans import Span
from annotator.services import actors, annotation, history, queries, quoting
from tests.services.making import (
    entity_suggestion,
    everything,
    first_article,
    ids,
    open_ones,
    quote_suggestion,
    quotes,
    word_span,
)
from tests.services.talk import added, quoted, text_of


@pytest.fixture
def quote(project):
    """A quote of the NATO spokesperson, added by hand."""
    return added(project, "“Allies have recognized the need", form="direct")


def one(project, quote_id):
    return next(found for found in quotes(project) if found.id == quote_id)


def test_the_cue_is_without_white_space_and_can_be_taken_away(project, quote):
    span = word_span(project, " acknowledged ")
    quoting.set_cue(project, quote.id, span)
    assert one(project, quote.id).cue.text == "acknowledged"
    quoting.set_cue(project, quote.id, None)
    assert one(project, quote.id).cue is None


def test_the_source_proposes_its_kind(project, quote):
    kinds = []
    for words in ("Kingsley Wilson", "multiple sources familiar with discussions", "European officials", "it"):
        quoting.set_source(project, quote.id, [word_span(project, words)])
        assert [piece.text for piece in one(project, quote.id).source] == [words]
        kinds.append(one(project, quote.id).source_kind)
    assert kinds == ["named", "anonymous", "collective", "pronoun"]
    quoting.set_source(project, quote.id, [])
    assert (one(project, quote.id).source, one(project, quote.id).source_kind) == ((), "none")


def test_words_are_added_to_the_source_and_taken_out_again(project, quote):
    first, second = word_span(project, "Kingsley Wilson"), word_span(project, "Pentagon officials ")
    quoting.add_source(project, quote.id, first)
    quoting.add_source(project, quote.id, second)
    assert [piece.text for piece in one(project, quote.id).source] == ["Pentagon officials", "Kingsley Wilson"]
    quoting.add_source(project, quote.id, second)
    assert [piece.text for piece in one(project, quote.id).source] == ["Kingsley Wilson"]


@pytest.mark.parametrize("act", ["set_cue", "add_source", "add_fragment"])
@pytest.mark.parametrize("span", [Span(5, 5), Span(0, 10**6), Span(-3, 2)])
def test_a_span_that_is_no_text_is_refused(project, quote, act, span):
    before = everything(project)
    with pytest.raises(NotAllowed) as refused:
        getattr(quoting, act)(project, quote.id, span)
    assert refused.value.hint and everything(project) == before


@pytest.mark.parametrize("act", ["set_cue", "add_source", "add_fragment"])
def test_white_space_alone_is_refused(project, quote, act):
    with pytest.raises(NotAllowed, match="only white space"):
        getattr(quoting, act)(project, quote.id, word_span(project, " "))


def test_a_fragment_is_added_in_the_order_of_the_text_and_makes_the_form_anew(project, quote):
    quoting.add_fragment(project, quote.id, word_span(project, "privately urged "))
    grown = one(project, quote.id)
    assert [piece.text for piece in grown.content] == ["privately urged", quote.content[0].text]
    assert (quote.form, grown.form) == ("direct", "mixed")


@pytest.mark.parametrize("words", ["has privately", " urged European", "European allies", "rged"])
def test_a_fragment_that_touches_another_one_or_is_a_blank_away_becomes_one_with_it(project, words):
    quote = added(project, "privately urged")
    quoting.add_fragment(project, quote.id, word_span(project, words))
    (piece,) = one(project, quote.id).content
    assert words.strip() in piece.text and "privately urged" in piece.text


def test_a_fragment_of_another_paragraph_stays_one_of_its_own(project):
    end = text_of(project).index("\n")
    quote = annotation.add_quote(project, first_article(project), [Span(end - 5, end)], form="indirect")
    quoting.add_fragment(project, quote.records("quote")[0].id, Span(end, end + 12))
    assert len(quotes(project)[0].content) == 2


def test_the_fragment_at_the_caret_is_dropped_and_the_last_one_never(project, quote):
    quoting.add_fragment(project, quote.id, word_span(project, "privately urged"))
    first = one(project, quote.id).content[0]
    with pytest.raises(NotAllowed, match="No fragment"):
        quoting.drop_fragment(project, quote.id, first.end + 1)
    quoting.drop_fragment(project, quote.id, first.end)
    assert one(project, quote.id).content == quote.content and one(project, quote.id).form == "direct"
    with pytest.raises(NotAllowed, match="only fragment"):
        quoting.drop_fragment(project, quote.id, quote.content[0].start)


def test_where_two_fragments_touch_the_caret_is_at_the_second(project):
    quote = added(project, "“Allies have recog")
    first = quote.content[0]
    quoting.add_fragment(project, quote.id, Span(first.end + 8, first.end + 13))
    annotation.resize(project, quote.id, Span(first.end, first.end + 13), fragment=1)
    quoting.drop_fragment(project, quote.id, first.end)
    assert one(project, quote.id).content == (first,)


def test_form_and_source_kind_are_chosen(project, quote):
    quoting.set_form(project, quote.id, "indirect")
    quoting.set_source_kind(project, quote.id, "anonymous")
    assert (one(project, quote.id).form, one(project, quote.id).source_kind) == ("indirect", "anonymous")


def test_a_quote_reports_speech_until_it_is_said_to_report_an_act(project, quote):
    assert quote.reported == "speech"
    quoting.set_reported(project, quote.id, "act")
    assert one(project, quote.id).reported == "act"
    history.undo(project)
    assert one(project, quote.id).reported == "speech"


def test_a_speaker_is_an_actor_of_the_registry_and_a_merged_one_the_kept_one(project, quote):
    with pytest.raises(NotAllowed, match="not in the registry"):
        quoting.set_speaker(project, quote.id, "Pete Hegseth")
    gone, kept = (actors.create(project, name).records("actor")[0] for name in ("Hegseth", "Pete Hegseth"))
    actors.merge(project, gone.id, kept.id)
    quoting.set_speaker(project, quote.id, gone.id)
    assert one(project, quote.id).speaker == kept.id
    quoting.set_speaker(project, quote.id, None)
    assert one(project, quote.id).speaker is None


def test_an_entity_is_linked_to_an_actor_in_the_same_way(project):
    (made,) = annotation.add_entity(project, first_article(project), word_span(project, "NATO"), "ORG").records(
        "entity"
    )
    (actor,) = actors.create(project, "NATO", type="organization").records("actor")
    changes = quoting.set_speaker(project, made.id, actor.id)
    assert queries.entities(project, made.article)[0].actor == actor.id and changes.verb == "entity.actor"


def test_a_quote_stands_in_another_one_but_never_in_itself(project, quote):
    inner, innermost = added(project, "recognized the need"), added(project, "the need", after="recognized ")
    quoting.nest(project, inner.id, quote.id)
    quoting.nest(project, innermost.id, inner.id)
    assert one(project, innermost.id).nested_in == inner.id
    for outer in (quote.id, innermost.id, inner.id):
        with pytest.raises(NotAllowed, match="inside itself"):
            quoting.nest(project, quote.id, outer)
    quoting.nest(project, inner.id, None)
    assert one(project, inner.id).nested_in is None


def test_a_quote_stands_in_one_of_its_own_article_only(project, quote):
    article = queries.article_rows(project)[1].id
    other = annotation.add_quote(project, article, [Span(0, 9)], form="indirect").records("quote")[0]
    with pytest.raises(NotAllowed, match="in another article"):
        quoting.nest(project, quote.id, other.id)


ACTS = {
    "cue": lambda project, thing: quoting.set_cue(project, thing.id, word_span(project, "the")),
    "source": lambda project, thing: quoting.set_source(project, thing.id, [word_span(project, "Washington")]),
    "added source": lambda project, thing: quoting.add_source(project, thing.id, word_span(project, "Washington")),
    "fragment": lambda project, thing: quoting.add_fragment(project, thing.id, word_span(project, "The United")),
    "form": lambda project, thing: quoting.set_form(project, thing.id, "mixed"),
    "reported": lambda project, thing: quoting.set_reported(project, thing.id, "act"),
    "source kind": lambda project, thing: quoting.set_source_kind(project, thing.id, "artifact"),
    "split": lambda project, thing: quoting.split(project, thing.id, thing.draft.content[0].start + 12),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_changed_suggestion_is_a_corrected_quote_that_holds_the_suggestion_whole(suggested, act):
    thing, before = quoted(suggested), everything(suggested)
    events = suggested.conn.execute("SELECT count(*) FROM event").fetchone()[0]
    ACTS[act](suggested, thing)
    made = next(one for one in quotes(suggested) if one.origin.suggested)
    assert (made.origin.act, made.origin.suggested, made.origin.by) == ("corrected", thing.draft, "model")
    assert suggested.conn.execute("SELECT count(*) FROM event").fetchone()[0] == events + 1
    assert thing.id not in ids(open_ones(suggested))
    with pytest.raises(NotAllowed, match="decided already"):
        ACTS[act](suggested, thing)
    history.undo(suggested)
    assert everything(suggested) == before and thing.id in ids(open_ones(suggested))


def test_the_guessed_speaker_for_a_suggestion_takes_it_over_as_it_stands(suggested):
    thing = next(
        one
        for one in open_ones(suggested)
        if isinstance(one.draft, QuoteDraft) and "Wilson" in one.draft.source[0].text
    )
    (actor,) = actors.create(suggested, "Kingsley Wilson").records("actor")
    quoting.set_speaker(suggested, thing.id, actor.id)
    (made,) = quotes(suggested)
    assert (made.speaker, made.origin.act, made.origin.suggested) == (actor.id, "accepted", thing.draft)


def test_another_speaker_than_the_guessed_one_corrects_a_suggestion(suggested):
    thing = quote_suggestion(suggested)
    (actor,) = actors.create(suggested, "NATO spokesperson").records("actor")
    quoting.set_speaker(suggested, thing.id, actor.id)
    (made,) = quotes(suggested)
    assert (made.speaker, made.origin.act, made.origin.suggested) == (actor.id, "corrected", thing.draft)


def test_an_entity_is_no_quote(suggested):
    thing = entity_suggestion(suggested)
    for act in (quoting.set_cue, quoting.set_form, quoting.drop_fragment, quoting.split, quoting.join, quoting.nest):
        with pytest.raises(NotAllowed, match="entity"):
            act(suggested, thing.id, None)
    annotation.accept(suggested, thing.id)
    (made,) = queries.entities(suggested, thing.article)
    with pytest.raises(NotAllowed, match="entity, not a quote"):
        quoting.own_quote(suggested, made.id)


def test_a_colleague_s_quote_is_not_changed(project, quote, colleague):
    project.author = colleague
    (actor,) = actors.create(project, "Somebody").records("actor")
    assert isinstance(actor, Actor)
    before = everything(project)
    place = quote.content[0].start + 5
    for act in (
        lambda: quoting.set_speaker(project, quote.id, actor.id),
        lambda: quoting.split(project, quote.id, place),
        lambda: quoting.set_form(project, quote.id, "mixed"),
    ):
        with pytest.raises(NotAllowed, match="colleague's work"):
            act()
    assert everything(project) == before
