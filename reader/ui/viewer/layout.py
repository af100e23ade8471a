"""Where the pages of a document stand, row below row, without walking them.

Lengths are points (1/72 inch).  A page whose size is not known yet counts as
the most frequent size of the first pages; when its size arrives, what is below
moves.  Everything costs the logarithm of the number of pages.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Sequence

from reader.domain.annotation import Rect
from reader.pdf.protocol import PageInk
from reader.ui.viewer.arrangement import Arrangement, Size, turned_rect, turned_size
from reader.ui.viewer.margins import Margins, joined

BLOCK = 256  # pages whose sizes are asked for together, and rows measured together
_LETTER: Size = (612.0, 792.0)
_SMALLEST, _LARGEST = 1.0, 20_000.0  # points; a crafted page must not swallow the canvas


class PageLayout:
    """Sizes and places of `pages` pages, some of them estimated."""

    def __init__(
        self,
        pages: int,
        first: Sequence[Size] = (),
        arrangement: Arrangement = Arrangement(),  # noqa: B008 - a frozen value
    ) -> None:
        self.pages = max(0, pages)
        sizes = [_sound(size) for size in first]
        self.estimate: Size = Counter(sizes).most_common(1)[0][0] if sizes else _LETTER
        self.margins = Margins(self.pages)
        self._sizes: dict[int, Size] = {}
        self.arrange(arrangement)
        self.learn(0, sizes)

    # -- rows

    def arrange(self, arrangement: Arrangement) -> None:
        """Let the pages stand in another way."""
        self.arrangement = arrangement
        self._first = 1 if arrangement.columns == 2 and arrangement.cover else 0
        self._usual = self._shown(self._box(-1, self.estimate))
        self.widest = self._usual[0]
        # Per block with known rows: how far each of its rows is moved by those before it.
        self._shifts: dict[int, array[float]] = {}
        self._blocks: list[int] = []
        self._prefix: list[float] | None = None
        self._take(self._sizes)

    @property
    def rows(self) -> int:
        return -(-(self.pages + self._first) // self.arrangement.columns) if self.pages else 0

    def row_of(self, page: int) -> int:
        return (page + self._first) // self.arrangement.columns

    def pages_of(self, row: int) -> range:
        """The pages of a row, in reading order."""
        columns = self.arrangement.columns
        start = row * columns - self._first
        return range(max(start, 0), min(start + columns, self.pages))

    def column_of(self, page: int) -> int:
        """The column a page stands in, counted from the left."""
        column = (page + self._first) % self.arrangement.columns
        return self.arrangement.columns - 1 - column if self.arrangement.right_to_left else column

    # -- what is known

    def learn(self, first: int, sizes: Sequence[Size]) -> bool:
        """Take the sizes of the pages from `first` on; True when anything moved."""
        changed: list[int] = []
        for page, size in enumerate(sizes, first):
            if page >= self.pages:
                break
            sound = _sound(size)
            if self._sizes.get(page) != sound:
                self._sizes[page] = sound
                changed.append(page)
        return self._take(changed)

    def learn_ink(self, page: int, ink: PageInk) -> bool:
        """Take where the ink of a page is; True when anything moved."""
        settled = self.margins.settled
        size = self.size(page)
        self.margins.put(page, ink, size, usual=size == self.estimate)
        if self.arrangement.trim == "off":
            return True  # a zoom may follow the text
        if self.margins.settled != settled:
            self.arrange(self.arrangement)
            return True
        return self._take([page])

    def _take(self, pages: Iterable[int]) -> bool:
        """Measure the rows of pages of which something became known."""
        touched: set[int] = set()
        for page in pages:
            shown = self.shown(page)
            self.widest = max(self.widest, shown[0])
            block = self.row_of(page) // BLOCK
            if shown[1] != self._usual[1] or block in self._shifts:
                touched.add(block)
        for block in touched:
            self._measure(block)
        return bool(touched)

    def _measure(self, block: int) -> None:
        shifts = array("d", [0.0])
        for row in range(block * BLOCK, min((block + 1) * BLOCK, self.rows)):
            shifts.append(shifts[-1] + self.row_height(row) - self._usual[1])
        if block not in self._shifts:
            insort(self._blocks, block)
        self._shifts[block] = shifts
        self._prefix = None

    def knows(self, page: int) -> bool:
        """Whether the page's size is more than an estimate."""
        return page in self._sizes

    # -- pages

    def size(self, page: int) -> Size:
        """Width and height of a page, as it is in the file."""
        return self._sizes.get(page, self.estimate)

    def box(self, page: int) -> Rect:
        """The part of a page that is shown: all of it, or what trimming leaves."""
        return self._box(page, self.size(page))

    def text_box(self, page: int) -> Rect:
        """The part of a page that holds its running text, as far as it is known."""
        width, height = self.size(page)
        return self.margins.text(page) or (0.0, 0.0, width, height)

    def _box(self, page: int, size: Size) -> Rect:
        own, trim = self.margins.box(page), self.arrangement.trim
        usual = size == self.estimate
        common = self.margins.common if usual else None
        if trim == "all" and usual and not self.margins.settled:
            return 0.0, 0.0, *size
        if trim == "off" or (own is None and common is None):
            return 0.0, 0.0, *size
        if own is None or (trim == "all" and common is not None):
            # What a page has outside the common box is not cut off.
            return joined(common, own) if common and own else common or (0.0, 0.0, *size)
        return own

    def _shown(self, box: Rect) -> Size:
        return turned_size((box[2] - box[0], box[3] - box[1]), self.arrangement.rotation)

    def shown(self, page: int) -> Size:
        """Width and height of the part of a page that is shown, as it is turned."""
        return self._shown(self.box(page))

    def turned_size(self, page: int) -> Size:
        """Width and height of a whole page as it is turned."""
        return turned_size(self.size(page), self.arrangement.rotation)

    def turned_box(self, page: int) -> Rect:
        """The part that is shown, on the turned page."""
        return turned_rect(self.box(page), self.size(page), self.arrangement.rotation)

    # -- heights

    def row_height(self, row: int) -> float:
        """The height of the highest page of a row."""
        return max((self.shown(page)[1] for page in self.pages_of(row)), default=0.0)

    def row_width(self, row: int) -> float:
        """The width a row needs, with room for as many pages as there are columns."""
        widest = max((self.shown(page)[0] for page in self.pages_of(row)), default=0.0)
        return widest * self.arrangement.columns

    def above(self, row: int) -> float:
        """The height of all rows above `row`, without gaps."""
        height = row * self._usual[1]
        if not self._blocks:
            return height
        if self._prefix is None:
            self._prefix = [0.0]
            for number in self._blocks:
                self._prefix.append(self._prefix[-1] + self._shifts[number][-1])
        block, within = divmod(row, BLOCK)
        height += self._prefix[bisect_left(self._blocks, block)]
        shifts = self._shifts.get(block)
        if shifts is not None:
            height += shifts[min(within, len(shifts) - 1)]
        return height

    def before(self, page: int) -> float:
        """The height of all rows above a page's; of all there are for the last plus one."""
        return self.above(self.row_of(page) if page < self.pages else self.rows)


def _sound(size: Size) -> Size:
    width, height = (min(max(side, _SMALLEST), _LARGEST) for side in size)
    return width, height
