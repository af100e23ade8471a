"""Annotations of the library from the marks of a PDF."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from reader.domain.annotation import Quad
from reader.domain.marking import (
    PALETTE,
    Annotation,
    Kind,
    Part,
    PenPoint,
    clean,
    is_color,
    rgb_of,
)
from reader.domain.pdf_marks import (
    FORMAT,
    PRIVATE,
    SUBTYPES,
    WIDTHS,
    PdfMark,
    iso_time,
    look_of,
    width_of,
)

_KINDS = {
    "Highlight": Kind.HIGHLIGHT,
    "Underline": Kind.UNDERLINE,
    "StrikeOut": Kind.STRIKEOUT,
    "Squiggly": Kind.SQUIGGLY,
    "Text": Kind.NOTE,
    "Caret": Kind.NOTE,
    "FreeText": Kind.TEXT,
    "Square": Kind.RECTANGLE,
    "Circle": Kind.ELLIPSE,
    "Ink": Kind.INK,
    "Polygon": Kind.INK,
    "PolyLine": Kind.INK,
    "Line": Kind.LINE,
}
_FARTHEST = 1e6  # points; a page is at most 14,400 wide
_PAINT = re.compile(r"([\d.\s+-]*?)\s(g|rg|k)(?=\s|$)")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]{8,15}Z", re.ASCII)
_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SIZE = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s+Tf\b")


def private_of(mark: PdfMark) -> dict[str, Any]:
    """What the program itself wrote with a mark; empty for another's, or where it is damaged."""
    try:
        held = json.loads(mark.private, parse_constant=_no_number) if mark.private else {}
    except (ValueError, RecursionError):
        return {}
    fits = (
        isinstance(held, dict)
        and held.get("format") == FORMAT
        and isinstance(held.get("uid"), str)
        and isinstance(held.get("part"), int)
    )
    return held if fits else {}


def _no_number(text: str) -> None:
    """Refuse what Python's JSON takes for numbers and JSON's own rules do not: NaN, Infinity."""
    raise ValueError(f"{text} is no number")


def _real(value: Any) -> float | None:
    """A number that can be a place or a size; None for anything else."""
    fits = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if fits and abs(value) <= _FARTHEST else None


def _start(value: Any) -> int:
    """Where in a page's text something begins; -1 for anything that cannot be that."""
    fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 31
    return value if fits else -1


def is_kept(mark: PdfMark) -> bool:
    """Whether the library has a kind for it; others stay in the file, and are shown."""
    return mark.subtype in _KINDS and not mark.hidden


def to_annotation(marks: list[PdfMark], replies: str = "") -> Annotation:
    """One annotation of the marks it was written as, in the order of their pages.

    Without attachment, uid and quote unless the program wrote it.  Raises
    ValueError with a sentence for a mark that says nothing.
    """
    first = marks[0]
    kind = _KINDS[first.subtype]
    if kind is Kind.LINE and first.arrow:
        kind = Kind.ARROW
    parts = tuple(_part(mark, kind) for mark in marks)
    comment = "\n\n".join(filter(None, (first.contents, replies)))
    plain = clean(
        Annotation(
            kind,
            parts,
            color=_color(first),
            comment=comment,
            size=_size(first, kind),
            author=first.author,
            created=iso_time(first.created) or iso_time(first.modified),
            modified=iso_time(first.modified) or iso_time(first.created),
            nm=first.nm,
        )
    )
    held = private_of(first)
    return _with_private(plain, marks, held) if held else replace(plain, seen=look_of(plain))


def _part(mark: PdfMark, kind: Kind) -> Part:
    if kind.on_text:
        if not mark.quads:
            raise ValueError("It does not say which words it is on.")
        return Part(mark.page, tuple(_rounded(quad) for quad in mark.quads))
    if kind in (Kind.INK, Kind.LINE, Kind.ARROW):
        strokes = tuple(
            tuple((round(x, 3), round(y, 3), press) for x, y, press in stroke)
            for stroke in mark.strokes
            if stroke
        )
        if not strokes or (kind is not Kind.INK and len(strokes[0]) != 2):
            raise ValueError("It has no line.")
        return Part(mark.page, (), strokes)
    x0, y0, x1, y1 = mark.rect
    left, right, bottom, top = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    return Part(mark.page, (_rounded((left, top, right, top, left, bottom, right, bottom)),))


def _rounded(quad: Quad) -> Quad:
    a, b, c, d, e, f, g, h = (round(number, 3) + 0.0 for number in quad)
    if max(map(abs, (a, b, c, d, e, f, g, h))) > _FARTHEST:
        raise ValueError("It lies far outside of every page.")
    return a, b, c, d, e, f, g, h


