"""One quote becomes two, two become one: each is one act, and one undo takes it back."""

from __future__ import annotations

import pytest

from annotator.domain.drafts import QuoteDraft
from annotator.domain.errors import NotAllowed
from annotator.domain.nesting import is_within
from annotator.domain.records import Evidence, Stance
from annotator.domain.spans import Span
from annotator.services import actors, annotation, history, queries, quoting
from annotator.store import rows
from annotator.store.journal import new_id
from tests.services.making import (
    everything,
    ids,
    open_ones,
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


def test_a_split_quote_is_two_that_keep_cue_source_and_speaker(project, quote):
    (actor,) = actors.create(project, "NATO spokesperson").records("actor")
    quoting.set_speaker(project, quote.id, actor.id)
    quoting.set_source(project, quote.id, [word_span(project, "Kingsley Wilson")])
    before, whole = everything(project), quote.content[0]
    place = text_of(project).index("recognized", whole.start)
    changes = quoting.split(project, quote.id, place)
    first, second = quotes(project)
    assert first.content[0].text == "“Allies have" and second.content[0].text == "recognized the need"
    assert first.id == quote.id and second.speaker == first.speaker == actor.id and second.source == first.source
    assert changes.verb == "quote.split"
    history.undo(project)
    assert everything(project) == before


@pytest.mark.parametrize("at", ["start", "end", "far"])
def test_a_quote_is_split_inside_its_content_only(project, quote, at):
    piece = quote.content[0]
    place = {"start": piece.start, "end": piece.end, "far": 5}[at]
    with pytest.raises(NotAllowed, match="cannot be split here"):
        quoting.split(project, quote.id, place)


def test_a_quote_inside_goes_with_its_part_of_a_split_one(project, quote):
    inner = added(project, "the need", after="recognized ")
    early = added(project, "Allies have", after="“")
    for other in (inner, early):
        quoting.nest(project, other.id, quote.id)
    quoting.split(project, quote.id, text_of(project).index("recognized", quote.content[0].start))
    twin = next(found for found in quotes(project) if found.id not in (quote.id, inner.id, early.id))
    assert one(project, inner.id).nested_in == twin.id and one(project, early.id).nested_in == quote.id


def test_joined_quotes_are_one_with_what_either_had(project, quote):
    other = added(project, "Successive US administrations", form="indirect")
    (actor,) = actors.create(project, "Christopher Landau").records("actor")
    quoting.set_speaker(project, other.id, actor.id)
    quoting.set_source(project, other.id, [word_span(project, "Kingsley Wilson")])
    quoting.set_cue(project, quote.id, word_span(project, "said"))
    before = everything(project)
    quoting.join(project, quote.id, other.id)
    (left,) = quotes(project)
    assert left.id == quote.id and left.content == quote.content + other.content
    assert (left.speaker, left.cue.text, left.source_kind) == (actor.id, "said", "named")
    history.undo(project)
    assert everything(project) == before


def test_what_rested_on_a_joined_quote_rests_on_the_other_one(project, quote):
    other = added(project, "Successive US administrations")
    inner = added(project, "US administrations")
    quoting.nest(project, inner.id, other.id)
    stance = Stance(
        id=new_id(),
        author=project.author.id,
        article=quote.article,
        evidence=(Evidence(spans=other.content, type="direct_quote", quote=other.id),),
    )
    with project.step("test.put") as step:
        step.put_new([stance])
    quoting.join(project, quote.id, other.id)
    (kept,) = rows.select(project.conn, "stance")
    assert kept.evidence[0].quote == quote.id and one(project, inner.id).nested_in == quote.id


@pytest.mark.parametrize("turned", [False, True])
def test_a_quote_joined_with_one_around_it_never_stands_inside_itself(project, quote, turned):
    middle, inner = added(project, "recognized the need"), added(project, "the need", after="recognized ")
    outermost = added(project, "Allies have recognized the need")
    quoting.nest(project, quote.id, outermost.id)
    quoting.nest(project, middle.id, quote.id)
    quoting.nest(project, inner.id, middle.id)
    pair = (quote.id, inner.id) if turned else (inner.id, quote.id)
    quoting.join(project, *pair)
    left = one(project, pair[0])
    assert left.nested_in == outermost.id and one(project, middle.id).nested_in == left.id


def test_a_quote_is_not_joined_with_itself_nor_with_one_of_another_article(project, quote):
    article = queries.article_rows(project)[1].id
    made = annotation.add_quote(project, article, [Span(0, 9)], form="indirect").records("quote")[0]
    for other in (quote.id, made.id):
        with pytest.raises(NotAllowed, match="Two quotes of one article"):
            quoting.join(project, quote.id, other)


def test_an_accepted_quote_that_is_split_was_corrected(suggested):
    thing = quoted(suggested)
    annotation.accept(suggested, thing.id)
    (made,) = quotes(suggested)
    quoting.split(suggested, made.id, thing.draft.content[0].start + 12)
    first, second = quotes(suggested)
    assert (first.origin.act, first.origin.suggested) == ("corrected", thing.draft)
    assert (second.origin.by, second.origin.suggested) == ("person", None)


@pytest.mark.parametrize("is_accepted", [True, False])
def test_joined_suggestions_do_not_come_up_again(suggested, is_accepted):
    first, *others = [one for one in open_ones(suggested) if isinstance(one.draft, QuoteDraft)]
    pair = [first, next(one for one in others if not is_within(one.draft, first.draft))]
    if is_accepted:
        annotation.accept(suggested, ids(pair))
    before = everything(suggested)
    wanted = [made.id for made in quotes(suggested)] if is_accepted else ids(pair)
    quoting.join(suggested, *wanted)
    (made,) = quotes(suggested)
    assert made.origin.act == "corrected" and made.origin.suggested in [one.draft for one in pair]
    assert not set(ids(pair)) & set(ids(open_ones(suggested)))
    history.undo(suggested)
    assert everything(suggested) == before
