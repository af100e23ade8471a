"""A row of a list of annotations: colour, kind, place, what is quoted and what was written to it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reader.domain.marking import Annotation, rgb_of
from reader.domain.value import dataclass
from reader.ui.icons import icon
from reader.ui.theme import Theme
from reader.ui.viewer.annotate.rows import ICONS, color_name, kind_name
from reader.ui.widgets.cut_lines import two_lines

Index = QModelIndex | QPersistentModelIndex

LINE = Qt.ItemDataRole.UserRole + 1  # the Line of a row, None for a heading or while it is read
HEIGHT, HEADING = 72, 30  # logical pixels
_LEFT, _RIGHT, _ABOVE = 22, 12, 8
_SEEN = 1200  # characters of a text that a row may show


@dataclass(frozen=True, slots=True)
class Line:
    """What a row shows: `where` is its page's label, `paper` a title, "" where it is known."""

    one: Annotation
    where: str
    paper: str = ""

    @property
    def words(self) -> str:
        """What it quotes, else what it is."""
        return " ".join(self.one.quote[:_SEEN].split()) or kind_name(self.one.kind)

    @property
    def comment(self) -> str:
        """What was written to it, in one line."""
        return " ".join(self.one.comment[:_SEEN].split())

    @property
    def marks(self) -> str:
        """Its card and tags."""
        card = self.one.card[:1].upper() + self.one.card[1:]
        return "  ".join(filter(None, (card, *(f"#{tag}" for tag in self.one.tags))))

    def spoken(self, meaning: str) -> str:
        """The row as it is read aloud."""
        color = meaning or color_name(self.one.color)
        parts = (kind_name(self.one.kind), color, self.where, self.paper)
        said = (*parts, self.words if self.one.quote else "", self.comment, self.marks)
        return ", ".join(filter(None, said))


class LinePainter(QStyledItemDelegate):
    """Paints plain text only, whatever a file or a reader says."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self._forget)
        self._forget()

    def _forget(self) -> None:
        self._bars: dict[str, QColor] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del index
        return QSize(option.rect.width(), HEIGHT)  # pyright: ignore[reportAttributeAccessIssue]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        line = index.data(LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line is not None:
            if state & QStyle.StateFlag.State_Selected:
                painter.fillRect(rect, self._theme.color("selection"))
            elif state & QStyle.StateFlag.State_MouseOver:
                painter.fillRect(rect, self._theme.color("hover"))
            self._paint(painter, rect, line)
        elif heading := index.data():
            font = QFont(painter.font())
            font.setPixelSize(12)
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(self._theme.color("muted"))
            place = rect.adjusted(_LEFT, 8, -_RIGHT, 0)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), heading)
        else:
            self._wait(painter, rect)
        painter.restore()

    def _wait(self, painter: QPainter, rect: QRect) -> None:
        """Quiet strokes where words will be."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("hover"))
        for row, share in enumerate((0.3, 0.8, 0.6)):
            top = rect.top() + _ABOVE + 4 + 19 * row
            painter.drawRoundedRect(QRectF(_LEFT, top, rect.width() * share - _LEFT, 8), 4, 4)

    def _paint(self, painter: QPainter, rect: QRect, line: Line) -> None:
        one = line.one
        bar = self._bars.setdefault(one.color, QColor(rgb_of(one.color)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(bar)
        painter.drawRoundedRect(QRectF(rect.left() + 10, rect.top() + 9, 4, HEIGHT - 18), 2, 2)
        font = QFont(painter.font())
        font.setPixelSize(12)
        inner = rect.adjusted(_LEFT, _ABOVE, -_RIGHT, -_ABOVE)
        self._head(painter, inner, font, line)
        font.setPixelSize(13)
        metrics = QFontMetrics(font)
        step = metrics.height() + 1
        top = inner.top() + 20
        painter.setFont(font)
        painter.setPen(self._theme.color("text" if one.quote else "muted"))
        if not line.comment:
            for words in two_lines(line.words, font, inner.width()):
                self._words(painter, QRect(inner.left(), top, inner.width(), step), words)
                top += step
            return
        room, end = QRect(inner.left(), top, inner.width(), step), Qt.TextElideMode.ElideRight
        if one.quote:
            self._words(painter, room, metrics.elidedText(line.words, end, room.width()))
            room.translate(0, step)
            texts: tuple[str, ...] = (line.comment,)
        else:
            texts = two_lines(line.comment, font, room.width() - 18)
        icon("comment", "accent").paint(painter, QRect(room.left(), room.top() + 2, 13, 13))
        painter.setPen(self._theme.color("text"))
        room.setLeft(room.left() + 18)
        for words in texts:
            self._words(painter, room, metrics.elidedText(words, end, room.width()))
            room.translate(0, step)

    def _head(self, painter: QPainter, inner: QRect, font: QFont, line: Line) -> None:
        painter.setFont(font)
        metrics, end = QFontMetrics(font), Qt.TextElideMode.ElideRight
        row = QRect(inner.left(), inner.top(), inner.width(), metrics.height() + 2)
        place = QRect(row.left(), row.top() + 1, 14, 14)
        icon(ICONS[line.one.kind]).paint(painter, place)
        row.setLeft(place.right() + 7)
        marks = metrics.elidedText(line.marks, end, int(row.width() * 0.55))
        painter.setPen(self._theme.color("accent"))
        painter.drawText(row, int(Qt.AlignmentFlag.AlignRight), marks)
        row.setRight(row.right() - metrics.horizontalAdvance(marks) - 10)
        painter.setPen(self._theme.color("muted"))
        said = "  ·  ".join(filter(None, (line.where, line.paper)))
        painter.drawText(row, 0, metrics.elidedText(said, end, max(row.width(), 0)))

    @staticmethod
    def _words(painter: QPainter, room: QRect, words: str) -> None:
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft), words)
