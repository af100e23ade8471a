"""The full-text index: search.db, fed by the program, always caught up, never precious.

`words` is a contentless FTS5 table (detail=none) of all folded words of a
paper; `names` a small one with positions, for phrases and fields in title and
authors.  `fed` remembers what was fed, since a contentless row can only be
deleted by saying its words again.  Both rowids are papers.ord, so newest first
is the index's own order.

library.db's index_todo says which papers changed.  A step feeds them into
search.db, commits that, then clears the to-do list in the transaction that
read it; a stamp written to both files tells after a crash, or when one file was
replaced, whether they still belong together.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.domain.fold import FOLD_VERSION, index_words
from reader.domain.paper import new_uid
from reader.library import search_marks
from reader.library.place import BUSY_MS, Place

_CHUNK = 64  # papers between two looks at the clock
_ROTTEN = {
    sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_CONSTRAINT,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_MISMATCH,
    sqlite3.SQLITE_NOTADB,
}
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE last_step (paper_id INTEGER PRIMARY KEY);
CREATE TABLE fed (
  paper_id INTEGER PRIMARY KEY, ord INTEGER NOT NULL UNIQUE,
  words BLOB NOT NULL, title TEXT NOT NULL, authors TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (
  body, content='', columnsize=0, detail=none, prefix='1 2 3', tokenize='ascii');
CREATE VIRTUAL TABLE names USING fts5 (
  title, authors, content='', columnsize=0, prefix='2 3', tokenize='ascii');
"""


class _DamagedError(Exception):
    """search.db cannot be read any more; it is made anew, and nothing is lost."""


