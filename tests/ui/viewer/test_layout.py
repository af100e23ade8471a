"""Where pages stand, what is seen, what is kept: the parts without Qt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.annotation import ReadingPosition
from reader.ui.viewer import links
from reader.ui.viewer.cache import ByteCache
from reader.ui.viewer.camera import Camera, Spot
from reader.ui.viewer.history import History
from reader.ui.viewer.layout import PageLayout
from reader.ui.viewer.tiles import MOST_PIXELS, clip_of, tiles_in_view

SIZES = st.lists(st.tuples(st.floats(50, 2000), st.floats(50, 2000)), min_size=1, max_size=700)


@given(SIZES, st.integers(1, 40))
def test_a_page_stands_below_all_before_it(sizes: list[tuple[float, float]], first: int) -> None:
    # GIVEN a document whose first pages are known at once and the rest later
    layout = PageLayout(len(sizes), sizes[:first])
    layout.learn(first, sizes[first:])
    # THEN each page is as far down as the pages above are high
    total = 0.0
    for page, (_, height) in enumerate(sizes):
        assert layout.before(page) == pytest.approx(total, abs=1e-5)
        total += height
    assert layout.before(len(sizes)) == pytest.approx(total, abs=1e-5)


@given(SIZES, st.floats(0.05, 20.0), st.integers(0, 10**6))
def test_the_page_at_a_height_is_the_one_that_stands_there(
    sizes: list[tuple[float, float]], scale: float, at: int
) -> None:
    camera = Camera(PageLayout(len(sizes), sizes))
    camera.scale, camera.width, camera.height = scale, 800, 600
    at %= camera.canvas_height
    page = camera.page_at(at)
    assert page == 0 or camera.page_top(page) - camera.gap <= at
    assert page == len(sizes) - 1 or at < camera.page_top(page + 1) - camera.gap


@given(SIZES, st.data())
def test_sizes_that_arrive_later_do_not_move_what_is_seen(
    sizes: list[tuple[float, float]], data: st.DataObject
) -> None:
    # GIVEN a reader in the middle of pages of guessed sizes
    camera = Camera(PageLayout(len(sizes) + 300, sizes[:1]))
    camera.width, camera.height, camera.scale = 700, 500, 1.5
    spot = Spot(data.draw(st.integers(0, len(sizes))), 10.0, 20.0)
    camera.put(spot)
    before = camera.view_point(spot)
    # WHEN the sizes of pages above arrive
    camera.layout.learn(0, sizes[: spot.page])
    camera.put(spot)
    # THEN the same place is at the same point, unless the canvas ends there
    after = camera.view_point(spot)
    assert after[1] == pytest.approx(before[1], abs=1.01) or camera.top == 0


def test_a_million_pages_are_not_walked() -> None:
    # GIVEN a million pages of which a few are known
    camera = Camera(PageLayout(1_000_000, [(612, 792)] * 32))
    camera.width, camera.height, camera.scale = 1000, 800, 16.0
    camera.layout.learn(512_000, [(300, 300)] * 256)
    counted: list[int] = []
    real = camera.layout.before
    camera.layout.before = lambda page: counted.append(page) or real(page)  # type: ignore[method-assign]
    # WHEN the reader jumps to the far end
    camera.move(0, camera.canvas_height)
    assert camera.visible()[-1] == 999_999
    # THEN only about as many were looked at as halving needs
    assert len(counted) < 200


def test_zooming_keeps_the_place_under_the_cursor() -> None:
    camera = Camera(PageLayout(20, [(600.0, 800.0)]))
    camera.width, camera.height, camera.scale = 900, 700, 2.0
    camera.put(Spot(7, 0.0, 300.0))
    spot = camera.spot(400, 300)
    camera.scale = 5.0
    camera.put(spot, 400, 300)
    assert camera.view_point(spot) == pytest.approx((400, 300), abs=1.0)


@given(st.floats(1, 20_000), st.floats(1, 20_000), st.floats(0.13, 60), st.floats(0, 1))
def test_tiles_cover_the_view_and_stay_small(
    width: float, height: float, scale: float, part: float
) -> None:
    # GIVEN any page at any zoom, seen anywhere
    camera = Camera(PageLayout(1, [(width, height)]))
    camera.width, camera.height, camera.scale = 1200, 800, scale
    camera.move(part * camera.canvas_width, part * camera.canvas_height)
    x, y, across, down = camera.page_rect(0)
    # WHEN the tiles in view are cut
    found = tiles_in_view(camera, 0)
    # THEN none is too large, none overlaps another, and together they cover what is seen
    assert all(tile[2] * tile[3] <= MOST_PIXELS for tile in found)
    assert len(set(found)) == len(found) <= 64
    seen_x = max(min(x + across, camera.left + 1200) - max(x, camera.left), 0)
    seen_y = max(min(y + down, camera.top + 800) - max(y, camera.top), 0)
    covered = sum(
        max(min(x + t[0] + t[2], camera.left + 1200) - max(x + t[0], camera.left), 0)
        * max(min(y + t[1] + t[3], camera.top + 800) - max(y + t[1], camera.top), 0)
        for t in found
    )
    assert covered == seen_x * seen_y


def test_a_tile_that_is_the_whole_page_needs_no_clip() -> None:
    assert clip_of((0, 0, 100, 200), (100, 200), 2.0) is None
    assert clip_of((0, 100, 100, 100), (100, 200), 2.0) == (0.0, 50.0, 50.0, 100.0)


def test_the_cache_forgets_what_was_used_longest_ago() -> None:
    # GIVEN room for 100 bytes and two values
    cache: ByteCache[str, int] = ByteCache(100)
    cache.put("a", 1, 40)
    cache.put("b", 2, 40)
    # WHEN the older one is used and a third comes
    assert cache.get("a") == 1
    gone = cache.put("c", 3, 40)
    # THEN the one not used goes, and the bytes are counted
    assert gone == ["b"]
    assert cache.used == 80
    assert cache.get("b") is None


def test_the_cache_keeps_the_newest_value_however_large() -> None:
    cache: ByteCache[str, int] = ByteCache(10)
    cache.put("a", 1, 5)
    assert cache.put("b", 2, 500) == ["a"]
    assert cache.get("b") == 2


def test_history_goes_back_and_forward() -> None:
    history = History()
    first, second, third = (ReadingPosition(page) for page in range(3))
    history.leave(first)
    history.leave(second)
    assert history.back(third) == second
    assert history.back(second) == first
    assert history.back(first) is None
    assert history.forward(first) == second
    history.leave(second)
    assert not history.can_go_forward


@pytest.mark.parametrize(
    "address",
    ["http://a.org", "https://a.org/x?y", "mailto:a@b.org", "doi:10.1/x", "HTTPS://A.ORG"],
)
def test_addresses_of_the_web_are_allowed(address: str) -> None:
    assert links.allowed(address)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "javascript:alert(1)", "", "http://", "https:///x", "ftp://a.org",
        "smb://a/b", "C:\\x.exe", "http://a.org/\x00", "http://a b", "vbscript:x", "data:text/html,x",
        "http://[", "/etc/passwd", "h" * 5000,
    ],
)  # fmt: skip
def test_every_other_address_is_hostile_text(address: str) -> None:
    assert not links.allowed(address)
