"""How the reader likes a page: the widths beside it, and what is shown there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from reader.settings import WindowState

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

_KEY = "viewer"
_NARROWEST, _LARGEST = 120, 8000  # pixels
# Panes of lines of text: they have a width of their own, and nothing in them for a new page.
_LINES = ("found", "everywhere")
_WIDE = 380  # pixels, theirs until the reader gives them another
_MOST = 0.45  # of the width that panel and pages have together


class Looks:
    """Remembers in the window's state how the last page was arranged; new pages begin so."""

    def __init__(self, state: WindowState) -> None:
        self._state = state
        self._now: dict[str, Any] = dict(state.get(_KEY, {}))

    def dress(self, page: ViewerPage, counts: Callable[[], bool]) -> None:
        """Arrange a new page and follow what the reader does to it.

        `counts` says whether a change is the reader's wish for all pages; in
        a split tab it is not.
        """
        self.arrange(page)
        page.arrived.connect(lambda: counts() and self._see(page))
        page.splitter.splitterMoved.connect(lambda: counts() and self._measure(page))
        page.conditionsChanged.connect(lambda: counts() and self._look(page))
        page.conditionsChanged.connect(lambda: self._fit(page))

    def arrange(self, page: ViewerPage) -> None:
        """Arrange a new page as the last one was."""
        page.widths = (self._width("panel") or page.widths[0], self._width("side"))
        pane = self._now.get("pane")
        if isinstance(pane, str) and pane not in (page.panel.wanted, *_LINES):
            page.panel.wish(pane)
        page.panel.setVisible(self._panel_shown())

    def begin(self, page: ViewerPage) -> None:
        """Have a page that is alone drawn in the size that pages had the last time."""
        if size := self._view():
            page.begin_early(*size)

    def place(self, parent: QWidget) -> QRect:
        """Where in its parent the pages of a new page are going to be, as far as one can tell."""
        width, height = self._view() or (parent.width(), parent.height())
        left = self._width("panel") if self._panel_shown() else 0
        return QRect(left, max(parent.height() - height, 0), width, height) & parent.rect()

    def _panel_shown(self) -> bool:
        # Other versions of the program keep a pane of lines as well.
        return self._now.get("panel_shown") is True and self._now.get("pane") not in _LINES

    def _view(self) -> tuple[int, int] | None:
        """The size that pages had the last time."""
        match self._now.get("view"):
            case [int(width), int(height)] if min(width, height) >= _NARROWEST:
                return min(width, _LARGEST), min(height, _LARGEST)
            case _:
                return None

    def _see(self, page: ViewerPage) -> None:
        view = page.canvas.viewport()
        if page.isVisible():
            self._now["view"] = [view.width(), view.height()]
            self._state.put(_KEY, self._now)

    def side_shown(self) -> bool:
        """Whether a note is shown beside a new page."""
        return self._now.get("side_shown") is not False

    def _width(self, part: str) -> int:
        found = self._now.get(part)
        return found if isinstance(found, int) and _NARROWEST <= found <= 4000 else 0

    def _measure(self, page: ViewerPage) -> None:
        if page.panel.isVisible():
            self._now[_part(page)] = page.panel.width()
        if page.side is not None and page.side.isVisible():
            self._now["side"] = page.side.width()
        page.widths = (self._width("panel") or page.widths[0], self._width("side"))
        self._state.put(_KEY, self._now)

    def _fit(self, page: ViewerPage) -> None:
        """Give the panel the width of what it shows."""
        panel, part = page.panel, _part(page)
        before = panel.property("part") or "panel"
        if panel.isHidden() or before == part:
            return
        panel.setProperty("part", part)
        wanted = self._width(part) or (_WIDE if part == "lines" else page.widths[0])
        left, pages, *rest = page.splitter.sizes()
        width = min(wanted, round((left + pages) * _MOST))
        page.splitter.setSizes([width, left + pages - width, *rest])

    def _look(self, page: ViewerPage) -> None:
        if not page.isVisible():
            return
        lines, shown = page.panel.wanted in _LINES, not page.panel.isHidden()
        if not (lines and shown):  # a new page is as the pages were before the search
            self._now["panel_shown"] = shown
        if not lines:
            self._now["pane"] = page.panel.wanted
        if page.side is not None:
            self._now["side_shown"] = not page.side.isHidden()
        self._state.put(_KEY, self._now)


def _part(page: ViewerPage) -> str:
    """Under which name the panel's width is kept."""
    return "lines" if page.panel.wanted in _LINES else "panel"
