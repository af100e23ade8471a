"""The one door for background work: Ok or Err, on the window's thread."""

from __future__ import annotations

import itertools
import time
import traceback
import weakref
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError as FutureCancelled
from concurrent.futures import Future
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QElapsedTimer,
    QEvent,
    QEventLoop,
    QObject,
    Qt,
    QTimer,
    Signal,
    Slot,
)

from reader.domain.errors import CancelledError, ReaderError
from reader.domain.value import dataclass
from reader.ui.only_one import OnlyOne
from reader.ui.turns import Turns

T = TypeVar("T")
_TURN = 0.003  # seconds that answers take before the window has its turn


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


class Door(OnlyOne):
    """Where answers come in from other threads: one for as long as the application lives.

    What other threads touch must never be destroyed under their hands, and may never
    be theirs to destroy: they know this object and a number, and nothing of any page.
    """

    _arrived = Signal(object, int)

    def __init__(self, application: QObject | None) -> None:
        super().__init__(application)
        self._arrived.connect(self._enter, Qt.ConnectionType.QueuedConnection)
        self._numbers = itertools.count()
        self._waiting: dict[int, Callable[[Answer], None]] = {}
        self._entered: deque[tuple[Future[Any], int]] = deque()
        self._spent = 0.0
        self._pause = QTimer(self, singleShot=True, interval=0)
        self._pause.timeout.connect(self._turn)
        self._second = False  # whether the turn after an answer is over

    def expect(self, future: Future[Any], take: Callable[[Answer], None]) -> None:
        """Call `take` here once the future is done, whichever thread sets it."""
        number = next(self._numbers)
        self._waiting[number] = take
        future.add_done_callback(partial(self._knock, number))

    def _knock(self, number: int, finished: Future[Any]) -> None:
        # A thread that answers when the application has ended is heard by nobody.
        if shiboken6.isValid(self):
            self._arrived.emit(finished, number)

    def empty(self) -> None:
        """Give out all that has come, without a turn of the window."""
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)
        while self._entered:
            self._pause.stop()
            self._second = False
            self._deliver()

    @Slot(object, int)
    def _enter(self, future: Future[Any], number: int) -> None:
        self._entered.append((future, number))
        if not self._pause.isActive():
            self._deliver()

    @Slot()
    def _turn(self) -> None:
        """What an answer changed is painted in the turns after it: the next one waits for them."""
        self._second = not self._second
        if self._second or Turns.here().taken:
            self._pause.start()
        else:
            self._deliver()

    def _deliver(self) -> None:
        """Give answers out in order; the window has its turn when they have taken their time.

        Qt hands over all that has come in one turn, and paints once after it: three
        answers at once, none of them long, are a window that does not move for 60 ms.
        """
        while self._entered and not self._pause.isActive():
            future, number = self._entered.popleft()
            start = time.perf_counter()
            self._pause.start()  # in case this one raises: the others are not to wait for the next
            self._waiting.pop(number)(answer_of(future))
            self._spent += time.perf_counter() - start
            if self._spent < _TURN:
                self._pause.stop()
            else:
                self._spent = 0.0


class Tasks(QObject):
    """Hands work to lanes and its answers to callbacks; answers to the dead are dropped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closed = False

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
        here = weakref.ref(self)
        alive = weakref.ref(owner or self)

        def take(answer: Answer) -> None:
            tasks, whose = here(), alive()
            if tasks is None or whose is None or tasks.closed or not shiboken6.isValid(whose):
                return
            done(answer)

        Door.here().expect(future, take)
        return future

    @staticmethod
    def deliver() -> None:
        """Deliver the answers that have arrived by now, and nothing else that waits."""
        Door.here().empty()

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

    @property
    def closed(self) -> bool:
        """Whether nothing is delivered any more, because it was closed or its parent is gone."""
        return self._closed or not shiboken6.isValid(self)


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
