"""What happens when the program has a fault of its own: it is logged, said once, and the program goes on."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from types import TracebackType

from PySide6.QtWidgets import QApplication, QMessageBox

from annotator import paths

_LOG = logging.getLogger("annotator")


def install() -> None:
    """Log to the user's data folder, and catch what nobody caught."""
    if not _LOG.handlers:
        file = paths.data_dir() / "annotator.log"
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handler: logging.Handler = RotatingFileHandler(file, maxBytes=500_000, backupCount=2, encoding="utf-8")
        except OSError:
            handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        _LOG.addHandler(handler)
    sys.excepthook = _on_exception


def _on_exception(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    # The places in the code, not the values: the log holds no article text.
    frames: list[str] = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        frames.append(f"{code.co_filename}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    _LOG.error("%s at %s", kind.__name__, " < ".join(reversed(frames)))
    sys.__excepthook__(kind, error, None)
    if QApplication.instance() is None or issubclass(kind, KeyboardInterrupt) or _is_telling():
        return
    box = _Box()
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Annotator")
    box.setText("Something went wrong inside Annotator.")
    box.setInformativeText(
        f"Your last act was not carried out; everything before it is saved, and you can go on.\n\n"
        f"{kind.__name__}, noted in {paths.data_dir() / 'annotator.log'}"
    )
    box.exec()


class _Box(QMessageBox):
    pass


def _is_telling() -> bool:
    # A fault that comes with each tick of a timer must not pile up dialogs.
    return any(isinstance(one, _Box) and one.isVisible() for one in QApplication.topLevelWidgets())
