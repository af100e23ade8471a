"""Gives a page its features a few at a time, so that opening a document never stops the window.

They are made while the engine opens the file, or ahead of any file, and begin to work once
there is a sharp page to be seen of it: what they ask of the engine comes after it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

from reader.ui.viewer.feature import Feature
from reader.ui.viewer.featured_page import FeaturedPage

_TURN = 0.004  # seconds of work between two turns of the loop
_PATIENCE = 250  # milliseconds that the first page is waited for


class Fitting(QObject):
    """Fits one page and ends; `whole` is called when all features are there."""

    def __init__(
        self,
        page: FeaturedPage,
        kinds: Iterable[type[Feature]],
        whole: Callable[[], None],
    ) -> None:
        super().__init__(page)
        self._page = page
        self._whole = whole
        self._steps = page.made(kinds)
        self._living = False
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(self._enliven)
        page.lacking = self.finish
        page.named.connect(self._read)
        page.arrived.connect(self._arrived)
        page.failed.connect(self._enliven)
        self._seen = page.error is not None or page.canvas.pictures.used > 0
        self._turn.start()

    def _go_on(self) -> None:
        if not self._done_by(time.monotonic() + _TURN):
            return
        if self._living:
            self._end()
        elif self._seen:
            self._live()
        else:
            self._turn.stop()
            self._page.fitted = True
            if not self._page.ahead:
                self._patience.start()

    def _read(self) -> None:
        """A page made ahead has its document."""
        if not self._turn.isActive():
            self._patience.start()

    def _done_by(self, end: float) -> bool:
        """Take steps until a time; whether there are no more."""
        self._page.fitting = True
        try:
            return all(time.monotonic() < end for _step in self._steps)
        finally:
            self._page.fitting = False

    def _arrived(self) -> None:
        """There is something to be seen: what is sharp goes before the features."""
        pdf = self._page.pdf
        if pdf is None or not pdf.requests.waits_for("tile", self._page.canvas.camera.visible()):
            self._enliven()

    def _enliven(self) -> None:
        self._seen = True
        if not self._turn.isActive():
            self._live()

    def _live(self) -> None:
        self._living = True
        self._patience.stop()
        self._steps = self._page.enlivened()
        self._turn.start()

    def finish(self) -> None:
        """Do the rest at once: a feature is asked for."""
        while self._page.lacking is not None:
            self._done_by(math.inf)
            if self._living:
                self._end()
            else:
                self._live()

    def _end(self) -> None:
        self._turn.stop()
        self._page.lacking = None
        self._page.named.disconnect(self._read)
        self._page.arrived.disconnect(self._arrived)
        self._page.failed.disconnect(self._enliven)
        self._whole()
        self.deleteLater()
