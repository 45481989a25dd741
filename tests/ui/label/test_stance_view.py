"""The cards of stances."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from annotator.ui.label.stance_cards import StanceCard
from annotator.ui.label.stance_view import StanceView


def test_names_on_a_card_never_become_markup_or_letters_for_alt(qtbot: QtBot) -> None:
    one = StanceCard(
        id="s",
        holder="A&B",
        via="",
        target="R&D <b>now</b>",
        position="support",
        dimension=None,
        explicitness=None,
        confidence=None,
        rationale="",
        evidence="",
        is_submitted=False,
        problem="",
    )
    view = StanceView()
    qtbot.addWidget(view)
    view.show_stances([one], hint="")
    buttons = {made.accessibleName(): made for made in view.findChildren(QPushButton)}
    target, holder = buttons["Target: R&D <b>now</b>"], buttons["Holder: A&B"]
    assert "<b>" not in target.toolTip() and "&lt;b&gt;" in target.toolTip()
    assert holder.text() == "A&&B" and holder.shortcut().isEmpty()
