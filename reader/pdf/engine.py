"""The parent's side of the PDF engine: requests in, futures out, no waiting.

Nothing here loads PyMuPDF or Qt.  Each lane (screen, background) is one thread
with one child process; a request is in the child's hands one at a time, so that
what is asked for last can still overtake what waits.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from reader.domain.annotation import PageGeometry, Rect
from reader.pdf.protocol import (
    DocumentInfo,
    EngineEvent,
    Limits,
    Metadata,
    OutlineItem,
    PageLabels,
    PageText,
    PdfAnnotation,
    PdfLink,
    Picture,
)


class Document:
    """A handle on an open document; it outlives the child processes that serve it."""

    path: Path
    info: DocumentInfo
    background: bool


class Engine:
    """Opens and reads PDF files in child processes.

    Every method returns at once.  Results and errors (children of PdfFailure)
    are set on a thread of the engine; `future.cancel()` always succeeds while
    no answer has been set, and a late answer is thrown away.  Higher `priority`
    first, newest first within one.
    """

    def __init__(
        self, limits: Limits = Limits(), *, on_event: Callable[[EngineEvent], None] | None = None
    ) -> None: ...

    def warm(self) -> None:
        """Start the screen child, so that the first document finds it ready."""

    def open(
        self, path: Path, password: str = "", *, background: bool = False, priority: int = 0
    ) -> Future[Document]:
        """Open a file; PdfEncrypted when the password is missing or wrong."""
        ...

    def metadata(self, doc: Document, *, priority: int = 0) -> Future[Metadata]: ...

    def outline(self, doc: Document, *, priority: int = 0) -> Future[tuple[OutlineItem, ...]]: ...

    def labels(self, doc: Document, *, priority: int = 0) -> Future[PageLabels]: ...

    def geometry(
        self, doc: Document, first: int, count: int, *, priority: int = 0
    ) -> Future[tuple[PageGeometry, ...]]:
        """Boxes of the pages from `first` on, at most Limits.geometry at a time."""
        ...

    def render(
        self,
        doc: Document,
        page: int,
        scale: float,
        *,
        clip: Rect | None = None,
        priority: int = 0,
        annotations: bool = True,
    ) -> Future[Picture]:
        """A page, or the `clip` (view space points) of it, at `scale` pixels a point."""
        ...

    def text(self, doc: Document, page: int, *, priority: int = 0) -> Future[PageText]: ...

    def links(
        self, doc: Document, page: int, *, priority: int = 0
    ) -> Future[tuple[PdfLink, ...]]: ...

    def annotations(
        self, doc: Document, page: int, *, priority: int = 0
    ) -> Future[tuple[PdfAnnotation, ...]]: ...

    def release(self, path: Path) -> None:
        """Lift the quarantine of a file: the next `open` tries it again."""

    def forget(self, doc: Document) -> None:
        """Close a document; what was still asked of it is cancelled."""

    def close(self) -> None:
        """End everything.  No process, thread or shared memory is left."""
