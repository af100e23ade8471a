"""The bar for finding words: as one types, with the count and the way to each place."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from reader.ui.viewer.find import Find
from reader.ui.widgets.buttons import tool

_TYPING = 60  # ms without a key before the search starts


class _Field(QLineEdit):
    """Enter and Shift+Enter step; Esc closes."""

    stepped = Signal(int)
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.stepped.emit(-1 if back else 1)
            case Qt.Key.Key_Escape:
                self.escaped.emit()
            case _:
                super().keyPressEvent(event)


class FindBar(QWidget):
    """Edits the needle; shows what a Find reports."""

    wanted = Signal(str)
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = _Field(self)
        self.field.setPlaceholderText(self.tr("Find in document"))
        self.field.setAccessibleName(self.tr("Find in document"))
        self.field.setClearButtonEnabled(False)
        self.field.setMinimumWidth(160)
        self.field.setMaximumWidth(340)
        self.count = QLabel(self)
        self.count.setObjectName("countLabel")
        self.count.setMinimumWidth(96)
        self.previous = tool("up", self.tr("Previous place (Shift+Enter)"), self)
        self.next = tool("down", self.tr("Next place (Enter)"), self)
        self.close_button = tool("close", self.tr("Close (Esc)"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 10, 6)
        row.setSpacing(4)
        row.addWidget(self.field, 3)
        row.addSpacing(6)
        row.addWidget(self.count)
        row.addStretch(1)
        for button in (self.previous, self.next, self.close_button):
            row.addWidget(button)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._typing.timeout.connect(lambda: self.wanted.emit(self.field.text()))
        self.field.textChanged.connect(self._typing.start)
        self.field.stepped.connect(self._step)
        self.field.escaped.connect(self.closed)
        self.previous.clicked.connect(lambda: self._step(-1))
        self.next.clicked.connect(lambda: self._step(1))
        self.close_button.clicked.connect(self.closed)

    def open_with(self, text: str) -> None:
        """Show the bar, with a selection's text if there is some, ready to type."""
        self.show()
        if text:
            self.field.setText(text)
        elif self.field.text():
            self._typing.start()
        self.field.selectAll()
        self.field.setFocus()

    def report(self, find: Find) -> None:
        """Say how many places there are, and at which one the reader is."""
        found = find.total > 0
        if not find.needle.strip():
            text = ""
        elif found:
            total = f"{find.total}" if find.complete else f"{find.total}…"
            text = self.tr("{} of {}").format(find.number, total)
        elif find.complete:
            text = self.tr("Nothing found")
        else:
            text = self.tr("Searching…")
        self.count.setText(text)
        nothing = bool(find.needle.strip()) and find.complete and not found
        if self.field.property("nothing") != nothing:
            self.field.setProperty("nothing", nothing)
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)
        self.previous.setEnabled(found)
        self.next.setEnabled(found)

    def _step(self, direction: int) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self.wanted.emit(self.field.text())
        else:
            self.stepped.emit(direction)
