"""Shows a rendered note.  It loads nothing, and opens nothing but what is clicked."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from PySide6.QtCore import QMimeData, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from reader.ui.notes.rendered.build import CODE, QUOTE
from reader.ui.notes.rendered.objects import plain
from reader.ui.theme import Theme

_CONTROL = Qt.KeyboardModifier.ControlModifier
_BAR = 3  # pixels, the line beside a quotation


class RenderedView(QTextBrowser):
    """A document made by Builder, with the lines of the note that its blocks came from."""

    link_clicked = Signal(str)
    box_clicked = Signal(int)  # the line of the note with the checkbox
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noteView")
        self.setAccessibleName(self.tr("Note, to be read"))
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self._theme = theme
        self._anchors: list[tuple[int, int]] = []
        self._targets: list[str] = []
        self._feet: dict[str, int] = {}
        self._shown: QTextDocument | None = None
        self.anchorClicked.connect(self._clicked)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing: no note may make the program open a file or an address."""
        del kind, name
        return None

    def show_document(
        self,
        document: QTextDocument,
        anchors: list[tuple[int, int]],
        targets: list[str],
        feet: dict[str, int],
    ) -> None:
        """Show another document, and forget the one before."""
        before, self._shown = self._shown, document
        self._anchors, self._targets, self._feet = sorted(anchors), targets, feet
        self.setDocument(document)
        if before is not None:
            before.deleteLater()

    def _clicked(self, url: QUrl) -> None:
        kind, _, number = url.toString().partition(":")
        match kind:
            case "l":
                self.link_clicked.emit(self._targets[int(number)])
            case "b":
                self.box_clicked.emit(int(number))
            case "f" if number in self._feet:
                self.verticalScrollBar().setValue(round(self._top(self._feet[number])))
            case _:
                pass

    # -- places ----------------------------------------------------------

    def _top(self, number: int) -> float:
        """How far down a block begins, in pixels."""
        block = self.document().findBlockByNumber(number)
        return self.document().documentLayout().blockBoundingRect(block).top()

    def scroll_to_line(self, line: float) -> None:
        """Have what a line of the note became at the top; a fraction is the way to the next."""
        if not self._anchors:
            return
        after = bisect_right(self._anchors, line, key=lambda anchor: anchor[0])
        first = self._anchors[after - 1] if after else (0, 0)
        top = self._top(first[1]) if after else 0.0
        if after < len(self._anchors):
            following = self._anchors[after]
            share = (line - first[0]) / max(1, following[0] - first[0])
            top += share * (self._top(following[1]) - top)
        self.verticalScrollBar().setValue(round(top))

    def first_line(self) -> float:
        """The line of the note at the top, as `scroll_to_line` takes it."""
        y = self.verticalScrollBar().value()
        if not self._anchors:
            return 0.0
        after = bisect_right(self._anchors, y, key=lambda anchor: self._top(anchor[1]))
        if not after:
            return 0.0
        line, number = self._anchors[after - 1]
        if after == len(self._anchors):
            return float(line)
        following, next_number = self._anchors[after]
        top = self._top(number)
        height = max(1.0, self._top(next_number) - top)
        return line + min(1.0, (y - top) / height) * (following - line)

    # -- painting --------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        self._paint_blocks(painter)
        painter.end()
        super().paintEvent(event)

    def _paint_blocks(self, painter: QPainter) -> None:
        """What lies under code, and the lines beside quotations, of the blocks on screen.

        Not by their frames: asked where one is, Qt lays the whole text out first.
        """
        layout = self.document().documentLayout()
        end = self.verticalScrollBar().value() + self.viewport().height()
        block = self.cursorForPosition(self.viewport().rect().topLeft()).block()
        while block.isValid():
            rect, form = layout.blockBoundingRect(block), block.blockFormat()
            if rect.top() > end:
                break
            if padding := form.doubleProperty(CODE):
                painter.setPen(self._theme.color("line"))
                painter.setBrush(self._theme.color("pane"))
                around = rect.adjusted(-padding, -padding, padding, padding)
                painter.drawRoundedRect(around.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            if depth := form.intProperty(QUOTE):
                self._paint_quote(painter, block, rect, depth)
            block = block.next()

    def _paint_quote(self, painter: QPainter, block: QTextBlock, rect: QRectF, depth: int) -> None:
        """A line for each level, down to the next paragraph where that is quoted too."""
        following = block.next()
        goes_on = following.blockFormat().intProperty(QUOTE) if following.isValid() else 0
        step = block.blockFormat().leftMargin() / depth
        for level in range(depth):
            bottom = rect.bottom()
            if level < goes_on:
                layout = self.document().documentLayout()
                bottom = layout.blockBoundingRect(following).top()
            bar = QRectF(level * step + 2, rect.top(), _BAR, bottom - rect.top())
            painter.fillRect(bar, self._theme.color("control_line"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt would zoom the text with Ctrl; its size is a setting."""
        event.setModifiers(event.modifiers() & ~_CONTROL)
        super().wheelEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt's name
        """Copying gives words, and a formula's source."""
        data = QMimeData()
        data.setText(plain(self.textCursor()))
        return data
