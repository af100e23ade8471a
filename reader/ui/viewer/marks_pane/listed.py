"""The rows of the pane: several can be chosen, comments are written in their place."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QTableView, QWidget

from reader.domain.marking import Annotation
from reader.ui.marks.painter import HEADING, HEIGHT, LinePainter
from reader.ui.theme import Theme
from reader.ui.viewer.marks_pane.model import MarksModel
from reader.ui.viewer.rows import Rows
from reader.ui.widgets.mark_drag import drag_out
from reader.ui.widgets.plain_text import PlainText

_Flag = QItemSelectionModel.SelectionFlag
_Key = Qt.Key
# Keys that mean something to the chosen rows, whatever they are to the page.
_COLOR_KEYS = tuple(_Key(_Key.Key_1.value + number) for number in range(8))
_OWN = {_Key.Key_F2, _Key.Key_C, _Key.Key_T, _Key.Key_Delete, _Key.Key_Backspace, *_COLOR_KEYS}
_EDITOR = 104  # logical pixels high


class CommentBox(PlainText):
    """The comment of one row while it is written."""

    finished = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (_Key.Key_Return, _Key.Key_Enter)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == _Key.Key_Escape or (enter and control):
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.finished.emit()


class MarkRows(Rows):
    """Says what is chosen and what is wanted for it."""

    selected = Signal()
    comment_wanted = Signal()
    tags_wanted = Signal()
    colored = Signal(int)  # the number of a colour of the palette
    removed = Signal()
    menu_wanted = Signal(object)  # the global place

    def __init__(self, model: MarksModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(HEIGHT, parent)
        self._marks = model
        self._filling = False
        self._headings: list[int] = []
        self.setModel(model)
        self.setItemDelegate(LinePainter(theme, self))
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setAccessibleName(self.tr("Annotations"))
        self.setDragEnabled(True)
        self.box = CommentBox(self.viewport())
        self.box.setObjectName("markEdit")
        self.box.setAccessibleName(self.tr("Comment"))
        self.box.set_placeholder(self.tr("Comment here. It saves itself; Esc ends."))
        self.box.set_size(13)
        self.box.setTabChangesFocus(True)
        self.box.hide()
        self._edited = ""
        self.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self.doubleClicked.connect(lambda _: self.comment_wanted.emit())
        self.verticalScrollBar().valueChanged.connect(lambda _: self.place_box())

    # -- what is chosen

    def picked(self) -> list[Annotation]:
        """The chosen annotations, in the order of the rows."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [one for row in rows if (one := self._marks.at(row)) is not None]

    def choose(self, uids: Iterable[str], *, reveal: bool = True) -> None:
        """Choose these rows and no others, without a word."""
        rows = sorted(row for uid in uids if (row := self._marks.row_of(uid)) >= 0)
        wanted = QItemSelection()
        first = 0
        for at, row in enumerate(rows):  # rows that follow each other are one range
            if at + 1 == len(rows) or rows[at + 1] != row + 1:
                top, bottom = self._marks.index(rows[first], 0), self._marks.index(row, 0)
                wanted.select(top, bottom)
                first = at + 1
        self._filling = True
        model = self.selectionModel()
        if rows:
            model.setCurrentIndex(self._marks.index(rows[0], 0), _Flag.NoUpdate)
        model.select(wanted, _Flag.ClearAndSelect | _Flag.Rows)
        self._filling = False
        if rows and reveal:
            self.scrollTo(self._marks.index(rows[0], 0))

    def _tell(self) -> None:
        if not self._filling:
            self.selected.emit()

    def size_headings(self) -> None:
        """Give headings their height, after rows have moved."""
        count = self._marks.rowCount()
        for row in self._headings:  # heights are by place, and headings have moved
            if row < count:
                self.setRowHeight(row, HEIGHT)
        self._headings = self._marks.headings()
        for row in self._headings:
            self.setRowHeight(row, HEADING)
        self.place_box()

    # -- writing in a row

    @property
    def edited(self) -> str:
        """The annotation that is written to; "" for none."""
        return self._edited

    def edit_row(self, uid: str, text: str) -> None:
        """Open a row for writing."""
        self._edited = uid
        self.box.show_text(text)
        self.scrollTo(self._marks.index(self._marks.row_of(uid), 0))
        self.place_box()
        self.box.show()
        self.box.moveCursor(QTextCursor.MoveOperation.End)
        self.box.setFocus()

    def end_edit(self) -> None:
        """Close what is open for writing."""
        self._edited = ""
        had = self.box.hasFocus()
        self.box.hide()
        if had:
            self.setFocus()

    def place_box(self) -> None:
        """Follow the row that is written to."""
        row = self._marks.row_of(self._edited) if self._edited else -1
        if row < 0:
            return
        rect = self.visualRect(self._marks.index(row, 0))
        top = min(rect.top() + 28, max(self.viewport().height() - _EDITOR - 6, 0))
        top = top if rect.top() + 28 <= self.viewport().height() else rect.top() + 28
        self.box.setGeometry(QRect(rect.left() + 20, top, rect.width() - 30, _EDITOR))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_box()

    # -- keys and menu

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and (self._own(event) or _is_all(event))
        ):
            event.accept()
            return True
        return super().event(event)

    def _own(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return plain and event.key() in _OWN and self.selectionModel().hasSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._own(event):
            if _is_all(event):
                self.selectAll()
            elif event.key() in (_Key.Key_Home, _Key.Key_End):
                # In a table these go along the row, which has one column here.
                self._go(0 if event.key() == _Key.Key_Home else self._marks.rowCount() - 1)
            else:
                super().keyPressEvent(event)
            return
        match event.key():
            case _Key.Key_F2 | _Key.Key_C:
                self.comment_wanted.emit()
            case _Key.Key_T:
                self.tags_wanted.emit()
            case _Key.Key_Delete | _Key.Key_Backspace:
                self.removed.emit()
            case key:
                self.colored.emit(_COLOR_KEYS.index(_Key(key)))

    def _go(self, row: int) -> None:
        row += row == 0 and self._marks.at(row) is None
        self.setCurrentIndex(self._marks.index(row, 0))

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, not a search for a beginning."""

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: N802
        """Into a note."""
        del actions
        if found := self.picked():
            drag_out(self, found)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.picked():
            self.menu_wanted.emit(event.globalPos())

    def stay(self, row: int) -> None:
        """Choose the row at a place, or the last: what was there is gone."""
        row = min(row, self._marks.rowCount() - 1)
        row += self._marks.at(row) is None
        if 0 <= row < self._marks.rowCount():
            self.setCurrentIndex(self._marks.index(row, 0))

    def first(self) -> QModelIndex:
        """The first row that is an annotation."""
        return self._marks.index(0 if self._marks.at(0) is not None else 1, 0)


def _is_all(event: QKeyEvent) -> bool:
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return control and event.key() == _Key.Key_A
