"""A page of very many lines, with the first of them only: there long before the whole of it.

Drawing takes as long as there is content, however small the picture.  What a page draws
stands in streams, its own and those of its figures; of long ones the first part is drawn.
The text of a paper is in a short stream, so that all of it and the beginnings of its
figures are seen.
"""

from __future__ import annotations

import os
import re
from typing import Any

from pymupdf import mupdf

from reader.pdf.worker.files import OpenFile

# Bytes as stored.  A page of words has less than 32 kB; with this much, drawing takes 70 ms.
_MUCH = 192 * 1024
_LONG = 16 * 1024  # bytes as stored, of which a part is taken
_PART = 48 * 1024  # bytes of it as drawn: about 1,000 lines, 5 ms
_MARK = re.compile(rb"(?<![\w/])(?:BMC|BDC|EMC)(?!\w)")
_MOST_LONG = 4  # streams of which a part is drawn; the others are left out
_PIECES = 1024  # of a page's own content, which are added up
_LOOKS = 128  # figures, and figures in figures, that are looked at; they may go round in circles


def excerpt(file: OpenFile, number: int, limits: dict[str, Any]) -> OpenFile | None:
    """The file opened once more, with only the beginnings of what a page draws.

    None where the page draws no more than others do, and where the file is not there any
    more as it was: nothing is wrong with the page for that.  It is the caller's to close.
    """
    if not file.is_pdf or file.repaired or _much(file.page_object(number)) is None:
        return None
    try:
        part = OpenFile(file.path, file.password, limits)
    except Exception:  # gone, cut short, locked: whatever became of it
        return None
    try:
        shortened = _same(file, part) and _shorten(part.pdf, part.page_object(number))
    except Exception:  # half of another file, or one that is being written
        shortened = False
    if not shortened:
        part.close()
        return None
    return part


def _same(file: OpenFile, other: OpenFile) -> bool:
    """Whether nobody has put another file in its place since."""
    one, two = (os.fstat(opened.source.fileno()) for opened in (file, other))
    return (one.st_dev, one.st_ino, one.st_size) == (two.st_dev, two.st_ino, two.st_size)


def _shorten(pdf: mupdf.PdfDocument, page: mupdf.PdfObj) -> bool:
    """Leave only the beginnings of what a page draws; False where that is little."""
    long = _much(page)
    if long is None:
        return False
    own, figures = long
    if own:
        # One stream, wherever it is cut: what follows would be drawn in the middle of it,
        # in its colour and size, or be taken for the rest of its words.
        whole = mupdf.pdf_open_contents_stream(pdf, mupdf.pdf_dict_gets(page, "Contents"))
        kept = mupdf.fz_new_buffer_from_copied_data(_beginning(whole, _PART))
        stream = mupdf.pdf_add_stream(pdf, kept, mupdf.PdfObj(), 0)
        mupdf.pdf_dict_puts(page, "Contents", stream)
    for place, figure in enumerate(sorted(figures, key=mupdf.pdf_to_num), bool(own)):
        most = _PART if place < _MOST_LONG else 0
        data = _beginning(mupdf.pdf_open_stream(figure), most)
        # A figure gives back what it sets, but for marks: what is drawn after one in a hidden
        # layer would be hidden too.
        kept = mupdf.fz_new_buffer_from_copied_data(data + b"\nEMC" * _open_marks(data))
        mupdf.pdf_update_stream(pdf, figure, kept, 0)
    return True


def _much(page: mupdf.PdfObj) -> tuple[int, list[mupdf.PdfObj]] | None:
    """Bytes of a page's own content, 0 where they are few, and its long figures; None of little."""
    contents = mupdf.pdf_dict_gets(page, "Contents")
    own = _stored(contents)
    if mupdf.pdf_is_array(contents):
        count = min(mupdf.pdf_array_len(contents), _PIECES)
        own = sum(_stored(mupdf.pdf_array_get(contents, index)) for index in range(count))
    found: dict[int, mupdf.PdfObj] = {}
    waiting = [mupdf.pdf_dict_get_inheritable(page, mupdf.pdf_new_name("Resources"))]
    looks = 0
    while waiting and looks < _LOOKS:
        figures = mupdf.pdf_dict_gets(waiting.pop(), "XObject")
        for index in range(min(mupdf.pdf_dict_len(figures), _LOOKS - looks)):
            looks += 1
            figure = mupdf.pdf_dict_get_val(figures, index)
            if mupdf.pdf_to_name(mupdf.pdf_dict_gets(figure, "Subtype")) == "Form":
                if _stored(figure) > _LONG:
                    found[mupdf.pdf_to_num(figure)] = figure
                waiting.append(mupdf.pdf_dict_gets(figure, "Resources"))
    own = own if own > _LONG else 0
    long = own + sum(map(_stored, found.values())) > _MUCH
    return (own, list(found.values())) if long else None


def _stored(stream: mupdf.PdfObj) -> int:
    """Bytes of a stream, as its file tells; 0 of anything else."""
    if not mupdf.pdf_is_stream(stream):
        return 0
    return max(mupdf.pdf_to_int(mupdf.pdf_dict_gets(stream, "Length")), 0)


def _beginning(stream: mupdf.FzStream, most: int) -> bytes:
    """The first bytes of what a stream unpacks to, up to the end of a line or a word."""
    if not most:
        return b""
    part = mupdf.fz_open_null_filter(stream, most, 0)
    data: bytes = mupdf.fz_buffer_extract_copy(mupdf.fz_read_all(part, most + 1))
    if len(data) < most:
        return data
    line = data.rfind(b"\n")  # seldom in the middle of words, as a space is
    return data[: line if line > most // 2 else max(data.rfind(b" "), 0)]


def _open_marks(data: bytes) -> int:
    """How many marks are begun and not ended."""
    depth = 0
    for mark in _MARK.findall(data):
        depth = max(depth - 1, 0) if mark == b"EMC" else depth + 1
    return depth
