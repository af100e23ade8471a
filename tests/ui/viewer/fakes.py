"""An engine that does what a test says, and how to wait for a page."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

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
)
from reader.ui.viewer.arrangement import turned_size
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.page import ViewerPage

Viewer = Callable[..., ViewerPage]
GREY = bytes((200, 200, 200, 255))


@dataclass(frozen=True)
class FakeDocument:
    path: Path
    info: DocumentInfo


@dataclass
class Ask:
    """One request as the fake engine got it."""

    kind: str
    page: int
    future: Future[Any]
    answer: Callable[[], Any]
    arguments: dict[str, Any] = field(default_factory=dict)

    def give(self) -> None:
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            self.future.set_result(self.answer())
        except Exception as error:
            self.future.set_exception(error)


class FakeEngine:
    """The engine's signatures; answers at once, or when the test says so (`held`)."""

    def __init__(self, pages: int = 30, size: tuple[float, float] = (600.0, 800.0)) -> None:
        self.pages = pages
        self.sizes = dict.fromkeys(range(min(pages, 2_000)), size)
        self.size = size
        self.first = 32
        self.held: set[str] = set()
        self.asks: list[Ask] = []
        self.waiting: list[Ask] = []
        self.faults: dict[tuple[str, int], Exception] = {}
        self.links_of: dict[int, tuple[PdfLink, ...]] = {}
        self.items: tuple[OutlineItem, ...] = ()
        self.page_labels = PageLabels()
        self.rows: tuple[tuple[str, ...], ...] = (("a", "b, c"), ("1", "2"))
        self.told = Metadata()
        self.known = Properties()
        self.inside: tuple[EmbeddedFile, ...] = ()
        self.fields_of: dict[int, tuple[FormField, ...]] = {}
        self.left_out: dict[int, tuple[int, ...]] = {}
        self.opening: Exception | None = None
        self.password = ""
        self.plain = False  # whether small pictures are there no sooner than full ones
        self.partial = False  # whether those that are there sooner lack some of their lines
        self.inks: dict[int, PageInk] = {}
        self.ink_box = (100.0, 80.0, 500.0, 700.0)
        self.forgotten: list[FakeDocument] = []
        self.released: list[Path] = []
        self.followed: list[tuple[Any, Path]] = []
        self.rested: list[FakeDocument] = []

    def _ask(
        self, kind: str, page: int, answer: Callable[[], Any], **arguments: Any
    ) -> Future[Any]:
        ask = Ask(kind, page, Future(), self._or_fault(kind, page, answer), arguments)
        self.asks.append(ask)
        if kind in self.held:
            self.waiting.append(ask)
        else:
            ask.give()
        return ask.future

    def _or_fault(self, kind: str, page: int, answer: Callable[[], Any]) -> Callable[[], Any]:
        def made() -> Any:
            if (kind, page) in self.faults:
                raise self.faults[kind, page]
            return answer()

        return made

    def give(self, kind: str = "") -> None:
        """Answer what waits."""
        waiting, self.waiting = self.waiting, []
        for ask in waiting:
            if not kind or ask.kind == kind:
                ask.give()
            else:
                self.waiting.append(ask)

    def asked(self, kind: str) -> list[int]:
        """The pages a stage was asked for, in order."""
        return [ask.page for ask in self.asks if ask.kind == kind]

    def geometry_of(self, page: int) -> PageGeometry:
        width, height = self.sizes.get(page, self.size)
        return PageGeometry((0.0, 0.0, width, height))

    def open(
        self, path: Path, password: str = "", *, background: bool = False, priority: int = 0
    ) -> Future[Any]:
        def opened() -> FakeDocument:
            if self.opening is not None and not (self.password and password == self.password):
                raise self.opening
            first = tuple(self.geometry_of(page) for page in range(min(self.first, self.pages)))
            return FakeDocument(path, DocumentInfo(self.pages, geometry=first))

        return self._ask("open", 0, opened, password=password)

    def outline(self, doc: Any, *, priority: int = 0) -> Future[tuple[OutlineItem, ...]]:
        return self._ask("outline", 0, lambda: self.items)

    def labels(self, doc: Any, *, priority: int = 0) -> Future[PageLabels]:
        return self._ask("labels", 0, lambda: self.page_labels)

    def geometry(
        self, doc: Any, first: int, count: int, *, priority: int = 0
    ) -> Future[tuple[PageGeometry, ...]]:
        pages = range(first, min(first + count, self.pages))
        return self._ask("geometry", first, lambda: tuple(map(self.geometry_of, pages)))

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
        rotation: int = 0,
    ) -> Future[Picture]:
        width, height = turned_size(self.geometry_of(page).size, rotation)
        x0, y0, x1, y1 = clip or (0.0, 0.0, width, height)
        across, down = max(round((x1 - x0) * scale), 1), max(round((y1 - y0) * scale), 1)
        return self._ask(
            "render",
            page,
            lambda: Picture(across, down, across * 4, GREY * (across * down)),
            scale=scale,
            clip=clip,
            priority=priority,
            annotations=annotations,
            colors=colors,
            rotation=rotation,
        )

    def glance(
        self,
        doc: Any,
        page: int,
        scale: float,
        *,
        priority: int = 0,
        colors: PageColors | None = None,
    ) -> Future[Any]:
        if self.plain:
            return self._ask("glance", page, lambda: None)
        if self.partial:
            return self._ask("glance", page, lambda: Picture(1, 1, 4, GREY, whole=False))
        drawn: Future[Any] = self.render(doc, page, scale, priority=priority, colors=colors)
        return drawn

    def ink(self, doc: Any, page: int, *, priority: int = 0) -> Future[PageInk]:
        return self._ask("ink", page, lambda: self.inks.get(page, PageInk(self.ink_box)))

    def text(self, doc: Any, page: int, *, priority: int = 0) -> Future[PageText]:
        return self._ask("text", page, lambda: lines_of(f"Words of page {page + 1}", "needle"))

    def links(self, doc: Any, page: int, *, priority: int = 0) -> Future[tuple[PdfLink, ...]]:
        return self._ask("links", page, lambda: self.links_of.get(page, ()))

    def table(
        self, doc: Any, page: int, area: Rect, *, priority: int = 0
    ) -> Future[tuple[tuple[str, ...], ...]]:
        return self._ask("table", page, lambda: self.rows, clip=area)

    def metadata(self, doc: Any, *, priority: int = 0) -> Future[Metadata]:
        return self._ask("metadata", 0, lambda: self.told)

    def properties(self, doc: Any, *, priority: int = 0) -> Future[Properties]:
        return self._ask("properties", 0, lambda: self.known)

    def embedded(self, doc: Any, *, priority: int = 0) -> Future[tuple[EmbeddedFile, ...]]:
        return self._ask("embedded", 0, lambda: self.inside)

    def extract(self, doc: Any, index: int, *, priority: int = 0) -> Future[bytes]:
        return self._ask("extract", 0, f"file {index}".encode)

    def fields(self, doc: Any, page: int, *, priority: int = 0) -> Future[tuple[FormField, ...]]:
        return self._ask("fields", page, lambda: self.fields_of.get(page, ()))

    def filled(
        self, doc: Any, values: Mapping[str, str], *, priority: int = 0
    ) -> Future[ChangedCopy]:
        return self._ask("filled", 0, lambda: ChangedCopy(b"copy", appended=False), values=values)

    def marks(self, doc: Any, page: int = 0, entry: int = 0, *, priority: int = 0) -> Future[Marks]:
        return self._ask("marks", page, Marks)

    def leave_out(self, doc: Any, entries: Mapping[int, tuple[int, ...]]) -> None:
        self.left_out = dict(entries)

    def release(self, path: Path) -> None:
        self.released.append(path)

    def rest(self, doc: Any) -> None:
        self.rested.append(doc)

    def follow(self, doc: Any, path: Path) -> None:
        self.followed.append((doc, path))

    def forget(self, doc: Any) -> None:
        self.forgotten.append(doc)


def lines_of(*lines: str) -> PageText:
    """A page of lines, each letter 10 points wide, each line 20 points below the last."""
    boxes = array("f")
    spans: list[tuple[int, int]] = []
    chars = ""
    for row, line in enumerate(lines):
        spans.append((len(chars), len(chars) + len(line)))
        chars += line
        for column in range(len(line)):
            x, y = 100.0 + 10 * column, 100.0 + 20 * row
            boxes.extend((x, y, x + 10, y + 15))
    return PageText(chars, boxes, tuple(spans), ((0, len(chars)),))


def settle(qtbot: QtBot, page: ViewerPage) -> None:
    """Wait until nothing moves and the view is sharp."""

    def sharp() -> bool:
        canvas = page.canvas
        return (
            page.pdf is not None
            and not canvas.motion.active
            and not page.pdf.requests.waits_for("tile", canvas.camera.visible())
            and not page.pdf.requests.waits_for("text", canvas.camera.visible())
            and not page.pdf.loader.busy
        )

    qtbot.waitUntil(sharp, timeout=10_000)


def pdf_of(page: ViewerPage) -> PdfView:
    """The document a page shows."""
    assert page.pdf is not None
    return page.pdf
