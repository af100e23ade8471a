"""The reader's one-line remark on a paper, written where it is read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class RemarkLine(QLineEdit):
    """Looks like a line of the head until it is written in; Enter keeps, Esc does not."""

    written = Signal(str, str)  # paper, the remark
    left = Signal()  # by Enter or Esc

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._paper = ""
        self._kept = ""
        self.setObjectName("remarkLine")
        self.setAccessibleName(self.tr("Remark"))
        self.setPlaceholderText(self.tr("Add a remark"))
        self.setMaxLength(500)
        self.returnPressed.connect(self.left)

    def show_remark(self, paper: str, text: str) -> None:
        """Show a paper's remark; what is being written is kept first, or stays."""
        if paper != self._paper:
            self._keep()
        elif self.hasFocus() and self.text() != self._kept:
            self._kept = text
            return
        self._paper, self._kept = paper, text
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def begin(self) -> None:
        """Write in it."""
        self.setFocus()
        self.selectAll()

    def _keep(self) -> None:
        text = " ".join(self.text().split())
        if self._paper and text != self._kept:
            self._kept = text
            self.written.emit(self._paper, text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._keep()
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._kept)
            self.left.emit()
        else:
            super().keyPressEvent(event)
