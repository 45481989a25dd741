"""Targets and stances: the rules, each with its sentence, and what an annotator does to them."""

from __future__ import annotations

import pytest

from annotator.domain.errors import NotAllowed
from annotator.domain.spans import Span
from annotator.services import actors, annotation, history, queries, quoting, stances
from annotator.store import rows
from annotator.store.journal import new_id
from tests.services.making import everything, first_article, quotes, state, word_span
from tests.services.talk import added, text_of


def actor(project, name):
    return actors.create(project, name).records("actor")[0].id


def target(project, label, kind="policy"):
    return stances.add_target(project, label, kind=kind).records("target")[0].id


@pytest.fixture
def quote(project):
    """A quote with a speaker."""
    made = added(project, "“Allies have recognized the need", form="direct")
    quoting.set_speaker(project, made.id, actor(project, "NATO spokesperson"))
    return quotes(project)[0]


@pytest.fixture
def draft(project, quote):
    """The id of a draft that starts from the quote."""
    return stances.add_from_quote(project, quote.id).records("stance")[0].id


def completed(project, stance_id, **fields):
    """The stance with all that it needs."""
    here = stances.get(project, stance_id)
    if here.target is None and "target" not in fields:
        fields["target"] = target(project, f"Target {new_id()}")
    stances.change(project, stance_id, **{"position": "support", **fields})
    return stances.get(project, stance_id)


def submitted(project, quote_id, position, *, target_id, holder=None):
    changes = stances.add_from_quote(project, quote_id, target=target_id, position=position, holder=holder)
    return changes.records("stance")[0]


def test_a_draft_starts_with_the_quote_as_evidence_and_its_speaker_as_holder(project, quote, draft):
    one = stances.get(project, draft)
    (piece,) = one.evidence
    assert (one.holder, piece.quote, piece.spans, piece.type) == (
        quote.speaker,
        quote.id,
        quote.content,
        "direct_quote",
    )
    assert one.position is None and not one.is_submitted and state(project) == "in_progress"
    assert stances.drafts(project) == [one] == stances.of_article(project, quote.article)


@pytest.mark.parametrize(
    ("form", "type_"), [("direct", "direct_quote"), ("mixed", "mixed_quote"), ("indirect", "indirect_quote")]
)
def test_the_form_of_the_quote_is_the_type_of_the_evidence(project, form, type_):
    made = stances.add_from_quote(project, added(project, "privately urged", form=form).id)
    assert made.records("stance")[0].evidence[0].type == type_


def test_a_quote_that_reports_an_act_is_evidence_of_an_act(project):
    quote = added(project, "privately urged", form="indirect")
    quoting.set_reported(project, quote.id, "act")
    made = stances.add_from_quote(project, quote.id)
    assert made.records("stance")[0].evidence[0].type == "reported_action"


def test_words_of_a_headline_are_framing_and_words_of_the_body_a_reported_act(project):
    article = queries.article(project, queries.article_rows(project)[1].id)
    headline = next(one for one in article.sections if one.kind == "alt_headline")
    space = article.text.index(" ")
    for span, type_ in (
        (Span(headline.start, headline.start + 9), "headline_framing"),
        (Span(space, space + 9), "reported_action"),
    ):
        (made,) = stances.add_from_span(project, article.id, span).records("stance")
        assert made.evidence[0].type == type_ and made.holder is None
        assert made.evidence[0].spans[0].text == article.text[span.start : span.end].strip()
    (chosen,) = stances.add_from_span(project, article.id, Span(0, 17), type="document_text").records("stance")
    assert chosen.evidence[0].type == "document_text"


def test_evidence_reaches_across_sections_in_the_order_in_which_it_was_added(project):
    article = queries.article(project, queries.article_rows(project)[1].id)
    quote, other = (
        annotation.add_quote(project, article.id, [Span(at, at + 9)], form=form).records("quote")[0]
        for at, form in ((0, "direct"), (20, "indirect"))
    )
    draft = stances.add_from_quote(project, quote.id).records("stance")[0].id
    seo = next(one for one in article.sections if one.kind == "seo_headline")
    stances.add_evidence(project, draft, Span(seo.start, seo.start + 12))
    stances.add_quote_evidence(project, draft, other.id)
    pieces = stances.get(project, draft).evidence
    assert [one.type for one in pieces] == ["direct_quote", "headline_framing", "indirect_quote"]
    assert [one.quote for one in pieces] == [quote.id, None, other.id]
    stances.drop_evidence(project, draft, 1)
    assert [one.quote for one in stances.get(project, draft).evidence] == [quote.id, other.id]


def test_the_same_evidence_twice_is_refused(project, draft, quote):
    stances.add_evidence(project, draft, word_span(project, "privately urged"))
    with pytest.raises(NotAllowed, match="Those words are evidence"):
        stances.add_evidence(project, draft, word_span(project, " privately urged "))
    with pytest.raises(NotAllowed, match="That quote is evidence"):
        stances.add_quote_evidence(project, draft, quote.id)


