"""The library's annotations, newest first, a window at a time: the next is asked for near the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from reader.domain.lists import MarkRow
from reader.ui.marks.painter import LINE, Line
from reader.ui.viewer.annotate.rows import pages_told

Index = QModelIndex | QPersistentModelIndex

WINDOW = 100  # rows read at once


class AllMarksModel(QAbstractTableModel):
    """Holds the windows that were read; a million costs what was looked at."""

    more_wanted = Signal(int)  # the key below which to read on

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[MarkRow] = []
        self.meanings: Mapping[str, str] = {}
        self._whole = True  # nothing is left to be read
        self._asked = False

    def show(self, rows: Sequence[MarkRow], *, whole: bool) -> bool:
        """Show the newest rows; False when only what they say has changed."""
        self._whole, self._asked = whole, False
        if [row.key for row in rows] == [row.key for row in self.rows]:
            self.rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))
            return False
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()
        return True

    def add(self, rows: Sequence[MarkRow], *, whole: bool) -> None:
        """The next window has been read."""
        self._whole, self._asked = whole, False
        if rows:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self.rows.extend(rows)
            self.endInsertRows()

    def at(self, row: int) -> MarkRow | None:
        """What a row shows."""
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def row_of(self, uid: str) -> int:
        """The row of an annotation, -1 when it was not read."""
        found = (at for at, row in enumerate(self.rows) if row.annotation.uid == uid)
        return next(found, -1)

    def canFetchMore(self, parent: Index) -> bool:
        del parent
        return not self._whole and not self._asked and bool(self.rows)

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit(self.rows[-1].key)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.at(index.row()) if index.isValid() else None
        if row is None:
            return None
        where = pages_told(row.annotation, row.pages)
        line = Line(row.annotation, where, " ".join(row.title.split()))
        match role:
            case _ if role == LINE:
                return line
            case Qt.ItemDataRole.DisplayRole:
                return line.words
            case Qt.ItemDataRole.AccessibleTextRole:
                return line.spoken(self.meanings.get(row.annotation.color, ""))
            case _:
                return None
