"""Memory that a child writes pixels into and its parent reads them from.

The memory has no name: it is an open file that only the child inherits, so
nothing can be left behind, whoever dies.  The parent reads it as a file and
never maps it, so a child that shrinks it cannot cause a bus error in the
window; and every read is a copy, so later writes cannot reach a picture.
Where the system has no such files (all but Linux) pixels go through the pipe.
"""

from __future__ import annotations

import mmap
import os
import sys
from collections.abc import Callable

SIZE = 16 << 20  # bytes: a tile, or the page of an ordinary window
_SMALLEST = 1 << 20


class Slot:
    """The parent's hold on one piece of shared memory."""

    def __init__(self, size: int) -> None:
        """Reserve `size` bytes for good; OSError when there is no room."""
        self.size = size
        self.fd = os.memfd_create("paper-reader", os.MFD_CLOEXEC)
        try:
            # Reserved now: touching a page that is not there would kill the child.
            os.posix_fallocate(self.fd, 0, size)
        except OSError:
            os.close(self.fd)
            raise

    def read(self, size: int) -> bytes:
        """A copy of the first `size` bytes."""
        if not 0 <= size <= self.size:
            raise ValueError(f"{size} bytes of {self.size}")
        data = os.pread(self.fd, size, 0)
        if len(data) != size:
            raise ValueError(f"only {len(data)} bytes of {size}")
        return data

    def close(self) -> None:
        """Give the memory back."""
        os.close(self.fd)


Allocator = Callable[[int], Slot]


def reserve(size: int, allocate: Allocator = Slot) -> Slot | None:
    """A slot of `size` bytes, or half of it, or a quarter..., or None: then the pipe serves."""
    if sys.platform != "linux":
        return None
    while size >= _SMALLEST:
        try:
            return allocate(size)
        except OSError:
            size //= 2
    return None


def attach(fd: int, size: int) -> mmap.mmap:
    """The child's view of a slot."""
    return mmap.mmap(fd, size)
