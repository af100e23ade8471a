"""Places found as a list: the page and the line of each, in one document or in several.

A row costs no widget; its line is told when it is first looked at.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from reader.domain.counting import counted
from reader.pdf.protocol import Hit, HitLine, Query
from reader.ui.theme import Theme
from reader.ui.viewer.find import Find
from reader.ui.viewer.find_rows import (
    HEADING_ROLE,
    LABEL_ROLE,
    LINE_ROLE,
    ROW_HEIGHT,
    RowPainter,
)
from reader.ui.viewer.rows import Rows

Index = QModelIndex | QPersistentModelIndex


class FoundModel(QAbstractListModel):
    """The places of a Find; rows follow one another as the places do."""

    def __init__(self, find: Find, label: Callable[[int], str]) -> None:
        super().__init__(find)
        self._find = find
        self._label = label
        self._query = Query("")
        self._counts: dict[int, int] = {}
        self._pages: list[int] = []
        self._ends: list[int] = []  # the row behind the last one of each page
        self._lines: dict[int, Sequence[HitLine]] = {}

    def renew(self) -> bool:
        """Take what has been found by now; False when that is nothing new."""
        counts = self._find.counts()
        if counts == self._counts and self._find.query == self._query:
            return False
        self.beginResetModel()
        if self._find.query != self._query:
            self._query = self._find.query
            self._lines.clear()
        self._counts = counts
        self._pages = list(counts)
        self._ends = list(accumulate(counts.values()))
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() or not self._ends else self._ends[-1]

    def place(self, row: int) -> tuple[int, int]:
        """(page, number on the page) of a row."""
        at = bisect_right(self._ends, row)
        page = self._pages[at]
        return page, row - self._ends[at] + self._counts[page]

    def row(self, page: int, number: int) -> int:
        """The row of a place; -1 when it has none."""
        at = bisect_right(self._pages, page) - 1
        if at < 0 or self._pages[at] != page:
            return -1
        return self._ends[at] - self._counts[page] + number

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < self.rowCount():
            return None
        page, number = self.place(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                line = self._line(page, number)
                return f"{self._label(page)}: {line.text if line else ''}"
            case _ if role == LABEL_ROLE:
                return self._label(page)
            case _ if role == LINE_ROLE:
                return self._line(page, number)
            case _:
                return None

    def _line(self, page: int, number: int) -> HitLine | None:
        if page not in self._lines:
            self._lines[page] = ()
            query = self._query
            self._find.lines(page, lambda lines: self._take(query, page, lines))
        lines = self._lines[page]
        return lines[number] if number < len(lines) else None

    def _take(self, query: Query, page: int, lines: Sequence[HitLine]) -> None:
        if query != self._query:
            return
        self._lines[page] = lines
        first = self.row(page, 0)
        if first >= 0:
            last = first + self._counts[page] - 1
            self.dataChanged.emit(self.index(first), self.index(last))


class _Panel(QWidget):
    """A line that says how much was found, above the rows."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("findList")
        self.count = QLabel(self)
        self.count.setObjectName("countLabel")
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.count.setWordWrap(True)
        self.count.setContentsMargins(12, 8, 12, 8)
        self.rows = Rows(ROW_HEIGHT, self)
        self.rows.setItemDelegate(RowPainter(theme, self.rows))
        self.rows.setAccessibleName(name)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.count)
        box.addWidget(self.rows, 1)
        self.setFocusProxy(self.rows)
        theme.changed.connect(self.rows.viewport().update)


