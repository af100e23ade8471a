"""cache.db: the text of documents by the hash of their file, so that none is read twice.

Beside the text of a document lies what was found in it, as bytes that say
nothing here, and who made them; and how its pages are named.

Nothing in it is precious.  It is made anew when it is damaged or of another
version, kept below a budget of bytes by dropping what was used longest ago, and
left out of backups.  Where it cannot be written there is no cache, and
everything works without one.

`pages.plain` is each page's text as a person would copy it, uncompressed: an
index over the text of all papers can be fed from it by SQL alone.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from reader.domain.value import dataclass
from reader.library.place import Place

BUDGET = 512 << 20
_SCHEMA = 4
_BUSY_MS = 2_000
_STEP = 64  # pages a transaction
_FRESH = 3600  # seconds in which a second use is not noted
_SCRIPT = """
PRAGMA auto_vacuum=INCREMENTAL;
PRAGMA journal_mode=WAL;
BEGIN IMMEDIATE;
CREATE TABLE documents (
  id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, format INTEGER NOT NULL,
  pages INTEGER NOT NULL, bytes INTEGER NOT NULL, used INTEGER NOT NULL,
  whole INTEGER NOT NULL DEFAULT 0, book BLOB NOT NULL);
CREATE TABLE pages (
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  page INTEGER NOT NULL, plain TEXT NOT NULL, layout BLOB,
  UNIQUE (document_id, page));
CREATE TABLE findings (
  document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
  made_by TEXT NOT NULL, data BLOB NOT NULL);
