"""Files that crashed the engine, and how often."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import NamedTuple


class FileKey(NamedTuple):
    """A file as it is now: when it changes it deserves a new chance."""

    path: str
    size: int
    modified: int  # nanoseconds


class Quarantine:
    """Counts crashes per file; shared by the lanes of an engine."""

    def __init__(self, crashes: int) -> None:
        self._most = crashes
        self._lock = threading.Lock()
        self._counts: dict[FileKey, int] = {}

    def count(self, key: FileKey) -> bool:
        """Note a crash; True when it is the one that locks the file out."""
        with self._lock:
            self._counts[key] = self._counts.get(key, 0) + 1
            return self._counts[key] == self._most

    def holds(self, key: FileKey) -> bool:
        """Whether the file is locked out."""
        with self._lock:
            return self._counts.get(key, 0) >= self._most

    def release(self, path: Path) -> None:
        """Forget what a file did."""
        with self._lock:
            for key in [key for key in self._counts if key.path == str(path)]:
                del self._counts[key]
