"""Where the ink of pages is, and the box that holds it on all of them."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.annotation import Rect
from reader.pdf.protocol import PageInk

SAMPLES = 14
_AIR = 9.0  # points left white around the ink
_STRAY = 0.1  # part of the pages whose ink may reach further out than the common box
_LEAST = 0.2  # part of a page's side below which a box is no box of text


class Margins:
    """Boxes of ink and of text, points of view space, as far as they are known."""

    def __init__(self, pages: int) -> None:
        step = max(pages / SAMPLES, 1.0)
        self._samples = [int(number * step) for number in range(min(pages, SAMPLES))]
        self._boxes: dict[int, Rect | None] = {}
        self._texts: dict[int, Rect | None] = {}
        self.settled = False  # whether all samples were looked at
        self.common: Rect | None = None  # for pages of the usual size

    def put(self, page: int, ink: PageInk, size: tuple[float, float], *, usual: bool) -> None:
        """Take what a page of a size has on it; `usual` when most pages have that size."""
        self._boxes[page] = None if ink.box is None else _airy(ink.box, size)
        text = ink.text or ink.box
        self._texts[page] = None if text is None else _airy(text, size)
        if not usual and page in self._samples:
            self._samples.remove(page)
        if not self.settled and not self.missing():
            self.settled = True
            boxes = [box for box in map(self._boxes.get, self._samples) if box is not None]
            self.common = common_box(boxes) if boxes else None

    def knows(self, page: int) -> bool:
        return page in self._boxes

    def box(self, page: int) -> Rect | None:
        """The ink box of a page with a little air; None when unknown or empty."""
        return self._boxes.get(page)

    def text(self, page: int) -> Rect | None:
        """The box of a page's running text, or of all on it, with a little air."""
        return self._texts.get(page)

    def missing(self) -> list[int]:
        """The pages still to be looked at for the common box."""
        return [page for page in self._samples if page not in self._boxes]


def common_box(boxes: Sequence[Rect]) -> Rect:
    """The smallest box that holds nearly all boxes: a few stray ones do not count."""
    stray = int(len(boxes) * _STRAY)
    lows = [sorted(box[side] for box in boxes)[stray] for side in (0, 1)]
    highs = [sorted((box[side] for box in boxes), reverse=True)[stray] for side in (2, 3)]
    return lows[0], lows[1], highs[0], highs[1]


def joined(first: Rect, second: Rect) -> Rect:
    """The box that holds both."""
    return (
        min(first[0], second[0]),
        min(first[1], second[1]),
        max(first[2], second[2]),
        max(first[3], second[3]),
    )


def _airy(ink: Rect, size: tuple[float, float]) -> Rect:
    """A box with air around it, inside the page, and no smaller than a box of text."""
    sides: list[tuple[float, float]] = []
    for low, high, length in ((ink[0], ink[2], size[0]), (ink[1], ink[3], size[1])):
        lack = max(_LEAST * length - (high - low), 0.0) / 2
        sides.append((max(low - lack - _AIR, 0.0), min(high + lack + _AIR, length)))
    (left, right), (top, bottom) = sides
    return left, top, right, bottom
