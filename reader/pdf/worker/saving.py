"""A changed copy of a document as bytes: what is to follow the file's own, or a file of its own."""

from __future__ import annotations

from typing import Any, BinaryIO

from pymupdf import mupdf

from reader.pdf.worker.answers import RefusedError
from reader.pdf.worker.files import OpenFile

Limits = dict[str, Any]


def opened_again(file: OpenFile) -> mupdf.PdfDocument:
    """The document once more, to be changed; the one that is shown stays as it is."""
    copy = mupdf.pdf_open_document(file.name())
    if file.locked:
        mupdf.pdf_authenticate_password(copy, file.password)
    return copy


class _Sink(mupdf.FzOutput2):
    """Takes what MuPDF writes; of a source that it writes first, only notes that it is the same.

    Nothing may be raised in here: it is called from C.
    """

    def __init__(self, source: BinaryIO | None, most: int) -> None:
        super().__init__()
        self.use_virtual_write()
        self.use_virtual_tell()
        self.data = bytearray()
        self.same, self.fits = True, True
        self._source, self._most, self._at = source, most, 0

    def tell(self, _context: Any) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        return self._at

    def write(self, _context: Any, raw: Any, count: int) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        data = mupdf.raw_to_python_bytes(raw, count)
        self._at += count
        if self._source is not None:
            before = self._source.read(count)
            self.same = self.same and data.startswith(before)
            data = data[len(before) :]
        self.fits = self.fits and len(self.data) + len(data) <= self._most
        if self.fits:
            self.data += data


def written(
    file: OpenFile, copy: mupdf.PdfDocument, limits: Limits
) -> tuple[dict[str, bool], memoryview]:
    """What the copy adds to the file's bytes (`appended`), or all of it where that cannot be."""
    options = mupdf.PdfWriteOptions()
    options.do_encrypt = mupdf.PDF_ENCRYPT_KEEP
    options.do_incremental = int(mupdf.pdf_can_be_saved_incrementally(copy))
    options.do_compress_fonts = 1
    appended = bool(options.do_incremental)
    # MuPDF writes the source first; the parent has it and needs only the rest.
    file.source.seek(0)
    sink = _Sink(file.source if appended else None, limits["reply"])
    mupdf.pdf_write_document(copy, sink, options)
    mupdf.fz_close_output(sink)
    if not sink.same or (appended and file.source.read(1)):
        raise RefusedError("The file has changed on the disk.")
    if not sink.fits:
        most = limits["reply"] >> 20
        raise RefusedError(f"The copy would be larger than {most} MB.")
    return {"appended": appended}, memoryview(sink.data)
