"""What a view may want of a document's pages, and how the engine is asked for it.

No Qt: the first wants of a document are asked for on a thread of the engine too.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import field
from typing import Any, Literal

from reader.domain.value import dataclass
from reader.pdf.protocol import PageColors, Rotation
from reader.ui.viewer.camera import Camera, PixelRect
from reader.ui.viewer.engine_type import OpenDocument, PdfEngine
from reader.ui.viewer.tiles import THUMB_PIXELS, clip_of, thumb_scale, tiles_in_view

Kind = Literal["tile", "thumb", "glance", "text", "links", "geometry", "ink"]
AT_ONCE = 2  # requests that are with the engine; its queue cannot be put in another order
SHARP = 100  # the priority of what is in view; the small picture of it goes before


@dataclass(frozen=True, slots=True)
class Want:
    """One thing wanted.  `scale` and `tile` (pixels of the page) belong to pictures.

    `page_pixels` is the whole page's size at that scale, both as the page is turned.  Of geometry, `page`
    is the first of `count` pages.
    """

    kind: Kind
    page: int
    scale: float = 0.0
    tile: PixelRect = (0, 0, 0, 0)
    page_pixels: tuple[int, int] = (0, 0)
    rotation: Rotation = 0
    colors: PageColors | None = None
    count: int = 1
    priority: int = field(default=0, compare=False)


def ask(engine: PdfEngine, doc: OpenDocument, want: Want) -> Future[Any]:
    """Ask for what is wanted; the answer's type belongs to the kind."""
    priority = want.priority
    match want.kind:
        case "tile":
            clip = clip_of(want.tile, want.page_pixels, want.scale)
            return engine.render(
                doc, want.page, want.scale, clip=clip, priority=priority,
                colors=want.colors, rotation=want.rotation,
            )  # fmt: skip
        case "thumb":
            return engine.render(doc, want.page, want.scale, priority=priority, colors=want.colors)
        case "glance":
            return engine.glance(doc, want.page, want.scale, priority=priority, colors=want.colors)
        case "ink":
            return engine.ink(doc, want.page, priority=priority)
        case "text":
            return engine.text(doc, want.page, priority=priority)
        case "links":
            return engine.links(doc, want.page, priority=priority)
        case "geometry":
            return engine.geometry(doc, want.page, want.count, priority=priority)


def tiles(
    camera: Camera, page: int, colors: PageColors | None, priority: int, reach: tuple[int, int]
) -> list[Want]:
    """The tiles of a page in view, and as far above and below it as `reach` says, in pixels."""
    pixels, turn = camera.page_size(page), camera.rotation
    return [
        Want("tile", page, camera.scale, tile, pixels, turn, colors, priority=priority)
        for tile in tiles_in_view(camera, page, *reach)
    ]


def small(camera: Camera, page: int, kind: Kind, colors: PageColors | None, priority: int) -> Want:
    """The small picture of a whole page."""
    scale = thumb_scale(*camera.layout.size(page))
    return Want(kind, page, scale, colors=colors, priority=priority)


def in_view(camera: Camera, page: int, colors: PageColors | None) -> list[Want]:
    """The pictures of a page in view: of one larger than its small one that first."""
    priority = SHARP + (5 if page == camera.current() else 0)
    wanted = tiles(camera, page, colors, priority, (0, 0))
    width, height = camera.page_size(page)
    if width * height > THUMB_PIXELS:
        # What takes long to draw does so at any size; small and in part, it is there in a moment.
        wanted.append(small(camera, page, "glance", colors, priority + 2))
    return wanted
