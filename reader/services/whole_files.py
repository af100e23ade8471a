"""Files outside the library that appear only when they are whole."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from reader.domain.errors import ReaderError
from reader.domain.paper import new_uid


def write(pieces: Iterable[bytes], target: Path) -> None:
    """Write the pieces to a file; what stood there before stays until all are written.

    What is there and no file, such as /dev/stdout, is written to as it is.
    Raises ReaderError where the disk is full.
    """
    target = target.resolve()  # a link stays a link
    if target.exists() and not target.is_file():
        _write_through(pieces, target)
        return
    temporary = target.with_name(f".{target.name[:80]}.{new_uid()[:8]}")
    try:
        with temporary.open("xb") as stream:
            for piece in pieces:
                stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    except OSError as error:
        raise _not_written(target, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _write_through(pieces: Iterable[bytes], target: Path) -> None:
    try:
        with target.open("wb") as stream:
            stream.writelines(pieces)
    except OSError as error:
        raise _not_written(target, error) from error


def _not_written(target: Path, error: OSError) -> ReaderError:
    return ReaderError(
        f"{target} could not be written ({error.strerror or error}); the library is unharmed.",
        "Choose another place.",
        str(error),
    )
