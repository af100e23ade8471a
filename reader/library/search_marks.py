"""The index of annotations: their quotes and comments, by the annotation's key.

A part of search.db, kept as the papers' part is: `fed_marks` remembers the
words, `last_marks` what the last step fed, and library.db's annotation_todo
says what waits.
"""

from __future__ import annotations

import sqlite3
import zlib

from reader.domain.fold import index_words

SCHEMA = """
CREATE TABLE last_marks (annotation_id INTEGER PRIMARY KEY);
CREATE TABLE fed_marks (annotation_id INTEGER PRIMARY KEY, words BLOB NOT NULL);
CREATE VIRTUAL TABLE marks USING fts5 (
  body, content='', columnsize=0, detail=none, prefix='1 2 3', tokenize='ascii');
"""
_CHUNK = 400
_CURSOR = "marks_cursor"


def begin(library: sqlite3.Connection, index: sqlite3.Connection) -> None:
    """In an index that is made anew: walk through all annotations there are."""
    if library.execute("SELECT EXISTS (SELECT 1 FROM annotations)").fetchone()[0]:
        index.execute("INSERT INTO meta VALUES (?, '0')", [_CURSOR])


def feed_again(library: sqlite3.Connection, index: sqlite3.Connection) -> None:
    """Have what the last step fed wait once more."""
    keys = index.execute("SELECT annotation_id FROM last_marks").fetchall()
    library.executemany("INSERT OR IGNORE INTO annotation_todo VALUES (?)", keys)


def behind(library: sqlite3.Connection, index: sqlite3.Connection) -> bool:
    """Whether annotations wait to be indexed."""
    waiting = library.execute("SELECT EXISTS (SELECT 1 FROM annotation_todo)").fetchone()[0]
    return bool(waiting) or _cursor(index) is not None


def _cursor(index: sqlite3.Connection) -> int | None:
    row = index.execute("SELECT value FROM meta WHERE key = ?", [_CURSOR]).fetchone()
    return int(row[0]) if row else None


def feed_chunk(library: sqlite3.Connection, index: sqlite3.Connection) -> bool:
    """Feed some annotations, inside a transaction on both; False when none waited."""
    todo = [
        row[0]
        for row in library.execute(f"SELECT annotation_id FROM annotation_todo LIMIT {_CHUNK}")
    ]
    if todo:
        _feed(library, index, todo)
        library.executemany(
            "DELETE FROM annotation_todo WHERE annotation_id = ?", [(key,) for key in todo]
        )
        return True
    cursor = _cursor(index)
    if cursor is None:
        return False
    keys = [
        row[0]
        for row in library.execute(
            f"SELECT id FROM annotations WHERE id > ? ORDER BY id LIMIT {_CHUNK}", [cursor]
        )
    ]
    if not keys:
        index.execute("DELETE FROM meta WHERE key = ?", [_CURSOR])
        return False
    _feed(library, index, keys)
    index.execute("UPDATE meta SET value = ? WHERE key = ?", [str(keys[-1]), _CURSOR])
    return True


def _feed(library: sqlite3.Connection, index: sqlite3.Connection, keys: list[int]) -> None:
    marks = ", ".join("?" * len(keys))
    index.executemany("INSERT OR IGNORE INTO last_marks VALUES (?)", [(key,) for key in keys])
    for key, packed in index.execute(
        f"SELECT annotation_id, words FROM fed_marks WHERE annotation_id IN ({marks})", keys
    ).fetchall():
        body = zlib.decompress(packed).decode("utf-8", "surrogatepass")
        index.execute("INSERT INTO marks (marks, rowid, body) VALUES ('delete', ?, ?)", [key, body])
    index.execute(f"DELETE FROM fed_marks WHERE annotation_id IN ({marks})", keys)
    for key, quote, comment in library.execute(
        f"SELECT id, quote, comment FROM annotations WHERE id IN ({marks}) AND deleted IS NULL",
        keys,
    ):
        body = " ".join(dict.fromkeys(index_words(f"{quote}\n{comment}")))
        if body:
            index.execute("INSERT INTO marks (rowid, body) VALUES (?, ?)", [key, body])
            packed = zlib.compress(body.encode("utf-8", "surrogatepass"), 1)
            index.execute("INSERT INTO fed_marks VALUES (?, ?)", [key, packed])
