"""Lines of a pen as they are drawn: smoothed, and as wide as the pen was pressed.

Points are x, y, pressure, as in `Stroke`.
"""

from __future__ import annotations

from math import cos, hypot, pi, sin

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

from reader.domain.marking import PenPoint, Stroke

_STEP = 2.5  # points between the places at which a curve is sampled
_CAP = 5  # corners of half a round end
_CLOSE = 0.35  # points; what a hand moves less than this is trembling
_THIN = 0.25  # of the width, of a pen that hardly touches


def simplified(stroke: Stroke, within: float = _CLOSE) -> Stroke:
    """A stroke without the points a straight line to the next one passes by (Douglas-Peucker)."""
    if len(stroke) < 3:
        return stroke
    keep = {0, len(stroke) - 1}
    parts = [(0, len(stroke) - 1)]
    while parts:
        low, high = parts.pop()
        far, at = within, -1
        for index in range(low + 1, high):
            away = _away(stroke[index], stroke[low], stroke[high])
            away = max(away, abs(stroke[index][2] - stroke[low][2]) * 3 if high - low > 12 else 0)
            if away > far:
                far, at = away, index
        if at > 0:
            keep.add(at)
            parts += [(low, at), (at, high)]
    return tuple(stroke[index] for index in sorted(keep))


def _away(point: PenPoint, one: PenPoint, other: PenPoint) -> float:
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = hypot(dx, dy)
    if length < 1e-9:
        return hypot(point[0] - one[0], point[1] - one[1])
    return abs(dy * (point[0] - one[0]) - dx * (point[1] - one[1])) / length


def even(stroke: Stroke) -> bool:
    """Whether a stroke is of one width: drawn with a mouse."""
    return all(abs(point[2] - stroke[0][2]) < 0.02 for point in stroke)


def centre_line(stroke: Stroke) -> QPainterPath:
    """The smoothed line itself, for a pen of one width."""
    path = QPainterPath(QPointF(*stroke[0][:2]))
    if len(stroke) == 1:
        path.lineTo(stroke[0][0] + 0.01, stroke[0][1])
    for before, one, other, after in _fours(stroke):
        # A Catmull-Rom spline's piece as a Bézier curve.
        first = one[0] + (other[0] - before[0]) / 6, one[1] + (other[1] - before[1]) / 6
        second = other[0] - (after[0] - one[0]) / 6, other[1] - (after[1] - one[1]) / 6
        path.cubicTo(*first, *second, other[0], other[1])
    return path


def outline(stroke: Stroke, width: float) -> QPainterPath:
    """The inked area of a stroke that is `width` wide at full pressure."""
    points = _sampled(stroke)
    path = QPainterPath()
    path.setFillRule(path.fillRule().WindingFill)
    if len(points) == 1:
        x, y, pressure = points[0]
        radius = _half(width, pressure)
        path.addEllipse(QPointF(x, y), radius, radius)
        return path
    left: list[QPointF] = []
    right: list[QPointF] = []
    for at, (x, y, pressure) in enumerate(points):
        before, after = points[max(at - 1, 0)], points[min(at + 1, len(points) - 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = hypot(dx, dy) or 1.0
        half = _half(width, pressure)
        across = (-dy / length * half, dx / length * half)
        left.append(QPointF(x + across[0], y + across[1]))
        right.append(QPointF(x - across[0], y - across[1]))
    end = _cap(points[-1], left[-1])
    start = _cap(points[0], right[0])
    path.addPolygon(QPolygonF([*left, *end, *reversed(right), *start]))
    path.closeSubpath()
    return path


def _half(width: float, pressure: float) -> float:
    return width / 2 * (_THIN + (1 - _THIN) * pressure) if pressure < 1 else width / 2


def _cap(end: PenPoint, begin: QPointF) -> list[QPointF]:
    """Half a circle around an end, clockwise on the page from a point of its edge."""
    dx, dy = begin.x() - end[0], begin.y() - end[1]
    turns = [-pi * step / (_CAP + 1) for step in range(1, _CAP + 1)]
    return [
        QPointF(
            end[0] + dx * cos(turn) - dy * sin(turn),
            end[1] + dx * sin(turn) + dy * cos(turn),
        )
        for turn in turns
    ]


def _fours(stroke: Stroke) -> list[tuple[PenPoint, PenPoint, PenPoint, PenPoint]]:
    """Each piece of a stroke with its neighbours."""
    last = len(stroke) - 1
    return [
        (stroke[max(at - 1, 0)], stroke[at], stroke[at + 1], stroke[min(at + 2, last)])
        for at in range(last)
    ]


def _sampled(stroke: Stroke) -> list[PenPoint]:
    """Points along the smoothed line, close enough to be joined straight."""
    points: list[PenPoint] = [stroke[0]]
    for before, one, other, after in _fours(stroke):
        steps = max(int(hypot(other[0] - one[0], other[1] - one[1]) / _STEP), 1)
        for step in range(1, steps + 1):
            t = step / steps
            points.append(
                (
                    _between(before[0], one[0], other[0], after[0], t),
                    _between(before[1], one[1], other[1], after[1], t),
                    one[2] + (other[2] - one[2]) * t,
                )
            )
    return points


def _between(before: float, one: float, other: float, after: float, t: float) -> float:
    """A Catmull-Rom spline's value at `t` of the piece from `one` to `other`."""
    return 0.5 * (
        2 * one
        + (other - before) * t
        + (2 * before - 5 * one + 4 * other - after) * t * t
        + (3 * one - before - 3 * other + after) * t * t * t
    )
