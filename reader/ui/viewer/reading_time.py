"""How long each page was looked at, and what that says about the rest.

A page's time runs while its window is in front and the reader does something
at least once a minute; it is shared among the pages in view by their part of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCursor

from reader.domain.progress import PageTime, Progress, progress, seconds_left
from reader.services import reading_along
from reader.ui.viewer.camera import Camera
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.home import Home

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

_TICK = 1000  # ms
_LONGEST_TICK = 3.0  # seconds; a computer that slept did not read
_IDLE = 60.0  # seconds without a move
_SAVE_EVERY = 20.0  # seconds of reading
_LEAST_SHARE = 0.2  # of the view; a strip at its edge is not looked at


class ReadingTime(Feature):
    """Keeps the time of pages, saves it now and then, and tells the status bar."""

    name: ClassVar[str] = "reading_time"

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.now: Callable[[], float] = time.monotonic
        self._times: dict[int, float] = {}  # all that is known of the document's pages
        self._unsaved: dict[int, float] = {}
        self._attachment = ""
        self._ticked = self._active = self.now()
        self._pointer = QCursor.pos()
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self.tick)
        self._said = ""
        page.canvas.moved.connect(self._moved)
        page.statusChanged.connect(self._hear)

    # -- the document

    def homed(self, home: Home) -> None:
        """The times of before are added to what was read since."""
        self._save()
        self._attachment = home.attachment
        if not home.attachment:
            return

        def known(times: list[PageTime]) -> None:
            for one in times:
                self._times[one.page] = self._times.get(one.page, 0.0) + one.seconds
            self._tell(before)

        before = self.page.status()
        # What is not saved yet was read as a file of its own; it belongs to the paper now.
        self._times = dict(self._unsaved)
        home.desk.read(home.desk.reader.page_times, home.attachment, then=known, owner=self)

    def opened(self, pdf: PdfView) -> None:
        del pdf
        self._ticked = self._active = self.now()
        self._timer.start()

    def left(self) -> None:
        self._timer.stop()
        self._save()

    # -- time

    def tick(self) -> None:
        """Give the time since the last tick to the pages in view, if someone is reading."""
        now = self.now()
        passed, self._ticked = min(now - self._ticked, _LONGEST_TICK), now
        pointer = QCursor.pos()
        if pointer != self._pointer:
            self._pointer, self._active = pointer, now
        if now - self._active > _IDLE or not self._in_front():
            if not self.page.isVisible():
                self._save()
            return
        before = self.page.status()
        for page, share in shares(self.page.canvas.camera).items():
            self._times[page] = self._times.get(page, 0.0) + passed * share
            self._unsaved[page] = self._unsaved.get(page, 0.0) + passed * share
        self._tell(before)
        if sum(self._unsaved.values()) >= _SAVE_EVERY:
            self._save()

    def _in_front(self) -> bool:
        page = self.page
        return page.pdf is not None and page.isVisible() and page.window().isActiveWindow()

    def _moved(self) -> None:
        self._active = self.now()

    def _save(self) -> None:
        home = self.page.home
        if home is None or not self._attachment or not self._unsaved:
            return
        times = [PageTime(page, seconds) for page, seconds in self._unsaved.items()]
        self._unsaved.clear()
        desk, paper = home.desk, home.paper
        desk.write(
            reading_along.add_times,
            self._attachment,
            times,
            then=lambda _: desk.progressed.emit(paper),
        )

    # -- what it says

    def times(self) -> list[PageTime]:
        """The time of each page that was looked at."""
        return [PageTime(page, seconds) for page, seconds in self._times.items()]

    def progress(self) -> Progress:
        """How far the reader is in this document."""
        return progress(self.times(), self.page.pdf.pages if self.page.pdf is not None else 0)

    def status(self) -> str:
        """A part of the status: "45 % seen · about 12 min left"; "" when there is nothing to say."""
        pdf, done = self.page.pdf, self.progress()
        if pdf is None or not done.pages_seen:
            return ""
        if done.pages_seen >= done.pages:
            return self.tr("all pages seen")
        parts = [self.tr("{} % seen").format(max(1, int(done.share * 100)))]
        left = seconds_left(self.times(), pdf.pages)
        if left is not None and done.pages_seen > 1:
            parts.append(self._duration(left))
        return " · ".join(parts)

    def _duration(self, seconds: float) -> str:
        minutes = round(seconds / 60)
        if minutes < 1:
            return self.tr("less than a minute left")
        if minutes < 100:
            return self.tr("about {} min left").format(minutes)
        return self.tr("about {} h left").format(round(minutes / 60))

    def _hear(self, text: str) -> None:
        self._said = text

    def _tell(self, before: str) -> None:
        """Bring the status up to date, unless something else is said at the moment."""
        after = self.page.status()
        if after != before and self._said == before:
            self.page.statusChanged.emit(after)


def shares(camera: Camera) -> dict[int, float]:
    """The pages in view, with the part of the reader's time each gets; together 1.0."""
    areas: dict[int, float] = {}
    for page in camera.visible():
        x, y, width, height = camera.page_rect(page)
        across = min(x + width, camera.left + camera.width) - max(x, camera.left)
        down = min(y + height, camera.top + camera.height) - max(y, camera.top)
        if across > 0 and down > 0:
            areas[page] = float(across * down)
    most = sum(areas.values())
    real = {page: area for page, area in areas.items() if area >= most * _LEAST_SHARE}
    whole = sum(real.values())
    return {page: area / whole for page, area in real.items()}
