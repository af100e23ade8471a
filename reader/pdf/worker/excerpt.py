"""A page of very many lines, with the first of them only: there long before the whole of it.

Drawing takes as long as there is content, however small the picture.  What a page draws
stands in streams, its own and those of its figures; of long ones the first part is drawn.
The text of a paper is in a short stream, so that all of it and the beginnings of its
figures are seen.
"""

from __future__ import annotations

import os
from typing import Any

from pymupdf import mupdf

from reader.pdf.worker.files import OpenFile

_MUCH = (
    192 * 1024
)  # bytes as stored.  A page of words has less than 32 kB; with more it takes 70 ms.
_LONG = 16 * 1024  # bytes of one stream as stored, of which a part is taken
_PART = 48 * 1024  # bytes of it as drawn: about 1,000 lines, 5 ms
_MOST_LONG = 4  # streams of which a part is drawn; the others are left out
_LOOKS = 128  # figures, and figures in figures, that are looked at; they may go round in circles


def excerpt(file: OpenFile, number: int, limits: dict[str, Any]) -> OpenFile | None:
    """The file opened once more, with only the beginnings of what a page draws.

    None where the page draws no more than others do.  It is the caller's to close.
    """
    if not file.is_pdf or file.repaired or _much(file.page_object(number)) is None:
        return None
    part = OpenFile(file.path, file.password, limits)
    long = _much(part.page_object(number)) if _same(file, part) else None
    if long is None:
        part.close()
        return None
    for place, stream in enumerate(sorted(long, key=mupdf.pdf_to_num)):
        _cut(part.pdf, stream, _PART if place < _MOST_LONG else 0)
    return part


def _same(file: OpenFile, other: OpenFile) -> bool:
    """Whether nobody has put another file in its place since."""
    one, two = (os.fstat(opened.source.fileno()) for opened in (file, other))
    return (one.st_dev, one.st_ino, one.st_size) == (two.st_dev, two.st_ino, two.st_size)


def _much(page: mupdf.PdfObj) -> list[mupdf.PdfObj] | None:
    """The long ones of a page's streams, where they come to much together."""
    found: dict[int, mupdf.PdfObj] = {}
    contents = mupdf.pdf_dict_gets(page, "Contents")
    own = [contents]
    if mupdf.pdf_is_array(contents):
        count = min(mupdf.pdf_array_len(contents), _LOOKS)
        own = [mupdf.pdf_array_get(contents, index) for index in range(count)]
    for stream in own:
        _note(stream, found)
    waiting = [mupdf.pdf_dict_get_inheritable(page, mupdf.pdf_new_name("Resources"))]
    looks = 0
    while waiting and looks < _LOOKS:
        figures = mupdf.pdf_dict_gets(waiting.pop(), "XObject")
        for index in range(min(mupdf.pdf_dict_len(figures), _LOOKS - looks)):
            looks += 1
            figure = mupdf.pdf_dict_get_val(figures, index)
            if mupdf.pdf_to_name(mupdf.pdf_dict_gets(figure, "Subtype")) == "Form":
                _note(figure, found)
                waiting.append(mupdf.pdf_dict_gets(figure, "Resources"))
    return list(found.values()) if sum(map(_stored, found.values())) > _MUCH else None


def _note(stream: mupdf.PdfObj, found: dict[int, mupdf.PdfObj]) -> None:
    if mupdf.pdf_is_stream(stream) and _stored(stream) > _LONG:
        found[mupdf.pdf_to_num(stream)] = stream


def _stored(stream: mupdf.PdfObj) -> int:
    return mupdf.pdf_to_int(mupdf.pdf_dict_gets(stream, "Length"))


def _cut(pdf: mupdf.PdfDocument, stream: mupdf.PdfObj, most: int) -> None:
    """Leave only the first bytes of what a stream unpacks to, up to the end of a line."""
    part = mupdf.fz_open_null_filter(mupdf.pdf_open_stream(stream), most, 0)
    data = mupdf.fz_buffer_extract_copy(mupdf.fz_read_all(part, most + 1)) if most else b""
    end = max(data.rfind(b"\n"), data.rfind(b" "))
    kept = mupdf.fz_new_buffer_from_copied_data(data[: max(end, 0)])
    mupdf.pdf_update_stream(pdf, stream, kept, 0)
