"""A window without its frame: menus and bars hidden while a page asks for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget


class Frame:
    """The parts around a window's pages, hidden as long as one of the pages wants them hidden."""

    def __init__(self, parts: Sequence[QWidget]) -> None:
        self._parts = tuple(parts)
        self._pages: set[int] = set()

    def bare(self, page: QObject, on: bool) -> None:
        """Hide the frame for a page, or no longer."""
        (self._pages.add if on else self._pages.discard)(id(page))
        for part in self._parts:
            part.setVisible(not self._pages)
