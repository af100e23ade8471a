"""A tab's pages on the screen: one, or two with a line over the one that has the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from reader.ui.tabs.tab import Half, Tab
from reader.ui.widgets.buttons import HairSplitter

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage


class Room(QWidget):
    """A page under its line; the page is made in it, or comes from elsewhere."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.page: ViewerPage | None = None
        self._line = QFrame(self)
        self._line.setObjectName("paneLine")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self._line)

    def hold(self, page: ViewerPage) -> None:
        """Show a page."""
        self.page = page
        self._box.addWidget(page, 1)

    def mark(self, *, paired: bool, active: bool) -> None:
        """Draw the line of a pair, in the accent where the keys go."""
        self._line.setVisible(paired)
        if paired and self._line.property("active") != active:
            self._line.setProperty("active", active)
            style = self._line.style()
            style.unpolish(self._line)
            style.polish(self._line)


_SIDE_BESIDE, _SIDE_BELOW = 0.24, 0.38  # of the width of a split tab, for a note
_LEAST_PAGE = 440  # pixels of a half, without which the note makes room


def _give_side(page: ViewerPage, whole: int, wide: int) -> None:
    """Give what stands beside a page its width of the whole the page is about to have."""
    if page.side is not None and not page.side.isHidden():
        left = page.panel.width() if page.panel.isVisible() else 0
        page.splitter.setSizes([left, max(whole - left - wide, 1), wide])


class TabView(QWidget):
    """Shows the pages of a tab; it makes and ends none."""

    activated = Signal(object)  # the Half that has the keys now

    def __init__(self, tab: Tab, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tab = tab
        self._panes: dict[int, Room] = {}  # by the identity of their half
        self._split = HairSplitter(Qt.Orientation.Horizontal, self)
        self._split.splitterMoved.connect(self._moved)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._split)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_changed)

    def become(self, tab: Tab) -> None:
        """Be another tab's view; its half has the page that was put here for the one before."""
        self._panes = {id(tab.half): pane for pane in self._panes.values()}
        self._tab = tab

    def room(self, half: Half) -> Room:
        """Where the tab has a half's page, its parent; `put` follows."""
        pane = self._panes.get(id(half))
        if pane is None:
            pane = self._panes[id(half)] = Room(self._split)
            self._split.insertWidget(self._tab.halves.index(half), pane)
        return pane

    @property
    def pages(self) -> list[ViewerPage]:
        """The pages that are here."""
        return [pane.page for pane in self._panes.values() if pane.page is not None]

    @property
    def busy(self) -> bool:
        """Whether anything is still wanted of the engine."""
        return any(page.pdf is not None and page.pdf.requests.busy for page in self.pages)

    def put(self, half: Half, page: ViewerPage) -> None:
        """Show a half's page where the tab has it."""
        self.room(half)
        self._panes[id(half)].hold(page)
        page.show()
        self.arrange()

    def take(self, half: Half) -> None:
        """Show a half no more; its page goes on without a parent."""
        pane = self._panes.pop(id(half), None)
        if pane is not None and pane.page is not None:
            pane.page.hide()
            pane.page.setParent(None)
            pane.setParent(None)
            pane.deleteLater()
        self.arrange()

    def arrange(self) -> None:
        """Lay the panes out as the tab says."""
        tab = self._tab
        down = tab.below and tab.split()
        self._split.setOrientation(Qt.Orientation.Vertical if down else Qt.Orientation.Horizontal)
        self.mark()
        self._share()
        # Before its first layout the splitter has no width to share.
        QTimer.singleShot(0, self, self._share)

    def _share(self) -> None:
        if self._split.count() < 2:
            return
        down = self._split.orientation() == Qt.Orientation.Vertical
        whole = self._split.height() if down else self._split.width()
        first = round(whole * self._tab.share)
        self._split.setSizes([first, whole - first])

    def balance(self) -> None:
        """Give notes their part of the width; two pages side by side are equally wide."""
        QTimer.singleShot(0, self, self._balance)

    def _balance(self) -> None:
        panes = filter(None, (self._panes.get(id(half)) for half in self._tab.halves))
        pages = [pane.page for pane in panes if pane.page is not None]
        whole = self._split.width()
        if not whole:
            return
        if self._tab.below or len(pages) < 2:
            usual = round(whole * _SIDE_BELOW)
            most = usual if len(pages) > 1 else whole // 2  # alone, it is as wide as was chosen
            for page in pages:
                _give_side(page, whole, min(page.widths[1] or usual, most))
            return
        noted = next((page for page in pages if page.side and not page.side.isHidden()), None)
        wide = round(whole * _SIDE_BESIDE) if noted is not None else 0
        if noted is not None and whole - wide < 2 * _LEAST_PAGE:
            noted.show_notes(False)
            noted, wide = None, 0
        first = (whole - wide) // 2 + (wide if noted is pages[0] else 0)
        self._tab.share = first / whole
        self._share()
        if noted is not None:
            _give_side(noted, first if noted is pages[0] else whole - first, wide)

    def mark(self) -> None:
        """Draw the line over the half that has the keys."""
        paired = len(self._panes) > 1
        for half in self._tab.halves:
            if pane := self._panes.get(id(half)):
                pane.mark(paired=paired, active=half is self._tab.half)

    def _moved(self) -> None:
        sizes = self._split.sizes()
        if len(sizes) > 1 and sum(sizes):
            self._tab.share = sizes[0] / sum(sizes)

    def _focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        del before
        if now is None or len(self._panes) < 2 or not self.isAncestorOf(now):
            return
        for number, half in enumerate(self._tab.halves):
            pane = self._panes.get(id(half))
            if pane is not None and pane.isAncestorOf(now) and number != self._tab.active:
                self._tab.active = number
                self.mark()
                self.activated.emit(half)
