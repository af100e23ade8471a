"""What a document is studied by, gathered behind the reading.

The texts are those of the whole text where it could be read; links and outline
come from the background child, so that the one for the screen stays free.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError as FutureCancelled
from concurrent.futures import Future
from dataclasses import field
from typing import TypeVar

from reader.domain.errors import CancelledError
from reader.domain.value import dataclass
from reader.pdf.engine import Document, Engine
from reader.pdf.protocol import OutlineItem, PageText, PdfFailure, PdfLink, PdfRefused
from reader.services import findings
from reader.services.findings import Findings

T = TypeVar("T")
Layout = Callable[[int], PageText | None]

_PRIORITY = -9  # behind all but the reading of whole texts
_WAIT = 60.0  # seconds; longer than every deadline of the engine: it always answers
_AHEAD = 2
_PATIENCE = 12  # pages that may hang or crash before the rest counts as without links
# Of a longer document the beginning is studied, and the end, where the references are.
_MOST_PAGES, _OF_THE_END, _HOPELESS = 1_200, 300, 20_000
_MOST_CHARACTERS = 6_000_000


@dataclass(slots=True)
class _Gathered:
    texts: dict[int, PageText | None] = field(default_factory=dict)
    links: dict[int, tuple[PdfLink, ...]] = field(default_factory=dict)
    characters: int = 0
    lost: int = 0


def look_through(
    engine: Engine, asked: Document, layout: Layout | None, given_up: Callable[[], bool]
) -> tuple[Findings, bool]:
    """What a document's text leads to, and whether looking again would find the same.

    `layout` gives the text of a page; without it texts are read as well.
    Raises PdfFailure when the file cannot be opened, CancelledError once it
    is `given_up`.
    """
    opening = engine.open(asked.path, asked.password, background=True, priority=_PRIORITY)
    doc = _answer(opening)
    try:
        outline: Sequence[OutlineItem] = ()
        with contextlib.suppress(PdfFailure):
            outline = _answer(engine.outline(doc, priority=_PRIORITY))
        found = _Gathered()
        whole = _gather(engine, doc, layout, found, given_up)
    finally:
        engine.forget(doc)
    pages = range(max(found.texts, default=-1) + 1)
    texts = [found.texts.get(page) for page in pages]
    links = [found.links.get(page, ()) for page in pages]
    return findings.study(texts, links, outline, whole=whole), not found.lost


def _gather(
    engine: Engine,
    doc: Document,
    layout: Layout | None,
    found: _Gathered,
    given_up: Callable[[], bool],
) -> bool:
    """Take page after page; whether that was all of the document."""
    order = _order(doc.info.pages)
    flying: deque[tuple[int, Future[tuple[PdfLink, ...]], Future[PageText] | None]] = deque()
    more = True
    while more or flying:
        if given_up():
            raise CancelledError("Nobody waits for what is found any more.")
        while more and len(flying) < _AHEAD:
            page = next(order, None)
            more = page is not None
            if page is not None:
                links = engine.links(doc, page, priority=_PRIORITY)
                text = None if layout else engine.text(doc, page, priority=_PRIORITY)
                flying.append((page, links, text))
        if not flying:
            break
        page, links, text = flying.popleft()
        found.links[page] = _read(links, found) or ()
        kept = layout(page) if layout else _read(text, found) if text else None
        found.texts[page] = kept
        found.characters += len(kept.chars) if kept else 0
        if found.characters > _MOST_CHARACTERS or found.lost > _PATIENCE:
            more = False
    return next(order, None) is None and len(found.texts) == doc.info.pages


def _read(future: Future[T], found: _Gathered) -> T | None:
    """What a page has; None where that could not be read, which is counted when it may pass."""
    try:
        return _answer(future)
    except PdfRefused:
        return None
    except PdfFailure:
        found.lost += 1
        return None


def _answer(future: Future[T]) -> T:
    try:
        return future.result(_WAIT)
    except FutureCancelled:
        raise CancelledError("The program is closing.") from None


def _order(pages: int) -> Iterator[int]:
    if pages <= _MOST_PAGES:
        yield from range(pages)
        return
    yield from range(_MOST_PAGES - _OF_THE_END)
    if pages <= _HOPELESS:
        yield from range(pages - _OF_THE_END, pages)
