"""The annotations of a document for those who take them over: all there is, a bounded piece a call.

Read from the file's objects; no page is loaded and no appearance drawn.  A mark
that makes no sense is named and left out, and the rest goes on.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from typing import Any

from pymupdf import mupdf

from reader.pdf.worker.files import OpenFile
from reader.pdf.worker.places import KINDS, quads_of, rgb_of

Limits = dict[str, Any]
Request = dict[str, Any]

_SECONDS = 1.0  # of one call; its deadline is longer
_ROWS = 4_000
_BYTES = 8 << 20
_QUADS = 2_000
_POINTS = 100_000
_TEXT = 1_000_000
_NAME = 10_000
_HIDDEN = 2 | 32  # bits of /F: hidden, not to be seen
_ARROWS = frozenset({"OpenArrow", "ClosedArrow", "ROpenArrow", "RClosedArrow"})
_VERTICES = ("Polygon", "PolyLine")
_NUMBERS = 2 * _POINTS
_TEXTS = ("contents", "author", "nm", "look", "private")  # that may be long


class _Broken(Exception):  # noqa: N818 - the text is for the reader
    """A mark that cannot be taken over."""


def marks(file: OpenFile, request: Request, limits: Limits) -> tuple[dict[str, Any], None]:
    """Marks from page `page`, entry `at` on, and where to go on: None at the end."""
    end = time.monotonic() + _SECONDS
    rows: list[dict[str, Any]] = []
    unread: list[list[Any]] = []
    held = 0
    for number, index, item in _entries(file, request["page"], request["at"], limits, unread):
        if item is not None and (kind := _name(item, "Subtype")) in KINDS:
            try:
                rows.append(_mark(number, index, kind, item))
                held += 200 + 64 * len(rows[-1]["quads"])
                held += sum(len(rows[-1][name]) for name in _TEXTS)
                held += sum(map(len, rows[-1]["strokes"])) * 16
            except _Broken as error:
                unread.append([number, index, kind, str(error)])
            except Exception:  # whatever MuPDF finds wrong with one costs only that one
                unread.append([number, index, kind, "It is damaged."])
        if len(rows) + len(unread) >= _ROWS or held > _BYTES or time.monotonic() > end:
            return {"rows": rows, "unread": unread, "next": [number, index + 1]}, None
    return {"rows": rows, "unread": unread, "next": None}, None


def _entries(
    file: OpenFile, first: int, at: int, limits: Limits, unread: list[list[Any]]
) -> Iterator[tuple[int, int, mupdf.PdfObj | None]]:
    """(page, index, entry) from a place on; a page without any once, without an entry."""
    for number in range(first, file.pages):
        try:
            entries = mupdf.pdf_dict_gets(file.page_object(number), "Annots")
        except Exception:
            unread.append([number, 0, "", "The page is damaged."])
            entries = mupdf.PdfObj()
        count = min(mupdf.pdf_array_len(entries), limits["marks"])
        for index in range(at, count):
            yield number, index, mupdf.pdf_array_get(entries, index)
        at = 0
        yield number, count, None


def _mark(page: int, index: int, kind: str, item: mupdf.PdfObj) -> dict[str, Any]:
    return {
        "page": page,
        "index": index,
        "subtype": kind,
        "rect": _rect(item),
        "quads": quads_of(_numbers(mupdf.pdf_dict_gets(item, "QuadPoints"), 8 * _QUADS)),
        "strokes": _strokes(item, kind),
        "contents": _contents(item),
        "author": _text(item, "T", _NAME),
        "created": _text(item, "CreationDate", 100),
        "modified": _text(item, "M", 100),
        "nm": _text(item, "NM", 1_000),
        "color": rgb_of(_numbers(mupdf.pdf_dict_gets(item, "C"), 4)),
        "width": _width(item),
        "arrow": kind == "Line" and bool(_ARROWS & set(_names(item, "LE"))),
        "look": _text(item, "DA", 1_000) if kind == "FreeText" else "",
        "private": _text(item, "PRAnnot", _TEXT),
        "hidden": bool(mupdf.pdf_to_int(mupdf.pdf_dict_gets(item, "F")) & _HIDDEN),
        "state": _text(item, "State", 100),
        "number": mupdf.pdf_to_num(item),
        "parent": _parent(item),
    }


def _name(item: mupdf.PdfObj, key: str) -> str:
    return mupdf.pdf_to_name(mupdf.pdf_dict_gets(item, key))


def _names(item: mupdf.PdfObj, key: str) -> Iterator[str]:
    value = mupdf.pdf_dict_gets(item, key)
    for index in range(min(mupdf.pdf_array_len(value), 2)):
        yield mupdf.pdf_to_name(mupdf.pdf_array_get(value, index))


def _text(item: mupdf.PdfObj, key: str, most: int) -> str:
    value = mupdf.pdf_dict_gets(item, key)
    return mupdf.pdf_to_text_string(value)[:most] if mupdf.pdf_is_string(value) else ""


def _contents(item: mupdf.PdfObj) -> str:
    """The comment; older programs keep it in the window that shows it."""
    own = _text(item, "Contents", _TEXT)
    return own or _text(mupdf.pdf_dict_gets(item, "Popup"), "Contents", _TEXT)


def _rect(item: mupdf.PdfObj) -> list[float]:
    value = _numbers(mupdf.pdf_dict_gets(item, "Rect"), 4)
    if len(value) != 4:
        raise _Broken("It does not say where it is.")
    return value


def _numbers(value: mupdf.PdfObj, most: int) -> list[float]:
    """The numbers of an array; what is none in it breaks the mark, as do places beyond reach."""
    count = min(mupdf.pdf_array_len(value), most)
    found = [mupdf.pdf_array_get(value, index) for index in range(count)]
    if not all(mupdf.pdf_is_number(number) for number in found):
        raise _Broken("Its place is not made of numbers.")
    numbers = [mupdf.pdf_to_real(number) for number in found]
    if not all(math.isfinite(number) and abs(number) < 1e6 for number in numbers):
        raise _Broken("It lies far outside of every page.")
    return numbers


def _strokes(item: mupdf.PdfObj, kind: str) -> list[list[float]]:
    """Lines as x, y, x, y..., each for itself."""
    if kind == "Line":
        return [_numbers(mupdf.pdf_dict_gets(item, "L"), 4)]
    if kind in _VERTICES:
        points = _numbers(mupdf.pdf_dict_gets(item, "Vertices"), _NUMBERS)
        closed = points[:2] if kind == "Polygon" else []
        return [_paired(points + closed)]
    if kind != "Ink":
        return []
    lines = mupdf.pdf_dict_gets(item, "InkList")
    left, found = _NUMBERS, list[list[float]]()
    for index in range(mupdf.pdf_array_len(lines)):
        found.append(_paired(_numbers(mupdf.pdf_array_get(lines, index), left)))
        left -= len(found[-1])
        if left <= 0:
            raise _Broken("It is drawn with more points than are taken over.")
    return found


def _paired(numbers: list[float]) -> list[float]:
    return numbers[: len(numbers) // 2 * 2]


def _width(item: mupdf.PdfObj) -> float:
    given = mupdf.pdf_dict_gets(mupdf.pdf_dict_gets(item, "BS"), "W")
    if not mupdf.pdf_is_number(given):
        given = mupdf.pdf_array_get(mupdf.pdf_dict_gets(item, "Border"), 2)
    width = mupdf.pdf_to_real(given) if mupdf.pdf_is_number(given) else 1.0
    return min(max(width, 0.0), 200.0) if math.isfinite(width) else 1.0


def _parent(item: mupdf.PdfObj) -> int:
    """The number of the object it replies to; 0 for none, and for the members of a group."""
    if _name(item, "RT") == "Group":
        return 0
    return mupdf.pdf_to_num(mupdf.pdf_dict_gets(item, "IRT"))
