"""Annotations of a PDF come into the library, again and again, and leave in copies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from reader.domain.errors import InputError, ReaderError
from reader.domain.marking import Annotation, Kind, Part
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.pdf.engine import Engine
from reader.pdf.protocol import Limits, PdfRefused
from reader.services import annotated_copies, annotating, attaching, exporting, pdf_annotations
from reader.services.import_plan import Progress
from reader.services.lanes import Steps
from reader.services.pdf_annotations import Result
from reader.services.pdf_facts import PdfFacts
from tests.library.shelf import add, redo, undo, writing
from tests.pdf import hostile, marked


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = Engine(Limits(open=6.0, stage=4.0))
    yield made
    made.close()


def facts(path: Path) -> PdfFacts:
    return PdfFacts(pages=1, title=path.stem)


@dataclass
class Shelf:
    """A library with one paper and its PDF, and what is done with them."""

    engine: Engine
    writer: Writer
    reader: Reader
    folder: Path
    paper: str = ""
    slot: str = ""

    def attach(self, data: bytes, title: str = "A paper") -> Path:
        [self.paper] = add(self.writer, title)
        source = self.folder / "source.pdf"
        source.write_bytes(data)
        self.slot = attaching.attach(self.writer, self.paper, source, facts).uid
        return self.file

    @property
    def file(self) -> Path:
        [item] = self.reader.paper(self.paper).attachments
        return self.reader.file_of(item.path)

    def bring(self, data: bytes | None = None) -> Result:
        """Import from the paper's file, or from another state of it."""
        path = self.file
        if data is not None:
            path = self.folder / "state.pdf"
            path.write_bytes(data)
        plan = pdf_annotations.plan_import(self.reader, self.engine, path, self.slot, "1" * 64)
        return done(self.writer, plan)

    def copy(self, name: str = "copy.pdf", **options: object) -> Path:
        target = self.folder / name
        annotated_copies.save(
            self.engine, self.reader, self.file, self.slot, target, **options  # type: ignore[arg-type]
        )  # fmt: skip
        return target

    @property
    def all(self) -> tuple[Annotation, ...]:
        return self.reader.annotations(self.slot)


def done(writer: Writer, *plans: pdf_annotations.Plan) -> Result:
    steps = Steps(pdf_annotations.commit(writer, plans))
    assert all(isinstance(step, Progress) for step in steps)
    return steps.answer


def counts(result: Result) -> tuple[int, int, int, int]:
    return result.added, result.updated, result.unchanged, result.kept_twice


@pytest.fixture
def shelf(engine: Engine, writer: Writer, folder: Path, tmp_path: Path) -> Iterator[Shelf]:
    with closing(Reader(folder)) as reader:
        yield Shelf(engine, writer, reader, tmp_path)


def plain(item: Annotation) -> Annotation:
    """What of an annotation does not depend on which library it is in."""
    return replace(item, attachment="", sha256="", seen="", nm="")


def test_out_and_into_an_empty_library_is_equal(shelf: Shelf, tmp_path: Path) -> None:
    # GIVEN a paper with an annotation of every kind
    shelf.attach(marked.document())
    annotating.add(shelf.writer, marked.one_of_each(shelf.slot))
    before = shelf.file.read_bytes()
    # WHEN a copy is written and imported with its annotations into an empty library
    copy = shelf.copy()
    with writing(tmp_path / "other") as writer, closing(Reader(tmp_path / "other")) as reader:
        other = Shelf(shelf.engine, writer, reader, tmp_path)
        other.attach(copy.read_bytes())
        assert counts(other.bring()) == (12, 0, 0, 0)
        # THEN all is equal, its uid too, and importing again brings nothing
        kept = {item.uid: plain(item) for item in other.all}
        assert counts(other.bring()) == (0, 0, 12, 0)
        again = other.copy("again.pdf")
    assert kept == {item.uid: plain(item) for item in shelf.all}
    assert shelf.file.read_bytes() == before
    # AND a copy of the copy has each once
    assert counts(shelf.bring(again.read_bytes())) == (0, 0, 12, 0)


def test_foreign_annotations_come_with_the_words_they_cover(shelf: Shelf) -> None:
    shelf.attach(marked.foreign(marked.HIGHLIGHT))
    result = shelf.bring()
    assert counts(result) == (1, 0, 0, 0) and result.changes.papers == {shelf.paper}
    [item] = shelf.all
    assert (item.quote, item.before, item.after) == ("Words", "", " to be marked here")
    assert (item.kind, item.color, item.comment, item.author) == (
        Kind.HIGHLIGHT, "#ffcc00", "Their words", "Bo",
    )  # fmt: skip
    assert (item.created, item.nm, item.sha256) == ("2025-01-02T03:04:05.000Z", "their-1", "1" * 64)


