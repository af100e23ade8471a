"""The ruler: laid on the first line, moved by key and click, over the ends of pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.pdf.engine import Engine
from reader.settings import Settings
from reader.ui.live_settings import LiveSettings
from reader.ui.viewer.aids.rows import first_below, lines_of, row_at
from reader.ui.viewer.aids.ruler import Ruler
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.home import Home
from reader.ui.viewer.page import ViewerPage
from tests.ui.viewer.fakes import FakeEngine, Viewer, settle
from tests.ui.viewer.homes import FakeDesk, home

pytestmark = pytest.mark.shared
Key = Qt.Key


def ruler(page: ViewerPage) -> Ruler:
    return page.feature(Ruler)


def lightness(page: ViewerPage, spot: Spot) -> int:
    """How light the view is at a place."""
    image: QImage = page.canvas.viewport().grab().toImage()
    x, y = page.canvas.camera.view_point(spot)
    return image.pixelColor(round(x), round(y)).lightness()


def test_keys_move_it_line_by_line_and_over_pages(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN pages of two lines WHEN the ruler is laid down THEN it is on the first line
    page = viewer(fake)
    ruler(page).toggle(on=True)
    assert ruler(page).place == (0, 0)
    # WHEN it goes down three times THEN it has entered the next page
    for _ in range(2):
        QTest.keyClick(page.canvas, Key.Key_Down)
    qtbot.waitUntil(lambda: ruler(page).place == (1, 0))
    QTest.keyClick(page.canvas, Key.Key_J)
    assert ruler(page).place == (1, 1)
    QTest.keyClick(page.canvas, Key.Key_K)
    QTest.keyClick(page.canvas, Key.Key_Up)
    assert ruler(page).place == (0, 1)
    # AND at the very beginning it stays
    for _ in range(4):
        QTest.keyClick(page.canvas, Key.Key_Up)
    assert ruler(page).place == (0, 0)
    # AND Esc takes it away; the keys scroll again
    QTest.keyClick(page.canvas, Key.Key_Escape)
    assert (not ruler(page).on and ruler(page).place is None) or not ruler(page).on
    top = page.canvas.camera.top
    QTest.keyClick(page.canvas, Key.Key_Down)
    assert page.canvas.motion.active or page.canvas.camera.top > top


def test_text_that_is_not_here_yet_is_waited_for(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    fake.held = {"text"}
    page = viewer(fake, wait=False)
    qtbot.waitUntil(lambda: page.pdf is not None)
    ruler(page).toggle(on=True)
    assert ruler(page).on and ruler(page).place is None
    qtbot.waitUntil(lambda: "text" in {ask.kind for ask in fake.waiting})
    fake.held = set()
    fake.give("text")
    qtbot.waitUntil(lambda: ruler(page).place == (0, 0))


def test_a_click_lays_it_on_the_line_and_the_rest_is_dimmed(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper, size=(1000, 800))
    ruler(page).toggle(on=True)
    # WHEN the third line of text is clicked
    x, y = page.canvas.camera.view_point(Spot(0, 300, 162))
    QTest.mouseClick(
        page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y))
    )
    assert ruler(page).place == (0, 3)
    settle(qtbot, page)
    # THEN paper beside the letters is white on the line and dimmed above
    assert lightness(page, Spot(0, 71, 162)) > 250
    assert lightness(page, Spot(0, 71, 110)) < 200
    # AND the other looks leave the paper as it is
    QTest.keyClick(page.canvas, Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    assert ruler(page).style == "band"
    assert 200 < lightness(page, Spot(0, 71, 162)) < 250
    assert lightness(page, Spot(0, 71, 110)) > 250


def test_rows_are_whole_lines(fake: FakeEngine) -> None:
    text = fake.text(None, 0).result()
    boxes = lines_of(text)
    assert [box[1] for box in boxes] == [100.0, 120.0]
    assert row_at(boxes, 5, 118) in (0, 1)
    assert row_at(boxes, 100, 131) == 1
    assert first_below(boxes, 101) == 1 and first_below(boxes, 500) is None


def test_its_look_is_remembered_and_taken_over_elsewhere(
    viewer: Viewer, fake: FakeEngine, tmp_path: Path
) -> None:
    # GIVEN two pages of one window
    file = tmp_path / "settings.json"
    live = LiveSettings(Settings(file))
    page, other = viewer(fake), viewer(FakeEngine())
    for made in (page, other):
        made.live_in(Home(home(FakeDesk()).desk, settings=live))
    # WHEN the look is changed by key in one of them
    ruler(page).toggle(on=True)
    QTest.keyClick(page.canvas, Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    # THEN the other has it, and so has the next start
    assert ruler(page).style == ruler(other).style == "band"
    later = viewer(FakeEngine())
    later.live_in(Home(home(FakeDesk()).desk, settings=LiveSettings(Settings(file))))
    assert ruler(later).style == "band"
