"""PNG files, written: what a picture of a page is kept as outside of the program."""

from __future__ import annotations

import struct
import zlib


def write(width: int, height: int, stride: int, pixels: bytes) -> bytes:
    """An opaque picture as a PNG file; `pixels` are blue, green, red and one unused byte.

    Rows are `stride` bytes apart.  The same pixels always give the same bytes.
    Source: PNG specification, third edition (W3C 2025), sections 5 and 11.
    """
    rows = bytearray()
    for row in range(height):
        line = pixels[row * stride : row * stride + width * 4]
        colors = bytearray(width * 3)
        colors[0::3], colors[1::3], colors[2::3] = line[2::4], line[1::4], line[0::4]
        rows += b"\0" + colors
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(bytes(rows), 6))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
