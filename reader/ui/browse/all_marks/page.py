"""The list of all annotations between the sidebar and the one that is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reader.domain.errors import ReaderError
from reader.domain.lists import MarkFilter, MarkRow, Overview
from reader.domain.marking import PALETTE
from reader.domain.paper import Changes
from reader.services import annotating, page_labels
from reader.ui.browse.all_marks.details import Details
from reader.ui.browse.all_marks.filters import FilterBar
from reader.ui.browse.all_marks.model import WINDOW, AllMarksModel
from reader.ui.desk import Desk
from reader.ui.marks.painter import HEIGHT, LinePainter
from reader.ui.theme import Theme
from reader.ui.viewer.annotate.meanings import MeaningsDialog
from reader.ui.viewer.annotate.rows import color_name
from reader.ui.viewer.rows import Rows
from reader.ui.widgets.buttons import HairSplitter, tool
from reader.ui.widgets.mark_drag import drag_out

_MOST = 10_000  # counted: more takes longer than the list itself
_MOST_AGAIN = 600  # rows read again when something has changed
_TYPING = 50  # ms


class _Rows(Rows):
    """Enter opens, a click only chooses; letters are commands."""

    entered = Signal(QModelIndex)
    dragged = Signal()

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: N802
        """Into a note, as one in a window of its own."""
        del actions
        self.dragged.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit(self.currentIndex())
            case Qt.Key.Key_J:
                self.selectRow(min(row + 1, self.model().rowCount() - 1))
            case Qt.Key.Key_K:
                self.selectRow(max(row - 1, 0))
            case Qt.Key.Key_Home:
                self.selectRow(0)
            case Qt.Key.Key_End:
                self.selectRow(self.model().rowCount() - 1)
            case _:
                super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are not a search for a beginning."""

    def event(self, event: QEvent) -> bool:
        own = (Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in own
            and not event.modifiers()
        ):
            event.accept()
            return True
        return super().event(event)


