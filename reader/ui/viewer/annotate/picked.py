"""The chosen annotations: by click, Tab or rubber band; moved, resized, recoloured, removed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication

from reader.domain.annotation import Point, Rect
from reader.domain.marking import Annotation, Kind, in_order
from reader.domain.value import dataclass
from reader.ui.viewer.annotate import drafting, shapes
from reader.ui.viewer.annotate.ends import TextEnds
from reader.ui.viewer.annotate.places import on_page, pixels
from reader.ui.viewer.annotate.shapes import NEAR, Shape
from reader.ui.viewer.annotate.store import Store
from reader.ui.viewer.camera import Spot, middle

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

_GRIP = 7.0  # logical pixels around a handle that count as on it
_STILL = 3.0  # logical pixels a press may move and is a click all the same
_CURSORS = {
    "nw": Qt.CursorShape.SizeFDiagCursor, "se": Qt.CursorShape.SizeFDiagCursor,
    "ne": Qt.CursorShape.SizeBDiagCursor, "sw": Qt.CursorShape.SizeBDiagCursor,
    "n": Qt.CursorShape.SizeVerCursor, "s": Qt.CursorShape.SizeVerCursor,
    "e": Qt.CursorShape.SizeHorCursor, "w": Qt.CursorShape.SizeHorCursor,
    "first": Qt.CursorShape.SizeAllCursor, "last": Qt.CursorShape.SizeAllCursor,
}  # fmt: skip


@dataclass(slots=True)
class _Drag:
    """What the pointer leads: all that is chosen, or one handle of one of them."""

    page: int
    start: QPointF
    handle: str = ""
    uid: str = ""
    moving: bool = False


class Picked(QObject):
    """Keeps what is chosen, and does to it what the pointer, keys and bars want."""

    changed = Signal()
    stepped = Signal(object)  # the Annotation that was gone to by key

    def __init__(self, page: ViewerPage, store: Store) -> None:
        super().__init__(page)
        self._page = page
        self._store = store
        self._uids: list[str] = []
        self.led: dict[str, Shape] = {}  # shapes that are being moved, as they are painted
        self.band: tuple[int, Point, Point] | None = None  # a page, and two corners there
        self._drag: _Drag | None = None
        self._ends = TextEnds(page)
        # Made once for each state of an annotation: the pointer asks for all of a page.
        self._shapes: dict[tuple[str, int], tuple[Annotation, Shape, Rect]] = {}
        store.changed.connect(self._prune)

    # -- what is chosen

    @property
    def all(self) -> list[Annotation]:
        """The chosen ones, the last chosen at the end."""
        return [self._store.all[uid] for uid in self._uids if uid in self._store.all]

    @property
    def one(self) -> Annotation | None:
        """The chosen one, if it is the only one."""
        return self.all[0] if len(self._uids) == 1 and self.all else None

    def holds(self, uid: str) -> bool:
        return uid in self._uids

    def choose(self, uids: Iterable[str]) -> None:
        """Choose these instead of the others."""
        wanted = [uid for uid in dict.fromkeys(uids) if uid in self._store.all]
        if wanted != self._uids:
            self._uids = wanted
            self._tell()

    def toggle(self, uid: str) -> None:
        """Choose one more, or one less."""
        rest = [other for other in self._uids if other != uid]
        self.choose(rest if uid in self._uids else [*rest, uid])

    def clear(self) -> bool:
        """Choose nothing; whether anything was chosen or led."""
        was = bool(self._uids) or self._drag is not None or self.band is not None
        self._let_go()
        self.choose(())
        return was

    def _prune(self) -> None:
        self.choose(self._uids)

    def _tell(self) -> None:
        self._page.canvas.viewport().update()
        self.changed.emit()

    # -- where things are

    def shape(self, one: Annotation, page: int) -> Shape | None:
        """What of an annotation is on a page, as it is seen now."""
        if one.uid in self.led:
            return self.led[one.uid] if page == one.page else None
        known = self._known(one, page)
        return known[1] if known is not None else None

    def middle(self) -> Spot | None:
        """The middle of the first part of the first one; None without any."""
        shapes = ((one.page, self.shape(one, one.page)) for one in self.all)
        return next((middle(page, shape.box) for page, shape in shapes if shape is not None), None)

    def _known(self, one: Annotation, page: int) -> tuple[Annotation, Shape, Rect] | None:
        key = one.uid, page
        known = self._shapes.get(key)
        if known is None or known[0] is not one:
            geometry = self._page.pdf.geometry(page) if self._page.pdf is not None else None
            part = one.on(page)
            if geometry is None or part is None:
                return None
            shape = shapes.seen(one.kind, part, geometry)
            known = self._shapes[key] = one, shape, shape.box
        return known

    def forget(self) -> None:
        """Another document is shown: its pages may be turned in another way."""
        self._shapes.clear()

    def at(self, spot: Spot) -> Annotation | None:
        """The uppermost annotation under a place; frames with their edge, unless chosen."""
        x, y = spot.x, spot.y
        for one in reversed(self._store.on(spot.page)):
            known = self._known(one, spot.page)
            if known is None:
                continue
            _, shape, (x0, y0, x1, y1) = known
            if x0 - NEAR <= x <= x1 + NEAR and y0 - NEAR <= y <= y1 + NEAR:
                inside = one.uid in self._uids and one.kind is not Kind.AREA
                if shapes.hit(shape, x, y, inside=inside):
                    return one
        return None

    def _handle_at(self, spot: Spot) -> tuple[Annotation, str] | None:
        one = self.one
        if one is None:
            return None
        near = pixels(self._page.canvas, _GRIP)
        for name, page, (x, y) in self.handles(one):
            if page == spot.page and max(abs(x - spot.x), abs(y - spot.y)) <= near:
                return one, name
        return None

    def handles(self, one: Annotation) -> list[tuple[str, int, Point]]:
        """The handles of an annotation with their pages."""
        if not one.kind.on_text:
            shape = self.shape(one, one.page)
            found = shapes.handles(shape) if shape is not None else {}
            return [(name, one.page, at) for name, at in found.items()]
        ends: list[tuple[str, int, Point]] = []
        for name, part in (("first", one.parts[0]), ("last", one.parts[-1])):
            shape = self.shape(one, part.page)
            if shape is not None and shape.rects:
                ends.append((name, part.page, shapes.handles(shape)[name]))
        return ends

    # -- the pointer

    def press(self, spot: Spot, at: QPointF, modifiers: Qt.KeyboardModifier) -> bool:
        """Whether a press is on something that is led from here on."""
        handle = self._handle_at(spot)
        if handle is not None:
            one, name = handle
            self._drag = _Drag(one.page, at, name, one.uid)
            return True
        found = self.at(spot)
        more = modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        if found is not None and more:
            self.toggle(found.uid)
            self._drag = None
            return True
        if found is None or found.kind.on_text:
            return False  # text under a mark can be selected; a click is told by `click`
        if found.uid not in self._uids:
            self.choose([found.uid])
        self._drag = _Drag(spot.page, at)
        return True

    def click(self, spot: Spot) -> bool:
        """A click that selected no text: choose what is there, or nothing."""
        found = self.at(spot)
        self.choose([found.uid] if found is not None else ())
        return found is not None

    def start_band(self, spot: Spot) -> None:
        """Begin a rubber band at a place."""
        self.band = spot.page, (spot.x, spot.y), (spot.x, spot.y)

    def drag(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Lead what was pressed on to a point of the view."""
        canvas = self._page.canvas
        regular = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if self.band is not None:
            page, first, _ = self.band
            self.band = page, first, on_page(canvas, page, at)
        elif self._drag is not None:
            far = (at - self._drag.start).manhattanLength() > _STILL
            self._drag.moving = self._drag.moving or far
            if self._drag.moving:
                self._lead(self._drag, at, regular=regular)
        canvas.viewport().update()

    def _lead(self, drag: _Drag, at: QPointF, *, regular: bool) -> None:
        canvas = self._page.canvas
        if drag.handle:
            one = self._store.all.get(drag.uid)
            if one is None:
                return
            if one.kind.on_text:
                self._ends.lead(one, drag.handle, at)
                return
            self.led.pop(one.uid, None)
            shape = self.shape(one, one.page)
            if shape is not None:
                x, y = on_page(canvas, one.page, at)
                self.led[one.uid] = shapes.resized(shape, drag.handle, x, y, regular=regular)
            return
        begun, now = (on_page(canvas, drag.page, point) for point in (drag.start, at))
        self.led = self._moved(now[0] - begun[0], now[1] - begun[1])

    def _moved(self, dx: float, dy: float) -> dict[str, Shape]:
        """The chosen ones that can be moved, elsewhere."""
        self.led = {}
        found: dict[str, Shape] = {}
        for one in self.all:
            shape = self.shape(one, one.page) if not one.kind.on_text else None
            if shape is not None:
                size = self._page.canvas.camera.layout.size(one.page)
                found[one.uid] = shapes.within(shapes.moved(shape, dx, dy), size)
        return found

    def carried_off(self) -> list[Annotation]:
        """What the pointer has led out of the view, areas among it: let go, it stays in its place."""
        led = self._drag is not None and self._drag.moving and not self._drag.handle
        if not led or not any(one.kind is Kind.AREA for one in self.all):
            return []
        self._let_go()
        return self.all

    def release(self) -> None:
        """The button went up: what was led stays where it is."""
        if self.band is not None:
            page, first, last = self.band
            self.choose(self._within(page, first, last))
        elif self._drag is not None and self._drag.handle and self._ends.selection is not None:
            changed = self._ends.taken(self._store.all[self._drag.uid])
            if changed is not None:
                self._store.change([changed], "Change annotation")
        elif self.led:
            self._write(self.led, "Move annotation")
        self._let_go()
        self.changed.emit()

    def _let_go(self) -> None:
        self.led, self._drag, self.band = {}, None, None
        self._ends.drop()
        self._page.canvas.viewport().update()

    def _within(self, page: int, first: Point, last: Point) -> list[str]:
        area: Rect = (
            min(first[0], last[0]), min(first[1], last[1]),
            max(first[0], last[0]), max(first[1], last[1]),
        )  # fmt: skip
        found: list[str] = []
        for one in self._store.on(page):
            shape = self.shape(one, page)
            boxes = (shape.rects or (shape.box,)) if shape is not None else ()
            if any(shapes.overlaps(box, area) for box in boxes):
                found.append(one.uid)
        return found

    def cursor(self, spot: Spot) -> Qt.CursorShape | None:
        """The cursor that says what a press would lead."""
        handle = self._handle_at(spot)
        if handle is not None:
            turned = self._page.canvas.camera.rotation in (90, 270)
            names = {"n": "e", "s": "w", "e": "n", "w": "s", "nw": "ne", "ne": "nw", "se": "sw",
                     "sw": "se"}  # fmt: skip
            name = names.get(handle[1], handle[1]) if turned else handle[1]
            return _CURSORS[name]
        found = self.at(spot)
        if found is None or found.kind.on_text:
            return None
        return (
            Qt.CursorShape.SizeAllCursor
            if found.uid in self._uids
            else (Qt.CursorShape.PointingHandCursor)
        )

    # -- keys

    def step(self, by: int) -> bool:
        """Choose the next one of the page, from the first in view on; False past the last."""
        camera = self._page.canvas.camera
        last = self.all[-1] if self.all else None
        page = last.page if last is not None else camera.current()
        found = in_order(one for one in self._store.on(page) if one.page == page)
        if not found:
            return False
        index = found.index(last) + by if last in found else (0 if by > 0 else len(found) - 1)
        if not 0 <= index < len(found):
            self.clear()
            return False
        self.choose([found[index].uid])
        self.show(found[index])
        self.stepped.emit(found[index])
        return True

    def show(self, one: Annotation) -> None:
        """Scroll so that an annotation is seen."""
        shape = self.shape(one, one.page)
        if shape is not None:
            first = shape.rects[0] if shape.rects else shape.box
            self._page.canvas.reveal(Spot(one.page, first[0], first[1]), first[3] - first[1])

    def nudge(self, dx: float, dy: float, *, size: bool = False) -> None:
        """Move the chosen ones by points of the page, or their lower right corner."""
        if not size:
            self._write(self._moved(dx, dy), "Move annotation")
            return
        found: dict[str, Shape] = {}
        for one in self.all:
            shape = self.shape(one, one.page)
            if shape is None or one.kind.on_text or one.kind is Kind.NOTE:
                continue
            x, y = shape.strokes[0][-1][:2] if one.kind in shapes.ENDS else shape.box[2:]
            handle = "last" if one.kind in shapes.ENDS else "se"
            found[one.uid] = shapes.resized(shape, handle, x + dx, y + dy)
        self._write(found, "Resize annotation")

    def _write(self, led: dict[str, Shape], label: str) -> None:
        pdf, text_of = self._page.pdf, self._page.canvas.content.text
        if pdf is None:
            return
        changed: list[Annotation] = []
        for uid, shape in led.items():
            one = self._store.all.get(uid)
            geometry = pdf.geometry(one.page) if one is not None else None
            if one is not None and geometry is not None:
                part = shapes.kept(one.page, shape, geometry)
                moved = replace(one, parts=(part,))
                changed.append(drafting.witnessed(moved, text_of, pdf.geometry))
        self.led = {}
        if changed:
            self._store.change(changed, label)

    # -- what the commands do

    def recolor(self, color: str) -> None:
        """Give all chosen ones a colour."""
        self._put([replace(one, color=color) for one in self.all], "Recolour annotation")

    def change_kind(self, kind: Kind) -> None:
        """Make the chosen marks of text another kind of mark."""
        found = [replace(one, kind=kind) for one in self.all if one.kind.on_text]
        self._put(found, "Change annotation")

    def change_size(self, size: float) -> None:
        """Give lines, frames, ink and free text another width or size of letters."""
        found = [replace(one, size=size) for one in self.all if one.kind in shapes.SIZES]
        self._put(found, "Change annotation")

    def set_card(self, card: str) -> None:
        """Make the chosen ones claim cards of a kind, "" for none."""
        self._put([replace(one, card=card) for one in self.all], "Change annotation")

    def _put(self, changed: Sequence[Annotation], label: str) -> None:
        new = [one for one in changed if one != self._store.all[one.uid]]
        if new:
            self._store.change(new, label)

    def delete(self) -> None:
        """Take the chosen ones away; undo brings them back."""
        self._store.remove([one.uid for one in self.all])

    def copy(self) -> None:
        """Copy what the chosen ones quote, else what was written to them."""
        found = in_order(self.all)
        text = "\n\n".join(filter(None, (one.quote or one.comment for one in found)))
        if text:
            QGuiApplication.clipboard().setText(text)
            self._page.statusChanged.emit(self.tr("Copied"))
