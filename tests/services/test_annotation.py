"""What an annotator does: accept, reject, correct, add, withdraw, and what the rules forbid."""

from __future__ import annotations

import msgspec
import pytest

from annotator.domain.drafts import EntityDraft, without_guesses
from annotator.domain.errors import NotAllowed
from annotator.domain.records import CodebookVersion, Evidence, Quote, Rejection, Stance, draft_of
from annotator.domain.review import is_prepared
from annotator.domain.spans import Span, passages
from annotator.services import annotation, history, queries
from annotator.store import rows, suggestions
from annotator.store.journal import new_id
from annotator.store.project import open_project
from tests.services.making import (
    entities,
    entity_suggestion,
    everything,
    first_article,
    ids,
    open_ones,
    quote_suggestion,
    quotes,
    state,
    word_span,
)


def events(project):
    return project.conn.execute("SELECT count(*) FROM event").fetchone()[0]


def test_an_accepted_entity_is_the_suggestion_word_for_word(suggested):
    one = entity_suggestion(suggested)
    annotation.accept(suggested, one.id)
    (made,) = entities(suggested)
    assert draft_of(made) == one.draft == made.origin.suggested
    origin = made.origin
    assert (origin.by, origin.name, origin.version, origin.score, origin.act) == (
        *("model", one.model, one.version, one.score),
        "accepted",
    )
    assert one.id not in ids(open_ones(suggested))


def test_an_accepted_quote_is_the_suggestion_word_for_word(suggested):
    one = quote_suggestion(suggested)
    annotation.accept(suggested, one.id)
    (made,) = quotes(suggested)
    assert (
        draft_of(made) == without_guesses(one.draft)
        and made.origin.act == "accepted"
        and one.id not in ids(open_ones(suggested))
    )


def test_many_are_accepted_in_one_act_and_one_undo_takes_them_all_back(suggested):
    before, count = everything(suggested), events(suggested)
    changes = annotation.accept(suggested, ids(open_ones(suggested)))
    assert events(suggested) == count + 1 and open_ones(suggested) == []
    assert len(changes.records("entity")) == len(entities(suggested)) > 50 and quotes(suggested)
    history.undo(suggested)
    assert everything(suggested) == before


def test_a_suggestion_is_accepted_once_only(suggested):
    one, other = quote_suggestion(suggested), entity_suggestion(suggested)
    annotation.accept(suggested, [one.id, one.id])
    with pytest.raises(NotAllowed, match="no suggestion to decide about"):
        annotation.accept(suggested, one.id)
    annotation.accept(suggested, [one.id, other.id])
    assert len(entities(suggested)) + len(quotes(suggested)) == 2


@pytest.mark.parametrize("choose", [entity_suggestion, quote_suggestion])
def test_a_rejected_suggestion_is_decided_and_says_what_was_rejected(suggested, choose):
    one = choose(suggested)
    changes = annotation.reject(suggested, one.id)
    (made,) = changes.records("rejection")
    assert isinstance(made, Rejection)
    assert (made.suggested, made.name, made.version, made.score) == (one.draft, one.model, one.version, one.score)
    for again in (annotation.accept, annotation.reject):
        with pytest.raises(NotAllowed):
            again(suggested, one.id)
    assert one.id not in ids(open_ones(suggested)) and entities(suggested) == quotes(suggested) == []


def test_undo_of_a_rejection_makes_it_a_suggestion_again(suggested):
    before = open_ones(suggested)
    annotation.reject(suggested, before[0].id)
    history.undo(suggested)
    assert open_ones(suggested) == before


def test_a_corrected_label_keeps_the_suggestion_whole_in_the_origin(suggested):
    one = entity_suggestion(suggested)
    label = "EVENT" if one.draft.label != "EVENT" else "LAW"
    annotation.relabel(suggested, one.id, label)
    (made,) = entities(suggested)
    assert (made.label, made.origin.act, made.origin.suggested) == (label, "corrected", one.draft)
    assert (made.origin.by, made.origin.score) == ("model", one.score) and one.id not in ids(open_ones(suggested))


