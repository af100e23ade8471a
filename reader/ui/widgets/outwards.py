"""Where the keys were, so that they can be given back, also when that is not there any more."""

from __future__ import annotations

from collections.abc import Iterator

import shiboken6
from PySide6.QtWidgets import QWidget


def outwards(widget: QWidget | None) -> Iterator[QWidget]:
    """A widget, what it is in, and so on."""
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def give_back(before: list[QWidget], otherwise: QWidget) -> None:
    """Give the keys to the first of these that is still to be seen."""
    here = (one for one in before if shiboken6.isValid(one) and one.isVisible())
    next(here, otherwise).setFocus()
