"""The print command: the dialog, the job, its progress.

Qt's printing takes 10 ms to load, so dialog and job are handed in by `load`
after the first paint.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QMenu

from reader.domain.counting import counted
from reader.domain.errors import CancelledError, ReaderError
from reader.services import copies
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.notices import ProgressNotice
from reader.ui.viewer import files_out
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.engine_type import OpenDocument
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.printing.filled import FilledDocument, with_additions

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from reader.ui.viewer.printing.dialog import PrintDialog
    from reader.ui.viewer.printing.job import PrintJob, Wish

_loaded: list[tuple[type[PrintDialog], type[PrintJob]]] = []


def load(dialog: type[PrintDialog], job: type[PrintJob]) -> None:
    """Hand in what Qt's printing is needed for."""
    _loaded[:] = [(dialog, job)]


class Printing(Feature):
    """Prints the document, one job at a time."""

    name: ClassVar[str] = "printing"
    rows: ClassVar[tuple[Command, ...]] = (
        Command(
            "viewer.print", QT_TRANSLATE_NOOP("Commands", "Print…"), "viewer", "printing.ask",
            ("Ctrl+P",), "print", "Document", 7, enabled="document",
        ),
    )  # fmt: skip
    _job: PrintJob | None = None
    _copy: FilledDocument | None = None  # of a form with entries that are in no file
    _card: ProgressNotice | None = None
    _file: Path | None = None  # that is being printed into

    def ask(self) -> PrintDialog | None:
        """Ask what to print, then print it."""
        pdf = self.page.pdf
        if pdf is None or not _loaded:
            return None
        dialog = _loaded[0][0](pdf.pages, self.page.canvas.camera.current(), pdf.page_of, self.page)
        dialog.accepted.connect(lambda: self._accepted(dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _accepted(self, dialog: PrintDialog) -> None:
        wish = dialog.wish()
        title = self.page.title or self.page.path.stem
        if not dialog.into_file:
            self._print(wish, dialog.printer(title), None)
            return
        # The dialog is gone by the time a file is chosen.
        printer_into = dialog.printer_into

        def into(file: Path) -> None:
            try:
                copies.refuse_itself(self.page.path, file)
                self._refuse_place(file)
            except ReaderError as error:
                self._tell(error)
                return
            self._print(wish, printer_into(_partial(file), title), file)

        name = f"{self.page.path.stem}, printed.pdf"
        files_out.ask(
            self, self.tr("Print into a file"), files_out.safe_name(name, "printed.pdf"),
            [self.tr("PDF (*.pdf)")], into,
        )  # fmt: skip

    def _refuse_place(self, file: Path) -> None:
        """Qt tells of a file that cannot be written as of a printer that does not answer."""
        try:
            _partial(file).touch()
        except OSError as error:
            raise ReaderError(
                self.tr("{} could not be written ({}); nothing was printed.").format(
                    file, error.strerror
                ),
                self.tr("Choose another place."),
                str(error),
            ) from error

    def _print(self, wish: Wish, printer: QPrinter, file: Path | None) -> None:
        """Start the job; `file` is what it is printed into."""
        pdf = self.page.pdf
        if pdf is None:
            return
        self._stop()
        self._file = file
        home = self.page.home
        if home is not None:
            self._card = home.desk.notices.progress(self.tr("Printing…"), self._cancel)
        copy = self._copy = with_additions(self.page, self, annotations=wish.annotations)
        if copy is None:
            self._start(pdf, printer, wish, pdf.doc)
            return
        copy.ready.connect(lambda doc: self._start(pdf, printer, wish, doc))
        copy.failed.connect(self._failed)

    def _start(self, pdf: PdfView, printer: QPrinter, wish: Wish, doc: OpenDocument) -> None:
        job = self._job = _loaded[0][1](pdf.engine, doc, printer, wish, self)
        job.progressed.connect(self._progressed)
        job.finished.connect(self._finished)
        job.failed.connect(self._failed)
        job.start()

    def _cancel(self) -> None:
        self._card = None  # its own button takes it away
        self._stop()

    def _stop(self) -> None:
        """Give up what is being printed, or is being got ready for it."""
        if self._job is not None:
            self._job.cancel()
        elif self._copy is not None:
            self._failed(CancelledError(self.tr("Printing was cancelled.")))

    def _progressed(self, done: int, pages: int) -> None:
        if self._card is not None:
            self._card.progress(done, pages)
        self.page.statusChanged.emit(self.tr("Printing, page {} of {}…").format(done + 1, pages))

    def _finished(self, blank: int) -> None:
        self._over()
        home, file = self.page.home, self._file
        if file is not None:
            try:
                _partial(file).replace(file)
            except OSError as error:
                self._failed(
                    ReaderError(
                        self.tr("{} could not be written.").format(file.name), "", str(error)
                    )
                )
                return
        if home is not None and blank:
            one = self.tr("Printed; 1 page could not be drawn and stayed blank.")
            many = self.tr("Printed; {} pages could not be drawn and stayed blank.")
            home.desk.notices.warn(counted(blank, one, many))
        elif home is not None:
            home.desk.notices.ok(self.tr("Printed."))
        self.page.statusChanged.emit(self.page.status())

    def _failed(self, error: ReaderError) -> None:
        self._over()
        if self._file is not None:
            with contextlib.suppress(OSError):
                _partial(self._file).unlink(missing_ok=True)
        self._tell(error)
        self.page.statusChanged.emit(self.page.status())

    def _tell(self, error: ReaderError) -> None:
        home = self.page.home
        if home is not None and isinstance(error, CancelledError):
            home.desk.notices.info(error.line())
        elif home is not None:
            home.desk.notices.error(error)

    def _over(self) -> None:
        card, self._card = self._card, None
        job, self._job = self._job, None
        copy, self._copy = self._copy, None
        if card is not None:
            card.dismiss()
        if job is not None:
            job.deleteLater()
        if copy is not None:
            copy.close()

    def left(self) -> None:
        self._stop()

    def fill_menu(self, menu: QMenu, spot: Spot) -> None:
        del spot
        menu.addAction(self.tr("Print…")).triggered.connect(self.ask)


def _partial(file: Path) -> Path:
    """Where a file is printed until it is whole."""
    return file.with_name(f".{file.name[:80]}.printing.pdf")
