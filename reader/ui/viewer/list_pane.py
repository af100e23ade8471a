"""A pane with a filter field over rows of two kinds: headings of groups, and entries.

A row costs no widget; an entry has a short name at the left, a text of up to two lines,
a quieter line and perhaps a mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from reader.domain.value import dataclass
from reader.ui.theme import Theme
from reader.ui.viewer.into_rows import IntoRows
from reader.ui.viewer.rows import Rows
from reader.ui.widgets.clearing import clearable
from reader.ui.widgets.cut_lines import two_lines

Index = QModelIndex | QPersistentModelIndex
_ENTRY = int(Qt.ItemDataRole.UserRole)
_HEIGHT, _HEADING, _SIDE = 66, 32, 14
_TYPING = 80  # ms


@dataclass(frozen=True, slots=True)
class Entry:
    """A row; one without `value` is the heading of those that follow."""

    name: str
    text: str = ""
    quiet: str = ""
    mark: str = ""
    value: Any = None

    def has(self, words: Sequence[str]) -> bool:
        """Whether all words (casefolded) stand in it."""
        whole = f"{self.name} {self.text} {self.quiet}".casefold()
        return all(word in whole for word in words)


class EntriesModel(QAbstractListModel):
    """The entries that have the words of a filter, under their headings."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: Sequence[Entry] = ()
        self.shown: Sequence[Entry] = ()

    def filter(self, entries: Sequence[Entry], text: str) -> None:
        """Show those of `entries` that have all words of `text`."""
        self.beginResetModel()
        self.entries = entries
        words = text.casefold().split()
        shown: list[Entry] = []
        heading: Entry | None = None
        for entry in entries:
            if entry.value is None:
                heading = entry
            elif entry.has(words):
                if heading is not None:
                    shown.append(heading)
                    heading = None
                shown.append(entry)
        self.shown = shown
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.shown[index.row()].value is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return " ".join(filter(None, (entry.name, entry.text, entry.quiet, entry.mark)))
            case _ if role == _ENTRY:
                return entry
            case _:
                return None


class _Painter(QStyledItemDelegate):
    """Paints plain text only, whatever the file says."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del index
        return QSize(option.rect.width(), _HEIGHT)  # pyright: ignore[reportAttributeAccessIssue]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(_ENTRY)
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        font = QFont(painter.font())
        font.setPixelSize(12)
        strong = QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)
        inner = rect.adjusted(_SIDE, 6, -_SIDE, -6)
        if entry.value is None:
            strong.setPixelSize(13)
            painter.setFont(strong)
            painter.setPen(self._theme.color("text"))
            painter.drawText(inner, Qt.AlignmentFlag.AlignBottom, entry.name)
        else:
            if state & QStyle.StateFlag.State_Selected:
                painter.fillRect(rect, self._theme.color("selection"))
            elif state & QStyle.StateFlag.State_MouseOver:
                painter.fillRect(rect, self._theme.color("hover"))
            self._entry(painter, inner, font, strong, entry)
        painter.restore()

    def _entry(
        self, painter: QPainter, rect: QRect, font: QFont, strong: QFont, entry: Entry
    ) -> None:
        metrics, right = QFontMetrics(font), Qt.TextElideMode.ElideRight
        line = metrics.height() + 1
        top = QRect(rect.left(), rect.top(), rect.width(), line)
        painter.setFont(font)
        painter.setPen(self._theme.color("accent"))
        painter.drawText(top, Qt.AlignmentFlag.AlignRight, entry.mark)
        room = rect.width() - metrics.horizontalAdvance(entry.mark) - 8
        painter.setFont(strong)
        painter.setPen(self._theme.color("text"))
        bold = QFontMetrics(strong)
        name = bold.elidedText(entry.name, right, room)
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft, name)
        painter.setFont(font)
        painter.setPen(self._theme.color("muted"))
        if entry.quiet:
            quiet = top.adjusted(bold.horizontalAdvance(name) + 8, 0, 0, 0)
            quiet.setRight(rect.left() + room)
            painter.drawText(
                quiet,
                Qt.AlignmentFlag.AlignLeft,
                metrics.elidedText(entry.quiet, right, max(quiet.width(), 0)),
            )
        painter.setPen(self._theme.color("text"))
        at = rect.top() + line + 2
        for words in two_lines(entry.text, font, rect.width()):
            place = QRect(rect.left(), at, rect.width(), line)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, words)
            at += line


class ListPane(QWidget):
    """The field, the rows, and a sentence where there are none."""

    chosen = Signal(object)  # the value of an entry
    opened = Signal(object)  # the same, after a double click

    def __init__(self, theme: Theme, title: str, search: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._nothing = ""
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(search)
        self.search.setAccessibleName(search)
        clearable(self.search)
        self.note = QLabel(self)
        self.note.setProperty("class", "muted")
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.note.setContentsMargins(16, 6, 16, 6)
        self.rows = Rows(_HEIGHT, self)
        self.rows.setAccessibleName(title)
        self.rows.setItemDelegate(_Painter(theme, self.rows))
        self.model = EntriesModel(self)
        self.rows.setModel(self.model)
        heading = QLabel(title, self)
        heading.setObjectName("sectionLabel")
        heading.setContentsMargins(16, 6, 16, 6)
        field = QHBoxLayout()
        field.setContentsMargins(12, 0, 12, 6)
        field.addWidget(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(heading)
        column.addLayout(field)
        column.addWidget(self.note)
        column.addWidget(self.rows, 1)
        column.addStretch()  # without rows what is said stands at the top
        self._soon = QTimer(self, singleShot=True, interval=_TYPING)
        self._soon.timeout.connect(self._refresh)
        IntoRows(self.search, self.rows, self._hurry)
        self.search.textChanged.connect(lambda _: self._soon.start())
        self.rows.chosen.connect(lambda index: self._tell(self.chosen, index))
        self.rows.doubleClicked.connect(lambda index: self._tell(self.opened, index))
        theme.changed.connect(self.rows.viewport().update)
        self.setFocusProxy(self.search)

    def show_entries(self, entries: Sequence[Entry], nothing: str) -> None:
        """Show entries, as far as they have the words of the field; `nothing` without any."""
        self._nothing = nothing
        for row, entry in enumerate(self.model.shown):  # heights are by place: headings move
            if entry.value is None:
                self.rows.setRowHeight(row, _HEIGHT)
        self.model.filter(entries, self.search.text())
        for row, entry in enumerate(self.model.shown):
            if entry.value is None:
                self.rows.setRowHeight(row, _HEADING)
        empty = not self.model.shown
        self.rows.setVisible(not empty)
        self.search.setVisible(bool(entries))
        self.note.setVisible(empty)
        self.note.setText(self.tr("Nothing here has these words.") if entries else nothing)

    def _refresh(self) -> None:
        self.show_entries(self.model.entries, self._nothing)

    def _hurry(self) -> None:
        """Filter by what was typed just now."""
        if self._soon.isActive():
            self._soon.stop()
            self._refresh()

    def value(self, index: QModelIndex) -> Any:
        """What a row stands for; None for a heading or no row."""
        return self.model.shown[index.row()].value if index.isValid() else None

    def _tell(self, signal: Any, index: QModelIndex) -> None:
        if (value := self.value(index)) is not None:
            signal.emit(value)
