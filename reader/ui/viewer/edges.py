"""A part of a page shows whole lines: one that its upper or lower edge cuts is painted over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

_APART = 0.7  # of what may be painted over: space that parts lines from one another
_TOUCH = 0.2  # of a line's ink: where two lines touch, there is at most so much between them


def without_cut_lines(image: QImage, head: int, foot: int) -> QImage:
    """A picture without the lines that its upper and lower edge cut.

    A line is painted over if it ends within `head` pixels of the upper edge, or
    begins within `foot` pixels of the lower one.  Takes some milliseconds where
    there is one.  The given picture stays as it is; it must have 32 bits a pixel.
    """
    height = image.height()
    over = [*_cut(image, range(min(head, height)))]
    over += _cut(image, range(height - 1, max(height - 1 - foot, -1), -1))
    if not over:
        return image
    changed = image.copy()  # the pixels may be another one's, and read only
    painter = QPainter(changed)
    for place, color in over:
        painter.fillRect(place, color)
    painter.end()
    return changed


def _cut(image: QImage, numbers: range) -> Iterator[tuple[QRect, QColor]]:
    """The places of what the first of some rows cuts, with the paper's colour."""
    rows = _rows(image, numbers)
    if not rows or rows[0].count(rows[0][0]) == len(rows[0]):
        return
    [(paper, _)] = Counter(chain.from_iterable(rows)).most_common(1)
    inked = [at for at, column in enumerate(zip(*rows, strict=True)) if set(column) != {paper}]
    for left, right in _parts(inked, len(rows) * _APART):
        ink = [right - left - row[left:right].count(paper) for row in rows]
        count = _end(ink)
        if ink[0] and count:
            top = min(numbers[0], numbers[0] + numbers.step * (count - 1))
            yield QRect(left, top, right - left, count), QColor.fromRgb(paper)


def _rows(image: QImage, numbers: range) -> list[list[int]]:
    stride, length = image.bytesPerLine(), 4 * image.width()
    pixels = memoryview(image.constBits())
    return [pixels[row * stride : row * stride + length].cast("I").tolist() for row in numbers]


def _parts(inked: Sequence[int], apart: float) -> Iterator[tuple[int, int]]:
    """Left and right edges of columns of ink with less space than `apart` between them."""
    first = last = inked[0]
    for at in inked[1:]:
        if at - last > max(apart, 2):
            yield first, last + 1
            first = at
        last = at
    yield first, last + 1


def _end(ink: Sequence[int]) -> int:
    """How many rows a line takes, by the ink of each row; 0 for what is no line.

    The dot of an i has a row without ink below it, a line mostly more than one.
    """
    empty = [at for at, count in enumerate(ink) if not count]
    for at in empty:
        if at + 1 in empty:
            return at
    if empty:
        return empty[0]
    least = min(ink)
    return ink.index(least) if least <= max(ink) * _TOUCH else 0
