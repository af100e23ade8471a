"""The words that marks cover, from the texts of a document's pages, with those around."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reader.domain.annotation import PageGeometry, Rect
from reader.domain.marking import CONTEXT, Annotation, clean
from reader.pdf.engine import Document, Engine
from reader.pdf.protocol import PageText, PdfFailure

_WAIT = 60.0  # longer than every deadline of the engine: it always answers


class Words:
    """The words under marks, from the texts of a document's pages."""

    def __init__(self, engine: Engine, doc: Document) -> None:
        self._engine = engine
        self._doc = doc
        self._pages: dict[int, tuple[PageWords, PageGeometry] | None] = {}

    def quoted(self, mark: Annotation) -> Annotation:
        """The mark with the words it covers and those around; as it is where none are found."""
        quotes: list[str] = []
        before = after = ""
        for number, part in enumerate(mark.parts):
            page = self._page(part.page)
            if page is None:
                continue
            words, frame = page
            text = words.text
            spans = words.covered([frame.quad_to_view(quad) for quad in part.quads])
            quotes += [text.copy(*span) for span in spans]
            if spans and not number:
                before = text.copy(max(spans[0][0] - CONTEXT, 0), spans[0][0])
            if spans:
                after = text.copy(spans[-1][1], min(spans[-1][1] + CONTEXT, len(text.chars)))
        return clean(replace(mark, quote=" ".join(quotes), before=before, after=after))

    def _page(self, number: int) -> tuple[PageWords, PageGeometry] | None:
        if number not in self._pages:
            if len(self._pages) > 8:
                self._pages.clear()
            self._pages[number] = self._read(number)
        return self._pages[number]

    def _read(self, number: int) -> tuple[PageWords, PageGeometry] | None:
        try:
            text = self._engine.text(self._doc, number).result(_WAIT)
            [frame] = self._engine.geometry(self._doc, number, 1).result(_WAIT)
        except PdfFailure:
            return None  # a page whose text cannot be read costs only the quotes
        return PageWords(text), frame


class PageWords:
    """A page's text, with the box of each line: a mark touches few of them."""

    def __init__(self, text: PageText) -> None:
        self.text = text
        self._lines: list[tuple[int, int, float, float]] = []
        for start, end in text.lines:
            tops, bottoms = (
                text.boxes[4 * start + 1 : 4 * end : 4],
                text.boxes[4 * start + 3 : 4 * end : 4],
            )
            self._lines.append((start, end, min(tops), max(bottoms)))

    def covered(self, rects: Sequence[Rect]) -> list[tuple[int, int]]:
        """The spans of characters whose middle lies in one of the rectangles, in order.

        Spans that only spaces part are one.
        """
        boxes = self.text.boxes
        indices = sorted(
            {
                index
                for left, top, right, bottom in rects
                for start, end, high, low in self._lines
                if high <= bottom and low >= top
                for index in range(start, end)
                if not self.text.chars[index].isspace()
                and left <= (boxes[4 * index] + boxes[4 * index + 2]) / 2 <= right
                and top <= (boxes[4 * index + 1] + boxes[4 * index + 3]) / 2 <= bottom
            }
        )
        found: list[tuple[int, int]] = []
        for index in indices:
            if found and not self.text.chars[found[-1][1] : index].strip():
                found[-1] = (found[-1][0], index + 1)
            else:
                found.append((index, index + 1))
        return found
