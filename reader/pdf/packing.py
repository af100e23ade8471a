"""Pages of text and folded books as bytes, small enough to be kept; and back.

What comes back is checked like an answer of the engine: a damaged store gives a
ValueError, never a page that is wrong.
"""

from __future__ import annotations

import json
import math
import struct
import zlib
from array import array
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from reader.pdf.finding import Book
from reader.pdf.folding import FoldedPage, Reading, Span
from reader.pdf.text import PageText, Style, clean

FORMAT = 1  # raise it with any change here or in what is extracted, and all is read anew

_HEAD = struct.Struct("<III")
_LARGEST = 256 << 20
_BROKEN = (zlib.error, struct.error, KeyError, TypeError, IndexError, OverflowError, RecursionError)


def pack_page(page: PageText) -> bytes:
    """A page with boxes, lines, blocks and styles."""
    fonts: dict[str, int] = {}
    styles = [
        [style.start, style.size, _bits(style), fonts.setdefault(style.font, len(fonts))]
        for style in page.styles
    ]
    head = {
        "lines": [low for low, _ in page.lines],
        "blocks": page.blocks,
        "styles": styles,
        "fonts": list(fonts),
    }
    # The same byte of every number stands together: that is what makes them small.
    columns = b"".join(page.boxes[edge::4].tobytes() for edge in range(4))
    planes = [columns[part::4] for part in range(4)]
    return _packed(head, page.chars.encode(), b"".join(planes))


def unpack_page(data: bytes) -> PageText:
    """A page that was packed; ValueError when the bytes are damaged."""
    try:
        head, text, rest = _unpacked(data)
        chars = clean(text.decode())
        count = len(chars)
        planes = bytearray(len(rest))
        for part in range(4):
            planes[part::4] = rest[part * 4 * count : (part + 1) * 4 * count]
        sides = _floats(bytes(planes))
        if len(sides) != 4 * count or not math.isfinite(sum(sides)):
            raise ValueError("characters and boxes do not match")
        boxes = array("f", bytes(16 * count))
        for edge in range(4):
            boxes[edge::4] = sides[edge * count : (edge + 1) * count]
        ends = [*head["lines"], count]
        lines = _spans(pairwise(ends), count)
        if count and (not lines or lines[0][0]):
            raise ValueError("characters outside of lines")
        return PageText(chars, boxes, lines, _spans(head["blocks"], count), _styles(head, count))
    except _BROKEN as error:
        raise ValueError(str(error)) from error


def pack_book(book: Book) -> bytes:
    """The folded pages of a document."""
    texts: list[str] = []
    numbers = array("I")
    tops = array("f")
    for page in book.pages:
        for reading in (page.joined, page.hyphened) if page else (None, None):
            texts.append(reading.text if reading else "")
            numbers.append(len(reading.offsets) if reading else 0)
            numbers.extend(reading.offsets if reading else ())
            numbers.extend(reading.places if reading else ())
        numbers.append(len(page.lines) if page else 0)
        numbers.extend(page.lines if page else ())
        tops.extend(page.tops if page else ())
    head = {
        "known": [page is not None for page in book.pages],
        "hyphened": [page is not None and page.hyphened is not None for page in book.pages],
        "numbers": len(numbers),
    }
    return _packed(head, "\n".join(texts).encode(), numbers.tobytes() + tops.tobytes())


def unpack_book(data: bytes) -> Book:
    """A book that was packed; ValueError when the bytes are damaged."""
    try:
        head, text, rest = _unpacked(data)
        texts = text.decode().split("\n")
        size = 4 * int(head["numbers"])
        numbers, tops = _Numbers(rest[:size]), _floats(rest[size:])
        pages: list[FoldedPage | None] = []
        at = 0
        flags = zip(head["known"], head["hyphened"], strict=True)
        for number, (known, hyphened) in enumerate(flags):
            first, second = (
                Reading(texts[2 * number + part], numbers.take(offsets), numbers.take(offsets))
                for part in (0, 1)
                for offsets in (numbers.count(),)
            )
            lines = numbers.take(numbers.count())
            heights = tops[at : at + len(lines)]
            at += len(lines)
            whole = FoldedPage(first, second if hyphened else None, lines, heights)
            _check(whole)
            pages.append(whole if known else None)
        if at != len(tops) or len(texts) != max(2 * len(pages), 1) or not math.isfinite(sum(tops)):
            raise ValueError("pages do not match")
        return Book(pages)
    except _BROKEN as error:
        raise ValueError(str(error)) from error


class _Numbers:
    """Hands out numbers in order."""

    def __init__(self, data: bytes) -> None:
        self._all = array("I", data)
        self._at = 0

    def count(self) -> int:
        return self.take(1)[0]

    def take(self, count: int) -> array[int]:
        found = self._all[self._at : self._at + count]
        self._at += count
        if len(found) != count:
            raise ValueError("numbers are missing")
        return found


def _check(page: FoldedPage) -> None:
    if len(page.lines) != len(page.tops):
        raise ValueError("lines do not match")
    for reading in (page.joined, page.hyphened):
        if reading and reading.text and (not reading.offsets or reading.offsets[0]):
            raise ValueError("text without places")


def _packed(head: dict[str, Any], text: bytes, rest: bytes) -> bytes:
    header = json.dumps(head, separators=(",", ":")).encode()
    sizes = _HEAD.pack(len(header), len(text), len(rest))
    return zlib.compress(sizes + header + text + rest, 3)


def _unpacked(data: bytes) -> tuple[dict[str, Any], bytes, bytes]:
    inflater = zlib.decompressobj()
    whole = inflater.decompress(data, _LARGEST)
    first, second, third = _HEAD.unpack_from(whole)
    if not inflater.eof or len(whole) != _HEAD.size + first + second + third:
        raise ValueError("not whole")
    start = _HEAD.size + first
    head = json.loads(whole[_HEAD.size : start])
    return head, whole[start : start + second], whole[start + second :]


def _floats(data: bytes) -> array[float]:
    return array("f", data)


def _bits(style: Style) -> int:
    return style.bold + 2 * style.italic + 4 * style.mono + 8 * style.raised


def _styles(head: dict[str, Any], count: int) -> tuple[Style, ...]:
    fonts = [str(name) for name in head["fonts"]]
    return tuple(
        Style(
            _within(start, count),
            float(size),
            bool(bits & 1),
            bool(bits & 2),
            bool(bits & 4),
            bool(bits & 8),
            fonts[font],
        )
        for start, size, bits, font in head["styles"]
    )


def _spans(pairs: Iterable[Sequence[int]], count: int) -> tuple[Span, ...]:
    spans = tuple((_within(low, count), _within(high, count)) for low, high in pairs)
    if any(low >= high for low, high in spans):
        raise ValueError("not a span")
    return spans


def _within(value: Any, count: int) -> int:
    if type(value) is not int or not 0 <= value <= count:
        raise ValueError("out of range")
    return value
