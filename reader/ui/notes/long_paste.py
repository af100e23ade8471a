"""A long text is put in piece by piece, between the window's turns, as one step of undo."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

LONG = 100_000  # characters that are put in at once
_PIECE = 32_000  # characters between two looks at the clock
_SLICE = 0.012  # seconds of the window's time


class LongPaste(QObject):
    """What is still to be put in waits here; `finish` puts all of it in at once.

    Whoever saves the text meanwhile saves `whole`; whoever takes it away from under it calls
    `finish` or `drop` first.
    """

    def __init__(self, edit: QTextEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._text = ""
        self._at = 0
        self._cursor = QTextCursor()
        self.going_on = False  # while a piece is put in that is neither the first nor the last
        # Around a piece of so many characters: whoever styles them does it afterwards.
        self.bulk: Callable[[int], AbstractContextManager[None]] = lambda _length: nullcontext()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether some of a text is still to be put in."""
        return bool(self._text)

    def insert(self, text: str) -> None:
        """Put a text in the place of the selection."""
        self.finish()
        self._cursor = self._edit.textCursor()
        # A piece may end between the two, and each would be an end of line by itself.
        self._text, self._at = text.replace("\r\n", "\n"), 0
        if len(self._text) > LONG:
            self._put(_PIECE)
            self._timer.start()
        else:
            self.finish()
        self._edit.ensureCursorVisible()

    def finish(self) -> None:
        """Put in what is still to be put in."""
        if self._text:
            self._put(len(self._text) - self._at)

    def drop(self) -> None:
        """Put no more in: another text takes the place of this one."""
        self._text = ""
        self._timer.stop()

    def whole(self, text: str) -> str:
        """What the text, as it stands, will be with all that is still to be put in."""
        if not self._text:
            return text
        raw = text.encode("utf-16-le", "surrogatepass")  # Qt's places count its units
        at = 2 * self._cursor.position()
        parts = (raw[:at], raw[at:])
        before, after = (part.decode("utf-16-le", "surrogatepass") for part in parts)
        return before + self._text[self._at :] + after

    def _go_on(self) -> None:
        # The thread's own time: on a busy machine a slice of the wall clock holds no work.
        end = time.thread_time() + _SLICE
        while self._text and time.thread_time() < end:
            self._put(_PIECE)

    def _put(self, length: int) -> None:
        piece = self._text[self._at : self._at + length]
        first, self._at = self._at == 0, self._at + length
        if self._at >= len(self._text):
            self.drop()
        self.going_on = bool(self._text) and not first
        cursor = self._cursor
        with self.bulk(len(piece)):
            cursor.beginEditBlock() if first else cursor.joinPreviousEditBlock()
            cursor.insertText(piece)
            cursor.endEditBlock()
        self.going_on = False
