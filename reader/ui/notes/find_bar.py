"""The bar below a note for finding and replacing; narrow, as notes are."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from reader.ui.notes.matching import Wanted
from reader.ui.viewer.find_bar import FindField
from reader.ui.widgets.buttons import push, tool

_BUTTON = 28  # logical pixels
_TYPING = 60  # ms without a key before the search starts
_OPTION_KEYS = (Qt.Key.Key_C, Qt.Key.Key_W, Qt.Key.Key_R)
_CONTROL = Qt.KeyboardModifier.ControlModifier


class _Field(FindField):
    """Keeps F3 and Ctrl+H, which the window knows as something else."""

    replacing = Signal()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._mine(event):
            event.accept()
            return True
        return super().event(event)

    @staticmethod
    def _mine(event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and (
            event.key() == Qt.Key.Key_F3
            or (event.key() in (Qt.Key.Key_F, Qt.Key.Key_H) and event.modifiers() == _CONTROL)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._mine(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_F3:
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_H:
            self.replacing.emit()
        else:
            self.selectAll()


class NoteFindBar(QWidget):
    """Edits what is wanted; the search itself is NoteFind's."""

    wanted = Signal()
    stepped = Signal(int)
    replace_one = Signal()
    replace_all = Signal()
    replacing = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = _Field(self)
        self.field.setPlaceholderText(self.tr("Find in the note"))
        self.field.setAccessibleName(self.tr("Find in the note"))
        self.field.setMinimumWidth(80)
        self.case = self._option("find-case", self.tr("Case sensitive (Alt+C)"))
        self.words = self._option("find-words", self.tr("Whole words (Alt+W)"))
        self.regex = self._option("find-pattern", self.tr("Regular expression (Alt+R)"))
        self.previous = tool("up", self.tr("Previous place (Shift+Enter)"), self)
        self.next = tool("down", self.tr("Next place (Enter)"), self)
        close = tool("close", self.tr("Close (Esc)"), self)
        self.instead = _Field(self)
        self.instead.setPlaceholderText(self.tr("Replace by"))
        self.instead.setAccessibleName(self.tr("Replace by"))
        self.instead.setMinimumWidth(80)
        self.one = push(self.tr("Replace"), "", self)
        self.one.clicked.connect(self.replace_one)
        self.all = push(self.tr("All"), "", self)
        self.all.clicked.connect(self.replace_all)
        self.all.setToolTip(self.tr("Replace every place; one step to undo"))
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(0)
        first.addWidget(self.field, 1)
        first.addSpacing(4)
        for button in (self.case, self.words, self.regex, self.previous, self.next, close):
            button.setMaximumWidth(_BUTTON)  # a note is narrow, and what is looked for is long
            first.addWidget(button)
        second.setSpacing(6)
        second.addWidget(self.instead, 1)
        second.addWidget(self.one)
        second.addWidget(self.all)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 2, 0, 2)
        box.setSpacing(6)
        box.addLayout(first)
        box.addLayout(second)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._typing.timeout.connect(self.wanted)
        self.field.textChanged.connect(self._typing.start)
        for field in (self.field, self.instead):
            field.toggled.connect(self._toggle)
            field.escaped.connect(self.closed)
            field.replacing.connect(self.replacing)
        self.field.stepped.connect(self._step)
        self.instead.stepped.connect(lambda _direction: self.replace_one.emit())
        self.previous.clicked.connect(lambda: self._step(-1))
        self.next.clicked.connect(lambda: self._step(1))
        close.clicked.connect(self.closed)

    def _option(self, role: str, name: str) -> QToolButton:
        button = tool(role, name, self)
        button.setCheckable(True)
        button.toggled.connect(lambda _on: self.wanted.emit())
        return button

    def _toggle(self, key: int) -> None:
        (self.case, self.words, self.regex)[_OPTION_KEYS.index(Qt.Key(key))].toggle()

    def _step(self, direction: int) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self.wanted.emit()
        self.stepped.emit(direction)

    def query(self) -> Wanted:
        """What is looked for now."""
        case, words, pattern = (b.isChecked() for b in (self.case, self.words, self.regex))
        return Wanted(self.field.text(), case, words, pattern)

    def open_with(self, text: str, *, replace: bool) -> None:
        """Show the bar, with a selection's text if there is some, ready to type."""
        self.show()
        for widget in (self.instead, self.one, self.all):
            widget.setVisible(replace)
        if text:
            self.field.setText(text)
        self._typing.stop()
        self.wanted.emit()
        field: QLineEdit = self.instead if replace and self.field.text() else self.field
        field.setFocus()
        field.selectAll()

    def show_state(self, *, found: bool, nothing: bool) -> None:
        """Whether there are places, and whether in vain was looked for some."""
        if self.field.property("nothing") != nothing:
            self.field.setProperty("nothing", nothing)
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)
        for button in (self.previous, self.next, self.one, self.all):
            button.setEnabled(found)
