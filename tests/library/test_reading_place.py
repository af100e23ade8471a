"""Where a reader stopped is kept, with the way the pages stood; old libraries learn it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from reader.domain.annotation import ReadingPosition
from reader.library.place import Place
from reader.library.reading import Reader
from reader.library.schema import migrate
from reader.library.writing import Writer


def test_a_place_is_kept_with_layout_and_rotation(tmp_path: Path) -> None:
    place = ReadingPosition(7, 12.5, -3.0, "text", "two-even paged rtl", 270)
    with closing(Writer(tmp_path, migrate)) as writer:
        writer.save_position("a", place)
    with closing(Reader(tmp_path)) as reader:
        assert reader.position("a") == place
        assert reader.position("b") is None


def test_a_place_kept_before_layouts_is_in_one_column(tmp_path: Path) -> None:
    # GIVEN a library of schema 1 with a place in it
    with closing(Writer(tmp_path, migrate)) as writer:
        writer.save_position("a", ReadingPosition(3, 1.0, 2.0, "page"))
    with closing(sqlite3.connect(Place(tmp_path).database)) as connection:
        connection.execute("ALTER TABLE reading_positions DROP COLUMN layout")
        connection.execute("ALTER TABLE reading_positions DROP COLUMN rotation")
        for (table,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN "
            "('page_times', 'form_entries', 'bookmarks')"
        ).fetchall():
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'schema_2'")
        connection.execute("PRAGMA user_version=1")
        connection.commit()
    # WHEN this program opens it
    Writer(tmp_path, migrate).close()
    # THEN the place is there
    with closing(Reader(tmp_path)) as reader:
        assert reader.position("a") == ReadingPosition(3, 1.0, 2.0, "page", "", 0)
