"""Selected text: from a caret on one page to a caret on another, by character, word or line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from reader.pdf.protocol import PageText

Unit = Literal["char", "word", "line"]
Span = tuple[int, int]
TextOf = Callable[[int], PageText | None]


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


def copied(selection: Selection, text_of: TextOf) -> tuple[str, list[int]]:
    """(text, missing pages): the text is whole when no page is missing."""
    pieces: list[str] = []
    missing: list[int] = []
    for page in selection.pages:
        text = text_of(page)
        if text is None:
            missing.append(page)
            continue
        low, high = selection.span(page, text)
        if low < high:
            pieces.append(text.copy(low, high))
    return "\n".join(pieces), missing


def _around(text: PageText, index: int, over: int | None, unit: Unit) -> Span:
    if unit == "char" or over is None or not 0 <= over < len(text.chars):
        return index, index
    return text.word_at(over) if unit == "word" else text.line_at(over)
