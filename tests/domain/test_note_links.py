"""Links in notes: what is one, what it leads to, and that an address only ever opens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.note_links import KINDS, NoteLink, Place, address, links_in, place_of, title_of

UID = "0b6a4a0e-92a3-4c6a-9d1b-6f4f3e1a7c11"


def test_links_are_found_in_order_and_not_in_code() -> None:
    text = (
        f"See [[Flow  Matching|that paper]] and [page 3](paper-reader://paper/{UID}?page=3),\n"
        f"`[[not this]]` but [[{UID}]].\n```\n[[nor this]]\n```\n[[]] [[ - ]] [[a\nb]]"
    )
    found = list(links_in(text))
    assert [(it.kind, it.target) for it in found] == [
        ("title", "flowmatching"), ("paper", UID), ("paper", UID),
    ]  # fmt: skip
    assert next(text[it.start : it.end] for it in found) == "[[Flow  Matching|that paper]]"
    assert isinstance(found[0], NoteLink) and found[0].words == "Flow  Matching"


@given(st.sampled_from(KINDS), st.uuids(), st.none() | st.integers(0, 999_999))
def test_an_address_leads_back_to_its_place(kind: str, uid: object, page: int | None) -> None:
    place = Place(kind, str(uid), page)
    assert place_of(address(place)) == place
    assert [it.target for it in links_in(f"({address(place)}).")] == [place.uid]


@pytest.mark.parametrize(
    "text",
    [
        "", "paper-reader://", f"paper-reader://delete/{UID}", f"paper-reader://paper/../{UID}",
        f"http://paper/{UID}", f"paper-reader://paper/{UID[:-1]}", "paper-reader://paper/--library",
        f"paper-reader://paper/{UID}/x", "paper-reader://[", "paper-reader://paper/" + "a" * 36,
    ],
)  # fmt: skip
def test_what_is_no_address_opens_nothing(text: str) -> None:
    assert place_of(text) is None


@pytest.mark.parametrize("page", ["0", "-1", "x", "٣", "1e9", "99999999999999999999"])
def test_an_impossible_page_is_left_to_where_the_reader_was(page: str) -> None:
    assert place_of(f"paper-reader://paper/{UID}?page={page}") == Place("paper", UID)


@pytest.mark.parametrize(
    "text, title",
    [
        ("# A *good* title\n\nText", "A good title"),
        ("\n\n  - [ ] first", "first"),
        ("[[Flow Matching|FM]] and [it](http://x)", "FM and it"),
        ("> \n> quoted", "quoted"),
        ("***\n", ""),
        ("", ""),
    ],
)
def test_a_note_is_called_by_its_first_line_that_speaks(text: str, title: str) -> None:
    assert title_of(text) == title
