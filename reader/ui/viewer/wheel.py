"""What a wheel or a touchpad asks for, in device pixels."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent

from reader.domain.value import dataclass

_NOTCH = 120  # angle delta of a notch, eighths of a degree
_NOTCH_PIXELS = 110  # logical pixels it scrolls
_ZOOM_A_NOTCH = 1.15


@dataclass(frozen=True, slots=True)
class Turn:
    """Distances to scroll; `exact` for fingers on a touchpad, `released` when they left it."""

    dx: float
    dy: float
    exact: bool
    released: bool


def read(event: QWheelEvent, ratio: float) -> Turn:
    """The scrolling a wheel event asks for; Shift turns it sideways."""
    exact = has_pixels(event)
    if exact:
        delta = event.pixelDelta()
        dx, dy = -delta.x() * ratio, -delta.y() * ratio
    else:
        angle = event.angleDelta()
        unit = _NOTCH_PIXELS * ratio / _NOTCH
        dx, dy = -angle.x() * unit, -angle.y() * unit
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not dx:
        dx, dy = dy, 0.0
    # macOS sends the gliding itself, as further events.
    ended = event.phase() == Qt.ScrollPhase.ScrollEnd and platform() != "cocoa"
    return Turn(dx, dy, exact or ended, ended)


def zoom_factor(event: QWheelEvent) -> float:
    """How much larger a turn of the wheel with Ctrl makes the page."""
    if has_pixels(event):
        return 1.0 + max(min(event.pixelDelta().y(), 60), -60) / 250
    return _ZOOM_A_NOTCH ** (event.angleDelta().y() / _NOTCH)


def has_pixels(event: QWheelEvent) -> bool:
    """Whether the event counts in pixels.  On X11 these are the driver's fancy: not used."""
    return not event.pixelDelta().isNull() and platform() != "xcb"


def platform() -> str:
    return QGuiApplication.platformName()