def test_the_suggested_label_chosen_again_is_an_acceptance(suggested):
    one = entity_suggestion(suggested)
    changes = annotation.relabel(suggested, one.id, one.draft.label)
    assert changes.verb == "entity.accept" and entities(suggested)[0].origin.act == "accepted"


def test_a_label_put_back_to_the_suggested_one_is_an_acceptance_again(suggested):
    one = entity_suggestion(suggested)
    annotation.accept(suggested, one.id)
    (made,) = entities(suggested)
    acts = []
    for label in ("EVENT", "EVENT", one.draft.label):
        annotation.relabel(suggested, made.id, label)
        acts.append(entities(suggested)[0].origin.act)
    assert acts == ["corrected", "corrected", "accepted"]


def test_the_same_label_again_is_no_act(suggested):
    annotation.accept(suggested, entity_suggestion(suggested).id)
    (made,) = entities(suggested)
    count = events(suggested)
    assert not annotation.relabel(suggested, made.id, made.label).changes
    assert events(suggested) == count and entities(suggested) == [made]


def test_a_resized_suggestion_is_corrected_and_keeps_the_suggestion_whole(suggested):
    one = next(one for one in open_ones(suggested) if isinstance(one.draft, EntityDraft) and len(one.draft.text) > 3)
    annotation.resize(suggested, one.id, Span(one.draft.start, one.draft.end - 1))
    (made,) = entities(suggested)
    assert (made.start, made.end, made.text) == (one.draft.start, one.draft.end - 1, one.draft.text[:-1])
    assert (made.origin.act, made.origin.suggested) == ("corrected", one.draft)
    assert one.id not in ids(open_ones(suggested))
    with pytest.raises(NotAllowed, match="decided already"):
        annotation.resize(suggested, one.id, one.draft.span)


def test_a_resized_quote_fragment_leaves_source_and_cue_as_they_were(suggested):
    one = quote_suggestion(suggested)
    first = one.draft.content[0]
    annotation.resize(suggested, one.id, Span(first.start + 1, first.end))
    (made,) = quotes(suggested)
    assert made.content[0].text == first.text[1:] and made.content[1:] == one.draft.content[1:]
    assert (made.source, made.cue, made.origin.suggested) == (one.draft.source, one.draft.cue, one.draft)


@pytest.mark.parametrize("choose", [entity_suggestion, quote_suggestion])
def test_a_withdrawn_acceptance_does_not_come_up_again_until_it_is_undone(suggested, choose):
    one = choose(suggested)
    annotation.accept(suggested, one.id)
    (made,) = entities(suggested) + quotes(suggested)
    annotation.withdraw(suggested, made.id)
    assert entities(suggested) == quotes(suggested) == [] and one.id not in ids(open_ones(suggested))
    history.undo(suggested)
    assert entities(suggested) + quotes(suggested) == [made]


def test_what_a_person_added_can_be_withdrawn_and_leaves_no_rejection(project):
    annotation.add_entity(project, first_article(project), word_span(project, "NATO"), "ORG")
    (made,) = entities(project)
    annotation.withdraw(project, made.id)
    assert entities(project) == [] and rows.select(project.conn, "rejection") == []
    with pytest.raises(NotAllowed, match="not there any more"):
        annotation.withdraw(project, made.id)


def test_a_withdrawn_quote_is_let_go_of_in_the_same_act(project):
    article = first_article(project)
    annotation.add_quote(project, article, [word_span(project, "NATO")], form="indirect")
    (outer,) = quotes(project)
    inner = msgspec.structs.replace(outer, id=new_id(), nested_in=outer.id)
    evidence = (Evidence(spans=outer.content, type="indirect_quote", quote=outer.id),)
    stance = Stance(id=new_id(), author=project.author.id, article=article, evidence=evidence)
    with project.step("test.put") as step:
        step.put_new([inner, stance])
    before = everything(project)
    annotation.withdraw(project, outer.id)
    (left,) = quotes(project)
    (kept,) = rows.select(project.conn, "stance")
    assert isinstance(kept, Stance) and (left.id, left.nested_in) == (inner.id, None)
    assert [(one.spans, one.quote) for one in kept.evidence] == [(outer.content, None)]
    history.undo(project)
    assert everything(project) == before


