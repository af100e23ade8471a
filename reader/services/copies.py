"""Save what the viewer shows: a copy of a document, the files within it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from reader.domain.errors import InputError, NotFoundError, ReaderError
from reader.pdf.engine import Document, Engine
from reader.services import whole_files

_CHUNK = 1 << 20


def save_copy(engine: Engine, doc: Document, values: Mapping[str, str], target: Path) -> None:
    """Write a copy of a document with form fields filled in; without values, byte for byte.

    The document's own file is never written to.  Waits for the engine's background
    child, so that the screen goes on.  Raises PdfFailure when the fields cannot be
    filled, InputError for the document's own file, else ReaderError or NotFoundError.
    """
    source = doc.path
    refuse_itself(source, target)
    if not values:
        whole_files.write(pieces(source), target)
        return
    twin = engine.open(source, doc.password, background=True).result()
    try:
        filled = engine.filled(twin, values).result()
    finally:
        engine.forget(twin)
    before: Iterable[bytes] = pieces(source) if filled.appended else ()
    whole_files.write(_both(before, filled.data), target)


def save_embedded(engine: Engine, doc: Document, index: int, target: Path) -> None:
    """Write a file within a document to a file of its own; it is never opened or run."""
    refuse_itself(doc.path, target)
    twin = engine.open(doc.path, doc.password, background=True).result()
    try:
        data = engine.extract(twin, index).result()
    finally:
        engine.forget(twin)
    whole_files.write([data], target)


def refuse_itself(source: Path, target: Path) -> None:
    """InputError where a copy would be written over the document itself."""
    if target.exists() and source.exists() and os.path.samefile(source, target):  # noqa: PTH121
        raise InputError(
            "The copy would replace the document itself; nothing was written.",
            "Choose another name.",
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


def _both(before: Iterable[bytes], after: bytes) -> Iterator[bytes]:
    yield from before
    yield after
