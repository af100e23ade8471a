"""Opening a library: made, brought up to date, or refused with a sentence and left as it is."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from reader.domain.errors import LibraryDamagedError, LibraryError, LibraryNewerError, ReaderError
from reader.domain.lists import Scope
from reader.library import place, schema, writing
from reader.library.place import APPLICATION_ID, SCHEMA_VERSION, Place, connect_reader
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services import safekeeping
from tests.library.shelf import add, full_paper, open_writer, outside, titles, whole


def value(connection: sqlite3.Connection, pragma: str) -> object:
    return connection.execute(f"PRAGMA {pragma}").fetchone()[0]


def test_a_new_library_has_its_parts_and_its_pragmas(folder: Path, writer: Writer) -> None:
    assert {path.name for path in folder.iterdir()} >= {
        "library.db",
        "search.db",
        "files",
        "backups",
    }
    connection = writer.connection
    assert value(connection, "application_id") == APPLICATION_ID
    assert value(connection, "user_version") == SCHEMA_VERSION
    assert value(connection, "journal_mode") == "wal"
    assert value(connection, "synchronous") == 2  # FULL
    assert value(connection, "foreign_keys") == 1
    assert value(connection, "trusted_schema") == 0
    assert value(connection, "busy_timeout") == place.BUSY_MS
    with writer.bulk():
        assert value(connection, "synchronous") == 1  # NORMAL inside a bulk import only
    assert value(connection, "synchronous") == 2


def test_a_reader_cannot_write(folder: Path, writer: Writer) -> None:
    with closing(connect_reader(Place(folder))) as connection:
        assert value(connection, "trusted_schema") == 0
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM papers")


def test_any_sqlite_tool_opens_it(folder: Path) -> None:
    # GIVEN a closed library WHEN a plain connection reads it THEN names and values are plain
    with closing(open_writer(folder)) as writer:
        add(writer, full_paper())
    with closing(sqlite3.connect(folder / "library.db")) as connection:
        row = connection.execute("SELECT title, published, venue, authors_text FROM papers")
        assert row.fetchone()[1:] == ("2025-06-06", "arXiv", "Gu, The Team")
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_opening_again_changes_nothing(folder: Path) -> None:
    with closing(open_writer(folder)) as writer:
        add(writer, full_paper(), "Another paper")
    before = whole(folder, times=True)
    open_writer(folder).close()
    assert whole(folder, times=True) == before


def test_a_crash_while_the_first_library_is_made_is_no_stranger(folder: Path) -> None:
    # GIVEN what a kill between the table of migrations and the first one leaves
    folder.mkdir()
    with closing(sqlite3.connect(folder / "library.db")) as connection:
        connection.execute("CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, "
                           "migration_set TEXT, name TEXT, applied_at TEXT)")  # fmt: skip
    # WHEN it is opened THEN it becomes a library
    with closing(open_writer(folder)) as writer:
        add(writer, "A paper")
    assert titles(folder) == ["A paper"]


def test_an_older_library_is_backed_up_and_brought_up_to_date(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_writer(folder)) as writer:
        add(writer, full_paper())
    before = whole(folder, times=True)

    # GIVEN a program whose schema has one more table
    def newer(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE later (id INTEGER)")
        connection.execute("PRAGMA user_version=5")

    for module in (place, writing):
        monkeypatch.setattr(module, "SCHEMA_VERSION", 5)
    # WHEN it opens the library
    Writer(folder, newer).close()
    # THEN the papers are there, and a sound backup of schema 4 as well
    assert whole(folder, times=True) == before
    [saved] = (folder / "backups").glob("library-*-schema-4.db")
    assert place.is_sound(saved)
    with closing(sqlite3.connect(saved)) as connection:
        assert value(connection, "user_version") == 4
        assert connection.execute("SELECT count(*) FROM papers").fetchone()[0] == 1


def test_a_migration_that_fails_leaves_the_library_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_writer(folder).close()
    before = (folder / "library.db").read_bytes()

    def broken(connection: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("no such thing")

    for module in (place, writing):
        monkeypatch.setattr(module, "SCHEMA_VERSION", 5)
    with pytest.raises(LibraryError):
        Writer(folder, broken)
    assert (folder / "library.db").read_bytes() == before


def test_the_stored_schema_is_the_one_that_was_released(writer: Writer) -> None:
    """Released migrations are never edited; what schema 4 is stands here once more."""
    names = {
        row[0]
        for row in writer.connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
    }
    assert names == {
        "_sqlite_migrations", "attachments", "authors", "batches", "changes", "collection_papers",
        "collections", "editions", "identifiers", "index_todo", "info", "links", "notes",
        "page_entries", "page_times", "pages", "paper_tags", "papers", "reading_positions", "tags",
        "form_entries", "bookmarks", "annotations", "annotation_tags", "annotation_todo", "palette",
        "note_states", "note_links", "templates",
    }  # fmt: skip
    script = "CREATE TABLE a (x);\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\n SELECT 1;\nEND;\n"
    assert len(schema.statements(script)) == 2


def test_a_newer_library_is_refused_and_left(folder: Path) -> None:
    open_writer(folder).close()
    outside(folder, "PRAGMA user_version=99")
    before = (folder / "library.db").read_bytes()
    for work in (lambda: open_writer(folder), Reader(folder).readable):
        with pytest.raises(LibraryNewerError) as caught:
            work()
        assert "newer Paper Reader" in caught.value.line() and "99" in caught.value.line()
    assert (folder / "library.db").read_bytes() == before


@pytest.mark.parametrize("sql", ["CREATE TABLE photos (x)", "PRAGMA application_id=7",
                                 "PRAGMA user_version=3"])  # fmt: skip
def test_another_program_s_file_is_refused_and_left(folder: Path, sql: str) -> None:
    folder.mkdir()
    outside(folder, sql)
    before = (folder / "library.db").read_bytes()
    with pytest.raises(LibraryError, match="another program"):
        open_writer(folder)
    assert (folder / "library.db").read_bytes() == before
    assert safekeeping.check(folder).faults


def garbage(path: Path) -> None:
    path.write_bytes(b"this is no database at all" * 1000)


def torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def overwritten(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:4096] = b"\xff" * 3996
    path.write_bytes(data)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("harm", [garbage, torn, overwritten, emptied, gone])
def test_a_damaged_library_is_left_and_its_newest_good_backup_named(
    folder: Path, harm: Callable[[Path], None]
) -> None:
    # GIVEN a library with three backups, the newest of them damaged too
    with closing(open_writer(folder)) as writer:
        add(writer, full_paper())
        made = safekeeping.daily(writer.place)
    assert made
    backups = folder / "backups"
    good = backups / "library-2026-01-02.db"
    made.replace(good)
    shutil.copy(good, backups / "library-2026-01-01.db")
    garbage(backups / "library-2026-01-03.db")
    shutil.copy(good, backups / "library-before-restore-2026-09-09.db")
    database = folder / "library.db"
    harm(database)
    before = [(path, path.read_bytes()) for path in sorted(folder.rglob("*.db"))]
    # WHEN it is opened or read THEN the error names the newest sound one
    for work in (lambda: open_writer(folder), lambda: Reader(folder).orders(Scope())):
        with pytest.raises(LibraryDamagedError) as caught:
            work()
        assert caught.value.backup == str(good)
        assert f"--library {folder} restore {good}" in caught.value.hint
    assert [(path, path.read_bytes()) for path in sorted(folder.rglob("*.db"))] == before
    # AND check says the same, and the backup brings everything back
    health = safekeeping.check(folder)
    assert health.faults and health.backup == str(good)
    assert safekeeping.restore(folder, good).papers == 1
    assert titles(folder) == [full_paper().title]


def test_without_any_backup_it_says_so(folder: Path) -> None:
    folder.mkdir()
    garbage(folder / "library.db")
    with pytest.raises(LibraryDamagedError, match="damaged") as caught:
        open_writer(folder)
    assert caught.value.backup == "" and "no backup" in caught.value.hint


def test_an_empty_file_beside_an_index_or_attachments_was_a_library(folder: Path) -> None:
    for trace in ("search.db", "files/A paper.pdf"):
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "files").mkdir(parents=True)
        for path in (folder / "library.db", folder / trace):
            path.write_bytes(b"")
        (folder / "library.db-wal").write_bytes(b"what SQLite would remove")
        with pytest.raises(LibraryDamagedError, match="is empty") as caught:
            Reader(folder).readable()
        assert "'paper-reader restore FOLDER'" in caught.value.hint
        with pytest.raises(LibraryDamagedError, match="is empty"):
            open_writer(folder)
        assert (folder / "library.db-wal").exists()


def test_an_empty_file_alone_is_what_a_crash_at_the_first_start_leaves(folder: Path) -> None:
    (folder / "files").mkdir(parents=True)
    (folder / "backups").mkdir()
    (folder / "library.db").write_bytes(b"")
    with closing(open_writer(folder)) as writer:
        add(writer, "A paper")
    assert titles(folder) == ["A paper"]


def file_in_place(tmp_path: Path) -> Path:
    (tmp_path / "taken").write_text("mine")
    return tmp_path / "taken"


def file_above(tmp_path: Path) -> Path:
    return file_in_place(tmp_path) / "library"


def proc(_: Path) -> Path:
    return Path("/proc/library")


@pytest.mark.parametrize("where", [file_in_place, file_above, proc])
def test_a_folder_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, where: Callable[[Path], Path]
) -> None:
    target = where(tmp_path)
    with pytest.raises(ReaderError) as caught:
        open_writer(target)
    assert str(target) in caught.value.message and "nothing was changed" in caught.value.message
    assert caught.value.hint
    if (tmp_path / "taken").exists():
        assert (tmp_path / "taken").read_text() == "mine"


def test_two_writers_take_turns(folder: Path, writer: Writer) -> None:
    # GIVEN a window on the library WHEN the command line writes to it as well
    add(writer, "From the window")
    with closing(open_writer(folder)) as other:
        add(other, "From the command line")
        for _ in other.catch_up():
            pass
    add(writer, "Again from the window")
    for _ in writer.catch_up():
        pass
    # THEN everything is there and found
    assert len(titles(folder)) == 3
    assert titles(folder, "window") == ["Again from the window", "From the window"]
    assert titles(folder, "command") == ["From the command line"]
