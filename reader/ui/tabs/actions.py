"""The target "tabs" of the commands in the main window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from reader.ui.tabs.menu import Entry, list_tabs, pop_up, shown
from reader.ui.tabs.switcher import Choice, Switcher
from reader.ui.tabs.tabs import Tabs
from reader.ui.top_bar import TopBar


class TabActions(QObject):
    """What rows and menus do with the tabs."""

    def __init__(self, tabs: Tabs, bar: TopBar, window: QWidget) -> None:
        super().__init__(window)
        self._tabs = tabs
        self._bar = bar
        self._window = window
        self.switcher = Switcher(window)
        bar.tabs.menu_wanted.connect(self.open_menu)
        bar.list.clicked.connect(self.list_all)

    # -- going from tab to tab -------------------------------------------

    def recent(self) -> None:
        self._switch(1)

    def recent_back(self) -> None:
        self._switch(-1)

    def _switch(self, by: int) -> None:
        titles = self._tabs.titles()
        self.switcher.step(
            [
                Choice(titles[index], "pdf" if index else "library", self._to(index))
                for index in self._tabs.by_recency()
            ],
            by,
        )

    def _to(self, index: int) -> Callable[[], None]:
        return lambda: self._tabs.show(index)

    def next(self) -> None:
        self._tabs.step(1)

    def previous(self) -> None:
        self._tabs.step(-1)

    def list_all(self) -> None:
        """A menu of all tabs."""
        button = self._bar.list if self._bar.list.isVisible() else self._bar.tabs
        at = button.mapToGlobal(QPoint(0, button.height()))
        list_tabs(
            self._bar, self._tabs.titles(), self._bar.tabs.currentIndex(), self._tabs.show, at
        )

    def go_back(self) -> None:
        self._tabs.opening.go_back()

    def go_forward(self) -> None:
        self._tabs.opening.go_forward()

    # -- closing and opening ---------------------------------------------

    def close_current(self) -> None:
        """Close the half that has the keys, or a tab that is not split."""
        front = self._tabs.front()
        if front is not None and front.split():
            self._tabs.splits.close_half(front)
        else:
            self._tabs.close_current()

    def close_others(self) -> None:
        self._close_all_but(self._bar.tabs.currentIndex())

    def _close_all_but(self, index: int, first: int = 1) -> None:
        for other in range(self._bar.tabs.count() - 1, first - 1, -1):
            if other != index:
                self._tabs.close(other)

    def reopen(self) -> None:
        self._tabs.reopen()

    # -- halves and windows ----------------------------------------------

    def split_right(self) -> None:
        self._split(below=False)

    def split_below(self) -> None:
        self._split(below=True)

    def _split(self, *, below: bool) -> None:
        front = self._tabs.front()
        if front is not None:
            self._tabs.splits.split(front, below=below)

    def other_half(self) -> None:
        front = self._tabs.front()
        if front is not None:
            self._tabs.splits.other_half(front)

    def close_half(self) -> None:
        front = self._tabs.front()
        if front is not None:
            self._tabs.splits.close_half(front)

    def take_apart(self) -> None:
        self._tabs.take_apart()

    def choose_beside(self) -> None:
        """A menu of the tabs that can be put beside the one in front."""
        front = self._bar.tabs.currentIndex()
        entries: list[Entry] = []
        for index, title in enumerate(self._tabs.titles()):
            tab = self._tabs.at(index)
            if tab is not None and index != front and not tab.split():
                entries.append((shown(title), "pdf", self._beside(index), True))
        place = self._bar.tabs.tabRect(front).bottomLeft()
        if entries:
            pop_up(self._bar, [entries], self._bar.tabs.mapToGlobal(place))

    def _beside(self, index: int) -> Callable[[], None]:
        return lambda: self._tabs.put_beside(index)

    def tear_off(self) -> None:
        self._tabs.tear_off(self._bar.tabs.currentIndex())

    # -- the menu of a tab -----------------------------------------------

    def open_menu(self, index: int, at: QPoint) -> None:
        """The menu of the tab under the pointer."""
        tab = self._tabs.at(index)
        if tab is None:
            return
        tabs, count, front = self._tabs, self._bar.tabs.count(), self._tabs.front()
        free = front is not None and front is not tab and not front.split() and not tab.split()
        groups: list[list[Entry]] = [
            [
                (self.tr("Close"), "close", lambda: tabs.close(index), True),
                (
                    self.tr("Close the others"),
                    "",
                    lambda: self._close_all_but(index),
                    count > 2,
                ),
                (
                    self.tr("Close those to the right"),
                    "",
                    lambda: self._close_all_but(index, index + 1),
                    index + 1 < count,
                ),
                (self.tr("Open the closed tab again"), "restore", tabs.reopen, tabs.can_reopen()),
            ],
            [
                (self.tr("Split to the right"), "split-right", self._split_at(index, False), True),
                (self.tr("Split below"), "split-below", self._split_at(index, True), True),
                (self.tr("Put beside the tab in front"), "", self._beside(index), free),
                (self.tr("Into a window of its own"), "open", lambda: tabs.tear_off(index), True),
            ],
            [
                (
                    self.tr("Show in its folder"),
                    "show-folder",
                    lambda: tabs.folder_wanted.emit(tab.path),
                    True,
                ),
            ],
        ]
        pop_up(self._bar, groups, at)

    def _split_at(self, index: int, below: bool) -> Callable[[], None]:
        def do() -> None:
            self._tabs.show(index)
            self._split(below=below)

        return do
