"""Small things that features remember over restarts: for every document, and of each one.

They live in the window's state, a file of JSON: losing them costs the reader a
click, so that a number of documents is enough.
"""

from __future__ import annotations

from typing import Any

from reader.settings import WindowState

_ALL, _EACH = "features", "documents"
MOST = 500  # documents of a feature; the one changed longest ago is forgotten


class Kept:
    """What features keep; without a state it is forgotten with the window."""

    def __init__(self, state: WindowState | None = None) -> None:
        self._state = state
        self._all: dict[str, Any] = dict(state.get(_ALL, {})) if state is not None else {}
        self._each: dict[str, Any] = dict(state.get(_EACH, {})) if state is not None else {}

    def number(self, name: str, least: int, most: int) -> int | None:
        """A number that was kept, None for anything that is none within its bounds."""
        found = self._all.get(name)
        return found if isinstance(found, int) and least <= found <= most else None

    def put(self, name: str, value: int) -> None:
        """Keep a number for every document."""
        self._all[name] = value
        if self._state is not None:
            self._state.put(_ALL, self._all)

    def of(self, feature: str, document: str) -> dict[str, Any]:
        """What a feature kept of a document, as JSON; it may be anything a file can hold."""
        found = self._of(feature).get(document)
        return found if isinstance(found, dict) else {}

    def keep(self, feature: str, document: str, value: dict[str, Any]) -> None:
        """Keep something of a document; an empty value forgets it."""
        documents = self._of(feature)
        documents.pop(document, None)
        if value:
            documents[document] = value
        for old in list(documents)[:-MOST]:
            del documents[old]
        self._each[feature] = documents
        if self._state is not None:
            self._state.put(_EACH, self._each)

    def _of(self, feature: str) -> dict[str, Any]:
        found = self._each.get(feature)
        return found if isinstance(found, dict) else {}
