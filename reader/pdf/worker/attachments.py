"""Files within a PDF: those of the document and those that hang on its pages."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from pymupdf import mupdf

from reader.pdf.worker.answers import RefusedError
from reader.pdf.worker.files import OpenFile
from reader.pdf.worker.places import annotations_of
from reader.pdf.worker.structure import root_of, text_of

_DEPTH = 32
_LOOKING = 2.0  # seconds for the pages: there may be a million
_NAMES = ("UF", "F", "Unix", "Mac", "DOS")

Limits = dict[str, Any]
Request = dict[str, Any]


def embedded(file: OpenFile, _request: Request, limits: Limits) -> tuple[list[Any], None]:
    """[name, description, size, mime, modified, page] for every file."""
    return [_row(spec, name, page) for spec, name, page in _found(file, limits["items"])], None


def extract(file: OpenFile, request: Request, limits: Limits) -> tuple[None, bytes]:
    """The bytes of one of the files."""
    for index, (spec, _name, _page) in enumerate(_found(file, limits["items"])):
        if index == request["index"]:
            return None, _content(spec, limits["reply"])
    raise RefusedError("The document has no such file within it.")


def _content(spec: mupdf.PdfObj, most: int) -> bytes:
    stream = _stream(spec)
    too_large = RefusedError(f"The file within is larger than {most >> 20} MB.")
    if (_size(stream) or 0) > most:
        raise too_large
    data = mupdf.pdf_load_stream(stream).fz_buffer_extract()
    if len(data) > most:
        raise too_large
    return data


def _found(file: OpenFile, most: int) -> Iterator[tuple[mupdf.PdfObj, str, int | None]]:
    """(file specification, the name it is listed under, page or None)."""
    count = 0
    names = mupdf.pdf_dict_gets(root_of(file), "Names")
    for spec, name in _listed(mupdf.pdf_dict_gets(names, "EmbeddedFiles"), 0, set()):
        if count < most and mupdf.pdf_is_stream(_stream(spec)):
            count += 1
            yield spec, name, None
    due = time.monotonic() + _LOOKING
    for number in range(file.pages):
        if count >= most or time.monotonic() > due:
            return
        try:
            page = file.page_object(number)
        except Exception:  # noqa: S112 - a hole in the page tree has no files
            continue
        for item in annotations_of(page, "FileAttachment", most - count):
            spec = mupdf.pdf_dict_gets(item, "FS")
            if mupdf.pdf_is_stream(_stream(spec)):
                count += 1
                yield spec, "", number


def _listed(node: mupdf.PdfObj, depth: int, seen: set[int]) -> Iterator[tuple[mupdf.PdfObj, str]]:
    """The leaves of a name tree, which may be cyclic."""
    number = mupdf.pdf_to_num(node)
    if depth > _DEPTH or number in seen or not mupdf.pdf_is_dict(node):
        return
    if number:
        seen.add(number)
    leaves = mupdf.pdf_dict_gets(node, "Names")
    for index in range(0, mupdf.pdf_array_len(leaves) - 1, 2):
        name = text_of(mupdf.pdf_array_get(leaves, index))
        yield mupdf.pdf_array_get(leaves, index + 1), name
    kids = mupdf.pdf_dict_gets(node, "Kids")
    for index in range(mupdf.pdf_array_len(kids)):
        yield from _listed(mupdf.pdf_array_get(kids, index), depth + 1, seen)


def _stream(spec: mupdf.PdfObj) -> mupdf.PdfObj:
    held = mupdf.pdf_dict_gets(spec, "EF")
    for key in _NAMES:
        stream = mupdf.pdf_dict_gets(held, key)
        if mupdf.pdf_is_stream(stream):
            return stream
    return mupdf.PdfObj()


def _row(spec: mupdf.PdfObj, listed: str, page: int | None) -> list[Any]:
    stream = _stream(spec)
    named = (text_of(mupdf.pdf_dict_gets(spec, key)) for key in _NAMES)
    parameters = mupdf.pdf_dict_gets(stream, "Params")
    return [
        next(filter(None, named), listed),
        text_of(mupdf.pdf_dict_gets(spec, "Desc")),
        _size(stream),
        mupdf.pdf_to_name(mupdf.pdf_dict_gets(stream, "Subtype")),
        text_of(mupdf.pdf_dict_gets(parameters, "ModDate")),
        page,
    ]


def _size(stream: mupdf.PdfObj) -> int | None:
    size = mupdf.pdf_dict_gets(mupdf.pdf_dict_gets(stream, "Params"), "Size")
    return max(mupdf.pdf_to_int(size), 0) if mupdf.pdf_is_int(size) else None
