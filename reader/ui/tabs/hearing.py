"""What the pages say, told to the window they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.ui.desk import Desk
from reader.ui.tabs.following import Following
from reader.ui.tabs.pages import Pages
from reader.ui.tabs.tab import Half, Tab
from reader.ui.top_bar import TopBar
from reader.ui.widgets.file_drag import drag_out

if TYPE_CHECKING:
    from reader.ui.tabs.tabs import Tabs


class Hearing(QObject):
    """Passes on what the half in front says, and keeps titles and notes true."""

    def __init__(self, tabs: Tabs, bar: TopBar, pages: Pages, desk: Desk) -> None:
        super().__init__(tabs)
        self._tabs = tabs
        self._bar = bar
        self._pages = pages
        pages.said.connect(self._said)
        pages.conditions.connect(self._told)
        pages.titled.connect(self._titled)
        pages.furnished.connect(self._furnished)
        tabs.beside.adopted.connect(self._adopted)
        bar.tabs.file_dragged.connect(self._drag_file)
        tabs.shown.connect(lambda _page: self._name_window())
        self._following = Following(desk, self._all_halves, self)

    def _all_halves(self) -> list[Half]:
        """Those of closed tabs too, which can come back."""
        tabs = self._tabs
        return [half for tab in (*tabs.everything(), *tabs.closed.tabs()) for half in tab.halves]

    def _drag_file(self, index: int) -> None:
        tab = self._tabs.at(index)
        if tab is not None:
            drag_out(self._bar.tabs, tab.path)

    def _said(self, half: Half, text: str) -> None:
        front = self._tabs.front()
        if front is not None and half is front.half:
            self._tabs.status.emit(text)
            return
        for window in self._tabs.windows.showing(half):
            window.say(text)

    def _told(self, half: Half, found: dict[str, bool]) -> None:
        front = self._tabs.front()
        if front is not None and half is front.half:
            self._tabs.conditions.emit(found)
            return
        for window in self._tabs.windows.showing(half):
            window.commands.update(found)

    def _titled(self, half: Half) -> None:
        tab = self._tabs.tab_of(half)
        index = self._tabs.index_of(tab)
        if tab is not None and index:
            self._bar.set_title(index, tab.title)
            self._name_window()
        elif window := self._tabs.windows.of(tab):
            window.refresh()

    def _name_window(self) -> None:
        """What is in front is told by the main window's title too, as switchers of windows show it."""
        front, program = self._tabs.front(), self.tr("Paper Reader")
        titles = dict.fromkeys(half.title for half in front.halves) if front is not None else ()
        self._bar.window().setWindowTitle(" – ".join([*titles, program]))

    def _furnished(self, half: Half) -> None:
        tab = self._tabs.tab_of(half)
        if tab is not None:
            self._tabs.splits.furnished(tab)

    def _adopted(self, half: Half) -> None:
        tab = self._tabs.tab_of(half)
        if tab is None:
            return
        other = self._tabs.find(
            lambda known: known.attachment == half.attachment and known not in tab.halves
        )
        if other is not None and not tab.split() and self._tabs.index_of(tab):
            self._fold(tab, other)
            return
        self._titled(half)
        self._pages.adopted(half)

    def _fold(self, tab: Tab, other: Half) -> None:
        """Close a tab that shows what another one shows, and show that one instead."""
        in_front = tab is self._tabs.front()
        self._tabs.close(self._tabs.index_of(tab), again=False)
        if in_front:
            self._tabs.bring_forward(other)
