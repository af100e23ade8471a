"""Replacing a paper's file in the window: read, placed, written, told; always to be cancelled."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from reader.domain.counting import counted
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


class _Attempt:
    """One plan on its way from the lane to the window: taken there, or given up with its copy."""

    def __init__(self, discard: Callable[[Plan], None]) -> None:
        self._discard = discard
        self._lock = Lock()  # a plan is ready on a lane, and given up in the window
        self._plan: Plan | None = None
        self.over = False

    def ready(self, plan: Plan) -> None:
        """Leave the plan to be taken; discarded at once when it was given up meanwhile."""
        with self._lock:
            if not self.over:
                self._plan = plan
                return
        self._discard(plan)

    def take(self) -> Plan | None:
        """The plan for whoever carries it out; None once it was given up."""
        with self._lock:
            plan, self._plan, self.over = self._plan, None, True
        return plan

    def give_up(self) -> None:
        """Nobody wants it any more."""
        if plan := self.take():
            self._discard(plan)


class FileReplacer(QObject):
    """Gives the slot of a paper (its uid) or of an attachment another file."""

    rest_wanted = Signal(str)  # the slot as it was named: to place what was not certain

    _progress = Signal(object, object)

    def __init__(self, desk: Desk, engine: Any, texts: Texts, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._work = Replacing(desk.reader, engine, texts)
        self._window = window
        self._attempts: set[_Attempt] = set()
        self._progress.connect(self._show_progress)
        # Whoever asked may be gone before the answer is here: the copy must not stay behind.
        attempts = self._attempts
        self.destroyed.connect(lambda: _give_up(attempts))
        desk.ending.connect(self._end)

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
        reader, work = self._desk.reader, self._work
        attempt = _Attempt(lambda plan: replacing.discard(reader, plan))
        self._attempts.add(attempt)
        card = self._desk.notices.progress(self.tr("Reading both files…"), attempt.give_up)
        cancelled = self.tr("Cancelled; the file is as it was.")

        def see(progress: Progress) -> None:
            if attempt.over:
                raise CancelledError(cancelled)
            self._progress.emit(card, progress)

        def plan() -> None:
            attempt.ready(to_the_end(watched(steps(work), see)))

        def planned(_: None) -> None:
            card.dismiss()
            self._attempts.discard(attempt)
            if (made := attempt.take()) is None:
                self._desk.notices.info(cancelled)
                return
            # No owner: what was replaced while a tab closes must be told to the others too.
            self._desk.write(replacing.commit, made, then=lambda done: self._tell(slot, done))

        def failed(error: ReaderError) -> None:
            card.dismiss()
            self._attempts.discard(attempt)
            if isinstance(error, CancelledError):
                self._desk.notices.info(error.message)
            else:
                self._desk.notices.error(error)

        self._desk.read(plan, then=planned, failed=failed, owner=self)

    def _end(self) -> None:
        _give_up(self._attempts)

    def _show_progress(self, card: ProgressNotice, progress: Progress) -> None:
        try:
            card.progress(progress.done, progress.total)
        except RuntimeError:  # dismissed meanwhile
            return

    def _tell(self, slot: str, done: Replaced) -> None:
        if not shiboken6.isValid(self):
            return
        notices, waiting = self._desk.notices, len(done.unplaced)
        if not done.changes.batch:
            notices.ok(self.tr("The file is in its place."))
            return
        if not (done.stayed or done.moved or waiting):
            notices.ok(self.tr("The file was replaced."), (self.tr("Undo"), self._desk.undo))
            return
        stayed = counted(
            done.stayed, self.tr("1 annotation stayed"), self.tr("{} annotations stayed")
        )
        needing = counted(waiting, self.tr("1 needs you"), self.tr("{} need you"))
        text = self.tr("{}, {} moved, {}.").format(stayed, done.moved, needing)
        if waiting:
            notices.info(text, (self.tr("Place the rest"), lambda: self.rest_wanted.emit(slot)))
        else:
            notices.ok(text, (self.tr("Undo"), self._desk.undo))


def _give_up(attempts: set[_Attempt]) -> None:
    for attempt in list(attempts):
        attempt.give_up()
