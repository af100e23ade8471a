"""The widths of the library's panes, from one start to the next."""

from __future__ import annotations

from PySide6.QtWidgets import QSplitter

from reader.settings import WindowState

_KEY = "pane_sizes"
_FIRST = [206, 430, 640]  # pixels of sidebar, list and paper


class PaneSizes:
    """Knows them also while the panes are not on the screen, or another one has their place."""

    def __init__(self, split: QSplitter, state: WindowState) -> None:
        self._split = split
        self._state = state

    @property
    def _apparent(self) -> bool:
        """Whether list and paper are there: a splitter that was never shown knows no sizes."""
        return self._split.isVisible() and min(self._split.sizes()[1:3]) > 0

    def now(self) -> list[int]:
        """Sidebar, list and paper."""
        if self._apparent:
            return self._split.sizes()[:3]
        kept = self._state.get(_KEY, _FIRST)
        return [int(size) for size in kept if isinstance(size, int)]

    def keep(self) -> None:
        """The reader moved a divider."""
        if self._apparent:
            self._state.put(_KEY, self._split.sizes()[:3])
