"""What was decided before about the same words."""

from __future__ import annotations

from annotator.domain.drafts import EntityDraft, QuoteDraft
from annotator.services import annotation, precedents, queries
from annotator.store.project import Project


def test_precedents_count_what_was_marked_and_turned_down_before(suggested: Project) -> None:
    article = queries.article_rows(suggested)[1].id
    open_now = queries.open_suggestions(suggested, article)
    nato = [one for one in open_now if isinstance(one.draft, EntityDraft) and one.draft.text == "NATO"]
    label = nato[0].draft.label
    assert precedents.precedents_of(suggested, nato[0]) == []
    annotation.accept(suggested, [nato[0].id, nato[1].id])
    annotation.reject(suggested, nato[2].id)
    told = precedents.precedents_of(suggested, nato[3])
    assert told == [f"“NATO” marked {label} 2 times", f"“NATO” as {label} turned down once"]


def test_precedents_of_a_quote_are_those_of_its_cue(suggested: Project) -> None:
    article = queries.article_rows(suggested)[1].id
    found = queries.open_suggestions(suggested, article)
    quotes = [one for one in found if isinstance(one.draft, QuoteDraft) and one.draft.cue]
    by_cue = {}
    for one in quotes:
        by_cue.setdefault(one.draft.cue.text, []).append(one)
    cue, pair = next((cue, ones) for cue, ones in by_cue.items() if len(ones) > 1)
    annotation.accept(suggested, pair[0].id)
    assert precedents.precedents_of(suggested, pair[1]) == [f"Quotes with “{cue}”: confirmed once"]


def test_a_record_is_no_precedent_of_itself(suggested: Project) -> None:
    article = queries.article_rows(suggested)[0].id
    one = queries.open_suggestions(suggested, article)[1]
    made = annotation.accept(suggested, one.id).changes[0]
    assert precedents.precedents_of(suggested, annotation.find(suggested, made.id)) == []
