"""What stands in a line of text and is no letter: a formula, a checkbox, a picture.

Qt makes room for an object above the baseline, or around half an x above it:
only the second lets a formula reach below the baseline.  It then draws the
object in the middle of the line; so where the baseline is, the line is asked.
"""

from __future__ import annotations

import html
from enum import IntEnum

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QPainter,
    QPen,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from reader.ui.notes.formulas import Formulas
from reader.ui.notes.rendered.images import Images
from reader.ui.theme import Theme

OBJECT = "\ufffc"
MARKERS = ("disc", "circle", "square")  # of lists without numbers, by level


class Kind(IntEnum):
    """The types of object, as Qt counts a program's own."""

    MATH = QTextFormat.ObjectTypes.UserObject.value + 1
    BOX = QTextFormat.ObjectTypes.UserObject.value + 2
    PICTURE = QTextFormat.ObjectTypes.UserObject.value + 3
    MARKER = QTextFormat.ObjectTypes.UserObject.value + 4


_TEXT = QTextFormat.Property.UserProperty.value + 1  # TeX, a picture's name
_SOURCE = QTextFormat.Property.UserProperty.value + 2  # what copying gives
_FLAG = QTextFormat.Property.UserProperty.value + 3  # displayed, ticked, to be loaded
_WIDTH = QTextFormat.Property.UserProperty.value + 4  # pixels, of what stands before an item


def made(kind: Kind, text: str, source: str, font: QFont, *, flag: bool = False) -> QTextCharFormat:
    """The format of an object character."""
    form = QTextCharFormat()
    form.setObjectType(kind.value)
    form.setFont(font)
    form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
    form.setProperty(_TEXT, text)
    form.setProperty(_SOURCE, source)
    form.setProperty(_FLAG, flag)
    return form


def before_item(
    kind: Kind, text: str, source: str, font: QFont, width: float, *, ticked: bool = False
) -> QTextCharFormat:
    """The format of a box or marker that stands before an item of a list."""
    form = made(kind, text, source, font, flag=ticked)
    form.setProperty(_WIDTH, float(width))
    return form


