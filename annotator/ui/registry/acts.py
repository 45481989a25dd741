"""Opens the windows of the registries, fills them from the project, and carries out what they ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Concatenate, ParamSpec

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator import settings
from annotator.domain.codebook import Label, Rule
from annotator.domain.errors import AnnotatorError
from annotator.domain.journal import Changes
from annotator.domain.records import Entity
from annotator.domain.spans import Span
from annotator.services import actors, codebook_editing, finding, queries, spreading, targets
from annotator.services.projects import Project
from annotator.ui.jobs import JobRunner
from annotator.ui.keycaps import with_keys
from annotator.ui.label.cards import joined
from annotator.ui.label.controller import LabelController
from annotator.ui.registry.actor_form import ActorEdit
from annotator.ui.registry.actors_dialog import ActorsDialog
from annotator.ui.registry.codebook_dialog import CodebookDialog, Decided
from annotator.ui.registry.find_dialog import FindDialog, SavedSearch
from annotator.ui.registry.frame import RegistryWindow
from annotator.ui.registry.picker import Picker, PickRow
from annotator.ui.registry.spread_dialog import SpreadDialog
from annotator.ui.registry.targets_dialog import TargetEdit, TargetsDialog
from annotator.ui.registry.unlinked import Unlinked
from annotator.ui.session import MANY

P = ParamSpec("P")


class RegistryActs(QObject):
    """The windows of one main window; each is made when it is first opened, and kept."""

    def __init__(self, place: LabelController) -> None:
        super().__init__(place)
        self._place = place
        self._session = place.session
        self._actors: ActorsDialog | None = None
        self._targets: TargetsDialog | None = None
        self._codebook: CodebookDialog | None = None
        self._find: FindDialog | None = None
        self._finding = JobRunner(self)
        self._finding.failed.connect(self._session.say_error)
        self._deciding = JobRunner(self)
        self._deciding.failed.connect(self._session.say_error)
        self._session.changed.connect(lambda _: self._refresh())
        self._session.closed.connect(self._close_all)

    @property
    def _window(self) -> QWidget:
        return self._place.view.window()

    def _windows(self) -> list[RegistryWindow]:
        found: list[RegistryWindow | None] = [self._actors, self._targets, self._codebook, self._find]
        return [one for one in found if one is not None]

    def _close_all(self) -> None:
        self._finding.cancel()
        self._deciding.cancel()
        for one in self._windows():
            # The project is gone: there is nobody to ask for unsaved changes.
            one.drop()
            one.deleteLater()
        self._actors = self._targets = self._codebook = self._find = None

    def _refresh(self) -> None:
        for window, fill in (
            (self._actors, self._fill_actors),
            (self._targets, self._fill_targets),
            (self._codebook, self._fill_codebook),
        ):
            if window is not None and window.isVisible():
                fill()

    def _act(
        self,
        window: RegistryWindow,
        service: Callable[Concatenate[Project, P], Changes],
        *args: P.args,
        **options: P.kwargs,
    ) -> Changes | None:
        """Act; a refusal is said in the window that asked."""
        try:
            return self._session.attempt(service, *args, **options)
        except AnnotatorError as error:
            window.say(str(error))
            return None

    def _jump(self, article: str, place: int) -> None:
        if article and article != self._place.article_id:
            self._place.open_article(article)
        self._place.view.reading.set_caret(place)
        self._place.view.reading.reveal(Span(place, place + 1))
        self._window.activateWindow()
        self._place.view.reading.setFocus()

    # Actors

    def open_actors(self) -> None:
        """Show the registry of actors."""
        if self._actors is None:
            window = ActorsDialog(self._window, self._place.view.theme)
            window.create_asked.connect(lambda edit: self._create_actor(window, edit))
            window.change_asked.connect(lambda one, edit: self._change_actor(window, one, edit))
            window.merge_asked.connect(lambda gone, kept: self._act(window, actors.merge, gone, kept))
            window.jump_asked.connect(self._jump)
            self._actors = window
        self._fill_actors()
        self._show(self._actors)

    def _fill_actors(self) -> None:
        assert self._actors is not None
        project = self._session.project
        known = {one.id: one for one in actors.Registry(project).all()}
        titles = {one.id: one.title for one in self._place.view.queue.model.rows}
        loose = [
            Unlinked(
                id=one.id,
                article=one.article,
                title=titles.get(one.article, ""),
                place=one.content[0].start,
                source=joined(one.source),
                words=joined(one.content),
            )
            for one in actors.unlinked(project)
        ]
        self._actors.show_rows(actors.actor_rows(project, article=self._place.article_id), known, loose)

    def _create_actor(self, window: RegistryWindow, edit: ActorEdit) -> None:
        self._act(window, actors.create, edit.name, type=edit.type, aliases=edit.aliases, roles=edit.roles)

    def _change_actor(self, window: RegistryWindow, actor: str, edit: ActorEdit) -> None:
        self._act(window, actors.change, actor, name=edit.name, type=edit.type, aliases=edit.aliases, roles=edit.roles)

    # Targets

    def open_targets(self) -> None:
        """Show the registry of targets."""
        if self._targets is None:
            window = TargetsDialog(self._window, self._place.view.theme)
            window.create_asked.connect(lambda edit: self._create_target(window, edit))
            window.change_asked.connect(lambda one, edit: self._change_target(window, one, edit))
            window.merge_asked.connect(lambda gone, kept: self._act(window, targets.merge_targets, gone, kept))
            self._targets = window
        self._fill_targets()
        self._show(self._targets)

    def _fill_targets(self) -> None:
        assert self._targets is not None
        self._targets.show_rows(targets.target_rows(self._session.project))

    def _create_target(self, window: RegistryWindow, edit: TargetEdit) -> None:
        self._act(window, targets.add_target, edit.label, statement=edit.statement, kind=edit.kind)

    def _change_target(self, window: RegistryWindow, target: str, edit: TargetEdit) -> None:
        self._act(window, targets.change_target, target, label=edit.label, statement=edit.statement, kind=edit.kind)

    # Codebook

    def open_codebook(self) -> None:
        """Show the codebook in force."""
        if self._codebook is None:
            window = CodebookDialog(self._window, self._place.view.theme)
            window.label_add_asked.connect(lambda one: self._add_label(window, one))
            window.label_change_asked.connect(lambda name, one: self._change_label(window, name, one))
            window.label_retire_asked.connect(lambda name, gone: self._retire_label(window, name, gone))
            window.position_change_asked.connect(lambda _, one: self._act(window, codebook_editing.put_position, one))
            window.position_retire_asked.connect(lambda name, gone: self._retire_position(window, name, gone))
            window.rule_add_asked.connect(lambda one: self._add_rule(window, one))
            window.rule_change_asked.connect(lambda one_id, one: self._change_rule(window, one_id, one))
            window.rule_retire_asked.connect(lambda one_id, gone: self._retire_rule(window, one_id, gone))
            window.targets_asked.connect(self.open_targets)
            window.export_asked.connect(self._export_codebook)
            window.jump_asked.connect(self._jump)
            self._codebook = window
        self._fill_codebook()
        self._show(self._codebook)

    def _fill_codebook(self) -> None:
        assert self._codebook is not None
        project = self._session.project
        current = project.codebook()
        count = codebook_editing.decided_under_count(project, current.version)
        self._codebook.show_codebook(current.codebook, current.version, decided=count)
        # Half a project may have been decided before: it is read a little at a time, anew after each act.
        self._deciding.cancel()
        self._deciding.start(codebook_editing.decided_under(project, current.version), self._show_decided)

    def _show_decided(self, found: Sequence[codebook_editing.DecidedRow]) -> None:
        if self._codebook is not None:
            self._codebook.show_decided(
                [Decided(one.id, one.kind, one.words, one.article, one.title, one.place) for one in found]
            )

    def _add_label(self, window: RegistryWindow, one: Label) -> None:
        self._act(window, codebook_editing.add_label, one.name, title=one.title, hue=one.hue, hotkey=one.hotkey)

    def _change_label(self, window: RegistryWindow, name: str, one: Label) -> None:
        self._act(window, codebook_editing.change_label, name, title=one.title, hue=one.hue, hotkey=one.hotkey)

    def _retire_label(self, window: RegistryWindow, name: str, is_retired: bool) -> None:
        service = codebook_editing.retire_label if is_retired else codebook_editing.restore_label
        self._act(window, service, name)

    def _retire_position(self, window: RegistryWindow, name: str, is_retired: bool) -> None:
        known = queries.codebook(self._session.project).position_meanings()
        one = next(one for one in known if one.name == name)
        self._act(window, codebook_editing.put_position, msgspec.structs.replace(one, is_retired=is_retired))

    def _add_rule(self, window: RegistryWindow, one: Rule) -> None:
        self._act(window, codebook_editing.put_rule, msgspec.structs.replace(one, is_retired=False))

    def _change_rule(self, window: RegistryWindow, rule: str, one: Rule) -> None:
        self._act(window, codebook_editing.put_rule, msgspec.structs.replace(one, id=rule))

    def _retire_rule(self, window: RegistryWindow, rule: str, is_retired: bool) -> None:
        service = codebook_editing.retire_rule if is_retired else codebook_editing.restore_rule
        self._act(window, service, rule)

    def _export_codebook(self) -> None:
        assert self._codebook is not None
        name, _ = QFileDialog.getSaveFileName(self._codebook, "Export the codebook", "codebook.toml", "TOML (*.toml)")
        if not name:
            return
        try:
            Path(name).write_bytes(codebook_editing.export_toml(self._session.project))
        except OSError as error:
            self._codebook.say(f"{name} cannot be written ({error.strerror}). Choose another place.")
        else:
            self._codebook.say(f"Wrote {name}.", "good")

    def add_example(self, *, is_good: bool) -> None:
        """Make the selected words an example of a rule that is then chosen."""
        span = self._place.view.reading.selection()
        rules = [one for one in queries.codebook(self._session.project).rules if not one.is_retired]
        if span is None or not rules:
            told = "Select the words of the example first." if rules else "The codebook has no rules yet."
            self._session.said.emit(told, "info")
            return
        words = codebook_editing.example_of(self._session.project, self._place.article_id, span)
        picker = Picker(
            self._window,
            self._place.view.theme,
            title=f"{'Good' if is_good else 'Bad'} example of which rule?",
            placeholder="A number or words of the rule",
            rows=[PickRow(one.id, f"{one.id}  {one.text}") for one in rules],
        )
        picker.chosen.connect(
            lambda rule: self._session.act(codebook_editing.add_example, rule, words, is_good=is_good)
        )
        picker.pop_up()

    # Find

    def open_find(self) -> None:
        """Look through articles, quotes, actors, stances and notes."""
        if self._find is None:
            window = FindDialog(self._window, self._place.view.theme)
            window.search_asked.connect(lambda words, kinds: self._search(window, words, kinds))
            window.jump_asked.connect(self._go_to)
            window.save_asked.connect(self._save_search)
            window.remove_asked.connect(self._remove_search)
            window.show_saved(self._searches())
            self._find = window
        self._show(self._find)
        self._find.start()

    def _search(self, window: FindDialog, words: str, kinds: Sequence[finding.FoundKind]) -> None:
        limit = 100

        def show(found: list[finding.Found]) -> None:
            is_all = all(sum(one.kind == kind for one in found) < limit for kind in kinds)
            window.show_found(words, found, is_all=is_all)

        # What was asked before is not wanted any more.
        self._finding.cancel()
        self._finding.start(finding.find_job(self._session.project, words, kinds=kinds, limit=limit), show)

    def _go_to(self, kind: str, thing: str, article: str, place: int) -> None:
        if kind == "actor":
            self.open_actors()
            assert self._actors is not None
            self._actors.select(thing)
            return
        self._jump(article, place)
        if kind == "quote":
            self._place.select_and_reveal(thing)

    def _searches(self) -> list[SavedSearch]:
        kept = settings.load().searches
        return [
            SavedSearch(name, words, tuple(one for one in finding.FOUND_KINDS if one in kinds))
            for name, words, kinds in kept
        ]

    def _save_search(self, one: SavedSearch) -> None:
        others = [kept for kept in settings.load().searches if kept[0] != one.name]
        self._keep([*others, (one.name, one.words, tuple(str(kind) for kind in one.kinds))])

    def _remove_search(self, name: str) -> None:
        self._keep([kept for kept in settings.load().searches if kept[0] != name])

    def _keep(self, searches: Sequence[tuple[str, str, tuple[str, ...]]]) -> None:
        try:
            settings.change(searches=tuple(searches))
        except AnnotatorError as error:
            self._session.say_error(error)
        if self._find is not None:
            self._find.show_saved(self._searches())

    # The same words elsewhere

    def spread(self, *, everywhere: bool) -> None:
        """List the places where the words of the selected entity stand unmarked, to mark those that are ticked."""
        entity = self._place.selected
        if not isinstance(entity, Entity):
            told = "Select an entity of yours first; {mark.accept} accepts a suggested one."
            self._session.said.emit(with_keys(self._window, told), "info")
            return
        job = spreading.matches(self._session.project, entity.id, everywhere=everywhere)
        self._session.run_job("Looking for the same words", job, lambda found: self._show_matches(entity, found))

    def _show_matches(self, entity: Entity, found: list[spreading.Match]) -> None:
        if not found:
            self._session.said.emit(f"“{entity.text}” stands nowhere else unmarked.", "info")
            return
        dialog = SpreadDialog(self._window, entity.text, entity.label, found)
        dialog.asked.connect(lambda chosen: self._mark(entity, chosen))
        dialog.open()

    def _mark(self, entity: Entity, chosen: Sequence[spreading.Match]) -> None:
        if len(chosen) > MANY:
            job = spreading.spread_job(self._session.project, entity.id, chosen)
            self._session.act_as_job("Marking the same words", job)
        else:
            self._session.act(spreading.spread, entity.id, chosen)

    def _show(self, window: RegistryWindow) -> None:
        window.show()
        window.raise_()
        window.activateWindow()
