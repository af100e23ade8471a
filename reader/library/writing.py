"""The write side of a library: one connection, one thread at a time.

Opening brings the schema up to date (with a backup first) and makes the index
catch up.  Every write is an Edit inside one transaction; what it returns has
reached the disk.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path

from reader.domain.annotation import ReadingPosition
from reader.domain.errors import LibraryDamagedError
from reader.domain.paper import Changes, new_uid, now
from reader.library import backup, history, note_links
from reader.library.edits import Edit
from reader.library.place import SCHEMA_VERSION, Place, connect_writer, told, version_of
from reader.library.search import Index

_SLICE = 0.05  # seconds of an undo in one transaction

# What undo and redo return at the end of their steps.
Steps = Generator[None, None, tuple[str, Changes] | None]


class Writer:
    """The one writer of a library.

    `migrate` brings an older or empty file to SCHEMA_VERSION; it is handed in
    (schema.migrate), since a window on a current library never needs to load it.
    """

    def __init__(self, folder: Path, migrate: Callable[[sqlite3.Connection], None]) -> None:
        self._migrate = migrate
        self.place = Place(folder)
        self.place.make()
        with told(self.place):
            self.connection = connect_writer(self.place)
            try:
                self._bring_up_to_date()
                self.index = Index(self.place, self.connection)
            except BaseException:
                self.connection.close()
                raise

    def _bring_up_to_date(self) -> None:
        version = version_of(self.connection, self.place)
        if version == SCHEMA_VERSION:
            return
        if version:
            backup.before_migration(self.place, self.connection, version)
        elif self.place.database.stat().st_size > 0 and self._has_tables():
            raise LibraryDamagedError(f"{self.place.database} holds no library.")
        self._migrate(self.connection)

    def _has_tables(self) -> bool:
        sql = "SELECT count(*) FROM sqlite_master WHERE tbl_name <> '_sqlite_migrations'"
        return bool(self.connection.execute(sql).fetchone()[0])

    def close(self) -> None:
        """Close cleanly; the write-ahead log is folded into library.db."""
        self.index.close()
        with contextlib.suppress(sqlite3.Error):
            self.connection.execute("PRAGMA optimize")
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One transaction; rolled back whole when anything raises."""
        with told(self.place):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                # A full disk may have ended the transaction already.
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def edit(self, label: str, batch: str = "") -> Iterator[Edit]:
        """An undoable step called `label`; give the `batch` again to continue one.

        Nothing is kept when nothing was changed.  A change ends what could be
        redone.  A batch that was undone in the meantime is not continued: the
        edit's own `batch` says which one it became.
        """
        with self.transaction() as connection:
            edit = Edit(connection, history.open_batch(connection, batch) or new_uid())
            yield edit
            edit.finish()
            if edit.logged:
                connection.execute(
                    "INSERT OR IGNORE INTO batches (uid, at, label) VALUES (?, ?, ?)",
                    [edit.batch, edit.at, label],
                )
                connection.execute("UPDATE batches SET state = 'dropped' WHERE state = 'undone'")

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """Transactions inside cost no fsync each; the checkpoint at the end makes them durable."""
        self.connection.execute("PRAGMA synchronous=NORMAL")
        try:
            yield
        finally:
            self.connection.execute("PRAGMA synchronous=FULL")
            with contextlib.suppress(sqlite3.OperationalError):
                self.connection.execute("PRAGMA wal_checkpoint(FULL)").fetchone()

    def undo(self) -> Steps:
        """Take the last step back, a slice at a time.

        Returns (its label, what changed), None when there is none.
        """
        return self._step_through(redo=False)

    def redo(self) -> Steps:
        """Do the last undone step again; as `undo`."""
        return self._step_through(redo=True)

    def _step_through(self, *, redo: bool) -> Steps:
        yield from self.finish_step()
        find = history.last_undone if redo else history.last_done
        with told(self.place):
            found = find(self.connection)
        if found is None:
            return None
        batch, label = found
        with self.transaction() as connection:
            walk = history.start(connection, batch, label, redo=redo)
            changes, rest = self._slice(connection, walk)
        return label, changes | (yield from self._slices(rest))

    def finish_step(self) -> Generator[None, None, Changes]:
        """Go on with the undo or redo that a crash cut short, if there is one."""
        with told(self.place):
            rest = history.unfinished(self.connection)
        return (yield from self._slices(rest))

    def _slices(self, walk: history.Walk | None) -> Generator[None, None, Changes]:
        changes = Changes()
        while walk is not None:
            yield
            with self.transaction() as connection:
                known = history.unfinished(connection)
                if known is None or known.step != walk.step:
                    break  # another program has brought it to its end
                done, walk = self._slice(connection, known)
            changes |= done
        return changes

    @staticmethod
    def _slice(
        connection: sqlite3.Connection, walk: history.Walk
    ) -> tuple[Changes, history.Walk | None]:
        edit = Edit(connection, walk.step)
        rest = history.go_on(edit, walk, _SLICE)
        edit.finish()
        return edit.changes(), rest

    def save_position(self, attachment: str, position: ReadingPosition) -> None:
        """Remember where the reader stopped in an attachment; not an undo step."""
        with self.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO reading_positions (attachment, page, x, y, zoom, layout, "
                "rotation, modified) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [attachment, *astuple(position), now()],
            )

    def outside_version(self) -> int:
        """A number that changes when anything but this connection has committed."""
        with told(self.place):
            return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def catch_up(self) -> Iterator[None]:
        """Index what waits, a step at a time."""
        with told(self.place):
            while self.index.step():
                yield
            while note_links.behind(self.connection):
                with self.transaction() as connection:
                    note_links.step(connection)
                yield
