"""Bookmarks and marks: made, named, taken away; each an undoable step on the writer lane."""

from __future__ import annotations

from collections.abc import Sequence
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


def take_in(writer: Writer, attachment: str, found: Sequence[Bookmark]) -> Changes:
    """Give an attachment (its uid) what was kept of its file before the library had it.

    What is there already is left as it is, so that a second call changes nothing.
    """
    known = {_content(one) for one in bookmarks.load(writer.connection, attachment)}
    with writer.edit("Add bookmarks") as edit:
        for one in found:
            wanted = replace(one, attachment=attachment, name=clean_name(one.name))
            if _content(wanted) not in known:
                write = bookmarks.put_mark if wanted.mark else bookmarks.add
                write(edit, wanted)
    return edit.changes()


def _content(one: Bookmark) -> tuple[object, ...]:
    # A mark that is set anew keeps its name.
    return one.page, one.x, one.y, "" if one.mark else one.name, one.mark


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
