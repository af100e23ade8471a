"""The list of bookmarks beside the pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QStackedLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.domain.bookmark import Bookmark
from reader.ui.viewer.into_rows import show_current
from reader.ui.widgets.tips import tip

_UID = Qt.ItemDataRole.UserRole
_ROW = 28  # logical pixels


class BookmarkTree(QTreeWidget):
    """Names with their pages; a click or Enter picks, F2 renames, Delete removes."""

    picked = Signal(str)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bookmarkTree")
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setAccessibleName(self.tr("Bookmarks"))
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.itemClicked.connect(self._pick)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        show_current(self, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        editing = self.state() == QAbstractItemView.State.EditingState
        if item is not None and not editing and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(item.data(0, _UID))
        elif (
            item is not None
            and not editing
            and event.key()
            in (
                Qt.Key.Key_Return,
                Qt.Key.Key_Enter,
            )
        ):
            self._pick(item)
        elif item is not None and not editing and event.key() == Qt.Key.Key_F2:
            self.editItem(item, 0)
        else:
            super().keyPressEvent(event)

    def _pick(self, item: QTreeWidgetItem) -> None:
        self.picked.emit(item.data(0, _UID))


class BookmarkPane(QWidget):
    """The list, or how to begin one."""

    picked = Signal(str)  # uid
    renamed = Signal(str, str)  # uid, name
    removed = Signal(str)  # uid

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = BookmarkTree(self)
        self.tree.picked.connect(self.picked)
        self.tree.removed.connect(self.removed)
        self.tree.itemChanged.connect(self._renamed)
        empty = QLabel(self.tr("No bookmarks yet. Ctrl+D adds one at the place in view."), self)
        empty.setProperty("class", "muted")
        empty.setWordWrap(True)
        empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        empty.setContentsMargins(16, 0, 16, 0)
        title = QLabel(self.tr("Bookmarks"), self)
        title.setObjectName("sectionLabel")
        title.setContentsMargins(16, 6, 16, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addWidget(title)
        self._stack = QStackedLayout()
        self.tree.setContentsMargins(12, 0, 10, 0)
        self._stack.addWidget(empty)
        self._stack.addWidget(self.tree)
        column.addLayout(self._stack, 1)
        self.setFocusProxy(self.tree)

    def fill(self, bookmarks: Sequence[Bookmark], label: Callable[[int], str]) -> None:
        """Show bookmarks; the one that was current stays so."""
        current = self.tree.currentItem()
        uid = current.data(0, _UID) if current is not None else ""
        self.tree.blockSignals(True)
        self.tree.clear()
        for one in bookmarks:
            page = label(one.page)
            item = QTreeWidgetItem([one.name, f"{one.mark}   {page}" if one.mark else page])
            item.setData(0, _UID, one.uid)
            item.setToolTip(0, tip(one.name))
            item.setSizeHint(0, QSize(0, _ROW))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.tree.addTopLevelItem(item)
            if one.uid == uid:
                self.tree.setCurrentItem(item)
        self.tree.blockSignals(False)
        self._stack.setCurrentIndex(1 if bookmarks else 0)

    def _renamed(self, item: QTreeWidgetItem, column: int) -> None:
        if column == 0:
            self.renamed.emit(item.data(0, _UID), item.text(0))