@pytest.mark.parametrize("span", [Span(0, 10**6), Span(7, 7)])
def test_evidence_that_is_no_text_is_refused(project, draft, span):
    for act in (
        lambda: stances.add_evidence(project, draft, span),
        lambda: stances.add_from_span(project, first_article(project), span),
    ):
        with pytest.raises(NotAllowed, match="does not lie in the article"):
            act()
    with pytest.raises(NotAllowed, match="white space"):
        stances.add_evidence(project, draft, word_span(project, " "))
    with pytest.raises(NotAllowed, match="not there any more"):
        stances.drop_evidence(project, draft, 1)


def test_evidence_of_another_article_is_refused(project, draft):
    other = queries.article_rows(project)[1].id
    made = annotation.add_quote(project, other, [Span(0, 9)], form="indirect").records("quote")[0]
    with pytest.raises(NotAllowed, match="same article"):
        stances.add_quote_evidence(project, draft, made.id)


def test_what_is_no_quote_of_one_s_own_starts_no_stance(project, quote, draft, colleague):
    project.author = colleague
    for act in (
        lambda: stances.add_from_quote(project, quote.id),
        lambda: stances.add_from_quote(project, "nothing"),
        lambda: stances.add_quote_evidence(project, draft, quote.id),
    ):
        with pytest.raises(NotAllowed, match="quote of yours"):
            act()
    with pytest.raises(NotAllowed, match="colleague's work"):
        stances.change(project, draft, position="support")


RULES = [
    ({"holder": None}, "needs a holder"),
    ({"target": None}, "needs a target"),
    ({"position": None}, "needs a position; there is no default"),
    ({"dimension": None}, "needs a dimension"),
    ({"explicitness": None}, "stated, implied or inferred"),
    ({"evidence": ()}, "at least one piece of evidence"),
    ({"explicitness": "inferred"}, "needs a rationale"),
    ({"explicitness": "inferred", "rationale": " \n"}, "needs a rationale"),
]


@pytest.mark.parametrize(("fields", "says"), RULES)
def test_a_draft_that_lacks_something_is_not_submitted_and_says_what(project, draft, fields, says):
    completed(project, draft)
    stances.change(project, draft, **fields)
    problem = stances.missing(project, stances.get(project, draft))
    assert problem is not None and problem.hint
    with pytest.raises(NotAllowed, match=says):
        stances.submit(project, draft)
    assert not stances.get(project, draft).is_submitted


@pytest.mark.parametrize(("fields", "says"), RULES)
def test_a_submitted_stance_stays_complete(project, draft, fields, says):
    completed(project, draft)
    stances.submit(project, draft)
    before = everything(project)
    with pytest.raises(NotAllowed, match=says):
        stances.change(project, draft, **fields)
    assert everything(project) == before and stances.drafts(project) == []


def test_a_submitted_stance_keeps_its_last_evidence(project, draft):
    completed(project, draft)
    stances.submit(project, draft)
    with pytest.raises(NotAllowed, match="at least one piece of evidence"):
        stances.drop_evidence(project, draft, 0)


def test_a_complete_draft_is_submitted_in_one_act(project, draft):
    complete = completed(project, draft)
    assert stances.missing(project, complete) is None
    assert stances.submit(project, draft).verb == "stance.submit" and stances.get(project, draft).is_submitted
    history.undo(project)
    assert stances.get(project, draft) == complete


def test_an_inferred_stance_with_a_rationale_is_submitted(project, draft):
    completed(project, draft, explicitness="inferred", rationale="He nods.")
    stances.submit(project, draft)
    assert stances.get(project, draft).is_submitted


def test_holder_via_and_target_are_of_their_registries(project, draft):
    for fields in ({"holder": "Hegseth"}, {"via": "Trump"}, {"target": "NATO"}):
        with pytest.raises(NotAllowed, match=r"not (in the registry|there) any more"):
            stances.change(project, draft, **fields)


def test_via_is_somebody_else_than_the_holder_even_by_way_of_a_merge(project, draft):
    one = completed(project, draft)
    alias = actor(project, "Spokesperson of NATO")
    stances.change(project, draft, via=alias)
    assert stances.missing(project, stances.get(project, draft)) is None
    actors.merge(project, alias, one.holder)
    with pytest.raises(NotAllowed, match="Via is somebody else"):
        stances.submit(project, draft)


@pytest.mark.parametrize("confidence", [0, 4, -1])
def test_a_confidence_is_one_two_or_three(project, draft, confidence):
    with pytest.raises(NotAllowed, match="1, 2 or 3"):
        stances.change(project, draft, confidence=confidence)
    for good in (1, 2, 3, None):
        stances.set_field(project, draft, "confidence", good)
        assert stances.get(project, draft).confidence == good


