"""Studying a document: what its text leads to, known from before or found in the background."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer, Signal

from reader.domain.annotation import Rect
from reader.domain.errors import CancelledError
from reader.services.findings import Findings
from reader.ui.tasks import Err, Ok
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

_AFTER = 60  # ms after the document is shown, and between two looks whether it is sharp
_LOOKS = 12  # then it begins all the same


class Study(Feature):
    """Knows what a document's text leads to, as soon as it has been looked through."""

    name: ClassVar[str] = "study"
    ready = Signal()  # `findings` are those of the document, or empty again

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.findings = Findings()
        self.done = False
        self._pdf: PdfView | None = None
        self._looks = 0
        self._timer = QTimer(self, singleShot=True, interval=_AFTER)
        self._timer.timeout.connect(self._begin)

    def opened(self, pdf: PdfView) -> None:
        self._forget()
        self._pdf = pdf
        self._looks = 0
        pdf.whole_begun.connect(self._timer.start)
        self.page.canvas.content.aside = self._aside
        self._timer.start()

    def left(self) -> None:
        self._forget()
        self.ready.emit()

    def _forget(self) -> None:
        self._timer.stop()
        self._pdf = None
        self.findings, self.done = Findings(), False

    def _begin(self) -> None:
        """Study once the pages in view are sharp: they come first, also for the processor."""
        pdf = self._pdf
        if pdf is None or pdf.whole is None:
            return
        self._looks += 1
        visible = self.page.canvas.camera.visible()
        if self._looks < _LOOKS and pdf.requests.waits_for("tile", visible):
            self._timer.start()
            return

        def found(answer: Ok[Any] | Err) -> None:
            if pdf is self._pdf:
                self._take(answer)

        pdf.whole.study(found)

    def _aside(self, page: int) -> Sequence[Rect]:
        plan = self.findings.plans.get(page)
        return plan.left_out if plan is not None else ()

    def _take(self, answer: Ok[Any] | Err) -> None:
        """Without findings the document is read as before; the fault is not the reader's."""
        match answer:
            case Ok(value):
                self.findings = value
            case Err(CancelledError()):
                return
            case Err(error):
                self.page.statusChanged.emit(error.message)
        self.done = True
        self.ready.emit()
