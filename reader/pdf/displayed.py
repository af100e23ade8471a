"""Displayed formulas that come as many short lines: limits, big signs, the parts of fractions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median
from typing import Protocol

from reader.domain.annotation import Rect
from reader.pdf.text import PageText, Span

_MATH = ("CMMI", "CMSY", "CMEX", "MSAM", "MSBM", "MATH", "EUFM", "RSFS", "STIX", "SYMBOL")
_FORMULA = 0.35  # share of a line's letters in fonts of mathematics
_WORD = re.compile(r"[A-Za-z]{4,}")
_LONGEST = 60  # letters of a line of a formula
_APART = 1.0  # times the page's usual letters, from a piece to one above or below it
_AWAY = 6.0  # em between two pieces of a formula, at most


class Line(Protocol):
    """What is asked of a line: its characters, where it stands, how large its letters are."""

    @property
    def span(self) -> Span: ...

    @property
    def box(self) -> Rect: ...

    @property
    def size(self) -> float: ...


def is_mathematics(text: PageText, span: Span) -> bool:
    """Whether a line is mostly mathematics."""
    letters = [at for at in range(*span) if not text.chars[at].isspace()]
    if not letters:
        return False
    special = sum(_is_special(text, at) for at in letters)
    return special >= _FORMULA * len(letters) and special > 1


def pieces(text: PageText, lines: Sequence[Line]) -> set[int]:
    """The lines, by their numbers, that are pieces of displayed formulas.

    Two or more lines without a word that stand beside or over each other, one of
    them mathematics, and no line of the text beside them: that is a formula in the text.
    """
    found: set[int] = set()
    usual = median(line.size for line in lines) if lines else 0.0
    first = 0
    while first < len(lines):
        last, box = first, lines[first].box
        if _is_scrap(text, lines[first]):
            while (
                last + 1 < len(lines)
                and _is_scrap(text, lines[last + 1])
                and _beside(box, lines[last + 1], _APART * usual)
            ):
                last += 1
                box = around(box, lines[last].box)
            near = [*lines[max(first - 1, 0) : first], *lines[last + 1 : last + 2]]
            if (
                last > first
                and any(is_mathematics(text, one.span) for one in lines[first : last + 1])
                and not any(_along(box, one) for one in near)
            ):
                found.update(range(first, last + 1))
        first = last + 1
    return found


def around(one: Rect, other: Rect) -> Rect:
    """The smallest rectangle around two."""
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _is_special(text: PageText, at: int) -> bool:
    # A bracket made of parts has no letter.
    return text.chars[at] == "\ufffd" or _is_math_font(text, at)


def _is_math_font(text: PageText, at: int) -> bool:
    font = text.style_at(at).font.upper()
    return any(name in font for name in _MATH)


def _is_scrap(text: PageText, line: Line) -> bool:
    """Whether a line has no word of a sentence."""
    low, high = line.span
    if high - low > _LONGEST:
        return False
    words = _WORD.finditer(text.chars, low, high)
    return all(_is_math_font(text, word.start()) for word in words)


def _beside(box: Rect, line: Line, apart: float) -> bool:
    """Whether a line stands beside what is there of a formula, or not far above or below it."""
    down = max(box[1], line.box[1]) - min(box[3], line.box[3])
    across = max(line.box[0] - box[2], box[0] - line.box[2])
    return down < apart and across < _AWAY * line.size


def _along(box: Rect, line: Line) -> bool:
    """Whether a line of the text runs on to the left or right of a formula."""
    middle = (line.box[1] + line.box[3]) / 2
    return box[1] < middle < box[3] and _beside(box, line, 0.0)
