"""Annotations as marks of a PDF: dates, looks, and back without loss."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.annotation import Quad
from reader.domain.marking import COLORS, Annotation, Kind, Part, clean
from reader.domain.pdf_marks import (
    SUBTYPES,
    Drawn,
    PdfMark,
    drawn,
    iso_time,
    look_of,
    pdf_date,
)
from reader.domain.pdf_merging import gather
from reader.domain.pdf_taking import to_annotation

UID = "0a1b2c3d-0000-4000-8000-00000000000a"


def quad(x0: float, y0: float, x1: float, y1: float) -> Quad:
    return x0, y1, x1, y1, x0, y0, x1, y0


def in_file(item: Drawn, index: int = 0, **changed: object) -> PdfMark:
    """A written mark as it is read again: numbers of three decimals, a colour in 255 steps."""
    kind = Kind(item.kind)
    xs = [n for q in item.quads for n in q[::2]] + [p[0] for s in item.strokes for p in s]
    ys = [n for q in item.quads for n in q[1::2]] + [p[1] for s in item.strokes for p in s]
    rgb = tuple(round(part / 255, 3) for part in bytes.fromhex(item.color[1:]))
    mark = PdfMark(
        item.page,
        SUBTYPES[kind],
        (min(xs), min(ys), max(xs), max(ys)),
        item.quads if kind.on_text else (),
        tuple(tuple((x, y, 1.0) for x, y, _ in stroke) for stroke in item.strokes),
        item.contents,
        item.author,
        item.created,
        item.modified,
        item.nm,
        () if kind is Kind.TEXT else rgb,
        item.width,
        kind is Kind.ARROW,
        "{} {} {} rg /Helv {} Tf".format(*rgb, item.width) if kind is Kind.TEXT else "",
        item.private,
        index=index,
        number=10 + index,
    )
    return replace(mark, **changed)  # type: ignore[arg-type]


def back(annotation: Annotation) -> Annotation:
    """The annotation written and read again."""
    marks = [in_file(item, index) for index, item in enumerate(drawn(annotation, {}))]
    [found], [] = gather(marks)
    return replace(found.annotation, nm="", seen="")


place = st.floats(0, 1000).map(lambda n: round(n, 3))
boxes = st.tuples(place, place, place, place).map(
    lambda b: quad(min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3]))
)
pressed = st.floats(0, 1).map(lambda n: round(n, 3))
strokes = st.lists(st.tuples(place, place, pressed), min_size=1, max_size=5).map(tuple)
_FIRST = datetime(1990, 1, 1)  # noqa: DTZ001 - hypothesis wants it without a zone
times = st.datetimes(_FIRST).map(lambda t: t.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z")


@st.composite
def drafts(draw: st.DrawFn) -> Annotation:
    kind = draw(st.sampled_from(list(Kind)))
    quads = st.lists(boxes, min_size=1, max_size=3 if kind.on_text else 1).map(tuple)
    lines = st.just(())
    if kind is Kind.INK:
        lines = st.lists(strokes, min_size=1, max_size=3).map(tuple)
    elif kind in (Kind.LINE, Kind.ARROW):
        lines = st.tuples(st.tuples(*[st.tuples(place, place, st.just(1.0))] * 2))
    pages = draw(st.lists(st.integers(0, 9), min_size=1, max_size=3, unique=True))
    parts = tuple(Part(page, draw(quads), draw(lines)) for page in sorted(pages))
    made = Annotation(
        kind,
        parts,
        color=draw(st.sampled_from([*COLORS, "#010203", "#fefefe"])),
        quote=draw(st.text(max_size=40)),
        before=draw(st.text(max_size=40)),
        after=draw(st.text(max_size=40)),
        comment=draw(st.text(max_size=60)),
        tags=tuple(draw(st.lists(st.text(min_size=1, max_size=8), unique=True, max_size=3))),
        size=draw(st.sampled_from([0.0, 1.0, 2.5, 11.0])),
        author=draw(st.text(max_size=12)),
        card=draw(st.sampled_from(["", "claim", "my own"])),
        note=draw(st.sampled_from(["", UID])),
        picture=draw(st.sampled_from(["", UID])),
        uid=UID,
        created=draw(times),
        modified=draw(times),
    )
    return clean(made)


@settings(max_examples=60, deadline=None)
@given(drafts())
def test_what_is_written_comes_back_equal(annotation: Annotation) -> None:
    assert back(annotation) == annotation
    assert look_of(back(annotation)) == look_of(annotation)


@pytest.mark.parametrize(
    "date, time",
    [
        ("D:20260203040506Z", "2026-02-03T04:05:06.000Z"),
        ("D:20260203040506+01'30'", "2026-02-03T02:35:06.000Z"),
        ("D:20260203040506-05'00", "2026-02-03T09:05:06.000Z"),
        ("20260203", "2026-02-03T00:00:00.000Z"),
        ("D:2026", "2026-01-01T00:00:00.000Z"),
        ("D:20261340", ""),
        ("D:00000203040506Z", ""),
        ("D:00010101000000+23'00'", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_dates_of_a_file(date: str, time: str) -> None:
    assert iso_time(date) == time


def test_dates_for_a_file() -> None:
    assert pdf_date("2026-02-03T04:05:06.789Z") == "D:20260203040506Z"
    assert pdf_date("") == ""


def highlight(**fields: object) -> Annotation:
    made = Annotation(
        Kind.HIGHLIGHT, (Part(0, (quad(10, 10, 90, 20),)),), uid=UID, quote="words",
        tags=("a",), card="claim", comment="mine", created="2026-01-01T00:00:00.123Z",
        modified="2026-01-01T00:00:00.456Z",
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def test_what_another_program_changed_wins_over_what_ours_wrote() -> None:
    [item] = drawn(highlight(), {})
    # WHEN another program changes the comment and the colour
    changed = to_annotation([in_file(item, contents="theirs", color=(0.0, 1.0, 0.0))])
    # THEN that holds, what it cannot know of is kept, and the words it covers still are those
    assert (changed.comment, changed.color) == ("theirs", "#00ff00")
    assert (changed.tags, changed.card, changed.uid, changed.quote) == (
        ("a",),
        "claim",
        UID,
        "words",
    )
    # AND it still leads to the note and the picture it led to
    [item] = drawn(highlight(note=UID, picture=UID), {})
    changed = to_annotation([in_file(item, contents="theirs")])
    assert (changed.note, changed.picture) == (UID, UID)
    # WHEN it is moved, the words are others
    moved = to_annotation([in_file(item, quads=(quad(10, 30, 90, 40),))])
    assert (moved.quote, moved.tags) == ("", ("a",))


@pytest.mark.parametrize(
    "private",
    ["{", "[]", "null", "[" * 100_000, '{"format":2,"uid":"x","part":1}', '{"format":1,"uid":1}',
     json.dumps({"format": 1, "uid": "u", "part": 1, "look": 3, "kind": [], "color": {}, "tags": 5,
                 "size": "x", "created": 5, "note": 7, "picture": "p", "boxes": [[1]], "pressure": [[None]], "quote": 3})],
)  # fmt: skip
def test_a_damaged_text_of_ours_costs_only_what_it_held(private: str) -> None:
    [item] = drawn(highlight(), {})
    found = to_annotation([in_file(item, private=private)])
    assert (found.comment, found.quote, found.tags) == ("mine", "", ())


def ours(**held: object) -> str:
    """A text of ours as another program may have written it."""
    return json.dumps({"format": 1, "uid": "u", "part": 1} | held)


@pytest.mark.parametrize(
    "private",
    [
        ours(pressure=[3]),
        ours(pressure=[[10**400, 10**400]]),
        ours(pressure=[[float("nan"), 0.5]]),
        ours(boxes=[[10**400] * 8, [True] * 8, [1] * 7]),
        ours(boxes=[[float("nan")] * 8]),
        ours(size=10**400, kind="ink"),
        ours(size=True, kind="ink"),
    ],
    ids=["no list", "endless", "no number", "endless box", "box of NaN", "endless size", "truth"],
)
def test_numbers_that_are_none_in_a_text_of_ours_leave_the_line_as_it_stands(private: str) -> None:
    # GIVEN a line of ink, with a text of ours that another program has made nonsense of
    line = ((1.0, 2.0, 1.0), (3.0, 4.0, 1.0))
    ink = PdfMark(0, "Ink", (0, 0, 9, 9), strokes=(line,), private=private)
    # WHEN it is read
    [found], unread = gather([ink])
    # THEN the line is there as the standard's keys have it
    assert unread == []
    assert found.annotation.parts == (Part(0, (), (line,)),)
    assert found.annotation.size == 1.0


@pytest.mark.parametrize(
    "at, begins", [(7, 7), (True, -1), (-3, -1), (10**400, -1), (7.0, -1), ("7", -1), ([7], -1)]
)
def test_where_a_mark_begins_in_the_text_is_a_number_or_not_known(at: object, begins: int) -> None:
    [item] = drawn(highlight(), {})
    private = json.dumps(json.loads(item.private) | {"at": at})
    [part] = to_annotation([in_file(item, private=private)]).parts
    assert (part.at, type(part.at)) == (begins, int)


def test_replies_join_the_comment_and_rings_of_them_end() -> None:
    [item] = drawn(highlight(), {})
    first = in_file(item)
    reply = PdfMark(0, "Text", (0, 0, 1, 1), contents="I agree", author="Bo", index=1, number=20,
                    parent=10)  # fmt: skip
    state = replace(
        reply, contents="", state="Accepted", hidden=True, index=2, number=21, parent=20
    )
    none = replace(state, state="None", index=3, number=22)
    ring = [replace(reply, index=4, number=30, parent=31, nm="x"),
            replace(reply, index=5, number=31, parent=30, nm="y"),
            replace(reply, index=6, number=32, parent=32, nm="z"),
            replace(reply, index=7, number=33, parent=99, nm="w")]  # fmt: skip
    found, unread = gather([first, reply, state, none, *ring])
    assert unread == []
    assert [it.annotation.comment for it in found] == [
        "mine\n\nBo: I agree\n\nBo: Accepted", *["I agree"] * 4,
    ]  # fmt: skip
    assert found[0].entries == ((0, 0), (0, 1), (0, 2), (0, 3))


def test_a_part_copied_by_another_program_is_one_of_its_own() -> None:
    made = highlight(parts=(Part(0, (quad(1, 1, 9, 9),)), Part(1, (quad(1, 1, 9, 9),))))
    marks = [in_file(item, index) for index, item in enumerate(drawn(made, {}))]
    copy = replace(marks[0], page=2, index=0, number=50)
    found, _ = gather([*marks, copy])
    assert [len(it.annotation.parts) for it in found] == [2, 1]
    assert found[1].annotation.uid == "" and found[1].annotation.tags == ()
    # Where a program dropped our text, the parts are known by their names.
    bare = [replace(mark, private="") for mark in marks]
    [whole], [] = gather(bare)
    assert len(whole.annotation.parts) == 2


def test_marks_without_a_sense_are_named() -> None:
    bad = [
        PdfMark(0, "Highlight", (0, 0, 9, 9), index=0),
        PdfMark(1, "Ink", (0, 0, 9, 9), index=1),
        PdfMark(1, "Line", (0, 0, 9, 9), strokes=(((1.0, 1.0, 1.0),),), index=2),
        PdfMark(1, "Text", (0, 0, 9e8, 9), index=3),
    ]
    found, unread = gather(bad)
    assert found == []
    assert [(it.page, it.index, it.reason) for it in unread] == [
        (0, 0, "It does not say which words it is on."),
        (1, 1, "It has no line."),
        (1, 2, "It has no line."),
        (1, 3, "It lies far outside of every page."),
    ]


def test_kinds_the_library_lacks_stay_in_the_file() -> None:
    marks = [PdfMark(0, kind, (0, 0, 9, 9)) for kind in ("Stamp", "FileAttachment", "Redact")]
    assert gather([*marks, PdfMark(0, "Square", (0, 0, 9, 9), hidden=True)]) == ([], [])


@pytest.mark.parametrize(
    "look, color, size",
    [
        ("0 0 1 rg /Helv 13 Tf", "#0000ff", 13.0),
        ("/Helv 9.5 Tf 0.5 g", "#808080", 9.5),
        ("0 1 1 0 k /F 12 Tf", "#ff0000", 0.0),
        ("nonsense rg", "#000000", 0.0),
        ("", "#000000", 0.0),
    ],
)
def test_colour_and_size_of_free_text(look: str, color: str, size: float) -> None:
    found = to_annotation([PdfMark(0, "FreeText", (0, 0, 90, 20), contents="x", look=look)])
    assert (found.kind, found.color, found.size) == (Kind.TEXT, color, size)
