"""What is pinned, as JSON; and which figure or table is mentioned where the reader is."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from typing import Any

from PySide6.QtCore import QRect

from reader.domain.annotation import Rect
from reader.services.findings import Findings, Mention, Target
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.canvas import PageCanvas
from reader.ui.viewer.jump.places import on_view
from reader.ui.viewer.jump.view import Sight

FOLLOWED = ("figure", "table")
_READING = 1 / 3  # of the view's height: where the eyes are
_LONGEST = 2_000  # characters of a caption
_NAME = re.compile(r"\s*([^\W\d]+\.?)\s+([\w.]{1,8})")
_NUMBER = re.compile(r"\([\w.]{1,8}\)(?=\s*$)")


def to_json(sight: Sight) -> dict[str, Any]:
    """A pin as JSON."""
    return asdict(replace(sight, text=sight.text[:_LONGEST], reference=None))


def of_json(item: object) -> Sight | None:
    """A pin that was kept; None for anything else."""
    if not isinstance(item, Mapping):
        return None
    place, rect = item.get("spot"), item.get("rect")
    if not isinstance(place, Mapping) or not isinstance(rect, list | tuple):
        return None
    page, x, y = (place.get(name) for name in ("page", "x", "y"))
    numbers = [_number(value) for value in (x, y, *rect)]
    kind, text, whole = (item.get(name) for name in ("kind", "text", "whole"))
    if not isinstance(page, int) or page < 0 or len(rect) != 4 or None in numbers:
        return None
    if not isinstance(kind, str) or not isinstance(text, str) or not isinstance(whole, bool):
        return None
    left, top, *edges = (value for value in numbers if value is not None)
    box: Rect = (edges[0], edges[1], edges[2], edges[3])
    return Sight(kind, text[:_LONGEST], Spot(page, left, top), box, whole)


def _number(value: object) -> float | None:
    fits = isinstance(value, int | float) and math.isfinite(value) and abs(value) < 1e9
    return float(value) if fits else None  # pyright: ignore[reportArgumentType]


def mentioned(canvas: PageCanvas, findings: Findings, pinned: Collection[Spot]) -> Mention | None:
    """The figure or table that the text says most about where the reader is.

    What is pinned already is left out.  One that can be seen on the page comes
    after the others, and so does a mention out of view; among equals the one
    nearest to where the eyes are is taken.  None when the pages in view mention none.
    """
    view = QRect(0, 0, canvas.camera.width, canvas.camera.height)
    found: list[tuple[bool, bool, float, Mention]] = []
    for page in canvas.camera.visible():
        for mention in findings.mentions.get(page, ()):
            target = mention.target
            if mention.kind not in FOLLOWED or target is None or _spot(target) in pinned:
                continue
            box = on_view(canvas, page, mention.rects[-1])
            known = view.contains(on_view(canvas, target.page, target.rect))
            away = abs(box.center().y() - view.height() * _READING)
            found.append((known, not view.intersects(box), away, mention))
    return min(found, key=lambda one: one[:3])[3] if found else None


def short_name(caption: str) -> str:
    """ "Figure 3" of "Figure 3. What it shows"; "" where it does not begin so."""
    found = _NAME.match(caption)
    return f"{found[1]} {found[2].rstrip('.')}" if found else ""


def short_number(equation: str) -> str:
    """The number an equation ends with, in its parentheses; "" without one."""
    found = _NUMBER.search(equation)
    return found[0] if found else ""


def of_caption(findings: Findings, spot: Spot) -> Target | None:
    """The figure or table that lies at a place of a page."""
    for caption in findings.captions:
        x0, y0, x1, y1 = caption.whole
        if caption.page == spot.page and x0 <= spot.x <= x1 and y0 <= spot.y <= y1:
            return Target(caption.page, caption.whole, caption.text)
    return None


def _spot(target: Target) -> Spot:
    return Spot(target.page, target.rect[0], target.rect[1])
