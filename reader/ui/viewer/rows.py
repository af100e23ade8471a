"""A list of a pane beside the pages: rows of one height, chosen with Enter or a click."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from reader.ui.viewer.into_rows import leaves, show_current

_Action = QTableView.CursorAction


class Rows(QTableView):
    """Costs no more for a hundred thousand rows than for ten."""

    chosen = Signal(QModelIndex)
    left = Signal()  # the keys are elsewhere in the window now

    def __init__(self, height: int, parent: QWidget) -> None:
        super().__init__(parent)
        # A table with fixed heights finds a row by dividing; a QListView lays all of them out.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.clicked.connect(self.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: _Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End lead to the first and the last row, and the first key to the first one."""
        model = self.model()
        rows = range(model.rowCount())
        if action == _Action.MoveEnd:
            rows = rows[::-1]
        elif action != _Action.MoveHome and self.currentIndex().isValid():
            return super().moveCursor(action, modifiers)
        indexes = (model.index(row, 0) for row in rows)  # a heading cannot be chosen
        chosen = (one for one in indexes if one.flags() & Qt.ItemFlag.ItemIsEnabled)
        return next(chosen, QModelIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        show_current(self, event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if leaves(event):
            self.left.emit()

    def seen(self) -> range:
        """The rows that can be seen now."""
        count = self.verticalHeader().count()
        first = self.rowAt(0)
        if first < 0:
            return range(0)
        last = self.rowAt(self.viewport().height() - 1)
        return range(first, (last if last >= 0 else count - 1) + 1)
