"""Where a library's parts lie, and how its SQLite files are opened.

Standard library only, so that a window can read its first rows before
anything heavier is loaded.
"""

from __future__ import annotations

import os
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.domain.errors import (
    LibraryDamagedError,
    LibraryError,
    LibraryNewerError,
    StorageFullError,
)
from reader.domain.value import dataclass

APPLICATION_ID = 0x50525244  # "PRRD"
SCHEMA_VERSION = 4
BUSY_MS = 10_000


@dataclass(frozen=True, slots=True)
class Place:
    """A library's folder and the parts in it."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "library.db"

    @property
    def index(self) -> Path:
        return self.folder / "search.db"

    @property
    def cache(self) -> Path:
        return self.folder / "cache.db"

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    def exists(self) -> bool:
        """Whether there is a library; raises LibraryError for what can never hold one."""
        with told(self):
            if self.folder.exists() and not self.folder.is_dir():
                raise LibraryError(
                    f"{self.folder} is a file, not a library's folder; nothing was changed.",
                    "Choose another folder with --library.",
                )
            _refuse_folder(self.database)
            return self.database.exists()

    def make(self) -> None:
        """Create the folders; raises LibraryError where that cannot be done."""
        self.exists()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.files.mkdir(exist_ok=True)
            self.backups.mkdir(exist_ok=True)
        except OSError as error:
            raise cannot_write(self.folder, error) from error
        if not os.access(self.folder, os.W_OK | os.X_OK):
            raise cannot_write(self.folder, PermissionError(13, "Permission denied"))


def cannot_write(folder: Path, error: OSError, what: str = "library folder") -> LibraryError:
    """The error for a folder that cannot be written: the library's, or that of a backup."""
    if error.errno in (28, 122):  # ENOSPC, EDQUOT
        return StorageFullError(
            f"The disk that holds {folder} is full; nothing was changed.",
            "Free some space and try again.",
            str(error),
        )
    return LibraryError(
        f"The {what} {folder} cannot be written ({error.strerror or error}); nothing was changed.",
        "Choose another folder, or change its permissions.",
        str(error),
    )


@contextmanager
def told(place: Place) -> Iterator[None]:
    """Turn SQLite's and the system's errors into sentences about the reader's data."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise sentence(place, error) from error
    except OSError as error:
        raise cannot_write(place.folder, error) from error


def sentence(place: Place, error: sqlite3.DatabaseError) -> LibraryError:
    """The ReaderError that says what an SQLite error means here."""
    text = str(error)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL or "disk is full" in text:
        return StorageFullError(
            "The disk is full: the last change could not be saved; what was saved before is safe.",
            "Free some space; the change is tried again.",
            text,
        )
    if code == sqlite3.SQLITE_IOERR:
        return StorageFullError(
            "The disk did not take the last change (it may be full or failing); "
            "what was saved before is safe.",
            "Free some space or check the disk, then try again.",
            text,
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(place, text)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return LibraryError(
            f"The library {place.database} cannot be opened for writing; nothing was changed.",
            "Check the folder's permissions, or choose another with --library.",
            text,
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LibraryError(
            "Another program is writing to the library and did not finish in time; "
            "nothing was changed.",
            "Close it or wait, then try again.",
            text,
        )
    return LibraryError(
        f"The library {place.database} refused a command ({text}); nothing was changed.",
        "Run 'paper-reader check'.",
        text,
    )


def damaged(place: Place, details: str) -> LibraryDamagedError:
    """The error for a library.db that SQLite cannot read, naming the newest backup."""
    newest = newest_backup(place)
    return _lost(
        f"The library file {place.database} is damaged and was left as it is.",
        newest,
        "There is no backup in its folder; keep the file, parts of it may be recovered.",
        details,
    )


def _lost(
    message: str, newest: Path | None, without: str, details: str = ""
) -> LibraryDamagedError:
    hint = without
    if newest is not None:
        # With the folder: without it the command may mean another library.
        command = shlex.join(
            ["paper-reader", "--library", str(newest.parent.parent), "restore", str(newest)]
        )
        hint = f"The newest good backup is {newest}; this brings it back: {command}"
    return LibraryDamagedError(message, hint, details, str(newest or ""))


def refuse_lost(place: Place) -> None:
    """Raise LibraryDamagedError where library.db is gone or empty and the folder tells of one.

    Backups tell of it, and beside an empty file also the index and attachments: a
    crash at the very first start leaves none of them.  Asked before SQLite sees the
    file, which takes an empty one for a new database and removes its log.
    """
    with told(place):
        _refuse_folder(place.database)
        present = place.database.exists()
        if present and place.database.stat().st_size:
            return
        traces = [place.backups.glob("library-*.db")]
        if present:
            traces += [place.folder.glob("search.db"), place.files.glob("*")]
        if not any(next(found, None) for found in traces):
            return
        what = (
            f"The library file {place.database} is empty, although the folder held a library"
            if present
            else f"The library file {place.database} is gone, although its backups are there"
        )
        raise _lost(
            f"{what}; nothing was changed.",
            newest_backup(place),
            "There is no good backup in its folder. 'paper-reader restore FOLDER' brings back one "
            "kept elsewhere; --library names another folder to begin anew.",
        )


def _refuse_folder(database: Path) -> None:
    """What SQLite says of a folder in a file's place sounds like a failing disk."""
    if database.is_dir():
        raise LibraryError(
            f"{database} is a folder, not a library; nothing was changed.",
            "Move it away, or choose another folder with --library.",
        )


