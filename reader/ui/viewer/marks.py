"""A scroll bar that shows where in the document the found places are."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from reader.ui.theme import Theme

_HEIGHT = 2  # logical pixels
_WIDTH = 5


class MarkedScrollBar(QScrollBar):
    """Marks are heights from 0.0 (start of the document) to 1.0."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marks: list[float] = []

    @property
    def marks(self) -> list[float]:
        return self._marks

    def set_marks(self, marks: Iterable[float]) -> None:
        """Show marks instead of the old ones."""
        self._marks = sorted(marks)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._marks:
            return
        painter = QPainter(self)
        color = QColor(self._theme.color("find_current"))
        color.setAlpha(210)
        last = -1
        for mark in self._marks:
            y = round(mark * (self.height() - _HEIGHT))
            if y > last:  # thousands of places fall on the same pixels
                painter.fillRect(self.width() - _WIDTH - 1, y, _WIDTH, _HEIGHT, color)
                last = y
        painter.end()
