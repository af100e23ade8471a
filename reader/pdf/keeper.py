"""Keeps a lane's child: starts it, opens documents anew in it, replaces it when worn."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

from reader.pdf import decode, failures, spawn
from reader.pdf.child import Child, ChildError, Reply
from reader.pdf.clock import Clock
from reader.pdf.jobs import Document, Job
from reader.pdf.protocol import Limits
from reader.pdf.quarantine import FileKey
from reader.pdf.slots import Slot

_SETTLED = 16  # requests a child serves before its size may end it


class Keeper:
    """Used by its lane's thread alone, except for `end`."""

    def __init__(self, limits: Limits, clock: Clock, first: spawn.Spawned | None) -> None:
        self._limits = limits
        self._clock = clock
        self.slot: Slot | None = first.slot if first else None
        self._first = first.process if first else None
        self.child: Child | None = None
        self._exhausted = False
        self._ended = False

    def ready(self) -> Child:
        """A living child; ChildError with stage "start" when there can be none."""
        if self.child and not self.child.alive:
            self.drop()
        if self.child is None:
            try:
                process, self._first = self._first or spawn.spawn(self.slot), None
                self.child = Child(self._limits, self.slot, self._clock, process)
                # Looked at after the child is there for `end` to see: one of both notices.
                if self._ended:
                    raise ChildError("the engine was closed")
                self.child.greet()
            except (OSError, ChildError) as error:
                self.drop()
                raise ChildError(str(error), stage="start") from None
        return self.child

    def ask(self, job: Job) -> Any:
        """The decoded answer; PdfFailure when the child said no, ChildError when it is lost.

        A child that died through no fault of the request is replaced once.
        """
        try:
            reply = self._exchange(job)
        except ChildError as error:
            self.drop()
            if not error.innocent:
                raise
            reply = self._exchange(job)
        if reply.error:
            self._exhausted = reply.error == "memory"
            raise failures.of_reply(reply, job.stage, job.page)
        try:
            return job.decode(reply)
        except decode.BAD_ANSWER as error:
            raise ChildError(f"its answer made no sense: {error}") from None

    def _exchange(self, job: Job) -> Reply:
        child = self.ready()
        if job.stage == "open":
            return self._open(child, job.doc)
        if job.doc.number not in child.opened:
            self._reopen(child, job.doc)
        return child.call(job.request, self._limits.deadline(job.stage))

    def _reopen(self, child: Child, doc: Document) -> None:
        """Open a document that an earlier child had open."""
        try:
            reply = self._open(child, doc)
        except ChildError as error:
            error.stage = "open"
            raise
        if reply.error:
            raise failures.of_reply(reply, "open", None)

    def _open(self, child: Child, doc: Document) -> Reply:
        doc.key = key_of(doc.path)
        request = {
            "do": "open",
            "doc": doc.number,
            "path": str(doc.path),
            "password": doc.password,
        }
        child.documents += 1
        reply = child.call(request, self._limits.open)
        if not reply.error:
            child.opened.add(doc.number)
        return reply

    def forget(self, numbers: list[int]) -> None:
        """Close documents where they are open."""
        for number in numbers:
            if self.child and number in self.child.opened:
                self.child.opened.discard(number)
                self.child.call({"do": "forget", "doc": number}, self._limits.stage)

    @property
    def worn(self) -> bool:
        """Whether the child has served long enough, or is too large."""
        child, limits = self.child, self._limits
        if child is None:
            return False
        large = child.resident > limits.recycle_rss and child.requests >= _SETTLED
        return self._exhausted or large or child.documents >= limits.recycle_documents

    def end(self) -> None:
        """End the child for good, from another thread: whoever waits for it is released."""
        self._ended = True
        if child := self.child:
            child.expire()

    def drop(self) -> None:
        """End the child."""
        child, self.child = self.child, None
        self._exhausted = False
        if child:
            child.kill()
        first, self._first = self._first, None
        if first:
            spawn.end(first)


def key_of(path: Path) -> FileKey:
    """What a file is known by; PdfRefused when it is not a file that can be read."""
    try:
        status = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError) as error:
        reason = "The file is not there." if isinstance(error, FileNotFoundError) else str(error)
        raise failures.refused(reason, "open") from None
    if not stat.S_ISREG(status.st_mode):
        raise failures.refused("This is not a file.", "open")
    return FileKey(str(path), status.st_size, status.st_mtime_ns)
