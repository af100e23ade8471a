"""Choosing an area of a page, and what becomes of it.

With Alt held a drag selects the text in a rectangle, at any time.  The command
makes the next drag choose an area, which the arrow keys can also draw: then a
bar beside it offers text, picture and table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QMenu

from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.viewer.area import band as banding
from reader.ui.viewer.area.band import Band
from reader.ui.viewer.area.bar import AreaBar
from reader.ui.viewer.area.outcome import Outcome
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature, PageView
from reader.ui.viewer.selection import BoxSelection

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

Wish = Literal["ask", "text", "picture", "table"]

_STEP, _LEAP = 4.0, 24.0  # points an arrow key moves
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_KEYS = {
    Qt.Key.Key_T: "text",
    Qt.Key.Key_P: "picture",
    Qt.Key.Key_C: "table",
    Qt.Key.Key_S: "save_picture",
    Qt.Key.Key_V: "save_table",
}


class AreaTool(Feature):
    """The tool, the layer that paints the area, and the bar beside it."""

    name: ClassVar[str] = "area"
    rows: ClassVar[tuple[Command, ...]] = (
        Command(
            "viewer.area", QT_TRANSLATE_NOOP("Commands", "Choose an area"), "viewer",
            "area.start", ("R",), "area", "Document", 6, enabled="document",
            tip=QT_TRANSLATE_NOOP("Commands", "Choose an area: text, picture or table"),
        ),
        Command(
            "viewer.area_picture", QT_TRANSLATE_NOOP("Commands", "Copy an area as a picture"),
            "viewer", "area.start_picture", ("Shift+R",), "picture", "Document", 6,
            enabled="document",
        ),
        Command(
            "viewer.area_table", QT_TRANSLATE_NOOP("Commands", "Copy an area as a table (CSV)"),
            "viewer", "area.start_table", (), "table", "Document", 6, enabled="document",
        ),
    )  # fmt: skip

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.band: Band | None = None
        self.wish: Wish | None = None  # what the next drag is for; None: no tool in hand
        self._bar: AreaBar | None = None
        self.outcome = Outcome(self)
        self.page.canvas.layers.append(self)
        self.page.pointer.tools.append(self)
        self.page.canvas.moved.connect(self._place_bar)

    @property
    def bar(self) -> AreaBar:
        """What can be done with an area, made when there is one."""
        if self._bar is None:
            self._bar = AreaBar(self.page.canvas.viewport())
            self._bar.wanted.connect(self.do)
        return self._bar

    def _hide_bar(self) -> None:
        if self._bar is not None:
            self._bar.hide()

    def _bar_shown(self) -> bool:
        return self._bar is not None and self._bar.isVisibleTo(self.page)

    # -- commands

    def start(self) -> None:
        self._take("ask")

    def start_picture(self) -> None:
        self._take("picture")

    def start_table(self) -> None:
        self._take("table")

    def _take(self, wish: Wish) -> None:
        if self.page.pdf is None:
            return
        self.end()
        self.page.pagesWanted.emit()
        self.wish = wish
        self.page.canvas.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self.page.canvas.setFocus()
        self.page.statusChanged.emit(
            self.tr("Drag over an area, or draw it with the arrow keys; Enter takes it, Esc ends")
        )

    def end(self) -> None:
        """Put the tool away."""
        was, self.wish, self.band = self.wish, None, None
        self._hide_bar()
        self.page.canvas.viewport().update()
        if was is not None:
            self.page.canvas.viewport().unsetCursor()
            self.page.statusChanged.emit(self.page.status())

    def do(self, name: str) -> None:
        """Do with the area what the bar offers."""
        band = self.band
        if name == "text":
            self.page.copy()
        elif name != "close" and band is not None:
            self.outcome.make(name, band)
        if not name.startswith("save"):
            self.end()

    # -- the pointer

    def press(self, event: QMouseEvent, spot: Spot) -> bool:
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if self.wish is None and not alt:
            return False
        self.wish = self.wish or "text"
        size = self.page.canvas.camera.layout.size(spot.page)
        self._hide_bar()
        self._set(banding.begin(spot.page, size, spot.x, spot.y))
        return True

    def drag(self, event: QMouseEvent, spot: Spot) -> None:
        del spot
        if self.band is not None:
            point = event.position() * self.page.canvas.ratio
            self._set(self.band.lead_to(*self._on_page(self.band.page, point)))

    def _on_page(self, page: int, point: QPointF) -> tuple[float, float]:
        """A point of the view (device pixels) as seen from a page, also when it is over another."""
        canvas = self.page.canvas
        spot = canvas.camera.spot(point.x(), point.y())
        if spot.page == page:
            return spot.x, spot.y
        width, height = canvas.camera.layout.size(page)
        area = banding.on_screen(
            canvas.camera, Band(page, (width, height), (0.0, 0.0), (width, height))
        )
        x = min(max(point.x(), area.left() + 1), area.right() - 1)
        y = min(max(point.y(), area.top() + 1), area.bottom() - 1)
        inside = canvas.camera.spot(x, y)
        return inside.x, inside.y

    def release(self, event: QMouseEvent, spot: Spot) -> None:
        del event, spot
        self.take()

    def hover(self, event: QMouseEvent | None, spot: Spot) -> Qt.CursorShape | None:
        del event, spot
        return Qt.CursorShape.CrossCursor if self.wish is not None else None

    def take(self) -> None:
        """The area is drawn: do with it what it was drawn for."""
        band, wish = self.band, self.wish
        if band is None or not band.real:
            self.band = None
            self.page.choose_text(None)
            self.page.canvas.viewport().update()
            if wish == "text":
                self.end()
            return
        match wish:
            case "text":
                self.end()
            case "picture" | "table":
                self.do(wish)
            case _:
                self.bar.show()
                self._place_bar()
                self.page.statusChanged.emit(
                    self.tr("Copy it with T as text, P as a picture, C as a table; Esc ends")
                )

    # -- keys

    def _is_mine(self, event: QKeyEvent) -> bool:
        if event.key() in _ARROWS or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return not event.modifiers() & Qt.KeyboardModifier.AltModifier
        bare = event.modifiers() == Qt.KeyboardModifier.NoModifier
        return bare and event.key() in _KEYS and self._bar_shown()

    def grabs(self, event: QKeyEvent) -> bool:
        return self.wish is not None and self._is_mine(event)

    def key(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        elif event.key() in _ARROWS:
            self._draw(_ARROWS[Qt.Key(event.key())], event.modifiers())
        else:
            self.do(_KEYS[Qt.Key(event.key())])

    def _draw(self, way: tuple[int, int], modifiers: Qt.KeyboardModifier) -> None:
        """Move the area by an arrow, or with Shift its lower right corner; Ctrl: in leaps."""
        step = _LEAP if modifiers & Qt.KeyboardModifier.ControlModifier else _STEP
        dx, dy = as_turned(way[0] * step, way[1] * step, self.page.canvas.camera.rotation)
        band = self.band or self._middle()
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            band = band.lead_to(band.led[0] + dx, band.led[1] + dy)
        else:
            band = band.moved(dx, dy)
        self._set(band)
        self._place_bar()

    def _middle(self) -> Band:
        """An area to begin with: the middle of what is seen of the page."""
        camera = self.page.canvas.camera
        page = camera.current()
        first, last = (
            self._on_page(page, QPointF(camera.width * part, camera.height * part))
            for part in (0.3, 0.7)
        )
        return banding.begin(page, camera.layout.size(page), *first).lead_to(*last)

    def escape(self) -> bool:
        if self.wish is None:
            return False
        self.end()
        return True

    def left(self) -> None:
        self.end()
        self.outcome.stop()

    def opened(self, pdf: PdfView) -> None:
        del pdf
        self.end()

    # -- looks

    def _set(self, band: Band) -> None:
        self.band = band
        if self.wish in ("ask", "text"):
            self.page.choose_text(BoxSelection(band.page, band.rect))
        self.page.canvas.viewport().update()

    def _place_bar(self) -> None:
        if self.band is not None and self._bar_shown():
            canvas = self.page.canvas
            area = banding.on_screen(canvas.camera, self.band)
            ratio = canvas.ratio
            self.bar.stand_by(
                QRectF(
                    area.x() / ratio, area.y() / ratio, area.width() / ratio, area.height() / ratio
                )
            )

    def paint_page(self, painter: QPainter, view: PageView) -> None:
        if self.band is not None and self.band.page == view.page:
            banding.paint(painter, view, self.band, self.page.theme.color("accent"))

    def paint_view(self, painter: QPainter, ratio: float) -> None:
        del painter, ratio

    def fill_menu(self, menu: QMenu, spot: Spot) -> None:
        del spot
        menu.addAction(self.tr("Choose an area…")).triggered.connect(self.start)


def as_turned(dx: float, dy: float, rotation: int) -> tuple[float, float]:
    """A way on the screen as one on a page that is turned clockwise."""
    return {0: (dx, dy), 90: (dy, -dx), 180: (-dx, -dy), 270: (-dy, dx)}[rotation]
