"""Attachments on disk: readable names under files/, whole or not there at all.

A file arrives as a temporary file, is synced, gets its final name, and only
then its row.  A crash between leaves a file without a row, which `check` names
and nothing deletes.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import sqlite3
import time
import unicodedata
from pathlib import Path

from reader.domain.errors import InputError, NotFoundError
from reader.domain.paper import Attachment, Paper, new_uid
from reader.domain.value import dataclass
from reader.library import derived, papers
from reader.library.edits import Edit
from reader.library.place import Place, cannot_write

_CHUNK = 1 << 20
_LONGEST = 120
_ABANDONED = 3600.0  # seconds
# Names Windows keeps for devices, whatever their ending.
_DEVICES = {"con", "prn", "aux", "nul", *(f"com{i}" for i in range(10))} | {
    f"lpt{i}" for i in range(10)
}


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that lies under files/ but has no row yet."""

    path: str
    sha256: str
    size: int


def readable_name(paper: Paper, ending: str) -> str:
    """A file name a person recognises, valid on every system: "Gu - STARFlow.pdf"."""
    who = paper.authors[0].short if paper.authors else ""
    text = unicodedata.normalize("NFC", f"{who} - {paper.title}" if who else paper.title)
    text = re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]', " ", text)
    text = text.encode("utf-8", "ignore").decode()  # lone surrogates
    text = " ".join(text.split())
    while len(text.encode()) > _LONGEST:
        text = text[:-1]
    text = text.strip(" .") or "Paper"
    if text.split(".")[0].strip().lower() in _DEVICES:
        text = f"_{text}"
    return text + ending.lower()


