"""Pages nobody looks at give their memory back; what was last seen stays as a small picture."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, QTimer

from reader.ui.tabs.tab import Half
from reader.ui.viewer.engine_type import PdfEngine

REST_AFTER = 60.0  # seconds unseen
MOST_AWAKE = 4  # pages unseen that may keep their memory meanwhile
MOST_BYTES = 96 << 20  # of pictures these hold together
_LOOK = 5_000  # milliseconds between looks


def due(
    unseen: Sequence[tuple[float, int]],
    now: float,
    *,
    after: float = REST_AFTER,
    most: int = MOST_AWAKE,
    budget: int = MOST_BYTES,
) -> list[int]:
    """Which of the pages unseen (last seen, bytes held) are to rest, by their index."""
    newest_first = sorted(range(len(unseen)), key=lambda index: -unseen[index][0])
    found: list[int] = []
    held = 0
    for place, index in enumerate(newest_first):
        seen, size = unseen[index]
        held += size
        if now - seen >= after or place >= most or held > budget:
            found.append(index)
    return sorted(found)


class Rest(QObject):
    """Looks from time to time which halves are not seen."""

    def __init__(
        self, engine: PdfEngine, halves: Callable[[], Iterable[Half]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._halves = halves
        self.after = REST_AFTER
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self.look)

    def look(self) -> None:
        """Let rest what is due."""
        now = time.monotonic()
        unseen: list[Half] = []
        for half in self._halves():
            if half.page is None or half.resting:
                continue
            if half.page.isVisible():
                half.seen = now
            else:
                unseen.append(half)
        sizes = [(half.seen, _held(half)) for half in unseen]
        for index in due(sizes, now, after=self.after):
            self._rest(unseen[index])
        awake = any(half.page is not None and not half.resting for half in self._halves())
        if awake and not self._timer.isActive():
            self._timer.start()
        elif not awake:
            self._timer.stop()

    def wake(self, half: Half) -> None:
        """A half is looked at again."""
        half.seen = time.monotonic()
        half.resting = False
        QTimer.singleShot(0, self, self.look)

    def _rest(self, half: Half) -> None:
        page = half.page
        if page is None or page.pdf is None:
            return
        page.canvas.release()
        if page.pdf.requests.busy:  # a search or a copy is under way: later
            return
        for feature in page.features:
            feature.rest()
        self._engine.rest(page.pdf.doc)
        half.resting = True


def _held(half: Half) -> int:
    return half.page.canvas.pictures.used if half.page is not None else 0
