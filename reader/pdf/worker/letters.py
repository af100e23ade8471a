"""The lines of a text page with a box and a look for each character.

Everything is computed a page at a time, column by column: a step of Python for
each character would cost more than MuPDF needs for the whole page.
"""

from __future__ import annotations

import re
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import le, sub
from typing import Any, NamedTuple

import pymupdf
from pymupdf import extra, mupdf

from reader.pdf.worker import memory
from reader.pdf.worker.memory import FLOATS, LONGS, SIZE, RawLine

Box = tuple[float, float, float, float]
Look = tuple[float, int, str]  # size, flags as MuPDF gives them, the font's name

_UTF32 = f"utf-32-{'le' if sys.byteorder == 'little' else 'be'}"
_EPSILON = 1.1920929e-07
_ROUNDING = 1e-3
_ITALIC, _SERIF, _MONO, _BOLD = 2, 4, 8, 16
_TAG = 6  # a subset's font is called ABCDEF+Name
# Where a character's numbers are: among its floats, and among its longs.
_ORIGIN_X, _ORIGIN_Y, _QUAD, _FONT_SIZE = 3, 4, 5, 13
_FONT = 7


class Line(NamedTuple):
    """A line of a block.

    `boxes` holds x0 y0 x1 y1 per character, `looks` the look of each run with
    the index of its first character; `level` says that it runs from left to
    right.  Lengths are the page's own.
    """

    level: bool
    box: Box
    chars: str
    boxes: array[float]
    looks: list[tuple[int, Look]]


def lines_of(page: mupdf.FzStextPage) -> Iterator[list[Line]]:
    """The lines of each block, in reading order; what lies outside the page is left out."""
    if memory.layout_holds(page):
        return _Columns(page).blocks()
    return lines_by_dictionary(page)


def lines_by_dictionary(page: mupdf.FzStextPage) -> Iterator[list[Line]]:
    """The same by PyMuPDF's own means, which work with any MuPDF and take their time."""
    for block in pymupdf.TextPage(page).extractRAWDICT()["blocks"]:
        lines: list[Line] = []
        for line in block.get("lines", ()):
            chars, boxes, looks = "", array("f"), list[tuple[int, Look]]()
            for span in line["spans"]:
                looks.append((len(chars), (span["size"], int(span["flags"]), str(span["font"]))))
                for char in span["chars"]:
                    chars += char["c"] if len(char["c"]) == 1 else "\ufffd"
                    boxes.extend(char["bbox"])
            if chars:
                level = line["wmode"] == 0 and line["dir"][0] > 0.99
                lines.append(Line(level, line["bbox"], chars, boxes, looks))
        yield lines


class _Font(NamedTuple):
    """What of a font matters.  `mend`: rise and fall of size 1, where it is lower than its size."""

    handle: Any
    name: str
    flags: int
    mend: tuple[float, float] | None

    def advance(self, code: int) -> float:
        """The width of a character of size 1, for a part of a ligature that has none."""
        glyph = mupdf.ll_fz_encode_character(self.handle, code)
        return mupdf.ll_fz_advance_glyph(self.handle, glyph, 0) if glyph else 0.0