CREATE INDEX documents_used ON documents (used);
CREATE TABLE labels (sha256 TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;
"""
# What passes, or is nobody's fault: the file stays.  Anything else means that it is no use.
_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CONSTRAINT,
}
_INSERT = "INSERT INTO pages (document_id, page, plain, layout) VALUES (?, ?, ?, ?)"

T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page to be kept: its plain text, and its packed layout; None where it could not be read."""

    plain: str
    layout: bytes | None


class TextCache:
    """Any thread may call; calls wait for each other.  No call raises."""

    def __init__(self, folder: Path, budget: int = BUDGET) -> None:
        """Touches nothing yet: the file is opened with the first call."""
        self._place = Place(folder)
        self._budget = budget
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._closed = False

    def book(self, sha256: str, form: int) -> bytes | None:
        """What `put` was given as the book of a file, None when there is none of that format."""

        def read(connection: sqlite3.Connection) -> bytes | None:
            row = connection.execute(
                "SELECT id, book, used FROM documents WHERE sha256 = ? AND format = ? AND whole",
                [sha256, form],
            ).fetchone()
            if row is None:
                return None
            now = int(time.time())
            if not 0 <= now - row[2] < _FRESH:
                connection.execute("UPDATE documents SET used = ? WHERE id = ?", [now, row[0]])
            return row[1]

        return self._do(read, None)

    def layout(self, sha256: str, page: int) -> bytes | None:
        """The packed layout of a page, None when it is not kept."""

        def read(connection: sqlite3.Connection) -> bytes | None:
            row = connection.execute(
                "SELECT layout FROM pages JOIN documents d ON d.id = document_id "
                "WHERE sha256 = ? AND page = ? AND whole",
                [sha256, page],
            ).fetchone()
            return row[0] if row else None

        return self._do(read, None)

    def put(self, sha256: str, form: int, book: bytes, pages: Iterable[StoredPage]) -> None:
        """Keep a document's text; what is larger than a quarter of the budget is not kept."""
        kept = list(pages)
        size = len(book) + sum(len(page.plain) + len(page.layout or b"") for page in kept)
        if size > self._budget // 4:
            return

        def begin(connection: sqlite3.Connection) -> int:
            connection.execute("DELETE FROM documents WHERE sha256 = ?", [sha256])
            self._make_room(connection, size)
            values = [sha256, form, len(kept), size, int(time.time()), book]
            return (
                connection.execute(
                    "INSERT INTO documents (sha256, format, pages, bytes, used, book) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    values,
                ).lastrowid
                or 0
            )

        document = self._do(begin, 0)
        if not document:
            return
        rows = [(document, number, page.plain, page.layout) for number, page in enumerate(kept)]
        for start in range(0, len(rows), _STEP):
            step = rows[start : start + _STEP]
            if not self._do(lambda c, step=step: bool(c.executemany(_INSERT, step)), False):
                return
        self._do(
            lambda c: c.execute("UPDATE documents SET whole = 1 WHERE id = ?", [document]), None
        )

    def findings(self, sha256: str, made_by: str) -> bytes | None:
        """What `put_findings` was given for a file by the same maker."""

        def read(connection: sqlite3.Connection) -> bytes | None:
            row = connection.execute(
                "SELECT f.data FROM findings f JOIN documents d ON d.id = document_id "
                "WHERE sha256 = ? AND made_by = ? AND whole",
                [sha256, made_by],
            ).fetchone()
            return row[0] if row else None

        return self._do(read, None)

    def put_findings(self, sha256: str, made_by: str, data: bytes) -> None:
        """Keep what was found in a document whose text is kept; of any other it is not kept."""

        def write(connection: sqlite3.Connection) -> None:
            self._make_room(connection, len(data))
            connection.execute(
                "UPDATE documents SET bytes = bytes + ? - coalesce((SELECT length(data) "
                "FROM findings WHERE document_id = documents.id), 0) WHERE sha256 = ?",
                [len(data), sha256],
            )
            connection.execute(
                "INSERT OR REPLACE INTO findings (document_id, made_by, data) "
                "SELECT id, ?, ? FROM documents WHERE sha256 = ?",
                [made_by, data, sha256],
            )

        self._do(write, None)

    def labels(self, sha256: str) -> str | None:
        """What `put_labels` was given for a file, None when its labels are not known."""

        def read(connection: sqlite3.Connection) -> str | None:
            row = connection.execute(
                "SELECT data FROM labels WHERE sha256 = ?", [sha256]
            ).fetchone()
            return row[0] if row else None

        return self._do(read, None)

    def put_labels(self, sha256: str, data: str) -> None:
        """Keep the names of a file's pages; they are few bytes and outlive its text."""
        self._do(
            lambda c: c.execute("INSERT OR REPLACE INTO labels VALUES (?, ?)", [sha256, data]), None
        )

    def drop(self, sha256: str) -> None:
        """Forget a document, such as one whose text turned out to be damaged."""
        self._do(lambda c: c.execute("DELETE FROM documents WHERE sha256 = ?", [sha256]), None)

    def close(self) -> None:
        """Close the file for good."""
        with self._lock:
            self._closed = True
            self._put_down()

    def _make_room(self, connection: sqlite3.Connection, size: int) -> None:
        """Drop documents, used longest ago first, until one of `size` bytes fits in."""
        held = connection.execute("SELECT id, bytes FROM documents ORDER BY used").fetchall()
        total = size + sum(row[1] for row in held)
        for document, held_bytes in held:
            if total <= self._budget:
                break
            connection.execute("DELETE FROM documents WHERE id = ?", [document])
            total -= held_bytes

    def _do(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """Work in a transaction; `otherwise` where the cache does not serve."""
        with self._lock:
            for _ in range(2):
                if self._closed or not self._place.folder.is_dir():
                    return otherwise
                try:
                    with self._transaction() as connection:
                        return work(connection)
                except (sqlite3.Error, OSError) as error:
                    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CANTOPEN) & 0xFF
                    _log.info("cache.db does not serve: %s", error)
                    self._put_down()
                    if code in _PASSING or not self._remove():
                        return otherwise
            return otherwise

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection = self._connection or self._open()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
        connection.execute("PRAGMA incremental_vacuum(256)").fetchall()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._place.cache,
            isolation_level=None,
            check_same_thread=False,
            timeout=_BUSY_MS / 1000,
        )
        try:
            connection.execute("PRAGMA trusted_schema=OFF")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                connection.executescript(f"{_SCRIPT} PRAGMA user_version={_SCHEMA}; COMMIT;")
            elif version != _SCHEMA:
                raise sqlite3.DatabaseError("of another version")
            connection.execute("PRAGMA foreign_keys=ON")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("DELETE FROM documents WHERE NOT whole")  # a put that was cut off
        except BaseException:
            connection.close()
            raise
        return connection

    def _put_down(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _remove(self) -> bool:
        """Take the file away, to be made anew; False when that cannot be done."""
        try:
            for suffix in ("", "-wal", "-shm"):
                Path(f"{self._place.cache}{suffix}").unlink(missing_ok=True)
        except OSError:
            return False
        return True
