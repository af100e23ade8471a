"""The lines of a page as a reader sees them: what the ruler stands on."""

from __future__ import annotations

from reader.domain.annotation import Rect
from reader.pdf.protocol import PageText

_SAME = 0.5  # share of the lower height two pieces of one line overlap by
_NEAR = 2.0  # heights between two pieces of one line
_LEAST = 3.0  # points


def lines_of(text: PageText) -> list[Rect]:
    """The boxes (view space) of the lines in reading order, raised marks joined to theirs."""
    found: list[Rect] = []
    for low, high in text.lines:
        if not text.chars[low:high].strip():
            continue
        box = text.rects(low, high)[0]
        if found and _belongs(found[-1], box):
            found[-1] = _around(found[-1], box)
        else:
            found.append(box)
    return [box for box in found if box[3] - box[1] >= _LEAST]


def row_at(boxes: list[Rect], x: float, y: float) -> int | None:
    """The number of the row nearest to a point, None where there are none."""
    if not boxes:
        return None

    def distance(number: int) -> float:
        x0, y0, x1, y1 = boxes[number]
        across, down = max(x0 - x, 0.0, x - x1), max(y0 - y, 0.0, y - y1)
        return across * across + 4 * down * down  # the line at this height, before a nearer column

    return min(range(len(boxes)), key=distance)


def first_below(boxes: list[Rect], y: float) -> int | None:
    """The first row in reading order that begins at a height or below."""
    return next((number for number, box in enumerate(boxes) if box[1] >= y), None)


def _belongs(before: Rect, box: Rect) -> bool:
    lower = min(before[3] - before[1], box[3] - box[1])
    overlap = min(before[3], box[3]) - max(before[1], box[1])
    gap = max(box[0] - before[2], before[0] - box[2])
    return lower > 0 and overlap > _SAME * lower and gap < _NEAR * (before[3] - before[1])


def _around(one: Rect, other: Rect) -> Rect:
    return (
        min(one[0], other[0]), min(one[1], other[1]),
        max(one[2], other[2]), max(one[3], other[3]),
    )  # fmt: skip
