"""Annotations as they stand in a PDF, and the way between them and the library's.

A mark is one annotation dictionary: it lies on one page.  An annotation over
several pages is written as a mark a page; what the standard's keys cannot hold
(tags, the card, the colour's name, the words around, the note it is linked to)
travels in a text of the program's own, which other programs leave alone.  What a
PDF says in the standard's keys always wins over that text, since only the former
changes when another program edits the annotation.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from reader.domain.annotation import Quad, Rect
from reader.domain.marking import (
    Annotation,
    Kind,
    Stroke,
    clean_text,
    rgb_of,
)
from reader.domain.value import dataclass

# The width of a line, or the size of letters, points, of what does not say its own.
WIDTHS = {
    Kind.TEXT: 12.0,
    Kind.INK: 2.0,
    Kind.AREA: 1.0,
    Kind.RECTANGLE: 1.5,
    Kind.ELLIPSE: 1.5,
    Kind.LINE: 2.0,
    Kind.ARROW: 2.0,
}
SUBTYPES = {
    Kind.HIGHLIGHT: "Highlight",
    Kind.UNDERLINE: "Underline",
    Kind.STRIKEOUT: "StrikeOut",
    Kind.SQUIGGLY: "Squiggly",
    Kind.NOTE: "Text",
    Kind.TEXT: "FreeText",
    Kind.AREA: "Square",
    Kind.INK: "Ink",
    Kind.RECTANGLE: "Square",
    Kind.ELLIPSE: "Circle",
    Kind.LINE: "Line",
    Kind.ARROW: "Line",
}
FORMAT = 1  # of the private text
# Texts that travel in it; the last two are uids of the library's own.
PRIVATE = ("quote", "before", "after", "card", "note", "picture")
_FURTHER = "~"  # between an annotation's uid and the number of its mark, from the second on
_DATE = re.compile(
    r"D?:?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\d*(?:([Zz+-])(?:(\d\d)'?(\d\d)?)?)?'?\s*"
)


@dataclass(frozen=True, slots=True)
class PdfMark:
    """One annotation of a PDF; geometry in user space, as `domain.annotation` says.

    `index` is its place in the page's list, `number` that of its object (0 for
    none), `parent` the object it replies to.  `dates` are as in the file,
    `color` is red, green, blue from 0 to 1, empty for none; `look` is the
    default appearance of free text.  `private` is the program's own text.
    """

    page: int
    subtype: str
    rect: Rect
    quads: tuple[Quad, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    contents: str = ""
    author: str = ""
    created: str = ""
    modified: str = ""
    nm: str = ""
    color: tuple[float, ...] = ()
    width: float = 1.0
    arrow: bool = False
    look: str = ""
    private: str = ""
    hidden: bool = False
    state: str = ""
    index: int = 0
    number: int = 0
    parent: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A mark to be written: what the child needs to know, in the library's words.

    Colour "#rrggbb", width in points (the size of letters for free text), dates
    as a PDF has them.
    """

    page: int
    kind: str
    quads: tuple[Quad, ...]
    strokes: tuple[Stroke, ...]
    contents: str
    author: str
    created: str
    modified: str
    nm: str
    color: str
    width: float
    subject: str
    private: str


# -- dates


def pdf_date(iso: str) -> str:
    """A library time as a PDF date, whole seconds, UTC; "" for none."""
    try:
        moment = datetime.fromisoformat(iso).astimezone(UTC)
    except ValueError:
        return ""
    return moment.strftime("D:%Y%m%d%H%M%SZ")


def iso_time(date: str) -> str:
    """A PDF date as a library time; "" for what is none.  Without a zone it is taken for UTC."""
    match = _DATE.fullmatch(date.strip())
    if not match:
        return ""
    year, *rest = match.groups()[:6]
    low = (1, 1, 0, 0, 0)
    numbers = [int(part) if part else low[at] for at, part in enumerate(rest)]
    sign, hours, minutes = match.groups()[6:]
    try:
        moment = datetime(int(year), *numbers, tzinfo=UTC)  # type: ignore[misc]
        if sign in ("+", "-"):
            offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
            moment = moment - offset if sign == "+" else moment + offset
    except (ValueError, OverflowError):
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


# -- how an annotation looks, for telling whether it has changed


def width_of(annotation: Annotation) -> float:
    """The width of its line or size of its letters; 0.0 where it has none."""
    own = WIDTHS.get(annotation.kind, 0.0)
    return own and (annotation.size or own)


def look_of(annotation: Annotation) -> str:
    """A fingerprint of what a PDF can hold of it: its place, a dot, all the rest.

    Computed from the library's values, so that what was read from a file and
    never touched has the one it was read with.
    """
    place = [
        [
            part.page,
            [[_near(n) for n in point[:2]] for stroke in part.strokes for point in stroke]
            or [[_near(n) for n in quad] for quad in part.quads],
        ]
        for part in annotation.parts
    ]
    rest = [
        SUBTYPES[annotation.kind],
        annotation.kind is Kind.ARROW,
        rgb_of(annotation.color),
        clean_text(annotation.comment),
        " ".join(clean_text(annotation.author).split()),
        round(float(width_of(annotation)), 2),
    ]
    return f"{_digest(place)}.{_digest(rest)}"


def _near(number: float) -> float:
    return round(round(number, 3), 2) + 0.0  # no -0.0


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]


# -- out of the library


def drawn(annotation: Annotation, meanings: Mapping[str, str]) -> tuple[Drawn, ...]:
    """The marks an annotation becomes, a page each; `meanings` of the colours by their names."""
    last = len(annotation.parts)
    return tuple(
        Drawn(
            page=part.page,
            kind=annotation.kind.value,
            quads=part.quads,
            strokes=part.strokes,
            contents=annotation.comment if number == 1 else "",
            author=annotation.author,
            created=pdf_date(annotation.created),
            modified=pdf_date(annotation.modified),
            nm=annotation.uid if number == 1 else f"{annotation.uid}{_FURTHER}{number}",
            color=rgb_of(annotation.color),
            width=width_of(annotation),
            subject=meanings.get(annotation.color, ""),
            private=_private(annotation, number, last),
        )
        for number, part in enumerate(annotation.parts, 1)
    )


def _private(annotation: Annotation, number: int, last: int) -> str:
    held: dict[str, Any] = {"format": FORMAT, "uid": annotation.uid, "part": number, "of": last}
    part = annotation.parts[number - 1]
    if part.strokes:
        if any(point[2] != 1.0 for stroke in part.strokes for point in stroke):
            held["pressure"] = [[round(p[2], 3) for p in stroke] for stroke in part.strokes]
        held["boxes"] = [[round(n, 3) for n in quad] for quad in part.quads]
    if number == 1:
        held |= {
            "look": look_of(annotation),
            "kind": annotation.kind.value,
            "color": annotation.color,
            "size": annotation.size,
            "created": annotation.created,
            "modified": annotation.modified,
        }
        for name in PRIVATE:
            if value := getattr(annotation, name):
                held[name] = value
        if part.at >= 0:
            held["at"] = part.at
        if annotation.tags:
            held["tags"] = list(annotation.tags)
    return json.dumps(held, separators=(",", ":"))
