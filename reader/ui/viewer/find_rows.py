"""How a place found looks in a list: its page, then its line with the place marked."""

from __future__ import annotations

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
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class RowPainter(QStyledItemDelegate):
    """Paints plain text only, whatever the file says."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

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
        font = QFont(painter.font())
        font.setPixelSize(12)
        if heading := index.data(HEADING_ROLE):
            font.setWeight(QFont.Weight.DemiBold)
            self._heading(painter, rect, font, heading)
        else:
            self._background(painter, option, rect)
            painter.setFont(font)
            painter.setPen(self._theme.color("muted"))
            label = QRect(rect.left() + _SIDE, rect.top(), _LABEL, rect.height())
            right = int(Qt.AlignmentFlag.AlignRight) | _MIDDLE
            metrics = QFontMetrics(font)
            name = metrics.elidedText(
                str(index.data(LABEL_ROLE)), Qt.TextElideMode.ElideRight, _LABEL
            )
            painter.drawText(label, right, name)
            line = index.data(LINE_ROLE)
            if isinstance(line, HitLine):
                self._line(painter, rect.adjusted(_SIDE + _LABEL + _GAP, 0, -_SIDE, 0), font, line)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, font: QFont, title: str) -> None:
        painter.fillRect(rect, self._theme.color("pane"))
        painter.setFont(font)
        painter.setPen(self._theme.color("text"))
        inner = rect.adjusted(_SIDE, 0, -_SIDE, 0)
        text = QFontMetrics(font).elidedText(title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, _MIDDLE, text)

    def _background(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.color("hover"))

    def _line(self, painter: QPainter, rect: QRect, font: QFont, line: HitLine) -> None:
        strong = QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)
        plain, bold = QFontMetrics(font), QFontMetrics(strong)
        before, after = line.text[: line.start], line.text[line.end :]
        place = bold.elidedText(
            line.text[line.start : line.end], Qt.TextElideMode.ElideRight, rect.width()
        )
        width = bold.horizontalAdvance(place)
        rest = rect.width() - width
        room = max(rest - plain.horizontalAdvance(after), min(round(rect.width() * _BEFORE), rest))
        before = plain.elidedText(before, Qt.TextElideMode.ElideLeft, room)
        left = rect.left()
        painter.setPen(self._theme.color("text"))
        painter.setFont(font)
        painter.drawText(rect, _MIDDLE, before)
        left += plain.horizontalAdvance(before)
        height = plain.height()
        mark = QRect(left, rect.center().y() - height // 2, width, height + 1)
        painter.fillRect(mark, self._theme.color("find_hit"))
        painter.setFont(strong)
        painter.drawText(QRect(left, rect.top(), width + 1, rect.height()), _MIDDLE, place)
        left += width
        painter.setFont(font)
        after = plain.elidedText(after, Qt.TextElideMode.ElideRight, rect.right() - left)
        painter.drawText(
            QRect(left, rect.top(), rect.right() - left, rect.height()), _MIDDLE, after
        )