def _color(mark: PdfMark) -> str:
    parts = mark.color
    if mark.subtype == "FreeText" and (found := _PAINT.search(mark.look)):
        parts = _paint(found[1].split(), found[2]) or parts
    if len(parts) != 3:
        return PALETTE[0].name if mark.subtype != "FreeText" else "#000000"
    whole = [round(min(max(part, 0.0), 1.0) * 255) for part in parts]
    rgb = "#{:02x}{:02x}{:02x}".format(*whole)
    return next((color.name for color in PALETTE if color.rgb == rgb), rgb)


def _paint(words: list[str], operator: str) -> tuple[float, ...]:
    """Red, green, blue of a colour operator's numbers; empty when they make no sense."""
    count = {"g": 1, "rg": 3, "k": 4}[operator]
    try:
        numbers = [float(word) for word in words[-count:]]
    except ValueError:
        return ()
    match numbers:
        case [gray]:
            return gray, gray, gray
        case [cyan, magenta, yellow, black]:
            red, green, blue = ((1 - ink) * (1 - black) for ink in (cyan, magenta, yellow))
            return red, green, blue
        case [red, green, blue]:
            return red, green, blue
        case _:
            return ()


def _size(mark: PdfMark, kind: Kind) -> float:
    if kind not in WIDTHS:
        return 0.0
    size = mark.width
    if kind is Kind.TEXT:
        found = _SIZE.search(mark.look)
        size = float(found[1]) if found else 0.0
    return 0.0 if round(size, 2) == WIDTHS[kind] else round(min(max(size, 0.0), 200.0), 2)


def _with_private(plain: Annotation, marks: list[PdfMark], held: dict[str, Any]) -> Annotation:
    """What the program wrote beside the standard's keys, as far as it still holds."""
    strings = {name: value for name in PRIVATE if isinstance(value := held.get(name), str)}
    tags = held.get("tags", [])
    named = tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ()
    uid = str(held["uid"])
    # What they lead to may come later, or never: a link that leads nowhere yet is kept.
    links = {name: strings.pop(name) for name in ("note", "picture") if name in strings}
    links = {name: link for name, link in links.items() if _UID.fullmatch(link)}
    found = replace(plain, tags=named, card=strings.pop("card", ""), uid=uid, **links)
    kind = next((kind for kind in Kind if kind.value == held.get("kind")), plain.kind)
    if SUBTYPES[kind] == SUBTYPES[plain.kind]:
        found = replace(found, kind=kind)
    found = replace(found, parts=tuple(map(_with_pressure, found.parts, marks)))
    seen, wrote = look_of(found), str(held.get("look", ""))
    if seen.split(".")[0] == wrote.split(".", maxsplit=1)[0]:
        found = replace(found, **strings)
        at = _start(held.get("at"))
        found = replace(found, parts=(replace(found.parts[0], at=at), *found.parts[1:]))
    if seen == wrote:  # nobody has touched it since
        made, changed = held.get("created"), held.get("modified")
        found = replace(
            _as_named(found, held.get("color"), held.get("size")),
            created=made if _is_time(made) else found.created,
            modified=changed if _is_time(changed) else found.modified,
        )
    return replace(clean(found), seen=seen)


def _as_named(found: Annotation, color: Any, size: Any) -> Annotation:
    """With the name of its colour and its own size, where they look as what is drawn."""
    same = isinstance(color, str) and is_color(color) and rgb_of(color) == rgb_of(found.color)
    named = replace(
        found,
        color=color if same else found.color,
        size=found.size if (own := _real(size)) is None else own,
    )
    same = round(width_of(named), 2) == round(width_of(found), 2)
    return named if same else replace(named, size=found.size)


def _is_time(value: Any) -> bool:
    return isinstance(value, str) and bool(_TIME.fullmatch(value))


def _with_pressure(part: Part, mark: PdfMark) -> Part:
    held = private_of(mark)
    boxes, pressure = held.get("boxes"), held.get("pressure")
    quads = part.quads
    if part.strokes and isinstance(boxes, list):
        quads = tuple(quad for box in boxes if (quad := _quad(box)))
    shape = [len(stroke) for stroke in part.strokes]
    if not isinstance(pressure, list) or list(map(_length, pressure)) != shape:
        return replace(part, quads=quads)
    strokes = tuple(
        tuple(_pressed(point, press) for point, press in zip(stroke, pressed, strict=True))
        for stroke, pressed in zip(part.strokes, pressure, strict=True)
    )
    return replace(part, quads=quads, strokes=strokes)


def _length(item: Any) -> int:
    return len(item) if isinstance(item, list) else -1


def _quad(box: Any) -> Quad | None:
    numbers = [_real(item) for item in box] if isinstance(box, list) else []
    match numbers:
        case [float(a), float(b), float(c), float(d), float(e), float(f), float(g), float(h)]:
            return a, b, c, d, e, f, g, h
        case _:
            return None


def _pressed(point: PenPoint, press: Any) -> PenPoint:
    weight = _real(press)
    if weight is None or not 0.0 <= weight <= 1.0:
        return point
    return point[0], point[1], weight
