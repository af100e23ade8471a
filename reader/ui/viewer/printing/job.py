"""A print job: bands of pages, rendered one after the other, painted as they come.

The window never waits: a band is handed to the printer in slices, and between
two slices the event loop runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from reader.domain.errors import CancelledError, ReaderError
from reader.domain.value import dataclass
from reader.pdf.protocol import PageGeometry, Picture
from reader.ui.tasks import Err, Ok, Tasks
from reader.ui.viewer.engine_type import OpenDocument, PdfEngine
from reader.ui.viewer.pictures import Sheet, sheet
from reader.ui.viewer.printing.plan import Band, Placing, bands, place, resolution

_PRIORITY = 8  # after all that is on the screen
_SHARPEST = 600  # dots an inch that are rendered; more is not seen
_SLICE = 200_000  # pixels the printer takes in a turn; it compresses them, in 8 ms


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be printed."""

    pages: Sequence[int]
    fit: bool = True
    annotations: bool = True
    turn: bool = True  # the paper, for pages that lie across


class PrintJob(QObject):
    """Prints a wish; says which page it is at, and how it ended."""

    progressed = Signal(int, int)  # pages done, pages in all
    finished = Signal(int)  # pages that could not be drawn and were left blank
    failed = Signal(object)  # ReaderError

    def __init__(
        self,
        engine: PdfEngine,
        doc: OpenDocument,
        printer: QPrinter,
        wish: Wish,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._doc = doc
        self._printer = printer
        self._wish = wish
        self._tasks = Tasks(self)
        self._painter: QPainter | None = None
        self._future: Future[Any] | None = None
        self._done = 0
        self._sheet: Sheet | None = None
        self._blank: set[int] = set()
        self._bands: Iterator[Band] = iter(())
        self._placing = Placing(1.0, 0.0, 0.0)
        self._scale = 1.0

    def start(self) -> None:
        """Begin with the first page."""
        self._page()

    def cancel(self) -> None:
        """Stop; what the printer has is its own."""
        self._printer.abort()
        self._end()
        self.failed.emit(CancelledError(self.tr("Printing was cancelled.")))

    def _ask(self, future: Future[Any], then: Any) -> None:
        self._future = future
        self._tasks.follow(future, partial(self._answered, future, then), self)

    def _answered(self, future: Future[Any], then: Any, answer: Ok[Any] | Err) -> None:
        if future is self._future:
            self._future = None
            then(answer)

    def _page(self) -> None:
        """Find the size of the next page; at the end, be done."""
        if self._done >= len(self._wish.pages):
            self._end()
            self.finished.emit(len(self._blank))
            return
        self.progressed.emit(self._done, len(self._wish.pages))
        page = self._wish.pages[self._done]
        self._ask(self._engine.geometry(self._doc, page, 1, priority=_PRIORITY), self._measured)

    def _measured(self, answer: Ok[Any] | Err) -> None:
        match answer:
            case Ok([PageGeometry(size=size)]) | Ok((PageGeometry(size=size),)):
                if self._begin(size):
                    self._band()
            case _:
                self._skip()

    def _begin(self, size: tuple[float, float]) -> bool:
        """Begin a sheet of paper for a page; False when the printer refuses."""
        printer = self._printer
        if self._wish.turn:
            across = size[0] > size[1]
            way = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
            printer.setPageOrientation(way)
        if self._painter is None:
            painter = QPainter()
            if not painter.begin(printer):
                self._refused()
                return False
            painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
            self._painter = painter
        elif not printer.newPage():
            self._refused()
            return False
        paper = printer.pageLayout().paintRectPixels(printer.resolution())
        dots = printer.resolution() / 72
        self._placing = place(size, (paper.width(), paper.height()), dots, fit=self._wish.fit)
        self._scale = resolution(size, min(self._placing.scale, _SHARPEST / 72))
        self._bands = bands(size, self._scale)
        return True

    def _band(self) -> None:
        band = next(self._bands, None)
        if band is None:
            self._done += 1
            self._page()
            return
        future = self._engine.render(
            self._doc,
            self._wish.pages[self._done],
            self._scale,
            clip=band.clip,
            priority=_PRIORITY,
            annotations=self._wish.annotations,
        )
        self._ask(future, partial(self._painted, band))

    def _painted(self, band: Band, answer: Ok[Any] | Err) -> None:
        match answer:
            case Ok(Picture() as picture):
                self._sheet = sheet(picture)
                self._slice(band, 0)
            case _:
                self._skip()

    def _slice(self, band: Band, row: int) -> None:
        """Hand a slice of the band that is here to the printer, the next one a turn later."""
        if self._painter is None or self._sheet is None:
            return
        image = self._sheet.image
        if row >= image.height():
            self._sheet = None
            self._band()
            return
        rows = min(max(_SLICE // image.width(), 1), image.height() - row)
        self._paint(image.copy(0, row, image.width(), rows), band.top + row)
        QTimer.singleShot(0, self, partial(self._slice, band, row + rows))

    def _paint(self, image: QImage, row: int) -> None:
        assert self._painter is not None
        ratio = self._placing.scale / self._scale
        top = self._placing.top + row * ratio
        target = QRectF(self._placing.left, top, image.width() * ratio, image.height() * ratio)
        self._painter.drawImage(target, image, QRectF(image.rect()))

    def _skip(self) -> None:
        """A page that cannot be drawn stays blank; the others are printed."""
        self._blank.add(self._done)
        self._done += 1
        self._page()

    def _refused(self) -> None:
        self._end()
        self.failed.emit(
            ReaderError(
                self.tr("The printer did not take the job; nothing was printed."),
                self.tr("See whether the printer is there, or print into a file."),
            )
        )

    def _end(self) -> None:
        if self._future is not None:
            self._future.cancel()
            self._future = None
        self._sheet = None
        if self._painter is not None:
            self._painter.end()
            self._painter = None
