"""Where the comment card stands: beside or below what is annotated, never over it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSizeF

from reader.ui.viewer.annotate.comment_card import card_place, lacking

CARD = QSizeF(330, 214)
ROOM = QSizeF(800, 700)
PAGE = QRectF(20, -100, 760, 1000)  # as wide as the view


def test_it_stands_below() -> None:
    area = QRectF(100, 100, 400, 40)
    place = card_place(ROOM, CARD, area, PAGE)
    assert (place.top(), place.center().x()) == (148, 300)
    assert place.size() == CARD


def test_beside_a_narrow_page_it_covers_no_text_at_all() -> None:
    area, page = QRectF(300, 100, 200, 40), QRectF(250, 0, 500, 700)
    place = card_place(QSizeF(1200, 700), CARD, area, page)
    assert not place.intersects(page)
    assert place.top() == area.top()
    # AND left of a page at the right edge
    page = QRectF(690, 0, 500, 700)
    assert card_place(QSizeF(1200, 700), CARD, area.translated(450, 0), page).right() < 690


def test_near_the_foot_it_gives_up_height_before_it_covers() -> None:
    area = QRectF(100, 480, 400, 40)
    place = card_place(ROOM, CARD, area, PAGE)
    assert (place.top(), place.bottom()) == (528, 692)


def test_at_the_foot_it_stands_beside_a_short_line_and_above_a_long_one() -> None:
    short = QRectF(100, 640, 200, 40)
    assert card_place(ROOM, CARD, short, PAGE).left() == 308
    long = QRectF(100, 640, 600, 40)
    assert card_place(ROOM, CARD, long, PAGE).bottom() == 632


@given(
    st.floats(200, 2000), st.floats(200, 2000),
    st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1),
)  # fmt: skip
def test_it_is_in_the_view_and_covers_only_where_nothing_else_is_left(
    width: float, height: float, x: float, y: float, wide: float, high: float
) -> None:
    room = QSizeF(width, height)
    area = QRectF(x * width, y * height, wide * (1 - x) * width, high * (1 - y) * height)
    place = card_place(room, CARD, area, QRectF(0, 0, width, height))
    inside = QRectF(0, 0, width, height).adjusted(7.9, 7.9, -7.9, -7.9)
    assert inside.contains(place)
    if place.intersects(area):
        assert area.top() < 166 and height - area.bottom() < 166
        assert max(area.left(), width - area.right()) < min(CARD.width(), width - 16) + 17


@pytest.mark.parametrize(
    "area, far",
    [
        (QRectF(100, 100, 400, 40), 0.0),  # there is room
        (QRectF(100, 600, 400, 40), 170.0),  # the card is whole then
        (QRectF(100, 20, 400, 640), 0.0),  # it would not be seen whole any more
    ],
)
def test_the_page_makes_room_below(area: QRectF, far: float) -> None:
    assert lacking(ROOM, CARD, area, PAGE) == far
    assert lacking(QSizeF(1300, 700), CARD, area, PAGE) == 0.0
