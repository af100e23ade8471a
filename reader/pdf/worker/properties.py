"""What a document is: version, protection, fonts, sizes of its pages."""

from __future__ import annotations

import contextlib
import re
import time
from collections import Counter
from typing import Any

from pymupdf import mupdf

from reader.pdf.worker.files import OpenFile
from reader.pdf.worker.frames import view_size
from reader.pdf.worker.structure import root_of

_LOOKING = 1.0  # seconds for the pages, each for sizes and for fonts
_PAGES = 5_000
_FONTS = 1_000
_SIZES = 20
_RIGHTS = {
    "print": mupdf.FZ_PERMISSION_PRINT,
    "copy": mupdf.FZ_PERMISSION_COPY,
    "change": mupdf.FZ_PERMISSION_EDIT,
    "annotate": mupdf.FZ_PERMISSION_ANNOTATE,
    "fill": mupdf.FZ_PERMISSION_FORM,
    "assemble": mupdf.FZ_PERMISSION_ASSEMBLE,
}
_NO_ENCRYPTION = "None"
_SUBSET = re.compile(r"^[A-Z]{6}\+")

Answer = tuple[dict[str, Any], None]


def properties(file: OpenFile, _request: dict[str, Any], _limits: dict[str, Any]) -> Answer:
    """Everything of Properties."""
    root = root_of(file)
    marked = mupdf.pdf_dict_gets(mupdf.pdf_dict_gets(root, "MarkInfo"), "Marked")
    form = mupdf.pdf_dict_gets(mupdf.pdf_dict_gets(root, "AcroForm"), "Fields")
    answer = _of_any(file) | {
        "tagged": bool(mupdf.pdf_to_bool(marked)),
        "linearized": bool(mupdf.pdf_doc_was_linearized(file.pdf)),
        "forms": mupdf.pdf_array_len(form) > 0,
        "fonts": _fonts(file),
    }
    return answer, None


def of_others(file: OpenFile, _request: dict[str, Any], _limits: dict[str, Any]) -> Answer:
    """What is known of a document that is no PDF."""
    return _of_any(file) | {"tagged": False, "linearized": False, "forms": False, "fonts": []}, None


def _of_any(file: OpenFile) -> dict[str, Any]:
    rights = [name for name, right in _RIGHTS.items() if _allows(file, right)]
    encryption = _said(file, "encryption")
    return {
        "version": _said(file, "format"),
        "encryption": "" if encryption == _NO_ENCRYPTION else encryption,
        "permissions": rights,
        "sizes": _sizes(file),
    }


def _allows(file: OpenFile, right: str) -> bool:
    return bool(mupdf.fz_has_permission(file.document, ord(right)))


def _said(file: OpenFile, key: str) -> str:
    with contextlib.suppress(Exception):  # MuPDF raises for what is not there
        return mupdf.fz_lookup_metadata2(file.document, key)
    return ""


def _sizes(file: OpenFile) -> list[list[float]]:
    """[width, height, how many] of the first pages, points rounded to a tenth."""
    found: Counter[tuple[float, float]] = Counter()
    due = time.monotonic() + _LOOKING
    for number in range(min(file.pages, _PAGES)):
        if time.monotonic() > due:
            break
        with contextlib.suppress(Exception):  # a hole in the page tree has no size
            width, height = view_size(file.frame(number))
            found[round(width, 1), round(height, 1)] += 1
    return [[width, height, count] for (width, height), count in found.most_common(_SIZES)]


def _fonts(file: OpenFile) -> list[list[Any]]:
    """[name, type, embedded] of the fonts of the first pages, and of the forms they draw."""
    fonts: dict[tuple[str, str], bool] = {}
    seen: set[int] = set()
    due = time.monotonic() + _LOOKING
    for number in range(min(file.pages, _PAGES)):
        if time.monotonic() > due or len(fonts) >= _FONTS:
            break
        with contextlib.suppress(Exception):
            page = file.page_object(number)
            resources = mupdf.pdf_dict_get_inheritable(page, mupdf.pdf_new_name("Resources"))
            _fonts_of(resources, fonts, seen)
            drawn = mupdf.pdf_dict_gets(resources, "XObject")
            for index in range(min(mupdf.pdf_dict_len(drawn), _FONTS)):
                form = mupdf.pdf_dict_get_val(drawn, index)
                _fonts_of(mupdf.pdf_dict_gets(form, "Resources"), fonts, seen)
    return [[name, kind, held] for (name, kind), held in sorted(fonts.items())]


def _fonts_of(resources: mupdf.PdfObj, fonts: dict[tuple[str, str], bool], seen: set[int]) -> None:
    entries = mupdf.pdf_dict_gets(resources, "Font")
    number = mupdf.pdf_to_num(resources)
    if number in seen and number:
        return
    seen.add(number)
    for index in range(min(mupdf.pdf_dict_len(entries), _FONTS)):
        font = mupdf.pdf_dict_get_val(entries, index)
        number = mupdf.pdf_to_num(font)
        if number and number in seen:
            continue
        seen.add(number)
        name = mupdf.pdf_to_name(mupdf.pdf_dict_gets(font, "BaseFont"))
        kind = mupdf.pdf_to_name(mupdf.pdf_dict_gets(font, "Subtype"))
        key = (_SUBSET.sub("", name) or "unnamed", kind)
        fonts[key] = fonts.get(key, True) and _is_embedded(font, kind)


def _is_embedded(font: mupdf.PdfObj, kind: str) -> bool:
    if kind == "Type3":
        return True
    if kind == "Type0":
        font = mupdf.pdf_array_get(mupdf.pdf_dict_gets(font, "DescendantFonts"), 0)
    descriptor = mupdf.pdf_dict_gets(font, "FontDescriptor")
    files = (mupdf.pdf_dict_gets(descriptor, key) for key in ("FontFile", "FontFile2", "FontFile3"))
    return any(mupdf.pdf_is_stream(held) for held in files)
