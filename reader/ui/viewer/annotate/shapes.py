"""An annotation's part of a page as it is seen: in view space points, and back.

What is stored is PDF user space; the pointer, the text and all painting know
view space, so that each page's turn and CropBox are dealt with here alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from reader.domain.annotation import PageGeometry, Point, Rect
from reader.domain.marking import Kind, Part, PenPoint, Stroke
from reader.domain.value import dataclass

NEAR = 4.0  # points around a line that count as on it
NOTE_SIDE = 20.0  # points of a sticky note's icon
SMALLEST = 6.0  # points a box has at least on each side
SIZES = {
    Kind.TEXT: 12.0, Kind.INK: 2.0, Kind.RECTANGLE: 1.5, Kind.ELLIPSE: 1.5, Kind.LINE: 2.0,
    Kind.ARROW: 2.0,
}  # fmt: skip
ENDS = frozenset({Kind.LINE, Kind.ARROW})  # what has two ends and no box of its own
FRAMES = frozenset({Kind.AREA, Kind.RECTANGLE, Kind.ELLIPSE})  # what is hit on its edge alone
# Where the handles of a box are, as parts of its width and height.
HANDLES: dict[str, Point] = {
    "nw": (0, 0), "n": (0.5, 0), "ne": (1, 0), "e": (1, 0.5),
    "se": (1, 1), "s": (0.5, 1), "sw": (0, 1), "w": (0, 0.5),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """What of an annotation is on a page, view space points.

    `rects` are the lines of text it covers, or its one box; `strokes` as in Part.
    """

    kind: Kind
    rects: tuple[Rect, ...] = ()
    strokes: tuple[Stroke, ...] = ()

    @property
    def box(self) -> Rect:
        """The box around all of it."""
        boxes = [*self.rects, *(_around(stroke) for stroke in self.strokes)]
        return (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )


def seen(kind: Kind, part: Part, geometry: PageGeometry) -> Shape:
    """A part as it is seen on its page."""
    return Shape(
        kind,
        tuple(geometry.quad_to_view(quad) for quad in part.quads),
        tuple(
            tuple((*geometry.to_view(x, y), pressure) for x, y, pressure in stroke)
            for stroke in part.strokes
        ),
    )


def kept(page: int, shape: Shape, geometry: PageGeometry) -> Part:
    """A shape as it is stored; of a line the box is that around its ends."""
    rects = shape.rects
    if shape.strokes:
        rects = (replace(shape, rects=()).box,)
    return Part(
        page,
        tuple(geometry.rect_to_quad(rect) for rect in rects),
        tuple(
            tuple((*geometry.to_user(x, y), pressure) for x, y, pressure in stroke)
            for stroke in shape.strokes
        ),
    )


def moved(shape: Shape, dx: float, dy: float) -> Shape:
    """A shape elsewhere."""
    return Shape(
        shape.kind,
        tuple((x0 + dx, y0 + dy, x1 + dx, y1 + dy) for x0, y0, x1, y1 in shape.rects),
        tuple(tuple((x + dx, y + dy, p) for x, y, p in stroke) for stroke in shape.strokes),
    )


def within(shape: Shape, size: Point) -> Shape:
    """A shape moved so that it lies on a page of a size, as far as it fits."""
    x0, y0, x1, y1 = shape.box
    dx = -min(x0, 0.0) or min(size[0] - x1, 0.0)
    dy = -min(y0, 0.0) or min(size[1] - y1, 0.0)
    return moved(shape, dx, dy) if dx or dy else shape


def handles(shape: Shape) -> dict[str, Point]:
    """The points by which it is resized: "nw" to "w" of a box, "first" and "last" of the rest."""
    if shape.kind.on_text:
        first, last = shape.rects[0], shape.rects[-1]
        return {"first": (first[0], first[3]), "last": (last[2], last[3])}
    if shape.kind in ENDS:
        start, end = shape.strokes[0][0], shape.strokes[0][-1]
        return {"first": (start[0], start[1]), "last": (end[0], end[1])}
    if shape.kind is Kind.NOTE:
        return {}
    x0, y0, x1, y1 = shape.box
    return {
        name: (x0 + (x1 - x0) * across, y0 + (y1 - y0) * down)
        for name, (across, down) in HANDLES.items()
    }


def resized(shape: Shape, handle: str, x: float, y: float, *, regular: bool = False) -> Shape:
    """A shape with one of its handles led to a point; `regular` keeps to 45° or the proportions."""
    if shape.kind in ENDS:
        start, end = shape.strokes[0][0], shape.strokes[0][-1]
        fixed = end if handle == "first" else start
        x, y = snapped(fixed[:2], (x, y)) if regular else (x, y)
        led = (x, y, 1.0)
        return replace(shape, strokes=((led, end) if handle == "first" else (start, led),))
    old = shape.box
    new = _led(old, handle, x, y)
    if regular and len(handle) == 2:
        new = _proportional(old, new, handle)
    if shape.strokes:
        return replace(shape, rects=(), strokes=_scaled(shape.strokes, old, new))
    return replace(shape, rects=(new,))


def _led(box: Rect, handle: str, x: float, y: float) -> Rect:
    x0, y0, x1, y1 = box
    if "w" in handle:
        x0 = min(x, x1 - SMALLEST)
    if "e" in handle:
        x1 = max(x, x0 + SMALLEST)
    if "n" in handle:
        y0 = min(y, y1 - SMALLEST)
    if "s" in handle:
        y1 = max(y, y0 + SMALLEST)
    return x0, y0, x1, y1


def _proportional(old: Rect, new: Rect, handle: str) -> Rect:
    width, height = max(old[2] - old[0], 0.1), max(old[3] - old[1], 0.1)
    factor = max((new[2] - new[0]) / width, (new[3] - new[1]) / height)
    x0, y0, x1, y1 = new
    x0, x1 = (x1 - width * factor, x1) if "w" in handle else (x0, x0 + width * factor)
    y0, y1 = (y1 - height * factor, y1) if "n" in handle else (y0, y0 + height * factor)
    return x0, y0, x1, y1


def _scaled(strokes: tuple[Stroke, ...], old: Rect, new: Rect) -> tuple[Stroke, ...]:
    across = (new[2] - new[0]) / max(old[2] - old[0], 0.1)
    down = (new[3] - new[1]) / max(old[3] - old[1], 0.1)
    return tuple(
        tuple(
            (new[0] + (x - old[0]) * across, new[1] + (y - old[1]) * down, p) for x, y, p in stroke
        )
        for stroke in strokes
    )


def snapped(fixed: Sequence[float], led: Point) -> Point:
    """The led end of a line at the nearest multiple of 45° from the fixed one."""
    dx, dy = led[0] - fixed[0], led[1] - fixed[1]
    if abs(dx) > 2.414 * abs(dy):
        return led[0], fixed[1]
    if abs(dy) > 2.414 * abs(dx):
        return fixed[0], led[1]
    side = max(abs(dx), abs(dy))
    return fixed[0] + (side if dx > 0 else -side), fixed[1] + (side if dy > 0 else -side)


def drawn(kind: Kind, fixed: Point, led: Point, *, regular: bool = False) -> Shape:
    """A box or line from one point to another; `regular` for a square or multiples of 45°."""
    if kind in ENDS:
        end = snapped(fixed, led) if regular else led
        return Shape(kind, (), (((*fixed, 1.0), (*end, 1.0)),))
    if regular:
        side = max(abs(led[0] - fixed[0]), abs(led[1] - fixed[1]))
        led = (
            fixed[0] + (side if led[0] >= fixed[0] else -side),
            fixed[1] + (side if led[1] >= fixed[1] else -side),
        )
    (x0, y0), (x1, y1) = fixed, led
    return Shape(kind, ((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)),))


def hit(shape: Shape, x: float, y: float, *, inside: bool = False) -> bool:
    """Whether a point is on a shape; frames count only with their edge, unless `inside` does too."""
    if not _holds(shape.box, x, y, NEAR):
        return False
    if shape.kind in FRAMES and not inside:
        x0, y0, x1, y1 = shape.box
        inner = x0 + NEAR, y0 + NEAR, x1 - NEAR, y1 - NEAR
        return not _holds(inner, x, y)
    if shape.strokes:
        return any(_near_stroke(stroke, x, y) for stroke in shape.strokes)
    slack = 0.0 if shape.kind.on_text else NEAR / 2
    return any(_holds(rect, x, y, slack) for rect in shape.rects)


def _near_stroke(stroke: Stroke, x: float, y: float) -> bool:
    if len(stroke) == 1:
        return (stroke[0][0] - x) ** 2 + (stroke[0][1] - y) ** 2 <= NEAR * NEAR
    return any(_distance(one, other, x, y) <= NEAR for one, other in pairwise(stroke))


def _distance(one: PenPoint, other: PenPoint, x: float, y: float) -> float:
    """How far a point is from a piece of a line."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = dx * dx + dy * dy
    part = ((x - one[0]) * dx + (y - one[1]) * dy) / length if length else 0.0
    part = min(max(part, 0.0), 1.0)
    return ((one[0] + part * dx - x) ** 2 + (one[1] + part * dy - y) ** 2) ** 0.5


def overlaps(one: Rect, other: Rect) -> bool:
    """Whether two boxes share anything."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _holds(rect: Rect, x: float, y: float, slack: float = 0.0) -> bool:
    x0, y0, x1, y1 = rect
    return x0 - slack <= x <= x1 + slack and y0 - slack <= y <= y1 + slack


def _around(stroke: Stroke) -> Rect:
    xs, ys = [point[0] for point in stroke], [point[1] for point in stroke]
    return min(xs), min(ys), max(xs), max(ys)
