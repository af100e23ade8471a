"""Bookmarks and marks of attachments, in and out of the library."""

from __future__ import annotations

import sqlite3

from reader.domain.bookmark import Bookmark
from reader.domain.paper import new_uid
from reader.library.edits import Edit


def load(connection: sqlite3.Connection, attachment: str) -> tuple[Bookmark, ...]:
    """What is kept of an attachment (its uid), in the order of its pages."""
    rows = connection.execute(
        "SELECT page, x, y, name, mark, attachment, uid, created, modified FROM bookmarks "
        "WHERE attachment = ? AND deleted IS NULL ORDER BY page, y, x, id",
        [attachment],
    )
    return tuple(Bookmark(*row) for row in rows)


def add(edit: Edit, bookmark: Bookmark) -> str:
    """Write a new one; its uid.  Raises NotFoundError when the attachment is not there."""
    edit.key("attachment", bookmark.attachment)
    uid = new_uid()
    edit.connection.execute(
        "INSERT INTO bookmarks (uid, attachment, page, x, y, name, mark, created, modified) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            uid,
            bookmark.attachment,
            bookmark.page,
            bookmark.x,
            bookmark.y,
            bookmark.name,
            bookmark.mark,
            edit.at,
            edit.at,
        ],
    )
    edit.log("bookmark", uid, "created", None, edit.at)
    return uid


def put_mark(edit: Edit, bookmark: Bookmark) -> str:
    """Let a letter lead to a place, where there is one already to another; its uid."""
    row = edit.connection.execute(
        "SELECT uid FROM bookmarks WHERE attachment = ? AND mark = ? AND deleted IS NULL",
        [bookmark.attachment, bookmark.mark],
    ).fetchone()
    if row is None:
        return add(edit, bookmark)
    for field in ("page", "x", "y"):
        edit.set("bookmark", row[0], field, getattr(bookmark, field))
    return str(row[0])