class FindList(_Panel):
    """What a Find has found; follows the current place, and makes the chosen one current.

    `label` names a page for the reader.  Lives no longer than the Find.
    """

    picked = Signal(int, int)  # page, number of the place on it; the Find has gone there

    def __init__(
        self,
        find: Find,
        label: Callable[[int], str],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "", parent)
        self.rows.setAccessibleName(self.tr("Places found"))
        self._find = find
        self.model = FoundModel(find, label)
        self.rows.setModel(self.model)
        self.rows.chosen.connect(self._choose)
        find.changed.connect(self._follow)
        self._follow()

    def _choose(self, index: QModelIndex) -> None:
        page, number = self.model.place(index.row())
        self._find.go_to(page, number)
        self.picked.emit(page, number)

    def _follow(self) -> None:
        find = self._find
        renewed = self.model.renew()
        self.count.setText(self._said())
        row = self.model.row(*find.current) if find.current is not None else -1
        if row < 0 or (not renewed and self.rows.currentIndex().row() == row):
            return
        index = self.model.index(row)
        self.rows.setCurrentIndex(index)
        self.rows.scrollTo(index)

    def _said(self) -> str:
        find = self._find
        if find.query.empty:
            return self.tr("Type in the find bar; every place is listed here.")
        if find.error is not None:
            return find.error.line()
        if not find.total:
            nothing = find.lack or self.tr("Nothing found")
            return nothing if find.complete else self.tr("Searching…")
        pages = counted(len(find.counts()), self.tr("1 page"), self.tr("{} pages"))
        text = self.tr("{} on {}").format(find.total, pages)
        return text if find.complete else f"{text}…"


class EverywhereModel(QAbstractListModel):
    """Groups of places, each under a heading; a place is (page, its label, Hit, HitLine)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[tuple[object, Any]] = []  # key of the group; a heading or a place

    def clear(self) -> None:
        self.beginResetModel()
        self._rows.clear()
        self.endResetModel()

    def add(self, key: object, title: str, places: Sequence[tuple[int, str, Hit, HitLine]]) -> None:
        """Add a group at the end."""
        fresh: list[tuple[object, Any]] = [(key, title), *((key, place) for place in places)]
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
        self._rows += fresh
        self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def place(self, row: int) -> tuple[object, int, Hit, int] | None:
        """(key, page, hit, its number on the page) of a row; None for a heading."""
        key, content = self._rows[row]
        if isinstance(content, str):
            return None
        number = 0
        while self._on_page(row - number - 1, content[0]):
            number += 1
        return key, content[0], content[2], number

    def _on_page(self, row: int, page: int) -> bool:
        content = self._rows[row][1]
        return not isinstance(content, str) and content[0] == page

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.place(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags  # the keys pass over it
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._rows):
            return None
        content = self._rows[index.row()][1]
        shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if isinstance(content, str):
            return content if shown or role == HEADING_ROLE else None
        _, label, _, line = content
        if shown:
            return f"{label}: {line.text}"
        return {LABEL_ROLE: label, LINE_ROLE: line}.get(role)


class EverywhereList(_Panel):
    """What was found in several documents, grouped by document; whoever searches fills it."""

    picked = Signal(object, int, object, int)  # key of the document, page, Hit, its number there
    changed = Signal()  # more was found, or all is looked through

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.rows.setAccessibleName(self.tr("Places found in all tabs"))
        self.model = EverywhereModel(self)
        self.rows.setModel(self.model)
        self.rows.chosen.connect(self._choose)
        self.total = self._documents = 0
        self.searching = False
        self.say(self.tr("Every place in the open tabs is listed here."))

    def start(self) -> None:
        """Forget what was found; a search begins."""
        self.model.clear()
        self.total = self._documents = 0
        self.searching = True
        self.count.setText(self.tr("Searching…"))
        self.changed.emit()

    def add(self, key: object, title: str, places: Sequence[tuple[int, str, Hit, HitLine]]) -> None:
        """Show what was found in a document: (page, its label, hit, line) in order."""
        if places:
            self.model.add(key, " ".join(title.split()), places)
            self.total += len(places)
            self._documents += 1
            self.changed.emit()

    def finish(self) -> None:
        """The search has come to its end."""
        if self.total:
            where = counted(self._documents, self.tr("1 document"), self.tr("{} documents"))
            self.say(self.tr("{} in {}").format(self.total, where))
        else:
            self.say(self.tr("Nothing found"))

    def say(self, text: str) -> None:
        """Show a sentence above the list, such as what is wrong with a pattern: it ends a search."""
        self.count.setText(text)
        self.searching = False
        self.changed.emit()

    def _choose(self, index: QModelIndex) -> None:
        place = self.model.place(index.row())
        if place is not None:
            self.picked.emit(*place)
