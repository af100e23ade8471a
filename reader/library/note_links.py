"""Where notes lead to, kept beside them so that a paper knows which notes speak of it.

Rows of a note: its own title (kind "self", position -1), then its links in
order.  They follow from the text alone and are made anew with it; what a
library of an older schema lacks is made in steps, from the note `links_at` of
the table info on.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable

from reader.domain.fold import title_key
from reader.domain.note_links import links_in, title_of

_AT = "links_at"
_DONE = "all, 1"  # the number of the rules by which links are read
_CHUNK = 100


def refresh(connection: sqlite3.Connection, key: int, text: str) -> None:
    """Make a note's rows anew; inside the transaction that wrote its text."""
    connection.execute("DELETE FROM note_links WHERE note_id = ?", [key])
    rows = [(key, -1, "self", title_key(title_of(text)))]
    rows += [(key, at, link.kind, link.target) for at, link in enumerate(links_in(text))]
    connection.executemany("INSERT INTO note_links VALUES (?, ?, ?, ?)", rows)


def behind(connection: sqlite3.Connection) -> bool:
    """Whether notes wait to have their links read."""
    return _at(connection) is not None


def _at(connection: sqlite3.Connection) -> int | None:
    row = connection.execute("SELECT value FROM info WHERE key = ?", [_AT]).fetchone()
    if row and row[0] == _DONE:
        return None
    return int(row[0]) if row and row[0].isdigit() else 0


def step(connection: sqlite3.Connection, seconds: float = 0.05) -> bool:
    """Read links for about so long, inside a transaction; True while more waits."""
    at = _at(connection)
    end = time.monotonic() + seconds
    while at is not None:
        rows = connection.execute(
            "SELECT id, text FROM notes WHERE id > ? ORDER BY id LIMIT ?", [at, _CHUNK]
        ).fetchall()
        for key, text in rows:
            refresh(connection, key, text)
        at = rows[-1][0] if len(rows) == _CHUNK else None
        connection.execute(
            "INSERT OR REPLACE INTO info VALUES (?, ?)", [_AT, _DONE if at is None else str(at)]
        )
        if time.monotonic() >= end:
            break
    return at is not None


def linking_to(
    connection: sqlite3.Connection, targets: Iterable[tuple[str, str]]
) -> list[tuple[str, str, str]]:
    """(note, its paper or "", its text) of live notes that lead to any (kind, target).

    The last changed come first.
    """
    found: dict[str, tuple[str, str, str, str]] = {}
    for kind, target in targets:
        for row in connection.execute(
            "SELECT n.modified, n.uid, coalesce(p.uid, ''), n.text FROM note_links l "
            "JOIN notes n ON n.id = l.note_id LEFT JOIN papers p ON p.id = n.paper_id "
            "WHERE l.target = ? AND l.kind = ? AND n.deleted IS NULL "
            "AND (p.id IS NULL OR (p.deleted IS NULL AND p.gone IS NULL))",
            [target, kind],
        ):
            found[row[1]] = row
    return [row[1:] for row in sorted(found.values(), reverse=True)]
