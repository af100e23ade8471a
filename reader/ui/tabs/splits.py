"""A tab's halves: made when they are looked at, split, brought together and taken apart."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from reader.ui.tabs.beside import share_side
from reader.ui.tabs.pages import Pages
from reader.ui.tabs.rest import Rest
from reader.ui.tabs.spare import Spare
from reader.ui.tabs.tab import Half, Tab
from reader.ui.tabs.view import TabView
from reader.ui.turns import paint_apart


class Splits(QObject):
    """Works on any tab, in whatever window it is."""

    changed = Signal(object)  # the Tab that has other halves now, or another one active

    def __init__(self, pages: Pages, rest: Rest, parent: QObject) -> None:
        super().__init__(parent)
        self._pages = pages
        self._rest = rest
        self.spare = Spare(pages, self)
        self._fresh: list[Tab] = []  # split just now; what stands beside is still to come

    def look(self, tab: Tab, parent: QWidget) -> TabView:
        """A tab is looked at: its view, with the active half at once and the other one soon."""
        if tab.view is None:
            ready = self.spare.take(tab, parent)
            later = ready is None or self._pages.busy  # than a page made ahead can be painted
            if later and tab.page is None and parent.isVisible():
                self._pages.announce(tab.half, parent)
            tab.view = view = ready or TabView(tab, parent)
            if ready is None and parent.isVisible():
                paint_apart(view)  # to make a page takes long enough for one turn
            view.activated.connect(lambda: self.changed.emit(tab))
            for half in tab.halves:
                if half.page is not None:
                    view.put(half, half.page)
        self._wake(tab, tab.half)
        if tab.split():
            QTimer.singleShot(0, tab.view, lambda: self._wake_all(tab))
        return tab.view

    def _wake_all(self, tab: Tab) -> None:
        for half in tab.halves:
            self._wake(tab, half)

    def _wake(self, tab: Tab, half: Half) -> None:
        if tab.view is None:
            return
        if half.page is None:
            room = tab.view.room(half)
            tab.view.put(half, self._pages.make(half, room, room.page))
        else:
            tab.view.arrange()
        self._rest.wake(half)

    def furnished(self, tab: Tab) -> None:
        """What stands beside a half is there."""
        share_side(tab.halves, below=tab.below, note=self._pages.note_wanted())
        if tab in self._fresh and tab.view is not None:
            self._fresh.remove(tab)
            tab.view.balance()

    def split(self, tab: Tab, *, below: bool) -> None:
        """Show the active half's document a second time; a split tab is only turned."""
        tab.below = below
        tab.share = 0.5
        if tab.split():
            self._arrange(tab)
        else:
            self.join(tab, tab.half.twin())

    def join(self, tab: Tab, half: Half) -> None:
        """Put a half beside a tab's only one, and the keys into it."""
        if tab.split() or tab.view is None:
            return
        tab.halves.append(half)
        if half.page is not None:
            tab.view.put(half, half.page)
        else:
            self._fresh.append(tab)
        self.activate(tab, half)
        self._arrange(tab)

    def _arrange(self, tab: Tab) -> None:
        share_side(tab.halves, below=tab.below, note=self._pages.note_wanted())
        if tab.view is not None:
            tab.view.arrange()
            tab.view.balance()

    def activate(self, tab: Tab, half: Half) -> None:
        """Give a half the keys."""
        tab.active = tab.halves.index(half)
        self._wake(tab, half)
        if half.page is not None:
            half.page.setFocus()
        if tab.view is not None:
            tab.view.mark()
        self.changed.emit(tab)

    def other_half(self, tab: Tab) -> None:
        """Move the keys to the other half."""
        if tab.split():
            self.activate(tab, tab.halves[1 - tab.active])

    def take_apart(self, tab: Tab) -> Tab | None:
        """Make the half that is not active a tab of its own; it has no view yet."""
        if not tab.split() or tab.view is None:
            return None
        half = tab.halves[1 - tab.active]
        tab.view.take(half)
        self._remove(tab, half)
        if half.page is not None and half.page.side is None:
            self._pages.furnish(half)
        return Tab([half])

    def close_half(self, tab: Tab) -> None:
        """Close the active half; the other one fills the tab."""
        if not tab.split() or tab.view is None:
            return
        half = tab.half
        self._remove(tab, half)
        tab.view.take(half)
        self._pages.end(half)

    def _remove(self, tab: Tab, half: Half) -> None:
        tab.halves.remove(half)
        tab.active = 0
        left = tab.half
        if half.path == left.path and half.page is not None and half.page.side is not None:
            self._give_side(half, left)
        self._pages.settle(left)
        self.activate(tab, left)
        if tab.view is not None:
            tab.view.balance()  # the note has its width again

    @staticmethod
    def _give_side(half: Half, left: Half) -> None:
        """The one note of two halves stays with the half that stays."""
        assert half.page is not None
        side = half.page.side
        if left.page is not None and left.page.side is None:
            half.page.set_side(None)
            left.page.set_side(side)

    def end(self, tab: Tab) -> None:
        """Close a tab's documents and pages; the tab can be looked at again."""
        self._fresh = [fresh for fresh in self._fresh if fresh is not tab]
        for half in tab.halves:
            self._pages.end(half)
        if tab.view is not None:
            tab.view.deleteLater()
            tab.view = None
