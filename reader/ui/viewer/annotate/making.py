"""Annotations of selected text: made at once, or as soon as the text of all its pages is here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.domain.marking import Annotation, Kind
from reader.ui.viewer.annotate import drafting
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.selection import Chosen
from reader.ui.viewer.wants import Want

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

_AHEAD = 6
_PRIORITY = 50
_GROUP = "annotate"


class Making(QObject):
    """Turns the selection into drafts."""

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self._page = page
        self._wish: tuple[Chosen, Kind, str, Callable[[Annotation], None]] | None = None

    def opened(self, pdf: PdfView) -> None:
        """A document is here: its texts may be waited for."""
        pdf.loader.texted.connect(self._go_on)

    def draft(self, kind: Kind, color: str) -> Annotation | None:
        """What the selection is as an annotation; None without one, or while its text is missing."""
        chosen = self._page.canvas.selection
        text_of = self._page.canvas.content.text
        if chosen is None or chosen.empty or drafting.missing(chosen, text_of):
            return None
        return self._drafted(chosen, kind, color)

    def make(self, kind: Kind, color: str, then: Callable[[Annotation], None]) -> bool:
        """Make a draft of the selection for `then`, perhaps later; False when nothing is selected."""
        chosen = self._page.canvas.selection
        if self._page.pdf is None or chosen is None or chosen.empty:
            return False
        if len(chosen.pages) > drafting.MOST_PAGES:
            self._page.statusChanged.emit(
                self.tr("That is more than {} pages; select less of the text.").format(
                    drafting.MOST_PAGES
                )
            )
            return True
        self._wish = chosen, kind, color, then
        self._go_on()
        return True

    def stop(self) -> None:
        """Give up what waits for text."""
        self._wish = None

    def _go_on(self, _page: int = 0) -> None:
        pdf, wish = self._page.pdf, self._wish
        if pdf is None or wish is None:
            return
        chosen, kind, color, then = wish
        missing = drafting.missing(chosen, self._page.canvas.content.text)
        wants = [Want("text", page, priority=_PRIORITY) for page in missing[:_AHEAD]]
        pdf.requests.want(_GROUP, wants)
        if missing:
            return
        self._wish = None
        made = self._drafted(chosen, kind, color)
        if made is None:
            self._page.statusChanged.emit(self.tr("There are no words in the selection."))
        else:
            then(made)

    def _drafted(self, chosen: Chosen, kind: Kind, color: str) -> Annotation | None:
        pdf = self._page.pdf
        if pdf is None:
            return None
        content = self._page.canvas.content
        made = drafting.draft(chosen, content.text, pdf.geometry, kind, color, content.aside)
        return replace(made, sha256=pdf.doc.info.sha256) if made is not None else None
