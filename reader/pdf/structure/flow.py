"""Running text as one string, line ends joined, with the way back to the page's characters."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from reader.domain.annotation import Rect
from reader.pdf.structure.line import Line
from reader.pdf.structure.lines import union
from reader.pdf.text import PageText

_HYPHENS = "-\u2010\u00ad"


class Flow:
    """Lines that follow one another, read as one text.

    The last line of the page before and the first of the page behind may be
    among them, so that what a page's end divides is read whole.
    """

    def __init__(
        self,
        texts: Sequence[PageText | None],
        page: int,
        lines: Iterable[Line],
        skip_to: int = 0,
    ) -> None:
        """`skip_to` leaves out the characters before that index, as a caption's own label."""
        pieces: list[str] = []
        self._places = array("l")
        self._texts = texts
        self.page = page
        self._starts: list[int] = []  # where each line begins in `text`
        self._pages: list[int] = []  # and the page it is on
        length = 0
        for line in lines:
            content = texts[line.page]
            start, end = max(line.start, skip_to), line.end
            if content is None:
                continue
            while end > start and content.chars[end - 1].isspace():
                end -= 1
            if end <= start:
                continue
            if pieces:
                length += self._join(pieces, content.chars[start], start)
            self._starts.append(length)
            self._pages.append(line.page)
            pieces.append(content.chars[start:end])
            self._places.extend(range(start, end))
            length += end - start
        self.text = "".join(pieces)

    def _join(self, pieces: list[str], after: str, start: int) -> int:
        """Put what is between two lines; how much longer the text has become."""
        last = pieces[-1]
        if len(last) > 1 and last[-1] in _HYPHENS and last[-2].isalpha() and after.islower():
            pieces[-1] = last[:-1]
            self._places.pop()
            return -1
        if last and (last[-1] in "-\u2013\u2014[" or after in "],;"):
            return 0
        pieces.append(" ")
        self._places.append(start)
        return 1

    def ends_here(self, end: int) -> bool:
        """Whether the character before a position of the text is on the flow's own page."""
        return self._page_at(end - 1) == self.page

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The own page's characters of a part of the text: first and last + 1."""
        while start < end - 1 and self._page_at(start) != self.page:
            start += 1
        return self._places[start], self._places[end - 1] + 1

    def rects(self, start: int, end: int) -> tuple[Rect, ...]:
        """One rect for each line of the own page that a part of the text touches."""
        content = self._texts[self.page]
        if content is None:
            return ()
        cuts = [start]
        first = bisect_right(self._starts, start)
        while first < len(self._starts) and self._starts[first] < end:
            cuts.append(self._starts[first])
            first += 1
        found: list[Rect] = []
        for low, high in zip(cuts, [*cuts[1:], end], strict=True):
            places = [self._places[at] for at in range(low, high) if not self.text[at].isspace()]
            if places and self._page_at(low) == self.page:
                found.append(union(content.box(place) for place in places))
        return tuple(found)

    def place(self, at: int) -> int:
        """The index of the page's character that stands at a position of the text."""
        return self._places[at]

    def text_of(self, at: int) -> PageText:
        """The page whose character stands at a position of the text."""
        return self._texts[self._page_at(at)] or PageText()

    def _page_at(self, at: int) -> int:
        return self._pages[max(bisect_right(self._starts, at) - 1, 0)]
