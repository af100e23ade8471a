"""The outline of a document as a tree, with the section the reader is in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedLayout,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from reader.pdf.protocol import OutlineItem
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.into_rows import IntoRows, leaves, show_current
from reader.ui.widgets.clearing import clearable
from reader.ui.widgets.tips import tip

Index = QModelIndex | QPersistentModelIndex
_OPEN_UP_TO = 60  # entries; a longer outline shows its first level only


class OutlineModel(QAbstractItemModel):
    """A read-only tree over the items; the internal id is the item's number plus one."""

    def __init__(self, items: Sequence[OutlineItem]) -> None:
        super().__init__()
        self.items = tuple(items)
        self._parents: list[int] = []  # number of the parent item, -1 for none
        self._children: dict[int, list[int]] = {-1: []}
        self._rows: list[int] = []
        open_items: list[int] = []
        for number, item in enumerate(self.items):
            while open_items and self.items[open_items[-1]].level >= item.level:
                open_items.pop()
            parent = open_items[-1] if open_items else -1
            siblings = self._children.setdefault(parent, [])
            self._parents.append(parent)
            self._rows.append(len(siblings))
            siblings.append(number)
            open_items.append(number)

    def index_of(self, number: int) -> QModelIndex:
        """The model index of an item."""
        return self.createIndex(self._rows[number], 0, number + 1)

    def number_of(self, index: Index) -> int:
        """The item of an index; -1 for the root."""
        return int(index.internalId()) - 1 if index.isValid() else -1

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's own signature
        children = self._children.get(self.number_of(parent), [])
        if column == 0 and 0 <= row < len(children):
            return self.createIndex(row, column, children[row] + 1)
        return QModelIndex()

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        number = self.number_of(index)
        parent = self._parents[number] if number >= 0 else -1
        return self.index_of(parent) if parent >= 0 else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._children.get(self.number_of(parent), ()))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        del parent
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        number = self.number_of(index)
        if number < 0:
            return None
        title = " ".join(self.items[number].title.split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(title)
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class OutlineTree(QTreeView):
    """The tree; Enter and a click pick a section."""

    picked = Signal(int)
    left = Signal()  # the keys are elsewhere in the window now

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outlineTree")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIndentation(12)
        self.setAccessibleName(self.tr("Outline"))
        self.clicked.connect(self._pick)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Rows laid out before the first show have a height from before the style sheet.
        self.scheduleDelayedItemsLayout()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        show_current(self, event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if leaves(event):
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _pick(self, index: QModelIndex) -> None:
        model = self.model()
        if isinstance(model, QSortFilterProxyModel) and index.isValid():
            source = model.sourceModel()
            if isinstance(source, OutlineModel):
                self.picked.emit(source.number_of(model.mapToSource(index)))


class OutlinePanel(QWidget):
    """The outline beside the pages, or why there is none."""

    picked = Signal(object)  # OutlineItem with a page

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outlinePanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._model = OutlineModel(())
        self._model.setParent(self)
        self._places: list[tuple[int, float]] = []
        self._numbers: list[int] = []
        self._picked: OutlineItem | None = None  # the last one
        self._marked = -1  # the number of the section the reader is in, -1 before the first
        self._shown = QSortFilterProxyModel(self)
        self._shown.setRecursiveFilteringEnabled(True)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._shown.setSourceModel(self._model)
        self.tree = OutlineTree(self)
        self.tree.setModel(self._shown)
        self.tree.picked.connect(self._pick)
        self.tree.left.connect(self._choose)
        self.empty = QLabel(self)
        self.empty.setObjectName("outlineEmpty")
        self.empty.setProperty("class", "muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.empty.setContentsMargins(16, 0, 16, 0)
        title = QLabel(self.tr("Outline"), self)
        title.setObjectName("sectionLabel")
        title.setContentsMargins(16, 6, 16, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addWidget(title)
        self.made = QLabel(self.tr("Made from the headings"), self)
        self.made.setProperty("class", "muted")
        self.made.setContentsMargins(16, 0, 16, 6)
        self.made.hide()
        column.addWidget(self.made)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Find a section"))
        self.search.setAccessibleName(self.tr("Find a section"))
        clearable(self.search)
        self.search.textChanged.connect(self._filter)
        self.search.hide()
        IntoRows(self.search, self.tree)
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 6)
        row.addWidget(self.search)
        column.addLayout(row)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.tree)
        column.addLayout(self._stack, 1)
        self.setFocusProxy(self.tree)

    def set_items(self, items: Sequence[OutlineItem], *, made: bool = False) -> None:
        """Show an outline, `made` of the headings or the file's own; an empty one says so."""
        self._picked, self._marked = None, -1
        self.search.clear()
        self.search.setVisible(bool(items))
        self.made.setVisible(made and bool(items))
        old, self._model = self._model, OutlineModel(items)
        self._model.setParent(self)
        self._shown.setSourceModel(self._model)
        old.deleteLater()
        self._unfold()
        places = sorted(
            ((item.page, item.y), number)
            for number, item in enumerate(items)
            if item.page is not None
        )
        self._places = [place for place, _ in places]
        self._numbers = [number for _, number in places]
        self.empty.setText(
            self.tr(
                "This document has no outline. Ctrl+F finds words in it, Ctrl+G goes to a page."
            )
        )
        self._stack.setCurrentWidget(self.tree if items else self.empty)

    def show_failure(self, text: str) -> None:
        """Say why the outline could not be read."""
        self.empty.setText(text)
        self._stack.setCurrentWidget(self.empty)

    def mark(self, page: int, y: float, landing: tuple[Spot, Spot]) -> None:
        """Highlight the section a place is in; the one picked last while it begins in `landing`."""
        at = bisect_right(self._places, (page, y)) - 1
        if not self._numbers or self._picked_is_in(*landing):
            return
        marked = self._numbers[at] if at >= 0 else -1
        if marked != self._marked:  # who walks in the tree stays where they are
            self._marked = marked
            self._choose()

    def _choose(self) -> None:
        """Highlight the section the reader is in, or the one it is folded away in."""
        if self._marked < 0:
            self.tree.setCurrentIndex(QModelIndex())
            return
        index = self._shown.mapFromSource(self._model.index_of(self._marked))
        if not index.isValid():
            return  # filtered away
        shown = index
        while shown.parent().isValid() and not self.tree.isExpanded(shown.parent()):
            shown = shown.parent()
        if shown != self.tree.currentIndex():
            self.tree.setCurrentIndex(shown)

    def _filter(self, text: str) -> None:
        """Leave the sections that have the words, and what they are parts of."""
        self._shown.setFilterFixedString(" ".join(text.split()))
        if text.strip():
            self.tree.expandAll()
        else:
            self.tree.collapseAll()
            self._unfold()
            self._choose()

    def _unfold(self) -> None:
        if len(self._model.items) <= _OPEN_UP_TO:
            self.tree.expandAll()

    def _pick(self, number: int) -> None:
        item = self._model.items[number]
        if item.page is not None:
            self._picked = item
            self.picked.emit(item)
            self._marked = number
            self._choose()

    def _picked_is_in(self, first: Spot, last: Spot) -> bool:
        """Whether the section picked last begins between two places."""
        item = self._picked
        if item is None or item.page is None:
            return False
        return (first.page, first.y) <= (item.page, item.y) <= (last.page, last.y)
