"""The pictures of the reading view: rendered when they are seen, within a budget."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from reader.domain.annotation import Rect
from reader.pdf.protocol import PageColors
from reader.ui.tasks import Err, Ok, Tasks
from reader.ui.viewer.cache import ByteCache
from reader.ui.viewer.engine_type import PdfEngine
from reader.ui.viewer.pictures import Sheet, sheet

_BYTES = 48 << 20
_PRIORITY = 55
_AT_ONCE = 4


class ColumnPictures(QObject):
    """Asks the engine for regions of pages, newest first."""

    arrived = Signal()

    def __init__(self, engine: PdfEngine, parent: QObject) -> None:
        super().__init__(parent)
        self._engine = engine
        self._tasks = Tasks(self)
        self._sheets: ByteCache[int, Sheet] = ByteCache(_BYTES)
        self._asked: dict[int, Future[Any]] = {}
        self._failed: set[int] = set()

    def image(self, number: int) -> QImage | None:
        """The picture of an item, when it is here."""
        found = self._sheets.get(number)
        return found.image if found is not None else None

    def ask(
        self,
        doc: Any,
        number: int,
        page: int,
        rect: Rect,
        scale: float,
        colors: PageColors | None,
    ) -> None:
        """Have an item's region rendered; the oldest wish gives way."""
        if number in self._asked or number in self._failed:
            return
        while len(self._asked) >= _AT_ONCE:
            self._asked.pop(next(iter(self._asked))).cancel()
        future = self._engine.render(doc, page, scale, clip=rect, priority=_PRIORITY, colors=colors)
        self._asked[number] = future
        self._tasks.follow(future, partial(self._take, number, future), self)

    def _take(self, number: int, future: Future[Any], answer: Ok[Any] | Err) -> None:
        if self._asked.get(number) is not future:
            return
        del self._asked[number]
        match answer:
            case Ok(picture):
                self._sheets.put(number, sheet(picture), len(picture.pixels))
                self.arrived.emit()
            case Err():
                self._failed.add(number)  # a quiet frame stays in its place

    def clear(self) -> None:
        """Forget all pictures, cancel what is asked."""
        for future in self._asked.values():
            future.cancel()
        self._asked.clear()
        self._failed.clear()
        self._sheets = ByteCache(_BYTES)
