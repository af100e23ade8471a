"""Free text while it is typed, in its place on the page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from reader.domain.annotation import Rect
from reader.ui.page_themes import PageTheme
from reader.ui.viewer.annotate import inks
from reader.ui.viewer.annotate.painting import PAD, TEXT_FLAGS, text_font
from reader.ui.widgets.plain_text import PlainText

_ENDLESS = 20_000.0


class TextBox(PlainText):
    """An editor over the page in the letters and colours of the text."""

    typed = Signal(str)
    finished = Signal()

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("annotationText")
        self.setAccessibleName(self.tr("Text on the page"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self._over = False
        self._scale = 1.0
        self.setPlainText(text)
        self.selectAll()
        self.textChanged.connect(lambda: self.typed.emit(self.toPlainText()))
        self.show()

    def dress(self, color: str, size: float, scale: float, colors: PageTheme) -> None:
        """Take the letters of the page: points, and logical pixels a point."""
        self._scale = scale
        letters, paper = inks.lettering(color, colors), QColor(colors.paper)
        pixels = max(round(size * scale), 6)
        self.setStyleSheet(
            f"QTextEdit#annotationText {{ background: {paper.name()}; color: {letters.name()}; "
            f"border: 1px solid {letters.name()}; font-size: {pixels}px; }}"
        )
        font = self.font()
        font.setPixelSize(pixels)
        self.document().setDefaultFont(font)
        self.document().setDocumentMargin(max(PAD * scale - 1, 0))

    def place(self, area: QRectF) -> None:
        """Stand on an area of the view, as far as it is in view."""
        parent, wanted = self.parentWidget(), area.toAlignedRect()
        room = parent.rect() if parent is not None else wanted
        wanted.moveRight(min(wanted.right(), max(room.right(), wanted.width() - 1)))
        self.setGeometry(wanted)
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (
            enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._finish()
            return
        super().keyPressEvent(event)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._finish()

    def _finish(self) -> None:
        if not self._over:
            self._over = True
            self.finished.emit()


def grown(rect: Rect, text: str, size: float) -> Rect:
    """The box of a text (view space points), as high as the text needs it."""
    inner = QRectF(0, 0, rect[2] - rect[0] - 2 * PAD, _ENDLESS)
    height = QFontMetricsF(text_font(size)).boundingRect(inner, TEXT_FLAGS, text or "x").height()
    return rect[0], rect[1], rect[2], max(rect[1] + height + 2 * PAD, rect[1] + size)
