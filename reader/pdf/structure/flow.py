"""Running text as one string, line ends joined, with the way back to the page's characters."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable

from reader.domain.annotation import Rect
from reader.pdf.structure.line import Line
from reader.pdf.structure.lines import union
from reader.pdf.text import PageText

_HYPHENS = "-\u2010\u00ad"


class Flow:
    """Lines that follow one another, read as one text."""

    def __init__(self, page: PageText, lines: Iterable[Line], skip_to: int = 0) -> None:
        """`skip_to` leaves out the characters before that index, as a caption's own label."""
        pieces: list[str] = []
        self._places = array("l")
        self._page = page
        self._starts: list[int] = []  # where each line begins in `text`
        length = 0
        for line in lines:
            start, end = max(line.start, skip_to), line.end
            while end > start and page.chars[end - 1].isspace():
                end -= 1
            if end <= start:
                continue
            if pieces:
                length += self._join(pieces, page.chars[start], start)
            self._starts.append(length)
            pieces.append(page.chars[start:end])
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
        if last and (last[-1] in "-\u2013\u2014" or (last[-1] == "[" or after in "],;")):
            return 0
        pieces.append(" ")
        self._places.append(start)
        return 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The page's characters of a part of the text: first and last + 1."""
        return self._places[start], self._places[end - 1] + 1

    def rects(self, start: int, end: int) -> tuple[Rect, ...]:
        """One rect for each line a part of the text touches."""
        cuts = [start]
        first = bisect_right(self._starts, start)
        while first < len(self._starts) and self._starts[first] < end:
            cuts.append(self._starts[first])
            first += 1
        found: list[Rect] = []
        for low, high in zip(cuts, [*cuts[1:], end], strict=True):
            places = [self._places[at] for at in range(low, high) if not self.text[at].isspace()]
            if places:
                found.append(union(self._page.box(place) for place in places))
        return tuple(found)

    def place(self, at: int) -> int:
        """The index of the page's character that stands at a position of the text."""
        return self._places[at]
