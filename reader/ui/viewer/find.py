"""Finding in a document: every place, at once where its whole text is here.

While the text is still being read words are found page by page, from the
reader's page on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from reader.domain.errors import CancelledError, InputError, ReaderError
from reader.pdf.protocol import Found, Hit, HitLine, Query, hit_line, spans_in_page
from reader.ui.tasks import Err, Ok
from reader.ui.viewer.cache import ByteCache
from reader.ui.viewer.content import Content
from reader.ui.viewer.layout import PageLayout
from reader.ui.viewer.requests import Requests
from reader.ui.viewer.wants import Want
from reader.ui.viewer.whole_text import WholeText

if TYPE_CHECKING:
    # Loaded after the first paint, with the library for patterns.
    from reader.services.document_text import Answer

_SLICE = 0.006  # seconds of searching before the window's turn
_FIRST, _MORE = 16, 6  # pages on which a pattern is looked for first, and how many times more then
_AHEAD = 6  # pages whose text is asked for together
_KEPT = 30_000  # hits kept with their rectangles; others are found again when seen
_FINE = 2_000  # heights a scroll bar can tell apart
_PRIORITY = 10
_TOLD = 0.1  # seconds between two reports of the count


class Find(QObject):
    """One search at a time; begins at a page, goes on to the end and round.

    `error` is set for a pattern that is wrong, or that cannot be looked for.
    """

    changed = Signal()  # count, current hit or progress
    landed = Signal(int, object)  # the current hit moved: page, Hit

    def __init__(
        self,
        requests: Requests,
        content: Content,
        layout: PageLayout,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._requests = requests
        self._content = content
        self._layout = layout
        self._pages = layout.pages
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._scan)
        self._whole: WholeText | None = None
        self._start = 0
        self._clear()

    def use(self, whole: WholeText) -> None:
        """Find in the whole text from now on, as soon as it is here."""
        self._whole = whole
        whole.arrived.connect(self._ask_whole)
        whole.failed.connect(self._cannot)

    def _clear(self) -> None:
        self.query = Query("")
        self.error: ReaderError | None = None
        self._found: Found | None = None
        self._partly = False  # whether that is of some pages only
        self.current: tuple[int, int] | None = None  # page, number of the hit on it
        self.total = 0
        self._counts: dict[int, int] = {}
        self._before = 0  # hits on the pages before the current one's
        self._marks: set[int] = set()
        self._hits: ByteCache[int, list[Hit]] = ByteCache(_KEPT)
        self._next = 0
        self._seek: tuple[int, int] | None = None  # page and direction of a step in the making
        self._again: tuple[int, int] | None = None  # the place to be current, without going there
        self._landing = False  # the current hit waits for its text
        self._told = 0.0

    @property
    def needle(self) -> str:
        return self.query.text

    @property
    def lack(self) -> str:
        """Why nothing can be found in the document, as far as that is known."""
        return self._whole.lack if self._whole is not None else ""

    @property
    def complete(self) -> bool:
        if self._found is not None:
            return not self._partly
        return len(self._counts) >= self._pages

    @property
    def number(self) -> int:
        """Which hit is the current one, counted from 1 in the whole document; 0 for none."""
        if self.current is None:
            return 0
        return 1 + self.current[1] + self._before

    def current_hit(self) -> tuple[int, Hit] | None:
        """The current hit with its page."""
        if self.current is None:
            return None
        hits = self.hits_on(self.current[0])
        return (self.current[0], hits[self.current[1]]) if self.current[1] < len(hits) else None

    def marks(self) -> list[float]:
        """The heights of the hits in the document, from 0.0 to 1.0, as fine as a bar shows."""
        layout = self._layout
        whole = max(layout.before(self._pages), 1.0)
        places: list[float] = []
        last, above, height = -1.0, 0.0, 0.0
        for mark in sorted(self._marks):
            page, part = divmod(mark * self._pages / _FINE, 1.0)
            if page != last:
                last, above, height = page, layout.before(int(page)), layout.size(int(page))[1]
            places.append((above + part * height) / whole)
        return places

    def hits_on(self, page: int) -> Sequence[Hit]:
        """The hits of a page, as far as its text is here."""
        if not self.needle or not self._counts.get(page, 0):
            return ()
        found = self._hits.get(page)
        if found is None:
            text = self._content.text(page)
            if text is None:
                return ()
            known, last = self._found, len(text.chars)
            spans = known.on(page) if known is not None else spans_in_page(text, self.query)
            found = [Hit(*span, text.rects(*span)) for span in spans if span[1] <= last]
            self._hits.put(page, found, len(found))
        return found

    def counts(self) -> dict[int, int]:
        """The pages with places found so far, in order, and how many each has."""
        return {page: self._counts[page] for page in sorted(self._counts) if self._counts[page]}

    def lines(self, page: int, then: Callable[[Sequence[HitLine]], None]) -> None:
        """Have the lines of a page's places told, at once or as soon as they are known."""
        text = self._content.text(page)
        if text is not None:
            then([hit_line(text, hit.start, hit.end) for hit in self.hits_on(page)])
        elif self._found is not None and self._whole is not None:
            self._whole.lines(page, self._found.on(page), then)

    def start(self, query: Query | str, page: int, *, again: tuple[int, int] | None = None) -> None:
        """Search from a page on; the first place found there becomes the current one.

        A search made `again`, in a newer state of the file, says which place (page,
        number on it) was the current one; nothing lands then.
        """
        self._forget()
        self._again = again
        self.query = Query(query) if isinstance(query, str) else query
        if not self.query.empty and self._pages:
            self._start = page
            self._next = page
            self._seek = (page, 1)
            if self._whole is not None:
                self._whole.begin()
            if self._whole is not None and self._whole.text is not None:
                self._ask_whole()
            elif not self.query.regex:
                self._scan()
            elif self._whole is None or self._whole.error is not None:
                self._cannot()
        self.changed.emit()

    def _ask_whole(self) -> None:
        """The whole text is here: what is being looked for is found in it."""
        if self._whole is None or self.query.empty or self._found is not None:
            return
        self._ask_for(_FIRST if self.query.regex else self._pages)

    def _ask_for(self, pages: int, known: Answer | None = None) -> None:
        """Find on some pages from the reader's on, then on more: something is seen at once."""
        if self._whole is None:
            return
        if pages >= self._pages:
            self._whole.find(self.query, self._take, None, known)
            return
        ahead = {(self._start + step) % self._pages for step in range(pages)}
        self._whole.find(self.query, lambda answer: self._take_part(answer, pages), ahead, known)

    def _take_part(self, answer: Ok[Any] | Err, pages: int) -> None:
        """Show what the first pages have, while the others are looked through."""
        self._take(answer, partly=True)
        if isinstance(answer, Ok):
            self._ask_for(pages * _MORE, answer.value)

    def _take(self, answer: Ok[Any] | Err, *, partly: bool = False) -> None:
        match answer:
            case Ok(value):
                self._take_found(value.found, value.tops, partly=partly)
            case Err(CancelledError()):
                return
            case Err(error):
                self.error = error
        self.changed.emit()

    def _take_found(self, found: Found, tops: dict[int, list[float]], *, partly: bool) -> None:
        """Go over to what was found in the whole text; the current place stays."""
        self._timer.stop()
        self._found, self._partly = found, partly
        self._counts = found.counts()
        self.total = len(found)
        self._hits.clear()
        self._marks = set()
        for page, heights in tops.items():
            self._marks.update(self._marks_of(page, heights))
        if not self._landing:
            self._requests.want("find", ())
        page, index = self.current or (-1, 0)
        if index < self._counts.get(page, 0):
            self._before = sum(count for other, count in self._counts.items() if other < page)
            if self._seek is not None:  # a step came before its answer
                self.step(self._seek[1])
        elif self._counts:
            self._seek = None
            later = (page for page in self._counts if page >= self._start)
            self._land(next(later, next(iter(self._counts))), 0)

    def _cannot(self) -> None:
        """The whole text cannot be read: a pattern cannot be looked for."""
        if self.query.regex and not self.query.empty:
            self.error = InputError(
                self.tr("A regular expression needs the whole text, which cannot be read here.")
            )
            self.changed.emit()

    def stop(self) -> None:
        """Forget the search."""
        self._forget()
        self.changed.emit()

    def _forget(self) -> None:
        if self._whole is not None:
            self._whole.forget()
        self._timer.stop()
        self._requests.want("find", ())
        self._clear()

    def go_to(self, page: int, index: int) -> None:
        """Make a place, by its number on its page, the current one."""
        if 0 <= index < self._counts.get(page, 0):
            self._seek = None
            self._land(page, index)

    def lead(self, query: Query, page: int, index: int) -> None:
        """Have a place of a query be the current one; what is looked for already goes on."""
        if query == self.query and index < self._counts.get(page, 0):
            self.go_to(page, index)
        else:
            self.start(query, page, again=(page, index))

    def step(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) place, round the ends of the document."""
        if self.current is None:
            return
        self._seek = None
        page, index = self.current
        if 0 <= index + direction < self._counts[page]:
            self._land(page, index + direction)
        elif self._found is not None:
            pages = list(self._counts)
            to = pages[(pages.index(page) + direction) % len(pages)]
            way = (to - self._start) % self._pages - (page - self._start) % self._pages
            if self._partly and way * direction <= 0:
                self._seek = (page, direction)  # over pages that are still looked through
            else:
                self._land(to, 0 if direction > 0 else self._counts[to] - 1)
        else:
            self._seek = ((page + direction) % self._pages, direction)
            self._scan()

    # -- page by page

    def _scan(self) -> None:
        """Search until the slice is used up or a text is missing."""
        if self._landing and self.current is not None:
            self._land(*self.current)
            return
        if self._found is not None:
            return
        end = time.monotonic() + _SLICE
        self._settle_seek()
        while not self.complete:
            page = self._next_page()
            if not self._search(page):
                self._ask_from(page)
                break
            self._settle_seek()
            if time.monotonic() > end:
                self._timer.start()
                break
        self._tell()

    def _next_page(self) -> int:
        if self._seek is not None:
            return self._seek[0]
        while self._next in self._counts:  # ends: `complete` was asked before
            self._next = (self._next + 1) % self._pages
        return self._next

    def _search(self, page: int) -> bool:
        """Search a page; False when its text is not here yet."""
        text = self._content.text(page)
        if text is None:
            return False
        # Without rectangles, which take ten times as long; pages in view get theirs when painted.
        spans, folded = spans_in_page(text, self.query), text.folded()
        self._counts[page] = len(spans)
        self.total += len(spans)
        if self.current is not None and page < self.current[0]:
            self._before += len(spans)
        self._marks.update(self._marks_of(page, [folded.top(start) for start, _ in spans]))
        return True

    def _marks_of(self, page: int, tops: Sequence[float]) -> set[int]:
        """Heights of a page (points) as steps of the whole document."""
        height, fine = self._layout.size(page)[1], _FINE / self._pages
        return {int((page + min(max(top / height, 0.0), 0.999)) * fine) for top in tops}

    def _settle_seek(self) -> None:
        """Lead a step in the making over the pages already searched."""
        for _ in range(self._pages + 1):
            if self._seek is None or self._seek[0] not in self._counts:
                return
            page, direction = self._seek
            count = self._counts[page]
            if count:
                self._seek = None
                self._land(page, 0 if direction > 0 else count - 1)
                return
            self._seek = ((page + direction) % self._pages, direction)
        self._seek = None

    def _land(self, page: int, index: int) -> None:
        if self._again is not None and self._again[0] == page:
            index = min(self._again[1], self._counts[page] - 1)
        if self.current is None or self.current[0] != page:
            self._before = sum(count for other, count in self._counts.items() if other < page)
        self.current = (page, index)
        hits = self.hits_on(page)
        self._landing = index >= len(hits)
        if self._landing:  # its text was dropped meanwhile
            self._requests.want("find", [Want("text", page, priority=_PRIORITY * 9)])
        else:
            if self._again is None:
                self.landed.emit(page, hits[index])
            self._again = None
            self._timer.start()
        self.changed.emit()

    def texted(self) -> None:
        """The text of a page arrived."""
        waiting = not self.complete and not self.query.regex
        if self.needle and (self._landing or waiting):
            self._scan()

    def _ask_from(self, page: int) -> None:
        direction = self._seek[1] if self._seek is not None else 1
        wants: list[Want] = []
        for distance in range(_AHEAD):
            other = (page + direction * distance) % self._pages
            if other not in self._counts and self._content.text(other) is None:
                priority = _PRIORITY + _AHEAD - distance
                wants.append(Want("text", other, priority=priority))
        self._requests.want("find", wants)

    def _tell(self) -> None:
        now = time.monotonic()
        if self.complete or now - self._told > _TOLD:
            self._told = now
            self.changed.emit()
