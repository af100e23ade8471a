"""Replacing a paper's file in the window: read, placed, written, told; always to be cancelled."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from reader.domain.errors import CancelledError, ReaderError
from reader.services import replacing
from reader.services.import_plan import Progress
from reader.services.lanes import to_the_end, watched
from reader.services.replacing import Plan, Replaced, Replacing
from reader.ui.desk import Desk
from reader.ui.notices import ProgressNotice

if TYPE_CHECKING:
    from reader.services.texts import Texts

Steps = Callable[[Replacing], Generator[Progress, None, Plan]]


class FileReplacer(QObject):
    """Gives the slot of a paper (its uid) or of an attachment another file."""

    rest_wanted = Signal(str)  # the slot as it was named: to place what was not certain

    _progress = Signal(object, object)

    def __init__(self, desk: Desk, engine: Any, texts: Texts, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._work = Replacing(desk.reader, engine, texts)
        self._window = window
        self._progress.connect(self._show_progress)

    def choose(self, slot: str) -> None:
        """Ask for the file, and replace."""
        dialog = QFileDialog(self._window, self.tr("Replace file"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("PDF files (*.pdf *.PDF)"), self.tr("All files (*)")])
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Replace"))
        dialog.fileSelected.connect(lambda file: self.replace(slot, Path(file)))
        dialog.open()

    def replace(self, slot: str, path: Path) -> None:
        """Replace by a file; the one of before stays in the library's folder for undo."""
        self._run(slot, lambda work: work.plan(slot, path))

    def place_again(self, slot: str) -> None:
        """Find the annotations again in a file that was written over."""
        self._run(slot, lambda work: work.plan_in_place(slot))

    def _run(self, slot: str, steps: Steps) -> None:
        stop = Event()
        card = self._desk.notices.progress(self.tr("Reading both files…"), stop.set)

        def see(progress: Progress) -> None:
            if stop.is_set():
                raise CancelledError(self.tr("Cancelled; the file is as it was."))
            self._progress.emit(card, progress)

        def plan() -> Plan:
            return to_the_end(watched(steps(self._work), see))

        def planned(plan: Plan) -> None:
            card.dismiss()
            self._desk.write(
                replacing.commit, plan, then=lambda done: self._tell(slot, done), owner=self
            )

        def failed(error: ReaderError) -> None:
            card.dismiss()
            if isinstance(error, CancelledError):
                self._desk.notices.info(error.message)
            else:
                self._desk.notices.error(error)

        self._desk.read(plan, then=planned, failed=failed, owner=self)

    def _show_progress(self, card: ProgressNotice, progress: Progress) -> None:
        try:
            card.progress(progress.done, progress.total)
        except RuntimeError:  # dismissed meanwhile
            return

    def _tell(self, slot: str, done: Replaced) -> None:
        notices, waiting = self._desk.notices, len(done.unplaced)
        if not (done.stayed or done.moved or waiting):
            notices.ok(self.tr("The file was replaced."), (self.tr("Undo"), self._desk.undo))
            return
        text = self.tr("{} annotations stayed, {} moved, {} need you.").format(
            done.stayed, done.moved, waiting
        )
        if waiting:
            notices.info(text, (self.tr("Place the rest"), lambda: self.rest_wanted.emit(slot)))
        else:
            notices.ok(text, (self.tr("Undo"), self._desk.undo))
