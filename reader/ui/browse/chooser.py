"""A small popup to tick names (tags, collections) or to make a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from reader.domain.value import dataclass

_NEW = Qt.ItemDataRole.UserRole + 1
_ROW = 27
_MOST_ROWS = 9


@dataclass(frozen=True, slots=True)
class Choice:
    """A name, and how many of the selected papers have it: none, some or all."""

    name: str
    state: Qt.CheckState


class Chooser(QFrame):
    """Type to narrow, Enter or a click to tick; each tick is done at once."""

    toggled = Signal(str, bool)

    def __init__(self, title: str, choices: Sequence[Choice], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(280)
        self._choices = {choice.name: choice.state for choice in choices}
        self.edit = QLineEdit(self)
        self.edit.setPlaceholderText(title)
        self.edit.setAccessibleName(title)
        self.edit.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setAccessibleName(title)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.viewport().setAutoFillBackground(False)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._toggle)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(6)
        box.addWidget(self.edit)
        box.addWidget(self.list)
        self.edit.textChanged.connect(self._fill)
        self._fill("")

    def open_at(self, place: QPoint) -> None:
        """Show the popup with its corner at a place on the screen."""
        self.move(place)
        self.show()
        self.edit.setFocus()

    def _fill(self, text: str) -> None:
        self.list.clear()
        wanted = " ".join(text.split())
        for name, state in self._choices.items():
            if wanted.casefold() in name.casefold():
                item = QListWidgetItem(name, self.list)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                item.setSizeHint(QSize(0, _ROW))
                item.setCheckState(state)
        if wanted and wanted not in self._choices:
            item = QListWidgetItem(self.tr("New: {}").format(wanted), self.list)
            item.setSizeHint(QSize(0, _ROW))
            item.setData(_NEW, wanted)
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(max(1, min(self.list.count(), _MOST_ROWS)) * _ROW + 2)
        self.adjustSize()

    def _toggle(self, item: QListWidgetItem) -> None:
        new = item.data(_NEW)
        name = new or item.text()
        checked = bool(new) or item.checkState() != Qt.CheckState.Checked
        self._choices[name] = Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked
        row = self.list.row(item)
        self.toggled.emit(name, checked)
        self.edit.clear()
        self._fill("")
        self.list.setCurrentRow(min(row, self.list.count() - 1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            match event.key():
                case Qt.Key.Key_Down | Qt.Key.Key_Up:
                    step = 1 if event.key() == Qt.Key.Key_Down else -1
                    row = (self.list.currentRow() + step) % max(self.list.count(), 1)
                    self.list.setCurrentRow(row)
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    if item := self.list.currentItem():
                        self._toggle(item)
                    return True
                case Qt.Key.Key_Escape:
                    self.close()
                    return True
                case _:
                    return False
        return False
