"""Passwords of documents, for as long as the program runs; they are never written anywhere."""

from __future__ import annotations

from pathlib import Path


class Passwords:
    """What was typed and did fit, shared by all that show the same file."""

    def __init__(self) -> None:
        self._known: dict[Path, str] = {}

    def remember(self, path: Path, password: str) -> None:
        self._known[path.absolute()] = password

    def of(self, path: Path) -> str:
        """The password of a file; "" when none is known."""
        return self._known.get(path.absolute(), "")

    def __repr__(self) -> str:
        return f"Passwords({len(self._known)})"  # a log must not hold them
