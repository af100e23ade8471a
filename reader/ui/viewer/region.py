"""Pictures of parts of pages, for previews and lists: rendered behind what is on screen."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from reader.domain.annotation import Rect
from reader.domain.value import dataclass
from reader.pdf.protocol import PageColors, Picture, Rotation
from reader.ui.tasks import Err, Ok, Tasks
from reader.ui.viewer.cache import ByteCache
from reader.ui.viewer.edges import without_cut_lines
from reader.ui.viewer.engine_type import OpenDocument, PdfEngine
from reader.ui.viewer.pictures import Sheet, sheet

_AT_ONCE = 2
_MOST_PIXELS = 4_000_000


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of a page at `scale` device pixels a point.

    `rect` is in points of what is seen: view space, turned clockwise by `rotation`.
    A line of text that its upper edge cuts is left out if it ends within `head`
    points of it, one that its lower edge cuts if it begins within `foot`.
    """

    page: int
    rect: Rect
    scale: float
    rotation: Rotation = 0
    head: float = 0.0
    foot: float = 0.0

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of its picture, about."""
        x0, y0, x1, y1 = self.rect
        return max(round((x1 - x0) * self.scale), 1), max(round((y1 - y0) * self.scale), 1)

    def bounded(self) -> Region:
        """The same, at a scale that keeps its picture within a budget."""
        width, height = self.pixels
        if width * height <= _MOST_PIXELS:
            return self
        return replace(self, scale=self.scale * (_MOST_PIXELS / (width * height)) ** 0.5)


class Regions(QObject):
    """Asks the engine for what is wanted now; what is no longer wanted is cancelled."""

    arrived = Signal(object)  # Region
    failed = Signal(object)  # Region

    def __init__(self, engine: PdfEngine, priority: int, budget: int, parent: QObject) -> None:
        super().__init__(parent)
        self._engine = engine
        self._priority = priority
        self._tasks = Tasks(self)
        self._doc: OpenDocument | None = None
        self._sheets: ByteCache[Region, Sheet] = ByteCache(budget)
        self._wanted: list[Region] = []
        self._asked: dict[Region, Future[Any]] = {}
        self._failed: set[Region] = set()
        self._colors: PageColors | None = None

    def use(self, doc: OpenDocument | None) -> None:
        """The document from now on; pictures of another one are forgotten."""
        self.want(())
        self._doc = doc
        self._sheets.clear()
        self._failed.clear()

    def recolor(self, colors: PageColors | None) -> None:
        """Draw with other colours from now on; None for those of the file."""
        if colors != self._colors:
            self._colors = colors
            self.use(self._doc)

    def image(self, region: Region) -> QImage | None:
        """The picture of a region, when it is here; it points into what is kept: paint or copy it."""
        found = self._sheets.get(region)
        return found.image if found is not None else None

    def want(self, regions: Iterable[Region]) -> None:
        """Replace what is wanted, most urgent first."""
        self._wanted = [
            region
            for region in dict.fromkeys(regions)
            if region not in self._sheets and region not in self._failed
        ]
        for region in [region for region in self._asked if region not in self._wanted]:
            self._asked.pop(region).cancel()
        self._ask()

    @property
    def busy(self) -> bool:
        return bool(self._wanted)

    def _ask(self) -> None:
        for region in self._wanted:
            if self._doc is None or len(self._asked) >= _AT_ONCE:
                return
            if region not in self._asked:
                future = self._engine.render(
                    self._doc,
                    region.page,
                    region.scale,
                    clip=region.rect,
                    colors=self._colors,
                    priority=self._priority,
                    rotation=region.rotation,
                )
                self._asked[region] = future
                self._tasks.follow(future, partial(self._take, region, future), self)

    def _take(self, region: Region, future: Future[Any], answer: Ok[Any] | Err) -> None:
        if self._asked.get(region) is not future:
            return
        del self._asked[region]
        self._wanted.remove(region)
        self._ask()
        match answer:
            case Ok(picture):
                self._sheets.put(region, _whole_lines(region, picture), len(picture.pixels))
                self.arrived.emit(region)
            case Err():
                self._failed.add(region)
                self.failed.emit(region)


def _whole_lines(region: Region, picture: Picture) -> Sheet:
    """A picture without the lines of text that its edges cut."""
    drawn = sheet(picture)
    if not region.head and not region.foot:
        return drawn
    head, foot = (round(points * region.scale) for points in (region.head, region.foot))
    return Sheet(without_cut_lines(drawn.image, head, foot), picture)
