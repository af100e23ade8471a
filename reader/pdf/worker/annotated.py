"""Annotations written into a copy of a PDF: the source's own content stays byte for byte."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pymupdf import mupdf

from reader.pdf.worker import looks
from reader.pdf.worker.answers import RefusedError
from reader.pdf.worker.files import OpenFile
from reader.pdf.worker.forms import fill
from reader.pdf.worker.frames import frame_of
from reader.pdf.worker.saving import opened_again, written
from reader.pdf.worker.setting import Setting

Limits = dict[str, Any]
Request = dict[str, Any]
Mark = dict[str, Any]

_PRINTED = 4  # of /F
_POPUP = (180.0, 100.0)
_SUBTYPES = {
    "highlight": b"Highlight", "underline": b"Underline", "strikeout": b"StrikeOut",
    "squiggly": b"Squiggly", "note": b"Text", "text": b"FreeText", "area": b"Square",
    "ink": b"Ink", "rectangle": b"Square", "ellipse": b"Circle", "line": b"Line",
    "arrow": b"Line",
}  # fmt: skip


def annotated(
    file: OpenFile, request: Request, limits: Limits
) -> tuple[dict[str, bool], memoryview | None]:
    """The document with some annotations taken out and others put in; forms may be filled too.

    RefusedError where the document forbids it.
    """
    copy = opened_again(file)
    if not mupdf.fz_has_permission(copy.super(), ord(mupdf.FZ_PERMISSION_ANNOTATE)):
        raise RefusedError("The document does not allow annotations in it.")
    if request["values"]:
        fill(file, copy, request["values"])
    added: dict[int, list[Mark]] = {}
    for mark in request["add"]:
        added.setdefault(mark["page"], []).append(mark)
    removed: dict[int, set[int]] = {}
    for page, index in request["remove"]:
        removed.setdefault(page, set()).add(index)
    beyond = max([-1, *added.keys(), *removed.keys()])
    if beyond >= file.pages:
        raise RefusedError(f"There is no page {beyond + 1} for an annotation.")
    setting = Setting(copy, (mark for mark in request["add"] if mark["kind"] == "text"))
    for number in sorted(added.keys() | removed.keys()):
        _change_page(copy, number, added.get(number, []), removed.get(number, set()), setting)
    return written(file, copy, limits)


def _change_page(
    copy: mupdf.PdfDocument,
    number: int,
    added: list[Mark],
    removed: set[int],
    setting: Setting,
) -> None:
    page = mupdf.pdf_lookup_page_obj(copy, number)
    # A list of its own: pages may share one, and what is drawn on one is not on the other.
    entries = mupdf.pdf_new_array(copy, len(added) + 8)
    for item in _left(mupdf.pdf_dict_gets(page, "Annots"), removed):
        mupdf.pdf_array_push(entries, item)
    rotation = frame_of(page).rotation
    for mark in added:
        for item in _written(copy, page, mark, rotation, setting):
            mupdf.pdf_array_push(entries, item)
    mupdf.pdf_dict_puts(page, "Annots", entries)


def _left(entries: mupdf.PdfObj, removed: set[int]) -> list[mupdf.PdfObj]:
    """The entries that stay: without the removed ones and the windows that showed their text."""
    every = [mupdf.pdf_array_get(entries, at) for at in range(mupdf.pdf_array_len(entries))]
    gone = [every[index] for index in removed if index < len(every)]
    numbers = {mupdf.pdf_to_num(item) for item in gone} - {0}
    windows = {mupdf.pdf_to_num(mupdf.pdf_dict_gets(item, "Popup")) for item in gone} - {0}
    return [
        item
        for index, item in enumerate(every)
        if index not in removed
        and mupdf.pdf_to_num(item) not in windows
        and not (
            mupdf.pdf_to_name(mupdf.pdf_dict_gets(item, "Subtype")) == "Popup"
            and mupdf.pdf_to_num(mupdf.pdf_dict_gets(item, "Parent")) in numbers
        )
    ]


def _written(
    copy: mupdf.PdfDocument, page: mupdf.PdfObj, mark: Mark, rotation: int, setting: Setting
) -> list[mupdf.PdfObj]:
    """The objects of a mark: the window for its text, where it has one, and itself at the end."""
    drawn = looks.look(mark, rotation)
    resources = _parsed(copy, b"<<" + drawn.resources + b">>")
    if set_text := setting.look(mark, rotation):
        drawn, resources = set_text
    box = _array(drawn.box)
    form = _parsed(copy, b"<</Type/XObject/Subtype/Form/FormType 1/BBox" + box + b">>")
    mupdf.pdf_dict_puts(form, "Resources", resources)
    content = mupdf.fz_new_buffer_from_copied_data(drawn.content)
    stream = mupdf.pdf_add_stream(copy, content, form, 0)
    number = mupdf.pdf_create_object(copy)
    entries = [
        b"/Type/Annot/Subtype/" + _SUBTYPES[mark["kind"]],
        b"/Rect" + box,
        b"/P %d 0 R/F %d" % (mupdf.pdf_to_num(page), _PRINTED),
        b"/AP<</N %d 0 R>>" % mupdf.pdf_to_num(stream),
        _said(mark),
        _shape(mark),
    ]
    made: list[mupdf.PdfObj] = []
    if mark["contents"] and mark["kind"] != "text":
        window = _window(drawn.box, number)
        made.append(mupdf.pdf_add_object(copy, _parsed(copy, window)))
        entries.append(b"/Popup %d 0 R" % mupdf.pdf_to_num(made[0]))
    mupdf.pdf_update_object(copy, number, _parsed(copy, b"<<" + b"".join(entries) + b">>"))
    return [*made, mupdf.pdf_new_indirect(copy, number, 0)]


def _said(mark: Mark) -> bytes:
    """The texts of a mark, those that are not empty."""
    texts = {
        b"Contents": mark["contents"],
        b"T": mark["author"],
        b"M": mark["modified"],
        b"CreationDate": mark["created"],
        b"NM": mark["nm"],
        b"Subj": mark["subject"],
        b"PRAnnot": mark["private"],
    }
    return b"".join(b"/" + key + _string(text) for key, text in texts.items() if text)


def _shape(mark: Mark) -> bytes:
    """What its kind needs beside the place."""
    kind, width = mark["kind"], mark["width"]
    color = b"/C[" + looks.paint(mark["color"]) + b"]"
    border = b"/BS<</W " + looks.number(width) + b"/S/S>>"
    if kind in looks.ON_TEXT:
        quads = _array([part for quad in mark["quads"] for part in quad])
        see_through = b"/CA %g" % looks.HIGHLIGHT_OPACITY if kind == "highlight" else b""
        return color + see_through + b"/QuadPoints" + quads
    match kind:
        case "note":
            return color + b"/Name/Comment"
        case "area":
            dashes = _array((4 * width, 3 * width))
            return color + b"/BS<</W " + looks.number(width) + b"/S/D/D" + dashes + b">>"
        case "text":
            look = b"%s rg /Helv %s Tf" % (looks.paint(mark["color"]), looks.number(width))
            return b"/DA(" + look + b")/Q 0/BS<</W 0>>"
        case "ink":
            lines = (_array([n for p in stroke for n in p[:2]]) for stroke in mark["strokes"])
            return color + border + b"/InkList[" + b"".join(lines) + b"]"
        case "line" | "arrow":
            ends = _array(
                [n for p in (mark["strokes"][0][0], mark["strokes"][0][-1]) for n in p[:2]]
            )
            head = b"/LE[/None/ClosedArrow]" if kind == "arrow" else b"/LE[/None/None]"
            return color + border + b"/L" + ends + head
        case _:
            return color + border


def _window(box: looks.Box, parent: int) -> bytes:
    _, _, x1, y1 = box
    place = _array((x1, y1 - _POPUP[1], x1 + _POPUP[0], y1))
    return b"<</Type/Annot/Subtype/Popup/F 4/Open false/Rect%s/Parent %d 0 R>>" % (place, parent)


def _array(numbers: Sequence[float]) -> bytes:
    return b"[" + b" ".join(map(looks.number, numbers)) + b"]"


def _string(text: str) -> bytes:
    if text.isascii() and (text.isprintable() or "\n" in text):
        kept = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return b"(" + kept.replace("\n", "\\n").replace("\t", "\\t").encode() + b")"
    return b"<FEFF" + text.encode("utf-16-be", "replace").hex().encode() + b">"


def _parsed(copy: mupdf.PdfDocument, source: bytes) -> mupdf.PdfObj:
    # The Python object has room for a small buffer only; it grows by itself.
    stream = mupdf.fz_open_buffer(mupdf.fz_new_buffer_from_copied_data(source))
    return mupdf.pdf_parse_stm_obj(copy, stream, mupdf.PdfLexbuf(mupdf.PDF_LEXBUF_SMALL))
