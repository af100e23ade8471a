"""A file that comes back to its slot has every annotation exactly where it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest

from reader.domain.bookmark import Bookmark
from reader.domain.marking import Annotation, Kind, Part
from reader.library import saving
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services import annotating, bookmarking, placing, replacing, safekeeping
from reader.services.lanes import to_the_end
from tests.library.shelf import undo
from tests.pdf import marked
from tests.services.test_replacing import LINES, OTHER, Desk, made


@pytest.fixture
def desk(folder: Path, writer: Writer, tmp_path: Path) -> Iterator[Desk]:
    with closing(Reader(folder)) as reader, closing(Desk(folder, writer, reader, tmp_path)) as made:
        yield made


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """Another paper that has one line of ours at another place, and fewer pages."""
    lines = ["Of something else.", "Nothing is the same here.", LINES[1], "The end."]
    return made(tmp_path / "wrong.pdf", [lines], size=13, left=80)


@pytest.fixture
def third(tmp_path: Path) -> Path:
    """A version with a page before ours."""
    return made(tmp_path / "third.pdf", [["A page before."], LINES, OTHER])


def of_every_kind(desk: Desk) -> None:
    """One of each kind, and one over the words that the wrong file has too."""
    _, slot = desk.reader.slot(desk.slot)
    drafts = [
        replace(one, attachment=desk.slot, sha256=slot.sha256, nm="", seen="")
        for one in marked.one_of_each(desk.slot)
    ]
    assert len({one.kind for one in drafts}) == len(Kind)
    annotating.add(desk.writer, drafts)
    desk.mark(0, "certainty, which is what counts")


def places(desk: Desk) -> dict[str, tuple[object, ...]]:
    return {
        uid: (one.parts, one.quote, one.before, one.after, one.sha256, one.placed)
        for uid, one in desk.all().items()
    }


def test_a_wrong_file_and_the_right_one_again_moves_nothing(desk: Desk, wrong: Path) -> None:
    # GIVEN annotations of every kind, and a bookmark
    of_every_kind(desk)
    bookmarking.keep(desk.writer, Bookmark(1, 60.0, 100.0, "here", attachment=desk.slot))
    before, bookmarks = places(desk), desk.reader.bookmarks(desk.slot)
    # WHEN a wrong file comes in THEN none is dropped
    done = desk.replace(wrong)
    assert done.stayed + done.moved + len(done.unplaced) == len(before) == len(desk.all())
    assert done.moved and done.unplaced
    # AND with the right one again each is exactly where it was
    done = desk.replace(desk.old)
    assert done.unplaced == ()
    assert (done.stayed, done.moved) == (len(before) - 1, 1)
    assert places(desk) == before
    assert [(it.page, it.x, it.y) for it in desk.reader.bookmarks(desk.slot)] == [
        (it.page, it.x, it.y) for it in bookmarks
    ]


def test_a_file_written_over_where_it_lies_and_the_right_one_again(desk: Desk, wrong: Path) -> None:
    # GIVEN a file that another program writes over, and annotations found again in it
    of_every_kind(desk)
    before, right = places(desk), desk.path.read_bytes()
    for data in (wrong.read_bytes(), right):
        desk.path.write_bytes(data)
        assert replacing.is_another(desk.reader, desk.slot)
        done = replacing.commit(desk.writer, to_the_end(desk.work.plan_in_place(desk.slot)))
        assert done.stayed + done.moved + len(done.unplaced) == len(before)
    # THEN with the right one in its place again each is where it was
    assert done.unplaced == ()
    assert places(desk) == before


def test_swapped_again_and_again_each_file_has_its_own_places(
    desk: Desk, wrong: Path, third: Path
) -> None:
    # GIVEN what three files have, some of it placed by hand in the third
    of_every_kind(desk)
    first = places(desk)
    desk.replace(wrong)
    second = places(desk)
    desk.replace(third)
    hand = Part(0, ((10.0, 90.0, 60.0, 90.0, 10.0, 70.0, 60.0, 70.0),))
    _, slot = desk.reader.slot(desk.slot)
    for one in desk.reader.unplaced(desk.slot):
        placing.put(desk.writer, replace(one, parts=(hand,), sha256=slot.sha256, placed=True))
    last = places(desk)
    assert first != second != last
    # WHEN they come back in any order THEN each has what it had
    for path, had in [
        (desk.old, first), (third, last), (wrong, second), (desk.old, first), (wrong, second),
        (third, last), (desk.old, first),
    ]:  # fmt: skip
        desk.replace(path)
        now = places(desk)
        assert {uid for uid in had if had[uid][5] and now[uid] != had[uid]} == set(), path
        assert now.keys() == first.keys()


def test_a_file_is_known_again_also_after_undo(desk: Desk, wrong: Path) -> None:
    of_every_kind(desk)
    desk.replace(wrong)
    second = places(desk)
    # WHEN the replacing is undone, and the wrong file comes in once more
    undo(desk.writer)
    first = places(desk)
    desk.replace(wrong)
    # THEN it has the places it had, and not those of the right one
    now = places(desk)
    assert {uid for uid in second if second[uid][5] and now[uid] != second[uid]} == set()
    desk.replace(desk.old)
    assert places(desk) == first


def test_the_file_of_before_is_backed_up_and_no_orphan(
    desk: Desk, wrong: Path, tmp_path: Path
) -> None:
    before = desk.path.name
    desk.replace(wrong)
    (desk.path.parent / "stranger.pdf").write_bytes(b"%PDF-")
    # WHEN the library is checked THEN only what it never knew is a stranger in it
    assert safekeeping.check(desk.reader.place.folder).orphans == ("stranger.pdf",)
    # AND a backup holds both files, so that the replacing can be undone in it
    saved = saving.save(desk.writer.place, desk.writer.connection, tmp_path / "backup")
    assert (saved.files, saved.missing) == (2, ())
    assert (tmp_path / "backup" / "files" / before).read_bytes() == desk.old.read_bytes()
    again = saving.save(desk.writer.place, desk.writer.connection, tmp_path / "backup")
    assert (again.files, again.unchanged) == (0, 2)
    # AND that the one of before is gone is no loss that a backup tells of
    (desk.path.parent / before).unlink()
    assert saving.save(desk.writer.place, desk.writer.connection, tmp_path / "b2").missing == ()


def test_what_was_made_in_the_wrong_file_waits_in_the_right_one(desk: Desk, wrong: Path) -> None:
    of_every_kind(desk)
    desk.replace(wrong)
    late = desk.mark(0, "Nothing is the same here")
    # WHEN the right file is back THEN what was marked in the other waits, and is placed there again
    assert desk.replace(desk.old).unplaced == (late,)
    there = desk.all()[late]
    desk.replace(wrong)
    assert desk.all()[late].placed
    assert desk.all()[late].parts == there.parts


def test_what_came_from_another_library_is_known_by_the_hash_of_its_file(
    desk: Desk, wrong: Path
) -> None:
    # GIVEN an annotation that arrives while the slot holds a wrong file: no log tells of it
    _, slot = desk.reader.slot(desk.slot)
    desk.replace(wrong)
    box = ((10.0, 90.0, 60.0, 90.0, 10.0, 70.0, 60.0, 70.0),)
    foreign = Annotation(
        Kind.AREA, (Part(1, box),), desk.slot, sha256=slot.sha256, placed=False, quote="x"
    )
    [uid], _ = annotating.add(desk.writer, [foreign])
    # WHEN its file is put in THEN it is placed
    assert desk.replace(desk.old).unplaced == ()
    assert desk.all()[uid].parts == foreign.parts


def test_a_file_saved_anew_has_what_moved_in_it_by_hand(desk: Desk, tmp_path: Path) -> None:
    """The log of what was done since is not mistaken for the file's own."""
    of_every_kind(desk)
    saved = tmp_path / "saved.pdf"
    with pymupdf.open(desk.old) as doc:
        doc.save(saved, garbage=4, clean=True, deflate=True)
    first = places(desk)
    desk.replace(saved)
    one = next(one for one in desk.all().values() if one.kind is Kind.RECTANGLE)
    x0, y0, x1, y1 = one.parts[0].box
    moved = Part(0, ((x0 + 9, y1, x1 + 9, y1, x0 + 9, y0, x1 + 9, y0),))
    annotating.change(desk.writer, [replace(one, parts=(moved,))])
    # WHEN the first file returns, and then the saved one
    desk.replace(desk.old)
    assert places(desk) == first
    desk.replace(saved)
    # THEN it is where it was moved to in that one
    assert desk.all()[one.uid].parts == (moved,)
