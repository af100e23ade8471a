"""Pictures of notes that come in with a file: kept under the names by which notes show them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from reader.domain.paper import Paper
from reader.formats.base import FreeNote
from reader.library import files, notes, papers
from reader.library.edits import Edit
from reader.library.writing import Writer
from reader.services.import_plan import Failure, Planned, Result
from reader.services.note_pictures import KINDS, ROLE

__all__ = ["ROLE", "add_free", "name_for", "rename"]

_NAMED = re.compile(r"\((?:<([^<>\n]+)>|([^()<>\n]+))\)")


def name_for(path: Path) -> str:
    """The name under which a picture is kept: its own, as far as it is valid everywhere."""
    return files.readable_name(Paper(path.stem), path.suffix)


def add_free(
    writer: Writer,
    edit: Edit,
    item: Planned,
    free: FreeNote,
    result: Result,
    stored: list[files.Stored],
) -> None:
    """Write a free note with its pictures; one that is not as it was stated is left out and told.

    `stored` gets the files that were copied, to be discarded where the step fails.
    """
    names, copies = dict[str, str](), list[files.Stored]()
    for given in free.pictures:
        path = Path(item.source).parent / given.path
        known = files.of_free_notes(edit.connection, "sha256", given.sha256)
        if there := [it for it in known if (writer.place.files / it).is_file()]:
            names[path.name] = there[0]
            continue
        # A crafted list must not be able to fetch any file of the reader's by its name.
        if path.suffix.lower() not in KINDS or not files.has_content(path, given.sha256):
            reason = f"Its picture {path} is not there as it was; the note came without it."
            result.failed.append(Failure(item.source, item.paper.title[:80], reason))
            continue
        copies.append(files.store(writer.place, path, name_for(path)))
        stored.append(copies[-1])
        names[path.name] = copies[-1].path
    text = _renamed(free.note.text, names)
    uid = papers.add_note(edit, None, replace(free.note, text=text), 0)
    for copy in copies:
        files.add_to_note(edit, uid, copy, ROLE)


def rename(edit: Edit, uid: str, given: Paper, names: Mapping[str, str]) -> None:
    """Let the notes that came with a paper name its pictures as they are called here."""
    came = {note.uid: note.text for note in given.notes}
    for row in notes.of_paper(edit.connection, uid):
        if row.text == came.get(row.uid):
            notes.reword(edit, row, _renamed(row.text, names))


def _renamed(text: str, names: Mapping[str, str]) -> str:
    """The text with other names of files, all at once: a new one may be the old one of another."""

    def named(found: re.Match[str]) -> str:
        new = names.get(found[1] or found[2])
        if new is None:
            return found[0]
        return f"(<{new}>)" if " " in new else f"({new})"

    return _NAMED.sub(named, text)
