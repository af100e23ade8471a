"""The list of tabs in the order they were last looked at, while Ctrl is held."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from reader.domain.value import dataclass
from reader.ui.icons import icon
from reader.ui.widgets.outwards import focus_in
from reader.ui.widgets.tips import tip

_WIDTH, _ROW, _MOST_ROWS = 460, 34, 12


@dataclass(frozen=True, slots=True)
class Choice:
    """A tab in the list."""

    title: str
    icon: str
    show: Callable[[], None]


class _List(QListWidget):
    """Takes Tab as a step, and the release of Ctrl as the choice."""

    def __init__(self, owner: Switcher) -> None:
        super().__init__(owner)
        self._owner = owner

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # while the list is open its keys are nobody else's
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Tab | Qt.Key.Key_Down:
                self._owner.move_on(1)
            case Qt.Key.Key_Backtab | Qt.Key.Key_Up:
                self._owner.move_on(-1)
            case Qt.Key.Key_Escape:
                self._owner.leave()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._owner.choose()
            case _:
                event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Control, Qt.Key.Key_Meta):
            self._owner.choose()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._owner.hide()


class Switcher(QFrame):
    """One a window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self._choices: Sequence[Choice] = ()
        self._before: QWidget | None = None
        self.held: Callable[[], bool] = _ctrl_held
        self.list = _List(self)
        self.list.setObjectName("recentTabs")
        self.list.setAccessibleName(self.tr("Tabs, the one seen last first"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setIconSize(QSize(16, 16))
        self.list.itemClicked.connect(lambda _item: self.choose())
        box = QVBoxLayout(self)
        box.setContentsMargins(6, 6, 6, 6)
        box.addWidget(self.list)
        self.hide()

    def step(self, choices: Sequence[Choice], by: int) -> None:
        """One tab further; the first is the one in front.  Without Ctrl held it is shown at once."""
        if not choices:
            return
        self._choices = choices
        if not self.held():
            choices[by % len(choices)].show()
            return
        self.list.clear()
        for choice in choices:
            item = QListWidgetItem(icon(choice.icon), choice.title)
            item.setSizeHint(QSize(0, _ROW))
            item.setToolTip(tip(choice.title))
            self.list.addItem(item)
        self.list.setCurrentRow(by % len(choices))
        self._place(len(choices))
        self._before = focus_in(self.window())
        self.show()
        self.raise_()
        self.list.setFocus()

    def _place(self, count: int) -> None:
        window = self.window()
        height = min(count, _MOST_ROWS) * _ROW + 16
        width = min(_WIDTH, window.width() - 40)
        top = max((window.height() - height) // 3, 60)
        self.setGeometry((window.width() - width) // 2, top, width, height)

    def move_on(self, by: int) -> None:
        """Mark the next one, round the ends."""
        self.list.setCurrentRow((self.list.currentRow() + by) % max(self.list.count(), 1))

    def choose(self) -> None:
        """Show the tab that is marked."""
        if self.isHidden():
            return
        row = self.list.currentRow()
        self.leave()
        if 0 <= row < len(self._choices):
            self._choices[row].show()

    def leave(self) -> None:
        """Close the list; the keys go where they went before."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()


def _ctrl_held() -> bool:
    return bool(QGuiApplication.queryKeyboardModifiers() & Qt.KeyboardModifier.ControlModifier)
