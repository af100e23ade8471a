"""Presentation: one page at a time on the whole screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from reader.domain.errors import ReaderError
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.tasks import Err, Ok, Tasks
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.engine_type import OpenDocument
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.painting import device_painter
from reader.ui.viewer.pictures import Sheet, sheet
from reader.ui.viewer.printing.filled import FilledDocument, with_additions

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

_PRIORITY = 150
_HIDE_CURSOR = 1500  # ms without a move
_KEPT = 2  # pages kept to either side
_NEXT = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Space,
         Qt.Key.Key_Return, Qt.Key.Key_N, Qt.Key.Key_J)  # fmt: skip
_PREVIOUS = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace,
             Qt.Key.Key_P, Qt.Key.Key_K)  # fmt: skip
_BLANK = {Qt.Key.Key_B: QColor("black"), Qt.Key.Key_W: QColor("white")}


class Stage(QWidget):
    """The screen that shows a document; `ended` with the page it was left at."""

    ended = Signal(int)
    turned = Signal(int)

    def __init__(self, engine: Any, pdf: PdfView, first: int, parent: QWidget | None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("presentation")
        self.setWindowTitle(self.tr("Presentation"))
        self.setAccessibleName(self.tr("Presentation"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._engine = engine
        self._pdf = pdf
        self._tasks = Tasks(self)
        self.number = first
        self._doc = pdf.doc
        self._sheets: dict[int, Sheet] = {}
        self._stale: set[int] = set()  # pages whose sheet lacks what was added to the document
        self._asked: dict[int, Any] = {}
        self._failed: set[int] = set()
        self._blank: QColor | None = None
        self._wheel = 0
        self._cursor = QTimer(self, singleShot=True, interval=_HIDE_CURSOR)
        self._cursor.timeout.connect(lambda: self.setCursor(Qt.CursorShape.BlankCursor))

    def put_on(self, doc: OpenDocument) -> None:
        """Show the same pages with what was added to them."""
        self._doc = doc
        self._drop_asked()
        self._stale = set(self._sheets)
        self._failed.clear()
        self._ask()

    def _drop_asked(self) -> None:
        for future in self._asked.values():
            future.cancel()
        self._asked.clear()

    # -- turning

    def turn_to(self, number: int) -> None:
        """Show a page, as far as there are pages."""
        self._blank = None
        number = min(max(number, 0), self._pdf.pages - 1)
        if number != self.number:
            self.number = number
            self.turned.emit(number)
        self._ask()
        self.update()

    def _ask(self) -> None:
        """Have the page rendered, and those beside it; the rest is forgotten."""
        near = [self.number, self.number + 1, self.number - 1]
        keep = range(self.number - _KEPT, self.number + _KEPT + 1)
        self._sheets = {page: kept for page, kept in self._sheets.items() if page in keep}
        for page in [page for page in self._asked if page not in keep]:
            self._asked.pop(page).cancel()
        for rank, page in enumerate(near):
            drawn = page in self._sheets and page not in self._stale
            known = drawn or page in self._asked or page in self._failed
            if not known and 0 <= page < self._pdf.pages:
                future = self._engine.render(
                    self._doc, page, self._scale(page), priority=_PRIORITY - rank
                )
                self._asked[page] = future
                self._tasks.follow(future, partial(self._arrived, page, future), self)

    def _scale(self, page: int) -> float:
        width, height = self._pdf.size_of(page)
        ratio = self.devicePixelRatioF()
        return max(min(self.width() * ratio / width, self.height() * ratio / height), 0.01)

    def _arrived(self, page: int, future: Any, answer: Ok[Any] | Err) -> None:
        if self._asked.get(page) is not future:
            return
        del self._asked[page]
        match answer:
            case Ok(picture):
                self._sheets[page] = sheet(picture)
                self._stale.discard(page)
            case Err():
                self._failed.add(page)
        if page == self.number:
            self.update()

    # -- Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        ratio = self.devicePixelRatioF()
        painter = QPainter(self)
        device_painter(painter, ratio)
        whole = QRect(0, 0, round(self.width() * ratio), round(self.height() * ratio))
        painter.fillRect(whole, self._blank or QColor("black"))
        shown = self._sheets.get(self.number)
        if self._blank is None and shown is not None:
            size = shown.image.size()
            corner = QPoint(
                (whole.width() - size.width()) // 2, (whole.height() - size.height()) // 2
            )
            painter.drawImage(corner, shown.image)
        elif self._blank is None and self.number in self._failed:
            painter.setPen(QColor("#9aa0a8"))
            text = self.tr("Page {} could not be drawn").format(self._pdf.label(self.number))
            font = self.font()
            font.setPixelSize(round(16 * ratio))
            painter.setFont(font)
            painter.drawText(whole, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drop_asked()
        self._sheets.clear()
        self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_F7, Qt.Key.Key_Q):
            self.close()
        elif key in _NEXT:
            self.turn_to(self.number + 1)
        elif key in _PREVIOUS:
            self.turn_to(self.number - 1)
        elif key == Qt.Key.Key_Home:
            self.turn_to(0)
        elif key == Qt.Key.Key_End:
            self.turn_to(self._pdf.pages - 1)
        elif key in _BLANK:
            self._blank = None if self._blank is not None else _BLANK[key]
            self.update()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        match event.button():
            case Qt.MouseButton.LeftButton | Qt.MouseButton.ForwardButton:
                self.turn_to(self.number + 1)
            case Qt.MouseButton.RightButton | Qt.MouseButton.BackButton:
                self.turn_to(self.number - 1)
            case _:
                super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.unsetCursor()
        self._cursor.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._wheel -= event.angleDelta().y()
        steps = int(self._wheel / 120)  # towards zero, for both directions
        self._wheel -= steps * 120
        if steps:
            self.turn_to(self.number + steps)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._drop_asked()
        self._tasks.close()
        super().closeEvent(event)
        self.ended.emit(self.number)


class Presentation(Feature):
    """Opens the stage, and goes on where it was left."""

    name = "presentation"
    rows = (
        Command(
            "viewer.presentation", QT_TRANSLATE_NOOP("Commands", "Presentation"), "viewer",
            "presentation.start", ("F7",), "presentation", "View", 2, enabled="document",
        ),
    )  # fmt: skip

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.stage: Stage | None = None
        self._copy: FilledDocument | None = None

    def start(self) -> None:
        """Show the page the reader is on, on the whole screen."""
        if self.page.pdf is None or self.stage is not None:
            return
        current = self.page.canvas.camera.current()
        self.stage = Stage(self.page.engine, self.page.pdf, current, self.page.window())
        self.stage.ended.connect(self._ended)
        self.stage.showFullScreen()
        self.stage.setFocus()
        self._copy = with_additions(self.page, self, annotations=True)
        if self._copy is not None:
            self._copy.ready.connect(self.stage.put_on)
            self._copy.failed.connect(self._lacks)

    def _lacks(self, error: ReaderError) -> None:
        """The document is presented as the file has it."""
        if self.page.home is not None:
            self.page.home.desk.notices.error(error)

    def left(self) -> None:
        if self.stage is not None:
            self.stage.close()

    def _ended(self, number: int) -> None:
        stage, self.stage = self.stage, None
        copy, self._copy = self._copy, None
        if stage is not None:
            stage.deleteLater()
        if copy is not None:
            copy.close()
        if self.page.pdf is not None and number != self.page.canvas.camera.current():
            self.page.go_to_page(number)
