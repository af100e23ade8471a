"""What is painted of choosing and leading: handles, rings, the rubber band."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from reader.domain.annotation import Point, Rect
from reader.domain.marking import Kind
from reader.ui.viewer.annotate.shapes import ENDS, Shape
from reader.ui.viewer.feature import PageView

_HANDLE = 4.0  # logical pixels from the middle of a handle to its edge
_AIR = 2.0  # logical pixels between an annotation and its frame


def paint_chosen(painter: QPainter, view: PageView, shape: Shape, color: QColor) -> None:
    """A hairline around a chosen annotation."""
    painter.setPen(QPen(color, max(view.ratio, 1.0)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    air = _AIR * view.ratio
    if shape.kind in ENDS:
        return
    boxes = shape.rects if shape.kind.on_text else (shape.box,)
    for rect in boxes:
        pad = 0.0 if shape.kind.on_text else air
        painter.drawRect(view.exact(rect).adjusted(-pad, -pad, pad, pad))


def paint_handles(
    painter: QPainter, view: PageView, places: Iterable[Point], kind: Kind, color: QColor
) -> None:
    """The handles of the one chosen: round at the ends of text and lines, square on boxes."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1.3 * view.ratio))
    painter.setBrush(QColor("#ffffff"))
    half = _HANDLE * view.ratio
    for x, y in places:
        at = view.exact((x, y, x, y)).topLeft()
        if kind.on_text or kind in ENDS:
            painter.drawEllipse(at, half, half)
        else:
            painter.drawRect(QRectF(at - QPointF(half, half), at + QPointF(half, half)))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def paint_flash(painter: QPainter, view: PageView, shape: Shape, color: QColor) -> None:
    """A firm ring around what was gone to."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 2.5 * view.ratio))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pad = 4 * view.ratio
    painter.drawRoundedRect(view.exact(shape.box).adjusted(-pad, -pad, pad, pad), pad, pad)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def paint_band(painter: QPainter, view: PageView, first: Point, last: Point, color: QColor) -> None:
    """The rubber band."""
    rect: Rect = (
        min(first[0], last[0]), min(first[1], last[1]),
        max(first[0], last[0]), max(first[1], last[1]),
    )  # fmt: skip
    area = view.exact(rect)
    shade = QColor(color)
    shade.setAlpha(30)
    painter.fillRect(area, shade)
    painter.setPen(QPen(color, max(view.ratio, 1.0)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area)
