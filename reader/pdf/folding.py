"""A page's text as finding sees it: one stretch without line ends, accents and ligatures.

Case stays: whoever does not mind it compares lower case, which has the same length.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

from reader.domain.value import dataclass

Span = tuple[int, int]

HYPHENS = "-\u2010\u00ad"
_ALIKE = {
    "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
    "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"',
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O",
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H", "ı": "i", "ς": "σ",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Folded text and the way back: from `offsets[i]` on, characters stand for `places[i]`, ..."""

    text: str
    offsets: array[int]
    places: array[int]

    def place(self, offset: int) -> int:
        """The index on the page of a folded character."""
        at = bisect_right(self.offsets, offset) - 1
        return self.places[at] + offset - self.offsets[at]

    def span(self, start: int, end: int) -> Span:
        """The characters of the page that a part of the folded text stands for."""
        return self.place(start), self.place(end - 1) + 1

    def spans(self, parts: Iterable[Span]) -> list[Span]:
        """`span` of many parts that are not empty, in their order; far quicker than one by one."""
        offsets, places = self.offsets, self.places
        last = len(offsets) - 1
        first, found = 0, list[Span]()
        for start, end in parts:
            while first < last and offsets[first + 1] <= start:
                first += 1
            at, stop = first, end - 1
            while at < last and offsets[at + 1] <= stop:
                at += 1
            found.append((places[first] + start - offsets[first], places[at] + end - offsets[at]))
        return found

    def around(self, offset: int, place: int) -> Span:
        """The part of the text around an offset that stands for one character of the page."""
        at = bisect_right(self.offsets, offset)
        end = self.offsets[at] if at < len(self.offsets) else len(self.text)
        if self.offsets[at - 1] < offset < end - 1:
            return offset, offset + 1  # characters of the page that follow one another
        low = high = offset
        while low > 0 and self.place(low - 1) == place:
            low -= 1
        while high < len(self.text) and self.place(high) == place:
            high += 1
        return low, high


@dataclass(frozen=True, slots=True, eq=False)
class FoldedPage:
    """A page's text folded.

    `joined` takes words together that a line end divides ("pretrain"); `hyphened`
    keeps their hyphens ("pre-train") and is None where no line ends in one.
    `lines` are the indices where lines that hold anything begin, `tops` their heights
    (view space, y).
    """

    joined: Reading
    hyphened: Reading | None
    lines: array[int]
    tops: array[float]

    def top(self, index: int) -> float:
        """How far below the top of the page the line of a character is, in points."""
        at = bisect_right(self.lines, index) - 1
        return self.tops[at] if at >= 0 else 0.0


def fold_page(chars: str, lines: Sequence[Span], boxes: array[float]) -> FoldedPage:
    """Fold a page's characters, whose `lines` follow one another without gaps."""
    divided = any(high > low + 1 and chars[high - 1] in HYPHENS for low, high in lines)
    joined = _read(chars, lines, keep_hyphens=False)
    hyphened = _read(chars, lines, keep_hyphens=True) if divided else None
    starts = array("I", (low for low, high in lines if low < high))
    return FoldedPage(joined, hyphened, starts, array("f", (boxes[4 * at + 1] for at in starts)))


def _read(chars: str, lines: Sequence[Span], *, keep_hyphens: bool) -> Reading:
    writer = _Writer()
    for low, high in lines:
        line = chars[low:high].rstrip()
        broken = len(line) > 1 and line[-1] in HYPHENS
        writer.add(line[:-1] if broken and not keep_hyphens else line, low)
        if not broken and line:
            writer.space(low + len(line) - 1)
    return Reading("".join(writer.pieces).rstrip(" "), writer.offsets, writer.places)


class _Writer:
    """Puts folded text together; no two spaces follow one another, and none comes first."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.offsets = array("I")
        self.places = array("I")
        self._end = 0
        self._spaced = True

    def add(self, line: str, place: int) -> None:
        if line.isascii() and line.isprintable() and "  " not in line and line[:1] != " ":
            self._put(line, place)
            return
        for index, char in enumerate(line):
            piece = fold_char(char)
            if piece == " ":
                self.space(place + index)
            else:
                # Each part of a ligature stands for the whole of it.
                for part in piece:
                    self._put(part, place + index)

    def space(self, place: int) -> None:
        if not self._spaced:
            self._put(" ", place)

    def _put(self, text: str, place: int) -> None:
        if not text:
            return
        if not self.places or self.places[-1] + self._end - self.offsets[-1] != place:
            self.offsets.append(self._end)
            self.places.append(place)
        self.pieces.append(text)
        self._end += len(text)
        self._spaced = text[-1] == " "


@lru_cache(maxsize=8192)
def fold_char(char: str) -> str:
    """A character without accent and ligature, its case kept; "" for a mark by itself."""
    if char.isspace():
        return " "
    if (alike := _ALIKE.get(char)) is not None:
        return alike
    parts = unicodedata.normalize("NFKD", char)
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    # Recomposing puts Hangul syllables back together; accents are gone by then.
    folded = unicodedata.normalize("NFC", bare)
    return "".join(_ALIKE.get(part, part) for part in " ".join(folded.split()))


def fold_text(text: str) -> str:
    """What a person typed, folded as pages are; spaces stay as they are."""
    return "".join(fold_char(char) for char in unicodedata.normalize("NFC", text))


def lower(text: str) -> str:
    """Folded text without case, of the same length."""
    low = text.lower().replace("ς", "σ")  # as it is at a word's end
    return low if len(low) == len(text) else "".join(char.lower()[:1] for char in text)
