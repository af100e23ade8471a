"""The whole text of the open document: read in the background, asked as soon as it is there."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from reader.domain.errors import CancelledError, ReaderError
from reader.pdf.protocol import HitLine, Query
from reader.ui.tasks import Err, Ok, Tasks

if TYPE_CHECKING:
    # Loaded after the first paint, with the library for patterns.
    from reader.services.texts import Answer, DocumentText, Texts

_SOON = 1_500  # ms after opening before the reading starts: the first pages matter more


class WholeText(QObject):
    """Begins by itself; `text` is None until it is read, `error` says why it cannot be."""

    arrived = Signal()
    failed = Signal()
    closed = Signal()

    def __init__(
        self,
        texts: Texts,
        doc: Any,
        near: Callable[[], int],
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._texts = texts
        self._doc = doc
        self._near = near
        self._tasks = tasks
        self.text: DocumentText | None = None
        self.error: ReaderError | None = None
        self._reading: Future[Any] | None = None
        self._answers: dict[str, Future[Any]] = {}
        self._closed = False
        self._study: Callable[[Ok[Any] | Err], None] | None = None  # who waits for findings
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self.begin)
        self._soon.start()

    def begin(self) -> None:
        """Read now."""
        self._soon.stop()
        if self._reading is None and not self._closed:
            self._reading = self._texts.read(self._doc, self._near())
            self._tasks.follow(self._reading, self._read, self)

    @property
    def lack(self) -> str:
        """What there is to say of a document that has no text; "" where it may have some."""
        if self.text is None or not self.text.empty:
            return ""
        return self.tr("This document has no text: its pages are pictures.")

    def _read(self, answer: Ok[Any] | Err) -> None:
        match answer:
            case Ok(value):
                self.text = value
                self.arrived.emit()
            case Err(CancelledError()):
                return
            case Err(error):
                self.error = error
                self.failed.emit()
        self._look_through()

    def find(
        self,
        query: Query,
        then: Callable[[Ok[Any] | Err], None],
        pages: Container[int] | None = None,
        known: Answer | None = None,
    ) -> None:
        """Find in the whole text, or on some pages, going on from a `known` answer.

        Only the last question is answered.
        """
        if self.text is not None:
            self._ask("find", self._texts.find(self.text, query, pages, known), then)

    def study(self, then: Callable[[Ok[Any] | Err], None]) -> None:
        """What the document's text leads to, from before or as soon as the text is read."""

        def looked(answer: Ok[Any] | Err) -> None:
            if isinstance(answer, Ok) and answer.value is None:
                self._study = then
                self.begin()
                self._look_through()
            else:
                then(answer)

        if not self._closed:
            self._ask("study", self._texts.studied(self._doc), looked)

    def _look_through(self) -> None:
        """Study the text that has come; where it cannot, the engine is asked for some of it."""
        if self._study is not None and (self.text is not None or self.error is not None):
            then, self._study = self._study, None
            self._ask("study", self._texts.study(self._doc, self.text), then)

    def lines(
        self,
        page: int,
        spans: Sequence[tuple[int, int]],
        then: Callable[[Sequence[HitLine]], None],
    ) -> None:
        """The lines in which places of a page lie; none when they cannot be told."""

        def told(answer: Ok[Any] | Err) -> None:
            then(answer.value if isinstance(answer, Ok) else ())

        if self.text is not None:
            self._ask(f"lines {page}", self._texts.lines(self.text, page, spans), told)

    def _ask(self, what: str, future: Future[Any], then: Callable[[Ok[Any] | Err], None]) -> None:
        if old := self._answers.pop(what, None):
            old.cancel()
        self._answers[what] = future
        self._tasks.follow(future, partial(self._answer, what, future, then), self)

    def _answer(
        self,
        what: str,
        future: Future[Any],
        then: Callable[[Ok[Any] | Err], None],
        answer: Ok[Any] | Err,
    ) -> None:
        if self._answers.get(what) is future:
            del self._answers[what]
            then(answer)

    def forget(self) -> None:
        """What was asked of the text is not wanted any more."""
        for what in [what for what in self._answers if what != "study"]:
            self._answers.pop(what).cancel()

    def close(self) -> None:
        """Give up reading; nothing is answered any more."""
        self._closed = True
        self._soon.stop()
        self.forget()
        if (study := self._answers.pop("study", None)) is not None:
            study.cancel()
        if self._reading is not None:
            self._reading.cancel()
        self.closed.emit()
