"""Collects cyclic garbage on the window's thread, and on no other.

Python's own collector runs in whichever thread happens to allocate.  A cycle
with a widget or a timer in it would then be destroyed there, beside the thread
that Qt made it for: timers are left dangling, and the window hangs or dies.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_FIRST = 1000  # milliseconds for the start: the first look is at all that it made
_LOOK = 200  # milliseconds between two looks at how much there is


class Garbage(QObject):
    """Python's collector by hand: the same thresholds, at times when the window is at rest.

    A full collection with the plan of a large import in memory stops every
    thread for 0.3 s: it never comes from here, only from whoever knows that
    nobody looks (`gc.collect()` on the window's thread).
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_FIRST)

    def look(self) -> None:
        """Collect the young objects, or the middle-aged with them, when there are many."""
        self._timer.setInterval(_LOOK)
        young, middle, _ = gc.get_threshold()
        made, times, _ = gc.get_count()
        if made > young:
            gc.collect(1 if times > middle else 0)
