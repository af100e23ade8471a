"""A scroll area that looks at pages through a camera: place, zoom, scrolling, turning over."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from reader.domain.annotation import ReadingPosition
from reader.ui.theme import Theme
from reader.ui.viewer import aim
from reader.ui.viewer.aim import FITS, LARGEST, POINT, SMALLEST, View
from reader.ui.viewer.arrangement import Arrangement, parse
from reader.ui.viewer.bars import Bars
from reader.ui.viewer.camera import Camera, Spot
from reader.ui.viewer.layout import PageLayout
from reader.ui.viewer.marks import MarkedScrollBar
from reader.ui.viewer.motion import Motion

STEPS = (
    0.1, 0.15, 0.2, 0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0,
    4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 16.0,
)  # fmt: skip
LINE = 60  # logical pixels an arrow key scrolls
_TURN = 90  # logical pixels a wheel goes on at an edge before the page turns over


class CameraView(QAbstractScrollArea):
    """Where the reader looks; what is painted there is PageCanvas'."""

    moved = Signal()  # scrolled, zoomed, resized or arranged anew
    zoomed = Signal()
    arranged = Signal()  # another layout or rotation

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Made here: for one that Qt made PySide looks through all widgets there are, once.
        self.setViewport(QWidget(self))
        self.camera = Camera(PageLayout(0))
        self.zoom = "width"
        self.motion = Motion(self)
        self.motion.moved.connect(self.scroll_by)
        self.bar = MarkedScrollBar(theme, self)
        self.setVerticalScrollBar(self.bar)
        self._bars = Bars(self.bar, self.horizontalScrollBar())
        self._anchor = Spot(0, 0.0, 0.0)
        self._fitted = 0  # the page whose width or height the zoom follows
        # The page an arrangement was made around, and where: two pages beside each other
        # do not tell, and choosing anew each time would lead away from it.
        self._kept = 0, (0, 0, 0)
        self._remainder = QPointF()
        self._pulled = 0.0  # how far a wheel went on at an edge

    @property
    def ratio(self) -> float:
        """Device pixels a logical pixel."""
        return self.viewport().devicePixelRatioF()

    @property
    def view(self) -> View:
        """How large the view is."""
        return View(self.viewport().width(), self.viewport().height(), self.ratio)

    @property
    def factor(self) -> float:
        """The zoom as a factor; 1.0 is 100 %."""
        return self.camera.scale / (POINT * self.ratio)

    @property
    def arrangement(self) -> Arrangement:
        """How the pages stand."""
        return self.camera.layout.arrangement

    # -- place

    def position(self) -> ReadingPosition:
        """Where the reader is, exactly."""
        return ReadingPosition(
            self._anchor.page,
            self._anchor.x,
            self._anchor.y,
            self.zoom,
            self.arrangement.words(),
            self.arrangement.rotation,
        )

    def restore(self, position: ReadingPosition) -> None:
        """Be at a place again, with its zoom, layout and rotation."""
        wanted = parse(position.layout, position.rotation)
        changed = wanted != self.arrangement
        if changed:
            self._arrange(wanted)
        self.go_to(position)
        if changed:
            self.arranged.emit()

    def go_to(self, position: ReadingPosition) -> None:
        """Be at a place again, with its zoom."""
        self.motion.stop()
        self.zoom = aim.zoom_of(position)
        self._anchor = aim.anchor_of(position, self.camera.layout.pages)
        start = aim.begin(self.camera, self.view, self.zoom, self._anchor)
        self._fitted = self._anchor.page
        self._moved(keep_anchor=not start)
        self.zoomed.emit()

    def arrange(self, arrangement: Arrangement) -> None:
        """Let the pages stand in another way; the page the reader is on stays in view."""
        if arrangement == self.arrangement:
            return
        self.motion.stop()
        middle = self._middle() * self.ratio
        fixed = self.camera.spot(middle.x(), middle.y())
        camera = self.camera
        page, at = self._kept
        if at != (camera.row, camera.left, camera.top):
            page = camera.current()
        self._arrange(arrangement)
        self._fit(page)
        camera.put(fixed, middle.x(), middle.y())
        if camera.paged or camera.layout.row_of(camera.current()) != camera.layout.row_of(page):
            camera.put(camera.head(page))
        self._kept = page, (camera.row, camera.left, camera.top)
        self._moved()
        self.arranged.emit()
        self.zoomed.emit()

    def _arrange(self, arrangement: Arrangement) -> None:
        """Lay the pages out; for PageCanvas to drop what is turned the wrong way."""
        self.camera.layout.arrange(arrangement)

    def show_spot(self, spot: Spot, *, margin: float = 0.0) -> None:
        """Bring a place to the top of the view, `margin` logical pixels below its edge."""
        self.motion.stop()
        left = self.camera.left
        self.camera.put(spot, 0, margin * self.ratio)
        self._keep_across(left, spot)
        self._moved()

    def show_page(self, page: int) -> None:
        """Bring the start of a page to the top of the view."""
        if 0 <= page < self.camera.layout.pages:
            self._refit(page)
            self.show_spot(self.camera.head(page))

    def reveal(self, spot: Spot, height: float) -> None:
        """Scroll only if a place (`height` in points) is not in view, then to the upper third."""
        self.motion.stop()
        x, y = self.camera.view_point(spot)
        border = 24 * self.ratio
        inside = border <= y <= self.camera.height - height * self.camera.scale - border
        if not inside:
            left = self.camera.left
            self.camera.put(spot, x, self.camera.height / 3)
            self.camera.left = min(left, self.camera.canvas_width - self.camera.width)
        x, _ = self.camera.view_point(spot)
        if not border <= x <= self.camera.width - 4 * border:
            self.camera.move(self.camera.left + x - self.camera.width / 3, self.camera.top)
        self._moved()

    def _keep_across(self, left: int, spot: Spot) -> None:
        """A jump up or down does not move sideways as long as its place can be seen.

        A page that fits into the view is seen whole.
        """
        x = self.camera.left + self.camera.view_point(spot)[0]
        if left <= x <= left + self.camera.width and not self.camera.cuts(spot.page, left):
            self.camera.left = min(left, self.camera.canvas_width - self.camera.width)

    # -- zoom

    def set_zoom(self, zoom: str, at: QPointF | None = None) -> None:
        """Zoom to one of FITS or a factor, around a point of the view (logical)."""
        self.motion.stop()
        point = (at if at is not None else self._middle()) * self.ratio
        fixed = self.camera.spot(point.x(), point.y())
        page = self.camera.current()
        self.zoom = zoom
        self._fit(page)
        if zoom == "page":
            self.camera.put(self.camera.head(page))
        else:
            self.camera.put(fixed, point.x(), point.y())
        if zoom == "text":
            self.camera.centre_text(page)
        self._zooms()
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

    def _fit(self, page: int) -> None:
        """Give the camera the scale that the zoom means for a page."""
        aim.fit(self.camera, self.zoom, page, self.ratio)
        self._fitted = page

    def _refit(self, page: int) -> None:
        """Pages that are shown one by one are fitted one by one."""
        if self.camera.paged and self.zoom in FITS:
            before = self.camera.scale
            self._fit(page)
            if self.camera.scale != before:
                self.zoomed.emit()

    def _zooms(self) -> None:
        """A zoom has begun or goes on; for PageCanvas."""

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
        """Scroll smoothly by logical pixels; at the edge of an open row, turn over.

        Sideways where nothing lies beyond the view's sides, turn the page.
        """
        if dy and self._at_edge(dy):
            self._turn_over(1 if dy > 0 else -1)
        elif dx and self.camera.canvas_width == self.camera.width:
            forward = (dx > 0) != self.arrangement.right_to_left
            self.turn(1 if forward else -1)
        else:
            self.motion.push(dx * self.ratio, dy * self.ratio)

    def pull(self, dx: float, dy: float, *, exact: bool) -> None:
        """Scroll by what a wheel or a touchpad says, in device pixels."""
        if dy and self._at_edge(dy):
            # One notch may only arrive at the edge; the next one turns over.
            self._pulled = dy if self._pulled * dy < 0 else self._pulled + dy
            if abs(self._pulled) >= _TURN * self.ratio and not self.motion.active:
                self._pulled = 0.0
                self._turn_over(1 if dy > 0 else -1)
            return
        self._pulled = 0.0
        if exact:
            self.motion.drag(dx, dy)
        else:
            self.motion.push(dx, dy)

    def _at_edge(self, dy: float) -> bool:
        """Whether an open row is shown to its end in a direction."""
        camera = self.camera
        edge = camera.canvas_height - camera.height if dy > 0 else 0
        return camera.paged and camera.top == edge

    def _turn_over(self, by: int) -> None:
        """Open the next row at its top, or the one before at its bottom."""
        row = self.camera.row + by
        if 0 <= row < self.camera.layout.rows:
            left = self.camera.left
            self._refit(self.camera.layout.pages_of(row).start)
            self.camera.row = row
            self.camera.move(left, 0 if by > 0 else self.camera.canvas_height)
            self._moved()

    def turn(self, by: int) -> None:
        """Go to the start of the next row of pages, or of this one and then the one before."""
        camera = self.camera
        row = camera.row_at(camera.top + 2 * camera.gap)
        inside = camera.top > (0 if camera.paged else camera.row_top(row))
        row = row if by < 0 and inside else row + by
        if 0 <= row < camera.layout.rows:
            self.show_page(camera.layout.pages_of(row).start)

    def scroll_lines(self, lines: int) -> None:
        self.glide(0, lines * LINE)

    def scroll_across(self, lines: int) -> None:
        self.glide(lines * LINE, 0)

    def scroll_screens(self, screens: int) -> None:
        """Turn by nearly a view's height: a line or two stay for orientation."""
        self.glide(0, screens * max(self.viewport().height() - 56, 40))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        del dx, dy
        if not self._bars.syncing and self.camera.layout.pages:
            self.motion.stop()
            self._bars.read(self.camera)
            self._moved()

    # -- after every change of the view

    def _moved(self, *, keep_anchor: bool = False) -> None:
        """The camera moved: bars and listeners follow."""
        if not keep_anchor:
            self._anchor = self.camera.spot(0, 0)
        self._bars.show(self.camera, round(LINE * self.ratio))
        self.viewport().update()
        self.moved.emit()

    def _adapt(self) -> None:
        """Fit the camera to the view's size and pixels; what was at the top stays there."""
        before = self.camera.scale
        self._fitted = aim.measure(self.camera, self.view, self.zoom, self._anchor, self._fitted)
        self._moved(keep_anchor=True)
        if self.camera.scale != before:
            self.zoomed.emit()
