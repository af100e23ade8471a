"""Annotations as JSON values: pages 0-based, quads as in domain/annotation.py."""

from __future__ import annotations

import math
from typing import Any, cast

from reader.domain.annotation import Quad
from reader.domain.errors import InputError
from reader.domain.marking import Annotation, Kind, Part, PenPoint, is_color

_TEXTS = (
    "quote", "before", "after", "comment", "author", "note", "card", "picture", "sha256", "nm",
    "seen", "created", "modified",
)  # fmt: skip
_FARTHEST = 1e7  # points; no page is larger


def to_dict(annotation: Annotation) -> dict[str, Any]:
    """The annotation as JSON values; `page` and `quads` repeat its first page for simple readers."""
    return {
        "id": annotation.uid,
        "attachment": annotation.attachment,
        "kind": annotation.kind.value,
        "color": annotation.color,
        "page": annotation.page,
        "quads": [list(quad) for quad in annotation.parts[0].quads],
        "quote": annotation.quote,
        "comment": annotation.comment,
        "tags": list(annotation.tags),
        "created": annotation.created,
        "modified": annotation.modified,
        "parts": [
            {
                "page": part.page,
                "quads": [list(quad) for quad in part.quads],
                "strokes": [[list(point) for point in stroke] for stroke in part.strokes],
                **({"at": part.at} if part.at >= 0 else {}),
            }
            for part in annotation.parts
        ],
        "placed": annotation.placed,
        "size": annotation.size,
        **{
            name: getattr(annotation, name)
            for name in (
                "before",
                "after",
                "author",
                "note",
                "card",
                "picture",
                "sha256",
                "nm",
                "seen",
            )
        },
    }


def from_dict(value: Any) -> Annotation:
    """The annotation of JSON values; InputError that says what of it means nothing."""
    if not isinstance(value, dict):
        raise InputError("An annotation is not an object.")
    item = cast("dict[str, Any]", value)
    try:
        kind = Kind(item.get("kind"))
    except ValueError:
        raise InputError(f"“{item.get('kind')}” is no kind of annotation.") from None
    color = item.get("color", "yellow")
    if not isinstance(color, str) or not is_color(color):
        raise InputError(f"“{color}” is no colour.")
    texts = {name: item.get(name) or "" for name in (*_TEXTS, "id", "attachment")}
    tags = item.get("tags") or []
    if not isinstance(tags, list) or not all(
        isinstance(text, str) for text in (*texts.values(), *tags)
    ):
        raise InputError("An annotation's text is not text.")
    size = item.get("size") or 0.0
    placed = item.get("placed", True)
    if not isinstance(placed, bool):
        raise InputError("“placed” is neither true nor false.")
    return Annotation(
        kind,
        _parts(item.get("parts")),
        texts.pop("attachment"),
        color,
        uid=texts.pop("id"),
        tags=tuple(tags),
        size=_number(size),
        placed=placed,
        **texts,
    )


def read(values: list[Any], left_out: list[str]) -> tuple[Annotation, ...]:
    """The annotations of a list; what means nothing is left out, and a sentence says so."""
    found: list[Annotation] = []
    for number, value in enumerate(values, start=1):
        try:
            found.append(from_dict(value))
        except InputError as error:
            left_out.append(f"Annotation {number}: {error.message} Left out.")
    return tuple(found)


def _parts(value: Any) -> tuple[Part, ...]:
    if not isinstance(value, list) or not value:
        raise InputError("An annotation has no place.")
    try:
        return tuple(
            Part(
                _page(item["page"]),
                tuple(_quad(quad) for quad in item.get("quads", ())),
                tuple(
                    tuple(_point(point) for point in stroke) for stroke in item.get("strokes", ())
                ),
                _page(item["at"]) if "at" in item else -1,
            )
            for item in value
        )
    except (KeyError, TypeError, AttributeError):
        raise InputError("An annotation's place means nothing.") from None


def _page(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10_000_000:
        raise InputError("An annotation's page is no page.")
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise InputError("An annotation's place is not of numbers.")
    try:
        value = float(value)  # files are read with fractions left as text
    except ValueError:
        raise InputError("An annotation's place is not of numbers.") from None
    if not math.isfinite(value) or abs(value) > _FARTHEST:
        raise InputError("An annotation lies beyond every page.")
    return value


def _quad(value: Any) -> Quad:
    numbers = tuple(_number(number) for number in value)
    if len(numbers) != 8:
        raise InputError("An annotation's quad is not of eight numbers.")
    return cast("Quad", numbers)


def _point(value: Any) -> PenPoint:
    numbers = tuple(_number(number) for number in value)
    if len(numbers) != 3:
        raise InputError("A point of a line is not of three numbers.")
    return cast("PenPoint", numbers)
