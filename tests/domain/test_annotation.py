"""Places on a page: user space and view space, there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.annotation import PageGeometry

# Multiples of 1/8: sums and differences of these are exact.
NUMBER = st.integers(-40_000, 40_000).map(lambda value: value / 8)
SIDE = st.integers(1, 40_000).map(lambda value: value / 8)


@st.composite
def geometries(draw: st.DrawFn) -> PageGeometry:
    x, y = draw(NUMBER), draw(NUMBER)
    crop = (x, y, x + draw(SIDE), y + draw(SIDE))
    return PageGeometry(crop, draw(st.sampled_from([0, 90, 180, 270])))


@given(geometries(), NUMBER, NUMBER)
def test_a_point_comes_back(page: PageGeometry, x: float, y: float) -> None:
    assert page.to_user(*page.to_view(x, y)) == (x, y)
    assert page.to_view(*page.to_user(x, y)) == (x, y)


@given(geometries())
def test_the_crop_box_is_what_is_seen(page: PageGeometry) -> None:
    x0, y0, x1, y1 = page.crop
    corners = [page.to_view(x, y) for x in (x0, x1) for y in (y0, y1)]
    width, height = page.size
    assert {(0.0, 0.0), (width, 0.0), (0.0, height), (width, height)} == set(corners)


@given(geometries(), NUMBER, NUMBER, SIDE, SIDE)
def test_a_rectangle_comes_back_as_a_quad(
    page: PageGeometry, x: float, y: float, width: float, height: float
) -> None:
    rect = (x, y, x + width, y + height)
    quad = page.rect_to_quad(rect)
    assert page.quad_to_view(quad) == rect
    # Top-left, top-right, bottom-left, bottom-right; y grows upwards.
    assert quad[0] == quad[4] < quad[2] == quad[6]
    assert quad[1] == quad[3] > quad[5] == quad[7]


@pytest.mark.parametrize(
    "rotation, place",
    [(0, (10, 692)), (90, (100, 10)), (180, (602, 100)), (270, (692, 602))],
)
def test_where_a_point_is_seen(rotation: int, place: tuple[float, float]) -> None:
    # GIVEN a letter page, turned clockwise; THEN (10, 100) from the bottom-left is there
    assert PageGeometry(rotation=rotation).to_view(10, 100) == place
