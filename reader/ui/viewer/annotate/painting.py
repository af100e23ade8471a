"""Painting annotations over a page, in view space points that the painter turns and scales.

What an annotation is drawn with is made once and kept while it stays the same,
whatever the zoom.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from reader.domain.annotation import PageGeometry, Rect
from reader.domain.marking import Annotation, Kind, Part
from reader.domain.value import dataclass
from reader.ui.viewer.annotate import inks, strokes
from reader.ui.viewer.annotate.shapes import NOTE_SIDE, SIZES, Shape, overlaps, seen
from reader.ui.viewer.feature import PageView

_KEPT = 20_000  # annotations whose drawing is kept
_HIGHEST_LETTER = 30.0  # points
_HEAD = 4.0  # the length of an arrow's head, in widths of its line, and 4 points
_DOT = 2.2  # radius of the mark of a comment
PAD = 2.0  # points between a free text and its box


@dataclass(slots=True)
class Drawing:
    """What a part of an annotation is drawn with: an area to fill, a line to follow."""

    annotation: Annotation
    shape: Shape
    box: Rect
    fill: QPainterPath | None = None
    line: QPainterPath | None = None
    width: float = 1.0
    upright: bool = False  # a mark of boxes along the page's edges: it needs no smooth edges


@dataclass(slots=True)
class Drawings:
    """Drawings by annotation and page, made when they are first wanted."""

    _kept: dict[tuple[str, int], Drawing] = field(default_factory=dict)

    def of(self, one: Annotation, page: int, geometry: PageGeometry) -> Drawing | None:
        """What an annotation is drawn with on a page; None where nothing of it is."""
        key = one.uid, page
        known = self._kept.get(key)
        if known is not None and known.annotation is one:
            return known
        part = one.on(page)
        if part is None:
            return None
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        made = self._kept[key] = drawing(one, part, geometry)
        return made

    def clear(self) -> None:
        """Forget all: another document is shown."""
        self._kept.clear()


def drawing(one: Annotation, part: Part, geometry: PageGeometry) -> Drawing:
    """Make what a part of an annotation is drawn with."""
    shape = seen(one.kind, part, geometry)
    return drawing_of(one, shape, part if one.kind.on_text else None, geometry)


def drawing_of(
    one: Annotation, shape: Shape, part: Part | None = None, geometry: PageGeometry | None = None
) -> Drawing:
    """Make what a shape is drawn with, also one that is still being led."""
    width = one.size or SIZES.get(one.kind, 1.0)
    x0, y0, x1, y1 = shape.box
    pad = width * (_HEAD if one.kind is Kind.ARROW else 1) + 4
    made = Drawing(one, shape, (x0 - pad, y0 - pad, x1 + pad, y1 + pad), width=width)
    match one.kind:
        case Kind.HIGHLIGHT:
            made.fill = _lines_filled(shape, part, geometry)
            made.upright = part is None or all(
                quad[1] == quad[3] and quad[0] == quad[4] for quad in part.quads
            )
        case Kind.UNDERLINE | Kind.STRIKEOUT | Kind.SQUIGGLY:
            made.line = line = QPainterPath()
            turned = geometry is not None and geometry.rotation == 90
            for rect in shape.rects:
                line.addPath(_along(one.kind, rect, leftwards=turned))
            heights = [min(rect[2] - rect[0], rect[3] - rect[1]) for rect in shape.rects]
            made.width = max(0.07 * sum(heights) / len(heights), 0.7)
        case Kind.INK:
            made.fill, made.line = _inked(shape, width)
        case Kind.RECTANGLE | Kind.AREA:
            made.line = line = QPainterPath()
            line.addRect(QRectF(QPointF(x0, y0), QPointF(x1, y1)))
        case Kind.ELLIPSE:
            made.line = line = QPainterPath()
            line.addEllipse(QRectF(QPointF(x0, y0), QPointF(x1, y1)))
        case Kind.LINE | Kind.ARROW:
            made.line, made.fill = _straight(shape, width)
        case _:
            pass
    return made


def _lines_filled(shape: Shape, part: Part | None, geometry: PageGeometry | None) -> QPainterPath:
    """The words' area in one piece, so that lines that overlap are not marked twice."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    if part is not None and geometry is not None:
        for quad in part.quads:
            corners = [QPointF(*geometry.to_view(quad[i], quad[i + 1])) for i in (0, 2, 6, 4)]
            path.addPolygon(QPolygonF(corners))
            path.closeSubpath()
        return path
    for x0, y0, x1, y1 in shape.rects:
        path.addRect(x0, y0, x1 - x0, y1 - y0)
    return path


