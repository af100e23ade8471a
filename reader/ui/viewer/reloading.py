"""A file that changes on disk is shown anew, at the same place, once it is whole.

LaTeX replaces its PDF or cuts it short and writes for seconds: the file must
have been left alone for a while, and must open without being mended.  Until
then the pages of before stay.
"""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QFileSystemWatcher, QTimer

from reader.domain.errors import CancelledError
from reader.ui.tasks import Err, Ok, Tasks
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.engine_type import OpenDocument
from reader.ui.viewer.feature import Feature

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

Stamp = tuple[int, int, int]  # of a file: when written, how large, which one

_QUIET = 350  # ms without a change before the file is looked at
_MENDED = 3000  # ms after which a file that had to be mended is taken as it is
_PRIORITY = 190


class Reloading(Feature):
    """Watches the file that is shown."""

    name: ClassVar[str] = "reloading"

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self._tasks = Tasks(self)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._changed)
        self._watcher.directoryChanged.connect(self._changed)
        self._look = QTimer(self, singleShot=True, interval=_QUIET)
        self._look.timeout.connect(self._looked)
        self._shown: Stamp | None = None  # of the file as it is shown
        self._last: Stamp | None = None  # of the file when it was looked at last
        self._mended: Stamp | None = None  # of a file that did not open without mending
        self._opening: Future[Any] | None = None
        page.failed.connect(self._watch)

    def opened(self, pdf: PdfView) -> None:
        del pdf
        self._watch()

    def followed(self) -> None:
        self.left()
        self._watch()

    def left(self) -> None:
        self._look.stop()
        self._give_up()
        if paths := [*self._watcher.files(), *self._watcher.directories()]:
            self._watcher.removePaths(paths)

    def _watch(self) -> None:
        self._shown = self._last = self._stamp()
        self._mended = None
        self._keep_watching()

    def _keep_watching(self) -> None:
        """A file that was replaced is a new one to the watcher; its folder tells of it."""
        path = self.page.path.absolute()
        missing = {str(path), str(path.parent)}
        missing -= {*self._watcher.files(), *self._watcher.directories()}
        if found := [one for one in missing if one == str(path.parent) or path.exists()]:
            self._watcher.addPaths(found)

    def _changed(self) -> None:
        self._look.start(_QUIET)

    def _stamp(self) -> Stamp | None:
        try:
            found = self.page.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _looked(self) -> None:
        """Open the file when it is another one, and has come to rest."""
        self._keep_watching()
        stamp = self._stamp()
        if stamp is None or stamp == self._shown:
            return  # gone for the moment, or another file of the folder
        if stamp != self._last or not stamp[1]:
            self._last = stamp
            self._look.start(_QUIET)
            return
        if self.page.pdf is None:
            self._shown = stamp
            self.page.retry()
            return
        self._give_up()
        engine = self.page.pdf.engine
        engine.release(self.page.path)
        password = self.page.known_password()
        self._opening = future = engine.open(self.page.path, password, priority=_PRIORITY)
        self._tasks.follow(future, partial(self._opened, future, stamp), self)

    def _opened(self, future: Future[Any], stamp: Stamp, answer: Ok[Any] | Err) -> None:
        pdf = self.page.pdf
        current = future is self._opening and pdf is not None
        if current:
            self._opening = None
        match answer:
            case Ok(doc) if pdf is not None and not current:
                pdf.engine.forget(doc)
            case Ok(doc) if pdf is not None:
                if self._stamp() != stamp:  # written to meanwhile
                    pdf.engine.forget(doc)
                    self._look.start(_QUIET)
                elif doc.info.repaired and not pdf.doc.info.repaired and self._mended != stamp:
                    self._mended = stamp
                    pdf.engine.forget(doc)
                    self._look.start(_MENDED)
                else:
                    self._show_instead(doc)
                    self.page.statusChanged.emit(self.tr("The file has changed and is shown anew"))
            case Err(error) if current and not isinstance(error, CancelledError):
                self._shown = stamp  # until it changes again
                self.page.statusChanged.emit(
                    self.tr("The file has changed but cannot be opened; the pages of before stay")
                )
            case _:
                pass

    def _show_instead(self, doc: OpenDocument) -> None:
        """Show the newer state; the find bar stays, and what it asks for is found anew."""
        page = self.page
        before = page.pdf.find.current if page.pdf is not None else None
        finding = page.finding
        focused = finding and page.find_bar.field.hasFocus()
        page.show_instead(doc)
        if not finding or page.pdf is None:
            return
        bar = page.find_bar
        bar.show()
        if focused:
            bar.field.setFocus()
        here = page.canvas.camera.current(), 0
        page.pdf.find.start(bar.query, (before or here)[0], again=before or here)
        page.tell_conditions()

    def _give_up(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None
