"""A line of a page with its looks."""

from __future__ import annotations

import re
from functools import lru_cache

from reader.domain.annotation import Rect
from reader.domain.value import dataclass
from reader.pdf.text import Style

_BOLD = re.compile(r"Bold|Black|Heavy|Demi|Medi(?!um)|-Bd")
_SMALL_CAPITALS = re.compile(r"CSC|SmallCap|Caps\d|-SC\b|\bSC\d")
_ITALIC = re.compile(r"Ital|Obli|Slant|-It\b")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: characters `start` to `end`, its text without outer spaces.

    `size` is what most of it is set in, `largest` its largest character, points.
    `number` is its index in PageText.lines, `block` counts the page's blocks;
    `first` is whether it begins one.
    """

    page: int
    number: int
    start: int
    end: int
    text: str
    box: Rect
    size: float
    largest: float
    bold: bool
    italic: bool
    mono: bool
    block: int
    first: bool


def is_bold(style: Style) -> bool:
    """Whether text is bold: files forget the flag more often than the font's name."""
    return style.bold or _named(style.font)[0]


def is_italic(style: Style) -> bool:
    """Whether text is italic, by its flag or its font's name."""
    return style.italic or _named(style.font)[1]


def is_small_capitals(style: Style) -> bool:
    """Whether text is set in a font of small capitals."""
    return _SMALL_CAPITALS.search(style.font) is not None


@lru_cache(maxsize=1024)
def _named(font: str) -> tuple[bool, bool]:
    return _BOLD.search(font) is not None, _ITALIC.search(font) is not None


def turned(line: Line) -> bool:
    """Whether a line runs up or down the page, as the stamp at a margin does."""
    x0, y0, x1, y1 = line.box
    return len(line.text) > 3 and y1 - y0 > 2 * max(line.size, 1.0) and y1 - y0 > x1 - x0
