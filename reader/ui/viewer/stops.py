"""The order in which Tab goes through the viewer: as it is seen, and not as it was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget

W = TypeVar("W", bound=QWidget)

_ROW = 16  # pixels between the tops of widgets that are not in one row


# Not to be asked for here: focusProxy(), nextInFocusChain(), previousInFocusChain(), and
# findChildren() for more than the next of kin. PySide takes what they return for a child of the
# widget that was asked, and the wrapper of a living widget dies with another one.
def takes_tab(widget: QWidget) -> bool:
    """Whether Tab may stop at a widget."""
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.isVisible()
        and widget.isEnabled()
        and not isinstance(widget.parentWidget(), (QAbstractSpinBox, QComboBox))
    )


class Ordered(QWidget):
    """A part of a window through which Tab goes in an order of its own."""

    def tab_order(self) -> list[QWidget]:
        """Where Tab stops in it, the first one first."""
        raise NotImplementedError


def ordered(part: QWidget) -> list[Ordered]:
    """The parts with an order of their own that are seen in a part of a window, row by row."""
    return _rows(part, [one for one in _seen(part) if isinstance(one, Ordered)])


def _seen(part: QWidget) -> Iterator[QWidget]:
    """What is seen in a part of a window, at whatever depth."""
    for one in part.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if one.isVisible() and not one.isWindow():
            yield one
            yield from _seen(one)


def stops(parts: Iterable[QWidget | None]) -> list[QWidget]:
    """Where Tab stops in some parts of a window, one part after the other, row by row."""
    found: list[QWidget] = []
    for part in parts:
        if part is not None and part.isVisible():
            found += _as_seen(part)
    return found


def _as_seen(part: QWidget) -> list[QWidget]:
    if isinstance(part, Ordered):
        return part.tab_order()
    frames = ordered(part)
    free = [
        one
        for one in (part, *_seen(part))
        if takes_tab(one) and not any(frame is one or frame.isAncestorOf(one) for frame in frames)
    ]
    found: list[QWidget] = []
    for one in _rows(part, [*free, *frames]):
        found += one.tab_order() if isinstance(one, Ordered) else [one]
    return found


def _rows(part: QWidget, widgets: Iterable[W]) -> list[W]:
    """Widgets in a part, row by row from left to right."""
    places = [(one.mapTo(part, QPoint()), one) for one in widgets]
    places.sort(key=lambda place: place[0].y())
    rows: list[list[tuple[QPoint, W]]] = []
    for place in places:
        if rows and place[0].y() - rows[-1][0][0].y() < _ROW:
            rows[-1].append(place)
        else:
            rows.append([place])
    return [one for row in rows for _, one in sorted(row, key=lambda place: place[0].x())]


def beyond(frame: QWidget, *, forward: bool) -> QWidget | None:
    """Where Tab goes from a frame in its window, round its ends; None where is nothing else."""
    before: list[QWidget] = []
    after: list[QWidget] = []
    part = frame
    while not part.isWindow() and (around := part.parentWidget()) is not None:
        beside = [
            one
            for one in around.children()
            if isinstance(one, QWidget) and not one.isWindow() and one.isVisible()
        ]
        beside = _rows(around, beside)
        if part in beside:
            at = beside.index(part)
            before = stops(beside[:at]) + before
            after += stops(beside[at + 1 :])
        part = around
    order = after + before
    return order[0 if forward else -1] if order else None
