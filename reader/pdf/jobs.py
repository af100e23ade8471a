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
