"""Actions made of command rows: menus, shortcuts, tooltips that name the key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from reader.settings import Settings
from reader.ui import icons
from reader.ui.commands.row import Command
from reader.ui.commands.table import MENUS

# What these keys mean to a text that is only read, too.
_OF_TEXT = (QKeySequence.StandardKey.SelectAll, QKeySequence.StandardKey.Copy)
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_MOVES = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
)  # fmt: skip


class CommandSet(QObject):
    """All commands of a window, bound to their targets."""

    changed = Signal()

    def __init__(self, window: QWidget, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._actions: dict[str, QAction] = {}
        self._tips: list[tuple[QWidget, tuple[str, ...], str]] = []
        self._rows: dict[str, Command] = {}
        self._targets: dict[str, Any] = {}
        self._conditions: dict[str, bool] = {}
        self._asking: dict[str, list[Command]] = {}  # the rows that a condition enables
        self._showing: dict[str, list[Command]] = {}  # those that show whether it holds
        self._enabled: dict[str, bool] = {}  # as the actions were told
        self._menus: dict[str, QMenu] = {}
        # Letters are shortcuts only while nobody types.  A filter of the whole
        # application would ask Python about every event of every widget.
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_changed)

    def bind(self, name: str, target: object) -> None:
        """The object that commands of this target call from now on; None disables them."""
        if target is None:
            self._targets.pop(name, None)
        else:
            self._targets[name] = target
        for row in self._rows.values():
            if row.target == name:
                self._enable(row)
        self.changed.emit()

    def add(self, rows: Iterable[Command]) -> None:
        """Make the actions of some rows."""
        for row in rows:
            action = QAction(translated(row.text), self._window)
            action.setObjectName(row.id)
            action.setCheckable(row.checkable)
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            if row.icon:
                icons.put(action, row.icon)
            action.setIconVisibleInMenu(True)
            action.triggered.connect(lambda checked, row=row: self._call(row, checked))
            self._actions[row.id] = action
            self._rows[row.id] = row
            self._asking.setdefault(row.enabled, []).append(row)
            self._showing.setdefault(row.checked, []).append(row)
            self._window.addAction(action)
            self.set_keys(row.id)
        self.refresh()

    def set_keys(self, name: str) -> None:
        """Give an action the reader's keys, else those it came with."""
        row, action = self._rows[name], self._actions[name]
        own = self._settings.keys_of(name)
        keys = row.keys if own is None else tuple(key for key in own.split(" ") if key)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setToolTip(self.tip(name))
        for widget, names, text in self._tips:
            if name in names:
                widget.setToolTip(self._tip(names, text))

    def tip(self, name: str) -> str:
        """A tooltip: what the command does and its key."""
        return self._tip((name,))

    def keep_tip(self, widget: QWidget, *names: str, text: str = "") -> None:
        """Give a widget that lives as long as the window a tooltip with some commands' keys.

        It follows the keys when the reader changes them.  The first command says
        what it does, unless there is a text.
        """
        self._tips.append((widget, names, text))
        widget.setToolTip(self._tip(names, text))

    def _tip(self, names: tuple[str, ...], text: str = "") -> str:
        row = self._rows[names[0]]
        text = text or translated(row.tip or row.text).rstrip("…")
        shown = QKeySequence.SequenceFormat.NativeText
        keys = [self._actions[name].shortcut().toString(shown) for name in names]
        told = ", ".join(key for key in keys if key)
        return f"{text}  ({told})" if told else text

    def action(self, name: str) -> QAction:
        """The action of a command id."""
        return self._actions[name]

    def rows(self) -> list[Command]:
        """All rows, in the table's order."""
        return list(self._rows.values())

    def _call(self, row: Command, checked: bool) -> None:
        target = self._targets.get(row.target)
        if target is not None:
            method = attrgetter(row.method)(target)
            method(checked) if row.checkable else method()

    def whole(self) -> bool:
        """Whether all actions are still there: a window that ends takes them away one by one."""
        return all(map(shiboken6.isValid, self._actions.values()))

    def update(self, conditions: Mapping[str, bool]) -> None:
        """Say which conditions hold now; commands that need others are disabled."""
        known = self._conditions
        for name, holds in conditions.items():
            new = known.get(name) != holds
            known[name] = holds
            for row in self._asking.get(name, ()) if new else ():
                self._enable(row)
            for row in self._showing.get(name, ()):  # a click has changed it, whatever came of it
                self._actions[row.id].setChecked(holds)
        self.changed.emit()

    def refresh(self) -> None:
        """Enable and check every action by the conditions."""
        for row in self._rows.values():
            self._enable(row)
            if row.checked:
                self._actions[row.id].setChecked(self._conditions.get(row.checked, False))
        self.changed.emit()

    def _enable(self, row: Command) -> None:
        wanted = not row.enabled or self._conditions.get(row.enabled, False)
        enabled = row.target in self._targets and wanted
        # Each costs Qt a look at menus, buttons and keys, and most stay as they are.
        if self._enabled.get(row.id) != enabled:
            self._enabled[row.id] = enabled
            self._actions[row.id].setEnabled(enabled)

    def fill_menu_bar(self, bar: QMenuBar, *, whole: bool = False) -> None:
        """One menu a name in MENUS, with the rows that stand in it; again, when more were added.

        In a bar that is to be `whole`, those whose rows are still to come have their place.
        """
        bar.clear()
        for name in MENUS:
            menu = self._menus.get(name)
            if menu is None:
                menu = self._menus[name] = QMenu(translated(name), bar)
                menu.setToolTipsVisible(False)
            menu.clear()
            group = None
            for row in sorted(
                (row for row in self._rows.values() if row.menu == name), key=lambda row: row.group
            ):
                if group is not None and row.group != group:
                    menu.addSeparator()
                group = row.group
                menu.addAction(self._actions[row.id])
            if whole or not menu.isEmpty():
                bar.addMenu(menu)

    def _focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        for widget in (before, now):
            if widget is not None and _has_keys(widget):
                widget.removeEventFilter(self)
        if now is not None and _has_keys(now):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep letters for the text that is edited, arrows for a list, Space for a button."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~_PLAIN
            writing = plain and is_writing(watched) and not _is_function_key(event.key())
            if writing or (is_text(watched) and any(map(event.matches, _OF_TEXT))):
                event.accept()
            elif keeps(watched, event):
                event.accept()
                return True  # what is no text would leave it to its parents
        return False


def keeps(widget: QObject | None, event: QKeyEvent) -> bool:
    """Whether a key moves in a list or a choice, or presses a button."""
    if event.modifiers() & ~_PLAIN:
        return False
    chooses = isinstance(widget, (QAbstractItemView, QComboBox))
    presses = chooses or isinstance(widget, QAbstractButton)
    return (chooses and event.key() in _MOVES) or (presses and event.key() == Qt.Key.Key_Space)


def _has_keys(widget: QObject) -> bool:
    return is_text(widget) or isinstance(widget, (QAbstractItemView, QComboBox, QAbstractButton))


def _is_function_key(key: int) -> bool:
    return Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35


def is_text(widget: QObject | None) -> bool:
    """Whether a widget shows text in which a selection can be made by key."""
    return isinstance(widget, (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox))


def is_writing(widget: QObject | None) -> bool:
    """Whether keys typed into a widget are text."""
    if isinstance(widget, (QLineEdit, QPlainTextEdit, QTextEdit)):
        return not widget.isReadOnly()
    return isinstance(widget, QAbstractSpinBox)


def translated(text: str) -> str:
    """A row's text in the reader's language."""
    return QCoreApplication.translate("Commands", text)
