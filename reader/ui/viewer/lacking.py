"""What stands in for the features of a page while they are still to come."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent

from reader.ui.viewer.camera import Spot


class Lacking:
    """A tool that has the features come with the first press of the mouse.

    It takes no press, and theirs are the tools that are asked after it.
    """

    def __init__(self, complete: Callable[[], bool]) -> None:
        self._complete = complete

    def press(self, event: QMouseEvent, spot: Spot) -> bool:
        del event, spot
        self._complete()
        return False

    def drag(self, event: QMouseEvent, spot: Spot) -> None:
        del event, spot

    def release(self, event: QMouseEvent, spot: Spot) -> None:
        del event, spot

    def hover(self, event: QMouseEvent | None, spot: Spot) -> Qt.CursorShape | None:
        del event, spot
        return None
