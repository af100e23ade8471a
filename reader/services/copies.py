"""What every copy of a document keeps to: never over the document, read piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reader.domain.errors import InputError, NotFoundError, ReaderError

_CHUNK = 1 << 20


def refuse_itself(source: Path, target: Path) -> None:
    """InputError where a copy would be written over the document itself."""
    try:
        same = target.exists() and source.samefile(target)
    except OSError:
        same = source.absolute() == target.absolute()
    if same:
        raise InputError(
            "This is the document itself, which is never changed; nothing was written.",
            "Choose another name or another folder.",
        )


def pieces(source: Path) -> Iterator[bytes]:
    """The bytes of a file; NotFoundError or ReaderError when it cannot be read."""
    try:
        with source.open("rb") as stream:
            while piece := stream.read(_CHUNK):
                yield piece
    except FileNotFoundError as error:
        raise NotFoundError(f"The file {source} is not there any more.") from error
    except OSError as error:
        raise ReaderError(
            f"The file {source} could not be read ({error.strerror}); nothing was written.",
            "",
            str(error),
        ) from error
