"""The list of papers: a table of one column, keys for everything, papers to drag."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from reader.ui.browse.row_delegate import ROW_HEIGHT, SECTION_HEIGHT, RowDelegate
from reader.ui.models.papers import PaperListModel
from reader.ui.theme import Theme
from reader.ui.widgets.file_drag import new_files


class PaperList(QTableView):
    """Shows a PaperListModel; emits what the reader picks."""

    current = Signal(object)  # the ord of the current paper, or None
    picked = Signal(object)  # opened with Enter or a double click
    files_dropped = Signal(object, object)  # files, the ord they were dropped on or None
    menu_wanted = Signal(object)  # the global place

    def __init__(self, model: PaperListModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._papers = model
        self._stale = False
        self._lower: list[int] = []  # rows of headings
        self.delegate = RowDelegate(theme)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setObjectName("paperList")
        self.setAccessibleName(self.tr("Papers"))
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.horizontalHeader().hide()
        rows = self.verticalHeader()
        rows.hide()
        # Fixed heights let Qt find a row by dividing: a million rows cost nothing.
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(SECTION_HEIGHT)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT // 2)
        model.modelReset.connect(self._size_sections)
        self.activated.connect(lambda index: self.picked.emit(model.order_at(index.row())))
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        theme.changed.connect(self.viewport().update)

    # -- what is selected ------------------------------------------------

    def selected_orders(self) -> list[int]:
        """The ords of the selected papers, in the list's order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        orders = [self._papers.order_at(row) for row in rows]
        return [order for order in orders if order is not None]

    def select_order(self, order: int | None) -> bool:
        """Make a paper current and the only one selected; False when it is not listed."""
        row = -1 if order is None else self._papers.row_of_order(order)
        if row < 0:
            return False
        self.select_row(row)
        return True

    def select_row(self, row: int) -> None:
        """Make a row current and the only one selected; a heading's paper stands for it."""
        if self._papers.paper_at(row) is None:
            row += 1
        index = self._papers.index(row, 0)
        if not index.isValid():
            self.current.emit(None)
            return
        self.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
        self.scrollTo(index)

    def step(self, by: int) -> None:
        """Go to the next or previous paper, over headings."""
        row = self.currentIndex().row() + by
        if self._papers.paper_at(row) is None:
            row += by
        if 0 <= row < self._papers.rowCount():
            self.select_row(row)

    def _current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.current.emit(self._papers.order_at(index.row()) if index.isValid() else None)

    # -- looks -----------------------------------------------------------

    def renew(self) -> None:
        """Read the rows again, when they are seen again."""
        self._stale = not self.isVisible()
        if not self._stale:
            self._papers.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.renew()

    def _size_sections(self) -> None:
        rows = self.verticalHeader()
        rows.reset()
        # A reset keeps the heights of rows that are there before and after it.
        for row in self._lower:
            self.setRowHeight(row, ROW_HEIGHT)
        self._lower = self._papers.section_rows()
        for row in self._lower:
            self.setRowHeight(row, SECTION_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Told of a column's new width, a table paints all its rows a second time a turn later.
        with QSignalBlocker(self.horizontalHeader()):
            self.setColumnWidth(0, self.viewport().width())
        super().resizeEvent(event)

    # -- keys and menu ---------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.picked.emit(self._papers.order_at(self.currentIndex().row()))
            return
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            self.step(-1 if event.key() == Qt.Key.Key_Up else 1)
            return
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers():
            # In a table these go along the row, which has one column here.
            self.select_row(0 if event.key() == Qt.Key.Key_Home else self._papers.rowCount() - 1)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here (j, k, s, ...), not a search for a beginning."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.selected_orders():
            self.menu_wanted.emit(event.globalPos())

    # -- drag and drop ---------------------------------------------------

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: N802
        del actions
        orders = self.selected_orders()
        if orders:
            super().startDrag(Qt.DropAction.CopyAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if new_files(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if new_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = new_files(event.mimeData())
        if not files:
            return
        index = self.indexAt(event.position().toPoint())
        order = self._papers.order_at(index.row()) if index.isValid() else None
        event.acceptProposedAction()
        self.files_dropped.emit(files, order)
