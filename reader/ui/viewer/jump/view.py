"""What a mention or link shows of its target: which part of which page, and how large."""

from __future__ import annotations

from reader.domain.annotation import Rect
from reader.domain.value import dataclass
from reader.pdf.protocol import PdfLink, Rotation
from reader.services.findings import Findings, Mention, Reference, Target
from reader.ui.viewer.arrangement import Size, turned_rect
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.region import Region

_PADS = {"figure": 7.0, "table": 7.0, "equation": 12.0}
_NUMBER, _AROUND = 60.0, 12.0  # points: wider is more than a number; what may stand around one
_LINE, _HEAD = 16.0, 8.0  # points: a line with its leading; what `beginning` shows above a place
_SMALLEST = 0.55  # of the size the pages have; what is larger is cut at its foot


@dataclass(frozen=True, slots=True)
class Sight:
    """The target of a mention or link.

    `rect` is the part of the page to show, `whole` whether it must not be cut;
    `spot` is where a click goes; `kind` is the mention's, "link" for a plain link.
    """

    kind: str
    text: str
    spot: Spot
    rect: Rect
    whole: bool
    reference: Reference | None = None


def of_mention(mention: Mention, findings: Findings, size: tuple[float, float]) -> Sight | None:
    """What a mention leads to; `size` is that of the target's page.  None without a target."""
    target = mention.target
    return of_target(mention.kind, target, findings, size) if target is not None else None


def of_target(kind: str, target: Target, findings: Findings, size: tuple[float, float]) -> Sight:
    """What is shown of a target, which is of a mention's kind, on a page of a size."""
    x0, y0, x1, _ = target.rect
    spot = Spot(target.page, x0, y0)
    if kind in _PADS:
        rect = _padded(target.rect, _PADS[kind], size)
        if kind == "equation":
            rect = _across(rect, findings.beginning(target.page, (x0 + x1) / 2, y0, size), size)
        return Sight(kind, target.text, spot, rect, whole=True)
    rect = findings.beginning(target.page, x0, y0, size)
    if kind == "section" and x1 > rect[2]:  # a heading across both columns
        rect = rect[0], rect[1], min(x1 + 8, size[0]), rect[3]
    reference = findings.reference_of(target) if kind == "citation" else None
    return Sight(kind, target.text, spot, rect, whole=False, reference=reference)


def of_link(link: PdfLink, findings: Findings, size: tuple[float, float]) -> Sight | None:
    """What a link inside the document leads to."""
    if link.page is None:
        return None
    rect = findings.beginning(link.page, link.x, link.y, size)
    return Sight("link", "", Spot(link.page, link.x, link.y), rect, whole=False)


def region(sight: Sight, scale: float, room: Size, page: Size, rotation: Rotation) -> Region:
    """The picture of a sight that fits a room (device pixels), at best at the pages' own scale.

    A figure is made as small as it must be to be seen whole; text is cut at its foot.
    `page` is the size of its page (points), which is turned as the pages in view are.
    """
    if rotation in (90, 270):
        room = room[1], room[0]
    x0, y0, x1, y1 = sight.rect
    wide, tall = max(x1 - x0, 1.0), max(y1 - y0, 1.0)
    fitted = min(scale, room[0] / wide)
    if sight.whole:
        fitted = min(fitted, room[1] / tall)
    else:
        fitted = max(fitted, min(scale * _SMALLEST, room[0] / wide))
        y1 = min(y1, y0 + room[1] / fitted)
    rect = turned_rect((x0, y0, x1, y1), page, rotation) if rotation else (x0, y0, x1, y1)
    pad = _PADS.get(sight.kind, _HEAD)
    foot = pad if sight.whole else _LINE
    if rotation:  # the lines run otherwise, and the edges are others
        pad = foot = 0.0
    return Region(sight.spot.page, rect, fitted, rotation, pad, foot).bounded()


def _across(equation: Rect, column: Rect, size: tuple[float, float]) -> Rect:
    """An equation as wide as its column; of one known by its number alone, what is around too."""
    x0, y0, x1, y1 = equation
    more = _AROUND if x1 - x0 < _NUMBER else 0.0
    top, foot = max(y0 - more, 0.0), min(y1 + more, size[1])
    return min(x0, column[0]), top, max(x1, column[2]), foot


def _padded(rect: Rect, pad: float, size: tuple[float, float]) -> Rect:
    x0, y0, x1, y1 = rect
    return max(x0 - pad, 0.0), max(y0 - pad, 0.0), min(x1 + pad, size[0]), min(y1 + pad, size[1])
