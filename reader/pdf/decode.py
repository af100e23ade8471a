"""Answers of a child turned into values, distrusting every part of them.

Each function raises ValueError (or a child of it, or TypeError, KeyError) when
an answer does not have its shape; the caller then ends the child.
"""

from __future__ import annotations

import math
import re
from array import array
from itertools import pairwise
from typing import Any, get_args

from reader.domain.annotation import PageGeometry, Quad, Rect
from reader.domain.marking import Stroke
from reader.domain.pdf_marks import PdfMark
from reader.pdf.child import Reply
from reader.pdf.protocol import (
    ChangedCopy,
    DocumentInfo,
    EmbeddedFile,
    FieldKind,
    FormField,
    LabelRule,
    Marks,
    Metadata,
    OutlineItem,
    PageInk,
    PageLabels,
    PdfAnnotation,
    PdfLink,
    Picture,
    Properties,
)
from reader.pdf.text import PageText, Span, Style, clean

BAD_ANSWER = (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError)
_URI = re.compile(r"(?:https?://|mailto:|doi:)\S+", re.IGNORECASE)
_LOOKS = (16, 2, 8, 1)  # MuPDF's bits: bold, italic, monospaced, superscript
_FIELD_KINDS = get_args(FieldKind)
_FIELD_FLAGS = ("read_only", "required", "multiline", "password", "editable", "multiple")
_KINDS = ("pdf", "epub", "xps", "cbz", "docx", "image")
_MARK_TEXTS = ("contents", "author", "created", "modified", "nm", "look", "private", "state")
_HASH = re.compile(r"[0-9a-f]{64}|")


def info(reply: Reply) -> DocumentInfo:
    """The answer to "open"."""
    value = reply.value
    digest = _text(value["sha256"])
    if not _HASH.fullmatch(digest):
        raise ValueError("not a hash")
    if value["kind"] not in _KINDS:
        raise ValueError("not a kind of file")
    return DocumentInfo(
        pages=_count(value["pages"], 1),
        sha256=digest,
        needs_password=bool(value["needs_password"]),
        kind=value["kind"],
        title=_text(value["title"]),
        author=_text(value["author"]),
        repaired=bool(value["repaired"]),
        geometry=_frames(value["geometry"]),
    )


def metadata(reply: Reply) -> Metadata:
    """The answer to "metadata"."""
    return Metadata(**{key: _text(text) for key, text in dict(reply.value).items()})


def geometry(reply: Reply) -> tuple[PageGeometry, ...]:
    """The answer to "geometry"."""
    return _frames(reply.value)


def labels(reply: Reply) -> PageLabels:
    """The answer to "labels"."""
    return PageLabels(
        tuple(
            LabelRule(_count(page), _text(style), _text(prefix), _whole(first))
            for page, style, prefix, first in reply.value
            if page >= 0
        )
    )


def outline(reply: Reply, pages: int) -> tuple[OutlineItem, ...]:
    """The answer to "outline"."""
    return tuple(
        OutlineItem(_count(level, 1), _text(title), _page(page, pages), _real(x), _real(y))
        for level, title, page, x, y in reply.value
    )


def links(reply: Reply, pages: int) -> tuple[PdfLink, ...]:
    """The answer to "links"; an address that is not allowed is no answer at all."""
    found: list[PdfLink] = []
    for *rect, page, x, y, uri in reply.value:
        if page is None and not _URI.fullmatch(_text(uri)):
            raise ValueError("not an address")
        place = _page(page, pages)
        found.append(PdfLink(_rect(rect), place, _real(x), _real(y), _text(uri)))
    return tuple(found)


