"""Cutting a page into tiles that fit a request, and which of them a view needs."""

from __future__ import annotations

from collections.abc import Iterator

from reader.domain.annotation import Rect
from reader.ui.viewer.camera import Camera, PixelRect

MOST_PIXELS = 4_000_000  # a tile of 4 bytes a pixel stays below 16 MB
_THUMB_PIXELS = 110_000


def grid(width: int, height: int) -> tuple[int, int]:
    """(columns, rows) of equal tiles for a page of that many pixels."""
    columns = max(1, -(-width // 2560))
    rows = max(1, -(-height * -(-width // columns) // MOST_PIXELS))
    while -(-width // columns) * -(-height // rows) > MOST_PIXELS:
        rows += 1
    return columns, rows


def tiles_in_view(camera: Camera, page: int, above: int = 0, below: int = 0) -> list[PixelRect]:
    """The tiles of a page (pixels of the page) that the view touches.

    The view is made taller by `above` and `below`.  The tiles of a page cover
    it without overlap; of a page enlarged to thousands only those seen are made.
    """
    x, y, width, height = camera.page_rect(page)
    side = min(camera.width // 4, 512) if above or below else 0
    columns, rows = grid(width, height)
    across = list(
        _parts(width, columns, camera.left - side - x, camera.left + camera.width + side - x)
    )
    down = _parts(height, rows, camera.top - above - y, camera.top + camera.height + below - y)
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
    return (_THUMB_PIXELS / max(width * height, 1.0)) ** 0.5
