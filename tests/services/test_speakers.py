"""Accepting links a quote to the guessed speaker: one act, one undo, nobody twice."""

from __future__ import annotations

import msgspec
import pytest

from annotator.domain.drafts import QuoteDraft, SpeakerGuess, Suggestion
from annotator.domain.errors import NotAllowed
from annotator.domain.progress import drain
from annotator.domain.records import Actor
from annotator.services import actors, annotation, checking, history, queries, quoting, speakers
from annotator.store import rows, suggestions
from tests.services.making import everything, first_article, open_ones, quote_suggestion, quotes

LANDAU = SpeakerGuess(
    name="Christopher Landau", type="person", score=0.9, reason="named in the source", roles=("Deputy Secretary",)
)
UNNAMED = SpeakerGuess(
    name="senior official", type="anonymous", score=0.75, reason="the article does not name this person"
)


@pytest.fixture
def propose(project):
    """Puts quotes with these guesses in place of the first article's suggestions."""

    def proposed(*guesses: tuple[SpeakerGuess, ...]) -> list[Suggestion]:
        article = first_article(project)
        text = queries.article(project, article).text
        made = []
        for number, found in enumerate(guesses):
            start = 50 * number
            content = ((start, start + 40, text[start : start + 40].strip()),)
            draft = msgspec.convert(
                {"content": [(one[0], one[0] + len(one[2]), one[2]) for one in content], "form": "indirect",
                 "source_kind": "named", "source": [(start + 42, start + 45, text[start + 42 : start + 45])]},
                QuoteDraft,
                strict=False,
            )  # fmt: skip
            draft = msgspec.structs.replace(draft, speakers=found)
            made.append(Suggestion(id=f"s{number}", article=article, draft=draft, model="m", version="1", score=0.9))
        with project.transaction() as conn:
            suggestions.replace(conn, article, made, pipeline="m", time=project.now())
            project.tallies.renew_many(conn, [article])
        return made

    return proposed


def registry(project) -> list[Actor]:
    return [one for one in rows.select(project.conn, "actor") if isinstance(one, Actor)]


def test_accepting_makes_a_new_speaker_and_one_undo_takes_both_back(project, propose):
    (one,) = propose((LANDAU,))
    before = everything(project)
    changes = annotation.accept(project, one.id)
    (made,), (actor,) = quotes(project), registry(project)
    assert made.speaker == actor.id and made.origin.act == "accepted"
    assert (actor.name, actor.type, actor.roles[0].title) == ("Christopher Landau", "person", "Deputy Secretary")
    assert {change.kind for change in changes.changes} >= {"actor", "quote"}
    history.undo(project)
    assert everything(project) == before


def test_quotes_accepted_together_or_later_share_their_speaker(project, propose):
    first, second, third = propose((LANDAU,), (LANDAU,), (LANDAU,))
    annotation.accept(project, [first.id, second.id])
    annotation.accept(project, third.id)
    (actor,) = registry(project)
    assert [one.speaker for one in quotes(project)] == [actor.id] * 3


@pytest.mark.parametrize("field", ["name", "alias"])
def test_an_actor_who_has_the_name_or_the_alias_is_taken(project, propose, field):
    (one,) = propose((LANDAU,))
    known = {"name": ("christopher landau", ()), "alias": ("Landau", ("Christopher Landau",))}[field]
    (actor,) = actors.create(project, known[0], aliases=known[1]).records("actor")
    annotation.accept(project, one.id)
    assert [made.speaker for made in quotes(project)] == [actor.id] and len(registry(project)) == 1


def test_an_actor_who_was_merged_leads_to_the_kept_one(project, propose):
    gone, kept = (actors.create(project, name).records("actor")[0] for name in ("Landau", "C. Landau"))
    actors.merge(project, gone.id, kept.id)
    (one,) = propose((msgspec.structs.replace(LANDAU, actor=gone.id),))
    annotation.accept(project, one.id)
    (made,) = quotes(project)
    assert made.speaker == kept.id and made.origin.act == "accepted"


