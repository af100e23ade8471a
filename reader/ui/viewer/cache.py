"""A store that forgets what was used longest ago when it grows past its bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class ByteCache(Generic[K, V]):
    """Values with a cost in bytes; the newest one always stays, however large."""

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.used = 0
        self._entries: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: K) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[K]:
        return iter(self._entries)

    def get(self, key: K) -> V | None:
        """The value, which now counts as just used."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        self._entries.move_to_end(key)
        return entry[0]

    def put(self, key: K, value: V, cost: int) -> list[K]:
        """Keep a value; the keys that had to go for it."""
        self.drop(key)
        self._entries[key] = (value, cost)
        self.used += cost
        gone: list[K] = []
        while self.used > self.budget and len(self._entries) > 1:
            oldest, (_, size) = self._entries.popitem(last=False)
            self.used -= size
            gone.append(oldest)
        return gone

    def drop(self, key: K) -> None:
        """Forget a value, if it is there."""
        entry = self._entries.pop(key, None)
        if entry is not None:
            self.used -= entry[1]

    def clear(self) -> None:
        self._entries.clear()
        self.used = 0
