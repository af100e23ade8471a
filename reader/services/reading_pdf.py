"""PdfFacts from the engine: what an import and an attachment need to know of a file."""

from __future__ import annotations

import contextlib
from pathlib import Path

from reader.pdf.engine import Document, Engine
from reader.pdf.protocol import PageText, PdfEncrypted, PdfFailure
from reader.services.pdf_facts import PdfFacts

_WAIT = 60.0  # longer than every deadline of the engine: it always answers


def facts(engine: Engine, path: Path) -> PdfFacts:
    """Open a PDF in the background child and read what it says of itself.

    A password-protected file is fine and says nothing; what is no PDF raises
    the engine's PdfError.  A page that cannot be read costs only its text.
    """
    try:
        document = engine.open(path, background=True).result(_WAIT)
    except PdfEncrypted:
        return PdfFacts()
    try:
        return _facts(engine, document)
    finally:
        engine.forget(document)


def _facts(engine: Engine, document: Document) -> PdfFacts:
    info = document.info
    largest = first = ""
    with contextlib.suppress(PdfFailure):
        page = engine.text(document, 0).result(_WAIT)
        largest, first = largest_text(page), page.chars
    return PdfFacts(info.pages, info.title, info.author, largest, first)


def largest_text(page: PageText) -> str:
    """The page's tallest horizontal text, its lines joined: most likely the title."""
    lines = [
        (page.chars[start:end].strip(), _height(page, start, end)) for start, end in page.lines
    ]
    tallest = max((height for text, height in lines if any(map(str.isalpha, text))), default=0.0)
    taken: list[str] = []
    for text, height in lines:
        if tallest and height >= tallest * 0.92:
            taken.append(text)
        elif taken:
            break  # the first run of large lines only
    return " ".join(taken)


def _height(page: PageText, start: int, end: int) -> float:
    """The line's text height in points; 0 for text that is turned on its side."""
    boxes = [page.box(index) for index in range(start, end) if page.chars[index].strip()]
    if not boxes:
        return 0.0
    heights = sorted(box[3] - box[1] for box in boxes)
    width = max(box[2] for box in boxes) - min(box[0] for box in boxes)
    total = max(box[3] for box in boxes) - min(box[1] for box in boxes)
    return 0.0 if len(boxes) > 4 and total > width else heights[len(heights) // 2]
