"""The full screen holds the pages alone, as they are otherwise: no menus, no bars.

What stands beside the pages stays where it is, and every key and the command
palette work as ever.  The window's frame comes back with its other pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from reader.ui.viewer.feature import Feature

if TYPE_CHECKING:
    from reader.ui.viewer.home import Home
    from reader.ui.viewer.page import ViewerPage


@runtime_checkable
class Framed(Protocol):
    """A window that can do without its frame: menus, bars, the line at its foot."""

    def bare(self, page: QObject, on: bool) -> None:
        """Hide the frame as long as there is a page that wants it hidden."""
        ...


class FullScreen(Feature):
    """Follows its page's window into the full screen, and out of it."""

    name = "full_screen"

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.on = False
        self._window: QWidget | None = None
        page.installEventFilter(self)
        self._follow()

    def homed(self, home: Home) -> None:
        del home
        self._follow()

    def closed(self) -> None:
        self._set(on=False)

    def escape(self) -> bool:
        """Esc leaves the full screen when it has nothing else to take away."""
        page = self.page
        copying = page.pdf is not None and page.pdf.copying.active
        if not self.on or copying or page.finding or page.canvas.selection is not None:
            return False
        if self._window is not None:
            self._window.showNormal()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        kinds = QEvent.Type
        if event.type() in (kinds.Show, kinds.Hide, kinds.ParentChange, kinds.WindowStateChange):
            self._follow()
        return False

    def _follow(self) -> None:
        # Only while it is seen: a window asks each of its filters about every event it has.
        window = self.page.window() if self.page.isVisible() else None
        if window is not self._window:
            self._set(on=False)
            if self._window is not None:
                self._window.removeEventFilter(self)
            self._window = window
            if window is not None and window is not self.page:
                window.installEventFilter(self)
        self._set(on=window is not None and window.isFullScreen())

    def _set(self, *, on: bool) -> None:
        if on == self.on:
            return
        self.on = on
        self.page.bar.setVisible(not on)
        if isinstance(self._window, Framed):
            self._window.bare(self.page, on)
        if on and self.page.home is not None:
            self.page.home.desk.notices.ok(self.tr("Esc leaves the full screen."))
