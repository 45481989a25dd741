"""What the actions of the View menu run: how the article looks, and what of it is shown."""

from __future__ import annotations

from annotator import settings
from annotator.domain.errors import AnnotatorError
from annotator.domain.sureness import Sureness
from annotator.ui.command_group import CommandGroup
from annotator.ui.theme import TYPEFACES

_MIN_TEXT_PX, _MAX_TEXT_PX = 11.0, 34.0
_MIN_LINE_PX, _MAX_LINE_PX = 380.0, 1100.0


class ViewCommands(CommandGroup):
    """The commands of one window that change how things are shown."""

    def toggle_layer(self, name: str) -> None:
        self._window.label_view.outline.toggle(name)

    def choose_sureness(self, sureness: Sureness) -> None:
        if self._keep(sureness=sureness):
            self._session.show_sure(sureness)

    def zoom(self, by_px: float) -> None:
        size_px = min(max(settings.load().text_size_px + by_px, _MIN_TEXT_PX), _MAX_TEXT_PX)
        if self._keep(text_size_px=size_px):
            self._window.label_view.reading.set_text_size(size_px)

    def change_line_width(self, by_px: float) -> None:
        width_px = min(max(settings.load().line_width_px + by_px, _MIN_LINE_PX), _MAX_LINE_PX)
        if self._keep(line_width_px=width_px):
            self._window.label_view.reading.set_line_width(width_px)

    def toggle_typeface(self) -> None:
        typeface = "serif" if settings.load().typeface == "sans" else "sans"
        if self._keep(typeface=typeface):
            self._window.label_view.reading.set_typeface(TYPEFACES[typeface])

    def _keep(self, **choice: object) -> bool:
        try:
            settings.change(**choice)
        except AnnotatorError as error:
            self._session.say_error(error)
            return False
        return True

    def toggle_theme(self) -> None:
        self._window.choose_theme("light" if self._window.theme.name == "dark" else "dark")

    def follow_system_theme(self) -> None:
        self._window.choose_theme("system")
