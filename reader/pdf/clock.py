"""One thread that ends children which overstay their deadline."""

from __future__ import annotations

import threading
import time
from typing import Protocol


class Ended(Protocol):
    """Something that can be told its time is up; called on the clock's thread."""

    def expire(self) -> None: ...


class Clock:
    """Deadlines of running requests: at most one per child, so a plain dict is enough."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._due: dict[Ended, float] = {}
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="pdf-clock", daemon=True)
        self._thread.start()

    def arm(self, child: Ended, seconds: float) -> None:
        """Expire the child in `seconds` unless it is disarmed before."""
        due = time.monotonic() + seconds
        with self._changed:
            # The thread sleeps to the earliest deadline; only an earlier one need wake it.
            earliest = all(due < other for other in self._due.values())
            self._due[child] = due
            if earliest:
                self._changed.notify()

    def disarm(self, child: Ended) -> None:
        """The child answered in time; nothing happens when it was expired already."""
        with self._changed:
            self._due.pop(child, None)

    def close(self) -> None:
        """End the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        with self._changed:
            while not self._closed:
                now = time.monotonic()
                for child in [child for child, due in self._due.items() if due <= now]:
                    del self._due[child]
                    child.expire()
                wait = min(self._due.values()) - now if self._due else None
                self._changed.wait(wait)
