"""Layouts, turns, trimmed margins and page colours in the real viewer, by wheel, keys and mouse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.domain.annotation import ReadingPosition
from reader.pdf.engine import Engine
from reader.pdf.protocol import PageInk, PdfLink
from reader.ui.page_themes import page_theme
from reader.ui.theme import Theme
from reader.ui.viewer.arrangement import TURNS, Arrangement
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.page import ViewerPage
from tests.ui.viewer.fakes import FakeEngine, Viewer, pdf_of, settle

pytestmark = pytest.mark.shared  # the engine lives as long as the module
Key = Qt.Key
PAGED = ReadingPosition(4, 0.0, 0.0, "page", "paged")


def wheel(page: ViewerPage, angle: int, pixels: int = 0) -> None:
    view = page.canvas.viewport()
    at = QPointF(view.rect().center())
    event = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(0, pixels), QPoint(0, angle), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def still(qtbot: QtBot, page: ViewerPage) -> None:
    qtbot.waitUntil(lambda: not page.canvas.motion.active)


# ---- one row at a time


def test_each_notch_turns_over_a_page_that_is_seen_whole(viewer: Viewer, fake: FakeEngine) -> None:
    page = viewer(fake, position=PAGED)
    camera = page.canvas.camera
    assert list(camera.visible()) == [4]
    wheel(page, -120)
    assert list(camera.visible()) == [5]
    wheel(page, 120)
    wheel(page, 120)
    assert list(camera.visible()) == [3]


def test_a_notch_arrives_at_the_edge_and_the_next_one_turns_over(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN one page at a time, wider than the view is high
    page = viewer(fake, position=replace(PAGED, zoom="width"))
    camera = page.canvas.camera
    while camera.top < camera.canvas_height - camera.height:
        wheel(page, -240)
        still(qtbot, page)
        assert list(camera.visible()) == [4]
    # WHEN the wheel goes on THEN the next page is there from its top
    wheel(page, -120)
    still(qtbot, page)
    assert (list(camera.visible()), camera.top) == ([5], 0)
    # AND back again, the page before is there from its bottom
    wheel(page, 120)
    assert list(camera.visible()) == [4]
    assert camera.top == camera.canvas_height - camera.height


def test_fingers_have_to_pull_before_a_page_turns_over(viewer: Viewer, fake: FakeEngine) -> None:
    page = viewer(fake, position=PAGED)
    wheel(page, 0, pixels=-30)
    wheel(page, 0, pixels=-30)
    assert page.canvas.camera.row == 4
    wheel(page, 0, pixels=-40)
    assert page.canvas.camera.row == 5


@pytest.mark.parametrize(
    "key, row",
    [
        (Key.Key_PageDown, 5),
        (Key.Key_Space, 5),
        (Key.Key_J, 5),
        (Key.Key_Right, 5),
        (Key.Key_PageUp, 3),
        (Key.Key_K, 3),
        (Key.Key_Left, 3),
    ],
)
def test_keys_turn_over_at_the_edges(
    viewer: Viewer, fake: FakeEngine, key: Qt.Key, row: int
) -> None:
    page = viewer(fake, position=PAGED)
    QTest.keyClick(page.canvas, key)
    assert page.canvas.camera.row == row


def test_right_to_left_the_left_key_goes_on(viewer: Viewer, fake: FakeEngine) -> None:
    page = viewer(fake, position=replace(PAGED, layout="paged rtl"))
    QTest.keyClick(page.canvas, Key.Key_Left)
    assert page.canvas.camera.row == 5


def test_left_and_right_turn_the_page_where_nothing_lies_to_the_side(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN pages in one strip, as wide as the view
    page = viewer(fake, position=ReadingPosition(3, 0.0, 0.0, "width"))
    camera = page.canvas.camera
    # WHEN THEN
    QTest.keyClick(page.canvas, Key.Key_Right)
    assert page.canvas.position().page == 4
    QTest.keyClick(page.canvas, Key.Key_Left)
    assert page.canvas.position().page == 3
    # GIVEN pages wider than the view THEN the same keys scroll
    page.canvas.set_zoom("3")
    settle(qtbot, page)
    here, left = page.canvas.position().page, camera.left
    QTest.keyClick(page.canvas, Key.Key_Right)
    qtbot.waitUntil(lambda: camera.left > left)
    qtbot.waitUntil(lambda: not page.canvas.motion.active)
    assert page.canvas.position().page == here


def test_the_ends_of_the_document_hold(viewer: Viewer, fake: FakeEngine, qtbot: QtBot) -> None:
    page = viewer(fake, position=replace(PAGED, page=0))
    wheel(page, 120)
    QTest.keyClick(page.canvas, Key.Key_PageUp)
    assert page.canvas.camera.row == 0
    QTest.keyClick(page.canvas, Key.Key_End)
    assert page.canvas.camera.row == 29
    wheel(page, -120)
    QTest.keyClick(page.canvas, Key.Key_PageDown)
    assert page.canvas.camera.row == 29


def test_the_scroll_bar_goes_through_all_pages(viewer: Viewer, fake: FakeEngine) -> None:
    page = viewer(fake, position=PAGED)
    bar, camera = page.canvas.bar, page.canvas.camera
    bar.setValue(bar.maximum())
    assert camera.row == 29
    bar.setValue(bar.maximum() // 2)
    assert camera.row in (14, 15)
    bar.setValue(0)
    assert (camera.row, camera.top) == (0, 0)


def test_the_page_that_comes_next_is_drawn_ahead(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    page = viewer(fake, position=PAGED)
    camera, pictures = page.canvas.camera, page.canvas.pictures
    qtbot.waitUntil(lambda: not pdf_of(page).requests.busy)
    for number in (3, 5):
        whole = (0, 0, *camera.page_size(number))
        assert pictures.has_tile(number, camera.scale, whole)


def test_pages_that_are_turned_over_are_fitted_one_by_one(viewer: Viewer, fake: FakeEngine) -> None:
    fake.sizes[5] = (1200.0, 800.0)
    page = viewer(fake, position=PAGED)
    page.next_page()
    width, height = page.canvas.camera.page_size(5)
    assert width <= page.canvas.camera.width and height <= page.canvas.camera.height
    page.next_page()
    assert page.canvas.camera.page_size(6)[1] == page.canvas.camera.height - 2 * (
        page.canvas.camera.gap
    )


# ---- the place


@pytest.mark.parametrize("layout", ["", "paged", "two-odd", "two-even paged", "two-odd rtl"])
@pytest.mark.parametrize("rotation", TURNS)
def test_place_layout_and_turn_come_back(
    viewer: Viewer, fake: FakeEngine, layout: str, rotation: int
) -> None:
    # GIVEN a reader somewhere, however the pages stood
    page = viewer(fake, position=ReadingPosition(6, 30.0, 200.0, "2.5", layout, rotation))
    page.canvas.scroll_by(-7, -23)
    told = page.position()
    assert told is not None and (told.layout, told.rotation) == (layout, rotation)
    # THEN the same place is told and found again
    again = viewer(fake, position=told)
    assert again.position() == told
    assert again.canvas.camera.view_point(Spot(told.page, told.x, told.y)) == pytest.approx(
        (0, 0), abs=0.51
    )


def test_another_layout_keeps_the_page(viewer: Viewer, fake: FakeEngine) -> None:
    page = viewer(fake, position=ReadingPosition(11, 0.0, 100.0, "width"))
    for way in (
        Arrangement(paged=True),
        Arrangement(columns=2),
        Arrangement(columns=2, cover=True, paged=True),
        Arrangement(rotation=90),
        Arrangement(rotation=180),
        Arrangement(),
    ):
        page.canvas.arrange(way)
        camera = page.canvas.camera
        assert camera.layout.row_of(camera.current()) == camera.layout.row_of(11)


# ---- turned pages


@pytest.mark.parametrize("rotation", TURNS)
def test_text_is_selected_where_it_is_seen(viewer: Viewer, fake: FakeEngine, rotation: int) -> None:
    # GIVEN a turned page, WHEN dragging over the first line where it is on the screen
    page = viewer(fake, position=ReadingPosition(0, 0.0, 0.0, "page", "paged", rotation))
    view, ratio = page.canvas.viewport(), page.canvas.ratio

    def at(x: float, y: float) -> QPoint:
        point = page.canvas.camera.view_point(Spot(0, x, y))
        return QPointF(point[0] / ratio, point[1] / ratio).toPoint()

    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at(101, 107))
    QTest.mouseMove(view, at(130, 107))
    QTest.mouseMove(view, at(149, 107))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(149, 107))
    # THEN its words are selected, and only they are painted
    chosen, text = page.canvas.selection, page.canvas.content.text(0)
    assert chosen is not None and text is not None
    assert [text.copy(*span) for span in chosen.spans(0, text)] == ["Words"]
    shot = view.grab().toImage()
    assert shot.pixelColor(at(110, 107)) != shot.pixelColor(at(110, 140))
    assert shot.pixelColor(at(190, 107)) == shot.pixelColor(at(110, 140))


def test_a_link_on_a_turned_page_is_followed(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    fake.links_of[0] = (PdfLink((200.0, 300.0, 260.0, 320.0), page=9),)
    page = viewer(fake, position=ReadingPosition(0, 0.0, 0.0, "page", "paged", 270))
    qtbot.waitUntil(lambda: bool(page.canvas.content.links(0)))
    x, y = page.canvas.camera.view_point(Spot(0, 230.0, 310.0))
    at = (QPointF(x, y) / page.canvas.ratio).toPoint()
    QTest.mouseClick(page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert page.canvas.camera.current() == 9


def test_the_engine_draws_turned_pages_as_the_small_picture_shows_them(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    # GIVEN a turned page, sharp
    where = ReadingPosition(0, 0.0, 0.0, "page", "paged", 90)
    page = viewer(engine, paper, position=where)
    qtbot.waitUntil(lambda: page.canvas.pictures.has_thumb(0))
    sharp = page.canvas.viewport().grab().toImage()
    # WHEN only its small picture is left
    page.canvas.pictures.drop_tiles()
    small = page.canvas.viewport().grab().toImage()
    # THEN both have the ink at the same side
    x, y, width, height = page.canvas.camera.page_rect(0)

    def ink(image: QImage, left: int, right: int) -> int:
        return sum(
            image.pixelColor(column, row).lightness() < 200
            for column in range(left, right, 2)
            for row in range(y, y + height, 2)
        )

    for image in (sharp, small):
        assert ink(image, x + width // 2, x + width) > 5 * ink(image, x, x + width // 3)


# ---- margins


def test_trimmed_pages_are_wider_and_text_fills_the_view(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    page = viewer(fake)
    canvas = page.canvas
    before = canvas.factor
    page.canvas.arrange(Arrangement(trim="page"))
    qtbot.waitUntil(lambda: canvas.factor > before * 1.3)
    _, _, width, _ = canvas.camera.shown_rect(0)
    assert width == canvas.camera.width - 2 * canvas.camera.margin
    canvas.arrange(Arrangement())
    assert canvas.factor == pytest.approx(before)
    canvas.set_zoom("text")
    assert canvas.factor > before * 1.3
    left, _ = canvas.camera.view_point(Spot(0, 100.0, 0.0))
    right, _ = canvas.camera.view_point(Spot(0, 500.0, 0.0))
    assert left == pytest.approx(canvas.camera.width - right, abs=2)
    assert 0 < left < 40


def test_text_is_fitted_as_soon_as_it_is_known_where_it_is(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN a paper that was left fitted to its text, and an engine that takes its time
    fake.held.add("ink")
    fake.inks[0] = PageInk((10.0, 80.0, 500.0, 700.0), (150.0, 80.0, 450.0, 700.0))
    page = viewer(fake, position=ReadingPosition(0, 0.0, 0.0, "text"), wait=False)
    qtbot.waitUntil(lambda: "ink" in {ask.kind for ask in fake.asks})
    before = page.canvas.factor
    fake.held.clear()
    fake.give()
    # THEN what stands beside the text does not count
    qtbot.waitUntil(lambda: page.canvas.factor > before * 1.5)
    settle(qtbot, page)


# ---- colours


@pytest.fixture
def pages(theme: Theme) -> Iterator[Theme]:
    """A theme whose pages are as in the file again afterwards."""
    yield theme
    theme.pages.use("original")


def test_paper_ink_and_marks_can_be_read_on_every_page_theme() -> None:
    def blended(mark: QColor, under: QColor, dark: bool) -> QColor:
        def one(a: int, b: int) -> int:
            return 255 - (255 - a) * (255 - b) // 255 if dark else a * b // 255

        return QColor(
            one(mark.red(), under.red()),
            one(mark.green(), under.green()),
            one(mark.blue(), under.blue()),
        )

    for theme in (
        *map(page_theme, ("original", "dark", "sepia")),
        page_theme("own", "#e8efe6", "#1d2b24"),
    ):
        assert _contrast(theme.paper, theme.ink) > 7
        for mark in (theme.selection, theme.hit, theme.current):
            paper = blended(mark, theme.paper, theme.dark)
            assert _contrast(paper, blended(mark, theme.ink, theme.dark)) > 4.5
            assert _contrast(paper, theme.paper) > 1.1


def _contrast(one: QColor, other: QColor) -> float:
    def light(color: QColor) -> float:
        parts = (color.redF(), color.greenF(), color.blueF())
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["dark", "sepia", "own"])
def test_the_engine_draws_in_the_page_theme(
    viewer: Viewer, engine: Engine, paper: Path, pages: Theme, qtbot: QtBot, name: str
) -> None:
    page = viewer(engine, paper)
    pages.pages.use(name, "#e8efe6", "#1d2b24")
    qtbot.waitUntil(lambda: page.canvas.pictures.has_any(0))
    settle(qtbot, page)
    shot = page.canvas.viewport().grab().toImage()
    now = pages.pages.now
    at = shot.pixelColor(shot.width() // 2, 25)
    for part in (QColor.red, QColor.green, QColor.blue):
        assert abs(part(at) - part(now.paper)) <= 4
    seen = {shot.pixelColor(x, y).lightness() for x in range(90, 400) for y in range(80, 200)}
    extreme = max(seen) if now.dark else min(seen)
    assert abs(extreme - now.ink.lightness()) < 40


def test_a_page_without_picture_has_the_themes_paper_at_once(
    viewer: Viewer, fake: FakeEngine, pages: Theme
) -> None:
    page = viewer(fake)
    fake.held.add("render")
    pages.pages.use("dark")
    shot = page.canvas.viewport().grab().toImage()
    assert shot.pixelColor(shot.width() // 2, 60) == pages.pages.now.paper
    # AND what was asked for in the old colours is not shown when it comes late
    pages.pages.use("original")
    fake.give()
    assert not page.canvas.pictures.has_any(0)


def test_pages_like_the_window_follow_it(pages: Theme) -> None:
    pages.pages.use("auto")
    name = pages.name
    try:
        pages.choose("dark")
        assert pages.pages.now.dark
        pages.choose("light")
        assert not pages.pages.now.dark
    finally:
        pages.choose(name)
