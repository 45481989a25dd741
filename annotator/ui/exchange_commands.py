"""What the actions run that send and receive work, and say who is who."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.ui.command_group import CommandGroup

if TYPE_CHECKING:
    from annotator.ui.exchange.acts import ExchangeActs
    from annotator.ui.window import MainWindow


class ExchangeCommands(CommandGroup):
    """The commands of one window for exchange; its dialogs are imported when they are first asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._exchange_acts: ExchangeActs | None = None

    def _exchange(self) -> ExchangeActs:
        if self._exchange_acts is None:
            from annotator.ui.exchange.acts import ExchangeActs

            self._exchange_acts = ExchangeActs(self._window)
        return self._exchange_acts

    def send_work(self) -> None:
        self._exchange().send()

    def receive_work(self) -> None:
        self._exchange().receive()

    def take_bundles(self, paths: Sequence[Path]) -> None:
        """Receive bundles that were dropped on the window, or make a project of them where none is open."""
        if self._session.is_open:
            self._exchange().receive(paths)
        else:
            self._exchange().open_bundle(paths)

    def export_audit(self) -> None:
        self._exchange().audit()

    def open_bundle(self) -> None:
        self._exchange().open_bundle()

    def show_authors(self) -> None:
        self._exchange().show_authors()

    def show_identity(self) -> None:
        self._exchange().show_identity()

    def ask_name(self) -> None:
        """Ask who one is, at the first start."""
        self._exchange().show_identity(is_first=True)