class _Columns:
    """The characters of a page as columns of numbers."""

    def __init__(self, page: mupdf.FzStextPage) -> None:
        box = page.m_internal.mediabox
        self._clip: Box = (box.x0, box.y0, box.x1, box.y1)
        self._boundless = bool(mupdf.fz_is_infinite_rect(mupdf.FzRect(box)))
        self._blocks: list[list[tuple[RawLine, int, int]]] = []
        pieces: list[bytes] = []
        end = 0
        for block in memory.blocks(page):
            lines: list[tuple[RawLine, int, int]] = []
            for line in block:
                start, end = end, end + len(line.letters) // SIZE
                pieces.append(line.letters)
                if end > start:
                    lines.append((line, start, end))
            self._blocks.append(lines)
        self._data = b"".join(pieces)
        floats = array("f", self._data)
        self._xs, self._ys = floats[_ORIGIN_X::FLOATS], floats[_ORIGIN_Y::FLOATS]
        self._sizes = floats[_FONT_SIZE::FLOATS]
        self._fonts = array("Q", self._data)[_FONT::LONGS]
        codes = array("i", self._data)[::FLOATS]
        self._chars = codes.tobytes().decode(_UTF32, "replace")
        self._quads = [floats[_QUAD + part :: FLOATS] for part in range(8)]
        ux0, uy0, ux1, _, _, ly0, _, _ = self._quads
        self._sides = [array("f", side) for side in (ux0, uy0, ux1, ly0)]
        widths = enumerate(map(sub, ux1, ux0))
        self._narrow = [index for index, width in widths if width < _EPSILON]
        self._early = [index for index in _differ(ux0, self._xs) if ux0[index] < self._xs[index]]
        self._odd = sorted(self._not_upright())
        self._known: dict[int, _Font] = {}
        self._accessors = memory.Accessors()

    def blocks(self) -> Iterator[list[Line]]:
        """The lines of each block."""
        for block in self._blocks:
            lines = (self._line(line, start, end) for line, start, end in block)
            yield [line for line in lines if line is not None]

    def _line(self, line: RawLine, start: int, end: int) -> Line | None:
        odd = _between(self._odd, start, end) if line.horizontal else range(start, end)
        looks: list[tuple[int, Look]] = []
        straight = line.horizontal and line.direction == (1.0, 0.0)
        floor = self._ys[start]
        for low, high in pairwise(self._cuts(start, end)):
            font, size, y = self._font(low), self._sizes[low], self._ys[low]
            raised = straight and y < floor - size * 0.1
            looks.append((low - start, (size, font.flags + raised, font.name)))
            there = [index for index in odd if low <= index < high] if odd else ()
            if not (line.horizontal and font.mend):
                self._take(line, there, size)
            elif straight and self._sides[1][low] <= y:
                self._mend(low, high, font)
                self._mend_exactly(line, there)
            else:
                self._mend_exactly(line, range(low, high))
        x0, y0, x1, y1 = (side[start:end] for side in self._sides)
        boxes = array("f", bytes(16 * (end - start)))
        boxes[::4], boxes[1::4], boxes[2::4], boxes[3::4] = x0, y0, x1, y1
        level = line.horizontal and line.direction[0] > 0.99
        box = (min(x0), min(y0), max(x1), max(y1))
        whole = Line(level, box, self._chars[start:end], boxes, looks)
        return whole if self._holds(box) else self._seen(whole)

    def _cuts(self, start: int, end: int) -> list[int]:
        """Where font, size or height change within a line, with its start and end."""
        columns = [column[start:end] for column in (self._fonts, self._sizes, self._ys)]
        if all(map(_is_even, columns)):
            return [start, end]
        keys = pairwise(zip(*columns, strict=True))
        return [start, *(at for at, (a, b) in enumerate(keys, start + 1) if a != b), end]

    def _not_upright(self) -> set[int]:
        """The characters whose quads are no upright boxes."""
        ux0, uy0, ux1, uy1, lx0, ly0, lx1, ly1 = self._quads
        odd = {index for index in self._narrow if ux1[index] < ux0[index]}
        for one, other in ((ux0, lx0), (ux1, lx1), (uy0, uy1), (ly0, ly1)):
            apart = _differ(one, other)
            odd.update(index for index in apart if abs(one[index] - other[index]) >= _ROUNDING)
        if not all(map(le, uy0, ly0)):
            heights = enumerate(map(sub, ly0, uy0))
            odd.update(index for index, height in heights if height < 0)
        return odd

    def _take(self, line: RawLine, odd: Iterable[int], size: float) -> None:
        """The boxes of characters that stand aslant or run downwards."""
        for index in odd:
            x0, y0, x1, y1 = _around([part[index] for part in self._quads])
            if not line.horizontal and y1 < y0 + size:
                y0 = y1 - size
            self._put(index, (x0, y0, x1, y1))

    def _mend(self, low: int, high: int, font: _Font) -> None:
        """Make boxes of a font that is lower than its size as high as its size, as PyMuPDF does."""
        x0, y0, x1, y1 = self._sides
        y, size = self._ys[low], self._sizes[low]
        rise, fall = font.mend or (0.0, 0.0)
        y0[low:high] = array("f", [y - rise * size]) * (high - low)
        y1[low:high] = array("f", [y - fall * size]) * (high - low)
        for index in _between(self._early, low, high):
            x0[index] = self._xs[index]
        for index in _between(self._narrow, low, high):
            x1[index] = x0[index] + font.advance(ord(self._chars[index])) * size

    def _mend_exactly(self, line: RawLine, indices: Iterable[int]) -> None:
        """The same by PyMuPDF itself, for characters that stand in any way."""
        for index in indices:
            own = self._accessors.line(line.own)
            letter = self._accessors.letter(self._data[index * SIZE : (index + 1) * SIZE])
            self._put(index, _around(memory.corners(extra.JM_char_quad(own, letter))))

    def _put(self, index: int, box: Box) -> None:
        for side, edge in zip(self._sides, box, strict=True):
            side[index] = edge

    def _font(self, index: int) -> _Font:
        address = self._fonts[index]
        found = self._known.get(address)
        if found is None:
            letter = self._accessors.letter(self._data[index * SIZE : (index + 1) * SIZE])
            found = self._known[address] = _font_of(letter.font)
        return found

    def _sees(self, box: Box) -> bool:
        left, top, right, bottom = self._clip
        return self._boundless or (
            left < box[2] and top < box[3] and right > box[0] and bottom > box[1]
        )

    def _holds(self, box: Box) -> bool:
        """Whether a line lies inside the page, and with it each of its characters."""
        left, top, right, bottom = self._clip
        return self._boundless or (
            left < box[0] and top < box[1] and right > box[2] and bottom > box[3]
        )

    def _seen(self, line: Line) -> Line | None:
        """The line without the characters outside the page; None when nothing is left."""
        count = len(line.chars)
        boxes = [tuple(line.boxes[4 * index : 4 * index + 4]) for index in range(count)]
        seen = [index for index, (a, b, c, d) in enumerate(boxes) if self._sees((a, b, c, d))]
        if not seen:
            return None
        kept = array("f", [edge for index in seen for edge in boxes[index]])
        looks = [(bisect_left(seen, start), look) for start, look in line.looks]
        chars = "".join(line.chars[index] for index in seen)
        return Line(line.level, _hull(kept), chars, kept, looks)


