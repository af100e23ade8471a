"""The scrolled column of pages: a view on a virtual canvas of any height."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from reader.domain.annotation import ReadingPosition
from reader.pdf.protocol import Hit
from reader.ui.theme import Theme
from reader.ui.viewer import wheel
from reader.ui.viewer.camera import Camera, Spot
from reader.ui.viewer.content import Content
from reader.ui.viewer.feature import Layer
from reader.ui.viewer.layout import PageLayout
from reader.ui.viewer.loader import Loader
from reader.ui.viewer.marks import MarkedScrollBar
from reader.ui.viewer.motion import Motion
from reader.ui.viewer.painting import Scene, device_painter, paint
from reader.ui.viewer.pictures import Pictures
from reader.ui.viewer.selection import Chosen

POINT = 96 / 72  # logical pixels a point has at 100 %
SMALLEST, LARGEST = 0.1, 16.0
STEPS = (
    0.1, 0.15, 0.2, 0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0,
    4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 16.0,
)  # fmt: skip
_BAR_MOST = 1 << 30  # a scroll bar counts in 32 bits
_GAP, _MARGIN = 14, 18  # logical pixels
_FLYING = 5.0  # view heights a second; nobody reads at that speed
_LINE = 60  # logical pixels an arrow key scrolls


class PageCanvas(QAbstractScrollArea):
    """Shows pages; knows scrolling and zoom, but nothing of text, links or files."""

    moved = Signal()  # scrolled, zoomed or resized
    zoomed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.camera = Camera(PageLayout(0))
        self.pictures = Pictures()
        self.content = Content()
        self.loader: Loader | None = None
        self.zoom = "width"
        self.selection: Chosen | None = None
        self.current_hit: tuple[int, Hit] | None = None
        self.hits_of: Callable[[int], Sequence[Hit]] = _no_hits
        self.layers: list[Layer] = []
        self.motion = Motion(self)
        self.motion.moved.connect(self.scroll_by)
        self.motion.ended.connect(self._tell_loader)
        self.bar = MarkedScrollBar(theme, self)
        self._anchor = Spot(0, 0.0, 0.0)
        self._remainder = QPointF()
        self._seen_at = (0.0, 0)
        self._syncing = False
        self._zooming = QTimer(self, singleShot=True, interval=60)
        self._zooming.timeout.connect(self._tell_loader)
        self.setVerticalScrollBar(self.bar)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Pages"))
        view = self.viewport()
        view.setMouseTracking(True)
        view.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        view.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        theme.changed.connect(view.update)

    # -- the document

    def show_document(self, loader: Loader) -> None:
        """Show the pages a loader, which looks through this canvas' camera, fetches."""
        self.loader = loader
        loader.arrived.connect(self._page_arrived)
        loader.measured.connect(self._measured)
        self._adapt()

    def clear(self) -> None:
        """Show no document, and free its pictures."""
        self.motion.stop()
        self.loader = None
        self.selection = None
        self.current_hit = None
        self.pictures = Pictures()
        self.content = Content()
        self.camera = Camera(PageLayout(0))
        self._anchor = Spot(0, 0.0, 0.0)
        self._sync_bars()
        self.viewport().update()

    def release(self) -> None:
        """Give the memory of a hidden view back; its place and selection stay.

        The small pictures of the pages in view are kept, to be painted at once
        when the view is shown again; the rest is then made anew by itself.
        """
        self.motion.stop()
        if self.loader is not None:
            self.loader.sleep()
        self.pictures.keep_only(self.camera.visible())
        self.content.drop_texts()

    # -- zoom and place

    @property
    def ratio(self) -> float:
        """Device pixels a logical pixel."""
        return self.viewport().devicePixelRatioF()

    @property
    def factor(self) -> float:
        """The zoom as a factor; 1.0 is 100 %."""
        return self.camera.scale / (POINT * self.ratio)

    def position(self) -> ReadingPosition:
        """Where the reader is, exactly."""
        return ReadingPosition(self._anchor.page, self._anchor.x, self._anchor.y, self.zoom)

    def go_to(self, position: ReadingPosition) -> None:
        """Be at a place again, with its zoom."""
        self.motion.stop()
        pages = self.camera.layout.pages
        self.zoom = position.zoom if _is_zoom(position.zoom) else "width"
        self._anchor = Spot(min(max(position.page, 0), max(pages - 1, 0)), position.x, position.y)
        self._adapt()
        if (self._anchor.page, self._anchor.x, self._anchor.y) == (0, 0.0, 0.0):
            self.camera.move(0, 0)  # the start of a document is above its first page
            self._moved()
        self.zoomed.emit()

    def show_spot(self, spot: Spot, *, margin: float = 0.0) -> None:
        """Bring a place to the top of the view, `margin` logical pixels below its edge."""
        self.motion.stop()
        left = self.camera.left
        self.camera.put(spot, 0, margin * self.ratio)
        self._keep_across(left, spot)
        self._moved()

    def reveal(self, spot: Spot, height: float) -> None:
        """Scroll only if a place (`height` in points) is not in view, then to the upper third."""
        self.motion.stop()
        x, y = self.camera.view_point(spot)
        border = 24 * self.ratio
        inside = border <= y <= self.camera.height - height * self.camera.scale - border
        if not inside:
            left = self.camera.left
            self.camera.put(spot, x, self.camera.height / 3)
            self.camera.left = left
        x, _ = self.camera.view_point(spot)
        if not border <= x <= self.camera.width - 4 * border:
            self.camera.move(self.camera.left + x - self.camera.width / 3, self.camera.top)
        self._moved()

    def _keep_across(self, left: int, spot: Spot) -> None:
        """A jump up or down does not move sideways as long as its place can be seen."""
        page_x = self.camera.page_rect(spot.page)[0]
        if left <= page_x + spot.x * self.camera.scale <= left + self.camera.width:
            self.camera.left = min(left, self.camera.canvas_width - self.camera.width)

    def set_zoom(self, zoom: str, at: QPointF | None = None) -> None:
        """Zoom to "width", "page" or a factor, around a point of the view (logical)."""
        self.motion.stop()
        point = (at if at is not None else self._middle()) * self.ratio
        fixed = self.camera.spot(point.x(), point.y())
        if zoom == "page":
            fixed = Spot(self.camera.current(), fixed.x, 0.0)
            point = QPointF(point.x(), self.camera.gap)
        self.zoom = zoom
        self.camera.scale = self._scale()
        self.camera.put(fixed, point.x(), point.y())
        self._zooming.start()
        self._moved()
        self.zoomed.emit()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom by a factor around a point, within the limits."""
        wanted = min(max(self.factor * factor, SMALLEST), LARGEST)
        self.set_zoom(f"{wanted:.6g}", at)

    def zoom_step(self, direction: int, at: QPointF | None = None) -> None:
        """One step of the usual zoom levels in or out."""
        now = self.factor
        if direction > 0:
            wanted = next((step for step in STEPS if step > now * 1.01), LARGEST)
        else:
            wanted = next((step for step in reversed(STEPS) if step < now * 0.99), SMALLEST)
        self.set_zoom(f"{wanted:.6g}", at)

    def _middle(self) -> QPointF:
        return QPointF(self.viewport().width() / 2, self.viewport().height() / 2)

    def _scale(self) -> float:
        match self.zoom:
            case "width":
                wanted = self.camera.fit_width(self._anchor.page)
            case "page":
                wanted = self.camera.fit_page(self.camera.current())
            case factor:
                wanted = float(factor) * POINT * self.ratio
        unit = POINT * self.ratio
        return min(max(wanted, SMALLEST * unit), LARGEST * unit)

    # -- scrolling

    def scroll_by(self, dx: float, dy: float) -> None:
        """Scroll by device pixels at once."""
        camera = self.camera
        before = camera.left, camera.top
        self._remainder += QPointF(dx, dy)
        whole = QPointF(round(self._remainder.x()), round(self._remainder.y()))
        self._remainder -= whole
        camera.move(camera.left + whole.x(), camera.top + whole.y())
        if (camera.left, camera.top) != before:
            self._moved()
        elif not whole.isNull() and self.motion.active:
            self.motion.stop()

    def glide(self, dx: float, dy: float) -> None:
        """Scroll smoothly by logical pixels."""
        self.motion.push(dx * self.ratio, dy * self.ratio)

    def scroll_lines(self, lines: int) -> None:
        self.glide(0, lines * _LINE)

    def scroll_across(self, lines: int) -> None:
        self.glide(lines * _LINE, 0)

    def scroll_screens(self, screens: int) -> None:
        """Turn by nearly a view's height: a line or two stay for orientation."""
        self.glide(0, screens * max(self.viewport().height() - 56, 40))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        del dx, dy
        if self._syncing or self.loader is None:
            return
        self.motion.stop()
        unit = self._bar_unit()
        across = self.horizontalScrollBar().value()
        self.camera.move(across, self.bar.value() * unit)
        self._moved()

    def _bar_unit(self) -> float:
        return max(1.0, self.camera.canvas_height / _BAR_MOST)

    def _sync_bars(self) -> None:
        camera, unit = self.camera, self._bar_unit()
        across = self.horizontalScrollBar()
        self._syncing = True
        self.bar.setRange(0, int((camera.canvas_height - camera.height) / unit))
        self.bar.setPageStep(max(int(camera.height / unit), 1))
        self.bar.setSingleStep(max(int(_LINE * self.ratio / unit), 1))
        self.bar.setValue(int(camera.top / unit))
        across.setRange(0, camera.canvas_width - camera.width)
        across.setPageStep(camera.width)
        across.setSingleStep(round(_LINE * self.ratio))
        across.setValue(camera.left)
        self._syncing = False

    # -- after every change of the view

    def _moved(self, *, keep_anchor: bool = False) -> None:
        """The camera moved: bars, loader and listeners follow."""
        if not keep_anchor:
            self._anchor = self.camera.spot(0, 0)
        self._sync_bars()
        self._tell_loader()
        self.viewport().update()
        self.moved.emit()

    def _tell_loader(self) -> None:
        if self.loader is not None:
            self.loader.moved(flying=self._is_flying())

    def _is_flying(self) -> bool:
        if self._zooming.isActive():
            return True
        now, top = time.monotonic(), self.camera.top
        then, before = self._seen_at
        self._seen_at = now, top
        heights = abs(top - before) / max(self.camera.height, 1)
        return heights > 0.02 and heights / max(now - then, 0.004) > _FLYING

    def _adapt(self) -> None:
        """Fit the camera to the view's size and pixels; what was at the top stays there."""
        view, ratio = self.viewport(), self.ratio
        camera = self.camera
        camera.width = max(1, round(view.width() * ratio))
        camera.height = max(1, round(view.height() * ratio))
        camera.gap, camera.margin = round(_GAP * ratio), round(_MARGIN * ratio)
        before, camera.scale = camera.scale, self._scale()
        camera.put(self._anchor)
        self._moved(keep_anchor=True)
        if camera.scale != before:
            self.zoomed.emit()

    def _measured(self) -> None:
        self.camera.put(self._anchor)
        self._moved(keep_anchor=True)

    def _page_arrived(self, page: int) -> None:
        if page < 0 or page in self.camera.visible():
            self.viewport().update()

    # -- Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.ratio
        painter = QPainter(self.viewport())
        device_painter(painter, ratio)
        area = event.rect()
        corner = QPoint(int(area.x() * ratio), int(area.y() * ratio))
        size = QSize(int(area.width() * ratio) + 2, int(area.height() * ratio) + 2)
        scene = Scene(
            self.camera,
            self.pictures,
            self.content,
            self.selection,
            self.hits_of,
            self.current_hit,
            self.loader.waited if self.loader is not None else _never,
            self.layers,
        )
        bare = paint(painter, scene, self._theme, ratio, QRect(corner, size))
        painter.end()
        if self.loader is not None:
            self.loader.bare(bare)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._adapt()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.loader is not None:
            self.loader.wake()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # keys are the page's; the scroll area would move its bars by itself

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            return self._gesture(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._adapt()
        return super().viewportEvent(event)

    def _gesture(self, event: QNativeGestureEvent) -> bool:
        match event.gestureType():
            case Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1 + event.value(), event.position())
            case Qt.NativeGestureType.SmartZoomNativeGesture:
                self.set_zoom("page" if self.zoom == "width" else "width", event.position())
            case _:
                return False
        event.accept()
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.accept()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(wheel.zoom_factor(event), event.position())
            return
        turn = wheel.read(event, self.ratio)
        if turn.exact:
            self.motion.drag(turn.dx, turn.dy)
        else:
            self.motion.push(turn.dx, turn.dy)
        if turn.released:
            self.motion.let_go()


def _no_hits(page: int) -> Sequence[Hit]:
    del page
    return ()


def _never(page: int) -> bool:
    del page
    return False


def _is_zoom(zoom: str) -> bool:
    if zoom in ("width", "page"):
        return True
    try:
        return SMALLEST <= float(zoom) <= LARGEST
    except ValueError:
        return False
