"""What is known of a document's sections, and the pane that shows it once it is looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from reader.pdf.protocol import OutlineItem
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.outline import OutlinePanel
from reader.ui.viewer.side_panel import SidePanel

PANE = "outline"


class Sections(QObject):
    """The outline in the side panel; `picked` when the reader chose a section with a page."""

    picked = Signal(object)  # OutlineItem

    def __init__(self, panel: SidePanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._pane: OutlinePanel | None = None
        self._items: Sequence[OutlineItem] | None = None  # None: not known yet
        self._made = False
        self._failure = ""
        self._place: tuple[int, float, tuple[Spot, Spot]] | None = None
        panel.add(PANE, "outline", self.tr("Outline (F9)"), lambda: self.pane)

    @property
    def pane(self) -> OutlinePanel:
        """The pane, made when it is first needed."""
        if self._pane is None:
            self._pane = pane = OutlinePanel(self._panel.room)
            pane.picked.connect(self.picked)
            if self._items is not None:
                pane.set_items(self._items, made=self._made)
            if self._failure:
                pane.show_failure(self._failure)
            if self._place is not None:
                pane.mark(*self._place)
        return self._pane

    def set_items(self, items: Sequence[OutlineItem], *, made: bool = False) -> None:
        """Show an outline, `made` of the headings or the file's own; an empty one says so."""
        self._items, self._made = items, made
        self._failure, self._place = "", None
        if self._pane is not None:
            self._pane.set_items(items, made=made)

    def show_failure(self, text: str) -> None:
        """Say why the outline could not be read."""
        self._failure = text
        if self._pane is not None:
            self._pane.show_failure(text)

    def mark(self, page: int, y: float, landing: tuple[Spot, Spot]) -> None:
        """Highlight the section a place is in, or in `landing` the one the reader picked."""
        self._place = page, y, landing
        if self._pane is not None:
            self._pane.mark(*self._place)
