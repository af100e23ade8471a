"""Export papers in one of the written formats, streamed so that size does not matter."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from reader.domain.errors import InputError, ReaderError
from reader.domain.lists import Scope
from reader.domain.paper import Paper, new_uid
from reader.formats import WRITERS
from reader.library.reading import Reader

_CHUNK = 200


def papers(
    reader: Reader, query: str = "", sort: str = "newest", limit: int | None = None
) -> Iterator[Paper]:
    """The papers that match a query, whole; attachments' paths are absolute."""
    for order in reader.orders(Scope(), query, sort, limit=limit):
        for uid in reader.uids([order]):
            yield with_full_paths(reader, reader.paper(uid))


def with_full_paths(reader: Reader, paper: Paper) -> Paper:
    """The paper as it is told outside: its files by absolute path."""
    return replace(
        paper,
        attachments=tuple(
            replace(item, path=str(reader.file_of(item.path))) for item in paper.attachments
        ),
    )


def text(wanted: Iterable[Paper], format_name: str) -> Iterator[str]:
    """The papers in a format, piece by piece; raises InputError for an unknown format."""
    for writer in WRITERS:
        if writer.name == format_name:
            return writer.write(wanted)
    names = ", ".join(writer.name for writer in WRITERS)
    raise InputError(f"There is no format “{format_name}” to export.", f"Choose one of {names}.")


def to_file(pieces: Iterable[str], target: Path) -> None:
    """Write the pieces to a file that appears only when it is whole.

    What is there and no file, such as /dev/stdout, is written to as it is.
    """
    target = target.resolve()  # a link stays a link
    if target.exists() and not target.is_file():
        _write_through(pieces, target)
        return
    temporary = target.with_name(f".{target.name}.{new_uid()[:8]}")
    try:
        with temporary.open("x", encoding="utf-8", errors="backslashreplace") as stream:
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


def _write_through(pieces: Iterable[str], target: Path) -> None:
    try:
        with target.open("w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.writelines(pieces)
    except OSError as error:
        raise _not_written(target, error) from error


def _not_written(target: Path, error: OSError) -> ReaderError:
    return ReaderError(
        f"{target} could not be written ({error.strerror or error}); the library is unharmed.",
        "Choose another place.",
        str(error),
    )
