"""Which window of a library was the first, told by a lock.

What the first window and a second start say to each other needs Qt's network code, which a
start loads only where there is a first window, or once its own first page is on the screen.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile


def meeting_place(library: Path) -> str:
    """The name under which windows of a library meet; it follows from the library's real path."""
    digest = hashlib.sha256(str(library.resolve()).encode("utf-8", "surrogateescape"))
    return f"paper-reader-{digest.hexdigest()[:24]}"


class Claim:
    """A library claimed for a window until `release`, if nobody else has claimed it."""

    def __init__(self, library: Path) -> None:
        self._lock = QLockFile(QDir.temp().filePath(f"{meeting_place(library)}.lock"))
        # However old: it is no longer held when its process is gone.
        self._lock.setStaleLockTime(0)
        self.take()

    def take(self) -> None:
        """Claim it if nobody has it now."""
        self._lock.tryLock(0)

    @property
    def is_taken(self) -> bool:
        """Whether another window has the library; not so where the system allows no lock."""
        return self._lock.error() == QLockFile.LockError.LockFailedError

    def release(self) -> None:
        """The window is gone."""
        self._lock.unlock()