def marks(reply: Reply) -> tuple[PdfAnnotation, ...]:
    """The answer to "annotations"."""
    found: list[PdfAnnotation] = []
    for row in reply.value:
        quads: list[tuple[float, ...]] = [tuple(map(_real, quad)) for quad in row["quads"]]
        if any(len(quad) != 8 for quad in quads):
            raise ValueError("not a quad")
        found.append(
            PdfAnnotation(
                kind=_text(row["kind"]),
                rect=_rect(row["rect"]),
                quads=tuple((a, b, c, d, e, f, g, h) for a, b, c, d, e, f, g, h in quads),
                contents=_text(row["contents"]),
                author=_text(row["author"]),
                modified=_text(row["modified"]),
                color=tuple(min(max(_real(part), 0.0), 1.0) for part in row["color"][:3]),
                uid=_text(row["uid"]),
            )
        )
    return tuple(found)


def all_marks(reply: Reply, pages: int) -> Marks:
    """The answer to "marks"."""
    value = reply.value
    after = value["next"]
    return Marks(
        tuple(_mark(row, pages) for row in value["rows"]),
        tuple(
            (_there(page, pages), _count(index), _text(kind), _text(why))
            for page, index, kind, why in value["unread"]
        ),
        (_there(after[0], pages), _count(after[1])) if after is not None else None,
    )


def _mark(row: dict[str, Any], pages: int) -> PdfMark:
    return PdfMark(
        page=_there(row["page"], pages),
        subtype=_text(row["subtype"]),
        rect=_rect(row["rect"]),
        quads=tuple(map(_quad, row["quads"])),
        strokes=tuple(map(_stroke, row["strokes"])),
        color=tuple(min(max(_real(part), 0.0), 1.0) for part in row["color"][:3]),
        width=_real(row["width"]),
        arrow=row["arrow"] is True,
        hidden=row["hidden"] is True,
        index=_count(row["index"]),
        number=_count(row["number"]),
        parent=_count(row["parent"]),
        **{name: _text(row[name]) for name in _MARK_TEXTS},
    )


def _quad(numbers: list[Any]) -> Quad:
    a, b, c, d, e, f, g, h = map(_real, numbers)
    return a, b, c, d, e, f, g, h


def _stroke(numbers: list[Any]) -> Stroke:
    xs, ys = map(_real, numbers[::2]), map(_real, numbers[1::2])
    return tuple((x, y, 1.0) for x, y in zip(xs, ys, strict=True))


def picture(reply: Reply, most: int) -> Picture:
    """The answer to "render", at most `most` pixels."""
    value = reply.value
    width, height = _count(value["width"], 1), _count(value["height"], 1)
    stride = _count(value["stride"], 4 * width)
    if width * height > most or len(reply.data) != stride * height:
        raise ValueError("the picture does not fit its size")
    return Picture(width, height, stride, reply.data, value.get("whole") is not False)


def text(reply: Reply) -> PageText:
    """The answer to "text"."""
    count = _count(reply.value["count"])
    boxes = array("f")
    boxes.frombytes(reply.data[: 16 * count])
    chars = clean(reply.data[16 * count :].decode())
    if len(boxes) != 4 * count or len(chars) != count or not math.isfinite(sum(boxes)):
        raise ValueError("characters and boxes do not match")
    lines = _spans(reply.value["lines"], count)
    if count and (lines[0][0] != 0 or lines[-1][1] != count):
        raise ValueError("characters outside of lines")
    if any(before[1] != after[0] for before, after in pairwise(lines)):
        raise ValueError("characters between lines")
    blocks = _spans(reply.value["blocks"], count)
    return PageText(chars, boxes, lines, blocks, _styles(reply.value, count))


def ink(reply: Reply) -> PageInk:
    """The answer to "ink"."""
    box, text = (_rect(part) if part is not None else None for part in reply.value)
    return PageInk(box, text)


def fields(reply: Reply) -> tuple[FormField, ...]:
    """The answer to "fields"."""
    found: list[FormField] = []
    for row in reply.value:
        if row["kind"] not in _FIELD_KINDS:
            raise ValueError("not a kind of field")
        found.append(
            FormField(
                name=_text(row["name"]),
                kind=row["kind"],
                rect=_rect(row["rect"]),
                value=_text(row["value"]),
                state=_text(row["state"]),
                label=_text(row["label"]),
                options=tuple(map(_text, row["options"])),
                longest=_count(row["longest"]),
                **{flag: row[flag] is True for flag in _FIELD_FLAGS},
            )
        )
    return tuple(found)


