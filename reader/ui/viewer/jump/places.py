"""The places in view that lead somewhere: mentions in the text and the file's own links."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect

from reader.domain.annotation import Rect
from reader.domain.value import dataclass
from reader.pdf.protocol import PdfLink
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.canvas import PageCanvas


@dataclass(frozen=True, slots=True)
class Place:
    """A link in view: all its rectangles on `page` (view space points)."""

    page: int
    rects: tuple[Rect, ...]
    link: PdfLink


def in_view(canvas: PageCanvas) -> list[Place]:
    """What can be followed in the view, in the order of the pages."""
    found: list[Place] = []
    for page in canvas.camera.visible():
        places = [place for place in _of_page(canvas, page) if _seen(canvas, place)]
        found += sorted(places, key=lambda place: (round(place.rects[0][1]), place.rects[0][0]))
    return found


def _of_page(canvas: PageCanvas, page: int) -> Iterator[Place]:
    """The links of a page; pieces of one mention are one, and each leads somewhere of its own."""
    content = canvas.content
    pieces: dict[tuple[int | None, float, float], list[PdfLink]] = {}
    mine = content.found(page)
    for link in mine:
        pieces.setdefault((link.page, link.x, link.y), []).append(link)
    for links in pieces.values():
        for run in _runs(links):
            yield Place(page, tuple(link.rect for link in run), run[0])
    for link in content.links(page) or ():
        if not any(_overlap(link.rect, other.rect) for other in mine):
            yield Place(page, (link.rect,), link)


def _runs(links: list[PdfLink]) -> Iterator[list[PdfLink]]:
    """Links to one target, those of neighbouring lines together: "Fig." at one end, "3" below."""
    run: list[PdfLink] = []
    for link in links:
        height = link.rect[3] - link.rect[1]
        gap = link.rect[1] - run[-1].rect[1] if run else 0.0
        if run and not (0.5 * height < gap < 2.5 * height and link.rect[0] < run[-1].rect[0]):
            yield run
            run = []
        run.append(link)
    if run:
        yield run


def _overlap(one: Rect, other: Rect) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 0.5 and tall > 0.5


def _seen(canvas: PageCanvas, place: Place) -> bool:
    view = QRect(0, 0, canvas.camera.width, canvas.camera.height)
    return view.intersects(on_view(canvas, place.page, place.rects[0]))


def on_view(canvas: PageCanvas, page: int, rect: Rect) -> QRect:
    """A rectangle of a page in the view, device pixels."""
    first = canvas.camera.view_point(Spot(page, rect[0], rect[1]))
    second = canvas.camera.view_point(Spot(page, rect[2], rect[3]))
    left, right = sorted((round(first[0]), round(second[0])))
    top, bottom = sorted((round(first[1]), round(second[1])))
    return QRect(left, top, max(right - left, 1), max(bottom - top, 1))
