"""What was filled into forms and is not in a copy yet; not a part of the undo history.

`file` is the uid of an attachment, or the path of a file that is not in the library.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from reader.domain.paper import now


def save(connection: sqlite3.Connection, file: str, entries: Mapping[str, str | None]) -> None:
    """Remember values by the names of their fields; None forgets one."""
    gone = [(file, field) for field, value in entries.items() if value is None]
    connection.executemany("DELETE FROM form_entries WHERE file = ? AND field = ?", gone)
    connection.executemany(
        "INSERT OR REPLACE INTO form_entries (file, field, value, modified) VALUES (?, ?, ?, ?)",
        [(file, field, value, now()) for field, value in entries.items() if value is not None],
    )


def load(connection: sqlite3.Connection, file: str) -> dict[str, str]:
    """The values of a file, by the names of their fields."""
    rows = connection.execute("SELECT field, value FROM form_entries WHERE file = ?", [file])
    return dict(rows.fetchall())
