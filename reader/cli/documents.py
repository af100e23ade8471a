"""What the command line says of a document it cannot open."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from reader.domain.errors import NotFoundError
from reader.pdf.protocol import PdfEncrypted


@contextlib.contextmanager
def reading(file: Path) -> Iterator[None]:
    """Name a file that is not there; say where a locked one can be read.

    A password has no place among a command's words, where every program can read it.
    """
    if not file.exists():
        raise NotFoundError(f"There is no file {file}.")
    try:
        yield
    except PdfEncrypted as error:
        raise PdfEncrypted(
            error.message, "The window opens it and asks for the password.", stage=error.stage
        ) from error