class AllMarks(QWidget):
    """Shown in place of the papers; read anew whenever it is seen and something has changed."""

    open_wanted = Signal(object)  # MarkRow
    status = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self._shown_for: MarkFilter | None = None  # what was asked for last
        self.meanings = {color.name: color.meaning for color in PALETTE}
        self.model = AllMarksModel(self)
        self.filters = FilterBar(self.named, self)
        self.list = _Rows(HEIGHT, self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(LinePainter(theme, self.list))
        self.list.setAccessibleName(self.tr("All annotations"))
        self.details = Details(desk, theme, self.named, self)
        self._count = QLabel(self)
        self._count.setObjectName("countLabel")
        self._empty = QLabel(self)
        self._empty.setProperty("class", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(24, 24, 24, 24)
        self._arrange()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._typing.timeout.connect(self.reload)
        self.filters.changed.connect(self._typing.start)
        self.model.more_wanted.connect(self._read_more)
        self.list.selectionModel().currentRowChanged.connect(self._current)
        self.list.doubleClicked.connect(self._open)
        self.list.entered.connect(self._open)
        self.list.setDragEnabled(True)
        self.list.dragged.connect(self._drag)
        self.details.open_wanted.connect(lambda: self._open(self.list.currentIndex()))
        self.details.paper_wanted.connect(self._only_paper)
        desk.changed.connect(self._changed)
        desk.indexed.connect(self._indexed)
        theme.changed.connect(self.list.viewport().update)
        self.setFocusProxy(self.list)

    def _arrange(self) -> None:
        pane = QWidget(self)
        pane.setObjectName("listPane")
        head = QWidget(pane)
        head.setObjectName("listHeader")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(16, 3, 6, 0)
        rename = tool("page-colors", self.tr("What the colours mean…"), head)
        rename.clicked.connect(self.rename_colors)
        row.addWidget(self._count, 1)
        row.addWidget(rename)
        column.addLayout(row)
        column.addWidget(self.filters)
        box = QVBoxLayout(pane)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(head)
        box.addWidget(self._empty, 1)
        box.addWidget(self.list, 1)
        split = HairSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(pane)
        split.addWidget(self.details)
        pane.setMinimumWidth(280)
        self.details.setMinimumWidth(300)
        split.setSizes([520, 560])
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)

    def named(self, color: str) -> str:
        """A colour with what it means."""
        meaning = self.meanings.get(color, "")
        return f"{color_name(color)}, {meaning}" if meaning else color_name(color)

    # -- reading

    def search(self, text: str) -> None:
        """What the library's search field says."""
        self.filters.search(text)

    def come(self) -> None:
        """The page is to be seen."""
        if self._stale:
            self._read_names()
            self.reload()

    def reload(self) -> None:
        """Read the list again, as far as it was read; an answer that was overtaken is dropped."""
        self._typing.stop()
        self._stale = False
        wanted, reader = self.filters.wanted, self._desk.reader
        same = self._shown_for == wanted
        most = min(max(len(self.model.rows), WINDOW), _MOST_AGAIN) if same else WINDOW
        self._shown_for = wanted

        def show(rows: list[MarkRow]) -> None:
            self._show(rows, whole=len(rows) < most)

        self._desk.read(
            page_labels.marks, reader, wanted, None, most, then=show, failed=self._refused,
            owner=self, newest="marks",
        )  # fmt: skip
        self._desk.read(
            reader.count_marks, wanted, _MOST, then=self._say_count, failed=lambda _: None,
            owner=self, newest="count",
        )  # fmt: skip

    def _show(self, rows: Sequence[MarkRow], *, whole: bool) -> None:
        current = self.model.at(self.list.currentIndex().row())
        place = self.list.verticalScrollBar().value()
        uid = current.annotation.uid if current else ""
        if self.model.show(rows, whole=whole):
            row = max(self.model.row_of(uid), 0)
            if rows:
                self.list.selectRow(row)
                if row:
                    self.list.verticalScrollBar().setValue(place)
        self._say_empty(self._why_empty() if not rows else "")
        self._current(self.list.currentIndex())

    def _refused(self, error: ReaderError) -> None:
        self.model.show((), whole=True)
        self._say_empty(error.line())

    def _say_empty(self, text: str) -> None:
        self._empty.setText(text)
        self._empty.setVisible(bool(text))
        self.list.setVisible(not text)

    def _why_empty(self) -> str:
        if self.filters.wanted != MarkFilter():
            return self.tr("No annotation is like that.\nEsc clears the search.")
        return self.tr(
            "Nothing is annotated yet.\nOpen a PDF, select text and press 1 to 8: "
            "all you mark in any paper is found here."
        )

    def _read_more(self, below: int) -> None:
        wanted, reader = self.filters.wanted, self._desk.reader

        def add(rows: list[MarkRow]) -> None:
            if self._shown_for == wanted:
                self.model.add(rows, whole=len(rows) < WINDOW)

        self._desk.read(
            page_labels.marks, reader, wanted, below, WINDOW, then=add, owner=self, newest="marks"
        )

    def _say_count(self, count: int) -> None:
        shown = f"{count:,}+" if count >= _MOST else f"{count:,}"
        text = self.tr("1 annotation") if count == 1 else self.tr("{} annotations").format(shown)
        self._count.setText(text)
        self.status.emit(text)

    # -- what others do

    def _changed(self, changes: Changes) -> None:
        self._stale = self._stale or bool(
            changes.annotations or changes.structure or changes.added or changes.removed
        )
        if self.isVisible():
            self.come()

    def _indexed(self) -> None:
        if self.filters.wanted.text.strip():
            self._stale = True
            if self.isVisible():
                self.reload()

    def _read_names(self) -> None:
        reader = self._desk.reader

        def tags(found: Overview) -> None:
            self.filters.offer_tags([tag.name for tag in found.tags])

        self._desk.read(reader.overview, then=tags, owner=self, newest="tags")
        self._desk.read(reader.cards, then=self.filters.offer_cards, owner=self, newest="cards")
        self._desk.read(reader.meanings, then=self._mean, owner=self, newest="meanings")

    def _mean(self, found: dict[str, str]) -> None:
        self.meanings = self.model.meanings = found or self.meanings
        self.filters.chips.rename()

    def rename_colors(self) -> None:
        """Ask what the colours mean."""
        dialog = MeaningsDialog(self.meanings, self)
        dialog.renamed.connect(
            lambda color, meaning: self._desk.write(
                annotating.set_meaning, color, meaning, then=lambda _: self._read_names()
            )
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # -- the one that is shown

    def _current(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        row = self.model.at(index.row())
        self.details.show_row(row)
        if row is not None:
            self.filters.about(row.paper)

    def _open(self, index: QModelIndex) -> None:
        row = self.model.at(index.row())
        if row is not None:
            self.details.writing.flush()
            self.open_wanted.emit(row)

    def _drag(self) -> None:
        row = self.model.at(self.list.currentIndex().row())
        if row is not None:
            drag_out(self.list, [row.annotation])

    def _only_paper(self) -> None:
        if self.details.row is not None:
            self.filters.only_paper(self.details.row.paper)

    def leave(self) -> None:
        """Save what was typed."""
        self.details.writing.flush()
