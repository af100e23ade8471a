"""Turns of the window's loop: what is filled in one is painted in a later one.

Filling a pane and painting it come to twice the wait in one turn, and all that
changes together would be painted in one go.
"""

from __future__ import annotations

from collections import deque

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from reader.ui.only_one import OnlyOne


class Turns(OnlyOne):
    """Has one widget after the other painted, one a turn."""

    def __init__(self, application: QObject | None) -> None:
        super().__init__(application)
        self._waiting: deque[QWidget] = deque()
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._uncover)

    @property
    def taken(self) -> bool:
        """Whether there is something to be painted in the next turn."""
        return bool(self._waiting)

    def put(self, widget: QWidget) -> None:
        """Leave a widget as it is on the screen until those before it are painted."""
        if widget not in self._waiting:
            self._waiting.append(widget)
            widget.setUpdatesEnabled(False)
            self._next.start()

    def _uncover(self) -> None:
        widget = self._waiting.popleft()
        if self._waiting:
            self._next.start()
        if shiboken6.isValid(widget):
            widget.setUpdatesEnabled(True)


def paint_apart(*widgets: QWidget) -> None:
    """Paint these from the next turn on, each in a turn of its own, in this order."""
    for widget in widgets:
        Turns.here().put(widget)
