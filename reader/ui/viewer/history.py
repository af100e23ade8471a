"""Back and forward through the places the reader jumped from, inside and across documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

from reader.domain.annotation import ReadingPosition
from reader.domain.value import dataclass

_LONGEST = 200

P = TypeVar("P")


class History(Generic[P]):
    """Two stacks of places."""

    def __init__(self) -> None:
        self._back: list[P] = []
        self._forward: list[P] = []

    @property
    def can_go_back(self) -> bool:
        return bool(self._back)

    @property
    def can_go_forward(self) -> bool:
        return bool(self._forward)

    def leave(self, here: P) -> None:
        """Remember a place before a jump; what lay ahead is forgotten."""
        if not self._back or self._back[-1] != here:
            self._back.append(here)
            del self._back[:-_LONGEST]
        self._forward.clear()

    def back(self, here: P) -> P | None:
        """The place before this one."""
        if not self._back:
            return None
        self._forward.append(here)
        return self._back.pop()

    def forward(self, here: P) -> P | None:
        """The place after this one."""
        if not self._forward:
            return None
        self._back.append(here)
        return self._forward.pop()


@dataclass(frozen=True, slots=True)
class Visit:
    """A place in one of many documents; `where` is known to whoever shows them."""

    where: Any
    position: ReadingPosition


class Places(Protocol):
    """What a page asks of its history."""

    @property
    def can_go_back(self) -> bool: ...

    @property
    def can_go_forward(self) -> bool: ...

    def leave(self, here: ReadingPosition) -> None: ...

    def back(self, here: ReadingPosition) -> ReadingPosition | None: ...

    def forward(self, here: ReadingPosition) -> ReadingPosition | None: ...


class SharedHistory:
    """A document's part in the history of a window.

    `back` and `forward` return places of this document alone; a place in
    another one is handed to `elsewhere`.
    """

    def __init__(
        self, whole: History[Visit], where: object, elsewhere: Callable[[Visit], None]
    ) -> None:
        self._whole = whole
        self._where = where
        self._elsewhere = elsewhere

    @property
    def can_go_back(self) -> bool:
        return self._whole.can_go_back

    @property
    def can_go_forward(self) -> bool:
        return self._whole.can_go_forward

    def leave(self, here: ReadingPosition) -> None:
        self._whole.leave(Visit(self._where, here))

    def back(self, here: ReadingPosition) -> ReadingPosition | None:
        return self._mine(self._whole.back(Visit(self._where, here)))

    def forward(self, here: ReadingPosition) -> ReadingPosition | None:
        return self._mine(self._whole.forward(Visit(self._where, here)))

    def _mine(self, visit: Visit | None) -> ReadingPosition | None:
        if visit is None:
            return None
        if visit.where is self._where:
            return visit.position
        self._elsewhere(visit)
        return None