def test_an_import_is_one_step_and_can_be_done_again_after_undoing_it(shelf: Shelf) -> None:
    shelf.attach(marked.foreign(*([marked.HIGHLIGHT.replace(b"their-1", b"")] * 3)))
    assert counts(shelf.bring()) == (3, 0, 0, 0)
    found = undo(shelf.writer)
    assert found is not None and found[0] == pdf_annotations.LABEL
    assert shelf.all == ()
    redo(shelf.writer)
    assert len(shelf.all) == 3
    # What was undone was never there; what the reader deletes stays away.
    undo(shelf.writer)
    assert counts(shelf.bring()) == (3, 0, 0, 0)
    annotating.remove(shelf.writer, [shelf.all[0].uid])
    assert counts(shelf.bring()) == (0, 0, 3, 0)
    assert len(shelf.all) == 2


def test_each_side_may_change(shelf: Shelf) -> None:
    # GIVEN four imported annotations, all but the first changed here, the last deleted
    def state(*said: bytes) -> bytes:
        return marked.foreign(
            *(
                marked.HIGHLIGHT.replace(b"their-1", b"n%d" % at).replace(b"Their words", words)
                for at, words in enumerate(said)
            )
        )

    shelf.attach(state(b"a", b"b", b"c", b"d"))
    shelf.bring()
    first, second, third, fourth = sorted(shelf.all, key=lambda item: item.nm)
    annotating.change(
        shelf.writer,
        [replace(second, comment="B"), replace(third, comment="C", tags=("mine",))],
    )
    annotating.remove(shelf.writer, [fourth.uid])
    # WHEN the file changed the first, third and fourth, and has a fifth
    result = shelf.bring(state(b"a2", b"b", b"c2", b"d2", b"e"))
    # THEN it is told and kept: the file's, the reader's, both, restored, new
    assert counts(result) == (1, 2, 1, 1) and result.failed == []
    assert sorted(item.comment for item in shelf.all) == ["B", "C", "a2", "c2", "d2", "e"]
    assert {item.uid for item in shelf.all} > {first.uid, second.uid, third.uid, fourth.uid}
    # AND nothing of it happens twice
    again = shelf.bring(state(b"a2", b"b", b"c2", b"d2", b"e"))
    assert counts(again) == (0, 0, 5, 0)


def test_what_makes_no_sense_is_named_and_the_rest_comes(shelf: Shelf) -> None:
    bad, why = marked.HOSTILE[0]
    shelf.attach(marked.foreign(bad, marked.HIGHLIGHT))
    result = shelf.bring()
    assert counts(result) == (1, 0, 0, 0)
    [failure] = result.failed
    assert (failure.where, failure.reason) == ("page 1, annotation 1 (Highlight)", why)


def test_a_change_made_while_the_file_is_read_is_not_lost(shelf: Shelf) -> None:
    shelf.attach(marked.foreign(marked.HIGHLIGHT))
    shelf.bring()
    path = shelf.folder / "new.pdf"
    path.write_bytes(marked.foreign(marked.HIGHLIGHT.replace(b"Their words", b"new")))
    plan = pdf_annotations.plan_import(shelf.reader, shelf.engine, path, shelf.slot, "")
    annotating.change(shelf.writer, [replace(shelf.all[0], comment="mine")])
    assert counts(done(shelf.writer, plan)) == (0, 0, 0, 1)
    assert sorted(item.comment for item in shelf.all) == ["mine", "new"]


def test_a_copy_has_the_librarys_annotations_in_place_of_the_files(shelf: Shelf) -> None:
    # GIVEN a file with three annotations and a link, two imported, of which one is deleted
    def numbered(number: int) -> bytes:
        return marked.HIGHLIGHT.replace(b"their-1", b"n%d" % number)

    link = b"/Subtype/Link/Rect[1 1 9 9]/A<</S/URI/URI(http://a.org/)>>"
    shelf.attach(marked.foreign(numbered(0), link, numbered(1)))
    shelf.bring()
    zero, one = sorted(shelf.all, key=lambda item: item.nm)
    annotating.change(shelf.writer, [replace(zero, comment="mine now")])
    annotating.remove(shelf.writer, [one.uid])
    unplaced = Annotation(Kind.NOTE, (Part(0, (marked.quad(1, 1, 9, 9),)),), shelf.slot,
                          placed=False)  # fmt: skip
    annotating.add(shelf.writer, [unplaced])
    # WHEN a copy is written THEN it has what the library has, and the link
    target = shelf.folder / "copy.pdf"
    saved = annotated_copies.save(shelf.engine, shelf.reader, shelf.file, shelf.slot, target)
    assert (saved.written, saved.unplaced) == (1, 1)
    doc = shelf.engine.open(target).result(60)
    in_copy = pdf_annotations.read(shelf.engine, doc)
    assert [it.annotation.comment for it in in_copy.found] == ["mine now"]
    assert len(shelf.engine.links(doc, 0).result(60)) == 1
    # AND with everything gone from the library the copy is the file as it was
    other = shelf.attach(marked.foreign(numbered(7)), "Another")
    assert shelf.copy().read_bytes() == other.read_bytes()


