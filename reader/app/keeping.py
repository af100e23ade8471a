"""The window's state kept while it runs, so that a crash costs neither tabs nor sizes."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reader.settings import WindowState
from reader.ui.tabs import Tabs
from reader.ui.window import Window


class Keeping(QObject):
    """Stores what the window remembers whenever it has changed since the last look."""

    def __init__(self, state: WindowState, window: Window, tabs: Tabs) -> None:
        super().__init__(window)
        self._state = state
        self._window = window
        self._tabs = tabs

    def look(self) -> None:
        """Gather sizes and tabs and store them; costs a comparison when nothing changed."""
        self._window.remember()
        self._state.put("tabs", self._tabs.state())
        self._state.save_changed()
