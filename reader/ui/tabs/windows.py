"""The windows torn off: opened, brought forward, closed, remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal

from reader.settings import Settings
from reader.ui.tabs.splits import Splits
from reader.ui.tabs.tab import Half, Tab
from reader.ui.theme import Theme

if TYPE_CHECKING:
    from reader.ui.tabs.equipment import Equipment
    from reader.ui.tabs.torn import Main, TornWindow


class Windows(QObject):
    """All windows torn off."""

    left = Signal(object)  # the Tab of a window the reader closed
    back_wanted = Signal(object)
    reopen_wanted = Signal()
    opened = Signal(object)  # a TornWindow, before it is shown

    def __init__(
        self,
        splits: Splits,
        settings: Settings,
        theme: Theme,
        equipment: Callable[[], Equipment],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._equipment = equipment
        self._splits = splits
        self._settings = settings
        self._theme = theme
        self._open: list[TornWindow] = []
        self._holds: dict[str, bool] = {}
        self.main: Main | None = None
        settings.watch(self._setting_changed)

    def tabs(self) -> list[Tab]:
        """The tabs that are in windows of their own."""
        return [window.tab for window in self._open]

    def of(self, tab: Tab | None) -> TornWindow | None:
        """A tab's own window."""
        return next((window for window in self._open if window.tab is tab), None)

    def attend(self, attend: Callable[[TornWindow], object]) -> None:
        """Have something done to each window, those that are there and those to come."""
        for window in self._open:
            attend(window)
        self.opened.connect(attend)

    def open(self, tab: Tab, at: QPoint | None = None) -> None:
        """Put a tab, which stands nowhere else, into a window of its own."""
        if self.main is None:
            return
        make = self._equipment().torn
        window = make(tab, self.main, self._splits, self._settings, self._theme)
        window.left.connect(self._left)
        window.back_wanted.connect(self.back_wanted)
        window.reopen_wanted.connect(self.reopen_wanted)
        window.commands.update(self._holds)
        window.place(tab.geometry, at)
        self._open.append(window)
        self.opened.emit(window)
        window.show()
        if tab.view is not None:
            tab.view.balance()
        tab.geometry = window.geometry_text()
        if tab.page is not None:
            tab.page.setFocus()

    def take(self, tab: Tab) -> None:
        """Close a tab's window and give the tab back."""
        window = self.of(tab)
        if window is not None:
            self._open.remove(window)
            tab.geometry = ""
            window.let_go()

    def _left(self, tab: Tab) -> None:
        window = self.of(tab)
        if window is not None:
            tab.geometry = window.geometry_text()
            self._open.remove(window)
            self.left.emit(tab)
            window.deleteLater()

    def raise_(self, tab: Tab) -> None:
        """Bring a tab's window to the front."""
        window = self.of(tab)
        if window is not None:
            window.show()
            window.raise_()
            window.activateWindow()

    def hold(self) -> None:
        """The program is about to end: Qt closes all windows, and their tabs stay open ones."""
        self.remember()
        for window in self._open:
            window.hold()

    def remember(self) -> None:
        """Note where the windows are."""
        for window in self._open:
            window.tab.geometry = window.geometry_text()

    def end(self) -> None:
        """Close all at the end of the program."""
        for window in self._open:
            window.end()
        self._open.clear()

    def showing(self, half: Half) -> list[TornWindow]:
        """The windows in which a half has the keys, one at most."""
        return [window for window in self._open if window.tab.half is half]

    def tell(self, found: Mapping[str, bool]) -> None:
        """Say in all windows, also in those to come, which conditions hold."""
        self._holds.update(found)
        for window in self._open:
            window.commands.update(found)

    def _setting_changed(self, key: str) -> None:
        if key == "shortcuts":
            for window in self._open:
                for row in window.commands.rows():
                    window.commands.set_keys(row.id)