def newest_backup(place: Place) -> Path | None:
    """The newest backup in the library's own folder that opens and is sound."""
    # The digit leaves out what a restore put aside; "." sorts after "-schema-1.".
    for path in sorted(place.backups.glob("library-[0-9]*.db"), reverse=True):
        if is_sound(path):
            return path
    return None


def is_sound(path: Path) -> bool:
    """Whether the file is a library that passes SQLite's quick check."""
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return False
    try:
        ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        return ours and connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.Error:
        return False
    finally:
        connection.close()


def version_of(connection: sqlite3.Connection, place: Place) -> int:
    """The schema version of an open file, 0 for an empty one; refuses strangers and newer ones."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application not in (0, APPLICATION_ID) or (application == 0 and version):
        raise LibraryError(
            f"{place.database} is an SQLite file of another program; it was left as it is.",
            "Choose another folder with --library.",
        )
    if version > SCHEMA_VERSION:
        raise LibraryNewerError(
            f"The library {place.folder} was written by a newer Paper Reader "
            f"(schema {version}, this program knows {SCHEMA_VERSION}); it was left as it is.",
            "Update Paper Reader to open it.",
        )
    # A crash at the very first start leaves the table of migrations and nothing else.
    others = "SELECT count(*) FROM sqlite_master WHERE tbl_name <> '_sqlite_migrations'"
    if application == 0 and connection.execute(others).fetchone()[0]:
        raise LibraryError(
            f"{place.database} is an SQLite file of another program; it was left as it is.",
            "Choose another folder with --library.",
        )
    return version


def connect_reader(place: Place) -> sqlite3.Connection:
    """A read-only connection; raises LibraryDamagedError for a library that is lost."""
    refuse_lost(place)
    connection = sqlite3.connect(
        f"{place.database.resolve().as_uri()}?mode=ro",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_MS / 1000,
    )
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA mmap_size=268435456")
    return connection


def attach_index(connection: sqlite3.Connection, place: Place) -> bool:
    """Attach search.db as `idx`, read-only; False where it is missing or not usable yet."""
    if not place.index.exists():
        return False
    try:
        connection.execute("ATTACH ? AS idx", [f"{place.index.resolve().as_uri()}?mode=ro"])
    except sqlite3.DatabaseError:
        return False
    try:
        connection.execute("SELECT 1 FROM idx.fed LIMIT 1").fetchone()
        index_whole(connection)
    except sqlite3.DatabaseError:
        connection.execute("DETACH idx")
        return False
    return True


def index_whole(connection: sqlite3.Connection) -> bool:
    """Whether the attached index is this library's, and its first feeding has come to the end."""
    return bool(
        connection.execute(
            "SELECT (SELECT value FROM idx.meta WHERE key = 'library') = "
            "(SELECT value FROM info WHERE key = 'library') AND NOT EXISTS "
            "(SELECT 1 FROM papers WHERE id > (SELECT CAST(value AS INTEGER) FROM idx.meta "
            "WHERE key = 'cursor'))"
        ).fetchone()[0]
    )


def connect_writer(place: Place) -> sqlite3.Connection:
    """The write connection: WAL, synchronous FULL, foreign keys, nothing trusted.

    Raises LibraryDamagedError for a library that is lost.
    """
    refuse_lost(place)
    connection = sqlite3.connect(
        place.database,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_MS / 1000,
    )
    try:
        version_of(connection, place)
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
    except BaseException:
        connection.close()
        raise
    return connection
