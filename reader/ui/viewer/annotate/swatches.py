"""Colours to choose from: round swatches on buttons and in menus."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from reader.domain.marking import rgb_of

SIDE = 16  # logical pixels
_SHARP = 3  # device pixels a logical one, enough for any screen


def swatch(color: str, *, chosen: bool = False) -> QIcon:
    """A disc of a colour; with a ring around it when it is the one in use."""
    picture = QPixmap(QSize(SIDE, SIDE) * _SHARP)
    picture.setDevicePixelRatio(_SHARP)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tone, middle = QColor(rgb_of(color)), QPointF(SIDE / 2, SIDE / 2)
    if chosen:
        painter.setPen(QPen(tone, 1.6))
        painter.drawEllipse(middle, SIDE / 2 - 1, SIDE / 2 - 1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tone)
    radius = SIDE / 2 - (3.4 if chosen else 2)
    painter.drawEllipse(middle, radius, radius)
    painter.end()
    return QIcon(picture)


def width_line(width: float, color: QColor) -> QIcon:
    """A line of a width."""
    picture = QPixmap(QSize(SIDE, SIDE) * _SHARP)
    picture.setDevicePixelRatio(_SHARP)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(color, min(width, 10.0))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLine(QPointF(3, SIDE / 2), QPointF(SIDE - 3, SIDE / 2))
    painter.end()
    return QIcon(picture)
