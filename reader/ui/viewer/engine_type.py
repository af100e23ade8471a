"""What the viewer asks of a PDF engine; `reader.pdf.engine.Engine` is one."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Protocol

from reader.domain.annotation import PageGeometry, Rect
from reader.pdf.protocol import (
    ChangedCopy,
    DocumentInfo,
    EmbeddedFile,
    FormField,
    Marks,
    Metadata,
    OutlineItem,
    PageColors,
    PageInk,
    PageLabels,
    PageText,
    PdfLink,
    Picture,
    Properties,
    Rotation,
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
        colors: PageColors | None = None,
        rotation: Rotation = 0,
    ) -> Future[Picture]: ...

    def glance(
        self,
        doc: Any,
        page: int,
        scale: float,
        *,
        priority: int = 0,
        colors: PageColors | None = None,
    ) -> Future[Picture | None]: ...

    def ink(self, doc: Any, page: int, *, priority: int = 0) -> Future[PageInk]: ...

    def text(self, doc: Any, page: int, *, priority: int = 0) -> Future[PageText]: ...

    def links(self, doc: Any, page: int, *, priority: int = 0) -> Future[tuple[PdfLink, ...]]: ...

    def table(
        self, doc: Any, page: int, area: Rect, *, priority: int = 0
    ) -> Future[tuple[tuple[str, ...], ...]]: ...

    def metadata(self, doc: Any, *, priority: int = 0) -> Future[Metadata]: ...

    def properties(self, doc: Any, *, priority: int = 0) -> Future[Properties]: ...

    def embedded(self, doc: Any, *, priority: int = 0) -> Future[tuple[EmbeddedFile, ...]]: ...

    def extract(self, doc: Any, index: int, *, priority: int = 0) -> Future[bytes]: ...

    def fields(
        self, doc: Any, page: int, *, priority: int = 0
    ) -> Future[tuple[FormField, ...]]: ...

    def filled(
        self, doc: Any, values: Mapping[str, str], *, priority: int = 0
    ) -> Future[ChangedCopy]: ...

    def marks(
        self, doc: Any, page: int = 0, entry: int = 0, *, priority: int = 0
    ) -> Future[Marks]: ...

    def leave_out(self, doc: Any, entries: Mapping[int, tuple[int, ...]]) -> None: ...

    def release(self, path: Path) -> None: ...

    def rest(self, doc: Any) -> None: ...

    def follow(self, doc: Any, path: Path) -> None: ...

    def forget(self, doc: Any) -> None: ...
