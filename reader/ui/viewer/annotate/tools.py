"""The tool in hand: draws notes, text boxes, areas, ink, frames, lines; or selects.

With the pointer or a pen that tells its pressure; or by keys: Insert or an
arrow puts the thing at the caret or into the middle of the view, arrows move
it, with Shift they lead its corner, Enter takes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QPointF, Qt, Signal

from reader.domain.annotation import Point
from reader.domain.marking import Kind, PenPoint
from reader.domain.value import dataclass
from reader.ui.viewer.annotate import shapes
from reader.ui.viewer.annotate.habits import Habits
from reader.ui.viewer.annotate.places import on_page, pixels
from reader.ui.viewer.annotate.rows import kind_name
from reader.ui.viewer.annotate.shapes import Shape
from reader.ui.viewer.annotate.strokes import simplified
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.selection import Selection

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

Tool = Kind | Literal["select"]

STEP, LEAP = 4.0, 24.0  # points an arrow key moves
_CLICK = 4.0  # logical pixels; a shape smaller than that was a click
_TEXT_BOX = (180.0, 20.0)  # points, of a text that begins with a click
_BOX = (110.0, 70.0)  # points, of what is put down by key


@dataclass(slots=True)
class _Led:
    """What is being drawn: the page, where it began, where it is led, the pen's points."""

    page: int
    fixed: Point
    shape: Shape
    points: list[PenPoint]


