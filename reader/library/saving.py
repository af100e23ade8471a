"""A whole library in a folder of the reader's choice: saved, and brought back.

The folder holds library.db, files/ and manifest.json with the sha256 of each.
Nothing fuller is replaced by something emptier: `save` puts the earlier copy
aside, `bring_back` refuses unless forced.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from pathlib import Path
from typing import Any

from reader.domain.counting import counted
from reader.domain.errors import InputError, LibraryError, NotFoundError
from reader.domain.paper import new_uid, now
from reader.domain.value import dataclass
from reader.library.backup import fullness, fullness_of, open_copy, write_copy
from reader.library.files import copy_new, is_plain, replaced, sha256_of, sync_folder
from reader.library.place import SCHEMA_VERSION, Place, cannot_write, is_sound, told, version_of

_SUFFIXES = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Saved:
    """What `save` wrote: papers in the library, files copied, files already there."""

    folder: str
    papers: int
    files: int
    unchanged: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What `bring_back` did: papers now in the library, and where the one before is kept.

    `aside` is "" when there was none.
    """

    papers: int
    aside: str


def save(place: Place, connection: sqlite3.Connection, folder: Path) -> Saved:
    """Write the whole library into a folder; attachments already there by hash are skipped."""
    _refuse_own(place, folder)
    database = folder / "library.db"
    incoming = folder / f".incoming-{new_uid()[:8]}.db"
    try:
        (folder / "files").mkdir(parents=True, exist_ok=True)
        if database.exists():
            _refuse_stranger(connection, database)
        write_copy(place, connection, incoming)
        manifest = {"library.db": sha256_of(incoming)}
        copied, unchanged, missing = _save_files(place, connection, folder, manifest)
        if database.exists() and not _covers(fullness(connection), fullness_of(database)):
            database.replace(folder / f"library-replaced-{_stamp()}.db")
        incoming.replace(database)
        _write_manifest(folder, manifest)
    except OSError as error:
        raise cannot_write(folder, error, "backup folder") from error
    finally:
        with contextlib.suppress(OSError):
            incoming.unlink(missing_ok=True)
    return Saved(str(folder), fullness(connection)[0], copied, unchanged, tuple(missing))


def _refuse_own(place: Place, folder: Path) -> None:
    own, other = place.folder.resolve(), folder.resolve()
    if other in (own, own / "files", own / "backups"):
        raise InputError(
            f"{folder} is the library's own folder; nothing was changed.", "Choose another folder."
        )


def _refuse_stranger(connection: sqlite3.Connection, database: Path) -> None:
    sql = "SELECT value FROM info WHERE key = 'library'"
    try:
        with contextlib.closing(open_copy(database)) as copy:
            same = copy.execute(sql).fetchone() == connection.execute(sql).fetchone()
    except sqlite3.Error:
        same = False
    if not same:
        raise InputError(
            f"{database.parent} holds something else than a backup of this library; "
            "nothing was changed.",
            "Choose another folder.",
        )


