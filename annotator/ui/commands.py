"""What the actions run: each command is one short method; large groups stand in modules of their own.

Windows and services that only one command needs are imported by it: the first paint does not wait for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox, QWidget

from annotator import __version__
from annotator.domain.errors import AnnotatorError
from annotator.services import history, queries
from annotator.ui.bindings import Keys
from annotator.ui.exchange_commands import ExchangeCommands
from annotator.ui.file_commands import FileCommands
from annotator.ui.registry_commands import RegistryCommands
from annotator.ui.review_commands import ReviewCommands
from annotator.ui.session import MANY
from annotator.ui.stance_commands import StanceCommands
from annotator.ui.view_commands import ViewCommands

if TYPE_CHECKING:
    from annotator.ui.shortcut_editor import ShortcutEditor
    from annotator.ui.window import MainWindow


class Commands(FileCommands, ExchangeCommands, StanceCommands, RegistryCommands, ReviewCommands, ViewCommands):
    """The commands of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._label = window.label
        self._acts = window.acts
        self._quotes = window.quote_acts
        self._stances = window.stance_acts

    def quit(self) -> None:
        self._window.close()

    # Edit

    def undo(self) -> None:
        if history.undo_size(self._session.project) > MANY:
            self._session.act_as_job("Undoing", history.undo_job(self._session.project))
        else:
            self._session.act(history.undo)

    def redo(self) -> None:
        if history.redo_size(self._session.project) > MANY:
            self._session.act_as_job("Redoing", history.redo_job(self._session.project))
        else:
            self._session.act(history.redo)

    def show_palette(self) -> None:
        from annotator.ui.palette import Palette

        Palette.of(self._window).pop_up()

    def focus_search(self) -> None:
        self._window.label_view.queue.search.setFocus()
        self._window.label_view.queue.search.selectAll()

    # Article

    def next_article(self) -> None:
        self._label.step_article(1)

    def previous_article(self) -> None:
        self._label.step_article(-1)

    def mark_done(self) -> None:
        self._acts.mark_done()

    def mark_to_do(self) -> None:
        self._acts.mark_to_do()

    def toggle_flag(self) -> None:
        self._acts.toggle_flag()

    def suggest_again(self) -> None:
        self._session.suggest(again=True)

    # Annotate

    def next_suggestion(self) -> None:
        self._label.next_suggestion()

    def previous_suggestion(self) -> None:
        self._label.previous_suggestion()

    def accept(self) -> None:
        self._acts.accept()

    def reject(self) -> None:
        self._acts.reject()

    def accept_paragraph(self) -> None:
        self._acts.accept_paragraph()

    def add_quote(self) -> None:
        self._acts.add_quote()

    def put_cue(self) -> None:
        self._quotes.put_cue()

    def put_source(self) -> None:
        self._quotes.put_source()

    def add_source(self) -> None:
        self._quotes.add_source()

    def ask_speaker(self) -> None:
        self._quotes.ask_speaker()

    def resolve_speaker(self) -> None:
        self._quotes.resolve_speaker()

    def turn_form(self) -> None:
        self._quotes.turn_form()

    def turn_source_kind(self) -> None:
        self._quotes.turn_source_kind()

    def turn_reported(self) -> None:
        self._quotes.turn_reported()

    def mark_unattributed(self) -> None:
        self._quotes.mark_unattributed()

    def mark_unnamed(self) -> None:
        self._quotes.mark_unnamed()

    def take_guess(self) -> None:
        self._quotes.take_guess()

    def add_fragment(self) -> None:
        self._quotes.add_fragment()

    def drop_fragment(self) -> None:
        self._quotes.drop_fragment()

    def split_quote(self) -> None:
        self._quotes.split()

    def join_quotes(self) -> None:
        self._quotes.join()

    def nest_quote(self) -> None:
        self._quotes.nest()

    def ask_stance_on_words(self) -> None:
        self._stances.ask_stance_on_words()

    def add_evidence(self) -> None:
        self._stances.add_evidence()

    def ask_stance(self) -> None:
        self._stances.ask_stance()

    def write_note(self) -> None:
        self._window.note_acts.write()

    def start_resize(self) -> None:
        self._acts.start_resize()

    def move_edge(self, edge: str, forward: bool, by_word: bool) -> None:
        self._acts.move_edge(edge=edge, forward=forward, by_word=by_word)

    def put_label(self, digit: str) -> None:
        label = queries.codebook(self._session.project).label_of_hotkey(digit)
        if label is None:
            self._session.said.emit(f"No label of the codebook has the key {digit}.", "info")
        else:
            self._acts.put_label(label.name)

    def escape(self) -> None:
        self._acts.escape()

    # Help

    def show_shortcuts(self) -> None:
        from annotator.ui.shortcuts import ShortcutSheet

        sheet = ShortcutSheet(self._window, self._window.bound.listed(), self._window.bound.texts())
        sheet.edit_asked.connect(lambda: self._edit_keys(sheet))
        sheet.exec()

    def edit_shortcuts(self) -> None:
        self._edit_keys(self._window)

    def _edit_keys(self, over: QWidget) -> None:
        from annotator.ui.shortcut_editor import ShortcutEditor
        from annotator.ui.shortcuts import ShortcutSheet

        window = self._window
        editor = ShortcutEditor(over, window.bound.registry, window.bound.texts(), window.bound.chosen)
        editor.keys_chosen.connect(lambda chosen: self._take_keys(editor, chosen))
        editor.exec()
        if isinstance(over, ShortcutSheet):
            over.show_actions(window.bound.listed())

    def _take_keys(self, editor: ShortcutEditor, chosen: Mapping[str, Keys]) -> None:
        try:
            self._window.choose_keys(chosen)
        except AnnotatorError as error:
            editor.show_problem(str(error))
        else:
            editor.show_keys(chosen)

    def show_about(self) -> None:
        box = QMessageBox(self._window)
        box.setWindowTitle("About Annotator")
        box.setText(f"Annotator {__version__}")
        box.setInformativeText(
            "Who said what, and where they stand. Works offline; your work stays in the project file.\n\n"
            "MIT licence. IBM Plex under the SIL Open Font License."
        )
        box.exec()
