"""Another file in a slot: annotations are found again, undo brings all back, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest

from reader.domain.annotation import ReadingPosition
from reader.domain.bookmark import Bookmark
from reader.domain.errors import InputError, LibraryError, NotFoundError, PdfError
from reader.domain.marking import Annotation, Kind, Part
from reader.library.reading import Reader
from reader.library.text_cache import TextCache
from reader.library.writing import Writer
from reader.pdf.engine import Engine
from reader.services import annotating, attaching, bookmarking, placing, replacing
from reader.services.lanes import to_the_end
from reader.services.pdf_facts import PdfFacts
from reader.services.replacing import Replaced, Replacing, is_another
from reader.services.texts import Texts
from tests.library.shelf import add, undo
from tests.pdf import hostile

LINES = [
    "The first sentence of this page says what is to come later on.",
    "A second one is about certainty, which is what counts in all of this.",
    "Then follows a third, in which nothing of interest is said at all.",
    "The fourth one ends the page, so that something stands at its foot.",
]
OTHER = [
    "Here begins another page, with words that stand nowhere else in it.",
    "It has a few lines only, each of them different from every other one.",
    "The last of them is the end of the whole of this small document.",
]


def made(path: Path, pages: Sequence[Sequence[str]], size: float = 11, left: float = 60) -> Path:
    doc = pymupdf.open()
    for lines in pages:
        page = doc.new_page(width=500, height=600)
        for row, line in enumerate(lines):
            page.insert_text((left, 90 + 2 * size * row), line, fontsize=size)
    doc.save(path)
    return path


class Desk:
    """A library with one paper and its file."""

    def __init__(self, folder: Path, writer: Writer, reader: Reader, tmp_path: Path) -> None:
        self.writer, self.reader = writer, reader
        self.engine = Engine()
        self.texts = Texts(self.engine, TextCache(folder))
        self.work = Replacing(reader, self.engine, self.texts)
        [self.paper] = add(writer, "A paper")
        self.old = made(tmp_path / "old.pdf", [LINES, OTHER])
        self.slot = attaching.attach(writer, self.paper, self.old, lambda _: PdfFacts(2)).uid

    @property
    def path(self) -> Path:
        return self.reader.file_of(self.reader.slot(self.slot)[1].path)

    def mark(self, page: int, quote: str, kind: Kind = Kind.HIGHLIGHT) -> str:
        _, slot = self.reader.slot(self.slot)
        wanted = Annotation(kind, (), quote=quote, comment="mine")
        found = placing.on_quote(self.engine, self.texts, self.path, page, wanted, slot)
        return annotating.add(self.writer, [found.draft])[0][0]

    def replace(self, path: Path) -> Replaced:
        return replacing.commit(self.writer, to_the_end(self.work.plan(self.slot, path)))

    def all(self) -> dict[str, Annotation]:
        return {one.uid: one for one in self.reader.annotations(self.slot)}

    def close(self) -> None:
        self.engine.close()
        self.texts.close()


@pytest.fixture
def desk(folder: Path, writer: Writer, tmp_path: Path) -> Iterator[Desk]:
    with closing(Reader(folder)) as reader, closing(Desk(folder, writer, reader, tmp_path)) as made:
        yield made


def test_annotations_stay_move_or_wait_and_undo_brings_all_back(desk: Desk, tmp_path: Path) -> None:
    # GIVEN marks on both pages, a bookmark and the place where the reader stopped
    stays = desk.mark(1, "words that stand nowhere else")
    moves = desk.mark(0, "certainty, which is what counts")
    gone = desk.mark(0, "nothing of interest is said at all")
    note = desk.mark(0, "The fourth one", Kind.NOTE)
    x, y = 60.0, 90.0 + 3 * 22 - 8
    kept, _ = bookmarking.keep(desk.writer, Bookmark(0, x, y, "here", attachment=desk.slot))
    desk.writer.save_position(desk.slot, ReadingPosition(0, x, y))
    before, path = desk.all(), desk.path
    # WHEN a version comes in whose first page lost a sentence and has a new beginning
    first = ["A new beginning.", LINES[0], LINES[1], LINES[3]]
    done = desk.replace(made(tmp_path / "new.pdf", [first, OTHER]))
    # THEN what is certain is placed, and the rest keeps its place of before and waits
    assert (done.stayed, done.moved, done.unplaced) == (2, 1, (gone,))
    after = desk.all()
    assert after[stays].parts == before[stays].parts
    assert after[moves].parts[0].box[1] == pytest.approx(before[moves].parts[0].box[1] - 22, abs=1)
    assert after[note].page == 0
    assert after[gone] == replace(before[gone], placed=False, modified=after[gone].modified)
    _, slot = desk.reader.slot(desk.slot)
    assert (slot.pages, slot.uid) == (2, desk.slot)
    assert all(one.sha256 == slot.sha256 for one in after.values() if one.placed)
    assert all(one.comment == "mine" for one in after.values())
    # AND the bookmark and the reader's place go with their words, which are where they were
    assert desk.reader.bookmarks(desk.slot)[0].uid == kept
    assert desk.reader.bookmarks(desk.slot)[0].y == pytest.approx(y, abs=1)
    # AND one undo brings the file and every place back; both files are there
    assert path.is_file() and desk.path.is_file() and desk.path != path
    assert (undo(desk.writer) or ("",))[0] == "Replace file"
    assert desk.path == path
    assert {uid: one.parts for uid, one in desk.all().items()} == {
        uid: one.parts for uid, one in before.items()
    }
    assert all(one.placed for one in desk.all().values())


def test_a_file_saved_anew_moves_nothing(desk: Desk, tmp_path: Path) -> None:
    marks = [desk.mark(0, "second one is about"), desk.mark(1, "a few lines", Kind.AREA)]
    saved = tmp_path / "saved.pdf"
    with pymupdf.open(desk.old) as doc:
        doc.save(saved, garbage=4, clean=True, deflate=True)
    # WHEN it replaces the file THEN all stay, and when the very same does, no copy is made
    assert desk.replace(saved).stayed == len(marks)
    path = desk.path
    assert desk.replace(saved).stayed == len(marks)
    assert desk.path == path


def test_a_scan_is_known_by_its_pictures(desk: Desk, tmp_path: Path) -> None:
    # GIVEN pages that are pictures, with a mark on each
    def scan(name: str, shades: Sequence[float]) -> Path:
        doc = pymupdf.open()
        for shade in shades:
            page = doc.new_page(width=500, height=600)
            page.draw_rect(pymupdf.Rect(50, 500 * shade, 400, 550), fill=(0, 0, 0))
        doc.save(tmp_path / name)
        return tmp_path / name

    desk.replace(scan("one.pdf", [0.2, 0.6]))
    quad = (100.0, 200.0, 150.0, 200.0, 100.0, 100.0, 150.0, 100.0)
    uids, _ = annotating.add(
        desk.writer,
        [Annotation(Kind.AREA, (Part(page, (quad,)),), desk.slot) for page in (0, 1)],
    )
    # WHEN a file comes in of which one page looks different
    done = desk.replace(scan("two.pdf", [0.2, 0.3]))
    # THEN the mark of that one waits
    assert (done.stayed, done.unplaced) == (1, (uids[1],))


def test_a_file_written_over_where_it_lies_is_told_and_placed(desk: Desk, tmp_path: Path) -> None:
    # GIVEN marks, and a file that was read while it was as before
    mark = desk.mark(0, "certainty, which is what counts")
    assert not is_another(desk.reader, desk.slot)
    desk.texts.read(desk.engine.open(desk.path, background=True).result(30)).result(30)
    # WHEN another program writes over it
    new = made(tmp_path / "new.pdf", [["Before."], LINES, OTHER])
    desk.path.write_bytes(new.read_bytes())
    assert is_another(desk.reader, desk.slot)
    done = replacing.commit(desk.writer, to_the_end(desk.work.plan_in_place(desk.slot)))
    # THEN the marks are placed in it, and the library knows it
    assert (done.moved, done.unplaced) == (1, ())
    assert desk.all()[mark].page == 1
    assert not is_another(desk.reader, desk.slot)
    assert desk.reader.slot(desk.slot)[1].pages == 3


@pytest.mark.parametrize(
    "name, data, error",
    [
        ("no.pdf", hostile.noise(), PdfError),
        ("secret.pdf", hostile.encrypted(), PdfError),
        ("text.txt", b"text", InputError),
        ("gone.pdf", None, NotFoundError),
    ],
)
def test_what_cannot_be_taken_leaves_all_as_it_was(
    desk: Desk, tmp_path: Path, name: str, data: bytes | None, error: type[Exception]
) -> None:
    desk.mark(0, "certainty, which is what counts")
    before, files = desk.all(), sorted(desk.path.parent.iterdir())
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(error):
        desk.replace(path)
    assert (desk.all(), sorted(desk.path.parent.iterdir())) == (before, files)


def test_it_can_be_given_up_at_every_step(desk: Desk, tmp_path: Path) -> None:
    # GIVEN a plan that is stopped after its first, second, ... step
    desk.mark(0, "certainty, which is what counts")
    new = made(tmp_path / "new.pdf", [["Before."], LINES, OTHER])
    files = sorted(desk.path.parent.iterdir())
    stop = 0
    for stop in range(1, 40):
        steps = desk.work.plan(desk.slot, new)
        try:
            for _ in range(stop):
                next(steps)
        except StopIteration as end:
            replacing.discard(desk.reader, end.value)
            break
        steps.close()
        # THEN no copy is left behind
        assert sorted(desk.path.parent.iterdir()) == files
    assert stop > 4
    assert sorted(desk.path.parent.iterdir()) == files


def test_a_failed_write_leaves_the_file_of_before(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = desk.mark(0, "certainty, which is what counts")
    before, path, files = desk.all()[mark], desk.path, sorted(desk.path.parent.iterdir())
    plan = to_the_end(desk.work.plan(desk.slot, made(tmp_path / "new.pdf", [["x"], LINES])))

    def fail(*_args: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr(replacing.slots, "put_place", fail)
    with pytest.raises(LibraryError, match="no space"):
        replacing.commit(desk.writer, plan)
    assert (desk.all()[mark], desk.path) == (before, path)
    assert sorted(desk.path.parent.iterdir()) == files


def test_what_was_made_meanwhile_waits_for_the_reader(desk: Desk, tmp_path: Path) -> None:
    # GIVEN a plan, and a mark made after it
    desk.mark(0, "certainty, which is what counts")
    plan = to_the_end(desk.work.plan(desk.slot, made(tmp_path / "new.pdf", [["x"], LINES, OTHER])))
    late = desk.mark(1, "a few lines only")
    # WHEN the plan is carried out THEN that one is not lost, and not placed wrong
    done = replacing.commit(desk.writer, plan)
    assert (done.moved, done.unplaced) == (1, (late,))


def test_what_waits_is_offered_places_and_put_where_the_reader_says(
    desk: Desk, tmp_path: Path
) -> None:
    # GIVEN a mark whose words were changed much
    mark = desk.mark(0, "nothing of interest is said at all")
    changed = [LINES[0], "In a third, little of interest is told to us.", LINES[3]]
    assert desk.replace(made(tmp_path / "new.pdf", [changed, OTHER])).unplaced == (mark,)
    [waiting] = desk.reader.unplaced(desk.slot)
    hand = to_the_end(placing.hand(desk.reader, desk.engine, desk.texts, desk.slot))
    # WHEN the reader takes the first place that is offered
    offered = hand.candidates(waiting)
    assert "of interest" in offered[0].quote and 0 < offered[0].certainty < 1
    changes = placing.put(desk.writer, hand.at(waiting, offered[0].parts))
    # THEN it is placed there, with the words of the new file; undo lets it wait again
    placed = desk.all()[mark]
    assert changes.annotations == {mark} and placed.placed
    assert placed.quote == offered[0].quote
    assert placed.parts[0].box == pytest.approx(offered[0].parts[0].box, abs=0.001)
    assert desk.reader.unplaced(desk.slot) == ()
    undo(desk.writer)
    assert [one.uid for one in desk.reader.unplaced(desk.slot)] == [mark]


@pytest.fixture
def quoted(desk: Desk) -> Callable[[int, str], placing.Quoted]:
    def quoted(page: int, quote: str) -> placing.Quoted:
        wanted = Annotation(Kind.HIGHLIGHT, (), quote=quote)
        _, slot = desk.reader.slot(desk.slot)
        return placing.on_quote(desk.engine, desk.texts, desk.path, page, wanted, slot)

    return quoted


def test_a_quote_is_placed_by_its_words(quoted: Callable[[int, str], placing.Quoted]) -> None:
    # WHEN words stand once, several times, in another case, over the end of a page
    assert quoted(0, "certainty,  which\nis").times == 1
    assert quoted(0, "one").times == 2
    assert quoted(0, "CERTAINTY").draft.quote == "certainty"
    over = quoted(0, "stands at its foot. Here begins").draft
    assert [part.page for part in over.parts] == [0, 1]
    # AND an error says where they are instead
    with pytest.raises(NotFoundError, match="no such text on that page") as told:
        quoted(1, "certainty")
    assert told.value.hint == "It is on page 0, counted from 0."
    with pytest.raises(NotFoundError) as told:
        quoted(1, "nowhere at all")
    assert told.value.hint == "It is on no other page either."
    with pytest.raises(NotFoundError, match="no page 2"):
        quoted(2, "certainty")
