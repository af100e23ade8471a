"""One reading of all pages of a document as one stretch of text, and what is found in it."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from reader.pdf.folding import Reading, Span, lower


class Shelf:
    """One reading of every page, with a line end between two."""

    def __init__(self, readings: Sequence[Reading | None]) -> None:
        self.readings = readings
        self.starts = array("l", [0])
        for reading in readings:
            self.starts.append(self.starts[-1] + (len(reading.text) if reading else 0) + 1)
        self._cased = "\n".join(reading.text if reading else "" for reading in readings)
        self._low = lower(self._cased)

    def low(self, page: int) -> str:
        """The text of a page in lower case."""
        return self._low[self.starts[page] : self.starts[page + 1] - 1]

    def by_page(self, wanted: str, *, case: bool, words: bool) -> Iterator[tuple[int, list[int]]]:
        """The pages with places of a text, and where on each these begin."""
        places = _occurrences(self._cased if case else self._low, wanted, words=words)
        first = 0
        while first < len(places):
            page = bisect_right(self.starts, places[first]) - 1
            last = bisect_left(places, self.starts[page + 1], first)
            begin = self.starts[page]
            yield page, [at - begin for at in places[first:last]]
            first = last

    def spans(self, page: int, parts: Iterable[Span]) -> list[Span]:
        """Places in the text of a page as its characters."""
        reading = self.readings[page]
        return reading.spans(parts) if reading else []


def added_hyphens(joined: Reading, hyphened: Reading) -> list[int] | None:
    """Where the second text has a hyphen the first has not; None when that is not all."""
    found: list[int] = []
    pieces: list[str] = []
    text, begin = hyphened.text, 0
    at = text.find("-")
    while at >= 0:
        same = at - len(found)
        if joined.text[same : same + 1] != "-" or joined.place(same) != hyphened.place(at):
            pieces.append(text[begin:at])
            found.append(at)
            begin = at + 1
        at = text.find("-", at + 1)
    return found if "".join((*pieces, text[begin:])) == joined.text else None


def _occurrences(text: str, wanted: str, *, words: bool) -> list[int]:
    places: list[int] = []
    at = text.find(wanted)
    step = len(wanted)
    while at >= 0:
        if not words or is_word(text, at, at + step):
            places.append(at)
            at = text.find(wanted, at + step)
        else:
            at = text.find(wanted, at + 1)
    return places


def is_word(text: str, start: int, end: int) -> bool:
    """Whether a place does not cut a word at either end."""
    return not (
        (start > 0 and _in_word(text[start - 1]) and _in_word(text[start]))
        or (end < len(text) and _in_word(text[end]) and _in_word(text[end - 1]))
    )


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"