def test_a_copy_may_have_its_form_filled_in_too(shelf: Shelf) -> None:
    shelf.attach(hostile.sound(1))
    with pytest.raises(PdfRefused) as error:
        shelf.copy(values={"a": "b"})
    assert error.value.message == "The form has no field “a”."
    with pytest.raises(InputError):
        annotated_copies.save(shelf.engine, shelf.reader, shelf.file, shelf.slot, shelf.file)
    with pytest.raises(ReaderError):
        shelf.copy("no/such/folder.pdf")
    assert not list(shelf.folder.glob("*copy*"))


def test_too_much_for_a_copy_is_said(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.attach(marked.document())
    annotating.add(shelf.writer, marked.one_of_each(shelf.slot))
    monkeypatch.setattr(annotated_copies, "_MOST", 2_000)
    with pytest.raises(InputError) as error:
        shelf.copy()
    assert "13 annotations, more than can be written" in error.value.message


def test_a_folder_of_copies(shelf: Shelf) -> None:
    # GIVEN two papers of one name, one without a file, one whose file is gone
    for _ in range(2):
        shelf.attach(marked.document(), "Twins")
        annotating.add(
            shelf.writer, [replace(item, uid="") for item in marked.one_of_each(shelf.slot)[:3]]
        )
        (shelf.folder / "source.pdf").unlink()
    [bare] = add(shelf.writer, "No file at all")
    shelf.attach(hostile.sound(1), "Lost")
    lost = shelf.file
    lost.unlink()
    target = shelf.folder / "out"
    papers = list(exporting.papers(shelf.reader))
    steps = Steps(annotated_copies.to_folder(shelf.engine, shelf.reader, papers, target))
    assert len(list(steps)) == 3
    # THEN there are copies under readable names, and the rest is told
    exported = steps.answer
    assert (exported.written, exported.annotations) == (2, 6)
    assert [paper.uid for paper in exported.without] == [bare]
    assert [item.source for item in exported.failed] == ["Lost"]
    names = sorted(path.name for path in target.iterdir())
    assert len(names) == 2 and all(name.startswith("Twins") for name in names)
    (shelf.folder / "copy").write_bytes(b"a file")
    with pytest.raises(InputError):
        list(annotated_copies.to_folder(shelf.engine, shelf.reader, papers, shelf.folder / "copy"))


def test_a_folder_of_copies_replaces_only_its_own_untouched_ones(shelf: Shelf) -> None:
    # GIVEN a copy in a folder, from before another annotation was made
    shelf.attach(marked.document(), "Twin")
    first, second = marked.one_of_each(shelf.slot)[:2]
    papers, target = list(exporting.papers(shelf.reader)), shelf.folder / "out"

    def written() -> set[str]:
        list(annotated_copies.to_folder(shelf.engine, shelf.reader, papers, target))
        return {path.name for path in target.iterdir()}

    assert written() == {"Twin.pdf"}  # without annotations: the file itself
    annotating.add(shelf.writer, [first])
    assert written() == {"Twin.pdf"}
    before = (target / "Twin.pdf").read_bytes()
    annotating.add(shelf.writer, [second])
    # WHEN it is written again THEN the older copy is replaced
    assert written() == {"Twin.pdf"}
    assert (target / "Twin.pdf").read_bytes() != before
    # WHEN somebody wrote to it, or has another file of that name THEN that one stays
    theirs = (target / "Twin.pdf").read_bytes() + b"% written here"
    (target / "Twin.pdf").write_bytes(theirs)
    (target / "Twin (2).pdf").write_bytes(b"another file")
    assert written() == {"Twin.pdf", "Twin (2).pdf", "Twin (3).pdf"}
    assert (target / "Twin.pdf").read_bytes() == theirs
    assert (target / "Twin (2).pdf").read_bytes() == b"another file"
    assert written() == {"Twin.pdf", "Twin (2).pdf", "Twin (3).pdf"}