def sha256_of(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def is_there(path: Path) -> bool:
    """Whether a path out of a file from outside is that of a regular file; it may be any text."""
    try:
        return path.is_file()
    except OSError:  # such as a name that is too long
        return False


def has_content(path: Path, sha256: str) -> bool:
    """Whether a file can be read and is the one of that hash."""
    try:
        return is_there(path) and sha256_of(path) == sha256
    except OSError:
        return False


def store(place: Place, source: Path, name: str) -> Stored:
    """Copy a file under files/ with a free name; it is on the disk when this returns.

    Raises NotFoundError, InputError (not a regular file) or LibraryError.
    """
    if not source.exists():
        raise NotFoundError(f"There is no file {source}; nothing was changed.")
    if not source.is_file():
        raise InputError(f"{source} is not a regular file; nothing was changed.")
    temporary = place.files / f".incoming-{new_uid()}"
    digest = hashlib.sha256()
    size = 0
    try:
        with source.open("rb") as stream, temporary.open("xb") as out:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                out.write(chunk)
                size += len(chunk)
            out.flush()
            os.fsync(out.fileno())
        final = _take_name(place.files, temporary, name)
        sync_folder(place.files)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        if error.filename == str(source):
            raise InputError(
                f"{source} cannot be read ({error.strerror}); nothing was changed.", "", str(error)
            ) from error
        raise cannot_write(place.files, error) from error
    return Stored(final.name, digest.hexdigest(), size)


def _take_name(folder: Path, temporary: Path, name: str) -> Path:
    """Give the temporary file a final name that nothing has, without ever replacing a file."""
    stem, ending = Path(name).stem, Path(name).suffix
    for number in range(1, 10_000):
        final = folder / (name if number == 1 else f"{stem} ({number}){ending}")
        try:
            os.link(temporary, final)
        except FileExistsError:
            continue
        except OSError:
            # A file system without hard links: an exclusive empty file holds the name.
            try:
                final.open("xb").close()
            except FileExistsError:
                continue
            temporary.replace(final)
            return final
        temporary.unlink()
        return final
    raise OSError(errno.EEXIST, "too many files of one name", str(folder / name))


def sync_folder(folder: Path) -> None:
    """Make new names in a folder durable, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def add(
    edit: Edit,
    paper: str,
    stored: Stored,
    pages: int | None,
    *,
    role: str = "",
    uid: str = "",
    edition: str = "",
) -> str:
    """Write the row of a stored file; its uid.

    The first file of a paper is its main one; it belongs to the preferred
    edition unless `edition` names another of the paper's.
    """
    key = edit.key("paper", paper)
    present = papers.attachments(edit.connection, key)
    uid = papers.free_uid(edit.connection, "attachments", uid)
    edit.connection.execute(
        "INSERT INTO attachments (uid, paper_id, edition, position, role, path, sha256, size, "
        "pages, created, modified) "
        "VALUES (?, ?, coalesce((SELECT uid FROM editions WHERE uid = ? AND paper_id = ?), "
        "(SELECT preferred FROM papers WHERE id = ?)), ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            uid,
            key,
            edition,
            key,
            key,
            len(present),
            role or ("supplement" if any(it.role != "picture" for it in present) else "main"),
            stored.path,
            stored.sha256,
            stored.size,
            pages,
            edit.at,
            edit.at,
        ],
    )
    edit.log("attachment", uid, "created", None, edit.at)
    derived.refresh(edit.connection, key)
    return uid


def add_to_note(edit: Edit, note: str, stored: Stored, role: str) -> str:
    """Write the row of a stored file that belongs to a free note (its uid); the row's uid.

    The note may be still to be saved.
    """
    uid = new_uid()
    edit.connection.execute(
        "INSERT INTO attachments (uid, note, role, path, sha256, size, created, modified) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [uid, note, role, stored.path, stored.sha256, stored.size, edit.at, edit.at],
    )
    edit.log("attachment", uid, "created", None, edit.at)
    return uid


def of_free_notes(connection: sqlite3.Connection, column: str, value: str) -> list[str]:
    """The paths of free notes' files by their "path" or "sha256"."""
    assert column in ("path", "sha256"), column
    rows = connection.execute(
        f"SELECT path FROM attachments WHERE paper_id IS NULL AND deleted IS NULL "
        f"AND {column} = ? ORDER BY id",
        [value],
    )
    return [path for (path,) in rows]


def all_of_free_notes(connection: sqlite3.Connection) -> list[tuple[str, Attachment]]:
    """The files of free notes, each with the uid of the note it belongs to."""
    rows = connection.execute(
        "SELECT note, uid, path, sha256, pages, role, size, edition FROM attachments "
        "WHERE paper_id IS NULL AND deleted IS NULL ORDER BY id"
    )
    return [(note, Attachment(*row)) for note, *row in rows]


def discard(place: Place, stored: Stored) -> None:
    """Take away a stored file whose row could not be written."""
    (place.files / stored.path).unlink(missing_ok=True)


def is_plain(path: str) -> bool:
    """Whether a stored path names a file of files/ itself: what the program writes, and no other."""
    return path not in ("", ".", "..") and not re.search(r"[/\\\0]", path)


def missing(place: Place, attachment: Attachment) -> bool:
    """Whether an attachment's file is not where the library put it."""
    return not (place.files / attachment.path).is_file()


def replaced(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """(path, sha256) of files that others have taken the place of; undo brings them back.

    A path and its hash were given up in the same step; the hash is "" where it was not.
    """
    return connection.execute(
        "SELECT DISTINCT p.old, coalesce(h.old, '') FROM changes p LEFT JOIN changes h "
        "ON h.batch = p.batch AND h.entity_uid = p.entity_uid AND h.field = 'sha256' "
        "WHERE p.entity = 'attachment' AND p.field = 'path' AND p.old IS NOT NULL "
        "AND p.old NOT IN (SELECT path FROM attachments WHERE deleted IS NULL) ORDER BY 1"
    ).fetchall()


def clear_unfinished(place: Place) -> None:
    """Remove the temporary files of copies that a crash cut short.

    Fresh ones stay: another program of ours may be writing them right now.
    """
    for folder, pattern in (
        (place.files, ".*"),
        (place.backups, ".library-*"),
        (place.folder, ".restoring-*"),
    ):
        for path in folder.glob(pattern):
            with contextlib.suppress(OSError):
                if path.is_file() and time.time() - path.stat().st_mtime > _ABANDONED:
                    path.unlink()


def copy_new(source: Path, target: Path) -> None:
    """Copy a file durably under its final name in one step."""
    temporary = target.with_name(f".{target.name}.{new_uid()[:8]}")
    try:
        with source.open("rb") as stream, temporary.open("xb") as out:
            shutil.copyfileobj(stream, out, _CHUNK)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(target)
        sync_folder(target.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
