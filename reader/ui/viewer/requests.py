"""What the page wants of the engine, asked in the order of its urgency, a few at a time.

The engine's own queue cannot be reordered, so it is kept short: at most
`AT_ONCE` requests are with it, the rest waits here and may change with every
scroll.  What is no longer wanted is cancelled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from reader.domain.errors import CancelledError
from reader.ui.tasks import Err, Ok, Tasks
from reader.ui.viewer.engine_type import OpenDocument, PdfEngine
from reader.ui.viewer.wants import AT_ONCE, Kind, Want, ask


class Requests(QObject):
    """Keeps the engine busy with what is wanted most; one per open document."""

    answered = Signal(object, object)  # Want, the engine's value
    refused = Signal(object, object)  # Want, ReaderError

    def __init__(
        self, engine: PdfEngine, doc: OpenDocument, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._doc = doc
        self._tasks = tasks
        self._wanted: dict[str, tuple[Want, ...]] = {}
        self._in_flight: dict[Want, Future[Any]] = {}
        self._closed = False

    def want(self, group: str, wants: Iterable[Want]) -> None:
        """Replace what a part of the page wants; the rest of its wishes is cancelled."""
        self._wanted[group] = tuple(wants)
        alive = {want for wants in self._wanted.values() for want in wants}
        for want in [want for want in self._in_flight if want not in alive]:
            self._in_flight.pop(want).cancel()
        self._ask()

    @property
    def busy(self) -> bool:
        """Whether anything is still wanted."""
        return any(self._wanted.values())

    def waits_for(self, kind: Kind, pages: Sequence[int]) -> bool:
        """Whether any of the pages has an unanswered request of a kind."""
        return any(
            want.kind == kind and want.page in pages
            for wants in self._wanted.values()
            for want in wants
        )

    def close(self) -> None:
        """Cancel everything; nothing is delivered any more."""
        self._closed = True
        self._wanted.clear()
        for future in self._in_flight.values():
            future.cancel()
        self._in_flight.clear()

    def _ask(self) -> None:
        if self._closed or len(self._in_flight) >= AT_ONCE:
            return
        waiting = sorted(
            (want for wants in self._wanted.values() for want in wants),
            key=lambda want: -want.priority,
        )
        for want in waiting:
            if len(self._in_flight) >= AT_ONCE:
                return
            if want in self._in_flight:
                continue
            future = ask(self._engine, self._doc, want)
            self._in_flight[want] = future
            self._tasks.follow(future, partial(self._arrived, want, future), self)

    def _arrived(self, want: Want, future: Future[Any], answer: Ok[Any] | Err) -> None:
        if self._closed or self._in_flight.get(want) is not future:
            return  # cancelled meanwhile, perhaps asked again since
        del self._in_flight[want]
        for group, wants in self._wanted.items():
            if want in wants:
                self._wanted[group] = tuple(other for other in wants if other != want)
        # First the next requests, so that the child works while the answer is handled.
        self._ask()
        match answer:
            case Ok(value):
                self.answered.emit(want, value)
            case Err(CancelledError()):
                pass
            case Err(error):
                self.refused.emit(want, error)
