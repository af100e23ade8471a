"""Copies that tell of themselves that the program wrote them, and that nobody changed them since.

A seal is a comment at a PDF's end, which every viewer passes over: the uid of the
attachment, and the hash of all before it.  Only a sealed copy whose hash still
holds may be replaced by a newer one unasked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_SEAL = b"\n%%PaperReader-Copy %s %s\n%%%%EOF\n"
_KNOWN = re.compile(rb"\n%PaperReader-Copy (\S+) ([0-9a-f]{64})\n%%EOF\n")
_LONGEST = 256  # bytes of a seal
_CHUNK = 1 << 20


def sealed(pieces: Iterable[bytes], uid: str) -> Iterator[bytes]:
    """The pieces of a PDF with a seal behind them."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
        yield piece
    yield _SEAL % (uid.encode(), digest.hexdigest().encode())


def is_untouched(path: Path, uid: str) -> bool:
    """Whether a file is a sealed copy of an attachment, as it was written; OSError where unread."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        stream.seek(max(size - _LONGEST, 0))
        tail = stream.read()
        found = list(_KNOWN.finditer(tail))
        if not found or found[-1].end() != len(tail) or found[-1][1] != uid.encode():
            return False
        left = size - len(tail) + found[-1].start()
        stream.seek(0)
        digest = hashlib.sha256()
        while left and (piece := stream.read(min(left, _CHUNK))):
            digest.update(piece)
            left -= len(piece)
    return not left and digest.hexdigest().encode() == found[-1][2]
