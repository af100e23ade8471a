"""Back and forward through the places the reader jumped from."""

from __future__ import annotations

from reader.domain.annotation import ReadingPosition

_LONGEST = 200


class History:
    """Two stacks of places."""

    def __init__(self) -> None:
        self._back: list[ReadingPosition] = []
        self._forward: list[ReadingPosition] = []

    @property
    def can_go_back(self) -> bool:
        return bool(self._back)

    @property
    def can_go_forward(self) -> bool:
        return bool(self._forward)

    def leave(self, here: ReadingPosition) -> None:
        """Remember a place before a jump; what lay ahead is forgotten."""
        if not self._back or self._back[-1] != here:
            self._back.append(here)
            del self._back[:-_LONGEST]
        self._forward.clear()

    def back(self, here: ReadingPosition) -> ReadingPosition | None:
        """The place before this one."""
        if not self._back:
            return None
        self._forward.append(here)
        return self._back.pop()

    def forward(self, here: ReadingPosition) -> ReadingPosition | None:
        """The place after this one."""
        if not self._forward:
            return None
        self._back.append(here)
        return self._forward.pop()
