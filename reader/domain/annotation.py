"""Places in a document: quads, the geometry of a page, where the reader stopped.

Quads are 8 numbers x1 y1 ... x4 y4 in PDF user space: points, y up, origin of
the MediaBox, unrotated, in the order top-left, top-right, bottom-left,
bottom-right, as /QuadPoints are written by every viewer.  Pages are 0-based.
"View space" is what is seen on screen at scale 1: points, y down, origin at
the top-left corner of the rotated CropBox.
"""

from __future__ import annotations

from reader.domain.value import dataclass

Quad = tuple[float, float, float, float, float, float, float, float]
Rect = tuple[float, float, float, float]  # x0, y0, x1, y1
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """A page's visible box and turn, with the way between user and view space.

    `crop` is the CropBox in user space (x0, y0, x1, y1), `rotation` one of
    0, 90, 180, 270, clockwise, as /Rotate.
    """

    crop: Rect = (0.0, 0.0, 612.0, 792.0)
    rotation: int = 0

    @property
    def size(self) -> Point:
        """Width and height in view space, points."""
        x0, y0, x1, y1 = self.crop
        width, height = x1 - x0, y1 - y0
        return (height, width) if self.rotation in (90, 270) else (width, height)

    def to_view(self, x: float, y: float) -> Point:
        """A user space point in view space."""
        x0, y0, x1, y1 = self.crop
        match self.rotation:
            case 90:
                return y - y0, x - x0
            case 180:
                return x1 - x, y - y0
            case 270:
                return y1 - y, x1 - x
            case _:
                return x - x0, y1 - y

    def to_user(self, x: float, y: float) -> Point:
        """A view space point in user space; the inverse of `to_view`."""
        x0, y0, x1, y1 = self.crop
        match self.rotation:
            case 90:
                return y + x0, x + y0
            case 180:
                return x1 - x, y + y0
            case 270:
                return x1 - y, y1 - x
            case _:
                return x + x0, y1 - y

    def quad_to_view(self, quad: Quad) -> Rect:
        """The bounding box of a quad in view space."""
        points = [self.to_view(quad[i], quad[i + 1]) for i in (0, 2, 4, 6)]
        xs = [point[0] for point in points]
        ys = [point[1] for point in points]
        return min(xs), min(ys), max(xs), max(ys)

    def rect_to_quad(self, rect: Rect) -> Quad:
        """A view space rectangle as a quad in user space, in /QuadPoints order."""
        x0, y0, x1, y1 = rect
        first = self.to_user(x0, y0)
        second = self.to_user(x1, y1)
        left, right = sorted((first[0], second[0]))
        bottom, top = sorted((first[1], second[1]))
        return (left, top, right, top, left, bottom, right, bottom)


@dataclass(frozen=True, slots=True)
class ReadingPosition:
    """Where the reader was: page, the view's top-left in view space points, the zoom.

    `zoom` is "width", "page", "text" or a factor such as "1.25".  `layout` says
    in words how the pages stand ("two-odd paged"; "" for one column),
    `rotation` how far the view is turned, clockwise: 0, 90, 180, 270.
    """

    page: int = 0
    x: float = 0.0
    y: float = 0.0
    zoom: str = "width"
    layout: str = ""
    rotation: int = 0
