"""Keeps the pages and the text of the reading view at one place.

What is read in the text is where the pages are behind it: page number, outline, progress
and the place that is kept follow.  A jump in the pages leads the text there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

from reader.pdf.protocol import Hit
from reader.services.reflowing import Item
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.canvas import PageCanvas
from reader.ui.viewer.reflow.column import Column

_STILL = 100  # ms after the last step of scrolling
_SAME = 1.5  # points between places that are one: the canvas stands on whole pixels
_SLACK = 4.0  # points


class Together(QObject):
    """Follows the column of one document; `lead` shows a place in it, as soon as it is set."""

    def __init__(
        self, canvas: PageCanvas, shown: Callable[[], bool], lead: Callable[[Spot], None],
        parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._canvas = canvas
        self._shown = shown
        self._lead = lead
        self._column: Column | None = None
        self._number = -1  # of the item the pages were led to last
        self._place: Spot | None = None  # where the pages were then
        self._leading = False
        self._timer = QTimer(self, singleShot=True, interval=_STILL)
        self._timer.timeout.connect(self.settle)
        canvas.moved.connect(self._jumped)

    def follow(self, column: Column) -> None:
        """Follow a new column."""
        self._column = column
        column.verticalScrollBar().valueChanged.connect(self._scrolled)

    def begin(self) -> None:
        """The text is shown from now on, where the pages are."""
        self._timer.stop()
        self._number, self._place = -1, self._here()

    def led(self) -> None:
        """The column was brought to where the pages are: no step of the reader's."""
        self._timer.stop()
        self._number = self._column.number_at_top() if self._column is not None else -1

    def forget(self) -> None:
        """There is no column any more."""
        self._timer.stop()
        self._column = None

    def settle(self) -> None:
        """Lead the pages to the paragraph at the top of the text, if it is another one."""
        self._timer.stop()
        column = self._column
        if column is None or not self._shown():
            return
        number = column.number_at_top()
        if number < 0 or number == self._number:
            return
        item = column.item(number)
        self._number = number
        self._leading = True
        self._canvas.show_spot(Spot(item.page, item.rect[0], item.rect[1]))
        self._leading = False
        self._place = self._here()

    def landed(self, page: int, hit: Hit) -> None:
        """Something was found: show its paragraph."""
        if self._shown() and hit.rects:
            x0, y0, _, _ = hit.rects[0]
            self._place = self._here()
            self._lead(Spot(page, x0, y0))

    def _scrolled(self) -> None:
        if self._shown():
            self._timer.start()

    def _here(self) -> Spot:
        # The left edge: the text of a page begins in its first column.
        return self._canvas.camera.spot(0, 0)

    def _jumped(self) -> None:
        if self._leading or not self._shown():
            return
        before, now = self._place, self._here()
        self._place = now
        if before is None or before.page != now.page or abs(before.y - now.y) > _SAME:
            self._lead(now)


def item_at(items: Iterable[Item], spot: Spot) -> int:
    """The number of the item at a place, else of the next one; the last one at the end.

    An item the place lies in by its height and across comes before what is read earlier at
    that height, in another column.
    """
    across = beside = -1
    number = -1
    for number, item in enumerate(items):
        if item.page > spot.page:
            if beside < 0:
                beside = number
            break
        x0, _, x1, bottom = item.rect
        if item.page < spot.page or bottom <= spot.y + _SLACK:
            continue
        if beside < 0:
            beside = number
        if across < 0 and x0 - _SLACK <= spot.x <= x1 + _SLACK:
            across = number
    return next((one for one in (across, beside, number) if one >= 0), -1)
