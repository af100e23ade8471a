"""A rectangle of a page as it is drawn, led and painted."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from reader.domain.annotation import Rect
from reader.domain.value import dataclass
from reader.ui.viewer.camera import Camera, Spot
from reader.ui.viewer.feature import PageView

_SMALLEST = 4.0  # points; anything smaller was a click


@dataclass(frozen=True, slots=True)
class Band:
    """A rectangle between two corners (points of the page, within it)."""

    page: int
    size: tuple[float, float]
    fixed: tuple[float, float]
    led: tuple[float, float]

    @property
    def rect(self) -> Rect:
        (x0, y0), (x1, y1) = self.fixed, self.led
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    @property
    def real(self) -> bool:
        """Whether it is large enough to be meant."""
        x0, y0, x1, y1 = self.rect
        return x1 - x0 >= _SMALLEST and y1 - y0 >= _SMALLEST

    def lead_to(self, x: float, y: float) -> Band:
        """The band with its free corner elsewhere, kept on the page."""
        return Band(self.page, self.size, self.fixed, _inside(self.size, x, y))

    def moved(self, dx: float, dy: float) -> Band:
        """The band elsewhere, of the same size."""
        x0, y0, x1, y1 = self.rect
        dx = min(max(dx, -x0), self.size[0] - x1)
        dy = min(max(dy, -y0), self.size[1] - y1)
        (fx, fy), (lx, ly) = self.fixed, self.led
        return Band(self.page, self.size, (fx + dx, fy + dy), (lx + dx, ly + dy))


def begin(page: int, size: tuple[float, float], x: float, y: float) -> Band:
    """A band without extent at a place."""
    corner = _inside(size, x, y)
    return Band(page, size, corner, corner)


def on_screen(camera: Camera, band: Band) -> QRectF:
    """Where the band is in the view, device pixels."""
    x0, y0, x1, y1 = band.rect
    first = QPointF(*camera.view_point(Spot(band.page, x0, y0)))
    second = QPointF(*camera.view_point(Spot(band.page, x1, y1)))
    return QRectF(first, second).normalized()


def paint(painter: QPainter, view: PageView, band: Band, color: QColor) -> None:
    """A hairline with firm corners over a page that is a little darker around it."""
    area = view.rect(band.rect)
    shade = QColor(0, 0, 0, 30)
    for part in _around(view.place, area):
        painter.fillRect(part, shade)
    width = max(1, round(view.ratio))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawRect(QRectF(area).adjusted(-width / 2, -width / 2, width / 2, width / 2))


def _around(outer: QRect, inner: QRect) -> tuple[QRect, ...]:
    left, right = outer.left(), outer.right()
    return (
        QRect(left, outer.top(), outer.width(), inner.top() - outer.top()),
        QRect(left, inner.bottom() + 1, outer.width(), outer.bottom() - inner.bottom()),
        QRect(left, inner.top(), inner.left() - left, inner.height()),
        QRect(inner.right() + 1, inner.top(), right - inner.right(), inner.height()),
    )


def _inside(size: tuple[float, float], x: float, y: float) -> tuple[float, float]:
    return min(max(x, 0.0), size[0]), min(max(y, 0.0), size[1])
