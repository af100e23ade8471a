"""The window ended by another hand than the reader's: a signal, the session, a display gone.

What was typed is handed to the writer and waited for, some seconds at most.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from types import FrameType

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    QSocketNotifier,
    QTimer,
    QtMsgType,
    qFormatLogMessage,
    qInstallMessageHandler,
)
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication

from reader.app.build import App
from reader.ui.dialogs.trouble import close_unsaved

# Ctrl+C; `kill` and the end of a session; the terminal that was closed.
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
_LOOK = 300  # milliseconds between looks where nothing can wake the event loop
_LAST_WORDS = ("The X11 connection broke", "The Wayland connection broke")
_PATIENCE = 5.0  # seconds for the notes once the display is gone


class Ending(QObject):
    """Watches for what ends the window from outside, until `close`."""

    def __init__(self, app: QApplication, built: App) -> None:
        super().__init__(app)
        self.code = 0  # the process's exit code, 128 + the signal that ended the window
        self._built = built
        self._caught: list[int] = []
        self._before = {
            number: signal.signal(number, self._catch)
            for number in (getattr(signal, name, None) for name in _SIGNALS)
            # What is ignored stays so: nohup, a shell's background job.
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN
        }
        self._ends: tuple[int, int] | None = None
        self._wake()
        app.commitDataRequest.connect(self._session_ends)
        if app.platformName() in ("xcb", "wayland"):
            qInstallMessageHandler(self._hear)

    def close(self) -> None:
        """Let signals and Qt's messages go where they went before."""
        qInstallMessageHandler(None)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if self._ends is not None:
            signal.set_wakeup_fd(-1)
            self._notifier.setEnabled(False)
            for end in self._ends:
                os.close(end)

    # -- signals ---------------------------------------------------------

    def _wake(self) -> None:
        """Have a signal wake the event loop, which waits outside of Python."""
        if sys.platform == "win32":
            timer = QTimer(self, interval=_LOOK)
            timer.timeout.connect(self._look)
            timer.start()
            return
        self._ends = os.pipe()
        for end in self._ends:
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self._ends[1], warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._ends[0], QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._look)

    def _catch(self, number: int, _frame: FrameType | None) -> None:
        # Runs between any two instructions of the window's Python: notes, and does nothing.
        self._caught.append(number)

    def _look(self) -> None:
        if self._ends is not None:
            os.read(self._ends[0], 64)
        # A terminal that closes sends several: the first one's end is on its way.
        if self._caught and not self.code:
            self.code = 128 + self._caught[0]
            self._end()

    def _end(self) -> None:
        built = self._built
        built.desk.settle()
        built.tabs.windows.hold()
        built.window.remember()
        # Not by closing the window, which an open dialog would not allow.
        QCoreApplication.exit(self.code)

    # -- the session and the display -------------------------------------

    def _session_ends(self, manager: QSessionManager) -> None:
        """Save before the computer is shut down; asks only where the disk refused a note."""
        if self._built.desk.settle() or not manager.allowsInteraction():
            return
        leave = close_unsaved(self._built.window)
        manager.release()
        if not leave:
            manager.cancel()

    def _hear(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        """Pass Qt's messages on; the one about a lost display is the last, the process ends next."""
        sys.stderr.write(qFormatLogMessage(kind, context, text) + "\n")
        if not text.startswith(_LAST_WORDS):
            return
        desk, end = self._built.desk, time.monotonic() + _PATIENCE
        desk.hand_over()
        # No event but the writer's answers: any other could touch the display.
        while not desk.settled() and time.monotonic() < end:
            time.sleep(0.005)
            desk.tasks.deliver()
