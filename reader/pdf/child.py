"""One child process and its pipe, seen from the parent.

Started by its own command line, not by multiprocessing, so that the program's
main module is never run again, whoever started it and however.
"""

from __future__ import annotations

import itertools
import signal
import subprocess
from dataclasses import asdict
from typing import Any

from reader.pdf import spawn, wire
from reader.pdf.clock import Clock
from reader.pdf.protocol import Limits
from reader.pdf.slots import Slot

_PATIENCE = 5.0


class ChildError(Exception):
    """The child died, overstayed or broke the protocol; it is of no more use.

    `expired` when its time was up; `innocent` when the request did not bring it down,
    because it never got there or somebody else killed the process; `stage` when it was
    lost in another stage ("start", "open") than the one asked for.
    """

    def __init__(
        self, reason: str, *, expired: bool = False, innocent: bool = False, stage: str = ""
    ) -> None:
        super().__init__(reason)
        self.stage = stage
        self.expired = expired
        self.innocent = innocent


class Reply:
    """An answer: `value` as JSON gave it, `data` raw bytes; or `error` and `reason`."""

    __slots__ = ("data", "error", "reason", "value")

    def __init__(self, header: dict[str, Any], data: bytes) -> None:
        self.value: Any = header.get("answer")
        self.error = str(header.get("error", ""))
        self.reason = str(header.get("reason", ""))[:500]
        self.data = data


class Child:
    """A running child.  One thread calls; the clock may expire it from another."""

    def __init__(
        self, limits: Limits, slot: Slot | None, clock: Clock, process: spawn.Process
    ) -> None:
        """Take over a process that was started with the slot."""
        self._limits = limits
        self._slot = slot
        self._clock = clock
        self._numbers = itertools.count(1)
        self._expired = False
        self.opened: set[int] = set()
        self.documents = 0
        self.requests = 0
        self.resident = 0
        self._process = process
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._sink = self._process.stdin
        self._source = self._process.stdout

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process still runs, as far as the system knows by now."""
        return self._process.poll() is None

    def greet(self) -> None:
        """Hand over limits and slot, wait until it is ready; ChildError when it never is."""
        hello = {
            "limits": asdict(self._limits),
            "slot": self._slot.fd if self._slot else -1,
            "slot_size": self._slot.size if self._slot else 0,
        }
        header, _ = self._exchange(hello, self._limits.start)
        if "ready" not in header:
            raise ChildError("the child did not say that it is ready")

    def call(self, request: dict[str, Any], seconds: float) -> Reply:
        """Ask and wait for the answer; ChildError ends the child's use."""
        number = next(self._numbers)
        self.requests += 1
        header, data = self._exchange({**request, "id": number, "seconds": seconds}, seconds)
        if header.get("id") != number:
            raise ChildError("the child answered another request")
        size = header.get("in_slot")
        if size is not None:
            data = self._from_slot(size)
        resident = header.get("rss")
        self.resident = resident if isinstance(resident, int) else 0
        return Reply(header, data)

    def _exchange(self, message: dict[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        self._clock.arm(self, seconds)
        try:
            try:
                wire.send(self._sink, message)
            except OSError:
                reason = self._epitaph()
                raise ChildError(
                    reason, expired=self._expired, innocent=not self._expired
                ) from None
            try:
                return wire.receive(self._source, self._limits.reply)
            except wire.WireError as error:
                reason = self._epitaph() if error.ended else f"it sent {error}"
                late = self._is_late()
                raise ChildError(
                    reason, expired=late, innocent=not late and self._was_killed()
                ) from None
        finally:
            self._clock.disarm(self)

    def _from_slot(self, size: Any) -> bytes:
        if self._slot is None or not isinstance(size, int):
            raise ChildError("it named memory it does not have")
        try:
            return self._slot.read(size)
        except ValueError as error:
            raise ChildError(f"it named memory it does not have: {error}") from None

    def _epitaph(self) -> str:
        """How the process ended, for the details of an error."""
        try:
            code = self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            return "it closed its pipe"
        if code >= 0:
            return f"it ended with status {code}"
        try:
            return f"it was ended by {signal.Signals(-code).name}"
        except ValueError:
            return f"it was ended by signal {-code}"

    def _is_late(self) -> bool:
        over = getattr(signal, "SIGXCPU", None)
        return self._expired or (over is not None and self._process.returncode == -over)

    def _was_killed(self) -> bool:
        """Whether another program ended it; what fails by itself dies of other signals."""
        kill = getattr(signal, "SIGKILL", None)
        return kill is not None and self._process.returncode == -kill

    def expire(self) -> None:
        """End the process because its time is up; the waiting call sees the pipe end."""
        self._expired = True
        self._process.kill()

    def kill(self) -> None:
        """End the process, whatever it does, and leave nothing of it."""
        spawn.end(self._process)
