"""Where things of a page are in the view, and the other way round."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF

from reader.domain.annotation import Point, Rect
from reader.ui.viewer.arrangement import unturned
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.canvas import PageCanvas


def on_page(canvas: PageCanvas, page: int, at: QPointF) -> Point:
    """A point of the view (logical pixels) as seen from a page, also where it lies beside it."""
    camera, point = canvas.camera, at * canvas.ratio
    left, top, _, _ = camera.page_rect(page)
    x = (camera.left + point.x() - left) / camera.scale
    y = (camera.top + point.y() - top) / camera.scale
    return unturned(x, y, camera.layout.size(page), camera.rotation)


def in_view(canvas: PageCanvas, page: int, rect: Rect) -> QRectF:
    """Where a rectangle of a page is in the view, logical pixels."""
    first = QPointF(*canvas.camera.view_point(Spot(page, rect[0], rect[1])))
    second = QPointF(*canvas.camera.view_point(Spot(page, rect[2], rect[3])))
    return QRectF(first / canvas.ratio, second / canvas.ratio).normalized()


def seen_of(canvas: PageCanvas, rects: Iterable[QRectF]) -> QRectF:
    """The box around what is in view of some rectangles; empty when nothing is."""
    view = QRectF(canvas.viewport().rect())
    whole = QRectF()
    for rect in rects:
        shown = rect & view
        if not shown.isEmpty():
            whole = shown if whole.isNull() else whole | shown
    return whole


def pixels(canvas: PageCanvas, count: float) -> float:
    """So many logical pixels in points of a page."""
    return count * canvas.ratio / canvas.camera.scale
