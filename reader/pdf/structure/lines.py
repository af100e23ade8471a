"""The lines of a document as a reader sees them: columns, sizes, running heads apart.

The order is the file's own, which in typeset papers is the reading order;
`reading_order` makes one from columns where a file has none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from reader.domain.annotation import Rect
from reader.domain.value import dataclass
from reader.pdf.structure.furniture import furniture
from reader.pdf.structure.line import Line, is_bold, is_italic, turned
from reader.pdf.structure.margins import counts, of_most, without_ends
from reader.pdf.text import PageText

__all__ = ["Columns", "Line", "Lines", "union"]

# A page with more lines than this is noise; what comes after is left alone.
_MOST_LINES = 5_000
_LONG = 25  # characters; shorter lines say nothing about margins
_SHIFT, _BOOK = 8.0, 4  # points between the text of left and right pages; pages to tell it by
_BODY = 0.92  # of the body's size and above is running text


@dataclass(frozen=True, slots=True)
class Columns:
    """Left and right edges of a page's one or two columns, view space."""

    edges: tuple[tuple[float, float], ...]

    def of(self, box: Rect) -> int:
        """The column of a box: 0 or 1, -1 when it spans both."""
        if len(self.edges) < 2:
            return 0
        middle = (self.edges[0][1] + self.edges[1][0]) / 2
        if box[2] <= middle + 4:
            return 0
        return 1 if box[0] >= middle - 4 else -1

    def range(self, column: int) -> tuple[float, float]:
        """The edges of a column; of the whole text for -1."""
        if column < 0 or column >= len(self.edges):
            return self.edges[0][0], self.edges[-1][1]
        return self.edges[column]


class Lines:
    """All lines of a document, page by page; `counts` are numbers of lines at the margin."""

    def __init__(self, texts: Sequence[PageText | None]) -> None:
        read: list[tuple[Line, ...]] = []
        cut: list[tuple[Line, ...]] = []
        for page, text in enumerate(texts):
            read.append(_lines(page, text) if text is not None else ())
            cut.append(without_ends(read[-1], text) if text is not None else ())
        every = of_most(read, cut)
        counted = counts(every)
        self.pages = tuple(
            tuple(row for row in rows if row.number not in numbers)
            for rows, numbers in zip(every, counted, strict=True)
        )
        self.counts = tuple(
            tuple(row for row in rows if row.number in numbers)
            for rows, numbers in zip(every, counted, strict=True)
        )
        self.body = _body_size(self.pages)
        self._sides = _sides(self.pages, self.body)
        two = tuple(
            _share(self.pages[side::2], self.body, (left + right) / 2) < 0.5
            for side, (left, right) in enumerate(self._sides)
        )
        self.columns = tuple(
            self._columns(lines, self._sides[page % 2], two[page % 2])
            for page, lines in enumerate(self.pages)
        )
        self.furniture = furniture(self.pages, self.body)
        self.top, self.bottom = self._margins()

    def _margins(self) -> tuple[float, float]:
        """Where the text of the pages begins and ends, without running heads."""
        tops: list[float] = []
        bottoms: list[float] = []
        for rows in self.pages:
            kept = [line for line in rows if (line.page, line.number) not in self.furniture]
            if kept:
                tops.append(min(line.box[1] for line in kept))
                bottoms.append(max(line.box[3] for line in kept))
        return _edge(tops, 0.1, 0.0), _edge(bottoms, 0.9, 792.0)

    def column(self, line: Line) -> int:
        """The column a line stands in: 0 or 1, -1 across both."""
        return self.columns[line.page].of(line.box)

    def is_body(self, line: Line) -> bool:
        """Whether a line is set in the size of running text, or larger."""
        return line.size >= _BODY * self.body

    def is_paragraph(self, line: Line) -> bool:
        """Whether a line looks like one of a paragraph: body size and nearly a column wide."""
        x0, x1 = self.columns[line.page].range(self.column(line))
        near = abs(line.size - self.body) <= 0.08 * self.body
        wide = line.box[2] - line.box[0] >= 0.7 * (x1 - x0)
        if not (near and wide and " " in line.text) or line.mono:
            return False
        return sum(map(str.isalpha, line.text)) > 0.55 * len(line.text)

    def reading_order(self, page: int) -> list[Line]:
        """A page's lines without running heads: what spans both columns parts the page."""
        skipped = self.furniture
        kept = [line for line in self.pages[page] if (page, line.number) not in skipped]
        order: list[Line] = []
        band: list[Line] = []
        for line in sorted(kept, key=lambda line: (line.box[1], line.box[0])):
            if self.column(line) < 0:
                order += sorted(band, key=self.column)
                order.append(line)
                band = []
            else:
                band.append(line)
        return order + sorted(band, key=self.column)

    def _columns(self, lines: Sequence[Line], sides: tuple[float, float], two: bool) -> Columns:
        start, stop = sides
        middle = (start + stop) / 2
        body = [line for line in lines if line.size >= 0.75 * self.body and len(line.text) > 2]
        left = [line for line in body if line.box[2] <= middle + 6]
        right = [line for line in body if line.box[0] >= middle - 6]
        counts = (_chars(left), _chars(right), _chars(body) - _chars(left) - _chars(right))
        total = sum(counts) or 1
        strong = min(counts[:2]) >= 0.25 * total and counts[2] < 0.15 * total
        if not strong and not (two and counts[2] <= 0.6 * total):
            return Columns((sides,))
        gap = 0.02 * (stop - start)
        return Columns(
            (
                (start, _edge((line.box[2] for line in left), 0.9, middle - gap)),
                (_edge((line.box[0] for line in right), 0.1, middle + gap), stop),
            )
        )