@pytest.mark.parametrize("guess", [UNNAMED, msgspec.structs.replace(LANDAU, score=0.6)])
def test_nobody_is_linked_where_the_speaker_is_unnamed_or_not_sure(project, propose, guess):
    (one,) = propose((guess,))
    annotation.accept(project, one.id)
    (made,) = quotes(project)
    assert made.speaker is None and made.origin.act == "accepted" and registry(project) == []


def test_the_speaker_that_was_shown_stays_when_something_else_is_corrected(project, propose):
    (one,) = propose((LANDAU,))
    quoting.set_form(project, one.id, "direct")
    (made,) = quotes(project)
    assert actors.get(project, made.speaker).name == "Christopher Landau" and made.origin.act == "corrected"


def test_another_source_takes_no_guess_over(project, propose):
    (one,) = propose((LANDAU,))
    quoting.set_source(project, one.id, [one.draft.content[0].span])
    assert quotes(project)[0].speaker is None and registry(project) == []


def test_taking_the_link_away_or_choosing_another_one_is_a_correction(project, propose):
    (one,) = propose((LANDAU,))
    annotation.accept(project, one.id)
    (made,) = quotes(project)
    (other,) = actors.create(project, "Somebody else").records("actor")
    for speaker, act in ((other.id, "corrected"), (None, "corrected"), (made.speaker, "accepted")):
        quoting.set_speaker(project, made.id, speaker)
        assert quotes(project)[0].origin.act == act


def test_a_guess_that_is_not_sure_can_be_taken_in_one_act(project, propose):
    second = msgspec.structs.replace(LANDAU, name="Anna Meyer", score=0.3)
    (one,) = propose((msgspec.structs.replace(LANDAU, score=0.6), second))
    quoting.take_guess(project, one.id, speakers.guesses_of(one)[0])
    (made,) = quotes(project)
    assert (actors.get(project, made.speaker).name, made.origin.act) == ("Christopher Landau", "accepted")
    quoting.take_guess(project, made.id, speakers.guesses_of(made)[1])
    (made,) = quotes(project)
    assert (actors.get(project, made.speaker).name, made.origin.act) == ("Anna Meyer", "corrected")


def test_a_quote_left_unnamed_is_not_missing_its_speaker(project, propose):
    (one,) = propose((LANDAU,))
    annotation.accept(project, one.id)
    quoting.set_unnamed(project, quotes(project)[0].id)
    (made,) = quotes(project)
    assert (made.speaker, made.source_kind) == (None, "anonymous") and actors.unlinked_count(project) == 0


def test_a_quote_without_a_source_cannot_be_left_unnamed(project, propose):
    (one,) = propose(())
    quoting.set_source(project, one.id, [])
    with pytest.raises(NotAllowed, match="no source"):
        quoting.set_unnamed(project, quotes(project)[0].id)


def test_a_rejected_quote_stays_rejected_whoever_is_guessed_next(project, propose):
    (one,) = propose((LANDAU,))
    annotation.reject(project, one.id)
    (again,) = propose((UNNAMED,))
    assert open_ones(project) == []
    with pytest.raises(NotAllowed, match="no suggestion to decide"):
        annotation.accept(project, again.id)


def test_suggestions_from_before_there_were_guesses_are_read_and_accepted(project, propose):
    (one,) = propose((LANDAU,))
    old = msgspec.json.decode(msgspec.json.encode(one.draft))
    del old["speakers"]
    with project.transaction() as conn:
        conn.execute("UPDATE suggestion SET draft = ?", (msgspec.json.encode(old).decode(),))
    (read,) = open_ones(project)
    assert read.draft.speakers == ()
    annotation.accept(project, read.id)
    assert quotes(project)[0].speaker is None and drain(checking.check_project(project)).is_sound


def test_real_suggestions_name_real_speakers(suggested):
    wilson = next(
        one
        for one in open_ones(suggested)
        if isinstance(one.draft, QuoteDraft) and one.draft.source and "Wilson" in one.draft.source[0].text
    )
    annotation.accept(suggested, wilson.id)
    assert [actors.get(suggested, one.speaker).name for one in quotes(suggested)] == ["Kingsley Wilson"]
    assert quote_suggestion(suggested).draft.speakers
