"""Plain text on a few lines at most, cut with an ellipsis where it would need more."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from reader.ui.widgets.tips import tip


class FewLines(QLabel):
    """As high as its text needs at its width; the whole text is its tooltip where it is cut."""

    def __init__(self, name: str, most: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._whole = ""
        self._most = most
        self._known: dict[int, tuple[list[str], float]] = {}  # what a width comes to

    def say(self, text: str) -> None:
        """Show a text; its white space becomes single spaces."""
        self._whole = " ".join(text.split())
        self._known.clear()
        self._fit()
        self.updateGeometry()

    def set_most(self, most: int) -> None:
        """Another number of lines."""
        if most != self._most:
            self._most = most
            self._known.clear()
            self._fit()
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._known.clear()
        super().changeEvent(event)

    def _broken(self, width: int) -> tuple[list[str], float]:
        """The lines of the whole text at a width, one more than may be shown, and their height."""
        found = self._known.get(width)  # a layout asks for the same height again and again
        if found is None:
            found = self._known[width] = self._break(width)
        return found

    def _break(self, width: int) -> tuple[list[str], float]:
        layout = QTextLayout(self._whole, self.font())
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        lines: list[str] = []
        height = 0.0  # pixels, of those that are shown; a line of other scripts is higher
        layout.beginLayout()
        while len(lines) <= self._most:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(width, 1))
            height += line.height() if len(lines) < self._most else 0.0
            lines.append(self._whole[line.textStart() : line.textStart() + line.textLength()])
        layout.endLayout()
        return lines, height

    def _fit(self) -> None:
        width = self.contentsRect().width()
        lines, _ = self._broken(width)
        shown = self._whole
        if len(lines) > self._most:
            kept = "".join(lines[: self._most - 1])
            rest = self._whole[len(kept) :]
            cut = Qt.TextElideMode.ElideRight
            shown = kept + self.fontMetrics().elidedText(rest, cut, width - 1)
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(tip(self._whole) if shown != self._whole else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def heightForWidth(self, width: int) -> int:
        return max(math.ceil(self._broken(width)[1]), self.fontMetrics().lineSpacing())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.fontMetrics().lineSpacing())
