"""The read side of a library: any number of threads, never a write.

Each thread gets a read-only connection of its own, so a long list never waits
for a note being saved and no reader can change anything.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from reader.domain.annotation import ReadingPosition
from reader.domain.bookmark import Bookmark
from reader.domain.errors import LibraryError
from reader.domain.lists import MarkFilter, MarkRow, NoteRow, Overview, Row, Scope, Template
from reader.domain.marking import Annotation
from reader.domain.paper import Attachment, Note, Paper
from reader.domain.progress import PageTime, Progress
from reader.library import (
    annotation_listing,
    annotations,
    bookmarks,
    files,
    form_entries,
    former_places,
    history,
    listing,
    note_states,
    notes,
    papers,
    reading_times,
    slots,
)
from reader.library.matching_rows import holds_phrase, holds_words
from reader.library.note_states import NoteState
from reader.library.page_labels import known_labels
from reader.library.place import (
    SCHEMA_VERSION,
    Place,
    attach_index,
    connect_reader,
    index_whole,
    refuse_lost,
    told,
    version_of,
)


class Reader:
    """Reads a library whose schema is current; see `readable`."""

    def __init__(self, folder: Path) -> None:
        self.place = Place(folder)
        self._local = threading.local()
        self._lock = threading.Lock()
        self._open: list[sqlite3.Connection] = []

    def readable(self) -> bool:
        """Whether the library is there and current; raises what version_of and refuse_lost raise."""
        refuse_lost(self.place)
        if not self.place.database.exists():
            return False
        with self._connection() as connection:
            return version_of(connection, self.place) == SCHEMA_VERSION

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with told(self.place):
            connection = getattr(self._local, "connection", None)
            if connection is None:
                connection = connect_reader(self.place)
                connection.create_function("holds_phrase", 2, holds_phrase, deterministic=True)
                connection.create_function("holds_words", 3, holds_words, deterministic=True)
                self._local.connection = connection
                self._local.indexed = None
                with self._lock:
                    self._open.append(connection)
            yield connection

    def close(self) -> None:
        """Close every thread's connection; no thread may be reading any more."""
        with self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()
        self._local = threading.local()

    def orders(
        self,
        scope: Scope,
        text: str = "",
        sort: str = "newest",
        *,
        typing: bool = True,
        limit: int | None = None,
    ) -> array[int]:
        """See listing.orders."""
        with self._connection() as connection, self._blaming(connection):
            if text.strip() and listing.uses_index(text):
                self._attach(connection)
            return listing.orders(connection, scope, text, sort, typing=typing, limit=limit)

    @contextmanager
    def _blaming(self, connection: sqlite3.Connection) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            self._blame(connection, error)
            raise

    def _blame(self, connection: sqlite3.Connection, error: sqlite3.DatabaseError) -> None:
        """Tell a damaged index from a damaged library: the index goes, and is made anew."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or not self._local.indexed:
            return
        if connection.execute("PRAGMA main.quick_check(1)").fetchone()[0] != "ok":
            return
        with contextlib.suppress(OSError):
            for suffix in ("", "-wal", "-shm"):
                Path(f"{self.place.index}{suffix}").unlink(missing_ok=True)
        raise LibraryError(
            "The search index was damaged and is made anew; nothing is lost.",
            "Search again in a moment.",
            str(error),
        ) from error

    def _attach(self, connection: sqlite3.Connection) -> None:
        """Have the present search.db attached, and say so while it does not hold everything."""
        with contextlib.suppress(FileNotFoundError):
            found = self.place.index.stat()
            if self._local.indexed != (found.st_dev, found.st_ino):
                # Another file has taken its place, as after a restore.
                if self._local.indexed:
                    connection.execute("DETACH idx")
                self._local.indexed = None
                if attach_index(connection, self.place):
                    self._local.indexed = (found.st_dev, found.st_ino)
            if self._local.indexed and index_whole(connection):
                return
        raise LibraryError(
            "The search index is still being made; nothing is lost.", "Search again in a moment."
        )

    def rows(self, wanted: Iterable[int], scope: Scope | None = None) -> list[Row]:
        """See listing.rows; says too which files are not there."""
        with self._connection() as connection:
            found = listing.rows(connection, wanted, scope or Scope())
        return [
            replace(row, lost=True) if row.file and not self.file_of(row.file).is_file() else row
            for row in found
        ]

    def page_dates(self, feed: str) -> dict[int, str]:
        """See listing.page_dates."""
        with self._connection() as connection:
            return listing.page_dates(connection, feed)

    def uids(self, wanted: Iterable[int]) -> list[str]:
        """The uids of ords, in order."""
        with self._connection() as connection:
            return listing.uids(connection, wanted)

    def order_of(self, uid: str) -> int | None:
        """The ord of a paper, None when there is none."""
        with self._connection() as connection:
            return listing.order_of(connection, uid)

    def overview(self) -> Overview:
        """Names and counts for the sidebar."""
        with self._connection() as connection:
            return listing.overview(connection)

    def paper(self, uid: str) -> Paper:
        """The whole paper; raises NotFoundError."""
        with self._connection() as connection:
            return papers.load(connection, uid)

    def resolve(self, text: str) -> str:
        """See papers.resolve."""
        with self._connection() as connection:
            return papers.resolve(connection, text)

    def find_same(self, paper: Paper) -> str:
        """The uid of the paper that this draft is, "" when it is new."""
        with self._connection() as connection:
            return papers.find_same(connection, paper)

    def position(self, attachment: str) -> ReadingPosition | None:
        """Where the reader stopped in an attachment (its uid)."""
        with self._connection() as connection:
            row = connection.execute(
                "SELECT page, x, y, zoom, layout, rotation FROM reading_positions "
                "WHERE attachment = ?",
                [attachment],
            ).fetchone()
            return ReadingPosition(*row) if row else None

    def page_times(self, attachment: str) -> list[PageTime]:
        """How long the pages of an attachment (its uid) were looked at."""
        with self._connection() as connection:
            return reading_times.times(connection, attachment)

    def progress(self, paper: str) -> Progress:
        """How far the reader is in a paper (its uid)."""
        with self._connection() as connection:
            return reading_times.of_paper(connection, paper)

    def form_entries(self, file: str) -> dict[str, str]:
        """What was filled into the form of an attachment (its uid), or of a file (its path)."""
        with self._connection() as connection:
            return form_entries.load(connection, file)

    def bookmarks(self, attachment: str) -> tuple[Bookmark, ...]:
        """The bookmarks and marks of an attachment (its uid), in the order of its pages."""
        with self._connection() as connection:
            return bookmarks.load(connection, attachment)

    def annotations(self, attachment: str) -> tuple[Annotation, ...]:
        """The annotations of an attachment (its uid), in the order of its pages."""
        with self._connection() as connection:
            return annotations.of_attachment(connection, attachment)

    def removed_annotations(self, attachment: str) -> tuple[Annotation, ...]:
        """The annotations of an attachment that the reader has deleted."""
        with self._connection() as connection:
            return annotations.removed_of_attachment(connection, attachment)

    def annotation(self, uid: str) -> Annotation:
        """One annotation; raises NotFoundError."""
        with self._connection() as connection:
            return annotations.load(connection, uid)

    def lacks_annotation(self, given: Iterable[Annotation]) -> bool:
        """Whether any of them never was in the library."""
        with self._connection() as connection:
            return any(not annotations.known(connection, it.uid) for it in given)

    def marks(self, wanted: MarkFilter, below: int | None = None, most: int = 200) -> list[MarkRow]:
        """A window of the library's annotations, newest first, from below a key on."""
        with self._connection() as connection, self._blaming(connection):
            if annotation_listing.asks_index(wanted):
                self._attach(connection)
            found = annotation_listing.keys(connection, wanted, below, most)
            return annotation_listing.rows(connection, found)

    def count_marks(self, wanted: MarkFilter, most: int = 10_000) -> int:
        """How many annotations a filter leaves, counted up to `most`."""
        with self._connection() as connection, self._blaming(connection):
            if annotation_listing.asks_index(wanted):
                self._attach(connection)
            return annotation_listing.count(connection, wanted, most)

    def former_places(self, attachment: str, sha256: str) -> former_places.Former:
        """See former_places.of."""
        with self._connection() as connection:
            return former_places.of(connection, attachment, sha256)

    def page_labels(self, hashes: Iterable[str]) -> dict[str, str]:
        """What is kept of the names of files' pages, by their hashes."""
        return known_labels(self.place, hashes)

    def unplaced(self, attachment: str) -> tuple[Annotation, ...]:
        """The annotations of an attachment that wait for a place in its present file."""
        with self._connection() as connection:
            return annotations.unplaced(connection, attachment)

    def cards(self) -> list[str]:
        """The kinds of claim cards in use."""
        with self._connection() as connection:
            return annotation_listing.cards(connection)

    def slot(self, text: str) -> tuple[str, Attachment]:
        """(paper, attachment) of an attachment's id, or of a paper's; raises NotFoundError."""
        with self._connection() as connection:
            return slots.find(connection, text)

    def meanings(self) -> dict[str, str]:
        """What the colours of the palette mean to this reader, by their names."""
        with self._connection() as connection:
            return annotations.meanings(connection)

    def note(self, uid: str) -> NoteRow:
        """One note; raises NotFoundError."""
        with self._connection() as connection:
            return notes.load(connection, uid)

    def notes_of(self, paper: str) -> list[NoteRow]:
        """A paper's notes in order; of "" the free ones, the last changed first."""
        with self._connection() as connection:
            return notes.of_paper(connection, paper) if paper else notes.free(connection)

    def free_files(self) -> list[tuple[str, Attachment]]:
        """See files.all_of_free_notes."""
        with self._connection() as connection:
            return files.all_of_free_notes(connection)

    def free_file(self, path: str) -> bool:
        """Whether a stored path is of a free note's file."""
        with self._connection() as connection:
            return bool(files.of_free_notes(connection, "path", path))

    def has_note(self, note: Note) -> bool:
        """See notes.is_here."""
        with self._connection() as connection:
            return notes.is_here(connection, note)

    def removed_notes(self, paper: str) -> list[NoteRow]:
        """A paper's deleted notes; of "" the free ones."""
        with self._connection() as connection:
            return notes.removed(connection, paper)

    def all_notes(self) -> Iterator[NoteRow]:
        """Every note outside of the trash, in the order they were made."""
        with self._connection() as connection:
            yield from notes.everything(connection)

    def titled(self, words: str) -> tuple[str, str] | None:
        """See notes.titled."""
        with self._connection() as connection:
            return notes.titled(connection, words)

    def titles_beginning(self, words: str) -> list[tuple[str, str, str]]:
        """See notes.beginning."""
        with self._connection() as connection:
            return notes.beginning(connection, words)

    def speaking_of(self, kind: str, uid: str) -> list[NoteRow]:
        """The notes that lead to a paper (kind "paper") or a note (kind "note")."""
        with self._connection() as connection:
            if kind == "note":
                return notes.speaking_of_note(connection, uid)
            return notes.speaking_of_paper(connection, uid)

    def note_timeline(self, note: str) -> list[NoteState]:
        """See note_states.timeline."""
        with self._connection() as connection:
            return note_states.timeline(connection, note)

    def note_state(self, note: str, key: int) -> str:
        """The text of a note in one of its states; raises NotFoundError."""
        with self._connection() as connection:
            return note_states.text_of(connection, note, key)

    def templates(self, kind: str) -> list[Template]:
        """The reader's own templates of a kind: "note" or "annotations"."""
        with self._connection() as connection:
            return notes.templates(connection, kind)

    def place_of_slot(self, attachment: str) -> tuple[str, str] | None:
        """(paper, path) of an attachment (its uid), None when it is not there."""
        with self._connection() as connection:
            return connection.execute(
                "SELECT p.uid, a.path FROM attachments a JOIN papers p ON p.id = a.paper_id "
                "WHERE a.uid = ? AND a.deleted IS NULL AND p.gone IS NULL",
                [attachment],
            ).fetchone()

    def attachment_with(self, sha256: str) -> tuple[str, str] | None:
        """(paper uid, attachment uid) of a live paper's file with that content, if any."""
        with self._connection() as connection:
            return connection.execute(
                "SELECT p.uid, a.uid FROM attachments a JOIN papers p ON p.id = a.paper_id "
                "WHERE a.sha256 = ? AND a.deleted IS NULL AND p.gone IS NULL "
                "ORDER BY p.deleted IS NOT NULL LIMIT 1",
                [sha256],
            ).fetchone()

    def undo_labels(self) -> tuple[str, str]:
        """What undo and redo would take back or do again, "" for nothing."""
        with self._connection() as connection:
            done, undone = history.last_done(connection), history.last_undone(connection)
            return (done[1] if done else "", undone[1] if undone else "")

    def data_version(self) -> int:
        """A number that changes when another connection has committed."""
        with self._connection() as connection:
            return int(connection.execute("PRAGMA data_version").fetchone()[0])

    @staticmethod
    def sqlite_version() -> str:
        """The version of SQLite in use."""
        return sqlite3.sqlite_version

    def file_of(self, path: str) -> Path:
        """The file an attachment's path means."""
        return self.place.files / path

    def file_held(self, attachment: str) -> Path | None:
        """The file an attachment (its uid) has now, None when there is no such attachment."""
        with self._connection() as connection:
            path = slots.path_held(connection, attachment)
        return self.file_of(path) if path else None
