"""Backups: made by VACUUM INTO, opened to prove them, never replacing more by less.

backups/ holds library-YYYY-MM-DD.db (7 daily, 4 weekly kept) and
library-YYYY-MM-DD-schema-N.db from before a migration.  Whole libraries in a
folder of the reader's choice are saving.py's.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from datetime import date, datetime
from pathlib import Path

from reader.domain.errors import StorageFullError
from reader.domain.paper import iso_date, new_uid
from reader.library.files import sync_folder
from reader.library.place import Place, damaged, is_sound, told

DAILY = 7
WEEKLY = 4
_SPARE = 16 << 20


def today() -> str:
    """The reader's own date, ISO; a backup's name."""
    return datetime.now().astimezone().date().isoformat()


def before_migration(place: Place, connection: sqlite3.Connection, version: int) -> Path:
    """A verified copy of the library as it is, before its schema changes."""
    target = place.backups / f"library-{today()}-schema-{version}.db"
    write_copy(place, connection, target)
    return target


def daily(place: Place, connection: sqlite3.Connection) -> Path | None:
    """Today's backup when something changed since the newest one; None when not needed."""
    target = place.backups / f"library-{today()}.db"
    held = _dated(place)
    if target.exists() or (held and not _changed_since(connection, held[-1])):
        return None
    if not any(fullness(connection)) and not held:
        return None
    write_copy(place, connection, target)
    _thin_out(place)
    return target


def write_copy(place: Place, connection: sqlite3.Connection, target: Path) -> None:
    """VACUUM INTO `target` through a temporary name, verified before it gets the final one."""
    size = place.database.stat().st_size
    place.backups.mkdir(exist_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(target.parent).free
    if free < size * 1.1 + _SPARE:
        raise StorageFullError(
            f"There is not enough space for a backup ({free >> 20} MB free, "
            f"{size >> 20} MB needed); the library itself is unharmed.",
            "Free some space.",
        )
    temporary = target.with_name(f".{target.name}.{new_uid()[:8]}")
    try:
        with told(place):
            _copy(connection, temporary)
        if not is_sound(temporary):
            raise damaged(place, "the backup did not verify")
        with temporary.open("r+b") as stream:  # Windows syncs only what is open for writing
            os.fsync(stream.fileno())
        temporary.replace(target)
        sync_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    try:
        name = str(target).encode("utf-8")
    except UnicodeEncodeError:  # VACUUM INTO takes text alone, and a path may hold other bytes
        with contextlib.closing(sqlite3.connect(target)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    else:
        connection.execute("VACUUM INTO ?", [name.decode("utf-8")])


def fullness(connection: sqlite3.Connection) -> tuple[int, int]:
    """(papers, notes with text): what must not become less unnoticed."""
    papers = connection.execute("SELECT count(*) FROM papers WHERE gone IS NULL").fetchone()[0]
    notes = connection.execute(
        "SELECT count(*) FROM notes WHERE deleted IS NULL AND text <> ''"
    ).fetchone()[0]
    return int(papers), int(notes)


def fullness_of(path: Path) -> tuple[int, int]:
    """The same of a copy; (0, 0) when it cannot be read."""
    try:
        with contextlib.closing(open_copy(path)) as connection:
            return fullness(connection)
    except sqlite3.Error:
        return 0, 0


def open_copy(path: Path) -> sqlite3.Connection:
    """A copy of a library, to look into it."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _last_change(connection: sqlite3.Connection) -> tuple[int, str]:
    return connection.execute("SELECT count(*), coalesce(max(at), '') FROM changes").fetchone()


def _changed_since(connection: sqlite3.Connection, backup: Path) -> bool:
    try:
        with contextlib.closing(open_copy(backup)) as copy:
            return _last_change(copy) != _last_change(connection)
    except sqlite3.Error:
        return True


def _dated(place: Place) -> list[Path]:
    """The daily backups, oldest first."""
    return sorted(
        path
        for path in place.backups.glob("library-????-??-??.db")
        if iso_date(path.stem.removeprefix("library-"))
    )


def _thin_out(place: Place) -> None:
    """Keep the last DAILY days and one backup a week for WEEKLY weeks before.

    The backup with the most papers and the one with the most notes stay as
    well: however often an emptier library is backed up, no fuller one goes.
    """
    held = _dated(place)[::-1]
    weeks: dict[tuple[int, int], Path] = {}
    for path in held[DAILY:]:
        day = date.fromisoformat(path.stem.removeprefix("library-"))
        weeks.setdefault(day.isocalendar()[:2], path)
    kept = set(held[:DAILY]) | set(list(weeks.values())[:WEEKLY])
    if kept >= set(held):
        return
    full = {path: fullness_of(path) for path in held}
    kept |= {max(held, key=lambda path: full[path][0]), max(held, key=lambda path: full[path][1])}
    for path in held:
        if path not in kept:
            path.unlink()
