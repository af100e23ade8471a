"""What part of the column of pages is seen, and how large: arithmetic without Qt.

Everything is in device pixels of whole numbers, so that what is rendered is
painted without resampling; `scale` is device pixels per point.  "Canvas" is
the whole column, "view" the window on it whose top-left corner is at
(`left`, `top`) of the canvas.
"""

from __future__ import annotations

from dataclasses import dataclass

from reader.ui.viewer.layout import PageLayout

PixelRect = tuple[int, int, int, int]  # x, y, width, height


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page, points of view space; outside the page in the gaps around it."""

    page: int
    x: float
    y: float


class Camera:
    """The view on a layout."""

    def __init__(self, layout: PageLayout) -> None:
        self.layout = layout
        self.scale = 1.0
        self.gap = 12  # between pages, and above the first
        self.margin = 16  # left and right of the widest page
        self.width = 1  # of the view
        self.height = 1
        self.left = 0
        self.top = 0

    # -- sizes of the canvas

    @property
    def canvas_width(self) -> int:
        return max(self.width, round(self.layout.widest * self.scale) + 2 * self.margin)

    @property
    def canvas_height(self) -> int:
        return max(self.height, self.page_top(self.layout.pages))

    def page_top(self, page: int) -> int:
        """The canvas y of a page's upper edge; of the canvas' end for the last plus one."""
        return round(self.layout.before(page) * self.scale) + self.gap * (page + 1)

    def page_size(self, page: int) -> tuple[int, int]:
        width, height = self.layout.size(page)
        return max(1, round(width * self.scale)), max(1, round(height * self.scale))

    def page_rect(self, page: int) -> PixelRect:
        """Where a page is on the canvas."""
        width, height = self.page_size(page)
        return (self.canvas_width - width) // 2, self.page_top(page), width, height

    # -- what is seen

    def page_at(self, y: int) -> int:
        """The page at a canvas height; the one below for a gap, clamped to the document."""
        low, high = 0, self.layout.pages - 1
        while low < high:
            middle = (low + high) // 2
            if self.page_top(middle + 1) - self.gap > y:
                high = middle
            else:
                low = middle + 1
        return max(low, 0)

    def visible(self, above: int = 0, below: int = 0) -> range:
        """The pages in view, with `above` and `below` pixels more."""
        if not self.layout.pages:
            return range(0)
        first = self.page_at(max(self.top - above, 0))
        last = self.page_at(self.top + self.height + below - 1)
        if last > first and self.page_top(last) >= self.top + self.height + below:
            last -= 1
        return range(first, last + 1)

    def current(self) -> int:
        """The page the reader is on: the one at the upper third of the view."""
        return self.page_at(self.top + self.height // 3)

    # -- from place to place

    def spot(self, x: float, y: float) -> Spot:
        """The place on a page under a point of the view."""
        page = self.page_at(int(self.top + y))
        page_x, page_y, _, _ = self.page_rect(page)
        scale = self.scale
        return Spot(page, (self.left + x - page_x) / scale, (self.top + y - page_y) / scale)

    def view_point(self, spot: Spot) -> tuple[float, float]:
        """Where a place is in the view."""
        page_x, page_y, _, _ = self.page_rect(spot.page)
        return (
            page_x + spot.x * self.scale - self.left,
            page_y + spot.y * self.scale - self.top,
        )

    def move(self, left: float, top: float) -> None:
        """Move the view's corner, as far as the canvas goes."""
        self.left = min(max(round(left), 0), self.canvas_width - self.width)
        self.top = min(max(round(top), 0), self.canvas_height - self.height)

    def put(self, spot: Spot, x: float = 0.0, y: float = 0.0) -> None:
        """Move so that a place comes to stand at a point of the view."""
        now_x, now_y = self.view_point(spot)
        self.move(self.left + now_x - x, self.top + now_y - y)

    # -- zoom

    def fit_width(self, page: int) -> float:
        """The scale at which the widest page of the common sizes fills the view's width."""
        width = max(self.layout.size(page)[0], 1.0)
        return max(self.width - 2 * self.margin, 1) / width

    def fit_page(self, page: int) -> float:
        """The scale at which a page is seen whole."""
        height = max(self.layout.size(page)[1], 1.0)
        return min(self.fit_width(page), max(self.height - 2 * self.gap, 1) / height)
