"""One window a user: a second start hands its project to the first one and brings that to the front."""

from __future__ import annotations

import getpass
import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from annotator import paths

_WAIT_MS = 500
_MAX_BYTES = 8192


def _name() -> str:
    # Of this user, and of this set of user folders: a test or a portable copy does not meet the real one.
    key = f"{getpass.getuser()} {paths.data_dir()}"
    return "annotator-" + hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def hand_over(path: Path | None) -> bool:
    """Tell a window that is open already what to open; `False` when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(_name())
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(str(path.resolve() if path else "").encode("utf-8", "surrogateescape") + b"\n")
    socket.waitForBytesWritten(_WAIT_MS)
    is_heard = socket.waitForReadyRead(_WAIT_MS)
    socket.disconnectFromServer()
    return is_heard


class Doorbell(QObject):
    """Listens for later starts; `rung` carries the path they want opened, or an empty text."""

    rung = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        if not self._server.listen(_name()):
            # What a crashed program left behind; a live one would have answered `hand_over`.
            QLocalServer.removeServer(_name())
            self._server.listen(_name())
        self._server.newConnection.connect(self._on_connected)

    def _on_connected(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.readyRead.connect(lambda: self._on_ready(socket))
            socket.disconnected.connect(socket.deleteLater)

    def _on_ready(self, socket: QLocalSocket) -> None:
        if socket.canReadLine():
            line = bytes(socket.readLine(_MAX_BYTES).data())
            socket.write(b"heard\n")
            socket.flush()
            self.rung.emit(line.rstrip(b"\n").decode("utf-8", "surrogateescape"))

    def stop(self) -> None:
        """Listen no longer."""
        self._server.close()
