"""Studying a document: its texts gathered behind the reading, its structure found on a lane."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer, Signal

from reader.domain.errors import ReaderError
from reader.pdf.protocol import PageText, PdfLink
from reader.services import findings
from reader.services.findings import Findings
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.home import Home
from reader.ui.viewer.requests import Want

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

_AFTER = 250  # ms after the document is shown
_AHEAD = 3  # pages asked for together
_PRIORITY = 1  # behind everything that is looked at
# Of a longer document the beginning is studied, and the end, where the references are.
_MOST_PAGES, _OF_THE_END, _HOPELESS = 1_200, 300, 20_000
_MOST_CHARACTERS = 6_000_000


class Study(Feature):
    """Knows what a document's text leads to, as soon as it has been looked through."""

    name: ClassVar[str] = "study"
    ready = Signal()  # `findings` are those of the document, or empty again

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.findings = Findings()
        self.done = False
        self._pdf: PdfView | None = None
        self._texts: dict[int, PageText | None] = {}
        self._links: dict[int, tuple[PdfLink, ...]] = {}
        self._pages: Iterator[int] = iter(())
        self._open: set[int] = set()  # pages being asked for
        self._characters = 0
        self._whole = True
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)

    def opened(self, pdf: PdfView) -> None:
        self._forget()
        self._pdf = pdf
        self._pages = _order(pdf.pages)
        self._whole = pdf.pages <= _MOST_PAGES
        pdf.requests.answered.connect(self._answered)
        pdf.requests.refused.connect(self._refused)
        if self.page.home is not None:
            self._timer.start(_AFTER)

    def homed(self, home: Home) -> None:
        del home
        if self._pdf is not None and not self.done and not self._open:
            self._timer.start(_AFTER)

    def left(self) -> None:
        self._forget()
        self.ready.emit()

    def _forget(self) -> None:
        self._timer.stop()
        self._pdf = None
        self._texts, self._links, self._open = {}, {}, set()
        self._characters = 0
        self.findings, self.done = Findings(), False

    # -- gathering

    def _go_on(self) -> None:
        """Ask for the next pages; when there are none left, look through them."""
        pdf = self._pdf
        if pdf is None or self.done:
            return
        content = self.page.canvas.content
        while len(self._open) < _AHEAD and self._characters < _MOST_CHARACTERS:
            page = next(self._pages, None)
            if page is None:
                break
            self._open.add(page)
            text, links = content.text(page), content.links(page)
            if text is not None:
                self._take_text(page, text)
            if links is not None:
                self._links[page] = links
            self._settle(page)
        pdf.requests.want("study", [want for page in self._open for want in self._wants(page)])
        if not self._open:
            self._whole = self._whole and next(self._pages, None) is None
            self._look(pdf)

    def _wants(self, page: int) -> Iterator[Want]:
        if page not in self._texts:
            yield Want("text", page, priority=_PRIORITY)
        if page not in self._links:
            yield Want("links", page, priority=_PRIORITY)

    def _take_text(self, page: int, text: PageText | None) -> None:
        self._texts[page] = text
        self._characters += len(text.chars) if text is not None else 0

    def _settle(self, page: int) -> None:
        if page in self._texts and page in self._links:
            self._open.discard(page)

    def _answered(self, want: Want, value: Any) -> None:
        if want.page not in self._open:
            return
        match want.kind:
            case "text":
                self._take_text(want.page, value)
            case "links":
                self._links[want.page] = value
            case _:
                return
        self._advance(want.page)

    def _refused(self, want: Want, error: ReaderError) -> None:
        del error  # the page itself says why; here it counts as one without words
        if want.page not in self._open:
            return
        match want.kind:
            case "text":
                self._texts[want.page] = None
            case "links":
                self._links[want.page] = ()
            case _:
                return
        self._advance(want.page)

    def _advance(self, page: int) -> None:
        self._settle(page)
        if page not in self._open and not self._timer.isActive():
            self._timer.start(0)

    # -- looking through

    def _look(self, pdf: PdfView) -> None:
        home = self.page.home
        self.done = True
        if home is None:
            return
        pages = range(max(self._texts, default=-1) + 1)
        texts = [self._texts.get(page) for page in pages]
        links = [self._links.get(page, ()) for page in pages]
        outline = tuple(pdf.outline)
        self._texts, self._links = {}, {}

        def found(findings: Findings) -> None:
            if pdf is self._pdf:
                self.findings = findings
                self.ready.emit()

        home.desk.read(
            lambda: findings.study(texts, links, outline, whole=self._whole),
            then=found,
            failed=self._failed,
            owner=self,
        )

    def _failed(self, error: ReaderError) -> None:
        """Without findings the document is read as before; what is at fault is not the reader's."""
        self.page.statusChanged.emit(error.message)


def _order(pages: int) -> Iterator[int]:
    if pages <= _MOST_PAGES:
        yield from range(pages)
        return
    yield from range(_MOST_PAGES - _OF_THE_END)
    if pages <= _HOPELESS:
        yield from range(pages - _OF_THE_END, pages)
