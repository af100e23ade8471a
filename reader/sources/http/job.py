"""A request as whoever asked for it holds it."""

from __future__ import annotations

import threading
import time

from reader.domain.errors import CancelledError

TICK = 0.1  # seconds between two looks at whether the work is cancelled


class Job:
    """One request, to be cancelled from any thread."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()
        self._end = float("inf")
        self._quiet = float("inf")

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """End the request soon; what it would have answered is dropped."""
        self._cancelled.set()

    def begin(self, whole: float, quiet: float) -> None:
        """Start its clock: seconds for all of it, and without a byte."""
        self._end, self._quiet = time.monotonic() + whole, quiet

    def check(self) -> None:
        """Raise when it is cancelled or its time is over."""
        if self.cancelled:
            raise CancelledError("The request was cancelled.")
        if time.monotonic() > self._end:
            raise TimeoutError("the time for the whole request is over")

    def sleep(self, seconds: float) -> None:
        """Wait; raises CancelledError when it is cancelled meanwhile."""
        if self._cancelled.wait(max(0.0, seconds)):
            raise CancelledError("The request was cancelled.")

    def left(self, most: float | None) -> float:
        """The seconds it may still wait for a byte."""
        return min(self._end - time.monotonic(), self._quiet if most is None else most)
