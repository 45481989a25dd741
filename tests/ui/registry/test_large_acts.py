"""Acts on hundreds of records run behind a progress, as one act that one undo takes back."""

from __future__ import annotations

from annotator.domain.articles import new_article
from annotator.domain.spans import Span
from annotator.services import annotation, history, importing, queries
from annotator.ui.registry.spread_dialog import SpreadDialog
from annotator.ui.session import MANY
from tests.ui.desk import Desk


def test_marking_hundreds_of_places_is_one_act_with_a_progress(desk: Desk) -> None:
    with desk.project.step("article.import") as step:
        new = new_article("Zanzibar. " * (MANY + 20), name="long.txt")
        importing.take_in(step, new, time=desk.project.now())
    desk.session.changed.emit(step.changes)
    desk.window.label.open_article(new.id)
    (entity,) = annotation.add_entity(desk.project, new.id, Span(0, 8), "GPE").records("entity")
    desk.window.label.open_article(new.id)
    desk.window.label.select(entity.id)
    titles: list[object] = []
    desk.session.busy.connect(titles.append)

    desk.run("mark.same_here")
    desk.qtbot.waitUntil(lambda: desk.window.findChild(SpreadDialog) is not None)
    dialog = desk.window.findChild(SpreadDialog)
    assert dialog is not None
    dialog.go.click()
    desk.qtbot.waitUntil(lambda: not desk.session.foreground.is_running)
    assert len(queries.entities(desk.project, new.id)) == MANY + 20
    assert "Marking the same words" in titles

    desk.run("edit.undo")
    desk.qtbot.waitUntil(lambda: not desk.session.foreground.is_running)
    assert "Undoing" in titles and queries.entities(desk.project, new.id) == [entity]
    assert history.redo_size(desk.project) > MANY
