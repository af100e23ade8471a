"""A document with a filled form or annotations of the library, as it is printed and presented.

It is a copy, made for the job and removed after it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from reader.domain.errors import ReaderError
from reader.pdf.protocol import ChangedCopy
from reader.services import whole_files
from reader.ui.tasks import Err, Ok, Tasks
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.engine_type import OpenDocument
from reader.ui.viewer.file.feature import FileActions, Stamp, pieces
from reader.ui.viewer.file_marks import FileMarks
from reader.ui.viewer.form.feature import Form
from reader.ui.viewer.home import Home

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

_NAME = "copy.pdf"
_PRIORITY = 60  # someone waits for it


class FilledDocument(QObject):
    """Writes a document with what was added to it into a folder only the user can read, opens it.

    `close` must be called, also after `failed`.
    """

    ready = Signal(object)  # OpenDocument
    failed = Signal(object)  # ReaderError

    def __init__(self, pdf: PdfView, home: Home, password: str, parent: QObject) -> None:
        super().__init__(parent)
        self._engine, self._source = pdf.engine, pdf.doc
        self._home = home
        self._password = password
        self._tasks = Tasks(self)
        self._future: Future[Any] | None = None
        self._folder: Path | None = None
        self._doc: OpenDocument | None = None
        self._closed = False

    def make(self, path: Path, stamp: Stamp | None, values: Mapping[str, str]) -> None:
        """Begin; `stamp` says that the file at `path` is the one that was opened."""
        future = self._engine.filled(self._source, values, priority=_PRIORITY)
        self._ask(future, partial(self._write, path, stamp))

    def make_by(self, writes: Callable[[Path], object]) -> None:
        """Begin with a work that writes the copy to the path it is given, and may take long."""
        self._write_by(writes)

    def close(self) -> None:
        """Remove the copy."""
        self._closed = True
        if self._future is not None:
            self._future.cancel()
        if self._doc is not None:
            self._engine.forget(self._doc)
            self._doc = None
        self._remove()
        self.deleteLater()

    def _remove(self) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _ask(self, future: Future[Any], then: Any) -> None:
        self._future = future

        def answered(answer: Ok[Any] | Err) -> None:
            self._future = None
            if self._closed:
                return
            match answer:
                case Ok(value):
                    then(value)
                case Err(error):
                    self.failed.emit(error)

        self._tasks.follow(future, answered, self)

    def _write(self, path: Path, stamp: Stamp | None, copy: ChangedCopy) -> None:
        self._write_by(lambda target: whole_files.write(pieces(path, copy, stamp), target))

    def _write_by(self, writes: Callable[[Path], object]) -> None:
        def work() -> Path:
            folder = Path(tempfile.mkdtemp(prefix="paper-reader-"))
            try:
                writes(folder / _NAME)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            return folder

        # The window owns the answer: the folder must be removed although this is gone by then.
        self._home.desk.read(work, then=self._open, failed=self._refused)

    def _open(self, folder: Path) -> None:
        self._folder = folder
        if self._closed:
            self._remove()
            return
        future = self._engine.open(folder / _NAME, self._password, priority=_PRIORITY)
        self._ask(future, self._opened)

    def _opened(self, doc: OpenDocument) -> None:
        self._doc = doc
        self.ready.emit(doc)

    def _refused(self, error: ReaderError) -> None:
        if not self._closed:
            self.failed.emit(error)


def with_additions(
    page: ViewerPage, parent: QObject, *, annotations: bool
) -> FilledDocument | None:
    """What was added to a page's document, on its way; None where nothing was."""
    pdf, home = page.pdf, page.home
    values, marks = page.feature(Form).entered(), page.feature(FileMarks)
    annotated = annotations and marks.kept
    if pdf is None or home is None or not (values or annotated):
        return None
    copy = FilledDocument(pdf, home, page.known_password(), parent)
    if annotated:
        copy.make_by(marks.copying(values))
    else:
        copy.make(page.path, page.feature(FileActions).stamp, values)
    return copy
