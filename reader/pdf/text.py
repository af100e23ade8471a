"""The text of a page as characters with boxes: select, copy and fold, without PyMuPDF.

Indices count characters of `PageText.chars`; a span is (start, end), end excluded.
There are no line breaks among the characters: a line is a span of its own.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import field
from math import inf
from typing import Any

from reader.domain.annotation import Rect
from reader.domain.value import dataclass
from reader.pdf.folding import HYPHENS, FoldedPage, Span, fold_page
from reader.pdf.hyphens import SOFT, Words

_NOWHERE = (inf, inf, -inf, -inf)  # the box of an empty line
_WITHIN_WORD = "'\u2019\u00ad_"


@dataclass(frozen=True, slots=True)
class Style:
    """The look of the characters from `start` to the next style's start.

    `size` is in points; `font` is the name in the file ("NimbusRomNo9L-Medi").
    """

    start: int
    size: float
    bold: bool = False
    italic: bool = False
    mono: bool = False
    raised: bool = False  # a superscript
    font: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class PageText:
    """A page's characters in reading order.

    `boxes` holds x0 y0 x1 y1 per character, view space points.  `lines` follow
    one another without gaps; `blocks` are spans made of whole lines.  `styles`
    say how the characters look, in order; none when nothing is known.
    """

    chars: str = ""
    boxes: array[float] = field(default_factory=lambda: array("f"))
    lines: tuple[Span, ...] = ()
    blocks: tuple[Span, ...] = ()
    styles: tuple[Style, ...] = ()
    # What is derived once: folding a page per keystroke would make finding slow.
    _derived: dict[str, Any] = field(default_factory=dict, init=False, repr=False)

    def box(self, index: int) -> Rect:
        """The box of a character."""
        x0, y0, x1, y1 = self.boxes[4 * index : 4 * index + 4]
        return x0, y0, x1, y1

    def style_at(self, index: int) -> Style:
        """The look of a character; of size 0 when it is not known."""
        at = bisect_right(self.styles, index, key=lambda style: style.start) - 1
        return self.styles[at] if at >= 0 else Style(0, 0.0)

    def line_at(self, index: int) -> Span:
        """The line a character is on; (index, index) outside the text."""
        at = bisect_right(self.lines, index, key=lambda span: span[0]) - 1
        if 0 <= at and self.lines[at][0] <= index < self.lines[at][1]:
            return self.lines[at]
        return index, index

    def word_at(self, index: int) -> Span:
        """The word around a character, for a double click; elsewhere the run of its kind."""
        low, high = self.line_at(index)
        if low == high:
            return index, index
        kind = self._kind(index)
        start, end = index, index + 1
        while start > low and self._kind(start - 1) == kind:
            start -= 1
        while end < high and self._kind(end) == kind:
            end += 1
        return start, end

    def words(self) -> list[Span]:
        """All words of letters and digits, in order."""
        found: list[Span] = []
        index = 0
        while index < len(self.chars):
            span = self.word_at(index)
            if self._kind(index) == "word":
                found.append(span)
            index = max(span[1], index + 1)
        return found

    def _kind(self, index: int) -> str:
        char = self.chars[index]
        if char.isalnum() or char in _WITHIN_WORD or unicodedata.combining(char):
            return "word"
        return "space" if char.isspace() else char

    def share(self, words: Words, page: int) -> PageText:
        """Tell hyphens by the words of the whole document, which gets those of this page."""
        words.learn(page, self.chars, self.lines)
        self._derived["words"] = words
        return self

    def _words(self) -> Words:
        if "words" not in self._derived:
            self.share(Words(), 0)
        return self._derived["words"]

    def copy(self, start: int, end: int) -> str:
        """The text of a span: a block in one line, hyphenated line ends joined.

        A soft hyphen says of itself that the word goes on, so it also does in the next block.
        """
        pieces: list[str] = []
        starts = {block[0] for block in self.blocks}
        for low, high in self._parts(start, end):
            piece = self.chars[low:high]
            if pieces and low in starts and not pieces[-1].rstrip().endswith(SOFT):
                pieces.append("\n")
            elif pieces:
                pieces[-1], glue = self.joined(pieces[-1], piece)
                pieces.append(glue)
            pieces.append(piece)
        return "".join(pieces).replace(SOFT, "").strip("\n")

    def joined(self, before: str, after: str) -> tuple[str, str]:
        """How a line goes on in the next one of its block: the first part, and the glue."""
        head = before.rstrip()
        if len(head) < 2 or head[-1] not in HYPHENS or not head[-2].isalnum():
            return head, " "
        return (head if self._words().keep(head, after) else head[:-1]), ""

    def under(self, rects: Iterable[Rect]) -> list[Span]:
        """The characters whose middle lies in a rectangle (view space), in runs, in order.

        A run has visible ones at both ends; runs that only spaces part are one.
        """
        wanted = list(rects)
        runs: list[Span] = []
        for (low, high), (x0, y0, x1, y1) in zip(self.lines, self._line_boxes(), strict=True):
            here = [r for r in wanted if r[0] <= x1 and r[2] >= x0 and r[1] <= y1 and r[3] >= y0]
            for index in range(low, high) if here else ():
                if self.chars[index].isspace() or not _within(self.box(index), here):
                    continue
                if runs and not self.chars[runs[-1][1] : index].strip():
                    runs[-1] = (runs[-1][0], index + 1)
                else:
                    runs.append((index, index + 1))
        return runs

    def rects(self, start: int, end: int) -> tuple[Rect, ...]:
        """One rectangle (view space) for each line a span touches."""
        rects: list[Rect] = []
        for low, high in self._parts(start, end):
            boxes = self.boxes[4 * low : 4 * high]
            rects.append((min(boxes[::4]), min(boxes[1::4]), max(boxes[2::4]), max(boxes[3::4])))
        return tuple(rects)

    def _parts(self, start: int, end: int) -> list[Span]:
        """The span cut at line ends."""
        first = max(bisect_right(self.lines, start, key=lambda span: span[0]) - 1, 0)
        parts: list[Span] = []
        for low, high in self.lines[first:]:
            if low >= end:
                break
            low, high = max(low, start), min(high, end)
            if low < high:
                parts.append((low, high))
        return parts

    def char_at(self, x: float, y: float) -> int | None:
        """The character under a point (view space), None where there is none."""
        for number in self._nearest_lines(x, y, 0.0):
            for index in range(*self.lines[number]):
                if _distance(self.box(index), x, y) == 0.0:
                    return index
        return None

    def caret_at(self, x: float, y: float) -> int:
        """The place between characters nearest to a point: where a selection starts or ends."""
        best, best_distance = 0, float("inf")
        for number in self._nearest_lines(x, y, float("inf")):
            low, high = self.lines[number]
            if _distance(self._line_boxes()[number], x, y) >= best_distance:
                break
            for index in range(low, high):
                distance = _distance(self.box(index), x, y)
                if distance < best_distance:
                    best_distance = distance
                    best = index + self._is_behind(low, high, index, x, y)
        return best

    def _is_behind(self, low: int, high: int, index: int, x: float, y: float) -> bool:
        """Whether a point lies in the second half of a character, along its line's direction."""
        first, last = _centre(self.box(low)), _centre(self.box(high - 1))
        dx, dy = last[0] - first[0], last[1] - first[1]
        if abs(dx) + abs(dy) < 1e-6:
            dx = 1.0
        centre = _centre(self.box(index))
        return (x - centre[0]) * dx + (y - centre[1]) * dy > 0

    def _nearest_lines(self, x: float, y: float, within: float) -> list[int]:
        distances = [_distance(box, x, y) for box in self._line_boxes()]
        near = [number for number, distance in enumerate(distances) if distance <= within]
        return sorted(near, key=distances.__getitem__)

    def _line_boxes(self) -> list[Rect]:
        if "lines" not in self._derived:
            self._derived["lines"] = [
                self.rects(*span)[0] if span[0] < span[1] else _NOWHERE for span in self.lines
            ]
        return self._derived["lines"]

    def folded(self) -> FoldedPage:
        """The page as finding sees it."""
        if "folded" not in self._derived:
            self._derived["folded"] = fold_page(self.chars, self.lines, self.boxes)
        return self._derived["folded"]


def clean(text: str) -> str:
    """Text from a file, made safe to store and show; the length stays the same.

    NULs, lone surrogates and other control characters become U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_CLEAN)


_CLEAN: dict[int, str] = {
    code: "\ufffd"
    for code in (*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
    if code not in {0x09, 0x0A, 0x0D}
}


def _within(box: Rect, rects: Iterable[Rect]) -> bool:
    x, y = _centre(box)
    return any(r[0] <= x <= r[2] and r[1] <= y <= r[3] for r in rects)


def _centre(box: Rect) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _distance(box: Rect, x: float, y: float) -> float:
    """How far a point is outside a box; 0.0 inside."""
    dx = max(box[0] - x, 0.0, x - box[2])
    dy = max(box[1] - y, 0.0, y - box[3])
    return dx * dx + dy * dy
