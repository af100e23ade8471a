"""Rows of pages, turns, trimmed margins: the arithmetic without Qt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.pdf.protocol import PageInk, Rotation
from reader.ui.viewer.arrangement import (
    TURNS,
    Arrangement,
    Trim,
    parse,
    turned,
    turned_rect,
    unturned,
    unturned_rect,
)
from reader.ui.viewer.camera import Camera, PixelRect, Spot
from reader.ui.viewer.layout import PageLayout
from reader.ui.viewer.margins import SAMPLES, common_box
from reader.ui.viewer.tiles import MOST_PIXELS, tiles_in_view

SIZES = st.lists(st.tuples(st.floats(50, 2000), st.floats(50, 2000)), min_size=1, max_size=60)
WAYS = st.builds(
    Arrangement,
    columns=st.sampled_from([1, 2]),
    cover=st.booleans(),
    paged=st.booleans(),
    right_to_left=st.booleans(),
    trim=st.sampled_from(["off", "page", "all"]),
    rotation=st.sampled_from(TURNS),
)


def camera_of(sizes: list[tuple[float, float]], way: Arrangement, scale: float = 1.0) -> Camera:
    camera = Camera(PageLayout(len(sizes), sizes, way))
    camera.width, camera.height, camera.scale = 800, 600, scale
    return camera


@given(WAYS)
def test_words_say_an_arrangement_and_are_read_again(way: Arrangement) -> None:
    read = parse(way.words(), way.rotation)
    assert read.words() == way.words() and read.rotation == way.rotation
    assert (read.columns, read.paged, read.trim) == (way.columns, way.paged, way.trim)


@pytest.mark.parametrize("words", ["", "nonsense", "two", "trim", "paged-ish  ,"])
def test_unknown_words_are_one_column(words: str) -> None:
    assert parse(words, 45) == Arrangement()


@given(st.sampled_from(TURNS), st.floats(-50, 900), st.floats(-50, 900))
def test_a_turn_is_undone(rotation: Rotation, x: float, y: float) -> None:
    size = (600.0, 800.0)
    there = turned(x, y, size, rotation)
    assert unturned(*there, size, rotation) == pytest.approx((x, y))
    rect = (10.0, 20.0, 110.0, 220.0)
    assert unturned_rect(turned_rect(rect, size, rotation), size, rotation) == pytest.approx(rect)


def test_a_turn_is_clockwise() -> None:
    # GIVEN the top-left corner of a page THEN it goes round with the clock
    size = (600.0, 800.0)
    assert turned(0, 0, size, 90) == (800.0, 0.0)
    assert turned(0, 0, size, 180) == (600.0, 800.0)
    assert turned(0, 0, size, 270) == (0.0, 600.0)


@given(SIZES, WAYS, st.floats(0.2, 6.0), st.data())
def test_every_place_is_found_again_where_it_is_seen(
    sizes: list[tuple[float, float]], way: Arrangement, scale: float, data: st.DataObject
) -> None:
    # GIVEN a place on any page, however the pages stand
    camera = camera_of(sizes, way, scale)
    page = data.draw(st.integers(0, len(sizes) - 1))
    for number in range(0, len(sizes), 3):
        camera.layout.learn_ink(number, PageInk((10.0, 10.0, 40.0, 45.0)))
    box = camera.layout.box(page)
    spot = Spot(page, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    # WHEN it is brought into view
    camera.put(spot, 300, 200)
    # THEN the point it is at is on that page and that place
    assert page in camera.visible()
    x, y = camera.view_point(spot)
    found = camera.spot(x, y)
    assert found.page == page
    assert (found.x, found.y) == pytest.approx((spot.x, spot.y), abs=1.01 / scale)


@given(SIZES, WAYS, st.floats(0.2, 3.0))
def test_pages_never_overlap_and_stay_on_the_canvas(
    sizes: list[tuple[float, float]], way: Arrangement, scale: float
) -> None:
    camera = camera_of(sizes, way, scale)
    for row in range(camera.layout.rows):
        camera.row = row
        rects = [camera.shown_rect(page) for page in camera.layout.pages_of(row)]
        for x, y, width, height in rects:
            assert 0 <= x and x + width <= camera.canvas_width + 1
            assert 0 <= y and y + height <= camera.canvas_height
        if len(rects) == 2:
            left, right = sorted(rects)
            assert left[0] + left[2] <= right[0]


@given(st.integers(1, 60), WAYS)
def test_each_page_is_in_one_row(pages: int, way: Arrangement) -> None:
    layout = PageLayout(pages, [(600.0, 800.0)], way)
    found = [page for row in range(layout.rows) for page in layout.pages_of(row)]
    assert found == list(range(pages))
    assert all(page in layout.pages_of(layout.row_of(page)) for page in found)


def _rows(way: Arrangement, pages: int = 5) -> list[list[int]]:
    layout = PageLayout(pages, [(600.0, 800.0)], way)
    return [list(layout.pages_of(row)) for row in range(layout.rows)]


def test_pairs_begin_with_the_first_page_or_after_a_cover() -> None:
    assert _rows(Arrangement(columns=2)) == [[0, 1], [2, 3], [4]]
    assert _rows(Arrangement(columns=2, cover=True)) == [[0], [1, 2], [3, 4]]


def _left(way: Arrangement) -> PixelRect:
    """The left one of pages 1 and 2."""
    camera = camera_of([(600.0, 800.0)] * 5, way, 0.4)
    rects = {camera.shown_rect(page): page for page in (1, 2)}
    return (rects[min(rects)], *min(rects)[1:])


def test_right_to_left_puts_the_earlier_page_to_the_right() -> None:
    assert _left(Arrangement(columns=2, cover=True))[0] == 1
    assert _left(Arrangement(columns=2, cover=True, right_to_left=True))[0] == 2


def test_a_cover_stands_where_its_place_in_a_book_is() -> None:
    camera = camera_of([(600.0, 800.0)] * 5, Arrangement(columns=2, cover=True), 0.4)
    assert camera.shown_rect(0)[0] >= camera.canvas_width / 2
    camera.layout.arrange(Arrangement(columns=2, cover=True, right_to_left=True))
    assert camera.shown_rect(0)[0] < camera.canvas_width / 2


def test_an_open_row_is_all_that_can_be_scrolled_over() -> None:
    # GIVEN one page at a time, higher than the view
    camera = camera_of([(600.0, 800.0)] * 9, Arrangement(paged=True), 2.0)
    camera.put(Spot(4, 0.0, 400.0))
    assert list(camera.visible(5_000, 5_000)) == [4]
    # WHEN scrolling as far as it goes THEN the page stays
    camera.move(0, 10**9)
    assert camera.top == 1600 + 2 * camera.gap - 600
    assert camera.current() == 4
    # AND other pages lie out of sight
    assert camera.view_point(Spot(5, 0.0, 0.0))[1] > 600
    assert camera.view_point(Spot(3, 0.0, 800.0))[1] < 0


def test_a_row_that_fits_stands_in_the_middle() -> None:
    camera = camera_of([(600.0, 800.0)] * 3, Arrangement(paged=True), 0.5)
    camera.put(Spot(1, 0.0, 0.0))
    _, y, _, height = camera.shown_rect(1)
    assert (camera.canvas_height, y) == (600, (600 - height) // 2)


def test_the_row_beside_is_seen_as_it_will_be() -> None:
    camera = camera_of([(600.0, 800.0)] * 9, Arrangement(columns=2, paged=True), 0.5)
    camera.put(Spot(4, 0.0, 0.0))
    beside = camera.beside(1)
    assert beside is not None and list(beside.visible()) == [6, 7]
    assert list(camera.visible()) == [4, 5]
    last = camera.beside(3)
    assert last is None


@pytest.mark.parametrize("rotation", [90, 270])
def test_a_turned_page_is_fitted_as_it_is_seen(rotation: Rotation) -> None:
    camera = camera_of([(600.0, 800.0)] * 3, Arrangement(rotation=rotation))
    camera.scale = camera.fit_width(0)
    width, height = camera.page_size(0)
    assert width == camera.width - 2 * camera.margin
    assert height == pytest.approx(width * 600 / 800, abs=1)


def test_two_pages_fit_the_width_together() -> None:
    camera = camera_of([(600.0, 800.0)] * 4, Arrangement(columns=2))
    camera.scale = camera.fit_width(2)
    assert camera.canvas_width == camera.width
    assert camera.shown_rect(2)[0] == pytest.approx(camera.margin, abs=2)
    x, _, width, _ = camera.shown_rect(3)
    assert x + width == pytest.approx(camera.width - camera.margin, abs=2)


@pytest.mark.parametrize("trim", ["page", "all"])
@pytest.mark.parametrize("rotation", TURNS)
def test_trimmed_pages_show_their_ink_and_little_more(trim: Trim, rotation: Rotation) -> None:
    # GIVEN pages with wide margins
    way = Arrangement(trim=trim, rotation=rotation)
    camera = camera_of([(600.0, 800.0)] * 8, way)
    for page in range(8):
        camera.layout.learn_ink(page, PageInk((100.0, 80.0 + page, 500.0, 700.0)))
    # THEN the ink is inside what is shown, and the margins are not
    width, height = camera.layout.shown(3)
    if rotation in (90, 270):
        width, height = height, width
    assert 400 <= width <= 430 and 610 <= height <= 650
    camera.scale = camera.fit_width(3)
    x, y, shown_width, _ = camera.shown_rect(3)
    assert shown_width == camera.width - 2 * camera.margin
    # AND tiles beyond it are not asked for
    camera.put(camera.head(3))
    page_x, page_y, _, _ = camera.page_rect(3)
    assert page_x < x and page_y < y


def test_the_common_box_is_not_led_astray_by_one_page() -> None:
    boxes = [(100.0, 90.0, 500.0, 700.0)] * 12 + [(5.0, 5.0, 595.0, 795.0)]
    assert common_box(boxes) == (100.0, 90.0, 500.0, 700.0)
    assert common_box([(1.0, 2.0, 3.0, 4.0), (0.0, 3.0, 2.0, 9.0)]) == (0.0, 2.0, 3.0, 9.0)


def test_pages_alike_wait_for_all_samples_and_cut_off_no_ink() -> None:
    # GIVEN a hundred pages, trimmed alike
    layout = PageLayout(100, [(600.0, 800.0)] * 100, Arrangement(trim="all"))
    samples = layout.margins.missing()
    assert len(samples) == SAMPLES
    # WHEN the ink of the samples is known
    for page in samples:
        assert layout.box(samples[0]) == layout.box(51) == (0.0, 0.0, 600.0, 800.0)
        layout.learn_ink(page, PageInk((100.0, 80.0, 500.0, 700.0)))
    common = layout.box(51)
    assert common == (91.0, 71.0, 509.0, 709.0)
    assert layout.widest == pytest.approx(418.0)
    # THEN a page that has more keeps it
    layout.learn_ink(51, PageInk((20.0, 80.0, 500.0, 700.0)))
    assert layout.box(51) == (11.0, 71.0, 509.0, 709.0)
    assert layout.box(52) == common


def test_an_empty_page_and_a_speck_are_not_trimmed_to_nothing() -> None:
    layout = PageLayout(2, [(600.0, 800.0)] * 2, Arrangement(trim="page"))
    layout.learn_ink(0, PageInk())
    layout.learn_ink(1, PageInk((300.0, 400.0, 301.0, 401.0)))
    assert layout.shown(0)[0] >= 120
    assert layout.shown(1)[0] >= 120 and layout.shown(1)[1] >= 160


@given(SIZES, WAYS, st.floats(0.3, 40.0), st.floats(0, 1))
def test_tiles_cover_what_is_shown_of_a_page_however_it_stands(
    sizes: list[tuple[float, float]], way: Arrangement, scale: float, part: float
) -> None:
    camera = camera_of(sizes, way, scale)
    camera.put(Spot(len(sizes) // 2, 0.0, 0.0))
    camera.move(part * camera.canvas_width, camera.top)
    for page in camera.visible():
        found = tiles_in_view(camera, page)
        x, y, _, _ = camera.page_rect(page)
        left, top, width, height = camera.shown_rect(page)
        seen_x = (max(left, camera.left), min(left + width, camera.left + 800))
        seen_y = (max(top, camera.top), min(top + height, camera.top + 600))
        wanted = max(seen_x[1] - seen_x[0], 0) * max(seen_y[1] - seen_y[0], 0)
        covered = sum(
            max(min(seen_x[1], x + t[0] + t[2]) - max(seen_x[0], x + t[0]), 0)
            * max(min(seen_y[1], y + t[1] + t[3]) - max(seen_y[0], y + t[1]), 0)
            for t in found
        )
        assert all(tile[2] * tile[3] <= MOST_PIXELS for tile in found)
        # Rounding of a trimmed page's corner may leave a pixel at its edge.
        assert covered >= wanted - 2 * (width + height)


def test_a_million_pages_in_pairs_are_not_walked() -> None:
    camera = camera_of([(612.0, 792.0)] * 32, Arrangement(columns=2), 1.0)
    camera.layout = PageLayout(1_000_000, [(612.0, 792.0)] * 32, Arrangement(columns=2, cover=True))
    camera.layout.learn(512_000, [(300.0, 300.0)] * 256)
    counted: list[int] = []
    real = camera.layout.above
    camera.layout.above = lambda row: counted.append(row) or real(row)  # type: ignore[method-assign]
    camera.move(0, camera.canvas_height)
    assert camera.visible()[-1] == 999_999
    assert len(counted) < 300


def test_a_narrow_page_among_wide_ones_stands_in_the_middle() -> None:
    # GIVEN pages of which the second is wider than the view
    layout = PageLayout(3, [(300.0, 400.0), (900.0, 400.0), (500.0, 400.0)])
    camera = Camera(layout)
    camera.width, camera.height, camera.scale = 600, 300, 1.0
    for page in (0, 2):
        # WHEN a narrow one is gone to THEN as much room is left of it as right of it
        camera.put(camera.head(page))
        x, _, width, _ = camera.shown_rect(page)
        assert abs((x - camera.left) - (camera.left + camera.width - x - width)) <= 1
        assert not camera.cuts(page, camera.left) and camera.cuts(page, 0)
    # AND a wide one is seen from its left edge
    camera.put(camera.head(1))
    assert camera.shown_rect(1)[0] == camera.left
    assert not camera.cuts(1, camera.left)