def test_an_added_entity_is_without_the_white_space_at_its_edges(project):
    span = word_span(project, " the ")
    annotation.add_entity(project, first_article(project), span, "ORG")
    (made,) = entities(project)
    assert (made.start, made.end, made.text, made.origin.by) == (span.start + 1, span.end - 1, "the", "person")


def test_an_entity_that_is_marked_already_is_refused(project):
    article, span = first_article(project), word_span(project, "NATO")
    annotation.add_entity(project, article, span, "ORG")
    with pytest.raises(NotAllowed, match="“NATO” is marked as ORG already"):
        annotation.add_entity(project, article, span, "ORG")
    annotation.add_entity(project, article, span, "GPE")
    other = next(one for one in entities(project) if one.label == "GPE")
    with pytest.raises(NotAllowed, match="marked as ORG already"):
        annotation.relabel(project, other.id, "ORG")
    assert sorted(one.label for one in entities(project)) == ["GPE", "ORG"]


def test_an_entity_cannot_be_moved_onto_its_double(project):
    article, span = first_article(project), word_span(project, "NATO")
    annotation.add_entity(project, article, Span(span.start, span.end - 1), "ORG")
    (made,) = entities(project)
    annotation.add_entity(project, article, span, "ORG")
    with pytest.raises(NotAllowed, match="marked as ORG already"):
        annotation.resize(project, made.id, span)


@pytest.mark.parametrize("label", ["NOTHING", "", "org"])
def test_a_label_that_is_not_in_the_codebook_is_refused(suggested, label):
    with pytest.raises(NotAllowed, match="no label"):
        annotation.add_entity(suggested, first_article(suggested), word_span(suggested, "NATO"), label)
    with pytest.raises(NotAllowed, match="no label"):
        annotation.relabel(suggested, entity_suggestion(suggested).id, label)
    assert entities(suggested) == []


def test_a_retired_label_is_refused(project):
    book = project.codebook().codebook
    retired = tuple(msgspec.structs.replace(one, is_retired=one.name == "ORG") for one in book.labels)
    record = CodebookVersion(
        id=new_id(), author=project.author.id, version=2, codebook=msgspec.structs.replace(book, labels=retired)
    )
    with project.step("codebook.change") as step:
        step.put_new([record])
    with pytest.raises(NotAllowed, match="no label ORG in use"):
        annotation.add_entity(project, first_article(project), word_span(project, "NATO"), "ORG")


@pytest.mark.parametrize("span", [Span(-5, 3), Span(0, 10**9), Span(7, 7), Span(9, 4)])
def test_a_span_beyond_the_article_or_without_text_is_refused(suggested, span):
    article = first_article(suggested)
    before = everything(suggested)
    for act in (
        lambda: annotation.add_entity(suggested, article, span, "ORG"),
        lambda: annotation.add_quote(suggested, article, [span], form="direct"),
        lambda: annotation.resize(suggested, entity_suggestion(suggested).id, span),
        lambda: annotation.resize(suggested, quote_suggestion(suggested).id, span),
    ):
        with pytest.raises(NotAllowed, match="does not lie in the article"):
            act()
    assert everything(suggested) == before


def test_white_space_alone_is_refused(project):
    article = first_article(project)
    gap = word_span(project, "\n")
    for act in (
        lambda: annotation.add_entity(project, article, gap, "ORG"),
        lambda: annotation.add_quote(project, article, [gap], form="direct"),
    ):
        with pytest.raises(NotAllowed, match="only white space"):
            act()


def test_a_quote_without_content_is_refused(project):
    with pytest.raises(NotAllowed, match="needs some content"):
        annotation.add_quote(project, first_article(project), [], form="direct")


def test_fragments_of_a_quote_may_not_overlap(project):
    article = first_article(project)
    text = queries.article(project, article).text
    content = passages(text, [Span(10, 20), Span(30, 40)])
    annotation.add_quote(project, article, [one.span for one in content], form="indirect")
    (made,) = quotes(project)
    spans = [one.span for one in made.content]
    with pytest.raises(NotAllowed, match="cannot overlap"):
        annotation.resize(project, made.id, Span(spans[0].start, spans[1].start + 2), fragment=0)
    with pytest.raises(NotAllowed, match="no fragment 3"):
        annotation.resize(project, made.id, spans[0], fragment=2)
    annotation.resize(project, made.id, Span(spans[1].start, spans[1].end - 1), fragment=1)
    assert [one.end for one in quotes(project)[0].content] == [spans[0].end, spans[1].end - 1]


