"""The shadow and the edge around a page, painted from one small picture of them.

Painted line by line they are dozens of calls into Qt, and at each of them the window may
have to wait for the threads that read a document; this way it is one for each side.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

_REACH = 5  # logical pixels
_STRENGTH = 0.32  # of the shadow's colour, where the shadow is darkest


def reach(ratio: float) -> int:
    """How far the shadow goes beyond the page, device pixels."""
    return max(2, round(_REACH * ratio)) + _drop(ratio)


def paint_shadow(
    painter: QPainter, page: QRect, area: QRect, ratio: float, shadow: QColor, edge: QColor
) -> None:
    """Paint what is around a page; device pixels, as far as it is in the area."""
    drop, margin = _drop(ratio), reach(ratio)
    corner = margin + drop
    box = page.adjusted(-margin, -margin, margin, margin)
    width, height = box.width() - 2 * corner, box.height() - 2 * corner
    if width < 1 or height < 1:
        return  # smaller than its shadow
    patch = _patch(ratio, shadow.rgba(), edge.rgba())
    columns = ((0, 0, corner), (corner, corner, width), (corner + width, corner + 1, corner))
    rows = ((0, 0, corner), (corner, corner, height), (corner + height, corner + 1, corner))
    for y, from_y, tall in rows:
        for x, from_x, wide in columns:
            if from_x == from_y == corner:
                continue  # under the page
            target = QRect(box.x() + x, box.y() + y, wide, tall)
            if target.intersects(area):
                across, down = from_x == corner, from_y == corner
                source = QRect(from_x, from_y, 1 if across else corner, 1 if down else corner)
                painter.drawImage(_within(target, area, across, down), patch, source)


def _within(target: QRect, area: QRect, across: bool, down: bool) -> QRect:
    """The part of a side that is in the area, in the direction in which it is the same all along."""
    left, right = target.left(), target.right()
    top, bottom = target.top(), target.bottom()
    if across:
        left, right = max(left, area.left()), min(right, area.right())
    if down:
        top, bottom = max(top, area.top()), min(bottom, area.bottom())
    return QRect(left, top, right - left + 1, bottom - top + 1)


def _drop(ratio: float) -> int:
    """How much lower than the page its shadow is, device pixels."""
    return max(1, round(ratio))


@lru_cache(maxsize=8)
def _patch(ratio: float, shadow: int, edge: int) -> QImage:
    """What is around the smallest page that has all of it: four corners, and a pixel between two."""
    drop, margin = _drop(ratio), reach(ratio)
    size = 2 * (margin + drop) + 1
    patch = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    patch.fill(Qt.GlobalColor.transparent)
    painter = QPainter(patch)
    page = QRect(0, 0, size, size).adjusted(margin, margin, -margin, -margin)
    color = QColor.fromRgba(shadow)
    strength, rings = color.alphaF() * _STRENGTH, margin - drop
    for ring in range(rings, 0, -1):
        color.setAlphaF(strength * (1 - (ring - 1) / rings) ** 2)
        _frame(painter, page.adjusted(-ring, -ring + drop, ring, ring + drop), color)
    _frame(painter, page.adjusted(-1, -1, 1, 1), QColor.fromRgba(edge))
    painter.end()
    return patch


def _frame(painter: QPainter, rect: QRect, color: QColor) -> None:
    """A line one pixel wide."""
    x, y, width, height = rect.x(), rect.y(), rect.width(), rect.height()
    painter.fillRect(x, y, width, 1, color)
    painter.fillRect(x, y + height - 1, width, 1, color)
    painter.fillRect(x, y + 1, 1, height - 2, color)
    painter.fillRect(x + width - 1, y + 1, 1, height - 2, color)
