"""What the viewer asks of a PDF engine; `reader.pdf.engine.Engine` is one."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import Any, Protocol

from reader.domain.annotation import PageGeometry, Rect
from reader.pdf.protocol import (
    DocumentInfo,
    OutlineItem,
    PageLabels,
    PageText,
    PdfLink,
    Picture,
)


class OpenDocument(Protocol):
    """A handle on an open document."""

    @property
    def path(self) -> Path: ...

    @property
    def info(self) -> DocumentInfo: ...


class PdfEngine(Protocol):
    """Every method returns at once; answers come on a thread of the engine.

    A document is passed back as it came, so its type is the engine's own.
    """

    def open(
        self, path: Path, password: str = "", *, background: bool = False, priority: int = 0
    ) -> Future[Any]: ...

    def outline(self, doc: Any, *, priority: int = 0) -> Future[tuple[OutlineItem, ...]]: ...

    def labels(self, doc: Any, *, priority: int = 0) -> Future[PageLabels]: ...

    def geometry(
        self, doc: Any, first: int, count: int, *, priority: int = 0
    ) -> Future[tuple[PageGeometry, ...]]: ...

    def render(
        self,
        doc: Any,
        page: int,
        scale: float,
        *,
        clip: Rect | None = None,
        priority: int = 0,
        annotations: bool = True,
    ) -> Future[Picture]: ...

    def text(self, doc: Any, page: int, *, priority: int = 0) -> Future[PageText]: ...

    def links(self, doc: Any, page: int, *, priority: int = 0) -> Future[tuple[PdfLink, ...]]: ...

    def table(
        self, doc: Any, page: int, area: Rect, *, priority: int = 0
    ) -> Future[tuple[tuple[str, ...], ...]]: ...

    def release(self, path: Path) -> None: ...

    def forget(self, doc: Any) -> None: ...
