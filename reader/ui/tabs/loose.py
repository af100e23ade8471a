"""Where the reader stopped in files that are not in the library: by path, else by content."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reader.domain.annotation import ReadingPosition
from reader.settings import WindowState
from reader.ui.tabs.tab import place_of_json, place_to_json

_MOST = 200
_KEY = "places"


class LoosePlaces:
    """A bounded list in the window's state, what was read last at its end."""

    def __init__(self, state: WindowState) -> None:
        self._state = state
        stored: list[Any] = state.get(_KEY, [])
        self._items = [item for item in stored if isinstance(item, dict)][-_MOST:]

    def of_path(self, path: Path) -> ReadingPosition | None:
        """The place in a file that was read under this name."""
        return self._find("path", str(path))

    def of_content(self, sha256: str) -> ReadingPosition | None:
        """The place in a file that was read under another name."""
        return self._find("sha256", sha256) if sha256 else None

    def _find(self, key: str, value: str) -> ReadingPosition | None:
        for item in reversed(self._items):
            if item.get(key) == value:
                return place_of_json(item.get("position"))
        return None

    def put(self, path: Path, sha256: str, place: ReadingPosition) -> None:
        """Remember a place; what was read longest ago is forgotten."""
        known = str(path)
        self._items = [item for item in self._items if item.get("path") != known]
        self._items.append({"path": known, "sha256": sha256, "position": place_to_json(place)})
        del self._items[:-_MOST]
        self._state.put(_KEY, self._items)