def _along(kind: Kind, rect: Rect, *, leftwards: bool) -> QPainterPath:
    """The line under or through a line of text: the long way of its box.

    Of text that runs up or down the page, `leftwards` says on which side its foot is.
    """
    x0, y0, x1, y1 = rect
    if not _upright(rect):
        return _level(kind, x1 - x0, y1 - y0).translated(x0, y0)
    path = _level(kind, y1 - y0, x1 - x0)
    turn = QTransform(0, 1, -1, 0, x1, y0) if leftwards else QTransform(0, -1, 1, 0, x0, y1)
    return turn.map(path)


def _upright(rect: Rect) -> bool:
    """Whether a line of text runs up or down: a single letter is high and narrow too, but short."""
    x0, y0, x1, y1 = rect
    return y1 - y0 > max(2 * (x1 - x0), _HIGHEST_LETTER)


def _level(kind: Kind, length: float, height: float) -> QPainterPath:
    if kind is Kind.STRIKEOUT:
        path = QPainterPath(QPointF(0, height * 0.56))
        path.lineTo(length, height * 0.56)
        return path
    y = height * 0.93
    path = QPainterPath(QPointF(0, y))
    if kind is Kind.UNDERLINE:
        path.lineTo(length, y)
        return path
    step = max(height * 0.16, 1.2)
    count = max(round(length / step), 1)
    for at in range(1, count + 1):
        path.lineTo(length * at / count, y - (step * 0.7 if at % 2 else 0))
    return path


def _inked(shape: Shape, width: float) -> tuple[QPainterPath, QPainterPath]:
    fill, line = QPainterPath(), QPainterPath()
    fill.setFillRule(Qt.FillRule.WindingFill)
    for stroke in shape.strokes:
        if strokes.even(stroke) and stroke[0][2] >= 1:
            line.addPath(strokes.centre_line(stroke))
        else:
            fill.addPath(strokes.outline(stroke, width))
    return fill, line


def _straight(shape: Shape, width: float) -> tuple[QPainterPath, QPainterPath | None]:
    start, end = QPointF(*shape.strokes[0][0][:2]), QPointF(*shape.strokes[0][-1][:2])
    if shape.kind is Kind.LINE:
        path = QPainterPath(start)
        path.lineTo(end)
        return path, None
    way = QLineF(end, start)
    length = max(way.length(), 0.01)
    head = min(_HEAD * width + 4, length)
    along = QPointF(way.dx() / length, way.dy() / length)
    across = QPointF(-along.y(), along.x())
    back = end + along * head
    path = QPainterPath(start)
    path.lineTo(end + along * head * 0.8)  # the line's end must not show beyond the tip
    tip = QPainterPath(end)
    tip.lineTo(back + across * head * 0.42)
    tip.lineTo(back - across * head * 0.42)
    tip.closeSubpath()
    return path, tip


def transform(view: PageView) -> QTransform:
    """From view space points of a page to device pixels of the view."""
    origin = view.exact((0.0, 0.0, 0.0, 0.0)).topLeft()
    right = view.exact((1.0, 0.0, 1.0, 0.0)).topLeft() - origin
    down = view.exact((0.0, 1.0, 0.0, 1.0)).topLeft() - origin
    return QTransform(right.x(), right.y(), down.x(), down.y(), origin.x(), origin.y())


def paint(painter: QPainter, view: PageView, wanted: Iterable[Drawing]) -> None:
    """Paint drawings over a page; what lies outside of what is painted is left out."""
    turn = transform(view)
    clip = turn.inverted()[0].mapRect(painter.clipBoundingRect())
    bounds = clip.left(), clip.top(), clip.right(), clip.bottom()
    painter.save()
    painter.setTransform(turn, combine=True)
    smooth = False
    for made in wanted:
        if overlaps(made.box, bounds):
            if smooth is made.upright:
                smooth = not made.upright
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=smooth)
            _paint_one(painter, view, made)
    painter.restore()


def _paint_one(painter: QPainter, view: PageView, made: Drawing) -> None:
    one, colors = made.annotation, view.colors
    match one.kind:
        case Kind.HIGHLIGHT:
            assert made.fill is not None
            painter.setCompositionMode(colors.blend)
            painter.fillPath(made.fill, inks.felt(one.color, colors))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        case Kind.NOTE:
            _paint_note(painter, made, inks.line(one.color, colors), view)
        case Kind.TEXT:
            _paint_text(painter, made, view)
        case Kind.AREA:
            tint = QColor(inks.line(one.color, colors))
            tint.setAlpha(26)
            x0, y0, x1, y1 = made.shape.box
            painter.fillRect(QRectF(x0, y0, x1 - x0, y1 - y0), tint)
            _stroke(painter, made, inks.line(one.color, colors), dashed=True)
        case Kind.SQUIGGLY:
            _wave(painter, made, inks.line(one.color, colors), view.scale)
        case _:
            color = inks.line(one.color, colors)
            if made.line is not None:
                _stroke(painter, made, color)
            if made.fill is not None:
                painter.fillPath(made.fill, color)
    if one.comment and one.kind not in (Kind.NOTE, Kind.TEXT):
        _paint_dot(painter, made, inks.line(one.color, colors), colors.paper)


