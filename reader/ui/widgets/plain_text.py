"""Text to read or write: plain, with lines 1.6 high, loading nothing from anywhere."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from reader.ui.widgets.file_drag import local_files

LINE_HEIGHT = 150


class PlainText(QTextEdit):
    """A QTextEdit that only ever holds plain text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(False)
        self.document().setDocumentMargin(0)
        self._placeholder = ""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing: no text may make the program open a file or an address."""
        del kind, name
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt clips a placeholder to the first line's height: this one wraps."""
        super().paintEvent(event)
        if self._placeholder and self.document().isEmpty():
            painter = QPainter(self.viewport())
            painter.setFont(self.document().defaultFont())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
            painter.drawText(self.viewport().rect(), int(flags), self._placeholder)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are for the page around the text, which knows what to do with them."""
        if local_files(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return not local_files(source) and super().canInsertFromMimeData(source)

    def set_placeholder(self, text: str) -> None:
        """What an empty text shows."""
        self._placeholder = text
        self.setAccessibleDescription(text)

    def set_size(self, pixels: int) -> None:
        """The size of the text, in pixels."""
        font = self.font()
        font.setPixelSize(pixels)
        self.setFont(font)
        # The style sheet's font wins over setFont for the document otherwise.
        self.document().setDefaultFont(font)
        self.setStyleSheet(f"font-size: {pixels}px;")

    def show_text(self, text: str) -> None:
        """Replace the text; the way back (undo) begins here."""
        self.document().setUndoRedoEnabled(False)
        form = QTextBlockFormat()
        form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        # Together, or a long text is laid out twice: 300 ms instead of 40 for 200 KB.
        cursor.beginEditBlock()
        self.setPlainText(text)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(form)
        cursor.endEditBlock()
        self.document().setUndoRedoEnabled(True)
        self.moveCursor(QTextCursor.MoveOperation.Start)
