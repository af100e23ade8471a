"""Papers and free notes as a folder of Markdown files, step by step."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from itertools import chain
from pathlib import Path

from reader.domain.paper import Note, Paper
from reader.library.reading import Reader
from reader.pdf.engine import Engine
from reader.services import note_pictures
from reader.services.import_plan import Progress
from reader.services.markdown_export import MarkdownExport, Wish
from reader.services.page_labels import Named


def export_of(reader: Reader, engine: Callable[[], Engine], wish: Wish) -> MarkdownExport:
    """What exports of a library: with its meanings of colours and names of pages."""
    return MarkdownExport(engine, reader.meanings(), wish, lambda found: Named(reader, found).of)


def write(
    reader: Reader,
    engine: Callable[[], Engine],
    papers: Iterable[Paper],
    notes: Sequence[Note],
    folder: Path,
    wish: Wish | None = None,
) -> Generator[Progress, None, list[str]]:
    """A file for each paper and note; yields progress, returns what could not be had.

    Raises ReaderError where nothing can be written; what was written before stays.
    """
    work = export_of(reader, engine, wish or Wish())
    all_papers = list(papers)
    total = len(all_papers) + len(notes)
    written = chain(
        work.to_folder(all_papers, folder),
        work.free_notes(notes, lambda name: note_pictures.file_of(reader, name), folder),
    )
    for number, path in enumerate(written, start=1):
        yield Progress(number, total, path.name)
    return work.problems
