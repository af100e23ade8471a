"""Finding in all open tabs: one document after the other, the asking one's list is filled."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer

from reader.pdf.protocol import Hit, PageLabels, Query
from reader.ui.tabs.tab import Half
from reader.ui.tasks import Err, Ok, Tasks
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.found import Found
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.whole_text import WholeText

if TYPE_CHECKING:
    # Loaded after the first paint, with the library for patterns.
    from reader.services.texts import DocumentText, Texts

_MOST = 2_000  # places listed of one document


class Everywhere(QObject):
    """`halves` are those that are open, `show` brings one to the front."""

    def __init__(
        self,
        halves: Callable[[], Iterable[Half]],
        show: Callable[[Half], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._halves = halves
        self._show = show
        self._tasks = Tasks(self)
        self._texts: Texts | None = None
        self._search = 0  # the present one; late answers of others are dropped
        self._asked: Future[Any] | None = None  # what the texts were asked for last

    def use(self, texts: Texts) -> None:
        """Find in whole texts from now on."""
        self._texts = texts
        for half in self._halves():
            if half.page is not None:
                half.page.use_texts(texts)

    def attend(self, page: ViewerPage) -> None:
        """Serve a page that was made."""
        if self._texts is not None:
            page.use_texts(self._texts)
        found = page.feature(Found)
        found.asked.connect(lambda query: self._begin(found, query))
        found.picked.connect(partial(self._go, found))

    def _begin(self, found: Found, query: Query) -> None:
        self._search += 1
        if self._asked is not None:
            self._asked.cancel()
        found.everywhere.start()
        waiting: list[Half] = []
        seen: set[str] = set()
        for half in self._halves():
            whole = _whole(half)
            readable = half.page is None or (whole is not None and whole.error is None)
            if readable and str(half.path) not in seen:
                seen.add(str(half.path))
                waiting.append(half)
            if whole is not None:
                whole.begin()
        self._next(self._search, found, query, waiting)

    def _next(self, search: int, found: Found, query: Query, waiting: list[Half]) -> None:
        if search != self._search or self._texts is None or found.page.pdf is None:
            return
        if not waiting:
            found.everywhere.finish()
            return
        half = waiting[0]
        whole = _whole(half)
        if half not in self._halves():  # closed meanwhile
            self._next(search, found, query, waiting[1:])
        elif half.page is None:
            self._read_unseen(search, found, query, waiting)
        elif whole is None or whole.error is not None:  # it cannot be read
            self._next(search, found, query, waiting[1:])
        elif whole.text is None:
            whole.begin()
            _after(whole, self, partial(self._next, search, found, query, waiting))
        else:
            pdf = half.page.pdf
            label = pdf.label if pdf is not None else PageLabels().label
            self._find(search, found, query, waiting, whole.text, label)

    def _read_unseen(self, search: int, found: Found, query: Query, waiting: list[Half]) -> None:
        """Have a tab read that was never looked at since the start."""
        half, home = waiting[0], found.page.home
        password = home.passwords.of(half.path) if home is not None else ""

        def read(answer: Ok[Any] | Err) -> None:
            if search != self._search:
                return
            match answer:
                case Ok((text, labels)):
                    self._find(
                        search, found, query, waiting, text, lambda page: labels.label(page)[:24]
                    )
                case _:  # gone, or behind a password: opened it says so itself
                    self._next(search, found, query, waiting[1:])

        if self._texts is not None:
            self._asked = self._texts.read_file(half.path, password)
            self._tasks.follow(self._asked, read, found)

    def _find(
        self,
        search: int,
        found: Found,
        query: Query,
        waiting: list[Half],
        text: DocumentText,
        label: Callable[[int], str],
    ) -> None:
        half = waiting[0]

        def take(answer: Ok[Any] | Err) -> None:
            if search != self._search:
                return
            match answer:
                case Ok(places):
                    rows = [(it.page, label(it.page), it.hit, it.line) for it in places]
                    found.everywhere.add(half, half.title, rows)
                    self._next(search, found, query, waiting[1:])
                case Err(error):
                    found.everywhere.say(error.line())

        if self._texts is not None:
            self._asked = self._texts.listed(half, text, query, _MOST)
            self._tasks.follow(self._asked, take, found)

    def _go(self, found: Found, half: Half, sheet: int, hit: Hit, number: int) -> None:
        """Show a place: in its tab, with the search going on there."""
        self._show(half)
        page = half.page
        if page is None or found.page.pdf is None or not hit.rects:
            return
        query = found.page.pdf.find.query
        if page.pdf is None:  # a tab that is looked at for the first time
            once = Qt.ConnectionType.SingleShotConnection
            page.opened.connect(lambda _info: _land(page, sheet, hit, number, query), once)
        else:
            _land(page, sheet, hit, number, query)


def _after(whole: WholeText, owner: QObject, then: Callable[[], None]) -> None:
    """Go on, once and in a turn of its own, when a text is there or is not going to be."""
    ended = (whole.arrived, whole.failed, whole.closed)

    def go_on() -> None:
        for signal in ended:
            signal.disconnect(go_on)
        QTimer.singleShot(0, owner, then)

    for signal in ended:
        signal.connect(go_on)


def _whole(half: Half) -> WholeText | None:
    return half.page.pdf.whole if half.page is not None and half.page.pdf is not None else None


def _land(page: ViewerPage, sheet: int, hit: Hit, number: int, query: Query) -> None:
    """Go to a place of a page, and make it the current one of the query there."""
    if page.pdf is None:
        return
    x0, y0, _, _ = hit.rects[0]
    page.jump(Spot(sheet, x0, y0), above=120)
    if not query.empty:
        page.pdf.find.lead(query, sheet, number)
