"""Annotations as values: where they lie, what may be stored of a PDF's text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.marking import (
    CONTEXT,
    Annotation,
    Kind,
    Part,
    clean,
    clean_text,
    in_order,
    is_color,
    rgb_of,
)

QUAD = (10.0, 700.0, 90.0, 700.0, 10.0, 690.0, 90.0, 690.0)


def test_an_annotation_begins_at_the_top_left_of_its_first_part() -> None:
    over_two = Annotation(
        Kind.HIGHLIGHT,
        (Part(3, (QUAD,)), Part(4, (), (((5.0, 5.0, 1.0), (20.0, 9.0, 0.5)),))),
    )
    assert (over_two.page, over_two.place) == (3, (3, -700.0, 10.0))
    assert over_two.on(4) == over_two.parts[1]
    assert over_two.parts[1].box == (5.0, 5.0, 20.0, 9.0)
    assert over_two.on(5) is None


def test_the_order_is_that_of_the_text_and_by_height_where_that_is_unknown() -> None:
    def one(name: str, page: int, x: float, top: float, at: int) -> Annotation:
        quad = (x, top, x + 80, top, x, top - 10, x + 80, top - 10)
        return Annotation(Kind.HIGHLIGHT, (Part(page, (quad,), at=at),), comment=name)

    # GIVEN two columns of one page, and a page of which one place is not known
    right, left, low = (
        one("right", 0, 320, 700, 900), one("left", 0, 60, 400, 300), one("low", 0, 60, 90, 600),
    )  # fmt: skip
    under, over = one("under", 1, 60, 200, 10), one("over", 1, 60, 700, -1)
    # THEN the left column comes first, and the other page goes from top to bottom
    found = [it.comment for it in in_order([under, right, low, over, left])]
    assert found == ["left", "low", "right", "over", "under"]


@pytest.mark.parametrize(
    "text, stored",
    [
        ("a\x00b\ud800c", "abc"),
        ("\u202eevil\u202c", "evil"),
        ("e\ufb03cient \ufb01nd", "efficient find"),
        ("re\xad\n  markable", "remarkable"),
        ("one\r\ntwo\u2029three\tfour", "one\ntwo\nthree\tfour"),
        ("नमस्\u200dते", "नमस्\u200dते"),
    ],
)
def test_a_pdf_s_text_is_stored_clean(text: str, stored: str) -> None:
    assert clean_text(text) == stored


@given(st.text(st.characters(), max_size=60))
def test_clean_text_can_always_be_written_and_is_clean_once_and_for_all(text: str) -> None:
    cleaned = clean_text(text)
    cleaned.encode("utf-8")
    assert clean_text(cleaned) == cleaned


def test_context_is_cut_from_the_side_that_touches_the_quote() -> None:
    long = Annotation(
        Kind.HIGHLIGHT, (Part(0, (QUAD,)),), before="a" * 40 + "b", after="c" + "d" * 40
    )
    assert clean(long).before == "a" * (CONTEXT - 1) + "b"
    assert clean(long).after == "c" + "d" * (CONTEXT - 1)


def test_colours_are_names_or_rgb() -> None:
    assert is_color("yellow") and is_color("#00ff7f")
    assert not is_color("mauve") and not is_color("#00FF7F") and not is_color("#fff")
    assert rgb_of("#00ff7f") == "#00ff7f"
    assert rgb_of("green") != rgb_of("yellow") == rgb_of("of another program")
