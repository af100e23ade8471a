"""Text, links and faults of the pages, kept while there is room."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reader.domain.annotation import Rect
from reader.domain.errors import ReaderError
from reader.pdf.protocol import PageText, PdfLink
from reader.services.witnessing import Words
from reader.ui.viewer.cache import ByteCache

_TEXT_BYTES = 96 << 20
_LINK_PAGES = 2_000
_BYTES_A_CHAR = 48  # with its box and its folded readings


class Content:
    """What is known of a document's pages besides pictures."""

    def __init__(self) -> None:
        self._texts: ByteCache[int, PageText] = ByteCache(_TEXT_BYTES)
        self._links: ByteCache[int, tuple[PdfLink, ...]] = ByteCache(_LINK_PAGES)
        self._words = Words()  # of the pages that were read, which tell hyphens
        self.faults: dict[int, ReaderError] = {}  # pages that could not be drawn
        self.found: Callable[[int], Sequence[PdfLink]] = _none  # links made of words in the text
        self.aside: Callable[[int], Sequence[Rect]] = _nowhere  # heads, page numbers, stamps
        self._mute: set[tuple[str, int]] = set()  # what could not be read, not asked again

    def put_text(self, page: int, text: PageText) -> None:
        text.share(self._words, page)
        self._texts.put(page, text, 400 + len(text.chars) * _BYTES_A_CHAR)

    def text(self, page: int) -> PageText | None:
        """The page's text when it is here; an empty one when it could not be read."""
        if ("text", page) in self._mute:
            return PageText()
        return self._texts.get(page)

    def drop_texts(self) -> None:
        """Forget all text; it is read again when it is wanted."""
        self._texts.clear()
        self._words = Words()

    def put_links(self, page: int, links: tuple[PdfLink, ...]) -> None:
        self._links.put(page, links, 1)

    def links(self, page: int) -> tuple[PdfLink, ...] | None:
        """The page's links when they are here."""
        if ("links", page) in self._mute:
            return ()
        return self._links.get(page)

    def mute(self, kind: str, page: int) -> None:
        """Remember that a stage of a page failed: its text or links count as none."""
        self._mute.add((kind, page))

    def forgive(self, page: int) -> None:
        """Let a page be tried again."""
        self.faults.pop(page, None)
        self._mute -= {("text", page), ("links", page)}

    def link_at(self, page: int, x: float, y: float) -> PdfLink | None:
        """The link under a point of a page; what was found in the text lies on top, then the last.

        Words lead to the thing they name; the file's own link may lead to its caption.
        """
        for link in (*self.found(page), *reversed(self.links(page) or ())):
            x0, y0, x1, y1 = link.rect
            if x0 <= x <= x1 and y0 <= y <= y1:
                return link
        return None


def _nowhere(page: int) -> Sequence[Rect]:
    del page
    return ()


def _none(page: int) -> Sequence[PdfLink]:
    del page
    return ()
