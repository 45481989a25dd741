"""What all groups of commands share: the window they act on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow


class CommandGroup:
    """Commands of one window that belong together; `Commands` is all groups in one."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._session = window.session
