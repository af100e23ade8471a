"""Cutting a page into tiles that fit a request, and which of them a view needs."""

from __future__ import annotations

from collections.abc import Iterator

from reader.domain.annotation import Rect
from reader.ui.viewer.camera import Camera, PixelRect

MOST_PIXELS = 4_000_000  # a tile of 4 bytes a pixel stays below 16 MB
_CUT_PIXELS = 1_400_000  # of a page that does not fit one tile, little more than is seen is made
_CUT_WIDTH = 1_400
THUMB_PIXELS = 110_000


def grid(width: int, height: int) -> tuple[int, int]:
    """(columns, rows) of equal tiles for a page of that many pixels."""
    if width * height <= MOST_PIXELS:
        return 1, 1
    columns = -(-width // _CUT_WIDTH)
    return columns, -(-height * -(-width // columns) // _CUT_PIXELS)


def tiles_in_view(camera: Camera, page: int, above: int = 0, below: int = 0) -> list[PixelRect]:
    """The tiles of a page (pixels of the page) that the view touches.

    The view is made taller by `above` and `below`.  The tiles of a page cover
    it without overlap; of a page enlarged to thousands only those seen are made.
    """
    x, y, width, height = camera.page_rect(page)
    shown_x, shown_y, shown_width, shown_height = camera.shown_rect(page)
    side = min(camera.width // 4, 512) if above or below else 0
    columns, rows = grid(width, height)
    low = max(camera.left - side, shown_x)
    high = min(camera.left + camera.width + side, shown_x + shown_width)
    across = list(_parts(width, columns, low - x, high - x))
    low = max(camera.top - above, shown_y)
    high = min(camera.top + camera.height + below, shown_y + shown_height)
    down = _parts(height, rows, low - y, high - y)
    return [
        (left, top, right - left, bottom - top) for top, bottom in down for left, right in across
    ]


def _parts(length: int, count: int, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Those of `count` equal parts of a length that lie between low and high."""
    first = max(low * count // length - 1, 0)
    last = min(high * count // length + 1, count - 1)
    for part in range(first, last + 1):
        start, end = length * part // count, length * (part + 1) // count
        if start < high and end > low:
            yield start, end


def clip_of(tile: PixelRect, page_pixels: tuple[int, int], scale: float) -> Rect | None:
    """A tile as a rectangle in points, None for the whole page."""
    if tile == (0, 0, *page_pixels):
        return None
    x, y, width, height = tile
    return x / scale, y / scale, (x + width) / scale, (y + height) / scale


def thumb_scale(width: float, height: float) -> float:
    """Pixels per point for the small picture of a page of that many points."""
    return (THUMB_PIXELS / max(width * height, 1.0)) ** 0.5