def _font_of(font: Any) -> _Font:
    name = mupdf.ll_fz_font_name(font)
    if name.find("+") == _TAG:
        name = name[_TAG + 1 :]
    flags = (
        _ITALIC * bool(mupdf.ll_fz_font_is_italic(font))
        + _SERIF * bool(mupdf.ll_fz_font_is_serif(font))
        + _MONO * bool(mupdf.ll_fz_font_is_monospaced(font))
        + _BOLD * bool(mupdf.ll_fz_font_is_bold(font))
    )
    rise, fall = mupdf.ll_fz_font_ascender(font), mupdf.ll_fz_font_descender(font)
    height = rise - fall
    if height + _EPSILON >= 1:
        return _Font(font, name, flags, None)
    if rise < 1e-3:  # a font without glyphs, as text recognition lays it over a scan
        rise, fall, height = 0.9, -0.1, 1.0
    return _Font(font, name, flags, (rise / height, fall / height))


def _is_even(column: array[Any]) -> bool:
    """Whether all numbers are the same."""
    data = column.tobytes()
    return data == data[: column.itemsize] * len(column)


def _between(indices: list[int], low: int, high: int) -> list[int]:
    """Those of some indices, in order, that lie in a span."""
    first = bisect_left(indices, low)
    if first == len(indices) or indices[first] >= high:
        return []
    return indices[first : bisect_left(indices, high)]


def _differ(one: array[float], other: array[float]) -> list[int]:
    """Where two columns differ, found at the speed of memory."""
    first, second = one.tobytes(), other.tobytes()
    if first == second:
        return []
    apart = int.from_bytes(first, "little") ^ int.from_bytes(second, "little")
    found = re.finditer(rb"[^\0]", apart.to_bytes(len(first), "little"))
    return list(dict.fromkeys(match.start() // one.itemsize for match in found))


def _around(quad: Sequence[float]) -> Box:
    xs, ys = quad[::2], quad[1::2]
    return min(xs), min(ys), max(xs), max(ys)


def _hull(boxes: array[float]) -> Box:
    return min(boxes[::4]), min(boxes[1::4]), max(boxes[2::4]), max(boxes[3::4])
