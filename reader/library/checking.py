"""Is the library whole?  Every fault found, as a sentence."""

from __future__ import annotations

import contextlib
import sqlite3

from reader.domain.counting import counted
from reader.domain.errors import LibraryDamagedError, LibraryError, LibraryNewerError
from reader.domain.value import dataclass
from reader.library import files
from reader.library.backup import fullness
from reader.library.files import sha256_of
from reader.library.place import Place, damaged, newest_backup, refuse_lost, version_of


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found; `orphans` are files no paper knows, which is no fault."""

    papers: int
    faults: tuple[str, ...]
    orphans: tuple[str, ...] = ()
    backup: str = ""


def check(place: Place) -> Health:
    """Check a library without changing it; a damaged file is a fault, not an error."""
    try:
        refuse_lost(place)
    except LibraryDamagedError as error:
        return Health(0, (error.line(),), (), error.backup)
    newest = str(newest_backup(place) or "")
    if not place.database.exists():
        return Health(0, (f"There is no library in {place.folder}",), (), newest)
    uri = f"{place.database.resolve().as_uri()}?mode=ro"
    try:
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as connection:
            try:
                version_of(connection, place)
            except LibraryNewerError:
                raise
            except LibraryError as error:
                return Health(0, (error.message,), (), newest)
            found = faults(place, connection)
            if found:
                return Health(0, tuple(found), (), newest)
            papers = fullness(connection)[0]
            return Health(papers, (), tuple(orphans(place, connection)), newest)
    except sqlite3.DatabaseError as error:
        return Health(0, (damaged(place, str(error)).line(),), (), newest)


def faults(place: Place, connection: sqlite3.Connection) -> list[str]:
    """Faults of the database and the files; an empty list when all is well."""
    found: list[str] = []
    try:
        for (line,) in connection.execute("PRAGMA integrity_check(20)"):
            if line != "ok":
                found.append(f"library.db: {line}")
        found += [
            f"library.db: {row[0]} row {row[1]} points to a missing {row[2]}"
            for row in connection.execute("PRAGMA foreign_key_check")
        ]
        found += _file_faults(place, connection)
        found += _row_faults(connection)
    except sqlite3.DatabaseError as error:
        found.append(f"library.db: {error}")
    return found


def _file_faults(place: Place, connection: sqlite3.Connection) -> list[str]:
    found: list[str] = []
    for path, digest in connection.execute(
        "SELECT path, sha256 FROM attachments WHERE deleted IS NULL ORDER BY path"
    ):
        file = place.files / path
        if not file.is_file():
            found.append(f"files/{path} is missing")
        elif digest and sha256_of(file) != digest:
            found.append(f"files/{path} is not the file that was attached (its content changed)")
    return found


def _row_faults(connection: sqlite3.Connection) -> list[str]:
    count = connection.execute(
        "SELECT count(*) FROM papers p WHERE NOT EXISTS "
        "(SELECT 1 FROM editions e WHERE e.paper_id = p.id)"
    ).fetchone()[0]
    said = counted(count, "1 paper has no edition", "{} papers have no edition")
    return [f"library.db: {said}"] if count else []


def orphans(place: Place, connection: sqlite3.Connection) -> list[str]:
    """Files under files/ that no attachment, present or removed, knows or once knew."""
    known = {row[0] for row in connection.execute("SELECT path FROM attachments")}
    known |= {path for path, _ in files.replaced(connection)}
    return sorted(
        path.name
        for path in place.files.glob("*")
        if path.is_file() and path.name not in known and not path.name.startswith(".")
    )
