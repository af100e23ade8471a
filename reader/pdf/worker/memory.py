"""Blocks, lines and characters of a text page, as MuPDF holds them.

PyMuPDF's dictionaries and accessors cost several times what MuPDF itself needs
to find the text, so its lists are copied out of memory by the layout that
MuPDF's header gives.  `layout_holds` proves that layout against the accessors
on each page: with another MuPDF nothing is read this way.
"""

from __future__ import annotations

import ctypes
import struct
from array import array
from collections.abc import Iterator
from typing import Any, NamedTuple

from pymupdf import mupdf

_BLOCK = struct.Struct("=i4x4fQ24xQQ")  # type, bbox, first_line, prev, next
_LINE = struct.Struct("=B3x2f4f4xQ8xQQ")  # wmode, dir, bbox, first_char, prev, next
_LETTER = struct.Struct("=i8x2f8ffQQ")  # c, origin, quad, size, font, next
SIZE = _LETTER.size
FLOATS, LONGS = SIZE // 4, SIZE // 8
_NEXT = LONGS - 1
# No system has smaller pages, and what is on the page of a valid address can be read.
_PAGE = 4096
_MOST = 32  # characters taken together; a line seldom has more behind one another


class RawLine(NamedTuple):
    """A line: whether it is horizontal, its direction, its own bytes and its characters'."""

    horizontal: bool
    direction: tuple[float, float]
    own: bytes
    letters: bytes


def blocks(page: mupdf.FzStextPage) -> Iterator[Iterator[RawLine]]:
    """The lines of each block of text."""
    first = page.m_internal.first_block
    address = int(first.this) if first else 0
    while address:
        kind, _, _, _, _, line, _, address = _BLOCK.unpack(ctypes.string_at(address, _BLOCK.size))
        if kind == mupdf.FZ_STEXT_BLOCK_TEXT:
            yield _lines(line)


def _lines(address: int) -> Iterator[RawLine]:
    while address:
        own = ctypes.string_at(address, _LINE.size)
        wmode, x, y, _, _, _, _, letter, _, address = _LINE.unpack(own)
        yield RawLine(wmode == 0, (x, y), own, _letters(letter))


def _letters(address: int) -> bytes:
    runs: list[bytes] = []
    while address:
        count = min(max((_PAGE - address % _PAGE) // SIZE, 1), _MOST)
        chunk = ctypes.string_at(address, count * SIZE)
        # Those that lie behind one another are taken together; what follows the last
        # of them in memory is something else.
        following = array("Q", chunk)[_NEXT::LONGS]
        end = address + SIZE
        run = 0
        for place in following:
            run += 1
            if place != end:
                break
            end += SIZE
        runs.append(chunk[: run * SIZE])
        address = following[run - 1]
    return b"".join(runs)


class Accessors:
    """PyMuPDF's hold on copies of a line and of one of its characters."""

    def __init__(self) -> None:
        self._line: Any = mupdf.fz_stext_line()
        self._letter: Any = mupdf.fz_stext_char()

    def line(self, own: bytes) -> Any:
        """A line's accessor, until the next call."""
        ctypes.memmove(int(self._line.this), own, _LINE.size)
        return self._line

    def letter(self, raw: bytes) -> Any:
        """A character's accessor, until the next call."""
        ctypes.memmove(int(self._letter.this), raw, SIZE)
        return self._letter


def layout_holds(page: mupdf.FzStextPage) -> bool:
    """Whether this MuPDF lays its lists out as they are read here; looked at where text begins."""
    block = page.m_internal.first_block
    while block and block.type != mupdf.FZ_STEXT_BLOCK_TEXT:
        block = block.next
    if not block:
        return False
    lines: Any = mupdf.FzStextBlock(block)
    for wrapped in lines:
        line = wrapped.m_internal
        if line.first_char:
            return (
                _read(_BLOCK, block)[:5] == (block.type, *_edges(block.bbox))
                and _read(_BLOCK, block)[6:] == (_place(block.prev), _place(block.next))
                and _read(_LINE, line) == _of_line(line)
                and _read(_LETTER, line.first_char) == _of_letter(line.first_char)
            )
    return False


def _read(layout: struct.Struct, held: Any) -> tuple[Any, ...]:
    return layout.unpack(ctypes.string_at(int(held.this), layout.size))


def _of_line(line: Any) -> tuple[Any, ...]:
    links = (_place(line.first_char), _place(line.prev), _place(line.next))
    return line.wmode, line.dir.x, line.dir.y, *_edges(line.bbox), *links


def _of_letter(letter: Any) -> tuple[Any, ...]:
    links = (_place(letter.font), _place(letter.next))
    origin = (letter.origin.x, letter.origin.y)
    return letter.c, *origin, *corners(letter.quad), letter.size, *links


def _place(held: Any) -> int:
    return int(held.this) if held else 0


def _edges(rect: Any) -> tuple[float, ...]:
    return rect.x0, rect.y0, rect.x1, rect.y1


def corners(quad: Any) -> tuple[float, ...]:
    """A quad's numbers in the order it holds them: upper left, upper right, lower left..."""
    ul, ur, ll, lr = quad.ul, quad.ur, quad.ll, quad.lr
    return ul.x, ul.y, ur.x, ur.y, ll.x, ll.y, lr.x, lr.y
