"""The columns of a page, and the caret nearest to a point within a column.

A point beside a short line, in a figure or in the margin belongs to the text of
its own column, however near the other column's lines are.
"""

from __future__ import annotations

from functools import lru_cache

from reader.domain.annotation import Rect
from reader.domain.value import dataclass
from reader.pdf.protocol import PageText

Span = tuple[int, int]
Interval = tuple[float, float]

_STEP = 2.0  # points; how finely the page is cut across
_NARROWEST = 6.0  # points between two columns
_RAGGED = 0.1  # of the busiest strip's lines may reach into a gap between columns
_CROSSED = 0.5  # of them may cross it: titles, wide tables
_FEW = 12  # lines; below that nothing is said about columns
_FEWEST = 6  # lines a column has; twice as many where much crosses the gap
_INSIDE = 8.0  # points a line reaches into a column to belong to it


@dataclass(frozen=True, slots=True)
class PageColumns:
    """The lines' boxes, and the gaps between columns from left to right."""

    boxes: tuple[Rect, ...]
    gaps: tuple[Interval, ...]

    def column(self, x: float, near: int | None = None) -> int:
        """The column of a place across; in a gap, the one of the two that is `near`."""
        for number, (low, high) in enumerate(self.gaps):
            if x < low:
                return number
            if x <= high:
                beside = near is not None and near in (number, number + 1)
                return near if beside and near is not None else number + (x > (low + high) / 2)
        return len(self.gaps)

    def extent(self, column: int) -> Interval:
        """The left and right edge of a column's room."""
        left = self.gaps[column - 1][1] if column else float("-inf")
        right = self.gaps[column][0] if column < len(self.gaps) else float("inf")
        return left, right

    def lines(self, column: int) -> list[int]:
        """The numbers of the lines in a column; a line across all columns is in each."""
        left, right = self.extent(column)
        return [
            number
            for number, (x0, _, x1, _) in enumerate(self.boxes)
            if min(x1, right) - max(x0, left) > min(_INSIDE, (x1 - x0) / 2)
        ]


@lru_cache(maxsize=8)
def columns_of(text: PageText) -> PageColumns:
    """The columns of a page; a single one where no gap runs through its lines."""
    boxes = tuple(text.rects(*span)[0] for span in text.lines)
    return PageColumns(boxes, _gaps(boxes))


def caret_at(text: PageText, x: float, y: float, near: int | None = None) -> tuple[int, int]:
    """(index, column) of the place between characters nearest to a point in its column.

    Between two columns the column `near` is meant, where one is given.
    """
    page = columns_of(text)
    column = page.column(x, near)
    lines = page.lines(column)
    if not lines:
        return text.caret_at(x, y), column
    number = min(lines, key=lambda line: _far(page.boxes[line], x, y))
    low, high = text.lines[number]
    x0, y0, x1, y1 = page.boxes[number]
    # A point is compared with the letters at the line's own height.
    inside = min(max(x, x0), x1), min(max(y, y0), y1)
    index = min(range(low, high), key=lambda at: _outside(text.box(at), *inside))
    box = text.box(index)
    return index + _is_behind(text, (low, high), box, x, y), column


def _gaps(boxes: tuple[Rect, ...]) -> tuple[Interval, ...]:
    if len(boxes) < _FEW:
        return ()
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    strips = max(1, min(int((right - left) / _STEP), 4_000))
    width = (right - left) / strips or 1.0
    starts = [0] * (strips + 1)
    for x0, _, x1, _ in boxes:
        starts[min(int((x0 - left) / width), strips)] += 1
        starts[min(int((x1 - left) / width) + 1, strips)] -= 1
    covered: list[int] = []
    now = 0
    for change in starts[:strips]:
        now += change
        covered.append(now)
    middle = covered[strips // 5 : strips - strips // 5] or covered
    crossing = min(middle) / max(covered)
    if crossing > _CROSSED:
        return ()
    most = min(middle) + max(covered) * _RAGGED
    fewest = _FEWEST if crossing <= _RAGGED else 2 * _FEWEST
    found: list[Interval] = []
    begin: int | None = None
    for strip, count in enumerate([*covered, strips + len(boxes)]):
        if count <= most:
            begin = strip if begin is None else begin
        elif begin is not None:
            found.append((left + begin * width, left + strip * width))
            begin = None
    wide = [gap for gap in found if gap[1] - gap[0] >= _NARROWEST]
    return _between_columns(boxes, wide, fewest)


def _between_columns(
    boxes: tuple[Rect, ...], gaps: list[Interval], fewest: int
) -> tuple[Interval, ...]:
    """The gaps that have enough lines on either side; not those of a small table."""
    kept: list[Interval] = []
    left = float("-inf")
    for number, gap in enumerate(gaps):
        right = gaps[number + 1][0] if number + 1 < len(gaps) else float("inf")
        before = sum(box[0] >= left and box[2] <= gap[0] + _STEP for box in boxes)
        after = sum(box[0] >= gap[1] - _STEP and box[2] <= right + _STEP for box in boxes)
        if before >= fewest and after >= fewest:
            kept.append(gap)
            left = gap[1] - _STEP
    return tuple(kept)


def _outside(box: Rect, x: float, y: float) -> float:
    dx = max(box[0] - x, 0.0, x - box[2])
    dy = max(box[1] - y, 0.0, y - box[3])
    return dx * dx + dy * dy


def _far(box: Rect, x: float, y: float) -> tuple[float, float]:
    """How far a line of the column is from a point: first its height, then the way across."""
    return max(box[1] - y, 0.0, y - box[3]), max(box[0] - x, 0.0, x - box[2])


def _is_behind(text: PageText, line: Span, box: Rect, x: float, y: float) -> bool:
    """Whether a point lies in the second half of a letter, along its line's direction."""
    first, last = text.box(line[0]), text.box(line[1] - 1)
    dx, dy = (last[0] + last[2] - first[0] - first[2], last[1] + last[3] - first[1] - first[3])
    if abs(dx) + abs(dy) < 1e-6:
        dx = 1.0
    return (x - (box[0] + box[2]) / 2) * dx + (y - (box[1] + box[3]) / 2) * dy > 0
