"""Free text in letters that Helvetica lacks: set by MuPDF, the fonts it needs within the file."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Any

import pymupdf
from pymupdf import mupdf

from reader.pdf.worker import looks
from reader.pdf.worker.frames import frame_of

Mark = dict[str, Any]

_TALLEST = 5_000.0  # points of free text; what is below its box is not seen
_CSS = "* {font-family: sans-serif; font-size: %gpx; color: %s; line-height: 1.2}"


class Setting:
    """The free texts of a copy, all set at once so that they share their fonts."""

    def __init__(self, copy: mupdf.PdfDocument, marks: Iterable[Mark]) -> None:
        self._made: dict[str, tuple[bytes, mupdf.PdfObj]] = {}
        wanted = [mark for mark in marks if not looks.is_latin(mark["contents"])]
        if not wanted:
            return
        sheet: Any = pymupdf.open()
        for mark in wanted:
            page = mupdf.pdf_lookup_page_obj(copy, mark["page"])
            _set(sheet, mark, frame_of(page).rotation)
        sheet.subset_fonts()
        document = mupdf.pdf_document_from_fz_document(sheet.this)
        fonts = mupdf.pdf_new_graft_map(copy)
        for number, mark in enumerate(wanted):
            page = mupdf.pdf_lookup_page_obj(document, number)
            held = mupdf.pdf_dict_gets(page, "Resources")
            made = mupdf.pdf_graft_mapped_object(fonts, held)
            self._made[mark["nm"]] = (sheet[number].read_contents(), made)
        sheet.close()

    def look(self, mark: Mark, rotation: int) -> tuple[looks.Look, mupdf.PdfObj] | None:
        """The appearance of a text and its resources; None for one that Helvetica shows."""
        if mark["nm"] not in self._made:
            return None
        content, resources = self._made[mark["nm"]]
        box = looks.box_of(mark["quads"])
        _, height = looks.seen(box, rotation)
        content = b"1 0 0 1 0 %s cm\n" % looks.number(height - _TALLEST) + content
        return looks.Look(box, looks.upright(box, rotation, content)), resources


def _set(sheet: Any, mark: Mark, rotation: int) -> None:
    width, _ = looks.seen(looks.box_of(mark["quads"]), rotation)
    page = sheet.new_page(width=max(width, 8.0), height=_TALLEST)
    place = pymupdf.Rect(looks.INNER, looks.INNER, page.rect.width - looks.INNER, _TALLEST)
    words = html.escape(mark["contents"]).replace("\n", "<br>")
    page.insert_htmlbox(place, words, css=_CSS % (mark["width"], mark["color"]), scale_low=1)
