"""The order in which Tab goes through the viewer: as it is seen, and not as it was made."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

_ROW = 16  # pixels between the tops of widgets that are not in one row


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab may stop at a widget."""
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
    )


def stops(parts: Iterable[QWidget | None]) -> list[QWidget]:
    """Where Tab stops in some parts of a window, one part after the other, row by row."""
    found: list[QWidget] = []
    for part in parts:
        if part is not None and part.isVisible():
            found += _as_seen(part)
    return found


def _as_seen(part: QWidget) -> list[QWidget]:
    window = part.window()
    inside = [one for one in part.findChildren(QWidget) if one.window() is window]
    places = [(one.mapTo(part, QPoint()), one) for one in inside if takes_tab(one)]
    places.sort(key=lambda place: place[0].y())
    rows: list[list[tuple[QPoint, QWidget]]] = []
    for place in places:
        if rows and place[0].y() - rows[-1][0][0].y() < _ROW:
            rows[-1].append(place)
        else:
            rows.append([place])
    return [one for row in rows for _, one in sorted(row, key=lambda place: place[0].x())]


def beyond(frame: QWidget, *, forward: bool) -> QWidget | None:
    """Where Tab goes from a frame in its window; None where there is nothing else."""
    at: QWidget | None = frame
    while True:
        at = at.nextInFocusChain() if forward else at.previousInFocusChain()
        if at is None or at is frame:
            return None
        if not frame.isAncestorOf(at) and not at.isAncestorOf(frame) and takes_tab(at):
            return at
