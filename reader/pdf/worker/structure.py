"""What a document says of itself: information, labels, the boxes of its pages."""

from __future__ import annotations

import contextlib
import hashlib
from typing import Any

from pymupdf import mupdf

from reader.pdf.worker import others
from reader.pdf.worker.files import OpenFile
from reader.pdf.worker.frames import Frame

_LABEL_RULES = 10_000
_LABEL_DEPTH = 32
_TEXT = 10_000
_XMP = 256 << 10
_FIELDS = {
    "title": "Title",
    "author": "Author",
    "subject": "Subject",
    "keywords": "Keywords",
    "creator": "Creator",
    "producer": "Producer",
    "created": "CreationDate",
    "modified": "ModDate",
}

Limits = dict[str, Any]
Request = dict[str, Any]


def info(file: OpenFile, limits: Limits) -> dict[str, Any]:
    """What opening a document tells."""
    count = min(file.pages, limits["first_geometry"])
    answer = {
        "pages": file.pages,
        "needs_password": file.locked,
        "repaired": file.repaired,
        "sha256": _hash(file, limits["hashed"]),
        "geometry": _frames(file, 0, count),
    }
    fields = _information(file) if file.is_pdf else others.information(file)
    return answer | {"kind": file.kind.name, "title": fields["title"], "author": fields["author"]}


def metadata(file: OpenFile, _request: Request, _limits: Limits) -> tuple[Any, None]:
    """The information dictionary and the XMP packet."""
    fields = _information(file)
    fields["xmp"] = ""
    with contextlib.suppress(Exception):
        stream = mupdf.pdf_dict_gets(root_of(file), "Metadata")
        if mupdf.pdf_is_stream(stream):
            data = mupdf.pdf_load_stream(stream).fz_buffer_extract()
            fields["xmp"] = data[:_XMP].decode("utf-8", "replace")
    return fields, None


def geometry(file: OpenFile, request: Request, limits: Limits) -> tuple[Any, None]:
    """The boxes of some pages."""
    first = max(request["first"], 0)
    count = max(min(request["count"], limits["geometry"], file.pages - first), 0)
    return _frames(file, first, count), None


def labels(file: OpenFile, _request: Request, _limits: Limits) -> tuple[Any, None]:
    """The page label rules, in the order of their pages."""
    rules: dict[int, list[Any]] = {}
    _label_node(mupdf.pdf_dict_gets(root_of(file), "PageLabels"), rules, 0, set())
    return [[page, *rules[page]] for page in sorted(rules)], None


def root_of(file: OpenFile) -> mupdf.PdfObj:
    """The catalog."""
    return mupdf.pdf_dict_gets(mupdf.pdf_trailer(file.pdf), "Root")


def _information(file: OpenFile) -> dict[str, str]:
    fields = dict.fromkeys(_FIELDS, "")
    with contextlib.suppress(Exception):
        info = mupdf.pdf_dict_gets(mupdf.pdf_trailer(file.pdf), "Info")
        for field, key in _FIELDS.items():
            fields[field] = text_of(mupdf.pdf_dict_gets(info, key))
    return fields


def text_of(value: mupdf.PdfObj) -> str:
    """A text string of the file, "" where it is something else."""
    return mupdf.pdf_to_text_string(value)[:_TEXT] if mupdf.pdf_is_string(value) else ""


def _hash(file: OpenFile, most: int) -> str:
    source = file.source
    source.seek(0, 2)
    if source.tell() > most:
        return ""
    source.seek(0)
    return hashlib.file_digest(source, "sha256").hexdigest()


def _frames(file: OpenFile, first: int, count: int) -> list[list[float]]:
    frames: list[list[float]] = []
    for number in range(first, first + count):
        try:
            frame = file.frame(number)
        except Exception:  # a hole in the page tree: the rest of the document goes on
            frame = Frame((0.0, 0.0, 612.0, 792.0), 0, 1.0)
        frames.append([*frame.crop, frame.rotation])
    return frames


def _label_node(
    node: mupdf.PdfObj, rules: dict[int, list[Any]], depth: int, seen: set[int]
) -> None:
    number = mupdf.pdf_to_num(node)
    if depth > _LABEL_DEPTH or number in seen or not mupdf.pdf_is_dict(node):
        return
    if number:
        seen.add(number)
    entries = mupdf.pdf_dict_gets(node, "Nums")
    for index in range(0, mupdf.pdf_array_len(entries) - 1, 2):
        if len(rules) >= _LABEL_RULES:
            return
        page = mupdf.pdf_to_int(mupdf.pdf_array_get(entries, index))
        rule = mupdf.pdf_array_get(entries, index + 1)
        style = mupdf.pdf_dict_gets(rule, "S")
        first = mupdf.pdf_dict_gets(rule, "St")
        rules[page] = [
            mupdf.pdf_to_name(style) if mupdf.pdf_is_name(style) else "",
            text_of(mupdf.pdf_dict_gets(rule, "P"))[:64],
            mupdf.pdf_to_int(first) if mupdf.pdf_is_int(first) else 1,
        ]
    kids = mupdf.pdf_dict_gets(node, "Kids")
    for index in range(min(mupdf.pdf_array_len(kids), _LABEL_RULES)):
        _label_node(mupdf.pdf_array_get(kids, index), rules, depth + 1, seen)
