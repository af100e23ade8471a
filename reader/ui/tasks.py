"""The one door for background work: Ok or Err, on the window's thread."""

from __future__ import annotations

import itertools
import traceback
import weakref
from collections.abc import Callable
from concurrent.futures import CancelledError as FutureCancelled
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QElapsedTimer,
    QEventLoop,
    QObject,
    Qt,
    Signal,
    Slot,
)

from reader.domain.errors import CancelledError, ReaderError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ok(Generic[T]):
    """Work that came to its end."""

    value: T


@dataclass(frozen=True, slots=True)
class Err:
    """Work that did not; always a ReaderError with a sentence for the reader."""

    error: ReaderError


Answer = Ok[Any] | Err


class Lane(Protocol):
    """Where work is done; see reader.services.lanes."""

    def submit(self, work: Callable[..., Any], *args: Any, priority: int = ...) -> Future[Any]: ...


class Tasks(QObject):
    """Hands work to lanes and its answers to callbacks; answers to the dead are dropped."""

    _arrived = Signal(object, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._closed = False
        self._numbers = itertools.count()
        self._waiting: dict[int, tuple[Callable[[Answer], None], weakref.ref[QObject] | None]] = {}

    def run(
        self,
        lane: Lane,
        work: Callable[..., Any],
        *args: Any,
        done: Callable[[Answer], None],
        owner: QObject | None = None,
        priority: int = 2,
    ) -> Future[Any]:
        """Do `work(*args)` on a lane; `done(Ok | Err)` is called here unless `owner` is gone."""
        return self.follow(lane.submit(work, *args, priority=priority), done, owner)

    def follow(
        self, future: Future[Any], done: Callable[[Answer], None], owner: QObject | None = None
    ) -> Future[Any]:
        """Deliver a future's answer here, whichever thread sets it."""
        # Only a number goes to the other thread: were it to hold the last reference to
        # a callback's widget, the widget would be destroyed there.
        number = next(self._numbers)
        self._waiting[number] = done, weakref.ref(owner) if owner is not None else None

        def arrived(finished: Future[Any]) -> None:
            # The window may be gone by the time another thread gets here.
            if not self._closed and shiboken6.isValid(self):
                self._arrived.emit(finished, number)

        future.add_done_callback(arrived)
        return future

    @staticmethod
    def wait_until(reached: Callable[[], bool], milliseconds: int = 5000) -> bool:
        """Deliver answers until something holds, at most so long; only for closing the window."""
        clock = QElapsedTimer()
        clock.start()
        while not reached():
            if clock.hasExpired(milliseconds):
                return False
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 20)
        return True

    def close(self) -> None:
        """Deliver nothing any more."""
        self._closed = True
        self._waiting.clear()

    @Slot(object, int)
    def _deliver(self, future: Future[Any], number: int) -> None:
        if self._closed:
            return
        done, alive = self._waiting.pop(number)
        owner = alive() if alive is not None else self
        if owner is not None and shiboken6.isValid(owner):
            done(answer_of(future))


def answer_of(future: Future[Any]) -> Answer:
    """A finished future as Ok or Err; what nobody expected becomes a sentence too."""
    try:
        return Ok(future.result())
    except FutureCancelled:
        return Err(CancelledError("The work was cancelled."))
    except ReaderError as error:
        return Err(error)
    except Exception as error:  # noqa: BLE001 - every fault must reach the reader
        return Err(unexpected(error))


def unexpected(error: BaseException) -> ReaderError:
    """The sentence for a defect of the program, with what a report needs."""
    return ReaderError(
        "Something went wrong inside Paper Reader; what was saved before is safe.",
        "Please report it with the details.",
        "".join(traceback.format_exception(error)).strip(),
    )
