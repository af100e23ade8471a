"""The requests a child understands: a table of verbs over open documents."""

from __future__ import annotations

import contextlib
import ctypes
import sys
from collections.abc import Callable
from typing import Any

import pymupdf
from pymupdf import mupdf

from reader.pdf.worker import (
    annotated,
    attachments,
    forms,
    glance,
    ink,
    marks,
    others,
    outline,
    pages,
    places,
    properties,
    structure,
    tables,
)
from reader.pdf.worker.answers import RefusedError
from reader.pdf.worker.files import OpenFile

Answer = tuple[Any, bytes | memoryview | None]
Verb = Callable[[OpenFile, dict[str, Any], dict[str, Any]], Answer]

_PAGES: dict[str, Verb] = {
    "geometry": structure.geometry,
    "render": pages.render,
    "glance": glance.glance,
    "text": pages.text,
    "ink": ink.ink,
    "table": tables.table,
}
PDF: dict[str, Verb] = _PAGES | {
    "metadata": structure.metadata,
    "labels": structure.labels,
    "outline": outline.outline,
    "links": places.links,
    "annotations": places.marks,
    "marks": marks.marks,
    "annotated": annotated.annotated,
    "fields": forms.fields,
    "filled": forms.filled,
    "embedded": attachments.embedded,
    "extract": attachments.extract,
    "properties": properties.properties,
}
OTHERS: dict[str, Verb] = _PAGES | {
    "metadata": others.metadata,
    "labels": others.nothing,
    "outline": others.outline,
    "links": others.links,
    "annotations": others.nothing,
    "marks": others.no_marks,
    "annotated": others.refuse,
    "fields": others.nothing,
    "filled": others.refuse,
    "embedded": others.nothing,
    "extract": others.refuse,
    "properties": properties.of_others,
}


class Service:
    """The open documents of a child, and what it does with them."""

    def __init__(self, limits: dict[str, Any]) -> None:
        self._limits = limits
        self._files: dict[int, OpenFile] = {}
        self._floor = 0
        pymupdf.TOOLS.mupdf_display_errors(False)
        pymupdf.TOOLS.mupdf_display_warnings(False)

    def do(self, request: dict[str, Any]) -> Answer:
        """Answer a request; any exception is an answer too."""
        if request["do"] == "ping":
            return None, None
        if request["do"] == "forget":
            file = self._files.pop(request["doc"], None)
            if file is not None:
                file.close()
            return None, None
        if request["do"] == "open":
            return self._open(request)
        file = self._files.get(request["doc"])
        if file is None:
            raise RefusedError("The document is not open.")
        if not 0 <= request.get("page", 0) < file.pages:
            raise RefusedError(f"There is no page {request['page'] + 1}.")
        verbs = PDF if file.is_pdf else OTHERS
        return verbs[request["do"]](file, request, self._limits)

    def _open(self, request: dict[str, Any]) -> Answer:
        file = OpenFile(request["path"], request["password"], self._limits)
        answer = structure.info(file, self._limits)
        self._files[request["doc"]] = file
        return answer, None

    def tidy(self, resident: int) -> None:
        """Bound what MuPDF and the page caches keep, now that so many bytes are resident.

        MuPDF's store cannot be asked for its size, so the growth of the process
        since its first request stands for it.
        """
        self._floor = self._floor or resident
        grown = resident - self._floor
        if grown > self._limits["store"]:
            mupdf.fz_shrink_store(50)
        if grown > 2 * self._limits["store"]:
            for file in self._files.values():
                file.drop_drawings()
            mupdf.fz_empty_store()
            _trim()


def _trim() -> None:
    """Give freed memory back to the system, where the C library can."""
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
