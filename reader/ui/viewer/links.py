"""Addresses the reader may be sent to."""

from __future__ import annotations

from urllib.parse import urlsplit

_SCHEMES = frozenset({"http", "https", "mailto", "doi"})
_LONGEST = 4_000
_SHOWN = 120


def allowed(address: str) -> bool:
    """Whether an address of a document may be opened outside the program.

    Anything else in a PDF (file:, javascript:, a program to start) is hostile text.
    """
    if not address.isprintable() or " " in address or len(address) > _LONGEST:
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme in ("http", "https"):
        return bool(parts.hostname)
    return parts.scheme in _SCHEMES and bool(parts.path)


def shown(address: str) -> str:
    """An address for the status line: its beginning, which holds the host, always whole."""
    return address if len(address) <= _SHOWN else address[: _SHOWN - 1] + "…"
