"""The pane: a field and chips that filter, the order, the rows, and what to do without any."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.domain.marking import Annotation
from reader.ui.marks.chips import Chips
from reader.ui.theme import Theme
from reader.ui.viewer.marks_pane.listed import MarkRows
from reader.ui.viewer.marks_pane.model import SORTS, MarksModel, Wish
from reader.ui.widgets.clearing import clearable

_TYPING = 60  # ms


class MarksPane(QWidget):
    """Lists annotations; what is done to them is its feature's."""

    shown = Signal()  # rows may have moved

    def __init__(self, theme: Theme, named: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._found: Mapping[str, Annotation] = {}
        self._sort = SORTS[0]
        self.model = MarksModel(self)
        self.rows = MarkRows(self.model, theme, self)
        self.chips = Chips(named, self)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Find in annotations"))
        self.search.setAccessibleName(self.tr("Find in quotes, comments and tags"))
        clearable(self.search)
        self.search.installEventFilter(self)
        self.count = QLabel(self)
        self.count.setObjectName("countLabel")
        self.note = QLabel(self)
        self.note.setProperty("class", "muted")
        self.note.setWordWrap(True)
        self.note.setContentsMargins(16, 6, 16, 6)
        self._order = self._make_order()
        self._arrange()
        self._soon = QTimer(self, singleShot=True, interval=_TYPING)
        self._soon.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda _: self._soon.start())
        self.chips.changed.connect(self.refresh)
        theme.changed.connect(self.rows.viewport().update)
        self.setFocusProxy(self.search)

    def _make_order(self) -> QToolButton:
        names = {
            "page": self.tr("Page"),
            "color": self.tr("Colour"),
            "kind": self.tr("Kind"),
            "date": self.tr("Newest first"),
            "text": self.tr("Text"),
        }
        button = QToolButton(self)
        button.setProperty("kind", "flat")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setAccessibleName(self.tr("Order of the annotations"))
        button.setToolTip(self.tr("Order of the annotations"))
        menu, group = QMenu(button), QActionGroup(self)
        for sort in SORTS:
            action = menu.addAction(names[sort])
            action.setCheckable(True)
            action.setChecked(sort == self._sort)
            action.triggered.connect(lambda _, sort=sort: self.sort_by(sort))
            group.addAction(action)
        button.setMenu(menu)
        self._names = names
        button.setText(f"{names[self._sort]}  ▾")
        return button

    def _arrange(self) -> None:
        title = QLabel(self.tr("Annotations"), self)
        title.setObjectName("sectionLabel")
        head = QHBoxLayout()
        head.setContentsMargins(16, 2, 6, 2)
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self._order)
        field = QVBoxLayout()
        field.setContentsMargins(12, 0, 12, 6)
        field.setSpacing(6)
        field.addWidget(self.search)
        field.addWidget(self.chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(field)
        column.addWidget(self.note)
        column.addWidget(self.rows, 1)
        self._room = QWidget(self)  # keeps the note at the top where there are no rows
        column.addWidget(self._room, 1)

    # -- showing

    @property
    def wish(self) -> Wish:
        """What is asked for now."""
        return Wish(self.search.text(), self.chips.colors, self.chips.kinds, self._sort)

    def show_all(self, found: Mapping[str, Annotation]) -> None:
        """Show what the wish leaves of these."""
        self._found = found
        self.chips.offer(
            {one.color for one in found.values()}, {one.kind for one in found.values()}
        )
        self.refresh()

    def refresh(self) -> None:
        """Look through the annotations again; what is chosen stays so."""
        self._soon.stop()
        chosen = {one.uid for one in self.rows.picked()}
        place = self.rows.verticalScrollBar().value()
        if self.model.show(self._found, self.wish, self.rows.edited):
            self.rows.size_headings()
            self.rows.choose(chosen, reveal=False)
            self.rows.verticalScrollBar().setValue(place)
        self._say()
        self.shown.emit()

    def _say(self) -> None:
        every, left = len(self._found), self.model.shown
        asks = self.wish.asks
        told = self.tr("{} of {}").format(f"{left:,}", f"{every:,}") if asks else f"{every:,}"
        self.count.setText(told if every else "")
        for part in (self.search, self._order):
            part.setVisible(bool(every))
        self.chips.setVisible(bool(every))
        self.rows.setVisible(bool(left))
        self.note.setVisible(not left)
        self.note.setText(
            self.tr("No annotation here is like that. Esc shows all again.")
            if every
            else self.tr(
                "No annotations yet. Select text and press 1 to 8, or take a tool with A: "
                "all you mark is listed here."
            )
        )
        self._room.setVisible(not left)

    def sort_by(self, sort: str) -> None:
        """Show them in another order."""
        self._sort = sort
        self._order.setText(f"{self._names[sort]}  ▾")
        self.refresh()

    def show_all_again(self) -> bool:
        """Take every filter away; whether there was one."""
        if not self.wish.asks:
            return False
        self.search.clear()
        self.chips.clear()
        self.refresh()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.show_all_again():
                return True
            down = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if event.key() in down and self.model.shown:
                if self._soon.isActive():
                    self.refresh()
                self.rows.setFocus()
                if not self.rows.picked():
                    self.rows.setCurrentIndex(self.rows.first())
                return True
        return super().eventFilter(watched, event)
