"""What can go wrong, said for a reader: what happened, and what to do.

Every error the program expects is a `ReaderError`; anything else is a defect.
`message` says what happened and what it means for the reader's data, `hint`
what to do about it, `details` what only a bug report needs.
"""

from __future__ import annotations


class ReaderError(Exception):
    """Base of all expected errors.  One sentence each for message and hint."""

    def __init__(self, message: str, hint: str = "", details: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = details

    def line(self) -> str:
        """The error as one line for a terminal or a log."""
        text = f"{self.message} {self.hint}".strip()
        return " ".join(text.split())


class InputError(ReaderError):
    """A file or text from outside could not be understood; the library is untouched."""


class NotFoundError(ReaderError):
    """An id, file or page that was asked for does not exist."""


class LibraryError(ReaderError):
    """The library could not be opened, read or written."""


class LibraryNewerError(LibraryError):
    """The library was written by a newer version of the program; it is left untouched."""


class LibraryDamagedError(LibraryError):
    """library.db is not a sound SQLite file; `backup` names the newest good backup, if any."""

    def __init__(self, message: str, hint: str = "", details: str = "", backup: str = "") -> None:
        super().__init__(message, hint, details)
        self.backup = backup


class StorageFullError(LibraryError):
    """The disk is full or the quota is used up; nothing was half written."""


class PdfError(ReaderError):
    """The PDF engine refused, gave up on or lost a request."""


class NetworkError(ReaderError):
    """A request to the web was not answered as it should; nothing was changed by it."""


class CancelledError(ReaderError):
    """The reader cancelled the work; what was already finished stays."""
