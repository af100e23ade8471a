"""Strokes of a pen that belong together: drawn after each other, side by side, with the same pen.

They are one annotation, as a written word is one in every reader, and each is a
step of undo by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.domain.marking import Annotation, Kind
from reader.ui.viewer.annotate import drafting, shapes
from reader.ui.viewer.annotate.shapes import Shape

if TYPE_CHECKING:
    from reader.domain.annotation import PageGeometry
    from reader.ui.viewer.annotate.store import Store
    from reader.ui.viewer.annotate.tools import Tools
    from reader.ui.viewer.page import ViewerPage

_PAUSE = 1.5  # seconds between the end of a stroke and the beginning of the next
_NEAR = 24.0  # points between a stroke and what was drawn before
# Every stroke logs the annotation as it was, for undo: it must not grow without end.
_MOST_STROKES, _MOST_POINTS = 50, 1_200


class Inking(QObject):
    """Knows the ink that was drawn last, and joins the next stroke to it."""

    def __init__(self, page: ViewerPage, tools: Tools, store: Store) -> None:
        super().__init__(page)
        self._page = page
        self.clock: Callable[[], float] = monotonic
        self._store = store
        self._last = ""
        self._ended = 0.0
        self._flowing = False  # whether what is drawn now was begun soon enough
        tools.begun.connect(self._begin)

    def _begin(self) -> None:
        self._flowing = self.clock() - self._ended <= _PAUSE

    def drawn(self, uid: str) -> None:
        """A stroke of this annotation was finished now."""
        self._last, self._ended = uid, self.clock()

    def joined(self, made: Annotation, shape: Shape, geometry: PageGeometry) -> Annotation | None:
        """The ink of before with a new stroke; None where the stroke is ink of its own."""
        one = self._store.all.get(self._last)
        if one is None or not (self._flowing and made.kind is one.kind is Kind.INK):
            return None
        if (one.color, one.size, one.sha256) != (made.color, made.size, made.sha256):
            return None
        if len(one.parts) != 1 or one.page != made.page:
            return None
        before = shapes.seen(one.kind, one.parts[0], geometry)
        strokes = (*before.strokes, *shape.strokes)
        many = len(strokes) > _MOST_STROKES or sum(map(len, strokes)) > _MOST_POINTS
        if many or not shapes.overlaps(_widened(before), shape.box):
            return None
        whole = replace(before, rects=(), strokes=strokes)
        return replace(one, parts=(shapes.kept(one.page, whole, geometry),))

    def put(self, changed: Annotation, label: str) -> None:
        """Keep ink in another shape, with the evidence of its place."""
        pdf, text_of = self._page.pdf, self._page.canvas.content.text
        if pdf is not None:
            self._store.change([drafting.witnessed(changed, text_of, pdf.geometry)], label)

    @staticmethod
    def rest(one: Annotation, x: float, y: float, geometry: PageGeometry) -> Annotation | None:
        """Ink without its strokes at a place of its page; None where nothing of it is left."""
        shape = shapes.seen(one.kind, one.parts[0], geometry)
        left = tuple(it for it in shape.strokes if not shapes.hit(Shape(one.kind, (), (it,)), x, y))
        if not left or len(one.parts) > 1:
            return None
        if len(left) == len(shape.strokes):
            return one
        part = shapes.kept(one.page, replace(shape, rects=(), strokes=left), geometry)
        return replace(one, parts=(part,))


def _widened(shape: Shape) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = replace(shape, rects=()).box
    return x0 - _NEAR, y0 - _NEAR, x1 + _NEAR, y1 + _NEAR
