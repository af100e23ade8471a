"""A document with its letters, and where its sentences truly are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pymupdf

from reader.domain.annotation import PageGeometry
from reader.pdf.anchor import Letters, Side, letters_of, squeeze
from reader.pdf.engine import Engine
from reader.pdf.text import PageText

WAIT = 120
_WORDS, _LINES = 20, 150  # letters


class Text:
    """A PDF read through the engine."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self.path = path
        doc = engine.open(path, background=True).result(WAIT)
        count = doc.info.pages
        self.pages: list[PageText] = [engine.text(doc, page).result(WAIT) for page in range(count)]
        self.frames: list[PageGeometry] = list(engine.geometry(doc, 0, count).result(WAIT))
        engine.forget(doc)
        self.side = Side(self._letters(), self.page_of, self.frames.__getitem__)

    def page_of(self, page: int) -> PageText | None:
        return self.pages[page] if 0 <= page < len(self.pages) else None

    def _letters(self) -> Letters:
        steps = letters_of(len(self.pages), self.page_of)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                return end.value

    def sentences(self, texts: Mapping[int, str]) -> dict[int, tuple[int, int]]:
        """Number to (first letter, end) of the sentences whose words are given.

        Their destinations say where to look, their first and last words where exactly.
        """
        with pymupdf.open(self.path) as doc:
            names = doc.resolve_names()
            heights = [page.rect.height for page in doc]
        marks: dict[str, int | None] = {}
        for name, target in names.items():
            if re.fullmatch(r"[ab]\d+", name):
                page, (x, y) = target["page"], target["to"]
                marks[name] = self._letter(page, x, heights[page] - y)
        found: dict[int, tuple[int, int]] = {}
        for number, text in texts.items():
            start, end = marks.get(f"a{number}"), marks.get(f"b{number}")
            if start is None or end is None:
                continue
            words = squeeze(text)
            first = self._near(words[:_WORDS], start)
            last = self._near(words[-_WORDS:], end - min(_WORDS, len(words)))
            if first is not None and last is not None:
                found[number] = (first, last + min(_WORDS, len(words)))
        return found

    def _near(self, words: str, at: int) -> int | None:
        """Where words stand nearest to a letter, not farther than two lines away."""
        text = self.side.letters.text
        places = [
            match.start() + max(at - _LINES, 0)
            for match in re.finditer(re.escape(words), text[max(at - _LINES, 0) : at + _LINES])
        ]
        return min(places, key=lambda place: abs(place - at), default=None)

    def _letter(self, page: int, x: float, y: float) -> int | None:
        """The letter nearest to a point of a base line."""
        text, letters = self.pages[page], self.side.letters
        best, best_distance = None, 400.0
        for low, high in text.lines:
            _, top, _, bottom = text.rects(low, high)[0]
            if not top - 20 <= y <= bottom + 20:
                continue
            for offset in range(letters.offset_of(page, low), letters.offset_of(page, high)):
                x0, y0, x1, y1 = text.box(letters.chars[offset])
                distance = (x - min(max(x, x0), x1)) ** 2 + 4 * (y - (y0 + 2 * y1) / 3) ** 2
                if distance < best_distance:
                    best, best_distance = offset, distance
        return best
