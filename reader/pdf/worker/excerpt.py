"""A page without what takes long to draw: there long before the whole of it.

Drawing takes as long as there is content, however small the picture.  What a page draws
stands in streams, its own and those of its figures; of long ones the first part is drawn.
The text of a paper is in a short stream, so that all of it and the beginnings of its
figures are seen.  Pictures that take long to unpack are grey areas.
"""

from __future__ import annotations

import os
import re
from typing import Any, NamedTuple

from pymupdf import mupdf

from reader.pdf.worker import images
from reader.pdf.worker.files import OpenFile

# Bytes as stored.  A page of words has less than 32 kB; with this much, drawing takes 70 ms.
_MUCH = 192 * 1024
_LONG = 16 * 1024  # bytes as stored, of which a part is taken
_PART = 48 * 1024  # bytes of it as drawn: about 1,000 lines, 5 ms
_MARK = re.compile(rb"(?<![\w/])(?:BMC|BDC|EMC)(?!\w)")
_MOST_LONG = 4  # streams of which a part is drawn; the others are left out
_PIECES = 1024  # of a page's own content, which are added up
_LOOKS = 128  # figures, and figures in figures, that are looked at; they may go round in circles


class Long(NamedTuple):
    """What takes long to draw on a page."""

    own: int  # bytes of its own content, 0 where they are few
    figures: list[mupdf.PdfObj]
    pictures: list[mupdf.PdfObj]


def excerpt(file: OpenFile, number: int, limits: dict[str, Any]) -> OpenFile | None:
    """The file opened once more, without what takes long of what a page draws.

    None where the page takes no longer than others do, and where the file is not there any
    more as it was: nothing is wrong with the page for that.  It is the caller's to close.
    """
    if not file.is_pdf or _long(file.page_object(number)) is None:
        return None
    if file.repaired and file.took > images.SECONDS:
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
    long = _long(page)
    if long is None:
        return False
    if long.own:
        # One stream, wherever it is cut: what follows would be drawn in the middle of it,
        # in its colour and size, or be taken for the rest of its words.
        whole = mupdf.pdf_open_contents_stream(pdf, mupdf.pdf_dict_gets(page, "Contents"))
        kept = mupdf.fz_new_buffer_from_copied_data(_beginning(whole, _PART))
        stream = mupdf.pdf_add_stream(pdf, kept, mupdf.PdfObj(), 0)
        mupdf.pdf_dict_puts(page, "Contents", stream)
    for place, figure in enumerate(sorted(long.figures, key=mupdf.pdf_to_num), bool(long.own)):
        most = _PART if place < _MOST_LONG else 0
        data = _beginning(mupdf.pdf_open_stream(figure), most)
        # A figure gives back what it sets, but for marks: what is drawn after one in a hidden
        # layer would be hidden too.
        kept = mupdf.fz_new_buffer_from_copied_data(data + b"\nEMC" * _open_marks(data))
        mupdf.pdf_update_stream(pdf, figure, kept, 0)
    for picture in long.pictures:
        images.leave_out(pdf, picture)
    return True


def _long(page: mupdf.PdfObj) -> Long | None:
    """What takes long to draw on a page; None where nothing does."""
    contents = mupdf.pdf_dict_gets(page, "Contents")
    own = _stored(contents)
    if mupdf.pdf_is_array(contents):
        count = min(mupdf.pdf_array_len(contents), _PIECES)
        own = sum(_stored(mupdf.pdf_array_get(contents, index)) for index in range(count))
    figures: dict[int, mupdf.PdfObj] = {}
    pictures: dict[int, mupdf.PdfObj] = {}
    waiting = [mupdf.pdf_dict_get_inheritable(page, mupdf.pdf_new_name("Resources"))]
    looks = 0
    while waiting and looks < _LOOKS:
        drawn = mupdf.pdf_dict_gets(waiting.pop(), "XObject")
        for index in range(min(mupdf.pdf_dict_len(drawn), _LOOKS - looks)):
            looks += 1
            thing = mupdf.pdf_dict_get_val(drawn, index)
            kind = mupdf.pdf_to_name(mupdf.pdf_dict_gets(thing, "Subtype"))
            if kind == "Form":
                waiting.append(mupdf.pdf_dict_gets(thing, "Resources"))
                if _stored(thing) > _LONG:
                    figures[mupdf.pdf_to_num(thing)] = thing
            elif kind == "Image":
                pictures[mupdf.pdf_to_num(thing)] = thing
    own = own if own > _LONG else 0
    if own + sum(map(_stored, figures.values())) <= _MUCH:
        own, figures = 0, {}
    slow = _slow(list(pictures.values()))
    return Long(own, list(figures.values()), slow) if own or figures or slow else None


def _slow(pictures: list[mupdf.PdfObj]) -> list[mupdf.PdfObj]:
    """The pictures for which there is no time."""
    took = 0.0
    slow: list[mupdf.PdfObj] = []
    for seconds, picture in sorted(
        ((images.seconds(picture), picture) for picture in pictures), key=lambda pair: pair[0]
    ):
        took += seconds
        if took > images.SECONDS:
            slow.append(picture)
    return slow


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
