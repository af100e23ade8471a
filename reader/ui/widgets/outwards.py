"""Where the keys were, so that they can be given back, also when that is not there any more."""

from __future__ import annotations

from collections.abc import Iterator

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def outwards(widget: QWidget | None) -> Iterator[QWidget]:
    """A widget, what it is in, and so on."""
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def focus_in(widget: QWidget) -> QWidget | None:
    """Which widget has the keys in a window, or had them last in a part of one.

    PySide takes what `focusWidget()` returns for a child of the widget that was asked.  Where
    it goes on in another window, what Python knows of its scroll bars would die with this one.
    """
    found, around = [*outwards(widget.focusWidget()), None, None][:2]
    if around is not None:
        # These are taken for the children of what was asked too, and they are.
        around.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found


def give_back(before: list[QWidget], otherwise: QWidget) -> None:
    """Give the keys to the first of these that is still to be seen."""
    here = (one for one in before if shiboken6.isValid(one) and one.isVisible())
    next(here, otherwise).setFocus()
