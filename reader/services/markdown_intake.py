"""Notes out of Markdown files on their way in: what an export made of them is undone.

Links to the files beside are [[links]] again, and pictures beside are taken along.  A
note that the library has is recognised, so that an export taken back in changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from reader.domain.errors import NotFoundError
from reader.domain.paper import Attachment, Note, Paper
from reader.formats.markdown_back import essence, links_back
from reader.formats.markdown_notes import title_in
from reader.formats.text import is_safe
from reader.library import files
from reader.library.reading import Reader
from reader.services.import_plan import Planned
from reader.services.markdown_export import PICTURES
from reader.services.note_pictures import KINDS

_HEAD = 64 << 10  # bytes of a file in which its front matter is


class NotesBack:
    """Settles what was read from Markdown files; for the time of one scan."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._titles: dict[Path, str] = {}

    def settled(self, item: Planned) -> Planned:
        """The item with its notes as they stand, or would stand, in the library."""
        folder = Path(item.source).parent
        kept = self._reader.place.database.exists()
        if item.free is not None:
            note = self._linked(folder, item.free.note)
            if kept and note.uid:
                note = self._known_free(note)
            pictures = _there(folder, item.free.pictures)
            return replace(item, free=replace(item.free, note=note, pictures=pictures))
        given = [self._linked(folder, note) for note in item.paper.notes]
        uid = self._reader.find_same(item.paper) if kept else ""
        here = self._reader.paper(uid).notes if uid else ()
        given = [_as_here(note, here) for note in given]
        texts = {note.text for note in here}
        new = " ".join(note.text for note in given if note.text not in texts)
        pictures = [it for it in item.paper.attachments if it.path in new]
        come = item.paper
        if uid:  # what else is told of a paper that is here is the library's to say
            come = Paper(come.title, come.uid, editions=come.editions)
        come = replace(come, notes=tuple(given), attachments=_there(folder, pictures))
        return replace(item, paper=come)

    def _linked(self, folder: Path, note: Note) -> Note:
        return replace(note, text=links_back(note.text, lambda it: self._title(folder / it)))

    def _known_free(self, note: Note) -> Note:
        """The note without its uid where the library has that one, but says something else in it."""
        with suppress(NotFoundError):
            here = self._reader.note(note.uid)
            if essence(here.text) != essence(note.text):
                return replace(note, uid="")
        return note

    def _title(self, path: Path) -> str:
        """The title of the paper that was exported to a file, "" where that is none."""
        if path not in self._titles:
            head = b""
            with suppress(OSError):
                if path.is_file():
                    with path.open("rb") as stream:
                        head = stream.read(_HEAD)
            self._titles[path] = title_in(head.decode(errors="replace"))
        return self._titles[path]


def _as_here(note: Note, here: Iterable[Note]) -> Note:
    """The note in the words of the one that is here, where that says the same."""
    text = essence(note.text)
    return next((replace(note, text=it.text) for it in here if essence(it.text) == text), note)


def _there(folder: Path, pictures: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """The pictures that stand beside a Markdown file, by their content."""
    found: list[Attachment] = []
    for given in pictures:
        path = folder / PICTURES / given.path
        known = is_safe(given.path) and files.is_plain(given.path)
        if known and path.suffix.lower() in KINDS and _is_file(path):
            with suppress(OSError):
                digest = files.sha256_of(path)
                found.append(replace(given, path=f"{PICTURES}/{given.path}", sha256=digest))
    return tuple(found)


def _is_file(path: Path) -> bool:
    """Whether it is a file itself: a link might lead to any picture of the reader's."""
    return files.is_there(path) and not path.is_symlink()
