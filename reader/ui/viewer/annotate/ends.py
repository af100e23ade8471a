"""The ends of a text mark, led along the text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from reader.domain.marking import Annotation
from reader.ui.viewer.annotate import drafting
from reader.ui.viewer.columns import caret_at
from reader.ui.viewer.selection import Caret, Selection

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage


class TextEnds:
    """While an end is led the mark is shown as selected text; then it is drafted anew."""

    def __init__(self, page: ViewerPage) -> None:
        self._page = page
        self.selection: Selection | None = None
        self._column: int | None = None

    def lead(self, one: Annotation, end: str, at: QPointF) -> None:
        """Lead the first or last end to a point of the view (logical pixels)."""
        canvas = self._page.canvas
        point = at * canvas.ratio
        spot = canvas.camera.spot(point.x(), point.y())
        text, fixed = canvas.content.text(spot.page), self._fixed(one, end)
        if text is None or fixed is None:
            return
        index, self._column = caret_at(text, spot.x, spot.y, self._column)
        led = Caret(spot.page, index)
        self.selection = Selection(fixed, fixed, led, led)
        canvas.selection = self.selection

    def _fixed(self, one: Annotation, end: str) -> Caret | None:
        """The caret at the end that stays."""
        pdf = self._page.pdf
        part = one.parts[-1] if end == "first" else one.parts[0]
        geometry = pdf.geometry(part.page) if pdf is not None else None
        text = self._page.canvas.content.text(part.page)
        if geometry is None or text is None or not part.quads:
            return None
        quad = part.quads[-1] if end == "first" else part.quads[0]
        rect = geometry.quad_to_view(quad)
        if runs := text.under([rect]):
            return Caret(part.page, runs[-1][1] if end == "first" else runs[0][0])
        return Caret(part.page, text.caret_at((rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2))

    def taken(self, one: Annotation) -> Annotation | None:
        """The annotation over what is selected now; None where that holds no words."""
        pdf, chosen = self._page.pdf, self.selection
        content = self._page.canvas.content
        if pdf is None or chosen is None or chosen.empty or drafting.missing(chosen, content.text):
            return None
        made = drafting.draft(chosen, content.text, pdf.geometry, aside=content.aside)
        if made is None:
            return None
        return replace(
            one,
            parts=made.parts,
            quote=made.quote,
            before=made.before,
            after=made.after,
            sha256=pdf.doc.info.sha256,
            placed=True,
        )

    def drop(self) -> None:
        """Lead nothing any more."""
        if self.selection is not None and self._page.canvas.selection == self.selection:
            self._page.choose_text(None)
        self.selection = self._column = None
