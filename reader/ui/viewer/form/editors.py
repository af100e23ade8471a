"""The small editors that stand on a field while it is filled in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QWidget,
)

from reader.pdf.protocol import FormField
from reader.ui.page_themes import PageTheme
from reader.ui.theme import FAMILY
from reader.ui.widgets.outwards import focus_in

_STYLE = (
    "background: {}; color: {}; border: 1px solid #3b5bdb; border-radius: 0;"
    " padding: 0 1px; selection-background-color: #3b5bdb; selection-color: #ffffff;"
)
_LIST_HEIGHT = 120
KEYPAD = Qt.KeyboardModifier.KeypadModifier
# Keys that lead from field to field, or from one radio button to another, and how far.
TABS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
ARROWS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
_SHIFTED = Qt.KeyboardModifier.ShiftModifier | KEYPAD
_OF_TEXT = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.SelectAll,
)


class Editor(QObject):
    """A widget on a field; `ended` when it is done: whether to keep, and where to go on.

    It stays while another window is the active one, or a menu of its own is open.
    """

    rested = Signal()  # the keys are in another window: what stands in it is to be kept
    ended = Signal(bool, int)  # keep what was entered, 1 or -1 for the next field, 0 for none

    def __init__(self, field: FormField, value: str, colors: PageTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.widget = _made(field, value, parent)
        self.widget.setAccessibleName(field.label or field.name)
        self.widget.setStyleSheet(_STYLE.format(colors.paper.name(), colors.ink.name()))
        self.widget.installEventFilter(self)
        self._done = False

    def value(self) -> str:
        """What stands in the editor."""
        match self.widget:
            case QLineEdit() as line:
                return line.text()
            case QPlainTextEdit() as area:
                return area.toPlainText()
            case QComboBox() as box:
                return box.currentText()
            case QListWidget() as items:
                return "\n".join(item.text() for item in items.selectedItems())
            case _:
                return ""

    def place(self, area: QRect, size: float) -> None:
        """Stand on the field, with letters `size` logical pixels high."""
        font = QFont(FAMILY)
        font.setPixelSize(max(6, round(size)))
        self.widget.setFont(font)
        if isinstance(self.widget, QListWidget):
            area = QRect(
                area.x(), area.y(), max(area.width(), 140), max(area.height(), _LIST_HEIGHT)
            )
        self.widget.setGeometry(area.adjusted(-1, -1, 1, 1))
        self.widget.show()

    @property
    def focused(self) -> bool:
        """Whether it has the focus of its window."""
        return focus_in(self.widget.window()) is self.widget

    def unfold(self) -> None:
        """Show the entries of a choice."""
        if isinstance(self.widget, QComboBox):
            self.widget.showPopup()

    def end(self, *, keep: bool, step: int = 0) -> None:
        """Be done, once."""
        if not self._done:
            self._done = True
            self.ended.emit(keep, step)

    def close(self) -> None:
        """Take the widget away."""
        self._done = True
        self.widget.removeEventFilter(self)
        self.widget.hide()
        self.widget.deleteLater()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            return self._claim(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if isinstance(event, QFocusEvent) and event.lostFocus() and not self._in_popup():
            match event.reason():
                case Qt.FocusReason.PopupFocusReason:
                    pass
                case Qt.FocusReason.ActiveWindowFocusReason:
                    self.rested.emit()
                case _:
                    self.end(keep=True)
        return False

    def _in_popup(self) -> bool:
        return isinstance(self.widget, QComboBox) and self.widget.view().isVisible()

    def _claim(self, event: QKeyEvent) -> bool:
        """Keep the arrows and letters of a choice from the commands that have the same keys."""
        if not isinstance(self.widget, (QComboBox, QListWidget)):
            return False  # fields of text have theirs already
        plain = not event.modifiers() & ~_SHIFTED
        named = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
        mine = (plain and not named) or any(map(event.matches, _OF_TEXT))
        event.setAccepted(mine)
        return mine

    def _key(self, event: QKeyEvent) -> bool:
        many = isinstance(self.widget, QPlainTextEdit)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_Escape:
                self.end(keep=False)
            case Qt.Key.Key_Tab:
                self.end(keep=True, step=1)
            case Qt.Key.Key_Backtab:
                self.end(keep=True, step=-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if control or not many:
                self.end(keep=True)
            case _:
                return False
        return True


def _made(field: FormField, value: str, parent: QWidget) -> QWidget:
    if field.kind == "choice" and field.multiple:
        return _list(field, value, parent)
    if field.kind == "choice":
        box = QComboBox(parent)
        box.addItems(list(field.options))
        box.setEditable(field.editable)
        if field.editable:
            box.setCurrentText(value)
        else:
            box.setCurrentIndex(max(box.findText(value), 0))
        return box
    if field.multiline:
        area = QPlainTextEdit(value, parent)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.selectAll()
        return area
    line = QLineEdit(value, parent)
    line.setFrame(False)
    if field.longest:
        line.setMaxLength(field.longest)
    if field.password:
        line.setEchoMode(QLineEdit.EchoMode.Password)
    line.selectAll()
    return line


def _list(field: FormField, value: str, parent: QWidget) -> QListWidget:
    items = QListWidget(parent)
    items.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
    items.addItems(list(field.options))
    chosen = value.split("\n")
    for row in range(items.count()):
        item = items.item(row)
        item.setSelected(item.text() in chosen)
    return items
