"""The keys of a list and of the field over it: from one into the other, and what is seen then."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_AWAY = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_INTO = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


def show_current(view: QAbstractItemView, event: QFocusEvent) -> None:
    """Let whoever comes into a list by key see the row from which the arrows go on."""
    chosen = view.selectionModel()
    if event.reason() in _BY_KEYS and not chosen.hasSelection():
        flags = QItemSelectionModel.SelectionFlag
        chosen.select(view.currentIndex(), flags.ClearAndSelect | flags.Rows)


def leaves(event: QFocusEvent) -> bool:
    """Whether a list loses the keys to another part of its window."""
    return event.reason() not in _AWAY


class IntoRows(QObject):
    """Down and Enter in a field lead into the rows below it; `renew` brings those up to date."""

    def __init__(
        self, field: QLineEdit, view: QAbstractItemView, renew: Callable[[], None] | None = None
    ) -> None:
        super().__init__(field)
        self._view = view
        self._renew = renew
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if (
            not isinstance(event, QKeyEvent)
            or event.type() != QEvent.Type.KeyPress
            or event.key() not in _INTO
        ):
            return False
        if self._renew is not None:
            self._renew()
        if self._view.isVisible() and self._view.model().rowCount():
            self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True
