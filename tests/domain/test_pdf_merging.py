"""Which annotation of the library a mark is, and what is done when it has changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.domain.annotation import Quad
from reader.domain.marking import Annotation, Kind, Part
from reader.domain.pdf_marks import PdfMark, drawn, look_of
from reader.domain.pdf_merging import Found, Known, Step, added, gather, match, plan, updated
from tests.domain.test_pdf_marks import highlight, in_file, quad

HERE, THERE = quad(10, 10, 90, 20), quad(10, 30, 90, 40)


def mark(name: str = "n1", contents: str = "said", where: Quad = HERE, index: int = 0) -> PdfMark:
    return PdfMark(
        0, "Highlight", (0, 0, 9, 9), (where,), contents=contents, nm=name, index=index,
        color=(1.0, 1.0, 0.0), number=10 + index,
    )  # fmt: skip


def found(*marks: PdfMark) -> list[Found]:
    founds, unread = gather(marks)
    assert unread == []
    return founds


def imported(*marks: PdfMark) -> list[Annotation]:
    """The library after these marks were imported into an empty one."""
    steps = plan(found(*marks), Known())
    assert [step.fate for step in steps] == ["add"] * len(steps)
    return [replace(added(step, "slot"), uid=f"own-{number}") for number, step in enumerate(steps)]


def fates(founds: list[Found], live: list[Annotation], deleted: list[Annotation]) -> list[str]:
    return [step.fate for step in plan(founds, Known(live, deleted))]


THEIRS = mark(contents="theirs")


@pytest.mark.parametrize(
    "in_the_file, comment, gone, fate",
    [
        (mark(), "said", False, "unchanged"),
        (mark(), "mine", False, "unchanged"),
        (THEIRS, "said", False, "update"),
        (THEIRS, "theirs", False, "unchanged"),
        (THEIRS, "mine", False, "twice"),
        (mark(), "said", True, "unchanged"),
        (mark(), "mine", True, "unchanged"),
        (THEIRS, "said", True, "restore"),
        (mark("n2"), "said", False, "add"),
    ],
)
def test_what_becomes_of_a_mark(in_the_file: PdfMark, comment: str, gone: bool, fate: str) -> None:
    [known] = imported(mark())
    known = replace(known, comment=comment)
    live, deleted = ([], [known]) if gone else ([known], [])
    assert fates(found(in_the_file), live, deleted) == [fate]


def test_tags_are_no_change_of_what_a_file_holds() -> None:
    [known] = imported(mark())
    tagged = replace(known, tags=("mine",), card="claim")
    [step] = plan(found(THEIRS), Known([tagged]))
    assert step.fate == "update"
    new = updated(step)
    assert (new.comment, new.tags, new.card, new.uid) == ("theirs", ("mine",), "claim", "own-0")
    assert new.seen == look_of(new)


@pytest.mark.parametrize("name", ["", "fitz-A0"])
def test_without_a_name_of_its_own_a_mark_is_known_by_its_look(name: str) -> None:
    marks = [mark(name), mark(name, "other", THERE, 1), mark(name, "", quad(1, 1, 2, 2), 2)]
    known = imported(*marks)
    assert [it.nm for it in known] == ["", "", ""]
    # WHEN one says something else, one was moved, and one was drawn anew elsewhere
    now = [
        mark(name, "changed"),
        mark(name, "other", quad(50, 50, 60, 60), 1),
        mark(name, "", quad(70, 70, 80, 80), 2),
    ]
    steps = plan(found(*now), Known(known))
    # THEN the first two are known by their place and by what they say, the third is new
    assert [step.fate for step in steps] == ["update", "update", "add"]
    assert [step.known.uid if step.known else None for step in steps] == ["own-0", "own-1", None]


def test_a_name_that_two_marks_share_is_nobodys() -> None:
    marks = [mark("same"), mark("same", "other", THERE, 1)]
    known = imported(*marks)
    assert fates(found(*marks), known, []) == ["unchanged", "unchanged"]
    assert fates(found(marks[1]), known, []) == ["unchanged"]


def test_a_version_kept_beside_is_not_kept_again() -> None:
    # GIVEN an annotation that was changed on both sides, and both were kept
    [known] = imported(mark())
    mine = replace(known, comment="mine")
    [step] = plan(found(THEIRS), Known([mine]))
    beside = replace(added(step, "slot"), uid="own-9")
    assert (beside.comment, beside.nm) == ("theirs", "n1")
    # WHEN the file is imported again THEN nothing new is found; a further change is the file's
    assert fates(found(THEIRS), [mine, beside], []) == ["unchanged"]
    [again] = plan(found(mark(contents="theirs again")), Known([mine, beside]))
    assert again.fate == "update" and again.known is not None and again.known.uid == "own-9"


def test_what_came_back_from_a_copy_is_compared_with_what_went_out() -> None:
    # GIVEN an annotation of the library, and a copy it was written into
    own = replace(highlight(), tags=("a",), seen="", nm="")
    [item] = drawn(own, {})
    untouched, edited = in_file(item), in_file(item, contents="theirs")
    # THEN an untouched copy is no news, whatever was done in the library since
    assert fates(found(untouched), [own], []) == ["unchanged"]
    assert fates(found(untouched), [replace(own, comment="later")], []) == ["unchanged"]
    assert fates(found(untouched), [], [own]) == ["unchanged"]
    # AND a copy that was edited elsewhere is
    assert fates(found(edited), [own], []) == ["update"]
    assert fates(found(edited), [replace(own, comment="later")], []) == ["twice"]
    assert fates(found(edited), [], [own]) == ["restore"]
    # AND once taken over it is not news again
    taken = updated(plan(found(edited), Known([own]))[0])
    assert fates(found(edited), [taken], []) == ["unchanged"]
    assert fates(found(edited), [replace(taken, comment="later")], []) == ["unchanged"]


def test_an_area_stays_one_whose_rectangle_was_moved() -> None:
    area = Annotation(Kind.AREA, (Part(0, (HERE,)),), uid=highlight().uid, size=2.0)
    [item] = drawn(area, {})
    [same] = found(in_file(item, rect=(0.0, 0.0, 5.0, 5.0)))
    assert (same.annotation.kind, match([same], Known([area]))) == (Kind.AREA, [area])


def test_in_an_empty_library_a_mark_keeps_the_uid_it_was_written_with() -> None:
    own = highlight()
    marks = [in_file(item) for item in drawn(own, {})]
    [step] = plan(found(*marks), Known())
    new = added(step, "slot")
    assert (new.uid, new.nm, new.attachment) == (own.uid, "", "slot")
    beside = added(Step("twice", step.found, own), "slot")
    assert (beside.uid, beside.nm) == ("", own.uid)
