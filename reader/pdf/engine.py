"""The parent's side of the PDF engine: requests in, futures out, no waiting.

Nothing here loads PyMuPDF or Qt.  Each lane (screen, background) is one thread
with one child process; a request is in the child's hands one at a time, so that
what is asked for last can still overtake what waits.
"""

from __future__ import annotations

import itertools
import math
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import asdict, astuple
from functools import partial
from pathlib import Path
from typing import Any

from reader.domain.annotation import PageGeometry, Rect
from reader.domain.pdf_marks import Drawn
from reader.pdf import decode, failures, slots
from reader.pdf.child import Reply
from reader.pdf.clock import Clock
from reader.pdf.jobs import Document, Job
from reader.pdf.lane import Lane, Shared
from reader.pdf.protocol import (
    ChangedCopy,
    EmbeddedFile,
    EngineEvent,
    FormField,
    Limits,
    Marks,
    Metadata,
    OutlineItem,
    PageColors,
    PageInk,
    PageLabels,
    PageText,
    PdfAnnotation,
    PdfLink,
    Picture,
    Properties,
    Rotation,
)
from reader.pdf.quarantine import Quarantine
from reader.pdf.spawn import Spawned

__all__ = ["Document", "Engine"]

_LIMITS = Limits()
_GLANCE = 0.02  # pixels a point: the page is read, next to nothing is drawn


