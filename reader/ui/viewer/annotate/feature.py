"""Annotating: the layer that paints the annotations, and the commands that make and change them."""

from __future__ import annotations

from dataclasses import replace
from functools import partialmethod
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QPainter

from reader.domain.marking import PALETTE, Annotation, Kind
from reader.ui.commands.row import Command
from reader.ui.viewer.annotate import painting
from reader.ui.viewer.annotate.making import Making
from reader.ui.viewer.annotate.rows import ROWS, color_name, kind_name
from reader.ui.viewer.annotate.store import Store
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature, PageView
from reader.ui.viewer.home import Home
from reader.ui.viewer.requests import Want

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage


class Annotate(Feature):
    """The annotations of the document that is shown."""

    name: ClassVar[str] = "annotate"
    rows: ClassVar[tuple[Command, ...]] = ROWS

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.color = PALETTE[0].name
        self.store = Store(self)
        self.making = Making(page)
        self._drawings = painting.Drawings()
        self.store.changed.connect(self._repaint)
        page.canvas.layers.insert(0, self)  # under hints, forms and all that is led over the page

    # -- the document

    def homed(self, home: Home) -> None:
        self.store.use(home.desk, home.attachment)

    def opened(self, pdf: PdfView) -> None:
        self._drawings.clear()
        self.making.opened(pdf)
        pdf.requests.answered.connect(self._answered)

    def left(self) -> None:
        self.making.stop()

    def closed(self) -> None:
        self.store.leave()

    def _answered(self, want: Want, _value: object) -> None:
        if want.kind == "geometry":  # what is on these pages could not be painted before
            self._repaint()

    def _repaint(self) -> None:
        self.page.canvas.viewport().update()

    # -- marking text

    def _color(self, number: int) -> None:
        """Use a colour of the palette: for what is selected, else from now on."""
        self.color = PALETTE[number].name
        if not self._mark(Kind.HIGHLIGHT):
            self.page.statusChanged.emit(self.tr("Colour: {}").format(self.named(self.color)))

    color_1 = partialmethod(_color, 0)
    color_2 = partialmethod(_color, 1)
    color_3 = partialmethod(_color, 2)
    color_4 = partialmethod(_color, 3)
    color_5 = partialmethod(_color, 4)
    color_6 = partialmethod(_color, 5)
    color_7 = partialmethod(_color, 6)
    color_8 = partialmethod(_color, 7)

    def _kind(self, kind: Kind) -> None:
        if not self._mark(kind):
            self.page.statusChanged.emit(self.tr("Select text first."))

    highlight = partialmethod(_kind, Kind.HIGHLIGHT)
    underline = partialmethod(_kind, Kind.UNDERLINE)
    strike_out = partialmethod(_kind, Kind.STRIKEOUT)
    squiggle = partialmethod(_kind, Kind.SQUIGGLY)

    def _mark(self, kind: Kind, card: str = "") -> bool:
        """Mark the selected text; False when there is none."""

        def add(made: Annotation) -> None:
            self._add(replace(made, card=card))

        return self.making.make(kind, self.color, add)

    def _add(self, made: Annotation) -> str:
        [uid] = self.store.add([made])
        self.page.choose_text(None)
        told = self.tr("{}: {}").format(kind_name(made.kind), self.named(made.color))
        self.page.statusChanged.emit(told)
        return uid

    def named(self, color: str) -> str:
        """A colour with what it means: "green, result"."""
        meaning = self.store.meanings.get(color, "")
        return f"{color_name(color)}, {meaning}" if meaning else color_name(color)

    # -- painting

    def paint_page(self, painter: QPainter, view: PageView) -> None:
        pdf = self.page.pdf
        found = self.store.on(view.page)
        geometry = pdf.geometry(view.page) if pdf is not None and found else None
        if geometry is not None:
            drawings = (self._drawings.of(one, view.page, geometry) for one in found)
            painting.paint(painter, view, [made for made in drawings if made is not None])

    def paint_view(self, painter: QPainter, ratio: float) -> None:
        del painter, ratio
