"""An outline for a document that has none, made of its headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.viewer.feature import Feature
from reader.ui.viewer.study import Study

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage


class Headings(Feature):
    """Fills the outline's pane once a document without an outline has been studied."""

    name = "headings"

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        page.feature(Study).ready.connect(self._offer)

    def _offer(self) -> None:
        pdf = self.page.pdf
        made = self.page.feature(Study).findings.outline
        if pdf is not None and not pdf.outline and made:
            self.page.sections.set_items(made, made=True)
            self.page.canvas.moved.emit()
