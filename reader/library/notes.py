"""Notes in and out of the library: of papers, or free ones of none."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from reader.domain.errors import InputError, NotFoundError
from reader.domain.fold import title_key
from reader.domain.lists import NoteRow, Template
from reader.domain.note_links import title_of
from reader.domain.paper import Note, new_uid
from reader.library import note_links
from reader.library.edits import Edit
from reader.library.papers import add_note

_ROW = (
    "SELECT n.uid, coalesce(p.uid, ''), coalesce(p.title, ''), n.text, n.created, n.modified "
    "FROM notes n LEFT JOIN papers p ON p.id = n.paper_id "
)
_LIVE = "n.deleted IS NULL AND (p.id IS NULL OR (p.deleted IS NULL AND p.gone IS NULL)) "


def load(connection: sqlite3.Connection, uid: str) -> NoteRow:
    """One note; raises NotFoundError."""
    row = connection.execute(_ROW + "WHERE n.uid = ? AND n.deleted IS NULL", [uid]).fetchone()
    if row is None:
        raise NotFoundError(f"There is no note with the id {uid} in this library.")
    return _note(row)


def _note(row: tuple[str, str, str, str, str, str]) -> NoteRow:
    uid, paper, paper_title, text, created, modified = row
    return NoteRow(uid, paper, paper_title, title_of(text), text, created, modified)


def free(connection: sqlite3.Connection) -> list[NoteRow]:
    """The notes of no paper, the last changed first."""
    rows = connection.execute(
        _ROW + "WHERE n.paper_id IS NULL AND n.deleted IS NULL ORDER BY n.modified DESC, n.id DESC"
    )
    return [_note(row) for row in rows]


def of_paper(connection: sqlite3.Connection, paper: str) -> list[NoteRow]:
    """The notes of a paper (its uid) in order."""
    rows = connection.execute(
        _ROW + "WHERE p.uid = ? AND n.deleted IS NULL ORDER BY n.position, n.id", [paper]
    )
    return [_note(row) for row in rows]


def everything(connection: sqlite3.Connection) -> Iterator[NoteRow]:
    """Every note of the library that is not in the trash, in the order they were made."""
    for row in connection.execute(_ROW + "WHERE " + _LIVE + "ORDER BY n.id"):
        yield _note(row)


def titled(connection: sqlite3.Connection, words: str) -> tuple[str, str] | None:
    """What [[words]] leads to: ("paper" or "note", uid); None when there is nothing of that title.

    A paper goes before a note, and of several the one added first.
    """
    key = title_key(words)
    if not key:
        return None
    row = connection.execute(
        "SELECT uid FROM papers WHERE title_key = ? AND deleted IS NULL AND gone IS NULL "
        "ORDER BY id LIMIT 1",
        [key],
    ).fetchone()
    if row:
        return "paper", row[0]
    row = connection.execute(
        "SELECT n.uid FROM note_links l JOIN notes n ON n.id = l.note_id "
        "LEFT JOIN papers p ON p.id = n.paper_id "
        f"WHERE l.target = ? AND l.kind = 'self' AND {_LIVE} ORDER BY n.id LIMIT 1",
        [key],
    ).fetchone()
    return ("note", row[0]) if row else None


def beginning(
    connection: sqlite3.Connection, words: str, most: int = 12
) -> list[tuple[str, str, str]]:
    """What [[words may go on as: ("paper" or "note", uid, title), papers first."""
    key = title_key(words)
    found: list[tuple[str, str, str]] = [
        ("paper", uid, title)
        for uid, title in connection.execute(
            "SELECT uid, title FROM papers WHERE title_key >= ? AND title_key < ? "
            "AND deleted IS NULL AND gone IS NULL ORDER BY title_key LIMIT ?",
            [key, key + "\U0010ffff", most],
        )
    ]
    found += [
        ("note", uid, title_of(text))
        for uid, text in connection.execute(
            "SELECT n.uid, n.text FROM note_links l JOIN notes n ON n.id = l.note_id "
            "LEFT JOIN papers p ON p.id = n.paper_id "
            f"WHERE l.target >= ? AND l.target < ? AND l.target <> '' AND l.kind = 'self' "
            f"AND {_LIVE} ORDER BY l.target LIMIT ?",
            [key, key + "\U0010ffff", most],
        )
    ]
    return found[:most]


def speaking_of_paper(connection: sqlite3.Connection, uid: str) -> list[NoteRow]:
    """The notes that lead to a paper, its files or its annotations; its own are left out."""
    row = connection.execute("SELECT id, title_key FROM papers WHERE uid = ?", [uid]).fetchone()
    if row is None:
        return []
    key, title = row
    targets = [("title", title), ("paper", uid)]
    slots = connection.execute("SELECT uid FROM attachments WHERE paper_id = ?", [key]).fetchall()
    targets += [("attachment", slot) for (slot,) in slots]
    for (slot,) in slots:
        targets += [
            ("annotation", it)
            for (it,) in connection.execute(
                "SELECT a.uid FROM annotations a JOIN note_links l ON l.target = a.uid "
                "AND l.kind = 'annotation' WHERE a.attachment = ?",
                [slot],
            )
        ]
    found = note_links.linking_to(connection, targets)
    return [load(connection, note) for note, paper, _ in found if paper != uid]


def speaking_of_note(connection: sqlite3.Connection, uid: str) -> list[NoteRow]:
    """The notes that lead to a note."""
    title = title_key(load(connection, uid).title)
    targets = [("note", uid), *([("title", title)] if title else [])]
    found = note_links.linking_to(connection, targets)
    return [load(connection, note) for note, _, _ in found if note != uid]


def is_known(connection: sqlite3.Connection, uid: str) -> bool:
    """Whether there is, or was, a note of that uid."""
    return bool(connection.execute("SELECT 1 FROM notes WHERE uid = ?", [uid]).fetchone())


def is_free(connection: sqlite3.Connection, text: str) -> bool:
    """Whether a free note says just this; no text but this one is read."""
    row = connection.execute(
        "SELECT 1 FROM notes WHERE paper_id IS NULL AND deleted IS NULL AND text = ? LIMIT 1",
        [text],
    ).fetchone()
    return row is not None


def is_here(connection: sqlite3.Connection, note: Note) -> bool:
    """Whether a free note from outside is in the library, or was: by its uid, else by its text."""
    return is_known(connection, note.uid) if note.uid else is_free(connection, note.text)


def add(edit: Edit, paper: str, text: str, uid: str = "") -> str:
    """Write a new note at the end of a paper's ("" for a free note); its uid, the given one if free."""
    if not paper:
        return add_note(edit, None, Note(uid, text), 0)
    key = edit.key("paper", paper)
    last = edit.connection.execute(
        "SELECT coalesce(max(position), -1) FROM notes WHERE paper_id = ? AND deleted IS NULL",
        [key],
    ).fetchone()[0]
    return add_note(edit, key, Note(uid, text), last + 1)


def reword(edit: Edit, note: NoteRow, text: str) -> None:
    """Put a text into a note that the reader did not write: it stays as old as it is."""
    if edit.set("note", note.uid, "text", text):
        edit.connection.execute(
            "UPDATE notes SET modified = ? WHERE uid = ?", [note.modified, note.uid]
        )


def removed(connection: sqlite3.Connection, paper: str) -> list[NoteRow]:
    """The deleted notes of a paper (its uid), or the free ones; those that say nothing left out."""
    of = "p.uid = ?" if paper else "n.paper_id IS NULL AND ? = ''"
    rows = connection.execute(
        _ROW + f"WHERE {of} AND n.deleted IS NOT NULL AND n.text <> '' ORDER BY n.deleted DESC",
        [paper],
    )
    return [_note(row) for row in rows]


def order(edit: Edit, paper: str, uids: list[str]) -> None:
    """Put a paper's notes in an order; InputError when it is not exactly its notes."""
    if sorted(uids) != sorted(note.uid for note in of_paper(edit.connection, paper)):
        raise InputError("The paper's notes have changed meanwhile; nothing was changed.")
    for position, uid in enumerate(uids):
        edit.set("note", uid, "position", position)


def templates(connection: sqlite3.Connection, kind: str) -> list[Template]:
    """The reader's own templates of a kind ("note" or "annotations"), by name."""
    rows = connection.execute(
        "SELECT uid, name, text FROM templates WHERE kind = ? AND deleted IS NULL ORDER BY name",
        [kind],
    )
    return [Template(uid, name, text) for uid, name, text in rows]


def put_template(edit: Edit, kind: str, name: str, text: str) -> str:
    """Write a template, over one of the same name; its uid.  InputError for no name."""
    name = " ".join("".join(c if c.isprintable() else " " for c in name).split())[:100]
    if not name:
        raise InputError("A template needs a name; nothing was changed.")
    row = edit.connection.execute(
        "SELECT uid FROM templates WHERE kind = ? AND name = ? AND deleted IS NULL", [kind, name]
    ).fetchone()
    if row:
        edit.set("template", row[0], "text", text)
        return str(row[0])
    uid = new_uid()
    edit.connection.execute(
        "INSERT INTO templates (uid, kind, name, text, created, modified) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [uid, kind, name, text, edit.at, edit.at],
    )
    edit.log("template", uid, "created", None, edit.at)
    return uid
