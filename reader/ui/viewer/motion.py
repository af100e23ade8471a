"""Smooth scrolling: what a wheel or a key asks for is given over a few frames."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal

_FRAME = 8  # ms
_QUICK = 0.045  # seconds to come 63 % of the way, for wheel and keys
_GLIDE = 0.28  # and when a touchpad lets go
_FLICK = 250.0  # pixels a second below which a touchpad simply stops
_RECENT = 0.08  # seconds over which the speed of the fingers is measured


class Motion(QObject):
    """Distances still to go, in device pixels; `moved` hands out the parts."""

    moved = Signal(float, float)  # dx, dy
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rest = QPointF()
        self._slowness = _QUICK
        self._last = 0.0
        self._fingers: list[tuple[float, float, float]] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_FRAME)
        self._timer.timeout.connect(self._step)

    @property
    def active(self) -> bool:
        return self._timer.isActive()

    @property
    def rest(self) -> tuple[float, float]:
        """What is still to go."""
        return self._rest.x(), self._rest.y()

    def push(self, dx: float, dy: float) -> None:
        """Go further by a distance; a turn about starts from here."""
        if self._slowness != _QUICK or dy * self._rest.y() < 0 or dx * self._rest.x() < 0:
            self._rest = QPointF()
        self._slowness = _QUICK
        self._go(dx, dy)

    def drag(self, dx: float, dy: float) -> None:
        """A touchpad's fingers move the page by exactly this."""
        self.stop()
        self._fingers.append((time.monotonic(), dx, dy))
        self.moved.emit(dx, dy)

    def let_go(self) -> None:
        """The fingers left the touchpad: glide on with their speed."""
        now = time.monotonic()
        recent = [entry for entry in self._fingers if now - entry[0] < _RECENT]
        self._fingers.clear()
        dx = sum(entry[1] for entry in recent) / _RECENT
        dy = sum(entry[2] for entry in recent) / _RECENT
        if math.hypot(dx, dy) >= _FLICK:
            self._slowness = _GLIDE
            self._go(dx * _GLIDE, dy * _GLIDE)

    def stop(self) -> None:
        """Stand still."""
        self._rest = QPointF()
        if self._timer.isActive():
            self._timer.stop()
            self.ended.emit()

    def _go(self, dx: float, dy: float) -> None:
        self._rest += QPointF(dx, dy)
        if not self._timer.isActive():
            self._last = time.monotonic()
            self._timer.start()
            self._step()

    def _step(self) -> None:
        now = time.monotonic()
        part = 1.0 - math.exp(-max(now - self._last, 0.004) / self._slowness)
        self._last = now
        dx, dy = self._rest.x() * part, self._rest.y() * part
        if math.hypot(self._rest.x(), self._rest.y()) < 1.0:
            dx, dy = self._rest.x(), self._rest.y()
        self._rest -= QPointF(dx, dy)
        self.moved.emit(dx, dy)
        if self._rest.isNull():
            self.stop()
