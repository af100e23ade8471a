"""How a place found looks in a list: its page, then its line with the place marked."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reader.pdf.protocol import HitLine
from reader.ui.theme import Theme

LABEL_ROLE = Qt.ItemDataRole.UserRole + 1  # the page's name
LINE_ROLE = Qt.ItemDataRole.UserRole + 2  # HitLine, None while it is not known
HEADING_ROLE = Qt.ItemDataRole.UserRole + 3  # a document's title, where the row is one

ROW_HEIGHT = 30
_SIDE = 12
_LABEL = 38
_GAP = 8
_BEFORE = 0.4  # share of the width that what stands before the place may take at least
_KEPT = 400  # lines whose cut is kept
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class _Laid(NamedTuple):
    """What is seen of a line in some width: before the place, the place, and after it."""

    before: str
    place: str
    after: str
    start: int  # pixels
    width: int


class RowPainter(QStyledItemDelegate):
    """Paints plain text only, whatever the file says."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._font = QFont()
        self._font.setPixelSize(12)
        self._strong = QFont(self._font)
        self._strong.setWeight(QFont.Weight.DemiBold)
        self._plain, self._bold = QFontMetrics(self._font), QFontMetrics(self._strong)
        # A list that grows is painted several times, and most of its rows stay.
        self._laid: dict[tuple[HitLine, int], _Laid] = {}

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        del index
        return QSize(option.rect.width(), ROW_HEIGHT)  # pyright: ignore[reportAttributeAccessIssue]

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        if heading := index.data(HEADING_ROLE):
            self._heading(painter, rect, heading)
        else:
            self._background(painter, option, rect)
            painter.setFont(self._font)
            painter.setPen(self._theme.color("muted"))
            label = QRect(rect.left() + _SIDE, rect.top(), _LABEL, rect.height())
            right = int(Qt.AlignmentFlag.AlignRight) | _MIDDLE
            name = str(index.data(LABEL_ROLE))
            name = self._plain.elidedText(name, Qt.TextElideMode.ElideRight, _LABEL)
            painter.drawText(label, right, name)
            line = index.data(LINE_ROLE)
            if isinstance(line, HitLine):
                self._line(painter, rect.adjusted(_SIDE + _LABEL + _GAP, 0, -_SIDE, 0), line)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, title: str) -> None:
        painter.fillRect(rect, self._theme.color("pane"))
        painter.setFont(self._strong)
        painter.setPen(self._theme.color("text"))
        inner = rect.adjusted(_SIDE, 0, -_SIDE, 0)
        text = self._bold.elidedText(title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, _MIDDLE, text)

    def _background(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.color("hover"))

    def _line(self, painter: QPainter, rect: QRect, line: HitLine) -> None:
        laid = self._lay(line, rect.width())
        left, height = rect.left() + laid.start, self._plain.height()
        mark = QRect(left, rect.center().y() - height // 2, laid.width, height + 1)
        painter.fillRect(mark, self._theme.color("find_hit"))
        painter.setPen(self._theme.color("text"))
        painter.setFont(self._font)
        painter.drawText(rect, _MIDDLE, laid.before)
        rest = rect.adjusted(laid.start + laid.width, 0, 0, 0)
        painter.drawText(rest, _MIDDLE, laid.after)
        painter.setFont(self._strong)
        painter.drawText(
            QRect(left, rect.top(), laid.width + 1, rect.height()), _MIDDLE, laid.place
        )

    def _lay(self, line: HitLine, width: int) -> _Laid:
        """Cut a line to a width so that the place stays in it."""
        known = self._laid.get((line, width))
        if known is not None:
            return known
        plain, right = self._plain, Qt.TextElideMode.ElideRight
        before, after = line.text[: line.start], line.text[line.end :]
        place = self._bold.elidedText(line.text[line.start : line.end], right, width)
        wide = self._bold.horizontalAdvance(place)
        rest = width - wide
        room = max(rest - plain.horizontalAdvance(after), min(round(width * _BEFORE), rest))
        before = plain.elidedText(before, Qt.TextElideMode.ElideLeft, room)
        start = plain.horizontalAdvance(before)
        after = plain.elidedText(after, right, max(rest - start, 0))
        if len(self._laid) >= _KEPT:
            self._laid.clear()
        self._laid[line, width] = laid = _Laid(before, place, after, start, wide)
        return laid
