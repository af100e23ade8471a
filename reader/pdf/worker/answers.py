"""How a failure in the child is named for the parent."""

from __future__ import annotations

from typing import Literal

Kind = Literal["refused", "encrypted", "wrong_password", "memory"]


class RefusedError(Exception):
    """The file or the request cannot be served; the text is for the reader."""

    def __init__(self, reason: str, kind: Kind = "refused") -> None:
        super().__init__(reason)
        self.kind: Kind = kind


def kind_of(error: BaseException) -> Kind:
    """What a failure means; whatever is not known is a damaged file."""
    if isinstance(error, RefusedError):
        return error.kind
    text = str(error)
    # MuPDF's own words when an allocation fails.
    if isinstance(error, MemoryError) or ("alloc" in text and "failed" in text):
        return "memory"
    return "refused"
