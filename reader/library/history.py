"""Undo and redo: put a batch's old (or new) values back, as a logged step of its own."""

from __future__ import annotations

import json
import sqlite3

from reader.domain.paper import Author, Changes, Link, PageEntry, now
from reader.library.edits import FIELDS, MEMBERSHIPS, Edit


def last_done(connection: sqlite3.Connection) -> tuple[str, str] | None:
    """(uid, label) of the step that undo would take back."""
    return connection.execute(
        "SELECT uid, label FROM batches WHERE state = 'done' ORDER BY id DESC LIMIT 1"
    ).fetchone()


def last_undone(connection: sqlite3.Connection) -> tuple[str, str] | None:
    """(uid, label) of the step that redo would do again."""
    return connection.execute(
        "SELECT uid, label FROM batches WHERE state = 'undone' ORDER BY id LIMIT 1"
    ).fetchone()


def open_batch(connection: sqlite3.Connection, batch: str) -> str:
    """The batch when it is new or still done, "" when it was undone or dropped."""
    row = connection.execute("SELECT state FROM batches WHERE uid = ?", [batch]).fetchone()
    return batch if row is None or row[0] == "done" else ""


def take_back(edit: Edit, batch: str) -> Changes:
    """Undo a batch inside `edit`, newest change first."""
    rows = edit.connection.execute(
        "SELECT entity, entity_uid, field, old, new FROM changes WHERE batch = ? ORDER BY id DESC",
        [batch],
    ).fetchall()
    for entity, uid, field, old, new in rows:
        _put(edit, entity, uid, field, old, new)
    edit.connection.execute("UPDATE batches SET state = 'undone' WHERE uid = ?", [batch])
    return edit.changes()


def do_again(edit: Edit, batch: str) -> Changes:
    """Redo an undone batch inside `edit`, oldest change first."""
    rows = edit.connection.execute(
        "SELECT entity, entity_uid, field, old, new FROM changes WHERE batch = ? ORDER BY id",
        [batch],
    ).fetchall()
    for entity, uid, field, old, new in rows:
        _put(edit, entity, uid, field, new, old)
    edit.connection.execute("UPDATE batches SET state = 'done' WHERE uid = ?", [batch])
    return edit.changes()


def _put(
    edit: Edit, entity: str, uid: str, field: str, value: str | None, other: str | None
) -> None:
    """Give a field the value; `other` is what the change put there (for memberships)."""
    if field == "created":
        # A creation is undone by hiding what was created, so that redo, and a
        # later exchange, find it under the same uid.
        hide = "gone" if entity == "paper" else "deleted"
        edit.set(entity, uid, hide, None if value else now())
    elif field in MEMBERSHIPS:
        edit.set_member(uid, field, str(value or other), value is not None)
    elif (entity, field) == ("paper", "page"):
        data = json.loads(str(value or other))
        page = data.pop("page")
        if value is None:
            edit.set_entry(uid, page, None)
            edit.log("paper", uid, "page", other, None)
        else:
            edit.set_entry(uid, page, PageEntry(page="", **data))
    elif field == "authors":
        edit.set_authors(uid, tuple(Author(**item) for item in json.loads(value or "[]")))
    elif field == "links":
        edit.set_links(uid, tuple(Link(**item) for item in json.loads(value or "[]")))
    elif field in ("doi", "arxiv"):
        edit.set_identifier(uid, field, value)
    elif field in FIELDS[entity][1]:
        edit.set(entity, uid, field, value)