class Tools(QObject):
    """One tool at a time, or none."""

    changed = Signal()  # another tool, or none
    begun = Signal()  # something is being drawn from now on
    drawn = Signal(int, object)  # page, Shape

    def __init__(self, page: ViewerPage, habits: Habits) -> None:
        super().__init__(page)
        self._page = page
        self.habits = habits
        self.tool: Tool | None = None
        self.keep = False
        self._led: _Led | None = None

    # -- which tool

    def take(self, tool: Tool | None) -> None:
        """Take a tool; the same again puts it away."""
        self.tool = None if tool == self.tool else tool
        self._led = None
        if self.kind is not None:
            self.habits.tool = self.kind
        view = self._page.canvas.viewport()
        if self.draws or self.tool == "select":
            view.setCursor(self.cursor)
        else:
            view.unsetCursor()
        view.update()
        self.changed.emit()

    def used(self) -> None:
        """The tool has done its work: it goes, unless it is kept."""
        if not self.keep and self.tool not in (None, "select"):
            self.take(None)

    @property
    def kind(self) -> Kind | None:
        """The kind of annotation the tool makes."""
        return self.tool if isinstance(self.tool, Kind) else None

    @property
    def hint(self) -> str:
        """What to do with the tool, "" without one that makes something."""
        if self.kind is None:
            return ""
        if self.draws:
            told = self.tr("{}: draw it, or press Insert and lead it with the arrows; Esc ends")
        else:
            told = self.tr("{}: select the text; Esc ends")
        return told.format(kind_name(self.kind))

    @property
    def draws(self) -> bool:
        """Whether the tool takes the pointer: marks of text leave it to selecting."""
        return self.kind is not None and not self.kind.on_text

    @property
    def cursor(self) -> Qt.CursorShape:
        return Qt.CursorShape.ArrowCursor if self.tool == "select" else Qt.CursorShape.CrossCursor

    @property
    def width(self) -> float:
        """The width of lines, or size of letters, of the tool."""
        kind = self.kind
        return (self.habits.size(kind) or shapes.SIZES.get(kind, 0.0)) if kind is not None else 0.0

    # -- what is being drawn

    def led(self, page: int) -> Shape | None:
        """What is being drawn on a page."""
        return self._led.shape if self._led is not None and self._led.page == page else None

    @property
    def drawing(self) -> bool:
        return self._led is not None

    def press(self, spot: Spot, pressure: float = 1.0) -> None:
        """Begin to draw at a place."""
        kind = self.kind
        if kind is None:
            return
        at = self._inside(spot.page, (spot.x, spot.y))
        point = (*at, pressure)
        shape = self._first(kind, at, point)
        self._led = _Led(spot.page, at, shape, [point])
        self.begun.emit()
        self._page.canvas.viewport().update()

    def _first(self, kind: Kind, at: Point, point: PenPoint) -> Shape:
        match kind:
            case Kind.INK:
                return Shape(kind, (), ((point,),))
            case Kind.NOTE:
                return _note(at)
            case _:
                return shapes.drawn(kind, at, at)

    def drag(self, at: QPointF, *, regular: bool = False, pressure: float = 1.0) -> None:
        """Lead what is drawn to a point of the view (logical pixels)."""
        led, kind = self._led, self.kind
        if led is None or kind is None:
            return
        to = self._inside(led.page, on_page(self._page.canvas, led.page, at))
        match kind:
            case Kind.INK:
                last = led.points[-1]
                if (to[0] - last[0]) ** 2 + (to[1] - last[1]) ** 2 > 0.04:
                    led.points.append((*to, pressure))
                points = led.points
                if regular:
                    points = [points[0], (*shapes.snapped(points[0], to), pressure)]
                led.shape = Shape(kind, (), (tuple(points),))
            case Kind.NOTE:
                led.shape = _note(to)
            case _:
                led.shape = shapes.drawn(kind, led.fixed, to, regular=regular)
        self._page.canvas.viewport().update()

    def release(self) -> None:
        """What was drawn is finished."""
        led, self._led = self._led, None
        kind = self.kind
        if led is None or kind is None:
            return
        self._page.canvas.viewport().update()
        shape = led.shape
        x0, y0, x1, y1 = shape.box
        small = max(x1 - x0, y1 - y0) < pixels(self._page.canvas, _CLICK)
        if kind is Kind.INK:
            shape = Shape(kind, (), tuple(simplified(stroke) for stroke in shape.strokes))
        elif kind is Kind.TEXT and (small or x1 - x0 < 3 * shapes.SMALLEST):
            shape = Shape(kind, ((x0, y0, x0 + _TEXT_BOX[0], y0 + _TEXT_BOX[1]),))
        elif small and kind is not Kind.NOTE:
            return
        self.drawn.emit(led.page, self._on(led.page, shape))

    def _on(self, page: int, shape: Shape) -> Shape:
        return shapes.within(shape, self._page.canvas.camera.layout.size(page))

    def _inside(self, page: int, at: Point) -> Point:
        width, height = self._page.canvas.camera.layout.size(page)
        return min(max(at[0], 0.0), width), min(max(at[1], 0.0), height)

    def drop(self) -> bool:
        """Give up what is being drawn, else the tool; whether there was any."""
        was = self._led is not None or self.tool is not None
        if self._led is not None:
            self._led = None
            self._page.canvas.viewport().update()
        elif self.tool is not None:
            self.take(None)
            self._page.statusChanged.emit(self._page.status())
        return was

    # -- by keys

    def put_down(self) -> None:
        """Put the thing at the caret, or into the middle of what is seen."""
        kind = self.kind
        if kind is None or not self.draws:
            return
        spot = self._place()
        at = spot.x, spot.y
        width, height = _TEXT_BOX if kind is Kind.TEXT else _BOX
        match kind:
            case Kind.NOTE:
                shape = _note(at)
            case Kind.INK:
                shape = Shape(kind, (), (((*at, 1.0),),))
            case _:
                shape = shapes.drawn(kind, at, (at[0] + width, at[1] + height))
        shape = self._on(spot.page, shape)
        self._led = _Led(spot.page, at, shape, [(*at, 1.0)])
        self.begun.emit()
        self._page.canvas.viewport().update()

    def _place(self) -> Spot:
        canvas = self._page.canvas
        chosen = canvas.selection
        if isinstance(chosen, Selection):
            caret = chosen.head_high if chosen.head_high > chosen.first else chosen.head_low
            text = canvas.content.text(caret.page)
            if text is not None and text.chars and caret.page in canvas.camera.visible():
                x0, y0, _, _ = text.box(min(caret.index, len(text.chars) - 1))
                return Spot(caret.page, x0, y0)
        camera = canvas.camera
        spot = camera.spot(camera.width * 0.45, camera.height * 0.4)
        return Spot(spot.page, *self._inside(spot.page, (spot.x, spot.y)))

    def nudge(self, dx: float, dy: float, *, size: bool = False) -> None:
        """Move what is drawn by points of the page, or lead its corner or end."""
        if self._led is None:
            self.put_down()
            return
        led, kind = self._led, self._led.shape.kind
        if kind is Kind.INK:
            x, y, _ = led.points[-1]
            led.points.append((*self._inside(led.page, (x + dx, y + dy)), 1.0))
            led.shape = Shape(kind, (), (tuple(led.points),))
        elif size and kind is not Kind.NOTE:
            handle = "last" if kind in shapes.ENDS else "se"
            x, y = shapes.handles(led.shape)[handle]
            to = self._inside(led.page, (x + dx, y + dy))
            led.shape = shapes.resized(led.shape, handle, *to)
        else:
            led.shape = self._on(led.page, shapes.moved(led.shape, dx, dy))
        self._page.canvas.viewport().update()


def _note(at: Point) -> Shape:
    """A sticky note whose middle is at a place."""
    half = shapes.NOTE_SIDE / 2
    return Shape(Kind.NOTE, ((at[0] - half, at[1] - half, at[0] + half, at[1] + half),))