@pytest.mark.parametrize(
    ("kind", "dimension"),
    [
        ("claim", "belief"),
        ("policy", "policy"),
        ("actor", "evaluation"),
        ("event", "evaluation"),
        ("issue", "evaluation"),
    ],
)
def test_the_dimension_is_proposed_from_the_kind_of_the_target(project, draft, kind, dimension):
    stances.change(project, draft, target=target(project, "Some target", kind))
    assert stances.get(project, draft).dimension == dimension


def test_a_proposed_dimension_follows_the_target_and_a_chosen_one_stays(project, draft):
    claim, policy = target(project, "A claim", "claim"), target(project, "A policy")
    stances.change(project, draft, target=claim)
    stances.change(project, draft, target=policy)
    assert stances.get(project, draft).dimension == "policy"
    stances.change(project, draft, dimension="commitment")
    stances.change(project, draft, target=claim)
    assert stances.get(project, draft).dimension == "commitment"


def test_a_position_that_a_quote_shows_is_proposed_as_stated_and_one_of_mere_words_is_not(project, draft):
    stances.change(project, draft, position="oppose")
    assert stances.get(project, draft).explicitness == "stated"
    (other,) = stances.add_from_span(project, first_article(project), Span(0, 17)).records("stance")
    stances.change(project, other.id, position="oppose")
    assert stances.get(project, other.id).explicitness is None


def test_a_stance_from_a_quote_is_submitted_at_once_where_nothing_is_missing(project, quote):
    made = submitted(project, quote.id, "support", target_id=target(project, "Burden shifting"))
    assert (made.is_submitted, made.holder, made.dimension, made.explicitness) == (
        True,
        quote.speaker,
        "policy",
        "stated",
    )
    undecided = submitted(project, quote.id, None, target_id=made.target)
    assert not undecided.is_submitted and stances.drafts(project) == [undecided]
    history.undo(project)
    assert stances.of_article(project, quote.article) == [made]


def test_a_stance_from_a_quote_without_a_speaker_is_a_draft_until_it_has_a_holder(project):
    unlinked = added(project, "privately urged")
    one = target(project, "Burden shifting")
    assert not submitted(project, unlinked.id, "support", target_id=one).is_submitted
    assert submitted(project, unlinked.id, "support", target_id=one, holder=actor(project, "US")).is_submitted
    with pytest.raises(NotAllowed):
        submitted(project, unlinked.id, "support", target_id="Burden shifting")


def test_another_position_on_the_same_target_shows_the_earlier_passage(project, quote):
    topic = target(project, "Burden shifting")
    earlier = submitted(project, quote.id, "support", target_id=topic)
    later = submitted(project, quote.id, "oppose", target_id=topic)
    (found,) = stances.earlier_other_positions(project, later)
    assert found.stance == earlier and found.passage == quote.content[0].text
    assert found.article == queries.article(project, quote.article).name
    same = submitted(project, quote.id, "support", target_id=topic)
    assert [one.stance for one in stances.earlier_other_positions(project, same)] == [later]


def test_other_holders_targets_and_drafts_without_a_position_are_no_earlier_position(project, quote):
    topic, other = target(project, "Burden shifting"), target(project, "Ukraine in NATO?")
    submitted(project, quote.id, "support", target_id=other)
    submitted(project, quote.id, "support", target_id=topic, holder=actor(project, "Russia"))
    submitted(project, quote.id, None, target_id=topic)
    later = submitted(project, quote.id, "oppose", target_id=topic)
    assert stances.earlier_other_positions(project, later) == []


def test_earlier_positions_are_found_through_merged_holders_and_targets(project, quote):
    topic, alike = target(project, "Burden shifting"), target(project, "Shift of the burden")
    alias = actor(project, "NATO’s spokesperson")
    earlier = submitted(project, quote.id, "support", target_id=alike, holder=alias)
    later = submitted(project, quote.id, "oppose", target_id=topic)
    assert stances.earlier_other_positions(project, later) == []
    stances.merge_targets(project, alike, topic)
    assert stances.earlier_other_positions(project, later) == []
    actors.merge(project, alias, quote.speaker)
    assert [one.stance for one in stances.earlier_other_positions(project, later)] == [earlier]


def test_a_withdrawn_stance_comes_back_with_undo(project, draft):
    before = everything(project)
    assert stances.withdraw(project, draft).verb == "stance.withdraw"
    assert rows.select(project.conn, "stance") == []
    with pytest.raises(NotAllowed, match="not there any more"):
        stances.get(project, draft)
    history.undo(project)
    assert everything(project) == before


def test_stances_of_an_article_come_in_the_order_of_their_evidence(project):
    spans = [word_span(project, words) for words in ("privately urged", "The United States", "Pentagon officials")]
    for span in spans:
        stances.add_from_span(project, first_article(project), span)
    found = stances.of_article(project, first_article(project))
    assert [text_of(project)[one.evidence[0].spans[0].start :][:8] for one in found] == [
        "The Unit",
        "privatel",
        "Pentagon",
    ]
