"""Fields of a form: read from the file's objects, filled in on a private copy in memory."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from pymupdf import mupdf

from reader.pdf.worker.answers import RefusedError
from reader.pdf.worker.files import OpenFile
from reader.pdf.worker.places import annotations_of, view_rect
from reader.pdf.worker.saving import opened_again, written

_OPTIONS = 2_000
_ALL = 1 << 30
_TEXT = 100_000
_HIDDEN = 2  # a bit of /F
_OFF = "Off"
_KINDS = {
    mupdf.PDF_WIDGET_TYPE_BUTTON: "button",
    mupdf.PDF_WIDGET_TYPE_CHECKBOX: "checkbox",
    mupdf.PDF_WIDGET_TYPE_RADIOBUTTON: "radio",
    mupdf.PDF_WIDGET_TYPE_COMBOBOX: "choice",
    mupdf.PDF_WIDGET_TYPE_LISTBOX: "choice",
    mupdf.PDF_WIDGET_TYPE_SIGNATURE: "signature",
    mupdf.PDF_WIDGET_TYPE_TEXT: "text",
}
_TICKED = ("checkbox", "radio")

Limits = dict[str, Any]
Request = dict[str, Any]


def fields(file: OpenFile, request: Request, limits: Limits) -> tuple[list[Any], None]:
    """The fields on a page, in the file's order; hidden ones are left out."""
    frame = file.frame(request["page"])
    page = file.page_object(request["page"])
    rows: list[Any] = []
    for item in annotations_of(page, "Widget", limits["items"]):
        kind = _KINDS.get(mupdf.pdf_field_type(item))
        if kind and not mupdf.pdf_to_int(mupdf.pdf_dict_gets(item, "F")) & _HIDDEN:
            rows.append(_field(item, kind) | {"rect": view_rect(frame, item)})
    return rows, None


def _field(item: mupdf.PdfObj, kind: str) -> dict[str, Any]:
    flags = mupdf.pdf_field_flags(item)
    entries = _entries(item) if kind == "choice" else []
    shown = dict(reversed(entries))
    values = _values(item)
    text, choice = kind == "text", kind == "choice"
    return {
        "name": _name(item),
        "kind": kind,
        "value": "\n".join(shown.get(value, value) for value in values)[:_TEXT],
        "state": _state(item) if kind in _TICKED else "",
        "label": (mupdf.pdf_field_label(item) or "")[:_TEXT],
        "options": [label for _, label in entries],
        "read_only": bool(flags & mupdf.PDF_FIELD_IS_READ_ONLY),
        "required": bool(flags & mupdf.PDF_FIELD_IS_REQUIRED),
        "multiline": text and bool(flags & mupdf.PDF_TX_FIELD_IS_MULTILINE),
        "password": text and bool(flags & mupdf.PDF_TX_FIELD_IS_PASSWORD),
        "editable": choice and bool(flags & mupdf.PDF_CH_FIELD_IS_EDIT),
        "multiple": choice and bool(flags & mupdf.PDF_CH_FIELD_IS_MULTI_SELECT),
        "longest": _longest(item) if text else 0,
    }


def _name(item: mupdf.PdfObj) -> str:
    return mupdf.pdf_load_field_name(item) or ""


def _longest(item: mupdf.PdfObj) -> int:
    return max(mupdf.pdf_to_int(_inherited(item, "MaxLen")), 0)


def _inherited(item: mupdf.PdfObj, key: str) -> mupdf.PdfObj:
    return mupdf.pdf_dict_get_inheritable(item, mupdf.pdf_new_name(key))


def _values(item: mupdf.PdfObj) -> list[str]:
    value = _inherited(item, "V")
    if mupdf.pdf_is_array(value):
        count = min(mupdf.pdf_array_len(value), _OPTIONS)
        return [mupdf.pdf_to_text_string(mupdf.pdf_array_get(value, at)) for at in range(count)]
    if mupdf.pdf_is_name(value):
        return [mupdf.pdf_to_name(value)]
    if mupdf.pdf_is_stream(value):
        data = mupdf.pdf_load_stream(value).fz_buffer_extract()
        return [data[:_TEXT].decode("utf-8", "replace")]
    return [mupdf.pdf_to_text_string(value)] if mupdf.pdf_is_string(value) else []


def _state(item: mupdf.PdfObj) -> str:
    """The name of a button's look when it is on."""
    return mupdf.pdf_to_name(mupdf.pdf_button_field_on_state(item))


def _entries(item: mupdf.PdfObj) -> list[tuple[str, str]]:
    """(what the file holds, what a person reads) for each entry of a choice."""
    options = _inherited(item, "Opt")
    entries: list[tuple[str, str]] = []
    for index in range(min(mupdf.pdf_array_len(options), _OPTIONS)):
        entry = mupdf.pdf_array_get(options, index)
        pair = [entry, entry]
        if mupdf.pdf_is_array(entry):
            pair = [mupdf.pdf_array_get(entry, 0), mupdf.pdf_array_get(entry, 1)]
        export, label = (mupdf.pdf_to_text_string(part) for part in pair)
        entries.append((export, label or export))
    return entries


# ---- filling in


def filled(
    file: OpenFile, request: Request, limits: Limits
) -> tuple[dict[str, bool], memoryview | None]:
    """The file with fields filled in: what is to follow its bytes, or a file of its own."""
    values: dict[str, str] = request["values"]
    copy = opened_again(file)
    fill(file, copy, values)
    return written(file, copy, limits)


