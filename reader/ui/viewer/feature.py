"""A feature of the viewer page: its commands, what it paints, what it does with the pointer.

A feature lives as long as its page; documents come and go under it.  It is one
row of the table in `features`, and is reached by commands as "name.method".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from PySide6.QtCore import QObject, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QMenu

from reader.domain.annotation import Rect
from reader.ui.commands.row import Command
from reader.ui.page_themes import PageTheme
from reader.ui.viewer.arrangement import turned_rect
from reader.ui.viewer.camera import Camera, Spot

if TYPE_CHECKING:
    from reader.ui.viewer.document import PdfView
    from reader.ui.viewer.home import Home
    from reader.ui.viewer.page import ViewerPage


class PageView:
    """A page as it is painted: from points of the page to device pixels of the view."""

    def __init__(
        self, camera: Camera, page: int, place: QRect, ratio: float, colors: PageTheme
    ) -> None:
        self.page = page
        self.place = place  # the whole page's rectangle, as it is turned
        self.ratio = ratio  # device pixels a logical pixel
        self.colors = colors  # of paper, ink and marks; `colors.blend` lays a mark over text
        self.scale = camera.scale  # device pixels a point
        self.rotation = camera.rotation  # how the page is turned, clockwise
        self._size = camera.layout.size(page)

    def rect(self, rect: Rect) -> QRect:
        """A rectangle of the page (view space points), on whole pixels."""
        x0, y0, x1, y1 = (round(edge * self.scale) for edge in self._turned(rect))
        left, top = self.place.x(), self.place.y()
        return QRect(left + x0, top + y0, max(x1 - x0, 1), max(y1 - y0, 1))

    def exact(self, rect: Rect) -> QRectF:
        """A rectangle of the page, unrounded."""
        x0, y0, x1, y1 = (edge * self.scale for edge in self._turned(rect))
        return QRectF(self.place.x() + x0, self.place.y() + y0, x1 - x0, y1 - y0)

    def _turned(self, rect: Rect) -> Rect:
        return turned_rect(rect, self._size, self.rotation) if self.rotation else rect


class Layer(Protocol):
    """Something painted over the pages."""

    def paint_page(self, painter: QPainter, view: PageView) -> None:
        """Paint over a page; the painter counts device pixels and is clipped to the page."""
        ...

    def paint_view(self, painter: QPainter, ratio: float) -> None:
        """Paint over the whole view, in device pixels."""
        ...


class Tool(Protocol):
    """Something that may take the pointer before selecting and links do.

    `spot` is the place under the pointer, which may lie beside a page.
    """

    def press(self, event: QMouseEvent, spot: Spot) -> bool:
        """Whether the press is taken; what follows until the release comes here too."""
        ...

    def drag(self, event: QMouseEvent, spot: Spot) -> None:
        """The pointer moved after a press that was taken."""
        ...

    def release(self, event: QMouseEvent, spot: Spot) -> None:
        """The button of a press that was taken went up."""
        ...

    def hover(self, event: QMouseEvent | None, spot: Spot) -> Qt.CursorShape | None:
        """The pointer moved without a button (None: it left); the cursor, when it is taken."""
        ...


class Feature(QObject):
    """What a feature may do; each method may stay as it is here."""

    name: ClassVar[str]
    rows: ClassVar[tuple[Command, ...]] = ()

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.page = page

    def homed(self, home: Home) -> None:
        """The page belongs to a window, or to another paper than before."""

    def opened(self, pdf: PdfView) -> None:
        """A document is open and shown."""

    def left(self) -> None:
        """The document is about to be closed."""

    def closed(self) -> None:
        """The page is about to be closed for good; the document is still open."""

    def followed(self) -> None:
        """The file that is shown lies at another place now, as it is."""

    def rest(self) -> None:
        """The page has not been seen for a while: give back what can be made anew."""

    def conditions(self) -> dict[str, bool]:
        """What its rows ask for."""
        return {}

    def status(self) -> str:
        """What it adds to the page's sentence in the status bar."""
        return ""

    def grabs(self, event: QKeyEvent) -> bool:
        """Whether a key is the feature's now, whatever command it belongs to otherwise."""
        del event
        return False

    def key(self, event: QKeyEvent) -> None:
        """A key that was grabbed is pressed."""
        del event

    def escape(self) -> bool:
        """Whether something that was in the way is taken away."""
        return False

    def at_keys(self) -> Spot | None:
        """The place the keys are at, for the menu they open; None for none."""
        return None

    def fill_menu(self, menu: QMenu, spot: Spot) -> None:
        """Add to the menu of the right button over a place."""
        del menu, spot
