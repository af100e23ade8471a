"""Frames on the pipe: a length, JSON, then raw bytes.  Nothing is ever unpickled.

Both sides use it; the parent gives limits, since a child that has read a
hostile file is hostile too.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import IO, Any

_HEAD = struct.Struct("<II")
HEADER_LIMIT = 64 << 20


class WireError(Exception):
    """The other side ended (`ended`) or sent what is not a frame."""

    def __init__(self, reason: str, *, ended: bool = False) -> None:
        super().__init__(reason)
        self.ended = ended


def send(
    stream: IO[bytes], header: dict[str, Any], body: Sequence[bytes | memoryview] = ()
) -> None:
    """Write one frame; OSError when nobody reads any more."""
    head = json.dumps(header, separators=(",", ":")).encode()
    size = sum(len(part) for part in body)
    stream.write(_HEAD.pack(len(head), size) + head)
    stream.writelines(body)
    stream.flush()


def receive(stream: IO[bytes], limit: int) -> tuple[dict[str, Any], bytes]:
    """Read one frame whose raw bytes are at most `limit`."""
    head, size = _HEAD.unpack(_exactly(stream, _HEAD.size))
    if head > HEADER_LIMIT or size > limit:
        raise WireError(f"a frame of {head} + {size} bytes")
    try:
        header = json.loads(_exactly(stream, head), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise WireError(f"not a header: {error}") from None
    if not isinstance(header, dict):
        raise WireError("not a header")
    return header, _exactly(stream, size)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size) if size else b""
    if len(data) != size:
        raise WireError("the other side ended", ended=True)
    return data


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")
