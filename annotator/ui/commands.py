"""What the actions run: each command is one short method.

Windows and services that only one command needs are imported by it: the first paint does not wait for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from annotator import __version__
from annotator.domain.errors import AnnotatorError
from annotator.services import history, projects, queries
from annotator.ui.bindings import Keys
from annotator.ui.session import MANY
from annotator.ui.view_commands import ViewCommands

if TYPE_CHECKING:
    from annotator.services import checking
    from annotator.ui.registry.acts import RegistryActs
    from annotator.ui.registry.name_acts import NameActs
    from annotator.ui.registry.pipeline_acts import PipelineActs
    from annotator.ui.registry.training_acts import TrainingActs
    from annotator.ui.shortcut_editor import ShortcutEditor
    from annotator.ui.window import MainWindow

_PROJECTS = f"Annotator projects (*{projects.SUFFIX})"


class Commands(ViewCommands):
    """The commands of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._label = window.label
        self._acts = window.acts
        self._quotes = window.quote_acts
        self._stances = window.stance_acts
        self._registry_acts: RegistryActs | None = None
        self._name_acts: NameActs | None = None
        self._pipeline_acts: PipelineActs | None = None
        self._training_acts: TrainingActs | None = None

    # File

    def new_project(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self._window, "New project", "", _PROJECTS)
        if name:
            self._session.create(Path(name))

    def open_project(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, "Open project", "", _PROJECTS)
        if name:
            self._session.open_path(Path(name))

    def close_project(self) -> None:
        self._session.close()

    def import_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self._window, "Import articles", "", "Text files (*.txt);;All files (*)"
        )
        if names:
            self._session.import_articles([Path(name) for name in names])

    def import_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self._window, "Import a folder of articles")
        if name:
            self._session.import_articles([Path(name)])

    def import_encoded(self) -> None:
        from annotator.ui.encoding_dialog import EncodingDialog

        names, _ = QFileDialog.getOpenFileNames(self._window, "Import in another encoding", "", "Text files (*.txt)")
        if not names:
            return
        paths = [Path(name) for name in names]
        dialog = EncodingDialog(self._window, paths)
        if dialog.exec():
            self._session.import_articles(paths, encoding=dialog.chosen())

    def import_annotations(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self._window, "Import annotations", "", "JSON Lines (*.jsonl)")
        if names:
            self._session.import_annotations([Path(name) for name in names])

    def export(self) -> None:
        from annotator.ui.export_dialog import ExportDialog

        dialog = ExportDialog(self._window, self._session.project.name, self._session.project.sureness)
        if dialog.exec():
            self._session.export(dialog.format_name(), dialog.out(), dialog.options())

    def check_project(self) -> None:
        from annotator.services import checking

        job = checking.check_project(self._session.project)
        self._session.run_job("Checking", job, self._show_check)

    def _show_check(self, result: checking.CheckResult) -> None:
        found = [one for rule in result.rules for one in rule.findings if not one.is_warning]
        if result.is_sound:
            self._session.said.emit(f"The project file is sound: {len(result.rules)} rules were checked.", "good")
        else:
            more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
            self._session.said.emit(f"{found[0].rule}: {found[0].text}{more} Work on in the latest backup.", "bad")

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

    # Stance

    def next_stance(self) -> None:
        self._stances.step(forward=True)

    def previous_stance(self) -> None:
        self._stances.step(forward=False)

    def ask_holder(self) -> None:
        self._stances.ask_actor("holder")

    def ask_via(self) -> None:
        self._stances.ask_actor("via")

    def ask_target(self) -> None:
        self._stances.ask_target()

    def ask_statement(self) -> None:
        self._stances.ask_statement()

    def ask_position(self) -> None:
        self._stances.ask_position()

    def ask_dimension(self) -> None:
        self._stances.ask_field("dimension")

    def ask_explicitness(self) -> None:
        self._stances.ask_field("explicitness")

    def ask_confidence(self) -> None:
        self._stances.ask_field("confidence")

    def write_rationale(self) -> None:
        self._stances.write_rationale()

    def drop_evidence(self) -> None:
        self._stances.drop_evidence()

    def submit_stance(self) -> None:
        self._stances.submit()

    def withdraw_stance(self) -> None:
        self._stances.withdraw()

    def write_note(self) -> None:
        self._window.note_acts.write()

    def mark_same_here(self) -> None:
        self._registries().spread(everywhere=False)

    def mark_same_everywhere(self) -> None:
        self._registries().spread(everywhere=True)

    def open_actors(self) -> None:
        self._registries().open_actors()

    def open_targets(self) -> None:
        self._registries().open_targets()

    def open_codebook(self) -> None:
        self._registries().open_codebook()

    def open_find(self) -> None:
        self._registries().open_find()

    def open_names(self) -> None:
        self._names().open()

    def add_name(self) -> None:
        self._names().add_selected()

    def _names(self) -> NameActs:
        if self._name_acts is None:
            from annotator.ui.registry.name_acts import NameActs

            self._name_acts = NameActs(self._label)
        return self._name_acts

    def open_pipelines(self) -> None:
        if self._pipeline_acts is None:
            from annotator.ui.registry.pipeline_acts import PipelineActs

            self._pipeline_acts = PipelineActs(self._label)
        self._pipeline_acts.open()

    def open_training(self) -> None:
        if self._training_acts is None:
            from annotator.ui.registry.training_acts import TrainingActs

            self._training_acts = TrainingActs(self._label)
        self._training_acts.open()

    def add_good_example(self) -> None:
        self._registries().add_example(is_good=True)

    def add_bad_example(self) -> None:
        self._registries().add_example(is_good=False)

    def _registries(self) -> RegistryActs:
        if self._registry_acts is None:
            # Their windows are not needed for the first paint.
            from annotator.ui.registry.acts import RegistryActs

            self._registry_acts = RegistryActs(self._label)
        return self._registry_acts

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
