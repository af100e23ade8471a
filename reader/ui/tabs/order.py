"""Which tab was looked at last, and which were closed: lists without Qt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from reader.ui.tabs.tab import Tab

_MOST_CLOSED = 25

T = TypeVar("T")


class Recency(Generic[T]):
    """Things in the order in which they were last looked at."""

    def __init__(self) -> None:
        self._seen: list[T] = []

    def touch(self, thing: T) -> None:
        """Something is looked at now."""
        self.drop(thing)
        self._seen.insert(0, thing)

    def drop(self, thing: T) -> None:
        """Something is gone."""
        self._seen = [other for other in self._seen if other is not thing]

    def order(self, things: Iterable[T]) -> list[T]:
        """The things, the one seen last first; those never seen stay in their order at the end."""
        places = {id(thing): place for place, thing in enumerate(self._seen)}
        return sorted(things, key=lambda thing: places.get(id(thing), len(places)))


class Closed:
    """Closed tabs with the place each had in the bar, the last one first."""

    def __init__(self) -> None:
        self._tabs: list[tuple[int, Tab]] = []

    def __bool__(self) -> bool:
        return bool(self._tabs)

    def tabs(self) -> list[Tab]:
        """All that can come back."""
        return [tab for _place, tab in self._tabs]

    def put(self, place: int, tab: Tab) -> None:
        """A tab was closed."""
        self._tabs.append((place, tab))
        del self._tabs[:-_MOST_CLOSED]

    def take(self) -> tuple[int, Tab] | None:
        """The tab closed last, whose file is still there."""
        while self._tabs:
            place, tab = self._tabs.pop()
            tab.halves = [half for half in tab.halves if half.path.is_file()]
            if tab.halves:
                return place, tab
        return None
