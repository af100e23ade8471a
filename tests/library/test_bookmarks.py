"""Bookmarks and marks: kept by attachment, logged, undone and done again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reader.domain.bookmark import LONGEST_NAME, Bookmark, clean_name
from reader.domain.errors import NotFoundError
from reader.library import files
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services import bookmarking
from tests.library.shelf import add, redo, undo


@pytest.fixture
def reader(folder: Path, writer: Writer) -> Iterator[Reader]:
    with closing(Reader(folder)) as made:
        yield made


@pytest.fixture
def attachment(writer: Writer) -> tuple[str, str]:
    """(uid of a paper, uid of its attachment)."""
    [paper] = add(writer, "A paper")
    with writer.edit("Attach") as edit:
        uid = files.add(edit, paper, files.Stored("a.pdf", "0" * 64, 3), 12)
    return paper, uid


def kept(reader: Reader, attachment: str) -> list[tuple[int, str, str]]:
    return [(it.page, it.name, it.mark) for it in reader.bookmarks(attachment)]


def test_bookmarks_come_back_in_the_order_of_the_pages(
    writer: Writer, reader: Reader, attachment: tuple[str, str]
) -> None:
    paper, uid = attachment
    for page, y in ((7, 10.0), (2, 500.0), (2, 20.0)):
        made, changes = bookmarking.keep(
            writer, Bookmark(page, 0.0, y, f"  page {page}\n at {y} ", attachment=uid)
        )
        assert made
        # The paper is told of, and neither the sidebar nor the list's order change.
        assert (changes.papers, changes.structure) == (frozenset({paper}), False)
    assert kept(reader, uid) == [
        (2, "page 2 at 20.0", ""), (2, "page 2 at 500.0", ""), (7, "page 7 at 10.0", ""),
    ]  # fmt: skip
    assert kept(reader, "another") == []


def test_every_change_is_undone_and_done_again(
    writer: Writer, reader: Reader, attachment: tuple[str, str]
) -> None:
    uid = attachment[1]
    made, _ = bookmarking.keep(writer, Bookmark(3, 1.5, 2.5, "Here", attachment=uid))
    bookmarking.rename(writer, made, "There")
    bookmarking.remove(writer, made)
    seen = [kept(reader, uid)]
    for _ in range(3):
        undo(writer)
        seen.append(kept(reader, uid))
    assert seen == [[], [(3, "There", "")], [(3, "Here", "")], []]
    for expected in ([(3, "Here", "")], [(3, "There", "")], []):
        redo(writer)
        assert kept(reader, uid) == expected


def test_a_letter_leads_to_one_place_and_undo_gives_the_old_one_back(
    writer: Writer, reader: Reader, attachment: tuple[str, str]
) -> None:
    uid = attachment[1]
    mark = Bookmark(3, 1.5, 2.5, mark="a", attachment=uid)
    first, _ = bookmarking.keep(writer, mark)
    second, _ = bookmarking.keep(writer, replace(mark, page=9, y=77.25))
    assert first == second
    assert [it.place for it in reader.bookmarks(uid)] == [(9, 77.25, 1.5)]
    undo(writer)
    assert [it.place for it in reader.bookmarks(uid)] == [(3, 2.5, 1.5)]
    # A mark that was taken away and is set again is a new one.
    bookmarking.remove(writer, first)
    third, _ = bookmarking.keep(writer, mark)
    assert third != first
    assert len(reader.bookmarks(uid)) == 1


def test_a_bookmark_of_nothing_is_refused_and_nothing_changes(
    writer: Writer, reader: Reader
) -> None:
    with pytest.raises(NotFoundError):
        bookmarking.keep(writer, Bookmark(0, attachment="no such attachment"))
    with pytest.raises(NotFoundError):
        bookmarking.rename(writer, "no such bookmark", "x")
    assert undo(writer) is None


def test_names_are_one_line_and_not_endless() -> None:
    assert clean_name(" a\n\tb\x00c ") == "a b c"
    assert len(clean_name("x" * 1_000)) == LONGEST_NAME


def test_what_was_kept_before_the_library_had_the_file_comes_in_once(
    writer: Writer, reader: Reader, attachment: tuple[str, str]
) -> None:
    # GIVEN an attachment with a bookmark and a mark, and what was kept of the loose file
    _, uid = attachment
    bookmarking.keep(writer, Bookmark(3, 0, 10, "Proof", attachment=uid))
    bookmarking.keep(writer, Bookmark(5, 0, 0, "Old", "a", uid))
    loose = (
        Bookmark(1, 0, 20, "Idea\nof it", uid="u1"),
        Bookmark(3, 0, 10, "Proof", uid="u2"),
        Bookmark(8, 0, 0, "New", "a", uid="u3"),
    )
    # WHEN it is taken in, twice, as two tabs would
    bookmarking.take_in(writer, uid, loose)
    again = bookmarking.take_in(writer, uid, loose)
    # THEN nothing is there twice, the newer mark holds, and the first step can be taken back
    assert kept(reader, uid) == [(1, "Idea of it", ""), (3, "Proof", ""), (8, "Old", "a")]
    assert not again.papers
    undo(writer)
    assert kept(reader, uid) == [(3, "Proof", ""), (5, "Old", "a")]
