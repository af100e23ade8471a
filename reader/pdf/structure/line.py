"""A line of a page with its looks."""

from __future__ import annotations

from dataclasses import dataclass

from reader.domain.annotation import Rect


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


def turned(line: Line) -> bool:
    """Whether a line runs up or down the page, as the stamp at a margin does."""
    x0, y0, x1, y1 = line.box
    return len(line.text) > 3 and y1 - y0 > 2 * max(line.size, 1.0) and y1 - y0 > x1 - x0
