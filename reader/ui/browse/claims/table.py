"""The cells of the table of claims: each shows its cards, and knows which one is pointed at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from reader.domain.marking import Annotation, rgb_of
from reader.services.claims import Claims, kinds, named, words
from reader.ui.theme import Theme
from reader.ui.viewer.annotate.rows import pages_told
from reader.ui.widgets.cut_lines import few_lines, two_lines
from reader.ui.widgets.tips import tip

Index = QModelIndex | QPersistentModelIndex

_CARDS, _ROW = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
_LABEL = 40  # logical pixels of a page's name
_BLOCK, _PAD = 42, 6  # logical pixels: a card, and what is left free around them
_LINE = 17  # of a text
_MOST = 6  # cards shown in a cell
_PAPER, _KIND = 230, 190  # widths


class ClaimsModel(QAbstractTableModel):
    """Papers in rows, kinds of cards in columns."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Claims] = []
        self.kinds: list[str] = []

    def show(self, rows: Sequence[Claims]) -> None:
        """Show other papers."""
        self.beginResetModel()
        self.rows = list(rows)
        self.kinds = kinds(self.rows)
        self.endResetModel()

    def cards(self, index: Index) -> list[Annotation]:
        """The cards of a cell."""
        if not index.isValid() or not index.column():
            return []
        return self.rows[index.row()].of(self.kinds[index.column() - 1])

    def height(self, row: int) -> int:
        """How high a row has to be, logical pixels."""
        most = max((len(self.rows[row].of(kind)) for kind in self.kinds), default=1)
        more = 18 if most > _MOST else 0
        return max(min(most, _MOST), 1) * _BLOCK + 2 * _PAD + more

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.kinds) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return named(self.kinds[section - 1]) if section else self.tr("Paper")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        title = " ".join(self.rows[index.row()].title.split())
        cards = self.cards(index)
        match role:
            case _ if role == _CARDS:
                return cards
            case _ if role == _ROW:
                return self.rows[index.row()]
            case Qt.ItemDataRole.DisplayRole:
                return "\n".join(map(words, cards)) if index.column() else title
            case Qt.ItemDataRole.ToolTipRole:
                return None if index.column() else tip(title)
            case Qt.ItemDataRole.AccessibleTextRole:
                row = self.rows[index.row()]
                said = (f"{words(it)}, {pages_told(it, row.label(it))}" for it in cards)
                told = "; ".join(said) or self.tr("none")
                head = self.headerData(index.column(), Qt.Orientation.Horizontal)
                return f"{title}, {head}: {told}" if index.column() else title
            case _:
                return None


class _Cells(QStyledItemDelegate):
    """Paints plain text, a block a card."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(_KIND, _BLOCK)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("selection"))
        painter.setPen(self._theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        font = QFont(painter.font())
        font.setPixelSize(13 if not index.column() else 12)
        if not index.column():
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(self._theme.color("text"))
        inner = rect.adjusted(12, _PAD, -10, -_PAD)
        if not index.column():
            room = inner.adjusted(4, 3, 0, 0)
            most = max(room.height() // _LINE, 1)
            for number, said in enumerate(few_lines(index.data(), font, room.width(), most)):
                place = QRect(room.left(), room.top() + _LINE * number, room.width(), _LINE)
                painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), said)
        else:
            self._cards(painter, inner, font, index.data(_CARDS), index.data(_ROW))
        painter.restore()

    def _cards(
        self,
        painter: QPainter,
        inner: QRect,
        font: QFont,
        cards: Sequence[Annotation],
        row: Claims,
    ) -> None:
        top = inner.top()
        metrics = QFontMetrics(font)
        for card in cards[:_MOST]:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(rgb_of(card.color)))
            painter.drawRoundedRect(QRectF(inner.left(), top + 4, 3, _BLOCK - 9), 1.5, 1.5)
            page = metrics.elidedText(row.label(card), Qt.TextElideMode.ElideRight, _LABEL)
            room = inner.adjusted(10, 0, 0, 0)
            painter.setPen(self._theme.color("muted"))
            place = QRect(room.left(), top + 3, room.width(), _LINE)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, int(right), page)
            room.setRight(room.right() - metrics.horizontalAdvance(page) - 8)
            painter.setPen(self._theme.color("text"))
            text = words(card) or pages_told(card, row.label(card))
            for number, said in enumerate(two_lines(text[:800], font, room.width())):
                place = QRect(room.left(), top + 3 + _LINE * number, room.width(), _LINE)
                painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), said)
            top += _BLOCK
        if len(cards) > _MOST:
            painter.setPen(self._theme.color("muted"))
            more = self.tr("{} more").format(len(cards) - _MOST)
            painter.drawText(QRect(inner.left() + 10, top, inner.width(), _LINE), 0, more)


class ClaimsTable(QTableView):
    """A click on a card opens it; Enter opens the cell's card, or asks which."""

    opened = Signal(object, object)  # Claims, Annotation

    def __init__(self, model: ClaimsModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._claims = model
        self.setModel(model)
        self.setItemDelegate(_Cells(theme, self))
        self.setAccessibleName(self.tr("Claims: papers by kinds of cards"))
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setObjectName("claimsHead")
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setFixedHeight(32)
        model.modelReset.connect(self._size)
        theme.changed.connect(self.viewport().update)

    def _size(self) -> None:
        for row in range(self._claims.rowCount()):
            self.setRowHeight(row, self._claims.height(row))
        columns = self._claims.columnCount()
        room = (self.viewport().width() - _PAPER) // max(columns - 1, 1)
        for column in range(columns):
            self.setColumnWidth(column, max(room, _KIND) if column else _PAPER)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands, not a search for a beginning."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _enter(self, index: QModelIndex) -> None:
        cards = self._claims.cards(index)
        if len(cards) == 1:
            self._open(index, cards[0])
        elif cards:
            self._ask(index, cards)

    def _ask(self, index: QModelIndex, cards: Sequence[Annotation]) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for card in cards:
            page = pages_told(card, self._claims.rows[index.row()].label(card))
            text = f"{words(card)[:70]} · {page}" if words(card) else page
            menu.addAction(text.replace("&", "&&")).triggered.connect(
                lambda _, card=card: self._open(index, card)
            )
        menu.popup(self.viewport().mapToGlobal(self.visualRect(index).topLeft() + QPoint(12, 20)))

    def _open(self, index: QModelIndex, card: Annotation) -> None:
        self.opened.emit(self._claims.rows[index.row()], card)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        cards = self._claims.cards(index)
        if event.button() != Qt.MouseButton.LeftButton or not cards:
            return
        number = (at.y() - self.visualRect(index).top() - _PAD) // _BLOCK
        if 0 <= number < min(len(cards), _MOST):
            self._open(index, cards[number])
        elif number == _MOST and len(cards) > _MOST:
            self._ask(index, cards)
