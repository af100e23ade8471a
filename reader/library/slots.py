"""Slots: an attachment's row stays the same when another file takes its place."""

from __future__ import annotations

import sqlite3

from reader.domain.errors import NotFoundError, ReaderError
from reader.domain.marking import Annotation, clean
from reader.domain.paper import Attachment
from reader.library import annotations, papers
from reader.library.edits import Edit
from reader.library.files import Stored

_SHORTEST_PREFIX = 6


def find(connection: sqlite3.Connection, text: str) -> tuple[str, Attachment]:
    """(paper, attachment) that an ID means: an attachment's uid, or a paper for its main file.

    Raises NotFoundError, also for a paper without a file.
    """
    prefix = text.encode("utf-8", "replace").decode("utf-8").strip().lower()
    rows: list[tuple[str, str]] = []
    if len(prefix) >= _SHORTEST_PREFIX:
        rows = connection.execute(
            "SELECT a.uid, p.uid FROM attachments a JOIN papers p ON p.id = a.paper_id "
            "WHERE a.uid >= ? AND a.uid < ? AND a.deleted IS NULL AND p.gone IS NULL LIMIT 2",
            [prefix, prefix + "\uffff"],
        ).fetchall()
    try:
        paper = papers.resolve(connection, text)
    except ReaderError:
        if len(rows) != 1:
            raise
        return rows[0][1], load(connection, rows[0][0])
    if rows:
        raise NotFoundError(
            f"The id {text} is that of a paper and of a file in this library.", "Give more of it."
        )
    found = papers.load(connection, paper).documents
    if not found:
        raise NotFoundError(
            f"The paper {text} has no file; nothing was changed.", "'attach' gives it one."
        )
    return paper, found[0]


def load(connection: sqlite3.Connection, uid: str) -> Attachment:
    """One attachment; raises NotFoundError, also for one that was taken away."""
    row = connection.execute(
        "SELECT uid, path, sha256, pages, role, size, edition FROM attachments "
        "WHERE uid = ? AND deleted IS NULL",
        [uid],
    ).fetchone()
    if row is None:
        raise NotFoundError(f"There is no attachment with the id {uid}; nothing was changed.")
    return Attachment(*row)


def path_held(connection: sqlite3.Connection, uid: str) -> str:
    """The path in files/ of what an attachment has now, "" when there is no such attachment."""
    row = connection.execute(
        "SELECT path FROM attachments WHERE uid = ? AND deleted IS NULL", [uid]
    ).fetchone()
    return row[0] if row else ""


def put_file(edit: Edit, uid: str, stored: Stored, pages: int | None) -> None:
    """Let a slot hold another file; the one of before stays where it is."""
    values = (("path", stored.path), ("sha256", stored.sha256), ("size", stored.size))
    for field, value in (*values, ("pages", pages)):
        edit.set("attachment", uid, field, value)


def put_place(edit: Edit, annotation: Annotation) -> None:
    """Write an annotation's place and evidence, and nothing else of it."""
    values = annotations.columns(clean(annotation))
    for field in ("page", "x", "y", "parts", "quote", "before", "after", "sha256", "placed"):
        edit.set("annotation", annotation.uid, field, values[field])
