"""How a list row looks: title, then a second line that always says something.

    * Title in semibold while unread
      3  Gu, Zhang, Berthelot · NeurIPS · 2025        method  PDF  note  *

Everything is painted from theme roles on whole device pixels; a row costs no
widget, no rich text and no layout.
"""

from __future__ import annotations

from string import ascii_letters

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reader.domain.lists import Row
from reader.ui.icons import icon
from reader.ui.models.papers import ROW_ROLE, SECTION_ROLE, Index
from reader.ui.theme import Theme
from reader.ui.widgets.kept_lines import KeptLines

ROW_HEIGHT = 54
SECTION_HEIGHT = 30
_LEFT = 26
_RIGHT = 14
_DOT = 7
_GAP = 8
_ICON = 14
_MOST_TAGS = 2
_TAG = 84  # of a tag's name
_TRACK, _THIN = 28, 3  # of the mark of progress
_WORDS = 0.6  # of the second line, which the names of tags leave to its words


class RowDelegate(QStyledItemDelegate):
    """Paints papers and section headings."""

    def __init__(self, theme: Theme, parent: QStyledItemDelegate | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.show_position = False
        self._unread = KeptLines(self, 13, QFont.Weight.DemiBold)
        self._title = KeptLines(self, 13)
        self._second = KeptLines(self, 12)
        self._heading = KeptLines(self, 12, QFont.Weight.DemiBold)

    def rehearse(self) -> None:
        """Paint what rows are made of where nobody sees it: the first loads fonts and classes."""
        picture = QPixmap(ROW_HEIGHT, ROW_HEIGHT)
        painter = QPainter(picture)
        painter.fillRect(picture.rect(), self._theme.color("selection"))
        self._state(painter, picture.rect(), "reading")
        for lines in (self._unread, self._title, self._second, self._heading):
            painter.setPen(self._theme.color("text"))
            lines.draw(painter, picture.rect(), ascii_letters)
        painter.end()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = SECTION_HEIGHT if index.data(SECTION_ROLE) else ROW_HEIGHT
        return QSize(option.rect.width(), height)  # pyright: ignore[reportAttributeAccessIssue]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        if title := index.data(SECTION_ROLE):
            self._section(painter, rect, title)
        else:
            self._background(painter, option, rect)
            row = index.data(ROW_ROLE)
            if isinstance(row, Row):
                self._row(painter, rect, row)
            else:
                self._placeholder(painter, rect)
        painter.restore()

    def _section(self, painter: QPainter, rect: QRect, title: str) -> None:
        painter.fillRect(rect, self._theme.color("pane"))
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(self._theme.color("muted"))
        self._heading.draw(painter, rect.adjusted(_LEFT, 0, -_RIGHT, 0), title)

    def _background(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("selection"))
            if state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), self._accent())
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.color("hover"))
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _accent(self) -> QColor:
        return self._theme.color("accent")

    def _placeholder(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("hover"))
        width = rect.width() - _LEFT - _RIGHT
        for top, share in ((14, 0.7), (34, 0.4)):
            bar = QRect(rect.left() + _LEFT, rect.top() + top, int(width * share), 8)
            painter.drawRoundedRect(bar, 4, 4)

    def _row(self, painter: QPainter, rect: QRect, row: Row) -> None:
        unread = row.reading_state == "unread"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._state(painter, rect, row.reading_state)
        painter.setPen(self._theme.color("text"))
        title = QRect(rect.left() + _LEFT, rect.top() + 8, rect.width() - _LEFT - _RIGHT, 20)
        (self._unread if unread else self._title).draw(painter, title, _one_line(row.title))
        second = QRect(title.left(), title.bottom() + 2, title.width(), 18)
        left = second.left()
        right = self._marks(painter, second, row)
        if self.show_position and row.position is not None:
            painter.setPen(self._theme.color("faint"))
            position = str(row.position)
            self._second.draw(painter, second, position)
            left += max(self._second.width(position) + 8, 22)
        painter.setPen(self._theme.color("muted"))
        room = QRect(left, second.top(), right - left - _GAP, second.height())
        self._second.draw(painter, room, second_line(row))

    def _state(self, painter: QPainter, rect: QRect, state: str) -> None:
        """A dot for unread, a ring half filled for reading, nothing for read."""
        if state == "read":
            return
        box = QRectF(rect.left() + 11, rect.top() + 18 - _DOT / 2, _DOT, _DOT)
        painter.setBrush(self._accent() if state == "unread" else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._accent(), 1.2))
        painter.drawEllipse(box)
        if state == "reading":
            painter.setBrush(self._accent())
            painter.drawPie(box, 90 * 16, 180 * 16)

    def _marks(self, painter: QPainter, line: QRect, row: Row) -> int:
        """Star, note, PDF and tags from the right; where they begin."""
        right = line.right()
        for shown, role, color in (
            (row.starred, "star-filled", "star"),
            (row.has_note, "note", "muted"),
            (row.has_pdf, "warn" if row.lost else "pdf", "warn" if row.lost else "muted"),
        ):
            if shown:
                right -= _ICON
                place = QRect(
                    QPoint(right, line.center().y() - _ICON // 2 + 1), QSize(_ICON, _ICON)
                )
                icon(role, color).paint(painter, place)
                right -= _GAP - 2
            if role in ("pdf", "warn") and row.progress > 0:
                right = self._progress(painter, right, line.center().y() + 1, row.progress)
        least = line.left() + int(line.width() * _WORDS)
        for tag in row.tags[:_MOST_TAGS]:
            width = min(self._second.width(tag.name), _TAG)
            if right - width - _GAP >= least:  # else its dot says that there is one
                right -= width
                painter.setPen(self._theme.color("muted"))
                place = QRect(right, line.top(), width, line.height())
                self._second.draw(painter, place, tag.name)
            right -= 11
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(f"tag{tag.color}"))
            painter.drawEllipse(QRectF(right, line.center().y() - 3, 7, 7))
            right -= _GAP
        return right

    def _progress(self, painter: QPainter, right: int, middle: int, share: float) -> int:
        """A short line, filled as far as the PDF was read; where what is left of it ends."""
        left = right - _TRACK
        painter.setPen(Qt.PenStyle.NoPen)
        for role, width in (("control_line", _TRACK), ("muted", max(_TRACK * share, _THIN))):
            painter.setBrush(self._theme.color(role))
            painter.drawRoundedRect(QRectF(left, middle - _THIN / 2, width, _THIN), 1.5, 1.5)
        return left - _GAP


def second_line(row: Row) -> str:
    """The reader's remark; authors, venue or page, date; else the abstract's first words."""
    parts = [row.remark, row.authors, row.venue, row.published[:4]]
    if row.remark and not row.authors:
        parts = [row.remark, row.venue, row.published[:4]]
    elif not row.authors:
        parts = [row.venue, row.published[:4], row.snippet]
    return _one_line(" · ".join(part for part in parts if part))


def _one_line(text: str) -> str:
    return " ".join(text.split())
