"""What lies on a page to be clicked or read: links and annotations, from the file itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pymupdf import mupdf

from reader.pdf.worker.files import OpenFile
from reader.pdf.worker.frames import Frame, to_view
from reader.pdf.worker.structure import text_of
from reader.pdf.worker.targets import Resolver

_QUADS = 2_000
KINDS = {
    "Highlight", "Underline", "StrikeOut", "Squiggly", "Text", "FreeText", "Ink", "Square",
    "Circle", "Line", "Polygon", "PolyLine", "Stamp", "Caret", "FileAttachment",
}  # fmt: skip

Rows = tuple[list[Any], None]


def links(file: OpenFile, request: dict[str, Any], limits: dict[str, Any]) -> Rows:
    """[x0, y0, x1, y1, page, x, y, uri] for every link, view space."""
    page = file.page_object(request["page"])
    frame = file.frame(request["page"])
    resolver = Resolver(file)
    rows: list[Any] = []
    for annotation in annotations_of(page, "Link", limits["items"]):
        target = resolver.target(annotation)
        if target is None:
            continue
        rows.append([*view_rect(frame, annotation), *target])
    return rows, None


def view_rect(frame: Frame, annotation: mupdf.PdfObj) -> list[float]:
    """An annotation's rectangle in view space."""
    box = mupdf.pdf_dict_get_rect(annotation, mupdf.PDF_ENUM_NAME_Rect)
    first, last = to_view(frame, box.x0, box.y0), to_view(frame, box.x1, box.y1)
    xs, ys = sorted((first[0], last[0])), sorted((first[1], last[1]))
    return [xs[0], ys[0], xs[1], ys[1]]


def marks(file: OpenFile, request: dict[str, Any], limits: dict[str, Any]) -> Rows:
    """The reader's marks on a page, as objects; quads and rect in user space."""
    page = file.page_object(request["page"])
    rows = [_annotation(item) for item in annotations_of(page, "", limits["items"])]
    return rows, None


def annotations_of(page: mupdf.PdfObj, kind: str, most: int) -> Iterator[mupdf.PdfObj]:
    """The page's annotations of a kind; without one, those a person makes."""
    entries = mupdf.pdf_dict_gets(page, "Annots")
    for index in range(min(mupdf.pdf_array_len(entries), most)):
        item = mupdf.pdf_array_get(entries, index)
        subtype = mupdf.pdf_to_name(mupdf.pdf_dict_gets(item, "Subtype"))
        if subtype == kind or (not kind and subtype in KINDS):
            yield item


def _annotation(item: mupdf.PdfObj) -> dict[str, Any]:
    box = mupdf.pdf_dict_get_rect(item, mupdf.PDF_ENUM_NAME_Rect)
    return {
        "kind": mupdf.pdf_to_name(mupdf.pdf_dict_gets(item, "Subtype")),
        "rect": [box.x0, box.y0, box.x1, box.y1],
        "quads": quads_of(_numbers(mupdf.pdf_dict_gets(item, "QuadPoints"), 8 * _QUADS)),
        "contents": text_of(mupdf.pdf_dict_gets(item, "Contents")),
        "author": text_of(mupdf.pdf_dict_gets(item, "T")),
        "modified": text_of(mupdf.pdf_dict_gets(item, "M")),
        "color": rgb_of(_numbers(mupdf.pdf_dict_gets(item, "C"), 4)),
        "uid": text_of(mupdf.pdf_dict_gets(item, "NM")),
    }


def _numbers(value: mupdf.PdfObj, most: int) -> list[float]:
    count = min(mupdf.pdf_array_len(value), most)
    return [mupdf.pdf_to_real(mupdf.pdf_array_get(value, index)) for index in range(count)]


def quads_of(numbers: list[float]) -> list[list[float]]:
    """Quads in the order TL TR BL BR; files come with the specification's order too."""
    quads: list[list[float]] = []
    for at in range(0, len(numbers) - 7, 8):
        xs, ys = numbers[at : at + 8 : 2], numbers[at + 1 : at + 8 : 2]
        left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
        quads.append([left, top, right, top, left, bottom, right, bottom])
    return quads


def rgb_of(parts: list[float]) -> list[float]:
    match parts:
        case [gray]:
            return [gray, gray, gray]
        case [_, _, _]:
            return parts
        case [cyan, magenta, yellow, black]:
            return [(1 - ink) * (1 - black) for ink in (cyan, magenta, yellow)]
        case _:
            return []
