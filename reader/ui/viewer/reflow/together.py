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
from reader.ui.viewer.reflow.column import Around, Column

_STILL = 100  # ms after the last step of scrolling
_SAME = 1.5  # points between places that are one: the canvas stands on whole pixels
NEAR = 32.0  # points below a place gone to, where what begins is what was meant
HIT = 4.0  # and below words that were found
_AROUND = 60  # characters beside what is found, by which it is known in the text
_INDENT = 16.0  # points a first line stands in, at most; less than between two columns' lines


class Together(QObject):
    """Follows the column of one document; `lead` shows a place in it, as soon as it is set."""

    def __init__(
        self, canvas: PageCanvas, shown: Callable[[], bool],
        lead: Callable[[Spot, float], None],
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
        self._found: tuple[int, Hit] | None = None  # page and place the find bar is at
        self._landing = False  # that place is to be shown
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
        self.mark()

    def led(self) -> None:
        """The column was brought to where the pages are: no step of the reader's."""
        self._timer.stop()
        column = self._column
        if self._landing and column is not None:
            self.mark()
            column.show_current()
            self._landing = column.current is None  # its paragraph is not set yet
        self._number = column.number_at_top() if column is not None else -1

    def forget(self) -> None:
        """There is no column any more."""
        self._timer.stop()
        self._column, self._found, self._landing = None, None, False

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
        """Something was found: show its paragraph, with the words marked."""
        self._found = page, hit
        if not self._shown() or not hit.rects or self._column is None:
            return
        x0, y0, _, _ = hit.rects[0]
        self._place = self._here()
        self._landing = True
        self._lead(Spot(page, x0, y0), HIT)

    def mark(self) -> None:
        """Mark what was found in the text there is by now."""
        column = self._column
        if self._found is None or column is None:
            return
        page, hit = self._found
        text = self._canvas.content.text(page)
        words = _as_set(text.copy(hit.start, hit.end)) if text is not None else ""
        if text is None or not words or not hit.rects:
            return
        items = map(column.item, range(column.count))
        number = item_at(items, Spot(page, *hit.rects[0][:2]), HIT)
        before = text.chars[max(hit.start - _AROUND, 0) : hit.start]
        after = text.chars[hit.end : hit.end + _AROUND]
        column.mark(words, Around(before, after, page, number))

    def sought(self, needle: str) -> None:
        """What is looked for has changed: nothing is marked when it is nothing."""
        if not needle:
            self._found = None
            if self._column is not None:
                self._column.mark("")

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
            self._landing = False
            self._lead(now, NEAR)


def _as_set(words: str) -> str:
    """Words of a page as the text has them: in one line, not divided."""
    joined = words.replace("\u00ad", "").replace("-\n", "").replace("\n", " ")
    return " ".join(joined.split())


def item_at(items: Iterable[Item], spot: Spot, near: float = NEAR) -> int:
    """The number of the item a place of a page is in, -1 where there is none.

    Of a paragraph only its first line is known: a place is in the last one, in the order
    of reading, that begins above it, or at most `near` points below, and not further to the
    right.  Above all that begins on its page, it is in what goes on from the page before; the
    head of a page is its first item.
    """
    on_page: list[tuple[int, Item]] = []
    after = last = -1
    for number, item in enumerate(items):
        last = number
        if item.page == spot.page:
            on_page.append((number, item))
        elif item.page > spot.page:
            after = number
            break
    if not on_page:
        return after if after >= 0 else last
    # The text of a page begins in its first column, whatever is left of that.
    x = max(spot.x, min(item.rect[0] for _, item in on_page))
    begun = [
        number
        for number, item in on_page
        if item.rect[1] <= spot.y + near and item.rect[0] <= x + _INDENT
    ]
    if begun:
        return begun[-1]
    first = on_page[0][0]
    return max(first - 1, 0) if spot.y > 0 else first
