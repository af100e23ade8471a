"""Text to read or write: plain, with lines 1.6 high, loading nothing from anywhere."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

_LINE_HEIGHT = 150


class PlainText(QTextEdit):
    """A QTextEdit that only ever holds plain text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(False)
        self.document().setDocumentMargin(0)
        self._size = 14

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing: no text may make the program open a file or an address."""
        del kind, name
        return None

    def set_size(self, pixels: int) -> None:
        """The size of the text, in pixels."""
        self._size = pixels
        font = self.font()
        font.setPixelSize(pixels)
        self.setFont(font)
        # The style sheet's font wins over setFont for the document otherwise.
        self.document().setDefaultFont(font)
        self.setStyleSheet(f"font-size: {pixels}px;")

    def show_text(self, text: str) -> None:
        """Replace the text; the way back (undo) begins here."""
        self.document().setUndoRedoEnabled(False)
        self.setPlainText(text)
        form = QTextBlockFormat()
        form.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(form)
        self.document().setUndoRedoEnabled(True)
        self.moveCursor(QTextCursor.MoveOperation.Start)