def union(boxes: Iterable[Rect]) -> Rect:
    """The smallest rect around all; there must be one."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _lines(page: int, text: PageText) -> tuple[Line, ...]:
    found: list[Line] = []
    starts = {start for start, _ in text.blocks}
    block = 0
    style = 0
    styles = text.styles
    for number, (start, end) in enumerate(text.lines[:_MOST_LINES]):
        block += start in starts
        content = text.chars[start:end].strip()
        if not content:
            continue
        while style + 1 < len(styles) and styles[style + 1].start <= start:
            style += 1
        sizes: Counter[float] = Counter()
        bold = italic = mono = 0
        at = style
        while at < len(styles) and styles[at].start < end:
            look = styles[at]
            low = max(look.start, start)
            high = min(styles[at + 1].start if at + 1 < len(styles) else end, end)
            sizes[look.size] += high - low
            bold += is_bold(look) * (high - low)
            italic += is_italic(look) * (high - low)
            mono += look.mono * (high - low)
            at += 1
        boxes = text.boxes[4 * start : 4 * end]
        box = (min(boxes[::4]), min(boxes[1::4]), max(boxes[2::4]), max(boxes[3::4]))
        height = box[3] - box[1]
        size = sizes.most_common(1)[0][0] if sizes else height
        half = (end - start) / 2
        found.append(
            Line(
                page, number, start, end, content, box, size or height,
                max(sizes, default=height) or height, bold > half, italic > half, mono > half,
                block, start in starts,
            )
        )  # fmt: skip
    return tuple(found)


def _chars(lines: Iterable[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size most characters have; 10.0 in a document without text."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _extent(pages: Sequence[Sequence[Line]], body: float) -> tuple[float, float]:
    """Left and right edge of the text in all pages, without what sticks out."""
    long = [
        line
        for lines in pages
        for line in lines
        if len(line.text) >= _LONG and line.size >= 0.75 * body and not turned(line)
    ]
    left = _edge((line.box[0] for line in long), 0.02, 0.0)
    right = _edge((line.box[2] for line in long), 0.98, 612.0)
    return (left, right) if right - left > 50 else (0.0, 612.0)


def _sides(
    pages: Sequence[Sequence[Line]], body: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """The edges of the text on the first, third, fifth page and on the others.

    A book printed on both sides has its wide margin outside; else they are the same.
    """
    both = _extent(pages, body)
    first, second = _extent(pages[::2], body), _extent(pages[1::2], body)
    apart = min(abs(first[0] - second[0]), abs(first[1] - second[1]))
    alike = abs((first[1] - first[0]) - (second[1] - second[0])) < _SHIFT / 2
    return (first, second) if len(pages) >= _BOOK and apart > _SHIFT and alike else (both, both)


def _edge(values: Iterable[float], share: float, default: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else default


def _share(pages: Sequence[Sequence[Line]], body: float, middle: float) -> float:
    """How much of the running text stands across the middle: little in two columns."""
    across = total = 0
    for lines in pages:
        for line in lines:
            if abs(line.size - body) < 0.1 * body and len(line.text) >= _LONG:
                total += len(line.text)
                across += len(line.text) * (line.box[0] < middle - 6 and line.box[2] > middle + 6)
    return across / total if total else 1.0
