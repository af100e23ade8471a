"""What is printed where: pages by words, pages on paper, bands within the pixel budget; no Qt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reader.domain.annotation import Rect
from reader.domain.value import dataclass

MOST_PIXELS = 6_000_000  # a band; 24 MB, and a wait of the printer's painter nobody notices
_RANGE = re.compile(r"^(.*?\S)\s*[-–—]\s*(\S.*?)$")


@dataclass(frozen=True, slots=True)
class Placing:
    """A page on paper: `scale` device pixels a point, its corner in pixels, turned or not."""

    scale: float
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class Band:
    """A piece of a page: `clip` in points of the page, its upper edge in pixels of the page."""

    clip: Rect
    top: int


def chosen(words: str, page_of: Callable[[str], int | None]) -> list[int] | None:
    """The pages that words such as "1-3, 7, iv" mean, in their order; None for what is none.

    `page_of` finds a page by its label, else by its number.
    """
    found: list[int] = []
    for part in filter(None, (piece.strip() for piece in words.replace(";", ",").split(","))):
        whole = page_of(part)
        if whole is not None:
            found.append(whole)
            continue
        ends = _RANGE.match(part)
        first, last = (page_of(end) for end in ends.groups()) if ends else (None, None)
        if first is None or last is None:
            return None
        found += range(first, last + 1) if first <= last else range(first, last - 1, -1)
    return found or None


def place(
    page: tuple[float, float], paper: tuple[float, float], dots: float, *, fit: bool
) -> Placing:
    """Put a page (points) into the middle of the paper's printable area (device pixels).

    Fitted it fills the paper one way; else it has its own size, made smaller
    only where it would be cut.  `dots` is device pixels a point.
    """
    width, height = max(page[0], 0.01), max(page[1], 0.01)
    fitting = min(paper[0] / width, paper[1] / height)
    scale = fitting if fit else min(fitting, dots)
    return Placing(scale, (paper[0] - width * scale) / 2, (paper[1] - height * scale) / 2)


def bands(page: tuple[float, float], scale: float, most: int = MOST_PIXELS) -> Iterator[Band]:
    """A page cut into bands of whole pixels, from top to bottom."""
    width, height = max(round(page[0] * scale), 1), max(round(page[1] * scale), 1)
    rows = max(most // width, 1)
    for top in range(0, height, rows):
        bottom = min(top + rows, height)
        yield Band((0.0, top / scale, page[0], min(bottom / scale, page[1])), top)


def resolution(page: tuple[float, float], wanted: float, most: float = 4e8) -> float:
    """Pixels a point for a page at `wanted`; less for a page of monstrous size."""
    return min(wanted, (most / max(page[0] * page[1], 1.0)) ** 0.5)
