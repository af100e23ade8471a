"""How many words and characters a note has, kept true line by line while one types."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextDocument

from reader.ui.notes.words import counted

_SLICE = 0.004  # seconds of the window's time
_Count = tuple[int, int]  # words, characters


class WordCount(QObject):
    """A key costs the line it changes; a long text that comes anew is counted between turns."""

    changed = Signal()  # the numbers are whole, and may be others

    def __init__(self, document: QTextDocument, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._lines: list[_Count | None] = [None] * document.blockCount()
        self._words = self._signs = 0
        self._first = 0  # no line before this one is still to be counted
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._go_on)
        document.contentsChange.connect(self._change)
        self._go_on()

    @property
    def whole(self) -> bool:
        """Whether every line is counted."""
        return self._first >= len(self._lines)

    @property
    def counts(self) -> _Count:
        """(words, characters); ends of lines are no characters."""
        return self._words, self._signs

    def _change(self, position: int, _removed: int, added: int) -> None:
        document = self._document
        last_place = max(0, document.characterCount() - 1)
        first = document.findBlock(min(position, last_place)).blockNumber()
        last = document.findBlock(min(position + added, last_place)).blockNumber()
        grown = document.blockCount() - len(self._lines)
        gone = last - first + 1 - grown
        if first < 0 or gone < 0 or first + gone > len(self._lines):
            first, last, gone = 0, document.blockCount() - 1, len(self._lines)
        for count in self._lines[first : first + gone]:
            if count is not None:
                self._words -= count[0]
                self._signs -= count[1]
        self._lines[first : first + gone] = [None] * (last - first + 1)
        self._first = min(self._first, first)
        self._go_on()

    def _go_on(self) -> None:
        # The thread's own time: on a busy machine a slice of the wall clock holds no work.
        end = time.thread_time() + _SLICE
        lines, block = self._lines, self._document.findBlockByNumber(self._first)
        while self._first < len(lines) and block.isValid():
            if lines[self._first] is None:
                lines[self._first] = count = counted(block.text().replace("\u2028", "\n"))
                self._words += count[0]
                self._signs += count[1]
            self._first += 1
            block = block.next()
            if time.thread_time() > end and self._first < len(lines):
                self._timer.start()
                return
        self._first = len(lines)
        self._timer.stop()
        self.changed.emit()

    def told(self) -> str:
        """The words as a person reads them."""
        return self.words(self._words)

    def words(self, count: int) -> str:
        """A number of words."""
        return self.tr("1 word") if count == 1 else self.tr("{} words").format(f"{count:,}")

    def signs(self, count: int) -> str:
        """A number of characters."""
        return (
            self.tr("1 character") if count == 1 else self.tr("{} characters").format(f"{count:,}")
        )