class Engine:
    """Opens and reads PDF files in child processes.

    Every method returns at once.  Results and errors (children of PdfFailure)
    are set on a thread of the engine, so a callback must be short;
    `future.cancel()` always succeeds while no answer has been set, and a late
    answer is thrown away.  Higher `priority` first, newest first within one.
    """

    def __init__(
        self,
        limits: Limits = _LIMITS,
        *,
        on_event: Callable[[EngineEvent], None] | None = None,
        allocate: slots.Allocator = slots.Slot,
        first: Spawned | None = None,
    ) -> None:
        """Begin, with the screen's first child where one was spawned before."""
        self.limits = limits
        self._quarantine = Quarantine(limits.crashes)
        self._clock = Clock()
        self._shared = Shared(
            limits, self._clock, self._quarantine, allocate, on_event or (lambda _event: None)
        )
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._lanes: dict[bool, Lane] = {}
        if first is not None:
            self._lanes[False] = Lane(self._shared, background=False, first=first)
        self._ahead: dict[Path, Future[Document]] = {}
        self._closed = False

    def warm(self) -> None:
        """Start the screen child, so that the first document finds it ready."""
        if lane := self._lane(background=False):
            lane.warm()

    def expect(self, path: Path) -> None:
        """Open a file that is going to be asked for, and draw its first page small: there is time.

        The next `open` of it on the screen's side without a password gets what is
        there by then.  What goes wrong is told there.
        """
        self._open_ahead(path, lambda doc: self.render(doc, 0, _GLANCE))

    def prepare(self, path: Path, ask: Callable[[Document], object] | None = None) -> None:
        """Open a file that is asked for in a moment, and `ask` for its first pictures then.

        `ask` is called on a thread of the engine, or at once where the file is open.  Who
        asks for the same after it gets what is there by then, until another picture is wanted.
        """
        self._open_ahead(path, partial(_gather, ask) if ask is not None else None)

    def _open_ahead(self, path: Path, then: Callable[[Document], object] | None) -> None:
        def opened(future: Future[Document]) -> None:
            if then and not future.cancelled() and future.exception() is None:
                then(future.result())

        known = self._ahead.get(path.absolute())  # asked for twice, and taken once
        if known is None:
            known = self._ahead[path.absolute()] = self.open(path)
        known.add_done_callback(opened)

    def pid(self, *, background: bool = False) -> int | None:
        """The process id of a child, None while there is none."""
        with self._lock:
            lane = self._lanes.get(background)
        return lane.pid if lane else None

    def open(
        self, path: Path, password: str = "", *, background: bool = False, priority: int = 0
    ) -> Future[Document]:
        """Open a file; PdfEncrypted when the password is missing or wrong."""
        if not password and not background:
            ahead = self._ahead.pop(path.absolute(), None)
            if ahead is not None:
                return ahead
        doc = Document(path.absolute(), background, next(self._numbers), password)

        def opened(reply: Reply) -> Document:
            doc.info = decode.info(reply)
            return doc

        return self._put(doc, "open", {}, opened, priority)

    def metadata(self, doc: Document, *, priority: int = 0) -> Future[Metadata]:
        """The information dictionary and the XMP packet."""
        return self._put(doc, "metadata", {}, decode.metadata, priority)

    def outline(self, doc: Document, *, priority: int = 0) -> Future[tuple[OutlineItem, ...]]:
        """The bookmarks in order."""
        pages = doc.info.pages
        return self._put(doc, "outline", {}, lambda reply: decode.outline(reply, pages), priority)

    def labels(self, doc: Document, *, priority: int = 0) -> Future[PageLabels]:
        """The names the pages go by."""
        return self._put(doc, "labels", {}, decode.labels, priority)

    def geometry(
        self, doc: Document, first: int, count: int, *, priority: int = 0
    ) -> Future[tuple[PageGeometry, ...]]:
        """Boxes of the pages from `first` on, at most Limits.geometry at a time."""
        request = {"first": first, "count": count}
        return self._put(doc, "geometry", request, decode.geometry, priority)

    def render(
        self,
        doc: Document,
        page: int,
        scale: float,
        *,
        clip: Rect | None = None,
        priority: int = 0,
        annotations: bool = True,
        colors: PageColors | None = None,
        rotation: Rotation = 0,
    ) -> Future[Picture]:
        """A page, or the `clip` of it, at `scale` pixels a point.

        `rotation` turns the page clockwise beyond its own /Rotate.  The clip is in
        points of what is seen then: view space, turned (a point x, y of a page of
        width w and height h is at h - y, x after 90; w - x, h - y after 180;
        y, w - x after 270).  It covers the pixels floor(x0 * scale) to
        ceil(x1 * scale), so tiles cut at whole pixels fit together without a seam.
        """
        if not all(map(math.isfinite, (scale, *(clip or ())))):
            refused: Future[Picture] = Future()
            refused.set_exception(failures.nothing_to_draw(page))
            return refused
        request = _drawn(doc, page, scale, colors) | {
            "clip": clip, "annotations": annotations, "rotation": rotation,
        }  # fmt: skip
        most = self.limits.pixels
        return self._put(
            doc, "render", request, lambda reply: decode.picture(reply, most), priority
        )

    def glance(
        self,
        doc: Document,
        page: int,
        scale: float,
        *,
        priority: int = 0,
        colors: PageColors | None = None,
    ) -> Future[Picture | None]:
        """A small picture of a page that holds large ones and takes long to render.

        None where the full picture does not take much longer.
        """
        most = self.limits.pixels
        return self._put(
            doc, "glance", _drawn(doc, page, scale, colors),
            lambda reply: decode.picture(reply, most) if reply.value else None, priority,
        )  # fmt: skip

    def text(self, doc: Document, page: int, *, priority: int = 0) -> Future[PageText]:
        """The characters of a page."""
        return self._put(doc, "text", {"page": page}, decode.text, priority)

    def links(self, doc: Document, page: int, *, priority: int = 0) -> Future[tuple[PdfLink, ...]]:
        """The links of a page that may be followed."""
        pages = doc.info.pages
        return self._put(
            doc, "links", {"page": page}, lambda reply: decode.links(reply, pages), priority
        )

    def annotations(
        self, doc: Document, page: int, *, priority: int = 0
    ) -> Future[tuple[PdfAnnotation, ...]]:
        """The marks of a page that people make."""
        return self._put(doc, "annotations", {"page": page}, decode.marks, priority)

    def ink(self, doc: Document, page: int, *, priority: int = 0) -> Future[PageInk]:
        """The box of what is printed on a page, for trimming its margins."""
        return self._put(doc, "ink", {"page": page}, decode.ink, priority)

    def fields(
        self, doc: Document, page: int, *, priority: int = 0
    ) -> Future[tuple[FormField, ...]]:
        """The fields of a form on a page."""
        return self._put(doc, "fields", {"page": page}, decode.fields, priority)

    def filled(
        self, doc: Document, values: Mapping[str, str], *, priority: int = 0
    ) -> Future[ChangedCopy]:
        """The PDF with fields filled in, by their names; the file itself is left as it is.

        The value of a checkbox or radio button is the state to put it in, "Off"
        for none.  PdfRefused, in words, for a name that is not there, a field
        that cannot be filled, and a value it cannot take.
        """
        request = {"values": dict(values)}
        return self._put(doc, "filled", request, decode.changed, priority)

    def marks(
        self, doc: Document, page: int = 0, entry: int = 0, *, priority: int = 0
    ) -> Future[Marks]:
        """The annotations of a PDF from an entry of a page's list on, a piece of them."""
        request = {"page": page, "at": entry}
        pages = doc.info.pages
        return self._put(
            doc, "marks", request, lambda reply: decode.all_marks(reply, pages), priority
        )

    def annotated(
        self,
        doc: Document,
        added: Sequence[Drawn],
        removed: Sequence[tuple[int, int]] = (),
        values: Mapping[str, str] | None = None,
        *,
        priority: int = 0,
    ) -> Future[ChangedCopy]:
        """The PDF with annotations put in, others (page, entry) taken out, fields filled in.

        The file itself is left as it is.  PdfRefused where the document forbids
        annotations, has no such page, or the copy would be too large.
        """
        request = {
            "add": [asdict(mark) for mark in added],
            "remove": list(removed),
            "values": dict(values or {}),
        }
        return self._put(doc, "annotated", request, decode.changed, priority)

    def leave_out(self, doc: Document, entries: Mapping[int, tuple[int, ...]]) -> None:
        """From now on draw pages without some of their annotations, named by page and entry."""
        doc.left_out = dict(entries)

    def embedded(self, doc: Document, *, priority: int = 0) -> Future[tuple[EmbeddedFile, ...]]:
        """The files within a PDF: those of the document, then those of its pages."""
        pages = doc.info.pages
        return self._put(doc, "embedded", {}, lambda reply: decode.embedded(reply, pages), priority)

    def extract(self, doc: Document, index: int, *, priority: int = 0) -> Future[bytes]:
        """The bytes of an embedded file, at most Limits.reply of them."""
        return self._put(doc, "extract", {"index": index}, lambda reply: reply.data, priority)

    def properties(self, doc: Document, *, priority: int = 0) -> Future[Properties]:
        """Version, protection, fonts and page sizes."""
        return self._put(doc, "properties", {}, decode.properties, priority)

    def table(
        self, doc: Document, page: int, area: Rect, *, priority: int = 0
    ) -> Future[tuple[tuple[str, ...], ...]]:
        """The cells of the table in an area (view space points): rows of equal length."""
        request = {"page": page, "clip": area}
        return self._put(doc, "table", request, decode.table, priority)

    def release(self, path: Path) -> None:
        """Lift the quarantine of a file: the next request tries it again."""
        self._quarantine.release(path.absolute())

    def rest(self, doc: Document) -> None:
        """Free what the child holds of a document; the next request opens it there again."""
        if lane := self._lane(doc.background):
            lane.rest(doc)

    def follow(self, doc: Document, path: Path) -> None:
        """The same content lies at another place now: it is read there from the next request on."""
        doc.path, doc.key = path.absolute(), None
        self.rest(doc)

    def forget(self, doc: Document) -> None:
        """Close a document; what was still asked of it is cancelled."""
        if lane := self._lane(doc.background):
            lane.forget(doc)

    def close(self) -> None:
        """End everything.  No process, thread or shared memory is left."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            lanes = list(self._lanes.values())
            self._lanes.clear()
        for lane in lanes:
            lane.close()
        self._clock.close()

    def _lane(self, background: bool) -> Lane | None:
        """The lane, made when it is first needed; None after the end."""
        with self._lock:
            if self._closed:
                return None
            if background not in self._lanes:
                self._lanes[background] = Lane(self._shared, background=background)
            return self._lanes[background]

    def _put(
        self,
        doc: Document,
        stage: str,
        request: dict[str, Any],
        decoder: Callable[[Reply], Any],
        priority: int,
    ) -> Future[Any]:
        future: Future[Any] = Future()
        job = Job(doc, stage, {"do": stage, "doc": doc.number, **request}, decoder, future)
        if early := doc.early.same(job):
            return early.future
        if lane := self._lane(doc.background):
            lane.put(job, priority)
        else:
            future.cancel()
        return future


def _gather(ask: Callable[[Document], object], doc: Document) -> None:
    doc.early.gather(partial(ask, doc))


def _drawn(doc: Document, page: int, scale: float, colors: PageColors | None) -> dict[str, Any]:
    """The request for the picture of a whole page as it is in the file."""
    return {
        "page": page,
        "scale": scale,
        "clip": None,
        "annotations": True,
        "without": doc.left_out.get(page, ()),
        "colors": astuple(colors) if colors else None,
        "rotation": 0,
    }
