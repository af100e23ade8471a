"""Undo and redo: put a batch's old (or new) values back, as a logged step of its own.

A large batch is walked in slices, so that notes are saved between them; the
library says how far a walk has come until it is at its end.
"""

from __future__ import annotations

import json
import sqlite3
import time
from dataclasses import asdict, replace

from reader.domain.paper import Author, Link, PageEntry, new_uid, now
from reader.domain.value import dataclass
from reader.library.edits import FIELDS, MEMBERSHIPS, Edit

_WALK = "undoing"  # the key in the table `info`
_LAST = (1 << 63) - 1
_ROWS = 50


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


@dataclass(frozen=True, slots=True)
class Walk:
    """An undo (or redo) on its way: `step` is the batch that logs what it puts back.

    `at` is the id of the last change it came to.  As long as it has not come to
    its end it stands in the library itself, written in the same transaction as
    what it did: whoever opens the library next goes on with it.
    """

    batch: str
    step: str
    redo: bool
    at: int


def start(connection: sqlite3.Connection, batch: str, label: str, *, redo: bool) -> Walk:
    """Begin to undo or redo a batch; inside the transaction of its first slice."""
    walk = Walk(batch, new_uid(), redo, -1 if redo else _LAST)
    connection.execute(
        "INSERT INTO batches (uid, at, label, state) VALUES (?, ?, ?, 'step')",
        [walk.step, now(), label],
    )
    state = "done" if redo else "undone"
    connection.execute("UPDATE batches SET state = ? WHERE uid = ?", [state, batch])
    return walk


def unfinished(connection: sqlite3.Connection) -> Walk | None:
    """The walk that has not come to its end, as the library remembers it."""
    row = connection.execute("SELECT value FROM info WHERE key = ?", [_WALK]).fetchone()
    return Walk(**json.loads(row[0])) if row else None


def go_on(edit: Edit, walk: Walk, seconds: float) -> Walk | None:
    """Walk for about so long inside `edit`, newest change first when undoing.

    The walk as far as it came, None at its end.
    """
    end = time.monotonic() + seconds
    way = "id > ? ORDER BY id" if walk.redo else "id < ? ORDER BY id DESC"
    sql = f"SELECT id, entity, entity_uid, field, old, new FROM changes WHERE batch = ? AND {way}"
    while True:  # at least once: every slice comes nearer to the end
        rows = edit.connection.execute(f"{sql} LIMIT {_ROWS}", [walk.batch, walk.at]).fetchall()
        for _, entity, uid, field, old, new in rows:
            value, other = (new, old) if walk.redo else (old, new)
            _put(edit, entity, uid, field, value, other)
        if len(rows) < _ROWS:
            edit.connection.execute("DELETE FROM info WHERE key = ?", [_WALK])
            return None
        walk = replace(walk, at=rows[-1][0])
        if time.monotonic() >= end:
            break
    edit.connection.execute(
        "INSERT OR REPLACE INTO info VALUES (?, ?)", [_WALK, json.dumps(asdict(walk))]
    )
    return walk


def _put(
    edit: Edit, entity: str, uid: str, field: str, value: str | None, other: str | None
) -> None:
    """Give a field the value; `other` is what the change put there (for memberships)."""
    if field == "created":
        # A creation is undone by hiding what was created, so that redo, and a
        # later exchange, find it under the same uid.
        hide = "gone" if entity == "paper" else "deleted"
        edit.set(entity, uid, hide, None if value else now())
    elif (entity, field) == ("annotation", "tag"):
        edit.set_annotation_tag(uid, str(value or other), value is not None)
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
