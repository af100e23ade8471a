"""A thread with a child process: takes the most wanted request, asks, sets the answer."""

from __future__ import annotations

import heapq
import itertools
import threading
from collections.abc import Callable
from typing import Any

from reader.domain.value import dataclass
from reader.pdf import failures, slots
from reader.pdf.child import ChildError
from reader.pdf.clock import Clock
from reader.pdf.jobs import Document, Job
from reader.pdf.keeper import Keeper, key_of
from reader.pdf.protocol import EngineEvent, EventKind, Limits, PdfFailure
from reader.pdf.quarantine import Quarantine
from reader.pdf.spawn import Spawned


@dataclass(frozen=True, slots=True)
class Shared:
    """What the lanes of an engine have in common."""

    limits: Limits
    clock: Clock
    quarantine: Quarantine
    allocate: slots.Allocator
    tell: Callable[[EngineEvent], None]


class Lane:
    """One child, one thread, one queue: highest priority first, newest first within one."""

    def __init__(self, shared: Shared, *, background: bool, first: Spawned | None = None) -> None:
        self._shared = shared
        self._background = background
        self._changed = threading.Condition()
        self._queue: list[tuple[int, int, Job]] = []
        self._order = itertools.count()
        self._forgotten: list[int] = []
        self._wanted = False
        self._closing = False
        self._keeper = Keeper(shared.limits, shared.clock, first)
        name = "pdf-background" if background else "pdf-screen"
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int | None:
        """The child's process id, None while there is none."""
        child = self._keeper.child
        return child.pid if child else None

    def warm(self) -> None:
        """Have a child ready."""
        with self._changed:
            self._wanted = True
            self._changed.notify()

    def put(self, job: Job, priority: int) -> None:
        """Queue a request; one that comes too late is cancelled."""
        with self._changed:
            late = self._closing or job.doc.forgotten
            if not late:
                heapq.heappush(self._queue, (-priority, -next(self._order), job))
                self._changed.notify()
        if late:
            job.future.cancel()

    def rest(self, doc: Document) -> None:
        """Close a document in the child when there is time, but go on answering for it."""
        with self._changed:
            self._forgotten.append(doc.number)
            self._changed.notify()

    def forget(self, doc: Document) -> None:
        """Drop what is asked of a document, and close it in the child when there is time."""
        with self._changed:
            doc.forgotten = True
            dropped = [job for _, _, job in self._queue if job.doc is doc]
            self._queue = [entry for entry in self._queue if entry[2].doc is not doc]
            heapq.heapify(self._queue)
            self._forgotten.append(doc.number)
            self._changed.notify()
        for job in dropped:
            job.future.cancel()

    def close(self) -> None:
        """Cancel everything; child and thread end.  Returns when they have."""
        with self._changed:
            self._closing = True
            dropped = [job for _, _, job in self._queue]
            self._queue.clear()
            self._changed.notify()
        self._keeper.end()
        for job in dropped:
            job.future.cancel()
        self._thread.join()

    def _run(self) -> None:
        # Only pictures for the screen come often enough to be worth the memory.
        if not self._background and self._keeper.slot is None:
            self._keeper.slot = slots.reserve(self._shared.limits.slot, self._shared.allocate)
        while (job := self._next()) is not None:
            self._serve(job)
            del job  # its answer may be megabytes
        self._keeper.drop()
        if self._keeper.slot:
            self._keeper.slot.close()

    def _next(self) -> Job | None:
        """The next request, None when the lane closes; sees to the child in between."""
        while True:
            with self._changed:
                if self._closing:
                    return None
                if self._queue:
                    return heapq.heappop(self._queue)[2]
                chores = bool(self._forgotten) or self._wanted
                idle = not chores and not self._wait()
            if idle:
                self._keeper.drop()
            elif chores:
                self._do_chores()

    def _wait(self) -> bool:
        """Wait for a change; False when a background child has waited long enough."""
        ends = self._background and self._keeper.child is not None
        return self._changed.wait(self._shared.limits.idle if ends else None)

    def _do_chores(self) -> None:
        with self._changed:
            wanted, self._wanted = self._wanted, False
            forgotten, self._forgotten = self._forgotten, []
        try:
            if wanted:
                self._keeper.ready()
                self._tell("ready")
            self._keeper.forget(forgotten)
        except ChildError:  # whoever asks next starts another, or hears why not
            self._keeper.drop()

    def _serve(self, job: Job) -> None:
        """Answer one request, come what may."""
        if job.future.cancelled():
            return
        value: Any = None
        failure: PdfFailure | None = None
        try:
            value = self._answer(job)
        except PdfFailure as error:
            failure = error
        except ChildError as error:
            failure = self._lost(job, error)
        except Exception as error:  # noqa: BLE001 - the thread must outlive its own defects
            failure = failures.defect(error, job.stage, job.page)
        self._settle(job, value, failure)
        if self._keeper.worn:
            self._keeper.drop()
            self._start_again()

    def _answer(self, job: Job) -> Any:
        key = job.doc.key = job.doc.key or key_of(job.doc.path)
        if self._shared.quarantine.holds(key):
            raise failures.quarantined(job.doc.path, job.stage, job.page)
        return self._keeper.ask(job)

    def _lost(self, job: Job, error: ChildError) -> PdfFailure:
        """The child is gone: count it against the file, start another."""
        self._keeper.drop()
        failure = failures.of_child(error, job.stage, job.page)
        if self._closing:
            job.future.cancel()
        elif error.stage != "start":
            self._tell("restarted", job, failure)
            key = job.doc.key
            if not error.expired and key and self._shared.quarantine.count(key):
                self._tell("quarantined", job, failure)
            self._start_again()
        return failure

    def _start_again(self) -> None:
        if not self._background:
            self.warm()

    def _settle(self, job: Job, value: Any, failure: PdfFailure | None) -> None:
        # Not marked as running before now: it could no longer be cancelled.
        if not job.future.set_running_or_notify_cancel():
            if job.stage == "open":
                self.forget(job.doc)
        elif failure is not None:
            job.future.set_exception(failure)
        else:
            job.future.set_result(value)

    def _tell(
        self, kind: EventKind, job: Job | None = None, failure: PdfFailure | None = None
    ) -> None:
        self._shared.tell(
            EngineEvent(
                kind,
                self._background,
                job.doc.path if job else None,
                failure.stage if failure else "",
                failure.message if failure else "",
            )
        )
