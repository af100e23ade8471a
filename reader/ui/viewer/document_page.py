"""Opening, showing and closing a document, and telling where the reader is.

The engine is asked and never waited for.  Whatever the file does, the page
stays alive: a wrong password, a damaged file, a page that cannot be drawn each
have their place on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from reader.domain.annotation import ReadingPosition
from reader.domain.errors import CancelledError, ReaderError
from reader.pdf.protocol import OutlineItem, PdfEncrypted
from reader.ui.tasks import Answer, Err, Ok, Tasks, answer_of
from reader.ui.theme import Theme
from reader.ui.viewer.cover import Cover
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.engine_type import OpenDocument, PdfEngine
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.frame import ViewerFrame
from reader.ui.viewer.history import History, Places
from reader.ui.viewer.home import Home
from reader.ui.viewer.panels import FaultPanel
from reader.ui.widgets.outwards import focus_in

_OPEN = 200  # the priority of opening: before any picture of another tab
_QUIET = 300  # ms without a move before the position is told
_DESCRIBED = 4_000  # characters of the page told to a screen reader


class DocumentPage(ViewerFrame):
    """The life of a document in the page; what can be done with it is ViewerPage's."""

    positionChanged = Signal(object)  # noqa: N815 - ReadingPosition
    titleChanged = Signal(str)  # noqa: N815
    openUrlRequested = Signal(str)  # noqa: N815
    showInFolderRequested = Signal(object)  # noqa: N815 - Path
    statusChanged = Signal(str)  # noqa: N815
    pagesWanted = Signal()  # noqa: N815 - something works on the pages: they are to be seen
    failed = Signal(object)  # ReaderError
    named = Signal()  # a page made ahead is given its document
    showing = Signal()  # a document is about to be laid out: what takes room is to be there
    opened = Signal(object)  # DocumentInfo
    arrived = Signal()  # there is something new to be seen of a page
    troubled = Signal(object)  # ReaderError of something that was asked for; the page goes on
    conditionsChanged = Signal(object)  # noqa: N815 - dict of condition: bool, for the commands

    def __init__(
        self,
        engine: PdfEngine,
        path: Path | None,
        *,
        title: str = "",
        position: ReadingPosition | None = None,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        # The file is read while widgets are made.
        opening = engine.open(path, priority=_OPEN) if path is not None else None
        super().__init__(theme, parent)
        self.features: list[Feature] = []
        self.home: Home | None = None
        self.path = path or Path()
        self.title = title
        self.ahead = path is None  # there is no document yet: `read` names it
        self.pdf: PdfView | None = None
        self.error: ReaderError | None = None
        self.lost = False  # whether the file of a paper is missing
        self.engine = engine
        self.cover = Cover(self)
        self._tasks = Tasks(self)
        self._opening: Future[Any] | None = None
        self._history: Places = History[ReadingPosition]()
        self._start = position
        self._told: ReadingPosition | None = position
        self._page = -1
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET)
        self._quiet.timeout.connect(self._tell_position)
        self._connect()
        self.bar.set_open(False)
        self.tell_conditions()
        if opening is not None:
            self.cover.say(title or self.path.stem)
            self._await(opening)

    def read(
        self, path: Path, title: str, position: ReadingPosition | None, *, soon: bool = True
    ) -> None:
        """Open a document in a page that was made without one.

        Its picture is going to be there `soon`, unless the window has other things to do.
        """
        opening = self.engine.open(path, priority=_OPEN)
        self.ahead = False
        self.path, self.title = path, title
        self._start = self._told = position
        self.cover.say(title or path.stem)
        self.named.emit()
        self.cover.hold(soon=soon)
        self._await(opening)

    def live_in(self, home: Home) -> None:
        """Belong to a window, and to the paper of its library that this is a file of."""
        self.home = home

    def _connect(self) -> None:
        self.canvas.moved.connect(self._moved)
        self.canvas.zoomed.connect(self._zoomed)
        self.arrived.connect(self.cover.take_off)
        self.page_faults.retried.connect(self._retry_page)

    def _attend_fault(self, fault: FaultPanel) -> None:
        fault.retried.connect(self.retry)
        fault.folder_wanted.connect(lambda: self.showInFolderRequested.emit(self.path))

    def _unlock(self, password: str) -> None:
        self._open(password)

    # -- opening and closing

    def _open(self, password: str = "", *, typed: bool = True) -> None:
        self._await(self.engine.open(self.path, password, priority=_OPEN), password, typed=typed)

    def _await(self, future: Future[Any], password: str = "", *, typed: bool = True) -> None:
        self._opening = future
        self.cover.put_on()
        self.statusChanged.emit(self.tr("Opening…"))
        opened = partial(self._opened, future, password, typed)
        self._tasks.follow(future, partial(self._in_next_turn, opened), self)

    def begin_early(self, width: int, height: int) -> None:
        """Show a document that is open before the window is: its picture is drawn meanwhile.

        The view is going to have about that size, pixels; the first layout says which.
        """
        future = self._opening
        if future is None or not future.done() or self.window().isVisible():
            return
        self.canvas.viewport().resize(width, height)
        self._opened(future, "", False, answer_of(future))

    def _in_next_turn(self, take: Callable[[Answer], None], answer: Answer) -> None:
        """In the same turn making a page and showing it would be more than the window may wait."""
        QTimer.singleShot(0, self, partial(take, answer))

    def _opened(
        self, future: Future[Any], password: str, typed: bool, answer: Ok[Any] | Err
    ) -> None:
        if future is not self._opening:
            return
        self._opening = None
        match answer:
            case Ok(doc):
                if password and self.home is not None:
                    self.home.passwords.remember(self.path, password)
                self._show(doc)
            case Err(PdfEncrypted()) if not password and self.known_password():
                self._open(self.known_password(), typed=False)
            case Err(PdfEncrypted()):
                self.stack.setCurrentWidget(self.password)
                self.password.ask(wrong=bool(password) and typed)
                self.statusChanged.emit(self.tr("This document asks for a password"))
            case Err(CancelledError()):
                pass
            case Err(error):
                self._refuse(error)

    def known_password(self) -> str:
        """The file's password, typed earlier in this session; "" for none."""
        return self.home.passwords.of(self.path) if self.home is not None else ""

    def show_instead(self, doc: OpenDocument) -> None:
        """Show a newer state of the file, opened already, at the place the reader is.

        The pictures of before are seen until there are new ones.
        """
        pictures, pages = self.canvas.pictures, self.canvas.camera.visible()
        self._drop_document()
        pictures.grow_old(pages)
        self.canvas.pictures = pictures
        self._show(doc)

    def _show(self, doc: OpenDocument) -> None:
        self.error = None
        self.pdf = pdf = PdfView(self.engine, doc, self.canvas, self._tasks)
        pdf.loader.failed.connect(self.page_faults.place)
        pdf.loader.quarantined.connect(self._refuse)
        pdf.loader.texted.connect(self._describe)
        pdf.outlined.connect(self._outlined)
        pdf.outline_failed.connect(lambda error: self.sections.show_failure(error.message))
        pdf.labelled.connect(self._show_page)
        self._attend(pdf)
        focused = self.stack.isAncestorOf(focus_in(self) or self) or self.hasFocus()
        self.stack.setCurrentWidget(self.canvas)
        if focused:
            self.canvas.setFocus()
        self.canvas.show_document(pdf.loader)
        pdf.loader.arrived.connect(self._page_arrived)
        self.showing.emit()
        # The first picture is asked for now, so the canvas must have its size by now.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        pdf.loader.begin()
        self.canvas.restore(self._start or ReadingPosition(zoom=self.canvas.zoom))
        pdf.begin()
        self.bar.set_open(True)
        if not self.title and doc.info.title:
            self.title = doc.info.title
        self.titleChanged.emit(self.title or self.path.stem)
        self._ready(pdf)
        self.opened.emit(doc.info)
        self._tell_opened()

    def _page_arrived(self, page: int) -> None:
        if page >= 0:  # else a hint is due, that there is nothing yet
            self.arrived.emit()

    def _tell_opened(self) -> None:
        """Have the commands follow what was opened."""
        self.tell_conditions()

    def _attend(self, pdf: PdfView) -> None:
        """Connect what a document reports; for ViewerPage."""

    def _ready(self, pdf: PdfView) -> None:
        """A document is open and shown; for ViewerPage."""

    def _leave(self, pdf: PdfView) -> None:
        """A document is about to be closed; for ViewerPage."""

    def _outlined(self, items: Sequence[OutlineItem]) -> None:
        self.sections.set_items(items)
        self._moved()
        self.panel.filled(self.canvas)

    def _retry_page(self, page: int) -> None:
        if self.pdf is not None:
            self.pdf.loader.retry(page)
            self.page_faults.place()

    def _refuse(self, error: ReaderError) -> None:
        """The document cannot be shown (any more)."""
        self._drop_document()
        self.error = error
        kept = self.home is not None and bool(self.home.attachment)
        there = self.path.exists()
        self.lost = kept and not there
        self.fault.explain(error, self.path.name if self.lost else "", there=there)
        self.stack.setCurrentWidget(self.fault)
        self.statusChanged.emit(error.message)
        self.failed.emit(error)

    def retry(self) -> None:
        """Load the file anew, also one that crashed the engine before."""
        self._drop_document()
        self.engine.release(self.path)
        self._open()

    def close_document(self) -> None:
        """Free everything; the page shows nothing any more.  Safe to call twice."""
        if self.pdf is not None:
            for feature in self.features:
                feature.closed()
        self._drop_document()
        self._tasks.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_document()
        super().closeEvent(event)

    def _give_up_opening(self) -> None:
        future, self._opening = self._opening, None
        if future is None or future.cancel():
            return
        if future.exception() is None:  # opened, and not shown yet
            self.engine.forget(future.result())

    def _drop_document(self) -> None:
        self._give_up_opening()
        if self.pdf is None:
            return
        self._quiet.stop()
        self._tell_position()
        self._start = self.canvas.position()
        self._leave(self.pdf)
        self.pdf.close()
        self.pdf.deleteLater()
        self.pdf = None
        self.canvas.clear()
        self.page_faults.place()
        self.sections.set_items(())
        self.bar.set_open(False)
        self._page = -1
        self.tell_conditions()

    # -- where the reader is

    def position(self) -> ReadingPosition | None:
        """Where the reader is; where they were when nothing is shown."""
        return self.canvas.position() if self.pdf is not None else self._start

    def show_position(self, place: ReadingPosition) -> None:
        """Go to a place, as soon as there is a document."""
        self._start = place
        if self.pdf is not None:
            self.canvas.go_to(place)

    def share_history(self, history: Places) -> None:
        """Go back and forward through the places of a whole window from now on."""
        self._history = history

    def _moved(self) -> None:
        if self.pdf is None:
            return
        self._quiet.start()
        page = self.canvas.camera.current()
        if page != self._page:
            self._page = page
            self._show_page()
            self._describe(page)
        camera = self.canvas.camera
        # One reads in the upper part of the view; what is just below its top has been read.
        place = camera.spot(0, camera.height / 4)
        self.sections.mark(place.page, max(place.y, 0.0), camera.landing())

    def _show_page(self) -> None:
        if self.pdf is None:
            return
        label = self.pdf.label(self._page)
        self.bar.show_page(label, self._page + 1, self.pdf.pages)
        self.statusChanged.emit(self.status())

    def status(self) -> str:
        """The sentence for the status bar."""
        if self.pdf is None:
            return self.error.message if self.error else ""
        number, pages = self._page + 1, self.pdf.pages
        label = self.pdf.label(self._page)
        if label == str(number):
            place = self.tr("page {} of {}").format(number, pages)
        else:
            place = self.tr("page {} ({} of {})").format(label, number, pages)
        told = (feature.status() for feature in self.features)
        return " · ".join([place, *filter(None, told)])

    def _zoomed(self) -> None:
        if self.pdf is not None:
            self.bar.show_zoom(self.canvas.factor, self.canvas.zoom)

    def _tell_position(self) -> None:
        if self.pdf is None:
            return
        now = self.canvas.position()
        if now != self._told:
            self._told = now
            self.positionChanged.emit(now)

    def _describe(self, page: int) -> None:
        """Give the text of the page to screen readers."""
        text = self.canvas.content.text(page) if page == self._page else None
        if text is not None:
            words = text.copy(0, min(len(text.chars), _DESCRIBED))
            self.canvas.setAccessibleDescription(words)

    def tell_conditions(self) -> None:
        """Say what holds now: the commands and buttons follow."""
        conditions = self.conditions()
        self.bar.back.setEnabled(conditions["can_go_back"])
        self.bar.forward.setEnabled(conditions["can_go_forward"])
        self.bar.outline.setChecked(self.panel.isVisibleTo(self))
        self.bar.search.setChecked(self.finding)
        self.conditionsChanged.emit(conditions)

    def conditions(self) -> dict[str, bool]:
        """What the commands' rows ask for."""
        chosen = self.canvas.selection
        is_open = self.pdf is not None
        return {
            "document": is_open,
            "searchable": is_open or self._opening is not None,
            "finding": is_open and self.pdf is not None and bool(self.pdf.find.needle),
            "text_selected": chosen is not None and not chosen.empty,
            "can_go_back": is_open and self._history.can_go_back,
            "can_go_forward": is_open and self._history.can_go_forward,
            "outline": self.panel.shows("outline"),
            "notes": self.side is not None,
            "notes_shown": self.side is not None and self.side.isVisibleTo(self),
        }
