"""Time on pages and entries in forms are kept, added up, and follow no undo."""

from __future__ import annotations

from pathlib import Path

from reader.domain.progress import PageTime, Progress
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services import reading_along


def test_times_of_pages_add_up(writer: Writer, folder: Path) -> None:
    reading_along.add_times(writer, "a1", [PageTime(0, 3.0), PageTime(4, 0.5), PageTime(-1, 9.0)])
    reading_along.add_times(writer, "a1", [PageTime(0, 2.5), PageTime(1, 0.0)])
    reading_along.add_times(writer, "a2", [PageTime(0, 1e99)])
    reader = Reader(folder)
    try:
        assert reader.page_times("a1") == [PageTime(0, 5.5), PageTime(4, 0.5)]
        assert reader.page_times("a2") == [PageTime(0, 1e7)]
        assert reader.page_times("nobody") == []
        assert reader.progress("no such paper") == Progress()
    finally:
        reader.close()


def test_entries_are_kept_by_file_and_field(writer: Writer, folder: Path) -> None:
    reading_along.save_entries(writer, "a1", {"name": "Ada", "born": "1815", "": "x"})
    reading_along.save_entries(writer, "a1", {"born": None, "name": "Ada Lovelace"})
    reading_along.save_entries(writer, "/tmp/other.pdf", {"name": "Charles"})
    reader = Reader(folder)
    try:
        assert reader.form_entries("a1") == {"name": "Ada Lovelace", "": "x"}
        assert reader.form_entries("/tmp/other.pdf") == {"name": "Charles"}
    finally:
        reader.close()
