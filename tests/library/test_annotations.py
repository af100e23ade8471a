"""Annotations: kept by slot, logged field by field, undone and done again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reader.domain.errors import InputError, NotFoundError
from reader.domain.marking import Annotation, Kind, Part
from reader.library import files
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services import annotating
from tests.library.shelf import add, redo, undo

UPPER = (10.0, 700.0, 90.0, 700.0, 10.0, 690.0, 90.0, 690.0)
LOWER = (10.0, 300.1234, 90.0, 300.1234, 10.0, 290.0, 90.0, 290.0)


@pytest.fixture
def reader(folder: Path, writer: Writer) -> Iterator[Reader]:
    with closing(Reader(folder)) as made:
        yield made


@pytest.fixture
def slot(writer: Writer) -> tuple[str, str]:
    """(uid of a paper, uid of its attachment)."""
    [paper] = add(writer, "A paper")
    with writer.edit("Attach") as edit:
        uid = files.add(edit, paper, files.Stored("a.pdf", "0" * 64, 3), 12)
    return paper, uid


def highlight(slot: str, page: int = 0, **fields: object) -> Annotation:
    return replace(Annotation(Kind.HIGHLIGHT, (Part(page, (UPPER,)),), slot), **fields)  # type: ignore[arg-type]


def test_what_is_kept_comes_back_in_the_order_of_the_pages(
    writer: Writer, reader: Reader, slot: tuple[str, str]
) -> None:
    paper, uid = slot
    drafts = [
        highlight(uid, 4, quote="later"),
        Annotation(
            Kind.INK,
            (Part(1, (LOWER,), (((10.0, 300.0, 0.25), (12.0, 301.0, 1.0)),)), Part(2, (UPPER,))),
            uid, "#00ff7f", "q", "b", "a", "A *comment*", ("proof", "later"), 2.5, "R",
            "", "claim", "", "1" * 64, nm="fitz-A0", seen="f",
        ),
        highlight(uid, 1, quote="above"),
    ]  # fmt: skip
    # WHEN they are written in one step
    uids, changes = annotating.add(writer, drafts)
    # THEN all is there, from the first page's top on, and whoever shows the paper is told
    kept = reader.annotations(uid)
    assert [it.uid for it in kept] == [uids[2], uids[1], uids[0]]
    assert changes.annotations == set(uids) and changes.papers == {paper}
    ink = replace(
        kept[1], uid="", created="", modified="", tags=drafts[1].tags, parts=drafts[1].parts
    )
    assert ink == drafts[1]
    assert kept[1].tags == ("later", "proof")
    assert kept[1].parts[0].quads[0][1] == 300.123, "three decimals are a thousandth of a point"
    assert reader.annotation(uids[0]).quote == "later"
    assert reader.annotations("another") == ()


def test_every_change_is_undone_and_done_again(
    writer: Writer, reader: Reader, slot: tuple[str, str]
) -> None:
    [uid], _ = annotating.add(writer, [highlight(slot[1], tags=("doubt",))])
    states = [reader.annotations(slot[1])]

    def also() -> None:
        states.append(reader.annotations(slot[1]))

    changed = replace(states[0][0], color="red", comment="No!", tags=("proof",))
    assert annotating.change(writer, [changed]).annotations == {uid}
    also()
    moved = replace(changed, parts=(Part(3, (LOWER,)),), placed=False)
    annotating.change(writer, [moved])
    also()
    assert reader.annotation(uid).page == 3
    annotating.remove(writer, [uid])
    also()
    assert states[-1] == ()

    def bare(found: tuple[Annotation, ...]) -> list[Annotation]:
        return [replace(it, modified="") for it in found]

    for state in reversed(states[:-1]):
        assert undo(writer)
        assert bare(reader.annotations(slot[1])) == bare(state)
    undo(writer)
    assert reader.annotations(slot[1]) == ()
    for state in states:
        assert redo(writer)
        assert bare(reader.annotations(slot[1])) == bare(state)


def test_a_comment_that_saves_itself_stays_one_step(
    writer: Writer, reader: Reader, slot: tuple[str, str]
) -> None:
    [uid], _ = annotating.add(writer, [highlight(slot[1])])
    batch = ""
    for text in ("A", "A thou", "A thought"):
        now = replace(reader.annotation(uid), comment=text)
        batch = annotating.change(writer, [now], batch=batch).batch or batch
    assert reader.annotation(uid).comment == "A thought"
    undo(writer)
    assert reader.annotation(uid).comment == ""
    # Something was done between: what is typed then is a step of its own
    annotating.remove(writer, [uid])
    undo(writer)
    redone = annotating.change(writer, [replace(reader.annotation(uid), comment="B")], batch=batch)
    assert redone.batch != batch


def test_what_means_nothing_is_refused_and_nothing_is_written(
    writer: Writer, reader: Reader, slot: tuple[str, str]
) -> None:
    good = highlight(slot[1])
    for bad, error in (
        (replace(good, parts=()), InputError),
        (replace(good, parts=(Part(0),)), InputError),
        (replace(good, color="mauve"), InputError),
        (replace(good, attachment="none"), NotFoundError),
    ):
        with pytest.raises(error):
            annotating.add(writer, [good, bad])
    assert reader.annotations(slot[1]) == ()
    with pytest.raises(NotFoundError):
        reader.annotation("none")


def test_colours_mean_what_the_reader_says(writer: Writer, reader: Reader) -> None:
    assert reader.meanings()["red"] == "doubt"
    annotating.set_meaning(writer, "red", " weak \n point ")
    assert reader.meanings()["red"] == "weak point"
    undo(writer)
    assert reader.meanings()["red"] == "doubt"
    redo(writer)
    annotating.set_meaning(writer, "red", "")
    assert reader.meanings()["red"] == "doubt"
    with pytest.raises(InputError):
        annotating.set_meaning(writer, "mauve", "x")


def test_text_of_a_pdf_is_stored_clean(
    writer: Writer, reader: Reader, slot: tuple[str, str]
) -> None:
    dirty = highlight(slot[1], quote="e\ufb03\x00cient\ud800", comment="\u202ecomment")
    [uid], _ = annotating.add(writer, [dirty])
    kept = reader.annotation(uid)
    assert (kept.quote, kept.comment) == ("efficient", "comment")
