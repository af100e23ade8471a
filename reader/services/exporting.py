"""Export papers in one of the written formats, streamed so that size does not matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from reader.domain.errors import InputError
from reader.domain.lists import Scope
from reader.domain.paper import Note, Paper
from reader.formats import WRITERS
from reader.formats.base import FreeNote
from reader.library.reading import Reader
from reader.services import whole_files

_CHUNK = 200


def papers(
    reader: Reader,
    query: str = "",
    sort: str = "newest",
    limit: int | None = None,
    *,
    marks: bool = True,
) -> Iterator[Paper]:
    """The papers that match a query as they are told outside, with or without annotations."""
    for order in reader.orders(Scope(), query, sort, limit=limit):
        for uid in reader.uids([order]):
            paper = reader.paper(uid)
            yield told_outside(reader, paper) if marks else paper


def told_outside(reader: Reader, paper: Paper) -> Paper:
    """The paper with its annotations, and its files by absolute path."""
    marks = tuple(it for slot in paper.attachments for it in reader.annotations(slot.uid))
    return replace(with_full_paths(reader, paper), annotations=marks)


def with_full_paths(reader: Reader, paper: Paper) -> Paper:
    """The paper as it is told outside: its files by absolute path."""
    return replace(
        paper,
        attachments=tuple(
            replace(item, path=str(reader.file_of(item.path))) for item in paper.attachments
        ),
    )


def free_notes(reader: Reader) -> list[FreeNote]:
    """The notes of no paper with their pictures, the oldest first; they belong to no query.

    A note may show a picture that belongs to another: it comes with both.
    """
    found = sorted(reader.notes_of(""), key=lambda it: (it.created, it.uid))
    files = reader.free_files()
    return [
        FreeNote(
            Note(it.uid, it.text, it.created, it.modified),
            tuple(
                replace(file, path=str(reader.file_of(file.path)))
                for owner, file in files
                if owner == it.uid or ("![" in it.text and file.path in it.text)
            ),
        )
        for it in found
    ]


def text(
    wanted: Iterable[Paper], format_name: str, notes: Iterable[FreeNote] = ()
) -> Iterator[str]:
    """The papers in a format, piece by piece; raises InputError for an unknown format.

    Free notes go along where the format has room for them.
    """
    for writer in WRITERS:
        if writer.name == format_name:
            return writer.write(wanted, notes)
    names = ", ".join(writer.name for writer in WRITERS)
    raise InputError(f"There is no format “{format_name}” to export.", f"Choose one of {names}.")


def to_file(pieces: Iterable[str], target: Path) -> None:
    """Write the pieces to a file that appears only when it is whole.

    What is there and no file, such as /dev/stdout, is written to as it is.
    """
    whole_files.write((piece.encode(errors="backslashreplace") for piece in pieces), target)
