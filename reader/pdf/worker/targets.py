"""Where bookmarks and links lead: a page with a point, or an address that is allowed.

Actions are read from the file itself.  MuPDF reports Launch, file: and remote
targets under kinds of its own, and none of them may ever reach the reader.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pymupdf import mupdf

from reader.pdf.worker.files import OpenFile
from reader.pdf.worker.frames import Frame, to_view

_ADDRESS = re.compile(r"(?:https?://|mailto:|doi:)[^\s\x00-\x1f\x7f]+", re.IGNORECASE)
_LONGEST_ADDRESS = 8192


class Target(NamedTuple):
    """A page with a point in view space, or an address."""

    page: int | None
    x: float
    y: float
    uri: str


class Resolver:
    """Finds targets in one document; named destinations and pages are found once."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file
        self._names: dict[str, mupdf.PdfObj] = {}
        self._pages: dict[int, tuple[int, Frame] | None] = {}

    def target(self, item: mupdf.PdfObj) -> Target | None:
        """Where a bookmark or link annotation leads; None for nothing allowed."""
        destination = mupdf.pdf_dict_gets(item, "Dest")
        if not mupdf.pdf_is_null(destination):
            return self._destination(destination)
        action = mupdf.pdf_dict_gets(item, "A")
        kind = mupdf.pdf_to_name(mupdf.pdf_dict_gets(action, "S"))
        if kind == "GoTo":
            return self._destination(mupdf.pdf_dict_gets(action, "D"))
        if kind == "URI":
            uri = allowed(mupdf.pdf_to_text_string(mupdf.pdf_dict_gets(action, "URI")))
            return Target(None, 0.0, 0.0, uri) if uri else None
        return None

    def _destination(self, value: mupdf.PdfObj) -> Target | None:
        if mupdf.pdf_is_string(value) or mupdf.pdf_is_name(value):
            value = self._named(value)
        if mupdf.pdf_is_dict(value):
            value = mupdf.pdf_dict_gets(value, "D")
        if not mupdf.pdf_is_array(value) or not mupdf.pdf_array_len(value):
            return None
        found = self._page(mupdf.pdf_array_get(value, 0))
        if found is None:
            return None
        page, frame = found
        x, y = _point(value, frame)
        return Target(page, x, y, "")

    def _named(self, value: mupdf.PdfObj) -> mupdf.PdfObj:
        key = (
            mupdf.pdf_to_text_string(value)
            if mupdf.pdf_is_string(value)
            else "/" + mupdf.pdf_to_name(value)
        )
        if key not in self._names:
            self._names[key] = mupdf.pdf_lookup_dest(self._file.pdf, value)
        return self._names[key]

    def _page(self, value: mupdf.PdfObj) -> tuple[int, Frame] | None:
        if mupdf.pdf_is_int(value):
            return self._framed(mupdf.pdf_to_int(value))
        number = mupdf.pdf_to_num(value)
        if number not in self._pages:
            self._pages[number] = None
            if mupdf.pdf_is_dict(value):
                page = mupdf.pdf_lookup_page_number(self._file.pdf, value)
                self._pages[number] = self._framed(page)
        return self._pages[number]

    def _framed(self, page: int) -> tuple[int, Frame] | None:
        if not 0 <= page < self._file.pages:
            return None
        return page, self._file.frame(page)


def allowed(uri: str) -> str:
    """The address when it is http, https, mailto or doi, else ""."""
    uri = uri.strip()
    fits = len(uri) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(uri)
    return uri if fits else ""


def _point(value: mupdf.PdfObj, frame: Frame) -> tuple[float, float]:
    """The point an explicit destination asks for; the page's top-left where it leaves it open."""
    x0, y0, x1, y1 = frame.crop
    corners = {0: (x0, y1), 90: (x0, y0), 180: (x1, y0), 270: (x1, y1)}
    x, y = corners[frame.rotation]
    kind = mupdf.pdf_to_name(mupdf.pdf_array_get(value, 1))
    at = {"XYZ": (2, 3), "FitR": (2, 5), "FitH": (None, 2), "FitBH": (None, 2), "FitV": (2, None),
          "FitBV": (2, None)}.get(kind, (None, None))  # fmt: skip
    given_x, given_y = (_number(value, place) for place in at)
    x = x if given_x is None else given_x
    y = y if given_y is None else given_y
    return to_view(frame, x, y)


def _number(value: mupdf.PdfObj, at: int | None) -> float | None:
    if at is None:
        return None
    item = mupdf.pdf_array_get(value, at)
    return mupdf.pdf_to_real(item) if mupdf.pdf_is_number(item) else None
