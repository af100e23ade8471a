"""Where the pages of a document stand in one tall column, without walking them.

Lengths are points (1/72 inch).  A page whose size is not known yet counts as
the most frequent size of the first pages; when its size arrives, what is below
moves.  Everything costs the logarithm of the number of pages.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Sequence

Size = tuple[float, float]  # width, height in points

BLOCK = 256  # pages whose sizes are asked for together
_LETTER: Size = (612.0, 792.0)
_SMALLEST, _LARGEST = 1.0, 20_000.0  # points; a crafted page must not swallow the canvas


class PageLayout:
    """Sizes and heights of `pages` pages, some of them estimated."""

    def __init__(self, pages: int, first: Sequence[Size] = ()) -> None:
        self.pages = max(0, pages)
        sizes = [_sound(size) for size in first]
        self.estimate: Size = Counter(sizes).most_common(1)[0][0] if sizes else _LETTER
        self.widest = self.estimate[0]
        self._sizes: dict[int, Size] = {}
        # Per block with known pages: how far each of its pages is moved by those before it.
        self._shifts: dict[int, array[float]] = {}
        self._blocks: list[int] = []
        self._prefix: list[float] | None = None
        self.learn(0, sizes)

    def learn(self, first: int, sizes: Sequence[Size]) -> bool:
        """Take the sizes of the pages from `first` on; True when anything moved."""
        touched: set[int] = set()
        for page, size in enumerate(sizes, first):
            if page >= self.pages:
                break
            sound = _sound(size)
            if page in self._sizes and self._sizes[page] == sound:
                continue
            if page not in self._sizes and sound == self.estimate:
                self._sizes[page] = sound
                continue
            self._sizes[page] = sound
            self.widest = max(self.widest, sound[0])
            touched.add(page // BLOCK)
        for block in touched:
            self._measure(block)
        return bool(touched)

    def _measure(self, block: int) -> None:
        shifts = array("d", [0.0])
        for page in range(block * BLOCK, min((block + 1) * BLOCK, self.pages)):
            shifts.append(shifts[-1] + self.size(page)[1] - self.estimate[1])
        if block not in self._shifts:
            insort(self._blocks, block)
        self._shifts[block] = shifts
        self._prefix = None

    def knows(self, page: int) -> bool:
        """Whether the page's size is more than an estimate."""
        return page in self._sizes

    def size(self, page: int) -> Size:
        """Width and height of a page."""
        return self._sizes.get(page, self.estimate)

    def before(self, page: int) -> float:
        """The height of all pages above `page`, without gaps."""
        height = page * self.estimate[1]
        if not self._blocks:
            return height
        if self._prefix is None:
            self._prefix = [0.0]
            for number in self._blocks:
                self._prefix.append(self._prefix[-1] + self._shifts[number][-1])
        block, within = divmod(page, BLOCK)
        height += self._prefix[bisect_left(self._blocks, block)]
        shifts = self._shifts.get(block)
        if shifts is not None:
            height += shifts[within]
        return height


def _sound(size: Size) -> Size:
    width, height = (min(max(side, _SMALLEST), _LARGEST) for side in size)
    return width, height
