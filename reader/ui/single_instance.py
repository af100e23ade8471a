"""One window a library: a second start hands its files to the first and ends.

The name of the meeting place follows from the library's real path; only this
user may connect; what arrives is size-capped JSON and names files and places, no commands.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from reader.domain.note_links import place_of
from reader.ui.claim import Claim, meeting_place

_WAIT = 400  # milliseconds
_PATIENCE, _AGAIN = 5.0, 0.05  # seconds for a window that is being opened, and between looks
_LARGEST = 1 << 20


def hand_over(library: Path, files: Sequence[Path], places: Sequence[str] = ()) -> bool:
    """Ask an open window to come forward and open files and places; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(meeting_place(library))
    if not socket.waitForConnected(_WAIT):
        return False
    named = {"files": [str(file.absolute()) for file in files], "places": list(places)}
    message = json.dumps(named).encode()
    socket.write(message + b"\n")
    socket.waitForBytesWritten(_WAIT)
    heard = socket.waitForReadyRead(_WAIT * 5) and bytes(socket.readAll().data()).startswith(b"ok")
    socket.disconnectFromServer()
    return heard


def hand_over_soon(
    claim: Claim, library: Path, files: Sequence[Path], places: Sequence[str] = ()
) -> bool:
    """The same where the library is claimed: the other window may be opening, or about to end."""
    end = time.monotonic() + _PATIENCE
    while claim.is_taken and time.monotonic() < end:
        if hand_over(library, files, places):
            return True
        time.sleep(_AGAIN)
        claim.take()
    return False


def _is_alive(name: str) -> bool:
    """Whether somebody listens there, not only a file that a crash left."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    alive = socket.waitForConnected(_WAIT)
    socket.abort()
    return alive


class SingleInstance(QObject):
    """Listens for second starts on the same library."""

    raised = Signal(object)  # the files (paths) a second start was given
    led = Signal(object)  # the addresses of places it was given

    def __init__(self, library: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        # Removing or listening over the place of a living window would cut it off.
        if not _is_alive(meeting_place(library)):
            QLocalServer.removeServer(meeting_place(library))  # what a crash left behind
            self._server.listen(meeting_place(library))

    def is_first(self) -> bool:
        """Whether second starts come here; False when another start was quicker."""
        return self._server.isListening()

    def _connected(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > _LARGEST:
            socket.abort()
            return
        if not socket.canReadLine():
            return
        message = bytes(socket.readLine().data())
        files = parse(message)
        socket.write(b"ok\n")
        socket.flush()
        if files is not None:
            self.raised.emit(files)
            self.led.emit(places_in(message))

    def close(self) -> None:
        """Listen no more."""
        self._server.close()


def parse(message: bytes) -> list[Path] | None:
    """The files of a second start's message, None when it is not one."""
    try:
        value = json.loads(message)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or not isinstance(value.get("files"), list):
        return None
    return [Path(file) for file in value["files"] if isinstance(file, str) and "\0" not in file]


def places_in(message: bytes) -> list[str]:
    """The addresses of a second start's message that open a place; all else is left out."""
    value = json.loads(message)
    named = value.get("places")
    texts = [text for text in named if isinstance(text, str)] if isinstance(named, list) else []
    return [text for text in texts if place_of(text) is not None]
