"""Backups: made by VACUUM INTO, opened to prove them, never replacing more by less.

backups/ holds library-YYYY-MM-DD.db (7 daily, 4 weekly kept) and
library-YYYY-MM-DD-schema-N.db from before a migration.  `save` and `bring_back`
write and read a whole folder: library.db, files/ and a manifest with sha256.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from reader.domain.errors import InputError, LibraryError, NotFoundError, StorageFullError
from reader.domain.paper import new_uid, now
from reader.library.files import copy_new, sha256_of, sync_folder
from reader.library.place import (
    SCHEMA_VERSION,
    Place,
    cannot_write,
    damaged,
    is_sound,
    told,
    version_of,
)

DAILY = 7
WEEKLY = 4
_SPARE = 16 << 20


@dataclass(frozen=True, slots=True)
class Saved:
    """What `save` wrote: papers in the library, files copied, files already there."""

    folder: str
    papers: int
    files: int
    unchanged: int
    missing: tuple[str, ...]


def today() -> str:
    """The reader's own date, ISO; a backup's name."""
    return datetime.now().astimezone().date().isoformat()


def before_migration(place: Place, connection: sqlite3.Connection, version: int) -> Path:
    """A verified copy of the library as it is, before its schema changes."""
    target = place.backups / f"library-{today()}-schema-{version}.db"
    write_copy(place, connection, target)
    return target


def daily(place: Place, connection: sqlite3.Connection) -> Path | None:
    """Today's backup when something changed since the newest one; None when not needed.

    An emptier library (fewer papers or notes than the newest backup holds)
    takes no older backup's place: then nothing is thinned out.
    """
    target = place.backups / f"library-{today()}.db"
    held = sorted(place.backups.glob("library-????-??-??.db"))
    if target.exists() or (held and not _changed_since(connection, held[-1])):
        return None
    if not fullness(connection)[0] and not held:
        return None
    write_copy(place, connection, target)
    earlier = _fullness_of(held[-1]) if held else (0, 0)
    if fullness(connection) >= earlier:
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
            connection.execute("VACUUM INTO ?", [str(temporary)])
        if not is_sound(temporary):
            raise damaged(place, "the backup did not verify")
        with temporary.open("rb") as stream:
            os.fsync(stream.fileno())
        temporary.replace(target)
        sync_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def fullness(connection: sqlite3.Connection) -> tuple[int, int]:
    """(papers, notes with text): what must not become less unnoticed."""
    papers = connection.execute("SELECT count(*) FROM papers WHERE gone IS NULL").fetchone()[0]
    notes = connection.execute(
        "SELECT count(*) FROM notes WHERE deleted IS NULL AND text <> ''"
    ).fetchone()[0]
    return int(papers), int(notes)


def _fullness_of(path: Path) -> tuple[int, int]:
    with contextlib.closing(_open_copy(path)) as connection:
        return fullness(connection)


def _open_copy(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _last_change(connection: sqlite3.Connection) -> tuple[int, str]:
    return connection.execute("SELECT count(*), coalesce(max(at), '') FROM changes").fetchone()


def _changed_since(connection: sqlite3.Connection, backup: Path) -> bool:
    try:
        with contextlib.closing(_open_copy(backup)) as copy:
            return _last_change(copy) != _last_change(connection)
    except sqlite3.Error:
        return True


def _thin_out(place: Place) -> None:
    """Keep the last DAILY days and one backup a week for WEEKLY weeks before."""
    held = sorted(place.backups.glob("library-????-??-??.db"), reverse=True)
    weeks: dict[tuple[int, int], Path] = {}
    for path in held[DAILY:]:
        day = date.fromisoformat(path.stem.removeprefix("library-"))
        weeks.setdefault(day.isocalendar()[:2], path)
    kept = set(held[:DAILY]) | set(list(weeks.values())[:WEEKLY])
    for path in held:
        if path not in kept:
            path.unlink()


def save(place: Place, connection: sqlite3.Connection, folder: Path) -> Saved:
    """Write the whole library into a folder; attachments already there by hash are skipped."""
    try:
        (folder / "files").mkdir(parents=True, exist_ok=True)
        write_copy(place, connection, folder / "library.db")
        earlier = _manifest(folder)
        manifest: dict[str, str] = {"library.db": sha256_of(folder / "library.db")}
        copied = unchanged = 0
        missing: list[str] = []
        for path, digest in connection.execute(
            "SELECT DISTINCT path, sha256 FROM attachments WHERE deleted IS NULL ORDER BY path"
        ).fetchall():
            source, target = place.files / path, folder / "files" / path
            if not source.is_file():
                missing.append(path)
                continue
            if earlier.get(f"files/{path}") == digest and target.is_file():
                unchanged += 1
            else:
                copy_new(source, target)
                copied += 1
            manifest[f"files/{path}"] = sha256_of(target)
        text = json.dumps(
            {"format": "paper-reader backup", "version": 1, "at": now(), "sha256": manifest},
            indent=1,
        )
        _write_text(folder / "manifest.json", text)
    except OSError as error:
        raise cannot_write(folder, error) from error
    papers = fullness(connection)[0]
    return Saved(str(folder), papers, copied, unchanged, tuple(missing))


def _write_text(target: Path, text: str) -> None:
    temporary = target.with_name(f".{target.name}.{new_uid()[:8]}")
    with temporary.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(target)


def _manifest(folder: Path) -> dict[str, str]:
    try:
        data = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return {str(name): str(value) for name, value in data["sha256"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def bring_back(place: Place, source: Path, *, force: bool = False) -> int:
    """Restore a backup folder or a single library-*.db; the number of papers.

    The library it replaces is kept beside it as library-before-restore-*.db,
    and an emptier backup never replaces a fuller library without `force`.  No
    process may have the library open.
    """
    database = source / "library.db" if source.is_dir() else source
    if not database.is_file():
        raise NotFoundError(f"There is no backup at {source}; nothing was changed.")
    if not is_sound(database):
        raise InputError(f"The backup {database} is not a sound library; nothing was changed.")
    with contextlib.closing(_open_copy(database)) as copy:
        if version_of(copy, Place(database.parent)) > SCHEMA_VERSION:
            raise InputError(f"The backup {database} is of a newer version.")
        coming = fullness(copy)
    _verify(source)
    place.make()
    present = _fullness_if_sound(place)
    if present and not force and (coming[0] < present[0] or coming[1] < present[1]):
        raise LibraryError(
            f"The backup holds {coming[0]} papers and {coming[1]} notes, the library "
            f"{present[0]} and {present[1]}; nothing was changed.",
            "Give --force to restore it all the same; the present library is kept aside.",
        )
    try:
        if source.is_dir():
            _bring_files(place, source)
        _replace_database(place, database)
    except OSError as error:
        raise cannot_write(place.folder, error) from error
    return coming[0]


def _verify(source: Path) -> None:
    if not source.is_dir():
        return
    for name, digest in _manifest(source).items():
        path = (source / name).resolve()
        if source.resolve() not in path.parents or not path.is_file() or sha256_of(path) != digest:
            raise InputError(
                f"The backup's file {name} is missing or changed; nothing was restored.",
                "Choose another backup.",
            )


def _fullness_if_sound(place: Place) -> tuple[int, int] | None:
    if not place.database.exists() or not is_sound(place.database):
        return None
    return _fullness_of(place.database)


def _bring_files(place: Place, source: Path) -> None:
    for path in sorted((source / "files").glob("*")):
        target = place.files / path.name
        if path.is_file() and not path.is_symlink() and not target.exists():
            copy_new(path, target)


def _replace_database(place: Place, database: Path) -> None:
    """Put the copy in the library's place; the old one and its log are kept aside together."""
    stamp = now().replace(":", "").replace(".", "")
    incoming = place.folder / f".restoring-{stamp}.db"
    copy_new(database, incoming)
    for suffix in ("", "-wal", "-shm"):
        old = Path(f"{place.database}{suffix}")
        if old.exists():
            aside = f"library-before-restore-{stamp}.db{suffix}"
            old.replace(place.backups / aside)
    incoming.replace(place.database)
    for suffix in ("", "-wal", "-shm"):
        Path(f"{place.index}{suffix}").unlink(missing_ok=True)
    sync_folder(place.folder)
