"""How far PDFs were read, told with the rows of a list: in one more question, however many."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from reader.domain.lists import Scope
from reader.domain.progress import PageTime
from reader.library import listing
from reader.library.place import connect_reader
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services import attaching, note_pictures, reading_along
from tests.library.shelf import add, facts_of


def attach(writer: Writer, paper: str, folder: Path, name: str) -> str:
    file = folder / f"{name}.pdf"
    file.write_bytes(b"%PDF- " + name.encode())
    return attaching.attach(writer, paper, file, facts_of).uid


def shares(folder: Path) -> dict[str, float]:
    with closing(Reader(folder)) as reader:
        return {row.title: row.progress for row in reader.rows(reader.orders(Scope()))}


def test_rows_say_how_much_of_their_pdf_was_seen(
    folder: Path, writer: Writer, tmp_path: Path
) -> None:
    # GIVEN a paper without a PDF, one that was not read, and two that were (of three pages each)
    _, unread, one, two = add(writer, "No PDF", "Unread", "One page", "Two files")
    attach(writer, unread, tmp_path, "unread")
    first = attach(writer, one, tmp_path, "one")
    glanced, read = (attach(writer, two, tmp_path, name) for name in ("glanced", "read"))
    # WHEN pages were looked at, some too shortly to count, one behind the end
    reading_along.add_times(writer, first, [PageTime(0, 30.0), PageTime(1, 0.5), PageTime(9, 60.0)])
    reading_along.add_times(writer, glanced, [PageTime(0, 3.0), PageTime(1, 3.0), PageTime(2, 3.0)])
    reading_along.add_times(writer, read, [PageTime(0, 300.0), PageTime(2, 90.0)])
    # THEN the file that was read longest counts
    found = shares(folder)
    assert found == {"No PDF": 0, "Unread": 0, "One page": 1 / 3, "Two files": 2 / 3}
    # AND a file that was taken away counts no more
    with writer.edit("Delete") as edit:
        edit.set("attachment", read, "deleted", edit.at)
    assert shares(folder)["Two files"] == 1.0


def test_a_picture_of_a_note_is_not_what_is_read(
    folder: Path, writer: Writer, tmp_path: Path
) -> None:
    # GIVEN a paper whose note showed a picture before it had a PDF
    [paper] = add(writer, "A paper")
    note_pictures.keep(writer, paper, "", b"a picture", ".png")
    attach(writer, paper, tmp_path, "unread")
    # THEN its progress is that of the PDF
    with closing(Reader(folder)) as reader:
        assert reader.progress(paper).pages == 3


def test_many_rows_cost_no_more_questions_than_one(
    folder: Path, writer: Writer, tmp_path: Path
) -> None:
    for number, uid in enumerate(add(writer, *(f"Paper {n}" for n in range(40)))):
        reading_along.add_times(
            writer, attach(writer, uid, tmp_path, str(number)), [PageTime(0, 9.0)]
        )
    with closing(connect_reader(writer.place)) as connection:
        orders = listing.orders(connection, Scope())
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        assert len(listing.rows(connection, orders[:1], Scope())) == 1
        few = len(asked)
        assert all(row.progress for row in listing.rows(connection, orders, Scope()))
        assert len(asked) == 2 * few
