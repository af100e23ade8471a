"""Attach a PDF, or another document, to a paper: checked by the engine, copied, then written."""

from __future__ import annotations

from pathlib import Path

from reader.arguments import DOCUMENTS
from reader.domain.errors import NotFoundError
from reader.domain.paper import Changes
from reader.domain.value import dataclass
from reader.library import files, papers
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services.pdf_facts import ReadPdf


@dataclass(frozen=True, slots=True)
class Attached:
    """The attachment's uid, whether the paper already had this very file, what changed."""

    uid: str
    already: bool
    changes: Changes


def attach(writer: Writer, paper: str, path: Path, read_pdf: ReadPdf) -> Attached:
    """Copy a PDF into the library and put it on a paper.

    Raises NotFoundError, InputError or PdfError for files that are no PDF, and
    LibraryError where the copy cannot be written; then nothing was changed.
    """
    if not path.exists():
        raise NotFoundError(f"There is no file {path}; nothing was changed.")
    facts = read_pdf(path)
    known = papers.load(writer.connection, paper)
    ending = path.suffix.lower() if path.suffix.lower() in DOCUMENTS else ".pdf"
    stored = files.store(writer.place, path, files.readable_name(known, ending))
    same = next((item for item in known.attachments if item.sha256 == stored.sha256), None)
    if same is not None:
        files.discard(writer.place, stored)
        return Attached(same.uid, True, Changes())
    try:
        with writer.edit("Attach PDF") as edit:
            uid = files.add(edit, paper, stored, facts.pages)
    except BaseException:
        files.discard(writer.place, stored)
        raise
    return Attached(uid, False, edit.changes())


def holder_of(reader: Reader, path: Path) -> tuple[str, str] | None:
    """(paper, attachment) of the library that is this very file, by its content; else None.

    None too while the library is being made or migrated.
    """
    try:
        if not reader.readable():
            return None
        return reader.attachment_with(files.sha256_of(path))
    except OSError:
        return None
