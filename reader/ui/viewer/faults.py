"""Keeps the small panels of failed pages where their pages are."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from reader.domain.errors import ReaderError
from reader.ui.viewer.canvas import PageCanvas
from reader.ui.viewer.panels import PageFault


class PageFaults(QObject):
    """A panel for each failed page in view."""

    retried = Signal(int)

    def __init__(self, canvas: PageCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.panels: dict[int, PageFault] = {}
        canvas.moved.connect(self.place)

    def place(self) -> None:
        """Make, move and drop panels as the view says."""
        faults = self._canvas.content.faults
        seen = set(self._canvas.camera.visible()) & faults.keys() if faults else set[int]()
        for page in self.panels.keys() - seen:
            panel = self.panels.pop(page)
            panel.hide()
            panel.deleteLater()
        for page in seen:
            if page not in self.panels:
                self.panels[page] = self._panel(page, faults[page])
            self._move(page)

    def _panel(self, page: int, error: ReaderError) -> PageFault:
        panel = PageFault(page, error, self._canvas.viewport())
        panel.retried.connect(self.retried)
        return panel

    def _move(self, page: int) -> None:
        """To the middle of what is seen of the page."""
        camera, ratio, panel = self._canvas.camera, self._canvas.ratio, self.panels[page]
        x, y, width, height = camera.page_rect(page)
        top = max(y - camera.top, 0)
        bottom = min(y + height - camera.top, camera.height)
        left = max(x - camera.left, 0)
        right = min(x + width - camera.left, camera.width)
        centre_x = (left + right) / 2 / ratio
        centre_y = (top + bottom) / 2 / ratio
        panel.move(round(centre_x - panel.width() / 2), round(centre_y - panel.height() / 2))
