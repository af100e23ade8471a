"""Opens, shows, closes and remembers tabs; those torn off too.

A tab that comes back from the last time is made when it is first looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from reader.domain.annotation import ReadingPosition
from reader.domain.paper import Attachment, Paper
from reader.settings import Settings, WindowState
from reader.ui.desk import Desk
from reader.ui.tabs.beside import Beside
from reader.ui.tabs.hearing import Hearing
from reader.ui.tabs.opening import Opening
from reader.ui.tabs.order import Closed, Recency
from reader.ui.tabs.pages import Pages
from reader.ui.tabs.rest import Rest
from reader.ui.tabs.splits import Splits
from reader.ui.tabs.tab import Half, Tab, recalled, remembered
from reader.ui.tabs.windows import Windows
from reader.ui.theme import Theme
from reader.ui.top_bar import TopBar

if TYPE_CHECKING:
    from reader.ui.tabs.torn import Main
    from reader.ui.tabs.viewers import Viewers
    from reader.ui.viewer.page import ViewerPage


class Tabs(QObject):
    """All open PDFs of the program; what the commands do with them is TabActions'."""

    shown = Signal(object)  # the ViewerPage in front, None for the library
    add_wanted = Signal(object)  # the Half whose file is to be added to the library
    status = Signal(str)
    url_wanted = Signal(str)
    paper_wanted = Signal(str)  # the uid of a paper that a reference names
    folder_wanted = Signal(object)  # the path of a file to be shown in its folder
    conditions = Signal(object)  # what holds in the viewer in front

    def __init__(
        self,
        desk: Desk,
        engine: Any,
        theme: Theme,
        settings: Settings,
        state: WindowState,
        bar: TopBar,
        stack: QStackedWidget,
        library: QWidget,
        load: Callable[[], Callable[..., Viewers]],
    ) -> None:
        super().__init__(stack)
        self._load = load
        self._viewers: Viewers | None = None
        self._desk = desk
        self._bar = bar
        self._stack = stack
        self._library = library
        self._tabs: list[Tab] = []
        self._recency: Recency[object] = Recency()
        self.closed = Closed()
        self.read_last: Half | None = None
        self._to_tear: list[Tab] = []
        self.beside = Beside(desk, theme, settings, self)
        self.pages = Pages(
            desk, engine, theme, state, self.beside, self._alone, lambda: self.viewers, self
        )
        self.rest = Rest(engine, self._halves, self)
        self.splits = Splits(self.pages, self.rest, self)
        self.windows = Windows(self.splits, settings, theme, lambda: self.viewers.equipment, self)
        self.opening = Opening(self, self.pages, desk)
        self._hearing = Hearing(self, bar, self.pages, desk)
        stack.addWidget(library)
        bar.add_tab(self.tr("Library"), "library")
        self._connect()

    def _connect(self) -> None:
        bar, pages, windows = self._bar, self.pages, self.windows
        bar.tab_chosen.connect(self._show)
        bar.tab_closed.connect(self.close)
        bar.tab_moved.connect(self._moved)
        bar.tabs.torn.connect(self.tear_off)
        self.beside.add_wanted.connect(self.add_wanted)
        pages.url_wanted.connect(self.url_wanted)
        pages.folder_wanted.connect(self.folder_wanted)
        pages.returned.connect(self.opening.return_to)
        self.splits.changed.connect(self._split_changed)
        windows.left.connect(self._window_closed)
        windows.back_wanted.connect(self.put_back)
        windows.reopen_wanted.connect(self.reopen)

    @property
    def viewers(self) -> Viewers:
        """The maker of viewer pages; the first call loads the viewer."""
        if self._viewers is None:
            self._viewers = self._load()(self._halves, self.bring_forward, self)
            self._viewers.paper_wanted.connect(self.paper_wanted)
        return self._viewers

    # -- what there is ---------------------------------------------------

    def everything(self) -> list[Tab]:
        """All tabs, those in windows of their own at the end."""
        return [*self._tabs, *self.windows.tabs()]

    def titles(self) -> list[str]:
        """What stands in the bar, the library first."""
        return [self.tr("Library"), *(tab.title for tab in self._tabs)]

    def front(self) -> Tab | None:
        """The tab in front, None when the library is."""
        index = self._bar.tabs.currentIndex()
        return self._tabs[index - 1] if 0 < index <= len(self._tabs) else None

    def index_of(self, tab: Tab | None) -> int:
        """A tab's index in the bar, 0 when it is not there."""
        return self._tabs.index(tab) + 1 if tab in self._tabs else 0

    def at(self, index: int) -> Tab | None:
        """The tab at an index of the bar."""
        return self._tabs[index - 1] if 0 < index <= len(self._tabs) else None

    def current(self) -> ViewerPage | None:
        """The viewer in front, None when the library is."""
        front = self.front()
        return front.page if front is not None else None

    def by_recency(self) -> list[int]:
        """The bar's indices, the tab seen last first."""
        things: list[object] = [self._library, *self._tabs]
        return [things.index(thing) for thing in self._recency.order(things)]

    def _halves(self) -> Iterator[Half]:
        for tab in self.everything():
            yield from tab.halves

    def tab_of(self, half: Half) -> Tab | None:
        """The tab that shows a half."""
        return next((tab for tab in self.everything() if half in tab.halves), None)

    def _alone(self, half: Half) -> bool:
        tab = self.tab_of(half)
        return tab is not None and not tab.split()

    def find(self, wanted: Callable[[Half], bool]) -> Half | None:
        """An open half."""
        return next((half for half in self._halves() if wanted(half)), None)

    # -- opening ---------------------------------------------------------

    def open_paper(
        self,
        paper: Paper,
        attachment: Attachment | None = None,
        position: ReadingPosition | None = None,
    ) -> None:
        """Open a paper's PDF at a place, else where the reader stopped."""
        self.opening.open_paper(paper, attachment, position)

    def open_file(self, path: Path) -> None:
        """Open a file that is not in the library."""
        self.opening.open_file(path)

    def bring_forward(self, half: Half, position: ReadingPosition | None = None) -> None:
        """Show an open half, at a place if one is given."""
        if position is not None:
            half.position = position
            if half.page is not None:
                half.page.show_position(position)
        tab = self.tab_of(half)
        if tab is None:
            return
        if tab.view is None:
            tab.active = tab.halves.index(half)
        elif tab.half is not half:
            self.splits.activate(tab, half)
        if tab in self._tabs:
            self._bar.tabs.setCurrentIndex(self._tabs.index(tab) + 1)
        else:
            self.windows.raise_(tab)

    def add(self, tab: Tab, *, show: bool = True, place: int = -1) -> None:
        """Put a tab into the bar, at a place or the end."""
        place = len(self._tabs) if place < 0 else min(place, len(self._tabs))
        self._tabs.insert(place, tab)
        index = self._bar.add_tab(tab.title, "pdf", place + 1)
        if show:
            self._bar.tabs.setCurrentIndex(index)
        self.tell()

    def adopt(self, half: Half) -> None:
        """Give a file the note of its paper, when the library has the file by now."""
        if self.tab_of(half) is not None:
            self.beside.adopt(half)

    # -- showing and closing ---------------------------------------------

    def _show(self, index: int) -> None:
        tab = self.at(index)
        if tab is None:
            self._recency.touch(self._library)
            self._stack.setCurrentWidget(self._library)
            self.shown.emit(None)
            self.tell()
            return
        self._recency.touch(tab)
        self.read_last = tab.half
        view = self.splits.look(tab, self._stack)
        if self._stack.indexOf(view) < 0:
            self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        if tab.page is not None:
            tab.page.setFocus()
        self._tell_front(tab)

    def _tell_front(self, tab: Tab) -> None:
        page = tab.page
        if page is not None:
            self.read_last = tab.half
            page.tell_conditions()
            self.shown.emit(page)
        self.tell()

    def _split_changed(self, tab: Tab) -> None:
        if tab is self.front():
            self._tell_front(tab)
        elif window := self.windows.of(tab):
            window.refresh()

    def tell(self) -> None:
        """Say what holds of the tabs, for the commands."""
        front = self.front()
        found = {
            "tabs": bool(self._tabs),
            "tab": front is not None,
            "split": front is not None and front.split(),
            "other_tabs": front is not None and len(self._tabs) > 1,
            "closed_tabs": bool(self.closed),
        }
        self.windows.tell({"closed_tabs": bool(self.closed)})
        if front is None:
            history = self.pages.history
            found["can_go_back"] = history.can_go_back
            found["can_go_forward"] = history.can_go_forward
        self.conditions.emit(found)

    def can_reopen(self) -> bool:
        """Whether a closed tab can be opened again."""
        return bool(self.closed)

    def show(self, index: int) -> None:
        """Show a tab by its index in the bar."""
        self._bar.tabs.setCurrentIndex(index)

    def step(self, by: int) -> None:
        """Show the next or previous tab in the bar, around the end."""
        count = self._bar.tabs.count()
        self._bar.tabs.setCurrentIndex((self._bar.tabs.currentIndex() + by) % count)

    def show_library(self) -> None:
        """Show the library page."""
        self._bar.tabs.setCurrentIndex(0)

    def close(self, index: int, *, again: bool = True) -> None:
        """Close a tab by its index in the bar; the library stays.  `again`: it can be reopened."""
        tab = self.at(index)
        if tab is None:
            return
        self._take_out(tab)
        if again:
            self.closed.put(index - 1, tab)
        view = tab.view
        self.splits.end(tab)
        if view is not None:
            self._stack.removeWidget(view)
        self.tell()

    def _take_out(self, tab: Tab) -> None:
        """Take a tab out of the bar."""
        index = self._tabs.index(tab)
        self._tabs.remove(tab)
        self._recency.drop(tab)
        self._bar.tabs.removeTab(index + 1)

    def close_current(self) -> None:
        """Close the tab in front."""
        self.close(self._bar.tabs.currentIndex())

    def reopen(self) -> None:
        """Open the tab closed last again, where it was."""
        found = self.closed.take()
        if found is not None:
            place, tab = found
            if tab.geometry:
                self.windows.open(tab)
            else:
                self.add(tab, place=place)
        self.tell()

    def _moved(self, source: int, target: int) -> None:
        if source == 0 or target == 0:
            # The library keeps its place; Qt has moved it, so it is moved back.
            self._bar.tabs.blockSignals(True)
            self._bar.tabs.moveTab(target, source)
            self._bar.tabs.blockSignals(False)
            return
        self._tabs.insert(target - 1, self._tabs.pop(source - 1))

    # -- halves from other tabs, windows ---------------------------------

    def put_beside(self, index: int) -> None:
        """Make a tab the other half of the one in front."""
        tab, front = self.at(index), self.front()
        if tab is None or front is None or tab is front or tab.split() or front.split():
            return
        half, view = tab.half, tab.view
        self._take_out(tab)
        if view is not None:
            view.take(half)
            self._stack.removeWidget(view)
            view.deleteLater()
        self.splits.join(front, half)
        self.tell()

    def take_apart(self) -> None:
        """Give the other half of the tab in front a tab of its own, beside it."""
        front = self.front()
        apart = self.splits.take_apart(front) if front is not None else None
        if front is not None and apart is not None:
            self.add(apart, show=False, place=self._tabs.index(front) + 1)

    def tear_off(self, index: int, at: QPoint | None = None) -> None:
        """Move a tab into a window of its own, with its corner at a point of the screen."""
        tab = self.at(index)
        if tab is None or self.windows.main is None:
            return
        self._take_out(tab)
        if tab.view is not None:
            self._stack.removeWidget(tab.view)
        self.windows.open(tab, at)
        self.tell()

    def put_back(self, tab: Tab) -> None:
        """Bring a tab from its own window back into the bar."""
        self.windows.take(tab)
        self.add(tab)
        if tab.view is not None:
            tab.view.balance()
        self._stack.window().activateWindow()

    def _window_closed(self, tab: Tab) -> None:
        self.closed.put(len(self._tabs), tab)
        self.splits.end(tab)
        self.tell()

    # -- beginning, remembering, ending ----------------------------------

    def use(self, main: Main) -> None:
        """What the main window does for others is there: windows can be opened."""
        self.windows.main = main
        waiting, self._to_tear = self._to_tear, []
        for tab in waiting:
            QTimer.singleShot(0, self, lambda tab=tab: self.windows.open(tab))

    def state(self) -> list[dict[str, Any]]:
        """The open tabs, to be remembered; those in windows of their own at the end."""
        self.windows.remember()
        for half in self._halves():
            if half.page is not None:
                half.position = half.page.position() or half.position
        return [remembered(tab) for tab in (*self.everything(), *self._to_tear)]

    def restore(self, state: list[Any], current: int) -> None:
        """Bring remembered tabs back; those whose files are gone are left out."""
        reader = self._desk.reader
        for tab in filter(None, (recalled(item, reader.file_held) for item in state)):
            if tab.half.attachment and not tab.split():
                tab.half.position = reader.position(tab.half.attachment) or tab.half.position
            if tab.geometry:
                self._to_tear.append(tab)
            else:
                self.add(tab, show=False)
        if 0 < current <= len(self._tabs):
            self._bar.tabs.setCurrentIndex(current)

    def close_all(self) -> None:
        """Give everything back at the end of the program."""
        for tab in self.everything():
            for half in tab.halves:
                self.pages.end(half)
        self.windows.end()
