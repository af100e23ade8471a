"""What is not a PDF (books, comics, pictures) answers the same questions, through MuPDF alone."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from typing import Any

from pymupdf import mupdf

from reader.pdf.worker.answers import RefusedError
from reader.pdf.worker.files import OpenFile
from reader.pdf.worker.targets import Target, allowed

_TEXT = 10_000
_FIELDS = ("title", "author", "subject", "keywords", "creator", "producer")
_DATES = {"created": "CreationDate", "modified": "ModDate"}

Limits = dict[str, Any]
Request = dict[str, Any]


def information(file: OpenFile) -> dict[str, str]:
    """The fields of an information dictionary, as far as the file has them."""
    keys = {field: field.capitalize() for field in _FIELDS} | _DATES
    found = dict.fromkeys(keys, "")
    for field, key in keys.items():
        with contextlib.suppress(Exception):  # MuPDF raises for what is not there
            found[field] = mupdf.fz_lookup_metadata2(file.document, f"info:{key}")[:_TEXT]
    return found


def metadata(file: OpenFile, _request: Request, _limits: Limits) -> tuple[Any, None]:
    """Title, author and their like; there is no XMP packet."""
    return information(file) | {"xmp": ""}, None


def nothing(_file: OpenFile, _request: Request, _limits: Limits) -> tuple[list[Any], None]:
    """What only a PDF has: an empty list."""
    return [], None


def no_marks(_file: OpenFile, _request: Request, _limits: Limits) -> tuple[dict[str, Any], None]:
    """Only a PDF has marks."""
    return {"rows": [], "unread": [], "next": None}, None


def refuse(_file: OpenFile, _request: Request, _limits: Limits) -> tuple[Any, None]:
    """What only a PDF can do."""
    raise RefusedError("Only a PDF can be filled in, hold files or have annotations.")


def outline(file: OpenFile, _request: Request, limits: Limits) -> tuple[list[list[Any]], None]:
    """[level, title, page, x, y] for every chapter, in order; deeper ones are left out."""
    items: list[list[Any]] = []
    waiting = [mupdf.fz_load_outline(file.document)]
    while waiting and len(items) < limits["items"]:
        item = waiting.pop()
        if not item.m_internal:
            continue
        level = len(waiting) + 1
        target = _target(file, item.uri() or "")
        where = [target.page, target.x, target.y] if target else [None, 0.0, 0.0]
        items.append([level, (item.title() or "")[:_TEXT], *where])
        waiting.append(item.next())
        if level < limits["outline_depth"]:
            waiting.append(item.down())
    return items, None


def links(file: OpenFile, request: Request, limits: Limits) -> tuple[list[Any], None]:
    """[x0, y0, x1, y1, page, x, y, uri] for every link, view space."""
    rows: list[Any] = []
    for link in _links(file.page(request["page"]), limits["items"]):
        target = _target(file, link.uri() or "")
        if target is not None:
            box = link.rect()
            rows.append([box.x0, box.y0, box.x1, box.y1, *target])
    return rows, None


def _links(page: mupdf.FzPage, most: int) -> Iterator[mupdf.FzLink]:
    link = mupdf.fz_load_links(page)
    for _ in range(most):
        if not link.m_internal:
            return
        yield link
        link = link.next()


def _target(file: OpenFile, uri: str) -> Target | None:
    """Where an address leads; None for nothing allowed."""
    if mupdf.fz_is_external_link(uri):
        address = allowed(uri)
        return Target(None, 0.0, 0.0, address) if address else None
    place, x, y = mupdf.fz_resolve_link(file.document, uri)  # pyright: ignore[reportCallIssue]
    if place.page < 0:
        return None
    page = mupdf.fz_page_number_from_location(file.document, place)
    x, y = (part if math.isfinite(part) else 0.0 for part in (x, y))
    return Target(page, x, y, "") if 0 <= page < file.pages else None
