"""Documents as finding annotations again needs them: their letters, page texts and boxes.

Made of the engine and the texts it reads; meant for a lane or the command line,
as it waits for both.  Every generator gives its progress and can be closed.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path
from typing import TypeVar

from reader.domain.annotation import PageGeometry
from reader.pdf.anchor import Side, letters_of
from reader.pdf.engine import Document, Engine
from reader.pdf.hyphens import Words
from reader.pdf.protocol import PageText, PdfFailure, Picture
from reader.services.import_plan import Progress
from reader.services.texts import DocumentText, Texts

T = TypeVar("T")

_LOOK = 0.1  # seconds between two signs of progress while something is waited for
_WAIT = 60.0  # longer than every deadline of the engine
_SCALE = 0.3  # pixels a point: enough to tell one scanned page from another
_ALIKE, _BLANK = 2.0, 24  # levels of gray
_KEPT = 16  # page texts held at a time


class Opened:
    """A document that is open in the background child; `close` gives it back."""

    def __init__(self, engine: Engine, path: Path) -> None:
        """Raises PdfFailure for what cannot be opened, or asks for a password."""
        self._engine = engine
        self.doc: Document = engine.open(path, background=True).result(_WAIT)
        self._frames: dict[int, PageGeometry] = dict(enumerate(self.doc.info.geometry))

    def close(self) -> None:
        self._engine.forget(self.doc)

    def frame_of(self, page: int) -> PageGeometry:
        """The boxes of a page; those of a common page where they cannot be read."""
        if page not in self._frames and 0 <= page < self.doc.info.pages:
            count = self._engine.limits.geometry
            try:
                frames = self._engine.geometry(self.doc, page, count).result(_WAIT)
            except PdfFailure:
                frames = (PageGeometry(),)
            self._frames.update(enumerate(frames, page))
        return self._frames.get(page, PageGeometry())

    def side(self, texts: Texts) -> Generator[Progress, None, Side]:
        """The document with its letters; its text is read where it is not kept."""
        text = yield from waiting(texts.read(self.doc), "Reading the text")
        return (yield from side_of(text, self.frame_of))

    def picture(self, page: int) -> Picture | None:
        """A small picture of a page; None where it cannot be drawn."""
        try:
            return self._engine.render(self.doc, page, _SCALE, annotations=False).result(_WAIT)
        except PdfFailure:
            return None


def side_of(
    text: DocumentText, frame_of: Callable[[int], PageGeometry]
) -> Generator[Progress, None, Side]:
    """A document whose text is known."""
    pages = len(text.book.pages)
    kept: dict[int, PageText | None] = {}
    words = Words()

    def page_of(page: int) -> PageText | None:
        if not 0 <= page < pages:
            return None
        if page not in kept:
            if len(kept) >= _KEPT:
                kept.pop(next(iter(kept)))
            found = text.layout(page)
            kept[page] = found.share(words, page) if found is not None else None
        return kept[page]

    steps = letters_of(pages, page_of)
    try:
        while True:
            yield Progress(next(steps), pages, "Comparing the text")
    except StopIteration as end:
        return Side(end.value, page_of, frame_of)


def waiting(future: Future[T], what: str) -> Generator[Progress, None, T]:
    """Wait for an answer; closing the generator gives it up."""
    try:
        while True:
            try:
                return future.result(_LOOK)
            except FutureTimeout:
                if future.done():
                    raise
                yield Progress(0, 0, what)
    finally:
        future.cancel()


def look_alike(one: Picture | None, other: Picture | None) -> bool:
    """Whether two pages look the same, and are not blank: a blank page is like any other."""
    if one is None or other is None:
        return False
    if (one.width, one.height, one.stride) != (other.width, other.height, other.stride):
        return False
    first, second = one.pixels[1::4], other.pixels[1::4]  # green stands for gray
    if max(first) - min(first) < _BLANK:
        return False
    return sum(abs(a - b) for a, b in zip(first, second, strict=True)) <= _ALIKE * len(first)
