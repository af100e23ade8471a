"""Single lines of text, kept as they were painted: shaping a line takes longer than drawing it."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout
from PySide6.QtWidgets import QApplication

_MOST = 200  # lines, a few times as many as a tall window shows; what is painted again is kept anew


class KeptLines(QObject):
    """Lines of one size and weight of the program's typeface."""

    def __init__(
        self, parent: QObject, pixels: int, weight: QFont.Weight = QFont.Weight.Normal
    ) -> None:
        super().__init__(parent)
        self._font = QFont()
        self._font.setPixelSize(pixels)
        self._font.setWeight(weight)
        self._metrics = QFontMetricsF(self._font)
        self._lines: dict[tuple[str, int], QTextLayout] = {}
        self._widths: dict[str, int] = {}
        # A font that is loaded later draws what was a box before.
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.fontDatabaseChanged.connect(self._forget)

    def _forget(self) -> None:
        self._lines.clear()
        self._widths.clear()

    def width(self, text: str) -> int:
        """The room a text needs, in whole pixels."""
        found = self._widths.get(text)
        if found is None:
            if len(self._widths) >= _MOST:
                self._widths.clear()
            found = self._widths[text] = math.ceil(self._metrics.horizontalAdvance(text))
        return found

    def draw(self, painter: QPainter, place: QRect, text: str) -> None:
        """Draw a text in the middle of a place's height, from its left, cut at its right."""
        width = place.width()
        line = self._lines.get((text, width))
        if line is None:
            if len(self._lines) >= _MOST:
                self._lines.clear()
            line = self._lines[text, width] = self._shaped(text, width)
        top = place.top() + (place.height() - line.boundingRect().height()) / 2
        line.draw(painter, QPointF(place.left(), top))

    def _shaped(self, text: str, width: int) -> QTextLayout:
        cut = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        line = QTextLayout(cut, self._font)
        line.setCacheEnabled(True)
        line.beginLayout()
        line.createLine()
        line.endLayout()
        return line
