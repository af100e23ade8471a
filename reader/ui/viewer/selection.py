"""Selected text: from a caret to a caret by character, word, line or paragraph, or in a box."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from reader.domain.annotation import Rect
from reader.domain.value import dataclass
from reader.pdf.protocol import PageText
from reader.ui.viewer.columns import columns_of

Unit = Literal["char", "word", "line", "paragraph"]
Span = tuple[int, int]
TextOf = Callable[[int], PageText | None]
AsideOf = Callable[[int], Sequence[Rect]]  # of a page: what is no part of its text


@dataclass(frozen=True, slots=True, order=True)
class Caret:
    """A place between characters; past the end of its page for "until the end"."""

    page: int
    index: int


END = 1 << 40  # an index behind every character


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected.  `first` and `last` are the unit it began with, `head` where it goes."""

    first: Caret
    last: Caret
    head_low: Caret
    head_high: Caret
    unit: Unit = "char"

    @property
    def start(self) -> Caret:
        return min(self.first, self.head_low)

    @property
    def end(self) -> Caret:
        return max(self.last, self.head_high)

    @property
    def empty(self) -> bool:
        return self.start >= self.end

    @property
    def pages(self) -> range:
        return range(self.start.page, self.end.page + 1)

    def span(self, page: int, text: PageText) -> Span:
        """The selected characters of a page; (0, 0) for none."""
        if self.empty or page not in self.pages:
            return 0, 0
        low = self.start.index if page == self.start.page else 0
        high = self.end.index if page == self.end.page else len(text.chars)
        high = min(high, len(text.chars))
        return (low, high) if low < high else (0, 0)

    def spans(self, page: int, text: PageText) -> tuple[Span, ...]:
        """The selected characters of a page, in reading order."""
        low, high = self.span(page, text)
        return ((low, high),) if low < high else ()


@dataclass(frozen=True, slots=True)
class BoxSelection:
    """What lies in a rectangle of a page (view space points)."""

    page: int
    box: Rect

    @property
    def empty(self) -> bool:
        return self.box[0] >= self.box[2] or self.box[1] >= self.box[3]

    @property
    def pages(self) -> range:
        return range(self.page, self.page + 1)

    def spans(self, page: int, text: PageText) -> tuple[Span, ...]:
        """The characters whose middle is in the rectangle, line by line in reading order."""
        if page != self.page or self.empty:
            return ()
        found: list[Span] = []
        for line, box in zip(text.lines, columns_of(text).boxes, strict=True):
            if _overlap(box, self.box):
                for low, high in self._runs(text, line):
                    if found and found[-1][1] == low:
                        low = found.pop()[0]
                    found.append((low, high))
        return tuple(found)

    def _runs(self, text: PageText, line: Span) -> list[Span]:
        runs: list[Span] = []
        for index in range(*line):
            x0, y0, x1, y1 = text.box(index)
            left, top, right, bottom = self.box
            if left <= (x0 + x1) / 2 <= right and top <= (y0 + y1) / 2 <= bottom:
                low = runs.pop()[0] if runs and runs[-1][1] == index else index
                runs.append((low, index + 1))
        return [run for run in runs if text.chars[slice(*run)].strip()]


Chosen = Selection | BoxSelection


def begin(text: PageText, page: int, index: int, over: int | None, unit: Unit) -> Selection:
    """A selection at a caret; of a word or line, the one of the character `over`."""
    low, high = _around(text, index, over, unit)
    first, last = Caret(page, low), Caret(page, high)
    return Selection(first, last, first, last, unit)


def extend(old: Selection, text: PageText, page: int, index: int) -> Selection:
    """The selection led on to a caret, in whole units."""
    over = min(index, len(text.chars) - 1) if text.chars else None
    low, high = _around(text, index, over, old.unit)
    return Selection(old.first, old.last, Caret(page, low), Caret(page, high), old.unit)


def whole(first: int, last: int) -> Selection:
    """All text of the pages from `first` to `last`."""
    start, end = Caret(first, 0), Caret(last, END)
    return Selection(start, end, start, end)


def running(
    selection: Chosen, page: int, text: PageText, aside: Sequence[Rect] = ()
) -> tuple[Span, ...]:
    """The selected characters of a page, in reading order.

    Over pages, what stands `aside` of the text (running heads, page numbers, stamps in
    the margin) is left out, except where the selection itself begins or ends in it, or
    is of whole pages.
    """
    spans = selection.spans(page, text)
    if isinstance(selection, BoxSelection) or len(selection.pages) < 2 or not spans:
        return spans
    if selection.end.index == END:
        return spans
    at, high = spans[0]
    found: list[Span] = []
    apart = text.under(aside)
    for start, end in text.lines if apart else ():
        if not any(first < end and last > start for first, last in apart):
            continue
        begins = page == selection.start.page and start <= spans[0][0]
        ends = page == selection.end.page and end >= high
        if begins or ends or end <= at:
            continue
        found.append((at, start))
        at = end
    return tuple(span for span in (*found, (at, high)) if span[0] < span[1])


def copied(
    selection: Chosen, text_of: TextOf, aside: AsideOf = lambda _: ()
) -> tuple[str, list[int]]:
    """(text, missing pages): the text is whole when no page is missing."""
    pieces: list[str] = []
    missing: list[int] = []
    for page in selection.pages:
        text = text_of(page)
        if text is None:
            missing.append(page)
            continue
        pieces.append(text_of_page(selection, page, text, aside(page)))
    return "\n".join(piece for piece in pieces if piece), missing


def text_of_page(selection: Chosen, page: int, text: PageText, aside: Sequence[Rect] = ()) -> str:
    """The selected text of a page, hyphenated line ends joined; "" for none."""
    spans = running(selection, page, text, aside)
    return "\n".join(text.copy(low, high).strip() for low, high in spans)


def _around(text: PageText, index: int, over: int | None, unit: Unit) -> Span:
    if unit == "char" or over is None or not 0 <= over < len(text.chars):
        return index, index
    match unit:
        case "word":
            return text.word_at(over)
        case "line":
            return text.line_at(over)
        case _:
            return paragraph_at(text, over)


def paragraph_at(text: PageText, index: int) -> Span:
    """The paragraph a character is in: its block, cut where lines are set in or stop short."""
    block = next((span for span in text.blocks if span[0] <= index < span[1]), None)
    if block is None:
        return text.line_at(index)
    boxes = columns_of(text).boxes
    lines = [
        (span, boxes[number])
        for number, span in enumerate(text.lines)
        if block[0] <= span[0] < block[1]
    ]
    left = min(box[0] for _, box in lines)
    right = max(box[2] for _, box in lines)
    start, end = block
    for (span, box), (_, before) in zip(lines[1:], lines, strict=False):
        if _begins(box, before, left, right):
            if span[0] > index:
                end = span[0]
                break
            start = span[0]
    return start, end


def _begins(box: Rect, before: Rect, left: float, right: float) -> bool:
    """Whether a line begins a paragraph after the line before it."""
    size = max(box[3] - box[1], 1.0)
    level = min(box[3], before[3]) - max(box[1], before[1]) > size / 2
    indented = size * 0.6 < box[0] - left < size * 4 and before[0] - left < size * 0.6
    short = right - before[2] > max(size * 3, (right - left) * 0.2)
    return not level and (indented or short)


def _overlap(one: Rect, other: Rect) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