def changed(reply: Reply) -> ChangedCopy:
    """The answer to "filled" and "annotated"."""
    return ChangedCopy(reply.data, reply.value["appended"] is True)


def embedded(reply: Reply, pages: int) -> tuple[EmbeddedFile, ...]:
    """The answer to "embedded"; a name never leads into another folder."""
    found: list[EmbeddedFile] = []
    for index, (name, description, size, mime, modified, page) in enumerate(reply.value):
        bare = (
            re.split(r"[/\\]", " ".join(_text(name).split()))[-1].strip(". ") or f"file {index + 1}"
        )
        size = None if size is None else _count(size)
        place = _page(page, pages)
        found.append(
            EmbeddedFile(index, bare, _text(description), size, _text(mime), _text(modified), place)
        )
    return tuple(found)


def properties(reply: Reply) -> Properties:
    """The answer to "properties"."""
    value = reply.value
    return Properties(
        version=_text(value["version"]),
        encryption=_text(value["encryption"]),
        permissions=tuple(map(_text, value["permissions"])),
        tagged=value["tagged"] is True,
        linearized=value["linearized"] is True,
        forms=value["forms"] is True,
        fonts=tuple(
            (_text(name), _text(kind), held is True) for name, kind, held in value["fonts"]
        ),
        sizes=tuple((_real(w), _real(h), _count(count, 1)) for w, h, count in value["sizes"]),
    )


def table(reply: Reply) -> tuple[tuple[str, ...], ...]:
    """The answer to "table"."""
    rows = tuple(tuple(map(_text, row)) for row in reply.value)
    if len({len(row) for row in rows}) > 1:
        raise ValueError("rows of different lengths")
    return rows


def _styles(value: dict[str, Any], count: int) -> tuple[Style, ...]:
    fonts = [_text(name) for name in value["fonts"]]
    styles: list[Style] = []
    for start, size, flags, font in value["styles"]:
        if _count(start) > count or (styles and start < styles[-1].start):
            raise ValueError("styles out of order")
        bold, italic, mono, raised = (bool(_count(flags) & bit) for bit in _LOOKS)
        name = fonts[_count(font)]
        styles.append(Style(start, max(_real(size), 0.0), bold, italic, mono, raised, name))
    return tuple(styles)


def _spans(flat: list[Any], count: int) -> tuple[Span, ...]:
    spans = tuple(
        (_count(start), _count(end)) for start, end in zip(flat[::2], flat[1::2], strict=True)
    )
    if any(not start < end <= count for start, end in spans):
        raise ValueError("not a span")
    return spans


def _frames(rows: list[Any]) -> tuple[PageGeometry, ...]:
    found: list[PageGeometry] = []
    for *crop, rotation in rows:
        if rotation not in (0, 90, 180, 270):
            raise ValueError("not a rotation")
        found.append(PageGeometry(_rect(crop), int(rotation)))
    return tuple(found)


def _rect(parts: list[Any]) -> Rect:
    x0, y0, x1, y1 = map(_real, parts)
    return x0, y0, x1, y1


def _page(value: Any, pages: int) -> int | None:
    if value is None:
        return None
    if _count(value) >= pages:
        raise ValueError("no such page")
    return value


def _there(value: Any, pages: int) -> int:
    page = _page(value, pages)
    if page is None:
        raise ValueError("no page")
    return page


def _whole(value: Any) -> int:
    if type(value) is not int or abs(value) > 2**40:
        raise ValueError("not a number")
    return value


def _count(value: Any, least: int = 0) -> int:
    if _whole(value) < least:
        raise ValueError("too small a number")
    return value


def _real(value: Any) -> float:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise ValueError("not a number")
    return float(value)


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError("not a text")
    return clean(value)
