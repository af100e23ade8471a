"""A bar of tabs with the middle button, a menu, and tabs that can be dragged out of it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QTabBar, QWidget

_OUT = 48  # pixels above or below the bar
_NARROWEST = 150  # pixels, of a tab among many


class BarTabs(QTabBar):
    """The first tab cannot be closed, dragged out or asked for its menu."""

    torn = Signal(int, QPoint)  # index, where on the screen it was let go
    middle_clicked = Signal(int)
    file_dragged = Signal(int)  # a tab was dragged with Ctrl: its file is wanted elsewhere
    menu_wanted = Signal(int, QPoint)
    overflowed = Signal(bool)  # whether some tabs have no room

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed = False
        self._out = False
        self._copied: QPoint | None = None  # where a tab was pressed with Ctrl

    def mousePressEvent(self, event: QMouseEvent) -> None:
        inside = self.tabAt(event.position().toPoint()) > 0
        self._pressed = event.button() == Qt.MouseButton.LeftButton and inside
        if self._pressed and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._copied, self._pressed = event.position().toPoint(), False
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._copied is not None:
            start, at = self._copied, event.position().toPoint()
            if (at - start).manhattanLength() >= QApplication.startDragDistance():
                self._copied = None
                self.file_dragged.emit(self.tabAt(start))
            return
        super().mouseMoveEvent(event)
        y = event.position().y()
        self._out = self._pressed and not -_OUT <= y <= self.height() + _OUT
        self.setCursor(Qt.CursorShape.DragMoveCursor if self._out else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._copied is not None:
            self.setCurrentIndex(self.tabAt(self._copied))
            self._copied = None
            return
        super().mouseReleaseEvent(event)
        index = self.tabAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and index > 0:
            self.middle_clicked.emit(index)
        elif event.button() == Qt.MouseButton.LeftButton and self._out:
            at = event.globalPosition().toPoint()
            dragged = self.currentIndex()
            # Qt first ends its own move of the tab.
            QTimer.singleShot(0, self, lambda: self.torn.emit(dragged, at))
        self._pressed = self._out = False
        self.unsetCursor()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.tabAt(event.pos())
        if index > 0:
            self.menu_wanted.emit(index, event.globalPos())

    def minimumTabSizeHint(self, index: int) -> QSize:
        # Qt's own leaves three letters of a title when there are many tabs.
        full = self.tabSizeHint(index)
        return QSize(min(full.width(), _NARROWEST), full.height())

    def tabLayoutChange(self) -> None:  # noqa: N802
        super().tabLayoutChange()
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look()

    def _look(self) -> None:
        last = self.tabRect(self.count() - 1)
        first = self.tabRect(0)
        self.overflowed.emit(last.right() - first.left() >= self.width())
