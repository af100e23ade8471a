"""What to render next: the view first, then around it, then small pictures further off."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from reader.domain.errors import ReaderError
from reader.pdf.protocol import PageColors, PageInk, PdfQuarantined
from reader.ui.viewer import wants as wanting
from reader.ui.viewer.camera import Camera
from reader.ui.viewer.content import Content
from reader.ui.viewer.layout import BLOCK, PageLayout
from reader.ui.viewer.pictures import Pictures
from reader.ui.viewer.requests import Requests
from reader.ui.viewer.wants import Want

_GEOMETRY, _INK, _FLYING, _INK_SAMPLE, _LINKS, _TEXT, _AHEAD, _NEAR_GEOMETRY, _THUMB, _REST = (
    120, 115, 110, 70, 61, 60, 40, 30, 20, 5,
)  # fmt: skip
_THUMBS_AROUND = 6
_COMING = 4  # pages looked ahead in a flight
_MEASURED_WHOLE = 20_000  # documents up to this many pages have all their sizes read
_HINT_AFTER = 0.3  # seconds
_SETTLED = 70  # ms without a move before sharp pictures are asked for


class Loader(QObject):
    """Fetches for one document what the camera sees, and says when there is more to see."""

    arrived = Signal(int)  # a page has something new to paint
    measured = Signal()  # sizes of pages became known
    texted = Signal(int)  # the text of a page is here
    failed = Signal()  # a page cannot be drawn; Content.faults says why
    quarantined = Signal(object)  # ReaderError

    def __init__(
        self,
        requests: Requests,
        camera: Camera,
        pictures: Pictures,
        content: Content,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._requests = requests
        self._camera = camera
        self._pictures = pictures
        self._content = content
        self.colors: PageColors | None = None
        self.trims = False  # whether it matters where the ink of a page is
        self._flying = False
        self._asleep = False
        self._prompt = False
        self._seen = (0, 0)  # row and top of the camera when it last flew
        self._downward = True
        self._bare_since: dict[int, float] = {}
        self._plain: set[int] = set()  # pages that are not there sooner when they are small
        self._unmeasured: set[int] = set()  # blocks whose sizes could not be read
        self._hint = QTimer(self, singleShot=True, interval=round(_HINT_AFTER * 1000) + 20)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED)
        self._settled.timeout.connect(self._settle)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.plan)
        self._hint.timeout.connect(lambda: self.arrived.emit(-1))
        requests.answered.connect(self._take)
        requests.refused.connect(self._refuse)

    @property
    def busy(self) -> bool:
        """Whether a plan is about to be made."""
        return self._soon.isActive() or self._settled.isActive()

    def moved(self, *, flying: bool) -> None:
        """The camera moved; `flying` when faster than anyone reads, or while zooming."""
        self._flying = flying
        if flying:
            self._settled.start()
        if self._prompt:
            self._prompt = False
            self.plan()
        elif not self._soon.isActive():
            self._soon.start()

    def begin(self) -> None:
        """Ask with the next move already, not a turn later: nothing is seen yet."""
        self._prompt = True

    def sleep(self) -> None:
        """Ask for nothing until `wake`: nobody sees the pages."""
        self._asleep = True
        self._requests.want("view", ())

    def wake(self) -> None:
        """Ask again for what is in view."""
        if self._asleep:
            self._asleep = False
            self.plan()

    def recolor(self, colors: PageColors | None) -> None:
        """Draw in other colours; the old pictures are gone."""
        self.colors = colors
        self._pictures.clear()
        self.plan()

    def retry(self, page: int) -> None:
        """Try a failed page again."""
        self._content.forgive(page)
        self.plan()
        self.arrived.emit(page)

    def bare(self, pages: list[int]) -> None:
        """The pages of which nothing can be shown at this moment."""
        now = time.monotonic()
        self._bare_since = {page: self._bare_since.get(page, now) for page in pages}
        if pages and not self._hint.isActive():
            self._hint.start()

    def waited(self, page: int) -> bool:
        """Whether a page has been bare for so long that a hint is due."""
        since = self._bare_since.get(page)
        return since is not None and time.monotonic() - since >= _HINT_AFTER

    def plan(self) -> None:
        """Say anew what is wanted."""
        if self._asleep:
            return
        visible = self._camera.visible()
        wants: list[Want] = []
        for page in visible:
            wants += self._geometry(page, _GEOMETRY)
            wants += self._of_visible(page)
        if self._flying:
            wants += self._coming(visible)
        elif len(visible):
            wants += self._around(visible)
        self._requests.want("view", wants)

    def _coming(self, visible: range) -> list[Want]:
        """The small pictures of the pages that are about to fly into view."""
        top = self._camera.row, self._camera.top
        if top != self._seen:
            self._downward, self._seen = top > self._seen, top
        if self._downward:
            pages = range(visible.stop, min(visible.stop + _COMING, self._camera.layout.pages))
        else:
            pages = range(visible.start - 1, max(visible.start - 1 - _COMING, -1), -1)
        return [
            want
            for distance, page in enumerate(pages, 1)
            if not self._pictures.has_any(page)
            for want in self._thumb(page, _FLYING - distance)
        ]

    def _of_visible(self, page: int) -> list[Want]:
        if page in self._content.faults:
            return []
        if self._flying:
            return [] if self._pictures.has_any(page) else self._thumb(page, _FLYING)
        some = page in self._plain or self._pictures.has_any(page)
        wants = [
            want
            for want in wanting.in_view(self._camera, page, self.colors)
            if not (some if want.kind == "glance" else self._has(want))
        ]
        if self.trims and not self._camera.layout.margins.knows(page):
            wants.append(Want("ink", page, priority=_INK))
        if self._content.links(page) is None:
            wants.append(Want("links", page, priority=_LINKS))
        if self._content.text(page) is None:
            wants.append(Want("text", page, priority=_TEXT))
        return wants

    def _around(self, visible: range) -> list[Want]:
        camera = self._camera
        last = camera.layout.pages - 1
        wants: list[Want] = []
        height = camera.height
        if camera.paged:
            for by in (1, -1):
                beside = camera.beside(by)
                for page in beside.visible() if beside is not None else ():
                    wants += self._tiles(page, _AHEAD + by, 0, 0, beside)
        else:
            for page in camera.visible(height // 2, height):
                wants += self._tiles(page, _AHEAD - (page < visible[0]), height // 2, height)
        if self.trims:
            missing = camera.layout.margins.missing()
            wants += [Want("ink", page, priority=_INK_SAMPLE) for page in missing]
        for distance in range(_THUMBS_AROUND + 1):
            for page in {visible[0] - distance, visible[-1] + distance}:
                if 0 <= page <= last and not self._pictures.has_thumb(page):
                    wants += self._thumb(page, _THUMB - distance)
        for page in (max(visible[0] - 4, 0), min(visible[-1] + 4, last)):
            wants += self._geometry(page, _NEAR_GEOMETRY)
        return wants + self._rest()

    def _tiles(
        self, page: int, priority: int, above: int, below: int, seen: Camera | None = None
    ) -> list[Want]:
        if page in self._content.faults:
            return []
        near = wanting.tiles(seen or self._camera, page, self.colors, priority, (above, below))
        return [want for want in near if not self._has(want)]

    def _has(self, tile: Want) -> bool:
        return self._pictures.has_tile(tile.page, tile.scale, tile.tile)

    def _thumb(self, page: int, priority: int) -> list[Want]:
        if page in self._content.faults:
            return []
        return [wanting.small(self._camera, page, "thumb", self.colors, priority)]

    def _geometry(self, page: int, priority: int) -> list[Want]:
        layout, block = self._camera.layout, page // BLOCK
        if layout.knows(page) or block in self._unmeasured:
            return []
        return [block_want(layout, block, priority)]

    def _rest(self) -> list[Want]:
        """The sizes of the first pages not measured yet, for a true scroll bar."""
        layout = self._camera.layout
        if layout.pages > _MEASURED_WHOLE:
            return []
        for block in range(-(-layout.pages // BLOCK)):
            last = min((block + 1) * BLOCK, layout.pages) - 1
            if not layout.knows(last) and block not in self._unmeasured:
                return [block_want(layout, block, _REST)]
        return []

    def _settle(self) -> None:
        self._flying = False
        self.plan()

    def _take(self, want: Want, value: Any) -> None:
        match want.kind:
            case "tile" | "thumb" | "glance" if want.colors != self.colors:
                pass  # of a page theme that was left meanwhile
            case "tile":
                if want.rotation == self._camera.rotation:
                    self._pictures.put_tile(want.page, want.scale, want.tile, value)
                    self.arrived.emit(want.page)
            case "ink":
                self._learn_ink(want.page, value)
            case "glance" if value is None:
                self._plain.add(want.page)
            case "thumb" | "glance":
                self._pictures.put_thumb(want.page, value)
                self.arrived.emit(want.page)
            case "text":
                self._content.put_text(want.page, value)
                self.texted.emit(want.page)
            case "links":
                self._content.put_links(want.page, value)
            case "geometry":
                if self._camera.layout.learn(want.page, [page.size for page in value]):
                    self.measured.emit()
                self.moved(flying=self._flying)

    def _learn_ink(self, page: int, ink: PageInk) -> None:
        if self._camera.layout.learn_ink(page, ink):
            self.measured.emit()

    def _refuse(self, want: Want, error: ReaderError) -> None:
        if isinstance(error, PdfQuarantined):
            self.quarantined.emit(error)
            return
        match want.kind:
            case "tile" | "thumb" | "glance":
                self._content.faults[want.page] = error
                self.failed.emit()
                self.arrived.emit(want.page)
                self.moved(flying=self._flying)
            case "text" | "links":
                self._content.mute(want.kind, want.page)
                if want.kind == "text":
                    self.texted.emit(want.page)
            case "ink":
                self._learn_ink(want.page, PageInk())
            case "geometry":
                self._unmeasured.add(want.page // BLOCK)


def block_want(layout: PageLayout, block: int, priority: int) -> Want:
    """The wish for the sizes of a block of pages."""
    first = block * BLOCK
    return Want("geometry", first, count=min(BLOCK, layout.pages - first), priority=priority)
