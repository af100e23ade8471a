"""Imports in the window: read, show the plan, write; always to be cancelled."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reader.domain.counting import counted
from reader.domain.errors import CancelledError, ReaderError
from reader.services.access import Writer
from reader.services.import_plan import Plan, Progress, Result
from reader.services.importing import commit, scan
from reader.services.lanes import Priority, to_the_end, watched
from reader.services.pdf_facts import ReadPdf
from reader.ui.desk import Desk
from reader.ui.dialogs.import_plan import ImportPlan
from reader.ui.notices import ProgressNotice

T = TypeVar("T")
Scan = Callable[[], Generator[Progress, None, Plan]]


class Importer(QObject):
    """Takes files in; one import at a time shows one card of progress."""

    _progress = Signal(object, object)

    def __init__(self, desk: Desk, read_pdf: ReadPdf, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._read_pdf = read_pdf
        self._window = window
        self._progress.connect(self._show_progress)

    def plan(self, paths: Sequence[Path], format_name: str = "") -> None:
        """Read files and folders, each as what it is or in a format; ask with a plan what to do."""
        if paths:
            self._scan(
                lambda: scan(self._desk.reader, paths, self._read_pdf, format_name), self._ask
            )

    def at_once(self, steps: Scan, label: str) -> None:
        """Carry a plan out without asking: the starter papers."""
        self._scan(steps, lambda plan: self._commit(plan, label))

    def add(self, path: Path, then: Callable[[], None]) -> None:
        """Take one file in without asking, as its reader asked for just that."""
        label = self.tr("Add to the library")
        self._scan(
            lambda: scan(self._desk.reader, [path], self._read_pdf),
            lambda plan: self._commit(plan, label, then),
        )

    def _scan(self, steps: Scan, then: Callable[[Plan], None]) -> None:
        self.follow(steps, then, self.tr("Reading…"), self.tr("The import was cancelled."))

    def follow(
        self,
        steps: Callable[[], Generator[Progress, None, T]],
        then: Callable[[T], None],
        title: str,
        cancelled: str,
    ) -> None:
        """Have work done that writes nothing to the library; it can be cancelled on its card."""
        stop = Event()
        card = self._desk.notices.progress(title, stop.set)

        def run() -> T:
            return to_the_end(watched(steps(), self._seen(card, stop, cancelled)))

        def done(answer: T) -> None:
            card.dismiss()
            then(answer)

        self._desk.read(run, then=done, failed=lambda error: self._ended(card, error), owner=self)

    def _seen(
        self, card: ProgressNotice, stop: Event, why: str, hint: str = ""
    ) -> Callable[[Progress], None]:
        """Shows how far a job is, and ends it when it is to stop."""

        def see(progress: Progress) -> None:
            if stop.is_set():
                raise CancelledError(why, hint)
            self._progress.emit(card, progress)

        return see

    def _ask(self, plan: Plan) -> None:
        dialog = ImportPlan(plan, self._window)
        dialog.accepted.connect(lambda: self._commit(plan, self.tr("Import")))
        dialog.open()

    def _commit(self, plan: Plan, label: str, then: Callable[[], None] | None = None) -> None:
        stop = Event()
        card = self._desk.notices.progress(self.tr("Importing…"), stop.set)
        see = self._seen(
            card,
            stop,
            self.tr("The import was cancelled; what was imported stays."),
            self.tr("Undo takes it back."),
        )

        def work(writer: Writer) -> Generator[Progress, None, Result]:
            return watched(commit(writer, plan, label), see)

        def done(result: Result) -> None:
            card.dismiss()
            self._tell(result)
            if then:
                then()

        self._desk.write(
            work,
            then=done,
            failed=lambda error: self._ended(card, error),
            priority=Priority.BULK,
            owner=self,
        )

    def _tell(self, result: Result) -> None:
        added = result.added - result.notes
        text = self.tr("{} papers added, {} updated, {} unchanged.")
        if added == 1:
            text = self.tr("{} paper added, {} updated, {} unchanged.")
        text = text.format(added, result.updated, result.unchanged)
        if result.notes:
            text += " " + self.tr("Free notes added: {}.").format(result.notes)
        if not result.added and not result.updated and not result.failed:
            text = self.tr("Nothing new: all {} papers are already in the library.").format(
                result.unchanged
            )
            if result.unchanged == 1:
                text = self.tr("Nothing new: the paper is already in the library.")
        undo = (self.tr("Undo"), self._desk.undo) if result.changes else None
        self._desk.notices.ok(text, undo)
        if result.failed:
            details = "\n".join(
                f"{item.source} {item.where}: {item.reason}" for item in result.failed
            )
            self._desk.notices.error(
                ReaderError(
                    counted(
                        len(result.failed),
                        self.tr("1 item was not imported; the rest was."),
                        self.tr("{} items were not imported; the rest was."),
                    ),
                    result.failed[0].reason,
                    details,
                )
            )

    def _ended(self, card: ProgressNotice, error: ReaderError) -> None:
        card.dismiss()
        if isinstance(error, CancelledError):
            self._desk.notices.info(error.line())
            self._desk.refresh_all()
        else:
            self._desk.notices.error(error)

    def _show_progress(self, card: ProgressNotice, progress: Progress) -> None:
        try:
            card.progress(progress.done, progress.total)
        except RuntimeError:  # dismissed meanwhile
            return
