"""The reading ruler: one line stands out, and moves by key and by click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter

from reader.domain.annotation import Rect
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.viewer.aids.rows import first_below, lines_of, row_at
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature, PageView
from reader.ui.viewer.home import Home
from reader.ui.viewer.wants import Want

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

Style = Literal["spotlight", "band", "underline"]
_STYLES: tuple[Style, ...] = ("spotlight", "band", "underline")
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_J: 1,
    Qt.Key.Key_Return: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_K: -1,
    Qt.Key.Key_Backspace: -1,
}
_AIR = 0.18  # of the line's height, left free above and below
_SIDE = 3.0  # points, left and right
_DIM = QColor(0, 0, 0, 64)
_PRIORITY = 70


class Ruler(Feature):
    """Stands on a line of a page; what lies around it is dimmed."""

    name = "ruler"
    rows = (
        Command(
            "viewer.ruler", QT_TRANSLATE_NOOP("Commands", "Reading ruler"), "viewer",
            "ruler.toggle", ("L",), "ruler", "Document", 6, enabled="document", checkable=True,
            checked="ruler",
        ),
        Command(
            "viewer.ruler_style", QT_TRANSLATE_NOOP("Commands", "Change the ruler's look"),
            "viewer", "ruler.next_style", ("Shift+L",), "", "Document", 6, enabled="ruler",
        ),
    )  # fmt: skip

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.on = False
        self.style: Style = "spotlight"
        self.place: tuple[int, int] | None = None  # page, number of the row
        self._boxes: tuple[int, list[Rect]] = (-1, [])  # of the page looked at last
        self._wanted: tuple[int, int] | None = None  # page and direction, waiting for its text
        self._hole = QRect()  # the band as it was painted last
        page.canvas.layers.append(self)
        page.pointer.tools.append(self)

    # -- commands

    def toggle(self, on: bool) -> None:
        """Lay the ruler on the first line in view, or take it away."""
        self.on = on
        self.place = self._wanted = None
        if on:
            self.page.pagesWanted.emit()
            self._lay_down()
        self._show()

    def next_style(self) -> None:
        """Dimmed surroundings, a tinted band, or a line below the text."""
        self.style = _STYLES[(_STYLES.index(self.style) + 1) % len(_STYLES)]
        home = self.page.home
        if home is not None and home.settings is not None:
            home.settings.set(self.name, self.style)
        self._show()

    def step(self, by: int) -> None:
        """Move by a line, over the ends of pages too."""
        if self.place is None:
            self._lay_down()
            return
        page, row = self.place
        if 0 <= row + by < len(self._rows(page)):
            self._put(page, row + by)
        else:
            self._enter(page + by, by)

    def conditions(self) -> dict[str, bool]:
        return {"ruler": self.on}

    def escape(self) -> bool:
        was, self.on = self.on, False
        if was:
            self._show()
        return was

    def grabs(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return self.on and plain and Qt.Key(event.key()) in _STEPS

    def key(self, event: QKeyEvent) -> None:
        self.step(_STEPS[Qt.Key(event.key())])

    # -- the document

    def homed(self, home: Home) -> None:
        if home.settings is not None:
            home.settings.changed.connect(self._take_style, Qt.ConnectionType.UniqueConnection)
            self._take_style(self.name)

    def _take_style(self, key: str) -> None:
        """Look as the reader chose, here or elsewhere."""
        settings = self.page.home.settings if self.page.home is not None else None
        if settings is not None and key == self.name:
            text = settings.text(key)
            self.style = next(style for style in _STYLES if style == text)
            self.page.canvas.viewport().update()

    def opened(self, pdf: PdfView) -> None:
        pdf.loader.texted.connect(self._texted)
        if self.on:
            self._lay_down()

    def left(self) -> None:
        self.place = self._wanted = None
        self._boxes = (-1, [])

    # -- where it stands

    def _lay_down(self) -> None:
        camera = self.page.canvas.camera
        spot = camera.spot(camera.width / 2, 24 * self.page.canvas.ratio)
        page = spot.page
        found = first_below(self._rows(page), spot.y)
        if found is not None:
            self._put(page, found)
        elif self._is_read(page):
            self._enter(page + 1, 1)
        else:
            self._wait(page, 1)

    def _enter(self, page: int, by: int) -> None:
        """Go on to the next page that has text."""
        pdf = self.page.pdf
        while pdf is not None and 0 <= page < pdf.pages:
            if not self._is_read(page):
                self._wait(page, by)
                return
            boxes = self._rows(page)
            if boxes:
                self._put(page, 0 if by > 0 else len(boxes) - 1)
                return
            page += by

    def _wait(self, page: int, by: int) -> None:
        self._wanted = (page, by)
        if self.page.pdf is not None:
            self.page.pdf.requests.want("ruler", [Want("text", page, priority=_PRIORITY)])

    def _texted(self, page: int) -> None:
        if self.on and self._wanted is not None and self._wanted[0] == page:
            wanted, self._wanted = self._wanted, None
            if self.place is None:
                self._lay_down()
            else:
                self._enter(*wanted)

    def _put(self, page: int, row: int) -> None:
        self.place, self._wanted = (page, row), None
        x0, y0, _, y1 = self._rows(page)[row]
        # Two lines of room, so that the reader always sees what comes.
        self.page.canvas.reveal(Spot(page, x0, y0), 3 * (y1 - y0))
        self._show()

    def _rows(self, page: int) -> list[Rect]:
        if self._boxes[0] != page:
            text = self.page.canvas.content.text(page)
            if text is None:
                return []
            self._boxes = (page, lines_of(text))
        return self._boxes[1]

    def _is_read(self, page: int) -> bool:
        return self.page.canvas.content.text(page) is not None

    def _show(self) -> None:
        self.page.canvas.viewport().update()
        self.page.tell_conditions()

    # -- the pointer

    def press(self, event: QMouseEvent, spot: Spot) -> bool:
        """A click on the text lays the ruler there; dragging still selects."""
        if self.on and event.button() == Qt.MouseButton.LeftButton:
            row = row_at(self._rows(spot.page), spot.x, spot.y)
            if row is not None:
                self.place, self._wanted = (spot.page, row), None
                self._show()
        return False

    def drag(self, event: QMouseEvent, spot: Spot) -> None:
        del event, spot

    def release(self, event: QMouseEvent, spot: Spot) -> None:
        del event, spot

    def hover(self, event: QMouseEvent | None, spot: Spot) -> None:
        del event, spot

    # -- painting

    def paint_page(self, painter: QPainter, view: PageView) -> None:
        if not self.on or self.place is None or view.page != self.place[0]:
            return
        self._hole = band = self._band(view)
        if self.style == "spotlight":
            return  # the rest of the view is dimmed when all pages are painted
        color = QColor(self.page.theme.color("accent"))
        if self.style == "band":
            color.setAlpha(56)
            painter.fillRect(band, color)
        else:
            color.setAlpha(210)
            thick = max(2, round(1.6 * view.ratio))
            painter.fillRect(QRect(band.x(), band.bottom() - thick, band.width(), thick), color)

    def paint_view(self, painter: QPainter, ratio: float) -> None:
        del ratio
        if not self.on or self.place is None or self.style != "spotlight":
            return
        camera = self.page.canvas.camera
        whole = QRect(0, 0, camera.width, camera.height)
        seen = self.place[0] in camera.visible()
        band = self._hole & whole if seen else QRect()
        for rect in _around(whole, band):
            painter.fillRect(rect, _DIM)

    def _band(self, view: PageView) -> QRect:
        assert self.place is not None
        boxes = self._rows(self.place[0])
        x0, y0, x1, y1 = boxes[min(self.place[1], len(boxes) - 1)] if boxes else (0, 0, 0, 0)
        air = _AIR * (y1 - y0)
        return view.rect((x0 - _SIDE, y0 - air, x1 + _SIDE, y1 + air))


def _around(whole: QRect, hole: QRect) -> list[QRect]:
    """What is left of a rectangle without a hole in it."""
    if hole.isEmpty():
        return [whole]
    below, right = hole.y() + hole.height(), hole.x() + hole.width()
    return [
        QRect(0, 0, whole.width(), hole.y()),
        QRect(0, below, whole.width(), whole.height() - below),
        QRect(0, hole.y(), hole.x(), hole.height()),
        QRect(right, hole.y(), whole.width() - right, hole.height()),
    ]