class Objects(QPyTextObject):
    """Measures and draws the objects of a document."""

    def __init__(self, formulas: Formulas, images: Images, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._formulas = formulas
        self._images = images
        self._theme = theme
        self.paper = ""
        self.room = 600.0  # pixels a picture may be wide

    def register(self, document: QTextDocument) -> None:
        """Draw the objects of a document from now on."""
        for kind in Kind:
            document.documentLayout().registerHandler(kind.value, self)

    def intrinsicSize(  # noqa: N802 - Qt's name
        self, document: QTextDocument, place: int, form: QTextFormat
    ) -> QSizeF:
        del document, place
        font = form.toCharFormat().font()
        text, flag = form.stringProperty(_TEXT), form.boolProperty(_FLAG)
        match form.objectType():
            case Kind.MATH.value:
                formula = self._formulas.get(text, display=flag)
                if formula is None:
                    return QSizeF(1, 1)
                size = font.pixelSize()
                half = _half_x(font)
                above = formula.ascent * size
                below = (formula.height - formula.ascent) * size
                height = max(2 * above - half, 2 * below + half)
                return QSizeF(formula.width * size, height)
            case Kind.BOX.value | Kind.MARKER.value:
                return QSizeF(form.doubleProperty(_WIDTH), font.pixelSize())
            case _:
                return self._picture_size(text, font, load=flag)

    def drawObject(  # noqa: N802 - Qt's name
        self,
        painter: QPainter,
        rect: QRectF | object,
        document: QTextDocument,
        place: int,
        form: QTextFormat,
    ) -> None:
        assert isinstance(rect, QRectF)
        font = form.toCharFormat().font()
        text, flag = form.stringProperty(_TEXT), form.boolProperty(_FLAG)
        baseline = _baseline(document, place, rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        match form.objectType():
            case Kind.MATH.value:
                color = form.foreground().color()
                self._draw_math(painter, QPointF(rect.left(), baseline), text, font, color, flag)
            case Kind.BOX.value:
                self._draw_box(painter, QPointF(rect.right(), baseline), font, ticked=flag)
            case Kind.MARKER.value:
                self._draw_marker(painter, QPointF(rect.right(), baseline), font, text)
            case _:
                rect.moveCenter(QPointF(rect.center().x(), baseline - _half_x(font)))
                self._draw_picture(painter, rect, text, font, load=flag)
        painter.restore()

    # -- math ------------------------------------------------------------

    def _draw_math(
        self, painter: QPainter, at: QPointF, tex: str, font: QFont, color: QColor, display: bool
    ) -> None:
        formula = self._formulas.get(tex, display=display)
        renderer = self._formulas.renderer(tex, color.name(), display=display)
        if formula is None or renderer is None:
            return
        size = font.pixelSize()
        top = at.y() - formula.ascent * size
        renderer.render(painter, QRectF(at.x(), top, formula.width * size, formula.height * size))

    # -- boxes -----------------------------------------------------------

    def _draw_box(self, painter: QPainter, end: QPointF, font: QFont, *, ticked: bool) -> None:
        side = round(font.pixelSize() * 0.95)
        left = end.x() - side - font.pixelSize() * 0.5
        box = QRectF(left, end.y() - font.pixelSize() * 0.36 - side / 2, side, side)
        color = self._theme.color
        painter.setPen(QPen(color("accent" if ticked else "faint"), 1.2))
        painter.setBrush(color("accent") if ticked else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
        if ticked:
            pen = QPen(color("on_accent"), side / 8)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolyline([box.topLeft() + QPointF(x * side, y * side) for x, y in _TICK])

    def _draw_marker(self, painter: QPainter, end: QPointF, font: QFont, text: str) -> None:
        """A number on the text's baseline, or the dot of a level."""
        size, color = font.pixelSize(), self._theme.color("muted")
        if text not in MARKERS:
            painter.setPen(color)
            painter.setFont(font)
            left = end.x() - size * 0.5 - QFontMetricsF(font).horizontalAdvance(text)
            painter.drawText(QPointF(left, end.y()), text)
            return
        dot = QRectF(0, 0, size * 0.34, size * 0.34)
        dot.moveCenter(QPointF(end.x() - size * 0.75, end.y() - size * 0.33))
        painter.setPen(QPen(color, 1.1))
        painter.setBrush(Qt.BrushStyle.NoBrush if text == MARKERS[1] else color)
        if text == MARKERS[2]:
            painter.drawRect(dot.adjusted(0.5, 0.5, -0.5, -0.5))
        else:
            painter.drawEllipse(dot)

    # -- pictures --------------------------------------------------------

    def _picture_size(self, name: str, font: QFont, *, load: bool) -> QSizeF:
        image = self._images.get(self.paper, name) if load else None
        if image is None:
            width = QFontMetricsF(font).horizontalAdvance(self._said(name)) + 2 * font.pixelSize()
            return QSizeF(min(width, self.room), font.pixelSize() * 2)
        ratio = min(1.0, self.room / max(1, image.width()))
        return QSizeF(image.width() * ratio, image.height() * ratio)

    def _draw_picture(
        self, painter: QPainter, rect: QRectF, name: str, font: QFont, *, load: bool
    ) -> None:
        image = self._images.get(self.paper, name) if load else None
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, image)
            return
        color = self._theme.color
        painter.setPen(QPen(color("control_line"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(color("pane"))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(color("muted"))
        painter.setFont(font)
        inner = rect.adjusted(font.pixelSize() * 0.8, 0, -font.pixelSize() * 0.8, 0)
        text = QFontMetricsF(font).elidedText(
            self._said(name), Qt.TextElideMode.ElideMiddle, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)

    def _said(self, name: str) -> str:
        return self.tr("Picture not shown: {}").format(html.unescape(name))


_TICK = ((0.24, 0.52), (0.43, 0.71), (0.77, 0.31))


def _half_x(font: QFont) -> float:
    """Half the height of an x, as Qt computes it for AlignMiddle."""
    return QFontMetrics(font).xHeight() / 2


def _baseline(document: QTextDocument, place: int, rect: QRectF) -> float:
    """The baseline of the line in whose middle Qt draws an object."""
    block = document.findBlock(place)
    line = block.layout().lineForTextPosition(place - block.position())
    if not line.isValid():
        return rect.bottom()
    return round(rect.center().y() - line.height() / 2 + line.ascent())


def plain(cursor: QTextCursor) -> str:
    """What is selected as plain text, each object as the source it was made of."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    text = cursor.selectedText().replace("\u2029", "\n").replace("\u2028", "\n")
    if OBJECT not in text:
        return text
    found: list[str] = []
    block = cursor.document().findBlock(start)
    while block.isValid() and block.position() < end:
        if found:
            found.append("\n")
        each = block.begin()
        while not each.atEnd():
            fragment = each.fragment()
            first = max(start, fragment.position()) - fragment.position()
            last = min(end, fragment.position() + fragment.length()) - fragment.position()
            if last > first:
                found.append(_said_by(fragment.text(), fragment.charFormat(), first, last))
            each += 1
        block = block.next()
    return "".join(found)


def _said_by(text: str, form: QTextCharFormat, first: int, last: int) -> str:
    """Part of a fragment, counted in UTF-16 as Qt counts."""
    if form.hasProperty(_SOURCE):
        return form.stringProperty(_SOURCE) * (last - first)
    raw = text.encode("utf-16-le", "surrogatepass")
    part = raw[2 * first : 2 * last].decode("utf-16-le", "replace")
    return part.replace("\u2028", "\n")
