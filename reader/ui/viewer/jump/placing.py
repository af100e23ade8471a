"""Where a preview stands: near its line, inside the window, never over the line."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize

from reader.domain.value import dataclass

_GAP = 7  # logical pixels between the line and the preview
_MARGIN = 10  # between the preview and the window's edge
_WIDEST = 760


@dataclass(frozen=True, slots=True)
class Room:
    """The larger of the two rooms around a line, logical pixels."""

    size: QSize
    below: bool


def room(line: QRect, window: QRect, *, wanted: int = 0) -> Room:
    """What a preview may take: below the line when `wanted` pixels fit there, else where more is."""
    above = line.top() - window.top() - _GAP - _MARGIN
    below = window.bottom() + 1 - line.bottom() - 1 - _GAP - _MARGIN
    downwards = below >= max(wanted, 1) or below >= above
    width = min(window.width() - 2 * _MARGIN, _WIDEST)
    return Room(QSize(max(width, 1), max(below if downwards else above, 1)), downwards)


def corner(line: QRect, window: QRect, size: QSize, *, below: bool) -> QPoint:
    """The preview's top-left corner: its middle over the line's, as far as the window goes."""
    left = line.center().x() - size.width() // 2
    left = max(min(left, window.right() + 1 - _MARGIN - size.width()), window.left() + _MARGIN)
    top = line.bottom() + 1 + _GAP if below else line.top() - _GAP - size.height()
    return QPoint(left, top)
