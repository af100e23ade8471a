"""The structure of a PDF: read every page through the engine, find what its text says.

A page that cannot be read is skipped and reported; the others go on.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from reader.domain.annotation import PageGeometry, Rect
from reader.domain.value import dataclass
from reader.pdf.engine import Document, Engine
from reader.pdf.protocol import OutlineItem, PageText, PdfFailure, PdfLink
from reader.pdf.structure.structure import Structure
from reader.pdf.structure.values import Mention

_Answer = TypeVar("_Answer")
_WAIT = 60.0  # longer than every deadline of the engine: it always answers
_AHEAD = 16  # pages asked for before the first is answered


@dataclass(frozen=True, slots=True)
class Study:
    """A PDF's structure with the links and the geometry of its pages.

    `skipped` are the pages whose text could not be read.
    """

    structure: Structure
    links: tuple[tuple[PdfLink, ...], ...]
    geometry: tuple[PageGeometry, ...]
    skipped: tuple[int, ...] = ()

    def mentions(self) -> Iterator[Mention]:
        """The mentions of all pages, page by page."""
        for page, links in enumerate(self.links):
            yield from self.structure.mentions(page, links)

    def user_rect(self, page: int, rect: Rect) -> Rect:
        """A view space rect in PDF user space: x0, y0, x1, y1 with y up."""
        left, top, right, _, _, bottom, _, _ = self.geometry[page].rect_to_quad(rect)
        return left, bottom, right, top


def study(engine: Engine, path: Path, password: str = "") -> Study:
    """Open a PDF in the background child and find its structure.

    Raises the engine's PdfError when the file cannot be opened.
    """
    document = engine.open(path, password, background=True).result(_WAIT)
    try:
        return _study(engine, document)
    finally:
        engine.forget(document)


def _study(engine: Engine, document: Document) -> Study:
    pages = document.info.pages
    texts: list[PageText | None] = []
    links: list[tuple[PdfLink, ...]] = []
    waiting: deque[tuple[Future[PageText], Future[tuple[PdfLink, ...]]]] = deque()
    for page in range(pages + _AHEAD):
        if page < pages:
            waiting.append((engine.text(document, page), engine.links(document, page)))
        if page >= _AHEAD and waiting:
            text, link = waiting.popleft()
            texts.append(_answer(text))
            links.append(_answer(link) or ())
    outline: tuple[OutlineItem, ...] = ()
    with contextlib.suppress(PdfFailure):
        outline = engine.outline(document).result(_WAIT)
    skipped = tuple(page for page, text in enumerate(texts) if text is None)
    geometry = _geometry(engine, document)
    return Study(Structure(texts, outline), tuple(links), geometry, skipped)


def _answer(future: Future[_Answer]) -> _Answer | None:
    """What was asked for, None where the engine could not tell."""
    try:
        return future.result(_WAIT)
    except PdfFailure:
        return None


def _geometry(engine: Engine, document: Document) -> tuple[PageGeometry, ...]:
    """The geometry of every page; the usual one where the engine could not tell."""
    found: list[PageGeometry] = []
    while len(found) < document.info.pages:
        part = _answer(engine.geometry(document, len(found), engine.limits.geometry))
        if not part:
            break
        found += part
    return tuple(found) + (PageGeometry(),) * (document.info.pages - len(found))
