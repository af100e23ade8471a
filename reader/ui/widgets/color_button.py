"""A button that shows a colour and lets another one be chosen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QColorDialog, QPushButton, QWidget

_SWATCH = QSize(28, 14)
_GAP = 7  # to the text


class ColorButton(QPushButton):
    """Shows its colour ("#rrggbb") and opens the system's dialog for colours."""

    picked = Signal(str)

    def __init__(self, color: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setIconSize(_SWATCH + QSize(_GAP, 0))
        self.setMaximumWidth(130)
        self.setAccessibleName(name)
        self.clicked.connect(self._choose)
        self.show_color(color)

    def show_color(self, color: str) -> None:
        """Show a colour."""
        self.color = color
        self.setText(color)
        picture = QPixmap(_SWATCH + QSize(_GAP, 0))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setBrush(QColor(color))
        painter.setPen(QColor(128, 128, 128))
        painter.drawRect(0, 0, _SWATCH.width() - 1, _SWATCH.height() - 1)
        painter.end()
        self.setIcon(QIcon(picture))

    def _choose(self) -> None:
        dialog = QColorDialog(QColor(self.color), self)
        dialog.setWindowTitle(self._name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._take)
        dialog.open()

    def _take(self, color: QColor) -> None:
        self.show_color(color.name())
        self.picked.emit(color.name())