def fill(file: OpenFile, copy: mupdf.PdfDocument, values: dict[str, str]) -> None:
    """Put values into the fields of a copy; RefusedError before anything is done."""
    pages = _pages_with(file, set(values))
    _check_all(copy, pages, values)
    form = mupdf.pdf_dict_gets(mupdf.pdf_dict_gets(mupdf.pdf_trailer(copy), "Root"), "AcroForm")
    mupdf.pdf_dict_dels(form, "XFA")  # the same form once more, which others would read first
    for number in pages:
        page = mupdf.pdf_load_page(copy, number)
        for widget in _widgets(page):
            item = mupdf.pdf_annot_obj(widget)
            if (value := values.get(_name(item))) is not None:
                _fill(widget, item, value)


def _pages_with(file: OpenFile, names: set[str]) -> list[int]:
    """The pages with fields of these names; RefusedError when a name is nowhere."""
    pages: list[int] = []
    left = set(names)
    for number in range(file.pages if names else 0):
        with contextlib.suppress(Exception):  # a hole in the page tree has no fields
            page = file.page_object(number)
            found = {_name(item) for item in annotations_of(page, "Widget", _ALL)} & names
            if found:
                pages.append(number)
                left -= found
    if left:
        raise RefusedError(f"The form has no field “{_quoted(min(left))}”.")
    return pages


def _widgets(page: mupdf.PdfPage) -> Iterator[mupdf.PdfAnnot]:
    widget = mupdf.pdf_first_widget(page)
    while widget.m_internal:
        yield widget
        widget = mupdf.pdf_next_widget(widget)


def _check_all(copy: mupdf.PdfDocument, pages: list[int], values: dict[str, str]) -> None:
    """RefusedError, before anything is filled in, for a value that cannot be taken."""
    states: dict[str, set[str]] = {}
    for number in pages:
        for item in annotations_of(mupdf.pdf_lookup_page_obj(copy, number), "Widget", _ALL):
            name = _name(item)
            if name not in values:
                continue
            kind = _KINDS.get(mupdf.pdf_field_type(item), "")
            _check(item, kind, name, values[name])
            if kind in _TICKED:
                states.setdefault(name, {"", _OFF}).add(_state(item))
    for name, known in states.items():
        if values[name] not in known:
            raise RefusedError(f"The field “{_quoted(name)}” does not have that choice.")


def _check(item: mupdf.PdfObj, kind: str, name: str, value: str) -> None:
    shown = _quoted(name)
    if kind not in ("text", "choice", *_TICKED):
        raise RefusedError(f"The field “{shown}” cannot be filled in.")
    flags = mupdf.pdf_field_flags(item)
    if flags & mupdf.PDF_FIELD_IS_READ_ONLY:
        raise RefusedError(f"The field “{shown}” is locked by the form.")
    if kind == "text" and 0 < _longest(item) < len(value):
        raise RefusedError(f"The field “{shown}” takes at most {_longest(item)} characters.")
    if kind == "choice" and not flags & mupdf.PDF_CH_FIELD_IS_EDIT:
        labels = {label for _, label in _entries(item)}
        several = bool(flags & mupdf.PDF_CH_FIELD_IS_MULTI_SELECT)
        wanted = value.split("\n") if several else [value]
        if value and not labels.issuperset(wanted):
            raise RefusedError(f"The field “{shown}” does not have that choice.")


def _quoted(name: str) -> str:
    return name.replace(":", " ")[:80]  # a colon would mark the sentence as MuPDF's


def _fill(widget: mupdf.PdfAnnot, item: mupdf.PdfObj, value: str) -> None:
    kind = _KINDS[mupdf.pdf_field_type(item)]
    if kind == "text":
        mupdf.pdf_set_text_field_value(widget, value)
        mupdf.pdf_update_widget(widget)
    elif kind == "choice":
        _choose(widget, item, value)
    else:
        state = value or _OFF
        mupdf.pdf_dict_puts(_holder(item), "V", mupdf.pdf_new_name(state))
        mine = state if state == _state(item) else _OFF
        mupdf.pdf_dict_puts(item, "AS", mupdf.pdf_new_name(mine))


def _choose(widget: mupdf.PdfAnnot, item: mupdf.PdfObj, value: str) -> None:
    # MuPDF draws what the file holds, not what a person reads: so the label is held, drawn,
    # and only then replaced.
    several = mupdf.pdf_field_flags(item) & mupdf.PDF_CH_FIELD_IS_MULTI_SELECT
    mupdf.pdf_set_choice_field_value(widget, value)
    mupdf.pdf_update_widget(widget)
    exports = {label: export for export, label in reversed(_entries(item))}
    held = [
        mupdf.pdf_new_text_string(exports.get(label, label))
        for label in (value.split("\n") if several and value else [value])
    ]
    holder = _holder(item)
    if len(held) == 1:
        mupdf.pdf_dict_puts(holder, "V", held[0])
    else:
        array = mupdf.pdf_new_array(mupdf.pdf_get_bound_document(item), len(held))
        for text in held:
            mupdf.pdf_array_push(array, text)
        mupdf.pdf_dict_puts(holder, "V", array)
    mupdf.pdf_dict_dels(holder, "I")  # the chosen entries once more, by number


def _holder(item: mupdf.PdfObj) -> mupdf.PdfObj:
    """The dictionary that holds a field's name, and so its value."""
    while mupdf.pdf_is_null(mupdf.pdf_dict_gets(item, "T")):
        parent = mupdf.pdf_dict_gets(item, "Parent")
        if not mupdf.pdf_is_dict(parent):
            break
        item = parent
    return item
