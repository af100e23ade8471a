"""From mention to mention by Tab; Enter follows the one that is marked, Space previews it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QPainter, QPen

from reader.ui.viewer.camera import Spot, middle
from reader.ui.viewer.feature import Feature, PageView
from reader.ui.viewer.jump.feature import Jump
from reader.ui.viewer.jump.places import Place, in_view
from reader.ui.viewer.study import Study

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_STEPS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


class Stepping(Feature):
    """Past the last place in view, Tab goes on to the next control, as it does elsewhere."""

    name = "stepping"

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.place: Place | None = None
        page.canvas.layers.append(self)
        page.canvas.installEventFilter(self)
        page.canvas.moved.connect(self._moved)

    def left(self) -> None:
        self._mark(None)

    def escape(self) -> bool:
        was = self.place is not None
        self._mark(None)
        return was

    # -- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab moves the focus before the page sees it: it is taken here."""
        if event.type() == QEvent.Type.FocusOut and self.place is not None:
            preview = self.page.feature(Jump).preview
            if preview is None or not preview.isVisible():
                self._mark(None)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        by = _STEPS.get(Qt.Key(event.key()), 0)
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        return bool(by) and not held and watched is self.page.canvas and self._step(by)

    def at_keys(self) -> Spot | None:
        return middle(self.place.page, self.place.rects[0]) if self.place is not None else None

    def grabs(self, event: QKeyEvent) -> bool:
        return self.place is not None and not event.modifiers() and event.key() in _KEYS

    def key(self, event: QKeyEvent) -> None:
        place = self.place
        if place is None:
            return
        if event.key() == Qt.Key.Key_Space:
            self.page.feature(Jump).preview_of(place.link)
        else:
            self._mark(None)
            self.page.pointer.activated.emit(place.link)

    def _step(self, by: int) -> bool:
        """Mark the next place in view; False when there is none in that direction."""
        if self.page.pdf is None:
            return False
        places = self._places()
        now = next((at for at, place in enumerate(places) if place == self.place), None)
        start = -1 if by > 0 else len(places)
        to = (start if now is None else now) + by
        found = places[to] if 0 <= to < len(places) else None
        self._mark(found)
        return found is not None

    def _places(self) -> list[Place]:
        """The places in view, column by column."""
        findings = self.page.feature(Study).findings

        def order(place: Place) -> tuple[int, int, int, float]:
            x0, y0, _, _ = place.rects[0]
            return place.page, findings.column_of(place.page, x0), round(y0), x0

        return sorted(in_view(self.page.canvas), key=order)

    def _mark(self, place: Place | None) -> None:
        if place == self.place:
            return
        self.place = place
        canvas = self.page.canvas
        canvas.viewport().update()
        text = canvas.content.text(place.page) if place is not None else None
        if place is not None and text is not None:
            x0, y0, x1, y1 = place.rects[0]
            middle = (y0 + y1) / 2
            first, last = text.char_at(x0 + 1, middle), text.char_at(x1 - 1, middle)
            words = text.copy(first, last + 1) if first is not None and last is not None else ""
            if words:
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(canvas, words))

    def _moved(self) -> None:
        """What was marked and went out of view is no longer marked."""
        if self.place is None:
            return
        camera = self.page.canvas.camera
        x0, y0, _, _ = self.place.rects[0]
        x, y = camera.view_point(Spot(self.place.page, x0, y0))
        if not QRect(0, 0, camera.width, camera.height).contains(round(x), round(y)):
            self._mark(None)

    # -- painting

    def paint_page(self, painter: QPainter, view: PageView) -> None:
        place = self.place
        if place is None or place.page != view.page:
            return
        accent = self.page.theme.color("accent")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(accent, 1.6 * view.ratio))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pad = 2 * view.ratio
        for rect in place.rects:
            box = view.exact(rect).adjusted(-pad, -pad, pad, pad)
            painter.drawRoundedRect(box, 3 * view.ratio, 3 * view.ratio)
        painter.restore()

    def paint_view(self, painter: QPainter, ratio: float) -> None:
        del painter, ratio
