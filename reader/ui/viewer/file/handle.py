"""The button of the file in the viewer's bar: a menu on a click, the file itself on a drag."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from reader.ui import icons
from reader.ui.widgets.file_drag import drag_out


class FileHandle(QToolButton):
    """Drags `path` out of the window as a file to be copied."""

    def __init__(self, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.path = path
        self.setProperty("kind", "flat")
        self.setIconSize(QSize(17, 17))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolTip(self.tr("The file: click for its menu, drag it to another program"))
        self.setAccessibleName(self.tr("The file"))
        icons.put(self, "file")
        self._pressed: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # The menu opens on the release: a press may become a drag.
        self._pressed = event.position().toPoint()
        self.setDown(True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        self.setDown(False)
        if pressed is not None and self.rect().contains(event.position().toPoint()):
            self.showMenu()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        far = (event.position().toPoint() - self._pressed).manhattanLength()
        if far >= QApplication.startDragDistance():
            self._pressed = None
            self.setDown(False)
            drag_out(self, self.path)
