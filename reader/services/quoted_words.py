"""Annotations that come without evidence get it from the document they lie on."""

from __future__ import annotations

from reader.domain.annotation import PageGeometry
from reader.domain.marking import Annotation
from reader.pdf.engine import Document, Engine
from reader.pdf.evidence import evidence
from reader.pdf.hyphens import Words
from reader.pdf.protocol import PageText, PdfFailure

_WAIT = 60.0  # longer than every deadline of the engine: it always answers
_KEPT = 8  # pages held at a time


class QuotedWords:
    """The words under marks, from the texts of a document's pages."""

    def __init__(self, engine: Engine, doc: Document) -> None:
        self._engine = engine
        self._doc = doc
        self._words = Words()
        self._texts: dict[int, PageText | None] = {}
        self._frames: dict[int, PageGeometry] = dict(enumerate(doc.info.geometry))

    def quoted(self, mark: Annotation) -> Annotation:
        """The mark with the words it covers and those around; as it is where none are found."""
        found = evidence(self._text, self._frame, mark.kind, mark.parts)
        return found.kept_by(mark) if found.starts else mark

    def _text(self, page: int) -> PageText | None:
        if page not in self._texts:
            if len(self._texts) >= _KEPT:
                self._texts.pop(next(iter(self._texts)))
            self._texts[page] = self._read(page)
        return self._texts[page]

    def _read(self, page: int) -> PageText | None:
        if not 0 <= page < self._doc.info.pages:
            return None
        try:
            return self._engine.text(self._doc, page).result(_WAIT).share(self._words, page)
        except PdfFailure:
            return None  # a page whose text cannot be read costs only the quotes

    def _frame(self, page: int) -> PageGeometry:
        if page not in self._frames:
            try:
                [self._frames[page]] = self._engine.geometry(self._doc, page, 1).result(_WAIT)
            except PdfFailure:
                return PageGeometry()
        return self._frames[page]
