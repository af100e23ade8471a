"""Lanes: the one writer thread with its priorities, and a small pool for reads.

A job is a callable, or a callable that returns an iterator: the iterator's
steps are then taken one at a time, and between two steps whatever is more
urgent goes first.  So a note is saved in the middle of a long import, and its
save waits at most for one step (100 ms by contract).
"""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from enum import IntEnum
from typing import Any, TypeVar

from reader.domain.errors import CancelledError

T = TypeVar("T")
P = TypeVar("P")
_DONE = object()
_PATIENCE = 8.0  # seconds that a closing lane gives to long edits
_CLOSED = "The program is closing; what was finished stays."


class Priority(IntEnum):
    """Which work goes first on the writer lane."""

    NOTE = 0
    EDIT = 1
    NORMAL = 2
    BULK = 3
    INDEX = 4


class WriterLane:
    """One thread that does all writing, most urgent first."""

    def __init__(self, name: str = "writer") -> None:
        self._condition = threading.Condition()
        self._queue: list[tuple[int, int, Callable[[], Any], Future[Any]]] = []
        self._order = itertools.count()
        self._closing = False
        self._until = 0.0  # on the monotonic clock: when a closing lane ends long edits too
        self._thread = threading.Thread(target=self._run, name=name)
        self._thread.start()

    def submit(
        self, work: Callable[..., T], *args: Any, priority: int = Priority.NORMAL
    ) -> Future[T]:
        """Queue a job; its result, or what its iterator returned, arrives in the future."""
        future: Future[T] = Future()
        with self._condition:
            if self._closing:
                future.set_exception(CancelledError("The program is closing."))
                return future
            entry = (int(priority), next(self._order), lambda: work(*args), future)
            heapq.heappush(self._queue, entry)
            self._condition.notify()
        return future

    def close(self, patience: float = _PATIENCE) -> None:
        """Finish what is urgent, cancel bulk work at its next step, and end the thread.

        An edit in steps is cut short too when it is not at its end after
        `patience` seconds: whoever ends the program may not wait longer.
        """
        with self._condition:
            self._closing = True
            self._until = time.monotonic() + patience
            self._condition.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._condition:
                while not self._queue and not self._closing:
                    self._condition.wait()
                if not self._queue:
                    return
                priority, order, work, future = heapq.heappop(self._queue)
                dropped = self._closing and priority >= Priority.BULK
            if dropped:
                _drop(work, future)
            else:
                self._take_step(priority, order, work, future)

    def _take_step(
        self, priority: int, order: int, work: Callable[[], Any], future: Future[Any]
    ) -> None:
        if not future.running() and not future.set_running_or_notify_cancel():
            return
        try:
            result = work()
            if isinstance(result, Generator):
                result = Steps(result)
            if isinstance(result, Steps):
                if self._go_on(result, priority, order, future):
                    return
                result = result.answer
        except BaseException as error:  # noqa: BLE001 - the future carries it to whoever asked
            future.set_exception(error)
            return
        future.set_result(result)

    def _go_on(self, steps: Steps, priority: int, order: int, future: Future[Any]) -> bool:
        """Take one step; True when the rest is queued again, False when it is finished."""
        if next(steps, _DONE) is _DONE:
            return False
        with self._condition:
            late = priority >= Priority.BULK or time.monotonic() >= self._until
            if not (self._closing and late):
                heapq.heappush(self._queue, (priority, order, steps.go_on, future))
                return True
        steps.close()
        raise CancelledError(_CLOSED)

    @property
    def idle(self) -> bool:
        """Whether nothing waits; a running job does not count."""
        with self._condition:
            return not self._queue


class Steps(Iterator[Any]):
    """An iterator with an answer: wraps a generator and keeps what it returned.

    `for progress in steps: ...` then `steps.answer`.
    """

    def __init__(self, generator: Any) -> None:
        self._generator = generator
        self.answer: Any = None

    def __next__(self) -> Any:
        try:
            return next(self._generator)
        except StopIteration as end:
            self.answer = end.value
            raise

    def go_on(self) -> Steps:
        """These steps, as the lane's next piece of work."""
        return self

    def close(self) -> None:
        """End the work at its present step."""
        self._generator.close()


def to_the_end(generator: Generator[Any, None, T]) -> T:
    """Take all steps of a job at once, where nothing else waits; its answer."""
    while True:
        try:
            next(generator)
        except StopIteration as end:
            return end.value


def watched(steps: Generator[P, None, T], see: Callable[[P], None]) -> Generator[P, None, T]:
    """The same steps, each shown to `see`, which ends the job by raising; its answer."""
    with closing(steps):
        while True:
            try:
                progress = next(steps)
            except StopIteration as end:
                return end.value
            see(progress)
            yield progress


def _drop(work: Callable[[], Any], future: Future[Any]) -> None:
    """Give up a job of a closing lane; whoever waits for it is told."""
    if future.cancel():
        future.set_running_or_notify_cancel()
        return
    # It has taken steps already, and a running future can no longer be cancelled.
    try:
        work().close()
    except BaseException as error:  # noqa: BLE001 - the future carries it to whoever asked
        future.set_exception(error)
        return
    future.set_exception(CancelledError(_CLOSED))


class ReadLane:
    """A few threads for reads; each keeps its own read connection."""

    def __init__(self, threads: int = 2) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="read")

    def submit(self, work: Callable[..., T], *args: Any, priority: int = 0) -> Future[T]:
        """Run a job on any of the threads; `priority` is taken for symmetry's sake."""
        del priority
        return self._pool.submit(work, *args)

    def close(self) -> None:
        """Drop what waits, wait for what runs."""
        self._pool.shutdown(wait=True, cancel_futures=True)
