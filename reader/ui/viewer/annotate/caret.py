"""A caret in the text, led by the arrow keys: reading and marking without a pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QPainter,
)

from reader.pdf.protocol import PageText
from reader.ui.viewer.feature import PageView
from reader.ui.viewer.selection import Selection
from reader.ui.viewer.text_keys import TextKeys

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

_WIDTH = 2.0  # logical pixels
_PLAIN = {
    Qt.Key.Key_Right: "select_right", Qt.Key.Key_Left: "select_left",
    Qt.Key.Key_Down: "select_down", Qt.Key.Key_Up: "select_up",
    Qt.Key.Key_Home: "select_to_start", Qt.Key.Key_End: "select_to_end",
}  # fmt: skip
_WORDS = {Qt.Key.Key_Right: "select_word_right", Qt.Key.Key_Left: "select_word_left"}


class CaretMode(QObject):
    """While it is on, arrows move the caret; with Shift they select, as they always do."""

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self._page = page
        self.on = False

    def toggle(self) -> None:
        """Put a caret into the text, or take it away."""
        if self.on:
            self.end()
            return
        self.on = True
        self._page.pagesWanted.emit()
        self._page.canvas.setFocus()
        self._page.feature(TextKeys).begin()
        self._page.canvas.viewport().update()
        self._page.statusChanged.emit(
            self.tr("Arrows move the caret, Shift selects, 1 to 8 mark, Esc ends")
        )

    def end(self) -> bool:
        """Take the caret away; whether there was one."""
        was, self.on = self.on, False
        if was:
            self._page.canvas.viewport().update()
            self._page.statusChanged.emit(self._page.status())
        return was

    def collapse(self) -> None:
        """Keep only the caret of what was selected."""
        self._page.feature(TextKeys).collapse()

    def grabs(self, event: QKeyEvent) -> bool:
        """Whether a key leads the caret."""
        return self.on and self._method(event) is not None

    def key(self, event: QKeyEvent) -> None:
        """Lead the caret."""
        method = self._method(event)
        if method is not None:
            keys = self._page.feature(TextKeys)
            getattr(keys, method)()
            keys.collapse()
            self._tell(method)

    def _tell(self, method: str) -> None:
        """Tell screen readers what the caret has come to: a letter, a word or a line."""
        canvas = self._page.canvas
        chosen = canvas.selection
        text = canvas.content.text(chosen.first.page) if isinstance(chosen, Selection) else None
        if text is None or not isinstance(chosen, Selection):
            return
        at = min(chosen.first.index, len(text.chars) - 1)
        if at < 0:
            return
        if method in ("select_left", "select_right"):
            low, high = at, at + 1
        elif "word" in method:
            low, high = text.word_at(at)
        else:
            low, high = text.line_at(at)
        words = text.chars[low:high].strip() or self.tr("space")
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(canvas, words))

    @staticmethod
    def _method(event: QKeyEvent) -> str | None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        known = {
            Qt.KeyboardModifier.NoModifier: _PLAIN,
            Qt.KeyboardModifier.ControlModifier: _WORDS,
        }.get(held, {})
        return known.get(Qt.Key(event.key()))

    def paint(
        self, painter: QPainter, view: PageView, text: PageText | None, color: QColor
    ) -> None:
        """Paint the caret where it is on a page."""
        chosen = self._page.canvas.selection
        if not self.on or text is None or not text.lines or not isinstance(chosen, Selection):
            return
        head = chosen.head_high if chosen.head_high > chosen.first else chosen.head_low
        if head.page != view.page:
            return
        index = min(head.index, len(text.chars))
        place = view.exact(self._page.feature(TextKeys).caret_edge(text, index))
        width = _WIDTH * view.ratio
        if place.width() > place.height():  # the page is turned
            painter.fillRect(QRectF(place.x(), place.y() - width / 2, place.width(), width), color)
        else:
            painter.fillRect(QRectF(place.x() - width / 2, place.y(), width, place.height()), color)
