"""The reading view, used as a reader would."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QColor, QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.domain.sections import find_sections
from annotator.domain.spans import Span
from annotator.ui import theme
from annotator.ui.reading.marks import ALL_LAYERS, EntityMark, QuoteMark
from annotator.ui.reading.view import ReadingView


@pytest.fixture(scope="module")
def seed() -> str:
    return (paths.seeds() / "003_5b3763f7fe757adc.txt").read_text(encoding="utf-8")


@pytest.fixture
def view(qtbot: QtBot) -> ReadingView:
    theme.load_fonts()
    made = ReadingView(theme=theme.load_theme("light"))
    qtbot.addWidget(made)
    made.resize(820, 820)
    made.show()
    qtbot.waitExposed(made)
    return made


def show(view: ReadingView, text: str) -> None:
    view.show_article(text, heading="A heading", meta="English · 9 tokens", sections=find_sections(text))


def span_of(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def point_of(view: ReadingView, index: int) -> QPoint:
    """The middle of the line, two pixels right of where a code point begins."""
    view.set_caret(index)
    return view.cursorRect().center() + QPoint(3, 0)


def click(qtbot: QtBot, view: ReadingView, at: QPoint) -> None:
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def entity(span: Span, *, mark_id: str = "e", is_suggestion: bool = False) -> EntityMark:
    return EntityMark(mark_id, span, "PERSON", "person", is_suggestion)


def quote(*content: Span, mark_id: str = "q", is_suggestion: bool = False, speaker: str = "Hegseth") -> QuoteMark:
    return QuoteMark(mark_id, content, (), None, is_suggestion, speaker, "▲ supports")


def picture(view: ReadingView) -> QImage:
    view.clearFocus()
    return view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def colors_in(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


# Positions


def test_caret_and_selection_are_counted_in_code_points(qtbot: QtBot, view: ReadingView) -> None:
    show(view, "😅😅 Hegseth 😅 said.\nMore.")
    with qtbot.waitSignal(view.caret_moved) as moved:
        view.set_caret(3)
    assert moved.args == [3] and view.caret() == 3
    with qtbot.waitSignal(view.selection_changed):
        view.select(Span(3, 10))
    assert view.selection() == Span(3, 10)
    view.clear_selection()
    assert view.selection() is None and view.caret() == 10


def test_words_can_be_selected_by_keyboard(qtbot: QtBot, view: ReadingView) -> None:
    show(view, "😅 Hegseth said.")
    view.set_caret(2)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier)
    assert view.selection() == Span(2, 10)


def test_text_cannot_be_typed_into(qtbot: QtBot, view: ReadingView) -> None:
    show(view, "Hegseth said.")
    view.setFocus()
    qtbot.keyClicks(view, "xyz")
    assert view.document().characterCount() - 1 == len("Hegseth said.")


def test_copied_words_are_those_of_the_article(qtbot: QtBot, view: ReadingView) -> None:
    text = "5\u00a0% of\u00a0GDP and so on"
    show(view, text)
    view.select(Span(0, 8))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == text[:8]


def test_words_across_a_break_made_for_the_screen_are_copied_without_it(view: ReadingView) -> None:
    text = "word " * 4_000
    show(view, text)
    view.select(Span(0, len(text)))
    view.copy_words()
    assert QGuiApplication.clipboard().text() == text


def test_paragraph_is_the_line_around_a_position(view: ReadingView) -> None:
    show(view, "One.\nTwo 😅.\n\nLast")
    found = [view.paragraph_at(index) for index in (0, 4, 5, 12, 13, 17)]
    assert found == [Span(0, 4), Span(0, 4), Span(5, 11), Span(12, 12), Span(13, 17), Span(13, 17)]


def test_markup_is_shown_as_it_stands(view: ReadingView) -> None:
    text = "<b>Bold</b> &amp; <script>alert(1)</script>"
    show(view, text)
    assert view.document().characterCount() - 1 == len(text)


# Scrolling


def test_last_words_of_a_long_article_are_revealed(view: ReadingView, seed: str) -> None:
    text = seed * 40
    show(view, text)
    words = Span(len(text) - 40, len(text) - 20)
    view.reveal(words)
    view.set_caret(words.start)
    assert view.viewport().rect().contains(view.cursorRect())
    assert view.first_visible_position() > len(text) - 4_000


def test_words_in_view_are_revealed_without_scrolling(view: ReadingView, seed: str) -> None:
    show(view, seed)
    view.reveal(span_of(seed, "pre-2014"))
    assert view.verticalScrollBar().value() == 0


def test_place_in_the_article_stays_when_the_view_gets_another_width(
    qtbot: QtBot, view: ReadingView, seed: str
) -> None:
    text = seed * 5
    show(view, text)
    view.reveal(Span(12_000, 12_010))
    before = view.first_visible_position()
    for width in (430, 900, 820):
        view.resize(width, 820)
        qtbot.wait(1)
        assert abs(view.first_visible_position() - before) < 120


def test_place_caret_selection_and_marks_stay_when_the_text_gets_larger(view: ReadingView, seed: str) -> None:
    text = seed * 5
    show(view, text)
    view.show_marks([entity(Span(12_050, 12_060))])
    view.set_selected("e")
    view.reveal(Span(12_000, 12_010))
    view.select(Span(12_050, 12_060))
    before = view.first_visible_position()
    view.set_text_size(22)
    assert abs(view.first_visible_position() - before) < 120
    assert (view.selection(), view.caret(), view.selected_id()) == (Span(12_050, 12_060), 12_060, "e")
    view.clear_selection()
    assert theme.load_theme("light").roles["sel"] in colors_in(picture(view))


def test_text_column_is_as_wide_as_asked(view: ReadingView, seed: str) -> None:
    def widest() -> float:
        layout = view.document().firstBlock().layout()
        return max(layout.lineAt(nth).naturalTextWidth() for nth in range(layout.lineCount()))

    show(view, seed)
    assert 500 < widest() <= 620
    view.set_line_width(400)
    view.document().size()
    assert 300 < widest() <= 400


# Picking and resizing


def test_click_on_a_mark_picks_it_and_the_next_click_the_one_around_it(qtbot: QtBot, view: ReadingView) -> None:
    text = "“The United States does not believe that,” Hegseth said."
    show(view, text)
    view.show_marks([quote(Span(0, 42)), entity(span_of(text, "United States"))])
    at = point_of(view, text.index("States"))
    picked: list[str] = []
    view.mark_picked.connect(picked.append)
    for _ in range(3):
        click(qtbot, view, at)
        # So that two clicks are not one double click.
        qtbot.wait(QApplication.doubleClickInterval() + 20)
    assert picked == ["e", "q", "e"]


def test_click_beside_all_marks_picks_nothing_and_moves_the_caret(qtbot: QtBot, view: ReadingView) -> None:
    text = "Hegseth said so in Brussels."
    show(view, text)
    view.show_marks([entity(Span(0, 7))])
    at = point_of(view, 15)
    view.set_caret(0)
    with qtbot.assertNotEmitted(view.mark_picked):
        click(qtbot, view, at)
    assert view.caret() in (15, 16)


def test_click_on_the_label_beneath_picks_the_entity(qtbot: QtBot, view: ReadingView) -> None:
    show(view, "Hegseth said so.")
    view.show_marks([entity(Span(0, 7))])
    at = point_of(view, 2) + QPoint(0, view.cursorRect().height() // 2 + 6)
    with qtbot.waitSignal(view.mark_picked) as picked:
        click(qtbot, view, at)
    assert picked.args == ["e"]


def test_click_on_a_margin_note_picks_its_quote(qtbot: QtBot, view: ReadingView) -> None:
    show(view, "So he said that it is far too late.")
    view.show_marks([quote(Span(11, 34))])
    at = point_of(view, 0)
    with qtbot.waitSignal(view.mark_picked) as picked:
        click(qtbot, view, QPoint(at.x() - 40, at.y()))
    assert picked.args == ["q"]


def test_hidden_marks_are_neither_seen_nor_picked(qtbot: QtBot, view: ReadingView) -> None:
    show(view, "Hegseth said so.")
    bare = picture(view)
    view.show_marks([entity(Span(0, 7), is_suggestion=True)])
    assert picture(view) != bare
    view.set_layers(ALL_LAYERS - {"suggestions"})
    assert picture(view) == bare
    with qtbot.assertNotEmitted(view.mark_picked):
        click(qtbot, view, point_of(view, 2))
    view.set_layers(ALL_LAYERS)
    assert picture(view) != bare


@pytest.mark.parametrize(("edge", "to", "expected"), [("end", 15, (5, 15)), ("start", 0, (0, 12)), ("end", 2, (5, 6))])
def test_dragging_a_handle_gives_the_selected_mark_another_size(
    qtbot: QtBot, view: ReadingView, edge: str, to: int, expected: tuple[int, int]
) -> None:
    show(view, "Pete Hegseth said so in Brussels.")
    view.show_marks([entity(Span(5, 12))])
    view.set_selected("e")
    target = point_of(view, to) - QPoint(3, 0)
    at = point_of(view, 5 if edge == "start" else 12) - QPoint(3, 0)
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(view.viewport(), target)
    with qtbot.waitSignal(view.mark_resized) as resized:
        qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=target)
    assert resized.args == ["e", *expected]


def test_escape_gives_a_drag_up(qtbot: QtBot, view: ReadingView) -> None:
    show(view, "Pete Hegseth said so in Brussels.")
    view.show_marks([entity(Span(5, 12))])
    view.set_selected("e")
    target, at = point_of(view, 20), point_of(view, 12) - QPoint(3, 0)
    with qtbot.assertNotEmitted(view.mark_resized):
        qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseMove(view.viewport(), target)
        qtbot.keyClick(view, Qt.Key.Key_Escape)
        qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=target)


def test_pointer_over_a_handle_says_that_it_can_be_dragged(qtbot: QtBot, view: ReadingView) -> None:
    show(view, "Pete Hegseth said so in Brussels.")
    view.show_marks([entity(Span(5, 12))])
    view.set_selected("e")
    qtbot.mouseMove(view.viewport(), point_of(view, 12) - QPoint(3, 0))
    assert view.viewport().cursor().shape() == Qt.CursorShape.SizeHorCursor
    qtbot.mouseMove(view.viewport(), point_of(view, 20))
    assert view.viewport().cursor().shape() == Qt.CursorShape.IBeamCursor


@pytest.mark.parametrize("key", ["N", "1", "Return", "Backspace", "Ctrl+Z", "Shift+Right", "Q"])
def test_shortcuts_of_the_window_work_while_the_article_has_the_focus(qtbot: QtBot, key: str) -> None:
    theme.load_fonts()
    window = QWidget()
    qtbot.addWidget(window)
    view = ReadingView(window)
    action = QAction("Do it", window)
    action.setShortcut(QKeySequence(key))
    window.addAction(action)
    window.show()
    window.activateWindow()
    with qtbot.waitActive(window):
        pass
    show(view, "Hegseth said so.")
    view.setFocus()
    with qtbot.waitSignal(action.triggered, timeout=1_000):
        qtbot.keyClick(view, QKeySequence(key)[0].key(), QKeySequence(key)[0].keyboardModifiers())


# What is seen


@pytest.mark.parametrize("name", ["light", "dark"])
def test_entity_is_drawn_in_its_hue(view: ReadingView, name: theme.ThemeName) -> None:
    colors = theme.load_theme(name)
    view.set_theme(colors)
    show(view, "Hegseth said so.")
    assert colors.roles["person"] not in colors_in(picture(view))
    view.show_marks([entity(Span(0, 7))])
    seen = colors_in(picture(view))
    assert colors.roles["person"] in seen and colors.roles["bg"] in seen


def test_suggestions_are_told_apart_from_confirmed_marks_without_their_colours(view: ReadingView) -> None:
    show(view, "Hegseth said that it is late.")
    for make in (lambda s: [entity(Span(0, 7), is_suggestion=s)], lambda s: [quote(Span(13, 28), is_suggestion=s)]):
        view.show_marks(make(False))
        confirmed = picture(view).convertToFormat(QImage.Format.Format_Grayscale8)
        view.show_marks(make(True))
        assert picture(view).convertToFormat(QImage.Format.Format_Grayscale8) != confirmed


def test_selected_mark_is_outlined(view: ReadingView) -> None:
    colors = theme.load_theme("light").roles
    show(view, "Hegseth said so.")
    view.show_marks([entity(Span(0, 7))])
    view.set_selected("e")
    assert {colors["sel"], colors["sel_line"]} <= colors_in(picture(view))
    view.set_selected(None)
    assert not {colors["sel"], colors["sel_line"]} & colors_in(picture(view))


def test_mark_that_is_added_and_taken_away_leaves_no_trace(view: ReadingView, seed: str) -> None:
    show(view, seed)
    view.show_marks([entity(span_of(seed, "Pete Hegseth"), mark_id="first")])
    before = picture(view)
    extra = quote(span_of(seed, "“unrealistic” during his first"), mark_id="extra")
    view.add_mark(extra)
    added = picture(view)
    assert added != before
    view.show_marks([entity(span_of(seed, "Pete Hegseth"), mark_id="first"), extra])
    assert picture(view) == added
    view.remove_mark("extra")
    assert picture(view) == before


def test_another_article_starts_at_its_top_without_marks(view: ReadingView, seed: str) -> None:
    show(view, seed)
    fresh = picture(view)
    view.show_marks([entity(Span(0, 2))])
    view.set_selected("e")
    view.verticalScrollBar().setValue(900)
    show(view, seed)
    assert picture(view) == fresh
    assert view.selected_id() is None and view.caret() == 0


def test_notes_are_drawn_only_where_the_gutter_has_room(qtbot: QtBot, view: ReadingView) -> None:
    show(view, "So he said that it is far too late.")
    view.show_marks([quote(Span(11, 34), speaker="A speaker")])
    wide = picture(view)
    view.show_marks([quote(Span(11, 34), speaker="Somebody else")])
    assert picture(view) != wide
    view.resize(430, 600)
    qtbot.wait(1)
    narrow = picture(view)
    view.show_marks([quote(Span(11, 34), speaker="A speaker")])
    assert picture(view) == narrow


def test_view_keeps_the_colours_of_its_theme_under_a_style_sheet(qapp: QApplication, view: ReadingView) -> None:
    colors = theme.load_theme("dark")
    view.setStyleSheet(f"QTextEdit {{ background: {colors.roles['bg']}; border: none }}")
    view.set_theme(colors)
    text = "Hegseth said that it is late."
    show(view, text)
    view.show_marks([quote(Span(13, 28))])
    assert {colors.roles["bg"], colors.roles["quote_soft"]} <= colors_in(picture(view))


def test_text_read_from_right_to_left_is_marked_where_it_stands(view: ReadingView) -> None:
    text = "قال بيت هيغسيث إن العضوية غير واقعية"
    show(view, text)
    view.show_marks([entity(Span(4, 14))])
    view.set_selected("e")
    image = picture(view)
    gold = QColor(theme.load_theme("light").roles["sel"]).name()
    columns = [x for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).name() == gold]
    view.set_caret(4)
    right = view.cursorRect().center().x()
    view.set_caret(14)
    left = view.cursorRect().center().x()
    assert left < right
    assert min(columns) == pytest.approx(left, abs=5) and max(columns) == pytest.approx(right, abs=5)


def test_screen_readers_get_the_name_and_the_text(view: ReadingView) -> None:
    show(view, "Hegseth said so.")
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.text(QAccessible.Text.Name) == "Article"
    assert "A heading" in interface.text(QAccessible.Text.Description)
    assert interface.textInterface().text(0, 7) == "Hegseth"


def test_giant_paragraph_is_shown_with_every_mark_in_its_place(view: ReadingView) -> None:
    text = "Hegseth said so. " * 30_000
    show(view, text)
    span = Span(17 * 20_000, 17 * 20_000 + 7)
    view.show_marks([entity(span)])
    view.set_selected("e")
    view.reveal(span)
    assert theme.load_theme("light").roles["person"] in colors_in(picture(view))
    view.select(span)
    assert view.selection() == span