def _wave(painter: QPainter, made: Drawing, color: QColor, scale: float) -> None:
    """A squiggly line as hairlines next to each other.

    Qt draws a zigzag that is wider than a pixel 25 times as slowly as one that is not.
    """
    pen = QPen(color, 1)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    upright = _upright(made.shape.rects[0])
    path = made.line or QPainterPath()
    for number in range(max(round(made.width * scale), 1)):
        away = number / scale
        painter.strokePath(path.translated(away, 0) if upright else path.translated(0, away), pen)


def _stroke(painter: QPainter, made: Drawing, color: QColor, *, dashed: bool = False) -> None:
    pen = QPen(color, made.width)
    on_text = made.annotation.kind.on_text
    cap = Qt.PenCapStyle.FlatCap if on_text or dashed else Qt.PenCapStyle.RoundCap
    pen.setCapStyle(cap)
    sharp = made.annotation.kind in (Kind.RECTANGLE, Kind.AREA)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin if sharp else Qt.PenJoinStyle.RoundJoin)
    if dashed:
        pen.setDashPattern([4, 3])
    painter.strokePath(made.line or QPainterPath(), pen)


def _paint_dot(painter: QPainter, made: Drawing, color: QColor, paper: QColor) -> None:
    """The mark of a comment: a dot at the upper left corner."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    first = made.shape.rects[0] if made.shape.rects else made.shape.box
    painter.setPen(QPen(paper, 0.8))
    painter.setBrush(color)
    painter.drawEllipse(QPointF(first[0], first[1] + 0.5), _DOT, _DOT)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=not made.upright)


def _paint_note(painter: QPainter, made: Drawing, color: QColor, view: PageView) -> None:
    """A sheet with a folded corner and lines of writing, upright however the page is turned."""
    x0, y0, x1, y1 = made.shape.box
    painter.save()
    painter.translate((x0 + x1) / 2, (y0 + y1) / 2)
    painter.rotate(-view.rotation)
    side = min(x1 - x0, y1 - y0, NOTE_SIDE) * 0.84
    half, fold = side / 2, side * 0.34
    sheet = QPainterPath(QPointF(-half, -half))
    for x, y in ((half, -half), (half, half - fold), (half - fold, half), (-half, half)):
        sheet.lineTo(x, y)
    sheet.closeSubpath()
    edge = QColor(color).darker(150)
    painter.setPen(QPen(edge, 0.9))
    painter.setBrush(color)
    painter.drawPath(sheet)
    corner = QPainterPath(QPointF(half, half - fold))
    corner.lineTo(half - fold, half - fold)
    corner.lineTo(half - fold, half)
    painter.setBrush(edge)
    painter.drawPath(corner)
    if made.annotation.comment:
        writing = QColor("#ffffff") if inks.contrast(color, QColor("#ffffff")) > 2.6 else edge
        painter.setPen(QPen(writing, 1.1))
        for row, part in ((-0.27, 1.0), (-0.02, 1.0), (0.23, 0.45)):
            left = -half * 0.62
            y = row * side
            painter.drawLine(QPointF(left, y), QPointF(left + half * 1.24 * part, y))
    painter.restore()


def text_font(size: float, family: str = "") -> QFont:
    """The letters of free text, in points of the page."""
    font = QFont(family) if family else QFont()
    font.setPixelSize(max(round(size), 1))
    return font


TEXT_FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


def _paint_text(painter: QPainter, made: Drawing, view: PageView) -> None:
    x0, y0, x1, y1 = made.shape.box
    paper = QColor(view.colors.paper)
    paper.setAlpha(215)
    painter.fillRect(QRectF(x0, y0, x1 - x0, y1 - y0), paper)
    painter.setFont(text_font(made.width))
    painter.setPen(inks.lettering(made.annotation.color, view.colors))
    inner = QRectF(x0 + PAD, y0 + PAD, x1 - x0 - 2 * PAD, y1 - y0 - 2 * PAD)
    painter.drawText(inner, TEXT_FLAGS, made.annotation.comment)
