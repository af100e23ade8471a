"""Documents and the requests made of them, as the lanes hand them on."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import field
from pathlib import Path
from typing import Any

from reader.domain.value import dataclass
from reader.pdf.child import Reply
from reader.pdf.protocol import DocumentInfo
from reader.pdf.quarantine import FileKey

_UNKNOWN = DocumentInfo(0)


class Early:
    """What was asked of a document before its view asked: the same again needs no new job."""

    def __init__(self) -> None:
        self._jobs: list[Job] = []
        self._gathering = False

    def gather(self, ask: Callable[[], object]) -> None:
        """Keep the jobs that `ask` makes."""
        self._gathering = True
        try:
            ask()
        finally:
            self._gathering = False

    def same(self, job: Job) -> Job | None:
        """The job that does the same; another picture means that those kept were not wanted."""
        if self._gathering:
            self._jobs.append(job)
            return None
        for kept in self._jobs:
            if kept.request == job.request:
                self._jobs.remove(kept)
                return kept
        if self._jobs and job.stage == "render":
            for kept in self._jobs:
                kept.future.cancel()
            self._jobs.clear()
        return None


@dataclass(eq=False)
class Document:
    """A handle on an open document; it outlives the child processes that serve it.

    Only `path`, `info` and `background` are for others to read.
    """

    path: Path
    background: bool
    number: int = field(repr=False)
    password: str = field(repr=False)
    info: DocumentInfo = _UNKNOWN
    key: FileKey | None = field(default=None, repr=False)
    forgotten: bool = field(default=False, repr=False)
    left_out: dict[int, tuple[int, ...]] = field(default_factory=dict, repr=False)
    early: Early = field(default_factory=Early, repr=False)


@dataclass(eq=False)
class Job:
    """A request and the future that waits for its answer."""

    doc: Document
    stage: str
    request: dict[str, Any]
    decode: Callable[[Reply], Any]
    future: Future[Any]

    @property
    def page(self) -> int | None:
        """The page that is asked for, None where it is the document."""
        return self.request.get("page")