def test_a_quote_has_no_label(suggested):
    one = quote_suggestion(suggested)
    with pytest.raises(NotAllowed) as refused:
        annotation.relabel(suggested, one.id, "ORG")
    assert refused.value.hint and quotes(suggested) == []


@pytest.mark.parametrize(
    "act",
    [
        lambda project: annotation.accept(project, "no-such-id"),
        lambda project: annotation.reject(project, ["no-such-id", "nor-this"]),
        lambda project: annotation.accept(project, []),
        lambda project: annotation.relabel(project, "no-such-id", "ORG"),
        lambda project: annotation.resize(project, "no-such-id", Span(0, 3)),
        lambda project: annotation.withdraw(project, "no-such-id"),
        lambda project: annotation.add_entity(project, "sha256:0", Span(0, 3), "ORG"),
        lambda project: annotation.set_status(project, "sha256:0", state="done"),
    ],
)
def test_what_is_not_there_any_more_is_refused_with_a_hint(suggested, act):
    before = everything(suggested)
    with pytest.raises(NotAllowed) as refused:
        act(suggested)
    assert refused.value.hint and everything(suggested) == before


@pytest.mark.parametrize("act", [annotation.accept, annotation.reject])
def test_the_first_decision_sets_the_article_in_progress_and_undo_takes_that_back_too(suggested, act):
    assert state(suggested) == "todo"
    act(suggested, open_ones(suggested)[0].id)
    assert state(suggested) == "in_progress"
    history.undo(suggested)
    assert state(suggested) == "todo"


def test_a_decision_leaves_the_state_of_a_finished_article_alone(suggested):
    annotation.set_status(suggested, first_article(suggested), state="done")
    annotation.accept(suggested, open_ones(suggested)[0].id)
    assert state(suggested) == "done"


def test_state_and_flag_are_set_one_by_one(project):
    article = first_article(project)
    annotation.set_status(project, article, is_flagged=True)
    annotation.set_status(project, article, state="done")
    row = queries.article_rows(project)[0]
    assert (row.state, row.is_flagged) == ("done", True)
    history.undo(project)
    history.undo(project)
    row = queries.article_rows(project)[0]
    assert (row.state, row.is_flagged) == ("todo", False)


def test_a_colleague_works_beside_the_author_and_cannot_change_their_work(suggested, colleague):
    article = first_article(suggested)
    annotation.accept(suggested, entity_suggestion(suggested).id)
    (made,) = entities(suggested)
    path = suggested.path
    suggested.close()
    with open_project(path, colleague) as theirs:
        assert entities(theirs) == [] and state(theirs) == "todo"
        for act in (
            lambda: annotation.withdraw(theirs, made.id),
            lambda: annotation.relabel(theirs, made.id, "LAW" if made.label != "LAW" else "ORG"),
        ):
            with pytest.raises(NotAllowed, match="colleague's work"):
                act()
        annotation.add_entity(theirs, article, Span(made.start, made.end), made.label)
        assert state(theirs) == "in_progress" and len(entities(theirs)) == 1
        history.undo(theirs)
        assert state(theirs) == "todo" and entities(theirs) == []
    with open_project(path, suggested.author) as mine:
        assert entities(mine) == [made]


def test_every_acceptance_leaves_the_text_of_the_article_as_it_was_marked(suggested):
    annotation.accept(suggested, ids(open_ones(suggested)))
    text = queries.article(suggested, first_article(suggested)).text
    assert all(text[one.start : one.end] == one.text for one in entities(suggested))
    assert all(isinstance(one, Quote) for one in quotes(suggested))
    tally = queries.article_rows(suggested)[0]
    proposed = [one for one in suggestions.of_article(suggested.conn, tally.id) if not is_prepared(one)]
    assert (tally.decided, tally.open_count) == (len(proposed), 0)