def _covers(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether a library holds at least as many papers and notes as another."""
    return one[0] >= other[0] and one[1] >= other[1]


def _save_files(
    place: Place, connection: sqlite3.Connection, folder: Path, manifest: dict[str, str]
) -> tuple[int, int, list[str]]:
    """(files copied, files already there, files the library misses); fills the manifest.

    Files that were replaced go along, for undo; that one of them is gone is no loss.
    """
    copied = unchanged = 0
    missing: list[str] = []
    held = connection.execute(
        "SELECT DISTINCT path, sha256 FROM attachments WHERE deleted IS NULL ORDER BY path"
    ).fetchall()
    before = replaced(connection)
    for path, digest in [*held, *before]:
        source, target = place.files / path, folder / "files" / path
        if not is_plain(path) or not source.is_file():
            if (path, digest) not in before:
                missing.append(path)
            continue
        if target.is_file() and sha256_of(target) == digest:
            unchanged += 1
        else:
            copy_new(source, target)
            copied += 1
        manifest[f"files/{path}"] = sha256_of(target)
    return copied, unchanged, missing


def _stamp() -> str:
    return now().replace(":", "").replace(".", "")


def _write_manifest(folder: Path, sums: dict[str, str]) -> None:
    target = folder / "manifest.json"
    temporary = target.with_name(f".{target.name}.{new_uid()[:8]}")
    value = {"format": "paper-reader backup", "version": 1, "at": now(), "sha256": sums}
    try:
        with temporary.open("w", encoding="utf-8") as stream:
            json.dump(value, stream, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
        sync_folder(folder)
    finally:
        temporary.unlink(missing_ok=True)


def bring_back(place: Place, source: Path, *, force: bool = False) -> Restored:
    """Restore a backup folder or a single library-*.db.

    The library it replaces is kept as backups/library-before-restore-*.db, and
    an emptier backup never replaces a fuller library without `force`.  Refused
    while another program has the library open.
    """
    database = source / "library.db" if source.is_dir() else source
    if not database.is_file():
        raise NotFoundError(f"There is no backup at {source}; nothing was changed.")
    if database.resolve() == place.database.resolve():
        raise InputError(f"{source} is the library itself; nothing was changed.")
    coming = _looked_into(database)
    sums = _verified(source) if source.is_dir() else {}
    place.make()
    present = _fullness_if_sound(place)
    if present and not force and not _covers(coming, present):
        raise LibraryError(
            f"The backup holds {_held(coming)}, the library {_held(present)}; nothing was changed.",
            "Give --force to restore it all the same; the present library is kept aside.",
        )
    try:
        if present:
            _close_log(place)
        _bring_files(place, source, sums)
        aside = _replace_database(place, database)
    except OSError as error:
        raise cannot_write(place.folder, error) from error
    return Restored(coming[0], aside)


def _held(fullness: tuple[int, int]) -> str:
    papers, notes = fullness
    return f"{counted(papers, '1 paper', '{} papers')} and {counted(notes, '1 note', '{} notes')}"


def _looked_into(database: Path) -> tuple[int, int]:
    """How full a backup is; raises for one that is not whole or too new."""
    if not is_sound(database):
        raise InputError(f"The backup {database} is not a sound library; nothing was changed.")
    try:
        with contextlib.closing(open_copy(database)) as copy:
            if version_of(copy, Place(database.parent)) > SCHEMA_VERSION:
                raise InputError(f"The backup {database} is of a newer version.")
            return fullness(copy)
    except sqlite3.Error as error:
        raise InputError(
            f"The backup {database} holds no library; nothing was changed.", "", str(error)
        ) from error


def _verified(source: Path) -> dict[str, str]:
    """The manifest of a backup folder once every file in it has proved to be what it says."""
    sums = _manifest(source)
    inside = source.resolve()
    for name, digest in sums.items():
        path = (source / name).resolve()
        proper = name == "library.db" or (name.startswith("files/") and is_plain(name[6:]))
        if not (proper and inside in path.parents and path.is_file()) or sha256_of(path) != digest:
            raise InputError(
                f"The backup's file {name} is missing or changed; nothing was restored.",
                "Choose another backup.",
            )
    return sums


def _manifest(folder: Path) -> dict[str, str]:
    """A folder's manifest; for a plain copy of a library, which has none, of what lies there."""
    path = folder / "manifest.json"
    if not path.exists():
        files = [it for it in (folder / "files").glob("*") if it.is_file() and not it.is_symlink()]
        names = ["library.db", *(f"files/{it.name}" for it in files if it.name[:1] != ".")]
        return {name: sha256_of(folder / name) for name in names}
    try:
        value: Any = json.loads(path.read_text(encoding="utf-8"))
        sums = {str(name): str(digest) for name, digest in value["sha256"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            f"{path} cannot be read; nothing was restored.", "Choose another backup.", str(error)
        ) from error
    if "library.db" not in sums:
        raise InputError(f"{path} does not name library.db; nothing was restored.")
    return sums


def _fullness_if_sound(place: Place) -> tuple[int, int] | None:
    if not place.database.exists() or not is_sound(place.database):
        return None
    return fullness_of(place.database)


def _close_log(place: Place) -> None:
    """Fold the write-ahead log into library.db; refuse while another program has it open."""
    with told(place), contextlib.closing(sqlite3.connect(place.database, timeout=1.0)) as own:
        try:
            mode = own.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        except sqlite3.OperationalError:
            mode = "wal"
    if mode == "wal":
        raise LibraryError(
            "Another program has the library open; nothing was changed.",
            "Close Paper Reader, then restore.",
        )


def _bring_files(place: Place, source: Path, sums: dict[str, str]) -> None:
    """Copy the files that are not there yet; one of another content is moved aside for them."""
    for name, digest in sums.items():
        if name == "library.db":
            continue
        target = place.files / name.removeprefix("files/")
        if target.is_file():
            if sha256_of(target) == digest:
                continue
            aside = f"{target.stem} (before restore {_stamp()}){target.suffix}"
            target.replace(target.with_name(aside))
        copy_new(source / name, target)


def _replace_database(place: Place, database: Path) -> str:
    """Put the copy in the library's place in one step; where in backups/ the old one is kept."""
    stamp = _stamp()
    incoming = place.folder / f".restoring-{stamp}.db"
    aside = place.backups / f"library-before-restore-{stamp}.db"
    try:
        copy_new(database, incoming)
        kept = place.database.exists()
        if kept:
            copy_new(place.database, aside)
        # Only a damaged library still has a log here; it belongs to the copy aside.
        for suffix in _SUFFIXES:
            old = Path(f"{place.database}{suffix}")
            if old.exists():
                old.replace(f"{aside}{suffix}")
        incoming.replace(place.database)
    finally:
        incoming.unlink(missing_ok=True)
    for suffix in ("", *_SUFFIXES):
        Path(f"{place.index}{suffix}").unlink(missing_ok=True)
    sync_folder(place.folder)
    return str(aside) if kept else ""
