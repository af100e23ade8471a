"""What part of the rows of pages is seen, and how large: arithmetic without Qt.

Everything is in device pixels of whole numbers, so that what is rendered is
painted without resampling; `scale` is device pixels per point.  "Canvas" is
all that can be scrolled over, "view" the window on it whose top-left corner is
at (`left`, `top`) of the canvas.  Of a paged layout the canvas is the one row
that is open; the others lie out of sight above and below it.

Places on pages are points of the page as it is in the file, whatever its turn.
"""

from __future__ import annotations

import copy

from reader.domain.value import dataclass
from reader.pdf.protocol import Rotation
from reader.ui.viewer.arrangement import turned, turned_rect, unturned
from reader.ui.viewer.layout import PageLayout

PixelRect = tuple[int, int, int, int]  # x, y, width, height


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page, points of view space; outside the page in the gaps around it."""

    page: int
    x: float
    y: float


def middle(page: int, rect: tuple[float, float, float, float]) -> Spot:
    """The middle of a rectangle (view space) of a page."""
    x0, y0, x1, y1 = rect
    return Spot(page, (x0 + x1) / 2, (y0 + y1) / 2)


class Camera:
    """The view on a layout."""

    def __init__(self, layout: PageLayout) -> None:
        self.layout = layout
        self.scale = 1.0
        self.gap = 12  # between rows, and above the first
        self.gutter = 4  # between the pages of a row
        self.margin = 16  # left and right of the widest page
        self.width = 1  # of the view
        self.height = 1
        self.left = 0
        self.top = 0
        self.row = 0  # the open row of a paged layout

    @property
    def paged(self) -> bool:
        return self.layout.arrangement.paged

    @property
    def rotation(self) -> Rotation:
        return self.layout.arrangement.rotation

    # -- sizes of the canvas

    @property
    def canvas_width(self) -> int:
        columns = self.layout.arrangement.columns
        pages = round(self.layout.widest * self.scale * columns) + self.gutter * (columns - 1)
        return max(self.width, pages + 2 * self.margin)

    @property
    def canvas_height(self) -> int:
        if self.paged:
            return max(self.height, self._row_pixels(self.row) + 2 * self.gap)
        return max(self.height, self.row_top(self.layout.rows))

    def _row_pixels(self, row: int) -> int:
        return max(1, round(self.layout.row_height(row) * self.scale))

    def row_top(self, row: int) -> int:
        """The canvas y of a row's upper edge; of the canvas' end for the last plus one."""
        if self.paged:
            top = max((self.height - self._row_pixels(row)) // 2, self.gap)
            return top + (row - self.row) * (self.canvas_height + self.height)
        return round(self.layout.above(row) * self.scale) + self.gap * (row + 1)

    def page_top(self, page: int) -> int:
        """The canvas y of a page's upper edge; of the canvas' end for the last plus one."""
        layout = self.layout
        return self.row_top(layout.row_of(page) if page < layout.pages else layout.rows)

    def page_size(self, page: int) -> tuple[int, int]:
        """Width and height of a whole page as it is turned."""
        width, height = self.layout.turned_size(page)
        return max(1, round(width * self.scale)), max(1, round(height * self.scale))

    def shown_rect(self, page: int) -> PixelRect:
        """Where the part of a page that is shown is on the canvas."""
        width, height = (max(1, round(side * self.scale)) for side in self.layout.shown(page))
        if self.layout.arrangement.columns == 1:
            left = (self.canvas_width - width) // 2
        else:
            spine = (self.canvas_width - self.gutter) // 2
            left = spine + self.gutter if self.layout.column_of(page) else spine - width
        return left, self.page_top(page), width, height

    def page_rect(self, page: int) -> PixelRect:
        """Where a whole page is on the canvas, also what trimming hides of it."""
        left, top, _, _ = self.shown_rect(page)
        box = self.layout.turned_box(page)
        x, y = left - round(box[0] * self.scale), top - round(box[1] * self.scale)
        return (x, y, *self.page_size(page))

    # -- what is seen

    def row_at(self, y: int) -> int:
        """The row at a canvas height; the one below for a gap, clamped to the document."""
        if self.paged:
            return self.row
        low, high = 0, self.layout.rows - 1
        while low < high:
            middle = (low + high) // 2
            if self.row_top(middle + 1) - self.gap > y:
                high = middle
            else:
                low = middle + 1
        return max(low, 0)

    def page_at(self, y: int) -> int:
        """The first page of the row at a canvas height."""
        return self.layout.pages_of(self.row_at(y)).start

    def visible(self, above: int = 0, below: int = 0) -> range:
        """The pages in view, with `above` and `below` pixels more."""
        if not self.layout.pages:
            return range(0)
        first = self.row_at(max(self.top - above, 0))
        last = self.row_at(self.top + self.height + below - 1)
        if last > first and self.row_top(last) >= self.top + self.height + below:
            last -= 1
        return range(self.layout.pages_of(first).start, self.layout.pages_of(last).stop)

    def current(self) -> int:
        """The page the reader is on: the one at the upper third of the view."""
        return self.page_at(self.top + self.height // 3)

    def beside(self, by: int) -> Camera | None:
        """How the row `by` further on will be seen when it is turned to; None past the ends."""
        row = self.row_at(self.top + self.height // 3) + by
        if not 0 <= row < self.layout.rows:
            return None
        other = copy.copy(self)
        other.row = row
        other.put(other.head(self.layout.pages_of(row).start))
        return other

    # -- from place to place

    def spot(self, x: float, y: float) -> Spot:
        """The place on a page under a point of the view."""
        pages = self.layout.pages_of(self.row_at(int(self.top + y)))
        page = pages.start
        if len(pages) > 1 and (self.layout.column_of(page) == 0) != (
            self.left + x < self.canvas_width / 2
        ):
            page += 1
        page_x, page_y, _, _ = self.page_rect(page)
        at = (self.left + x - page_x) / self.scale, (self.top + y - page_y) / self.scale
        return Spot(page, *unturned(*at, self.layout.size(page), self.rotation))

    def landing(self) -> tuple[Spot, Spot]:
        """Between which places of the view one is that was just jumped to.

        It is near the top, unless the document ends before it can come there.
        """
        ends = self.top >= self.canvas_height - self.height
        return self.spot(0, 0), self.spot(0, self.height if ends else self.height / 4)

    def view_point(self, spot: Spot) -> tuple[float, float]:
        """Where a place is in the view."""
        page_x, page_y, _, _ = self.page_rect(spot.page)
        x, y = turned(spot.x, spot.y, self.layout.size(spot.page), self.rotation)
        return page_x + x * self.scale - self.left, page_y + y * self.scale - self.top

    def head(self, page: int) -> Spot:
        """The place to put at the view's top-left corner for a page to be seen from its start.

        Pages that fit into the view stand in its middle, also among wider ones.
        """
        box = self.layout.turned_box(page)
        left, right = self._row_sides(page)
        spare = max(self.width - (right - left), 0)
        aside = self.shown_rect(page)[0] - left + spare / 2
        at = box[0] - aside / self.scale, box[1] - self.gap / self.scale
        return Spot(page, *unturned(*at, self.layout.size(page), self.rotation))

    def centre(self, page: int) -> None:
        """Move sideways so that a page, or its row, is in the middle, if it fits into the view."""
        left, right = self._row_sides(page)
        if right - left <= self.width:
            self.move((left + right - self.width) / 2, self.top)

    def _row_sides(self, page: int) -> tuple[int, int]:
        """The canvas x of the left and right end of a page's row."""
        rects = [self.shown_rect(one) for one in self.layout.pages_of(self.layout.row_of(page))]
        return min(rect[0] for rect in rects), max(rect[0] + rect[2] for rect in rects)

    def cuts(self, page: int, left: int) -> bool:
        """Whether a page's row would fit into the view, and is cut by one that begins at `left`."""
        sides = self._row_sides(page)
        inside = left <= sides[0] and sides[1] <= left + self.width
        return sides[1] - sides[0] <= self.width and not inside

    def foot(self, page: int) -> Spot:
        """The place at the lower left corner of what is shown of a page."""
        box = self.layout.turned_box(page)
        return Spot(page, *unturned(box[0], box[3], self.layout.size(page), self.rotation))

    def move(self, left: float, top: float) -> None:
        """Move the view's corner, as far as the canvas goes."""
        self.left = min(max(round(left), 0), self.canvas_width - self.width)
        self.top = min(max(round(top), 0), self.canvas_height - self.height)

    def put(self, spot: Spot, x: float = 0.0, y: float = 0.0) -> None:
        """Move so that a place comes to stand at a point of the view."""
        self.row = self.layout.row_of(spot.page)
        now_x, now_y = self.view_point(spot)
        self.move(self.left + now_x - x, self.top + now_y - y)

    # -- zoom

    def fit_width(self, page: int) -> float:
        """The scale at which a page, or its row, fills the view's width."""
        columns = self.layout.arrangement.columns
        room = self.width - 2 * self.margin - self.gutter * (columns - 1)
        width = max(self.layout.row_width(self.layout.row_of(page)), 1.0)
        return max(room, 1) / width

    def fit_page(self, page: int) -> float:
        """The scale at which a page, or its row, is seen whole."""
        height = max(self.layout.row_height(self.layout.row_of(page)), 1.0)
        return min(self.fit_width(page), max(self.height - 2 * self.gap, 1) / height)

    def fit_text(self, page: int) -> float:
        """The scale at which the text of a page, or of its row, fills the view's width."""
        left, right = self._text_sides(page)
        columns = self.layout.arrangement.columns
        room = self.width - self.margin - self.gutter * (columns - 1)
        return max(room, 1) / max(right - left, 1.0)

    def centre_text(self, page: int) -> None:
        """Move sideways so that the text of a page, or of its row, is in the middle."""
        pages = self.layout.pages_of(self.layout.row_of(page))
        sides: list[float] = []
        for other in pages:
            box = turned_rect(self.layout.text_box(other), self.layout.size(other), self.rotation)
            x = self.page_rect(other)[0]
            sides += (x + box[0] * self.scale, x + box[2] * self.scale)
        self.move((min(sides) + max(sides) - self.width) / 2, self.top)

    def _text_sides(self, page: int) -> tuple[float, float]:
        """Left and right end of the text of a row, in points from the left end of its pages."""
        lefts: list[float] = []
        rights: list[float] = []
        start = 0.0
        pages = self.layout.pages_of(self.layout.row_of(page))
        for other in sorted(pages, key=self.layout.column_of):
            size = self.layout.size(other)
            box = turned_rect(self.layout.text_box(other), size, self.rotation)
            shown = self.layout.turned_box(other)
            lefts.append(start + max(box[0], shown[0]) - shown[0])
            rights.append(start + min(box[2], shown[2]) - shown[0])
            start += shown[2] - shown[0]
        return min(lefts, default=0.0), max(rights, default=1.0)