@contextmanager
def _own() -> Iterator[None]:
    """Tell search.db's damage from the library's."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        # Rot shows as rows that do not fit each other as often as it is called corruption.
        if code in _ROTTEN:
            raise _DamagedError(str(error)) from error
        raise


class Index:
    """The write side of search.db; used on the writer's thread, inside its transactions."""

    def __init__(self, place: Place, library: sqlite3.Connection) -> None:
        self._place = place
        self._library = library
        self._connection = self._open()
        self._file = self._present()

    def _present(self) -> tuple[int, int] | None:
        """Which file lies under the index's name now, None for none."""
        try:
            found = self._place.index.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def close(self) -> None:
        self._connection.close()

    def _open(self) -> sqlite3.Connection:
        """search.db, made anew where it does not fit; one process at a time."""
        self._library.execute("BEGIN IMMEDIATE")
        try:
            connection = self._fitting()
            self._library.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._library.execute("ROLLBACK")
            raise
        return connection

    def _fitting(self) -> sqlite3.Connection:
        connection = None
        with contextlib.suppress(sqlite3.DatabaseError):
            connection = _connect(self._place.index)
            if self._fits(connection):
                return connection
        if connection is not None:
            connection.close()
        return self._start_anew()

    def _fits(self, connection: sqlite3.Connection) -> bool:
        """Whether search.db was fed from this library, up to its last step, by these rules."""
        tables = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE name IN ('meta', 'fed_marks')"
        )
        if tables.fetchone()[0] < 2:
            return False
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        library = dict(self._library.execute("SELECT key, value FROM info"))
        if meta.get("fold") != str(FOLD_VERSION) or meta.get("library") != library["library"]:
            return False
        if meta.get("stamp") == library["index_stamp"]:
            return True
        return meta.get("stamp_before") == library["index_stamp"] and self._feed_again(connection)

    def _feed_again(self, connection: sqlite3.Connection) -> bool:
        """search.db is one step ahead of library.db: what that step fed is fed once more.

        A crash between the two commits leaves this, and so does an older
        library.db that someone put back, whose papers may be other ones.
        """
        keys = connection.execute("SELECT paper_id FROM last_step").fetchall()
        self._library.executemany("INSERT OR IGNORE INTO index_todo VALUES (?)", keys)
        search_marks.feed_again(self._library, connection)
        return True

    def _start_anew(self) -> sqlite3.Connection:
        """An empty index whose cursor walks through the whole library."""
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._place.index}{suffix}").unlink(missing_ok=True)
        connection = _connect(self._place.index)
        library = dict(self._library.execute("SELECT key, value FROM info"))
        connection.executescript("BEGIN IMMEDIATE;" + _SCHEMA + search_marks.SCHEMA)
        connection.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [
                ("fold", str(FOLD_VERSION)),
                ("library", library["library"]),
                ("stamp", library["index_stamp"]),
                ("stamp_before", library["index_stamp"]),
                # What an empty library gets later waits in index_todo, and is fed once.
                *([("cursor", "0")] if self._has_papers() else []),
            ],
        )
        search_marks.begin(self._library, connection)
        connection.execute("COMMIT")
        return connection

    def _has_papers(self) -> bool:
        return bool(self._library.execute("SELECT EXISTS (SELECT 1 FROM papers)").fetchone()[0])

    def behind(self) -> bool:
        """Whether papers or annotations wait to be indexed."""
        waiting = self._library.execute("SELECT EXISTS (SELECT 1 FROM index_todo)").fetchone()[0]
        if waiting or self._cursor() is not None:
            return True
        return search_marks.behind(self._library, self._connection)

    def _cursor(self) -> int | None:
        row = self._connection.execute("SELECT value FROM meta WHERE key = 'cursor'").fetchone()
        return int(row[0]) if row else None

    def step(self, seconds: float = 0.08) -> bool:
        """Index for about that long, in one transaction on both files; True while more waits."""
        if self._present() != self._file:
            # Somebody took it away, or another program made it anew.
            self._connection.close()
            self._connection = self._open()
            self._file = self._present()
        try:
            with _own():
                waiting = self.behind()
            if waiting:
                self._step(seconds)
                waiting = self.behind()
        except _DamagedError:
            self._connection.close()
            self._connection = self._start_anew()
            self._file = self._present()
            return True
        return waiting

    def _step(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        library, index = self._library, self._connection
        library.execute("BEGIN IMMEDIATE")
        try:
            index.execute("BEGIN IMMEDIATE")
            try:
                index.execute("DELETE FROM last_step")
                index.execute("DELETE FROM last_marks")
                while self._feed_chunk() and time.monotonic() < end:
                    pass
                self._stamp()
                with _own():
                    index.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    index.execute("ROLLBACK")
                raise
            library.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                library.execute("ROLLBACK")
            raise

    def _stamp(self) -> None:
        stamp = new_uid()
        before = self._library.execute(
            "SELECT value FROM info WHERE key = 'index_stamp'"
        ).fetchone()[0]
        self._connection.executemany(
            "INSERT OR REPLACE INTO meta VALUES (?, ?)",
            [("stamp", stamp), ("stamp_before", before)],
        )
        self._library.execute("UPDATE info SET value = ? WHERE key = 'index_stamp'", [stamp])

    def _feed_chunk(self) -> bool:
        """Feed some papers; False when none waited."""
        library = self._library
        todo = [
            row[0] for row in library.execute(f"SELECT paper_id FROM index_todo LIMIT {_CHUNK}")
        ]
        if not todo:
            return self._walk_on()
        self._feed(todo)
        library.executemany("DELETE FROM index_todo WHERE paper_id = ?", [(key,) for key in todo])
        return True

    def _walk_on(self) -> bool:
        """The rebuild's next papers, by key."""
        cursor = self._cursor()
        if cursor is None:
            with _own():
                return search_marks.feed_chunk(self._library, self._connection)
        keys = [
            row[0]
            for row in self._library.execute(
                f"SELECT id FROM papers WHERE id > ? ORDER BY id LIMIT {_CHUNK}", [cursor]
            )
        ]
        if not keys:
            self._connection.execute("DELETE FROM meta WHERE key = 'cursor'")
            return False
        self._feed(keys)
        self._connection.execute("UPDATE meta SET value = ? WHERE key = 'cursor'", [str(max(keys))])
        return True

    def _feed(self, keys: list[int]) -> None:
        marks = ", ".join("?" * len(keys))
        rows = self._library.execute(
            f"SELECT id, ord, title, abstract FROM papers WHERE id IN ({marks})", keys
        ).fetchall()
        with _own():
            self._connection.executemany(
                "INSERT OR IGNORE INTO last_step VALUES (?)", [(key,) for key in keys]
            )
            self._remove("paper_id", keys)
            # Whoever had one of these places before has another now, and waits to be fed.
            self._remove("ord", [row[1] for row in rows])
        people = self._grouped(
            f"SELECT paper_id, given || ' ' || family || ' ' || literal FROM authors "
            f"WHERE paper_id IN ({marks}) ORDER BY paper_id, position",
            keys,
        )
        texts = self._grouped(
            f"SELECT paper_id, text FROM notes WHERE paper_id IN ({marks}) AND deleted IS NULL",
            keys,
        )
        for key, order, title, abstract in rows:
            named = " ".join(index_words(title))
            authored = " ".join(index_words(people.get(key, "")))
            body = " ".join(
                dict.fromkeys(
                    [
                        *named.split(),
                        *authored.split(),
                        *index_words(abstract),
                        *index_words(texts.get(key, "")),
                    ]
                )
            )
            with _own():
                self._insert(key, order, body, named, authored)

    def _grouped(self, sql: str, keys: list[int]) -> dict[int, str]:
        found: dict[int, str] = {}
        for key, text in self._library.execute(sql, keys):
            found[key] = f"{found[key]}\n{text}" if key in found else text
        return found

    def _insert(self, key: int, order: int, body: str, title: str, authors: str) -> None:
        index = self._connection
        index.execute("INSERT INTO words (rowid, body) VALUES (?, ?)", [order, body])
        index.execute(
            "INSERT INTO names (rowid, title, authors) VALUES (?, ?, ?)", [order, title, authors]
        )
        packed = zlib.compress(body.encode("utf-8", "surrogatepass"), 3)
        index.execute(
            "INSERT INTO fed VALUES (?, ?, ?, ?, ?)", [key, order, packed, title, authors]
        )

    def _remove(self, column: str, keys: list[int]) -> None:
        index = self._connection
        marks = ", ".join("?" * len(keys))
        rows = index.execute(
            f"SELECT ord, words, title, authors FROM fed WHERE {column} IN ({marks})", keys
        ).fetchall()
        for order, packed, title, authors in rows:
            body = zlib.decompress(packed).decode("utf-8", "surrogatepass")
            index.execute(
                "INSERT INTO words (words, rowid, body) VALUES ('delete', ?, ?)", [order, body]
            )
            index.execute(
                "INSERT INTO names (names, rowid, title, authors) VALUES ('delete', ?, ?, ?)",
                [order, title, authors],
            )
        index.execute(f"DELETE FROM fed WHERE {column} IN ({marks})", keys)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000
    )
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
    except BaseException:
        connection.close()
        raise
    return connection
