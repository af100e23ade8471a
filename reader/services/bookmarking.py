"""Bookmarks and marks: made, named, taken away; each an undoable step on the writer lane."""

from __future__ import annotations

from dataclasses import replace

from reader.domain.bookmark import Bookmark, clean_name
from reader.domain.paper import Changes
from reader.library import bookmarks
from reader.library.writing import Writer


def keep(writer: Writer, bookmark: Bookmark) -> tuple[str, Changes]:
    """Add a bookmark, or set a mark anew; (its uid, what changed)."""
    wanted = replace(bookmark, name=clean_name(bookmark.name))
    with writer.edit("Set mark" if wanted.mark else "Add bookmark") as edit:
        write = bookmarks.put_mark if wanted.mark else bookmarks.add
        uid = write(edit, wanted)
    return uid, edit.changes()


def rename(writer: Writer, uid: str, name: str) -> Changes:
    """Give a bookmark another name."""
    with writer.edit("Rename bookmark") as edit:
        edit.set("bookmark", uid, "name", clean_name(name))
    return edit.changes()


def remove(writer: Writer, uid: str) -> Changes:
    """Take a bookmark or mark away."""
    with writer.edit("Delete bookmark") as edit:
        edit.set("bookmark", uid, "deleted", edit.at)
    return edit.changes()
