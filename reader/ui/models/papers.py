"""The list's model: a window on any number of papers.

It holds the order of the list as 8 bytes a paper and reads rows in chunks when
they are painted; what is not there yet is painted as a quiet placeholder and
arrives a moment later.  Section rows (a page's date) stand between papers.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from reader.domain.lists import Row, Scope
from reader.domain.value import dataclass
from reader.ui.widgets.file_drag import PAPERS_MIME, hold
from reader.ui.widgets.tips import tip

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole + 1  # the Row, or None while it is being read
SECTION_ROLE = Qt.ItemDataRole.UserRole + 2  # a section's title, "" for a paper
_CHUNK = 64
_CHUNKS_KEPT = 24
_MOST_FILES = 100  # dragged out at once


@dataclass(frozen=True, slots=True)
class Section:
    """A heading before the paper at `before` (an index into the list's papers)."""

    before: int
    title: str


class PaperListModel(QAbstractTableModel):
    """Papers of one scope in one order.  `fetch(orders, scope, generation)` reads rows."""

    wanted = Signal(object, int, int)  # ords to read, chunk, generation

    def __init__(self, describe: Callable[[Row], str], file_of: Callable[[str], Path]) -> None:
        super().__init__()
        self._describe = describe
        self._file_of = file_of
        self._orders: array[int] = array("q")
        self._sections: tuple[Section, ...] = ()
        self._section_rows: list[int] = []
        self._chunks: OrderedDict[int, dict[int, Row]] = OrderedDict()
        self._asked: set[int] = set()
        self.scope = Scope()
        self.generation = 0

    # -- filling ---------------------------------------------------------

    def show(
        self, orders: array[int], scope: Scope, sections: tuple[Section, ...], rows: Sequence[Row]
    ) -> None:
        """Show a list; `rows` are those of its first papers, where they are at hand."""
        same = orders == self._orders and sections == self._sections and scope == self.scope
        if same:
            self.put(0, rows)
            return
        self.beginResetModel()
        self._orders, self.scope, self._sections = orders, scope, sections
        self._section_rows = [section.before + n for n, section in enumerate(sections)]
        self._chunks.clear()
        self._asked.clear()
        self.generation += 1
        self._keep(0, rows)
        self.endResetModel()

    def put(self, chunk: int, rows: Sequence[Row]) -> None:
        """Rows that were read for a chunk arrive."""
        self._keep(chunk, rows)
        self._asked.discard(chunk)
        first = self.row_of(chunk * _CHUNK)
        last = min(self.row_of(min((chunk + 1) * _CHUNK, len(self._orders)) - 1), self.rowCount())
        if rows and last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))

    def _keep(self, chunk: int, rows: Sequence[Row]) -> None:
        if rows:
            self._chunks.setdefault(chunk, {}).update({row.order: row for row in rows})
            self._chunks.move_to_end(chunk)
            while len(self._chunks) > _CHUNKS_KEPT:
                self._chunks.popitem(last=False)

    def refresh(self) -> None:
        """Read the shown rows again: something about the papers has changed."""
        self.generation += 1
        self._asked.clear()
        for chunk in list(self._chunks)[-3:]:
            self._ask(chunk)
        for chunk in list(self._chunks)[:-3]:
            del self._chunks[chunk]

    # -- rows and papers -------------------------------------------------

    def papers(self) -> array[int]:
        """The ords in the list's order."""
        return self._orders

    def row_of(self, paper: int) -> int:
        """The view row of the paper at that place in the list."""
        return paper + bisect_right([section.before for section in self._sections], paper)

    def paper_at(self, row: int) -> int | None:
        """The place in the list of a view row; None for a section."""
        before = bisect_right(self._section_rows, row)
        if before and self._section_rows[before - 1] == row:
            return None
        paper = row - before
        return paper if 0 <= paper < len(self._orders) else None

    def order_at(self, row: int) -> int | None:
        """The ord of the paper in a view row."""
        paper = self.paper_at(row)
        return None if paper is None else self._orders[paper]

    def row_of_order(self, order: int) -> int:
        """The view row of an ord, -1 when it is not in the list."""
        try:
            return self.row_of(self._orders.index(order))
        except ValueError:
            return -1

    def section_rows(self) -> list[int]:
        """The view rows that are headings."""
        return self._section_rows

    def row(self, index: Index) -> Row | None:
        """The Row of an index when it has been read; otherwise it is asked for."""
        paper = self.paper_at(index.row())
        if paper is None:
            return None
        chunk = paper // _CHUNK
        rows = self._chunks.get(chunk)
        found = rows.get(self._orders[paper]) if rows else None
        if found is None:
            self._ask(chunk)
        return found

    def _ask(self, chunk: int) -> None:
        if chunk not in self._asked:
            self._asked.add(chunk)
            wanted = self._orders[chunk * _CHUNK : (chunk + 1) * _CHUNK]
            self.wanted.emit(wanted, chunk, self.generation)

    # -- Qt --------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._orders) + len(self._sections)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        before = bisect_right(self._section_rows, index.row())
        is_section = before > 0 and self._section_rows[before - 1] == index.row()
        if role == SECTION_ROLE:
            return self._sections[before - 1].title if is_section else ""
        if is_section:
            return self._sections[before - 1].title if role == Qt.ItemDataRole.DisplayRole else None
        if role == ROW_ROLE:
            return self.row(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            row = self.row(index)
            title = row.title if row else ""
            return tip(title) if role == Qt.ItemDataRole.ToolTipRole else title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row = self.row(index)
            return self._describe(row) if row else ""
        return None

    def mimeTypes(self) -> list[str]:
        return [PAPERS_MIME]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        """The dragged papers: their ords for the sidebar, their files for other programs."""
        orders = [self.order_at(index.row()) for index in indexes]
        data = QMimeData()
        text = " ".join(str(order) for order in orders if order is not None)
        data.setData(PAPERS_MIME, text.encode())
        rows = [self.row(index) for index in indexes[:_MOST_FILES]]
        files = [self._file_of(row.file) for row in rows if row is not None and row.file]
        return hold(data, [file for file in files if file.is_file()])

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.paper_at(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemIsDropEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )
