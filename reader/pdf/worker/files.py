"""An open document in the child, with the pages it keeps at hand."""

from __future__ import annotations

from pymupdf import mupdf

from reader.pdf.worker.answers import RefusedError
from reader.pdf.worker.frames import Frame, frame_of

_MAGIC_WITHIN = 1024
_MOST_PAGES = 10_000_000
_KEPT_PAGES = 4


class OpenFile:
    """A PDF opened as a PDF, whatever its name says.

    The outline is not loaded by opening: MuPDF's own loader recurses and dies
    on bookmarks nested deep enough.
    """

    def __init__(self, path: str, password: str) -> None:
        self.source = open(path, "rb")  # noqa: PTH123, SIM115
        head = self.source.read(_MAGIC_WITHIN)
        if not head:
            raise RefusedError("The file is empty.")
        if b"%PDF-" not in head:
            raise RefusedError(_what_it_is(head))
        self.pdf = mupdf.pdf_open_document(self._name(path))
        self.document = self.pdf.super()
        self.locked = bool(mupdf.pdf_needs_password(self.pdf))
        if self.locked and not mupdf.pdf_authenticate_password(self.pdf, password):
            raise RefusedError(
                "The password does not fit.", "wrong_password" if password else "encrypted"
            )
        self.pages = mupdf.pdf_count_pages(self.pdf)
        if not 0 < self.pages <= _MOST_PAGES:
            raise RefusedError("The document has no pages.")
        self.repaired = bool(mupdf.pdf_was_repaired(self.pdf))
        self.last_pixmap: mupdf.FzPixmap | None = None
        self._drawings: dict[tuple[int, bool], mupdf.FzDisplayList] = {}

    def _name(self, path: str) -> str:
        """The file as MuPDF can be told of it: a name that is not UTF-8 goes by its number."""
        try:
            path.encode()
        except UnicodeEncodeError:
            return f"/dev/fd/{self.source.fileno()}"
        return path

    def page_object(self, number: int) -> mupdf.PdfObj:
        """The page's dictionary; nothing on the page is loaded."""
        return mupdf.pdf_lookup_page_obj(self.pdf, number)

    def frame(self, number: int) -> Frame:
        """The page's box, turn and unit."""
        return frame_of(self.page_object(number))

    def page(self, number: int) -> mupdf.FzPage:
        """The page with all that hangs on it."""
        return mupdf.fz_load_page(self.document, number)

    def drawing(self, number: int, annotations: bool) -> mupdf.FzDisplayList:
        """What is drawn on a page, kept for its next tile or zoom."""
        key = (number, annotations)
        drawing = self._drawings.pop(key, None)
        if drawing is None:
            page = self.page(number)
            make = (
                mupdf.fz_new_display_list_from_page
                if annotations
                else mupdf.fz_new_display_list_from_page_contents
            )
            drawing = make(page)
        self._drawings[key] = drawing
        if len(self._drawings) > _KEPT_PAGES:
            del self._drawings[next(iter(self._drawings))]
        return drawing

    def drop_drawings(self) -> None:
        """Give up what is only kept for speed."""
        self._drawings.clear()
        self.last_pixmap = None

    def close(self) -> None:
        """Close the file itself; MuPDF's part goes with this object."""
        self.source.close()


def _what_it_is(head: bytes) -> str:
    start = head.lstrip()[:64].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body")):
        return "The file is a web page, not a PDF."
    if start.startswith(b"pk\x03\x04"):
        return "The file is a ZIP archive, not a PDF."
    return "The file is not a PDF."
