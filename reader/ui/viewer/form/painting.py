"""Fields on the page: a light tint, and what was entered."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from reader.pdf.protocol import FormField
from reader.ui.page_themes import PageTheme
from reader.ui.theme import FAMILY
from reader.ui.viewer.feature import PageView
from reader.ui.viewer.form.state import FormState, fillable

_TINT, _GLOW = QColor("#e3ebff"), QColor("#1b2547")  # laid over light paper, over dark
_RING = QColor("#3b5bdb")
_REQUIRED = QColor("#d9480f")
_FILLED = 0.09, 0.3  # of the ring's colour in the paper of an entry, light and dark
_LARGEST = 12.0  # points
_BORDER = 1.0  # points; what programs that make forms draw around a field


def text_size(field: FormField) -> float:
    """The size of an entry's letters, in points."""
    height = field.rect[3] - field.rect[1]
    return min(_LARGEST, max(height * 0.68, 4.0)) if not field.multiline else 10.0


def paint(painter: QPainter, view: PageView, state: FormState, focus: FormField | None) -> None:
    """Paint the fields of a page."""
    for field in state.pages.get(view.page, ()):
        if not fillable(field):
            continue
        place = QRectF(view.rect(field.rect))
        if state.changed(field):
            painter.fillRect(_inside(view, place), filled(view.colors))
            _entry(painter, view, state, field, place)
        else:
            painter.setCompositionMode(view.colors.blend)  # what the page shows stays readable
            painter.fillRect(place, _GLOW if view.colors.dark else _TINT)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        if field.required and not state.value(field):
            _frame(painter, view, place, _REQUIRED)
        if field is focus:
            _frame(painter, view, place, _RING)


def _inside(view: PageView, place: QRectF) -> QRectF:
    """Where an entry lies over what the file shows: within the field's own border."""
    edge = max(1.0, math.ceil(min(_BORDER * view.scale, min(place.width(), place.height()) / 8)))
    return place.adjusted(edge, edge, -edge, -edge)


def filled(colors: PageTheme) -> QColor:
    """The paper under an entry, whatever the page's own is."""
    share = _FILLED[colors.dark]
    paper, ring = colors.paper, _RING
    parts = (
        (paper.red(), ring.red()),
        (paper.green(), ring.green()),
        (paper.blue(), ring.blue()),
    )
    return QColor(*(round(one + (other - one) * share) for one, other in parts))


def _frame(painter: QPainter, view: PageView, place: QRectF, color: QColor) -> None:
    width = max(1.0, round(1.5 * view.ratio))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, width))
    painter.drawRect(place.adjusted(-width / 2, -width / 2, width / 2, width / 2))


def _entry(
    painter: QPainter, view: PageView, state: FormState, field: FormField, place: QRectF
) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if field.kind in ("checkbox", "radio"):
        if state.is_on(field):
            _mark(painter, field, place, view.colors.ink)
    else:
        value = "•" * len(state.value(field)) if field.password else state.value(field)
        font = QFont(FAMILY)
        font.setPixelSize(max(1, round(text_size(field) * view.scale)))
        painter.setFont(font)
        painter.setPen(view.colors.ink)
        pad = 2 * view.scale
        top = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        flags = top if field.multiline or field.multiple else middle
        painter.save()
        painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
        painter.drawText(place.adjusted(pad, 0, -pad, 0), int(flags), value)
        painter.restore()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _mark(painter: QPainter, field: FormField, place: QRectF, ink: QColor) -> None:
    side = min(place.width(), place.height())
    centre = place.center()
    if field.kind == "radio":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(centre, side * 0.24, side * 0.24)
        return
    pen = QPen(ink, max(side * 0.12, 1.0))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    corner = QPointF(centre.x() - side * 0.06, centre.y() + side * 0.22)
    painter.drawPolyline(
        [
            centre + QPointF(-side * 0.26, side * 0.02),
            corner,
            centre + QPointF(side * 0.28, -side * 0.24),
        ]
    )
