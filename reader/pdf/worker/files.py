"""An open document in the child, with the pages it keeps at hand."""

from __future__ import annotations

import time
from typing import Any

from pymupdf import mupdf

from reader.pdf.worker import kinds
from reader.pdf.worker.answers import RefusedError
from reader.pdf.worker.frames import Frame, frame_of

# Width, height and letter size, points, of what has no pages of its own.  They never change,
# so that a place kept in a book stays the same place.
_LAYOUT = (450.0, 650.0, 12.0)
_MOST_PAGES = 10_000_000
_KEPT_PAGES = 4


class OpenFile:
    """A file opened as what its bytes say it is, whatever its name says.

    The outline is not loaded by opening: MuPDF's own loader recurses and dies
    on bookmarks nested deep enough.
    """

    def __init__(self, path: str, password: str, limits: dict[str, Any]) -> None:
        self.path, self.password = path, password
        self.source = open(path, "rb")  # noqa: PTH123, SIM115
        self.kind = kinds.kind_of(self.source, limits)
        self.locked = self.repaired = False
        self._pdf: mupdf.PdfDocument | None = None
        start = time.perf_counter()
        if self.kind == kinds.PDF:
            self.document = self._open_pdf(password)
        else:
            self.document = self._open_other(password)
        self.took = time.perf_counter() - start  # seconds
        self.pages = mupdf.fz_count_pages(self.document)
        if not 0 < self.pages <= _MOST_PAGES:
            raise RefusedError("The document has no pages.")
        self.answered: object = None  # owns the memory of the last answer
        self._frames: dict[int, Frame] = {}
        self._seen: mupdf.FzPage | None = None
        self._drawings: dict[tuple[int, bool, tuple[int, ...]], mupdf.FzDisplayList] = {}

    def _open_pdf(self, password: str) -> mupdf.FzDocument:
        pdf = self._pdf = mupdf.pdf_open_document(self.name())
        self.locked = bool(mupdf.pdf_needs_password(pdf))
        if self.locked and not mupdf.pdf_authenticate_password(pdf, password):
            raise _locked(password)
        self.repaired = bool(mupdf.pdf_was_repaired(pdf))
        return pdf.super()

    def _open_other(self, password: str) -> mupdf.FzDocument:
        stream = mupdf.fz_open_file(self.name())
        document = mupdf.fz_open_document_with_stream(self.kind.magic, stream)
        # MuPDF looks at the content too: what it takes for something else is not opened.
        if not mupdf.fz_lookup_metadata2(document, "format").startswith(self.kind.format):
            raise RefusedError("The file is not what it says it is.")
        self.locked = bool(mupdf.fz_needs_password(document))
        if self.locked and not mupdf.fz_authenticate_password(document, password):
            raise _locked(password)
        if mupdf.fz_is_document_reflowable(document):
            mupdf.fz_layout_document(document, *_LAYOUT)
        return document

    def name(self) -> str:
        """The file as MuPDF can be told of it: a name that is not UTF-8 goes by its number."""
        try:
            self.path.encode()
        except UnicodeEncodeError:
            return f"/dev/fd/{self.source.fileno()}"
        return self.path

    @property
    def is_pdf(self) -> bool:
        """Whether there are objects to read, beside pages."""
        return self._pdf is not None

    @property
    def pdf(self) -> mupdf.PdfDocument:
        """The document's objects."""
        if self._pdf is None:
            raise RefusedError("Only a PDF can do that.")
        return self._pdf

    def page_object(self, number: int) -> mupdf.PdfObj:
        """The page's dictionary; nothing on the page is loaded."""
        return mupdf.pdf_lookup_page_obj(self.pdf, number)

    def frame(self, number: int) -> Frame:
        """The page's box, turn and unit."""
        if self._pdf is not None:
            return frame_of(self.page_object(number))
        if number not in self._frames:
            # All pages of a book are laid out alike; others are loaded to be measured.
            alike = mupdf.fz_is_document_reflowable(self.document)
            box = mupdf.FzRect(0, 0, *_LAYOUT[:2]) if alike else self.page(number).fz_bound_page()
            self._frames[number] = Frame((0.0, 0.0, box.x1 - box.x0, box.y1 - box.y0), 0, 1.0)
        return self._frames[number]

    def page(self, number: int) -> mupdf.FzPage:
        """The page with all that hangs on it."""
        page = mupdf.fz_load_page(self.document, number)
        if self._pdf is None:
            self._seen = page  # MuPDF gives it again: some pictures are unpacked by loading them
        return page

    def drawing(
        self, number: int, annotations: bool, without: tuple[int, ...] = ()
    ) -> mupdf.FzDisplayList:
        """What is drawn on a page, kept for its next tile or zoom.

        `without` are entries of the page's list of annotations that are not drawn.
        """
        key = (number, annotations, without)
        drawing = self._drawings.pop(key, None)
        if drawing is None:
            page = self.page(number)
            if annotations and without and self._pdf is not None:
                drawing = self._drawn_without(number, page, without)
            elif annotations:
                drawing = mupdf.fz_new_display_list_from_page(page)
            else:
                drawing = _without_annotations(page)
        self._drawings[key] = drawing
        if len(self._drawings) > _KEPT_PAGES:
            del self._drawings[next(iter(self._drawings))]
        return drawing

    def _drawn_without(
        self, number: int, page: mupdf.FzPage, without: tuple[int, ...]
    ) -> mupdf.FzDisplayList:
        entries = mupdf.pdf_dict_gets(self.page_object(number), "Annots")
        left_out = [mupdf.pdf_array_get(entries, index) for index in without]
        # An entry that is no object of its own has the number 0, and is known by all it holds.
        numbers = {mupdf.pdf_to_num(item) for item in left_out} - {0}
        bare = [item for item in left_out if not mupdf.pdf_to_num(item)]
        drawing = mupdf.FzDisplayList(mupdf.fz_bound_page(page))
        device = mupdf.fz_new_list_device(drawing)
        whole, cookie = mupdf.FzMatrix(), mupdf.FzCookie()
        mupdf.fz_run_page_contents(page, device, whole, cookie)
        annotation = mupdf.pdf_first_annot(mupdf.pdf_page_from_fz_page(page))
        while annotation.m_internal:
            item = mupdf.pdf_annot_obj(annotation)
            known = mupdf.pdf_to_num(item) in numbers
            if not known and not any(mupdf.pdf_objcmp(item, other) == 0 for other in bare):
                mupdf.pdf_run_annot(annotation, device, whole, cookie)
            annotation = mupdf.pdf_next_annot(annotation)
        mupdf.fz_run_page_widgets(page, device, whole, cookie)
        mupdf.fz_close_device(device)
        return drawing

    def drop_drawings(self) -> None:
        """Give up what is only kept for speed."""
        self._drawings.clear()
        self._seen = None
        self.answered = None

    def close(self) -> None:
        """Close the file itself; MuPDF's part goes with this object."""
        self.source.close()


def _without_annotations(page: mupdf.FzPage) -> mupdf.FzDisplayList:
    """A page's contents and its form: what is filled in is no annotation to a reader."""
    drawing = mupdf.FzDisplayList(mupdf.fz_bound_page(page))
    device = mupdf.fz_new_list_device(drawing)
    for run in (mupdf.fz_run_page_contents, mupdf.fz_run_page_widgets):
        run(page, device, mupdf.FzMatrix(), mupdf.FzCookie())
    mupdf.fz_close_device(device)
    return drawing


def _locked(password: str) -> RefusedError:
    kind = "wrong_password" if password else "encrypted"
    return RefusedError("The password does not fit.", kind)
