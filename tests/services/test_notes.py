"""Notes on records and articles, and replies."""

from __future__ import annotations

import pytest

from annotator.domain.errors import NotAllowed
from annotator.services import annotation, history, notes, record_history
from tests.services.making import everything, first_article
from tests.services.talk import added


@pytest.fixture
def note(project):
    """The id of a note on the first article."""
    return notes.add(project, " Is this the whole text?\n", article=first_article(project)).records("note")[0].id


def test_a_note_on_an_article_says_who_wrote_it_and_when(project, note):
    (row,) = notes.of_article(project, first_article(project))
    assert (row.id, row.text, row.who, row.is_mine, row.subject) == (note, "Is this the whole text?", "You", True, "")
    assert record_history.whole(project, note)[0].time == row.time and history.undo_text(project) == "wrote a note"


def test_a_note_on_a_record_is_of_its_article_too(project, note):
    quote = added(project, "privately urged")
    (made,) = notes.add(project, "Is it one?", subject=quote.id).records("note")
    assert (made.subject, made.article) == (quote.id, quote.article)
    assert [row.id for row in notes.of_record(project, quote.id)] == [made.id]
    assert [row.id for row in notes.of_article(project, quote.article)] == [note, made.id]


def test_an_empty_note_or_one_on_nothing_is_refused(project, note):
    before = everything(project)
    for act in (
        lambda: notes.add(project, " \n", article=first_article(project)),
        lambda: notes.reply(project, note, ""),
        lambda: notes.change(project, note, " "),
        lambda: notes.add(project, "x"),
        lambda: notes.add(project, "x", subject="nothing"),
        lambda: notes.reply(project, "nothing", "x"),
    ):
        with pytest.raises(NotAllowed) as refused:
            act()
        assert refused.value.hint
    assert everything(project) == before


def test_replies_stand_under_the_note_that_began_it_in_their_order(project, note, colleague):
    me, project.author = project.author, colleague
    (answer,) = notes.reply(project, note, "Yes.").records("note")
    project.author = me
    (again,) = notes.reply(project, answer.id, "Thanks.").records("note")
    (row,) = notes.of_article(project, first_article(project))
    assert [(one.id, one.who, one.text) for one in row.replies] == [
        (answer.id, "Bela", "Yes."),
        (again.id, "You", "Thanks."),
    ]
    assert again.reply_to == note and notes.open_count(project, first_article(project)) == 1


def test_a_note_is_settled_and_opened_again(project, note):
    article = first_article(project)
    notes.resolve(project, note)
    assert notes.of_article(project, article)[0].is_resolved and notes.open_count(project, article) == 0
    notes.resolve(project, note, is_resolved=False)
    assert notes.open_count(project, article) == 1


def test_only_its_author_changes_settles_or_withdraws_a_note(project, note, colleague):
    notes.change(project, note, "Really?")
    assert notes.of_article(project, first_article(project))[0].text == "Really?"
    project.author = colleague
    for act in (
        lambda: notes.change(project, note, "No."),
        lambda: notes.resolve(project, note),
        lambda: notes.withdraw(project, note),
    ):
        with pytest.raises(NotAllowed, match="colleague's work"):
            act()


def test_a_note_is_withdrawn_with_one_s_own_replies_and_undo_brings_all_back(project, note):
    notes.reply(project, note, "Yes.")
    before = notes.of_article(project, first_article(project))
    notes.withdraw(project, note)
    assert notes.of_article(project, first_article(project)) == []
    history.undo(project)
    assert [row.id for row in notes.of_article(project, first_article(project))] == [row.id for row in before]


def test_a_note_that_a_colleague_answered_stays(project, note, colleague):
    me, project.author = project.author, colleague
    notes.reply(project, note, "Yes.")
    project.author = me
    with pytest.raises(NotAllowed, match="has answered"):
        notes.withdraw(project, note)


def test_a_note_stays_when_its_subject_is_withdrawn(project):
    quote = added(project, "privately urged")
    notes.add(project, "Is it one?", subject=quote.id)
    annotation.withdraw(project, quote.id)
    assert [row.subject for row in notes.of_article(project, quote.article)] == [quote.id]
