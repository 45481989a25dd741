"""`python -m benchmarks.starting empty | PROJECT`: opens a window and says, as JSON, what its first paints took.

With a project it is the program itself, as `python -m annotator PROJECT` starts it, until the article is painted.
"""

from __future__ import annotations

import time

_BEGAN = time.process_time()

import json  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402

from PySide6.QtCore import QEvent, QObject  # noqa: E402
from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: E402

# What must not be imported before the first paint: 0.8 and 0.2 seconds of CPU.
SLOW_MODULES = ("spacy", "sqlite_utils")
_SIZE_PX = (1440, 900)


class _Ear(QObject):
    """Hears every event of the program: what comes after a paint is no paint tells that a frame is finished."""

    def __init__(self, *, waits_for_article: bool) -> None:
        super().__init__()
        self._waits = waits_for_article
        self._is_painting = self._has_article = False
        self._told: dict[str, object] = {}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self._is_painting = True
            self._has_article = self._has_article or (self._waits and _is_article(watched))
        elif self._is_painting:
            self._is_painting = False
            self._note()
        return False

    def _note(self) -> None:
        cpu_s = time.process_time()
        if not self._told:
            loaded = [name for name in SLOW_MODULES if name in sys.modules]
            self._told = {"first_s": cpu_s, "main_s": cpu_s - _BEGAN, "loaded": loaded}
        if not self._waits or self._has_article:
            self._told["article_s"] = cpu_s
            print(json.dumps(self._told), flush=True)
            # Without the ceremonies of leaving: they are not measured.
            os._exit(0)


def _is_article(watched: QObject) -> bool:
    parent = watched.parent()
    return parent is not None and parent.metaObject().className() == "ReadingView" and bool(parent.toPlainText())  # type: ignore[attr-defined]


def main(target: str) -> int:
    """Open the window; the process ends when all is painted."""
    app = QApplication(sys.argv[:1])
    ear = _Ear(waits_for_article=target != "empty")
    app.installEventFilter(ear)
    if target == "empty":
        window = QMainWindow()
        window.resize(*_SIZE_PX)
        window.show()
        return int(app.exec())
    from annotator.__main__ import main as program

    sys.argv = ["annotator", target]
    return program()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
