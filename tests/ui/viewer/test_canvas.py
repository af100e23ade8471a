"""Scrolling, zooming and loading, on an engine that answers when the test says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.domain.annotation import ReadingPosition
from reader.pdf.protocol import PdfCrashed
from reader.ui.theme import Theme
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.page import ViewerPage
from tests.ui.viewer.fakes import FakeEngine, Viewer, pdf_of

Key = Qt.Key


def wheel(page: ViewerPage, *, angle: int = 0, pixels: int = 0, ctrl: bool = False) -> None:
    view = page.canvas.viewport()
    at = QPointF(view.rect().center())
    modifiers = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        at,
        view.mapToGlobal(at),
        QPoint(0, pixels),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def settled(qtbot: QtBot, page: ViewerPage) -> None:
    qtbot.waitUntil(lambda: not page.canvas.motion.active)


# ---- what is asked of the engine


def test_the_view_is_asked_for_first_then_its_surroundings(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN an engine that holds its pictures back
    fake.held.add("render")
    page = viewer(fake, wait=False)
    qtbot.waitUntil(lambda: bool(fake.asked("render")))
    # THEN only the pages in view are asked for, and no more than two at a time
    assert set(fake.asked("render")) <= set(page.canvas.camera.visible())
    assert len(fake.waiting) <= 2
    # WHEN they are here
    fake.held.clear()
    fake.give()
    # THEN the neighbours follow
    qtbot.waitUntil(lambda: max(fake.asked("render")) > page.canvas.camera.visible()[-1])


def test_what_scrolled_away_is_cancelled(viewer: Viewer, fake: FakeEngine, qtbot: QtBot) -> None:
    fake.held.add("render")
    page = viewer(fake, wait=False)
    qtbot.waitUntil(lambda: bool(fake.waiting))
    first = list(fake.waiting)
    # WHEN the reader jumps away before the pictures are made
    page.last_page()
    qtbot.waitUntil(lambda: 29 in fake.asked("render"))
    # THEN the first requests are cancelled, and a late answer changes nothing
    assert all(ask.future.cancelled() for ask in first)
    fake.give()
    qtbot.waitUntil(lambda: page.canvas.pictures.has_any(29))
    assert not page.canvas.pictures.has_any(0)


def test_a_page_without_picture_is_white_paper(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    fake.held.add("render")
    page = viewer(fake, wait=False)
    qtbot.waitUntil(lambda: bool(fake.waiting))
    shot = page.canvas.viewport().grab().toImage()
    assert shot.pixelColor(shot.width() // 2, 60) == QColor("white")


def test_a_quiet_hint_comes_only_after_a_while(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    page = viewer(fake)
    fake.held |= {"render", "glance"}
    page.canvas.go_to(ReadingPosition(page=20, zoom="width"))
    page.canvas.viewport().grab()
    assert not pdf_of(page).loader.waited(20)
    qtbot.waitUntil(lambda: pdf_of(page).loader.waited(20))
    shot = page.canvas.viewport().grab().toImage()
    seen = {shot.pixelColor(x, y).name() for x in range(300, 600) for y in range(200, 500, 2)}
    assert seen - {"#ffffff"}


def test_while_the_sharp_picture_is_made_the_old_one_is_shown(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN a page shown sharp
    page = viewer(fake)
    # WHEN it is zoomed and the new pictures do not come
    fake.held.add("render")
    page.zoom_in()
    shot = page.canvas.viewport().grab().toImage()
    # THEN the old picture (grey) is there, scaled, and no white flash
    assert shot.pixelColor(shot.width() // 2, 200) == QColor(200, 200, 200)


def test_every_request_stays_below_the_limits_at_the_largest_zoom(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    page = viewer(fake)
    fake.asks.clear()
    page.canvas.set_zoom("16")
    qtbot.waitUntil(lambda: bool(fake.asked("render")))
    for ask in fake.asks:
        if ask.kind == "render" and ask.arguments["clip"]:
            x0, y0, x1, y1 = ask.arguments["clip"]
            pixels = (x1 - x0) * (y1 - y0) * ask.arguments["scale"] ** 2
            assert pixels <= 4_001_000


def test_a_million_pages_open_at_once(viewer: Viewer, fake: FakeEngine, qtbot: QtBot) -> None:
    # GIVEN a document of a million pages, the first few of another size
    fake.pages = 1_000_000
    page = viewer(fake)
    # WHEN the reader goes to its end and back
    page.last_page()
    qtbot.waitUntil(lambda: page.canvas.pictures.has_any(999_999))
    assert page.status() == "page 1000000 of 1000000"
    page.first_page()
    qtbot.waitUntil(lambda: page.canvas.camera.current() == 0)
    # THEN only what was seen was asked for
    assert len(fake.asks) < 200


def test_sizes_are_read_where_the_reader_is_and_the_view_does_not_jump(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN pages above that are lower than the first ones
    fake.pages = 3_000
    fake.held.add("geometry")
    for number in range(32, 1_500):
        fake.sizes[number] = (600.0, 400.0)
    page = viewer(fake)
    page.canvas.go_to(ReadingPosition(1_000, -9.0, 120.5, "1"))
    before = page.canvas.position()
    place = page.canvas.camera.view_point(page.canvas.camera.spot(100, 100))
    # WHEN the real sizes arrive
    fake.held.clear()
    fake.give()
    qtbot.waitUntil(lambda: page.canvas.camera.layout.knows(1_000))
    qtbot.waitUntil(lambda: page.canvas.camera.layout.knows(100))
    # THEN the reader is still at the same place
    assert page.canvas.position() == before
    after = page.canvas.camera.view_point(page.canvas.camera.spot(100, 100))
    assert after == pytest.approx(place, abs=1.0)


# ---- moving


def test_the_wheel_scrolls_smoothly_to_the_same_distance(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    page = viewer(fake)
    wheel(page, angle=-120)
    settled(qtbot, page)
    assert page.canvas.camera.top == 110
    wheel(page, angle=-120)
    wheel(page, angle=-120)
    settled(qtbot, page)
    assert page.canvas.camera.top == 330
    wheel(page, angle=360)
    settled(qtbot, page)
    assert page.canvas.camera.top == 0


def test_a_touchpad_moves_the_page_by_its_pixels(viewer: Viewer, fake: FakeEngine) -> None:
    page = viewer(fake)
    wheel(page, pixels=-37)
    assert page.canvas.camera.top == 37
    assert not page.canvas.motion.active


def test_ctrl_and_wheel_zoom_around_the_cursor(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    page = viewer(fake)
    canvas = page.canvas
    middle = QPointF(canvas.viewport().rect().center())
    page.canvas.scroll_by(0, 3_000)
    spot = canvas.camera.spot(middle.x(), middle.y())
    before = canvas.factor
    wheel(page, angle=240, ctrl=True)
    assert canvas.factor > before * 1.2
    assert canvas.camera.view_point(spot) == pytest.approx((middle.x(), middle.y()), abs=1.5)


def test_pinching_zooms(viewer: Viewer, fake: FakeEngine) -> None:
    page = viewer(fake)
    canvas = page.canvas
    before = canvas.factor
    at = QPointF(200, 200)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        at,
        at,
        at,
        0.25,
        QPointF(),
    )
    QApplication.sendEvent(canvas.viewport(), event)
    assert canvas.factor == pytest.approx(before * 1.25, rel=1e-3)


def test_zoom_has_limits(viewer: Viewer, fake: FakeEngine) -> None:
    page = viewer(fake)
    for _ in range(60):
        page.zoom_out()
    assert page.canvas.factor == pytest.approx(0.1, rel=1e-3)
    for _ in range(60):
        page.zoom_in()
    assert page.canvas.factor == pytest.approx(16.0, rel=1e-3)


@pytest.mark.parametrize(
    "key, modifier, moved",
    [
        (Key.Key_Down, Qt.KeyboardModifier.NoModifier, 1),
        (Key.Key_J, Qt.KeyboardModifier.NoModifier, 1),
        (Key.Key_Space, Qt.KeyboardModifier.NoModifier, 1),
        (Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, 1),
        (Key.Key_Up, Qt.KeyboardModifier.NoModifier, -1),
        (Key.Key_K, Qt.KeyboardModifier.NoModifier, -1),
        (Key.Key_Space, Qt.KeyboardModifier.ShiftModifier, -1),
        (Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, -1),
    ],
)
def test_keys_scroll(
    viewer: Viewer,
    fake: FakeEngine,
    qtbot: QtBot,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    moved: int,
) -> None:
    page = viewer(fake)
    page.canvas.go_to(ReadingPosition(10, 0.0, 100.0, "1"))
    page.canvas.setFocus()
    before = page.canvas.camera.top
    QTest.keyClick(page.canvas, key, modifier)
    settled(qtbot, page)
    assert (page.canvas.camera.top - before) * moved > 40


def test_keys_go_to_the_ends_and_zoom(viewer: Viewer, fake: FakeEngine, qtbot: QtBot) -> None:
    page = viewer(fake)
    canvas = page.canvas
    QTest.keyClick(canvas, Key.Key_End)
    assert canvas.camera.top == canvas.camera.canvas_height - canvas.camera.height
    QTest.keyClick(canvas, Key.Key_Home)
    assert canvas.camera.top == 0
    QTest.keyClick(canvas, Key.Key_0)
    assert canvas.factor == pytest.approx(1.0)
    QTest.keyClick(canvas, Key.Key_Plus)
    assert canvas.factor == pytest.approx(1.1)
    QTest.keyClick(canvas, Key.Key_Minus)
    QTest.keyClick(canvas, Key.Key_Minus)
    assert canvas.factor == pytest.approx(0.9)
    QTest.keyClick(canvas, Key.Key_P)
    assert canvas.zoom == "page"
    width, height = canvas.camera.page_size(0)
    assert width <= canvas.camera.width
    assert height <= canvas.camera.height
    QTest.keyClick(canvas, Key.Key_W)
    assert canvas.zoom == "width"
    assert canvas.camera.page_size(0)[0] == canvas.camera.width - 2 * canvas.camera.margin


def test_fit_width_is_kept_when_the_page_grows(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    page = viewer(fake)
    page.resize(1200, 700)
    camera = page.canvas.camera
    qtbot.waitUntil(lambda: camera.width > 1100)
    assert camera.page_size(0)[0] == camera.width - 2 * camera.margin


def test_another_screen_keeps_the_place(viewer: Viewer, fake: FakeEngine) -> None:
    # GIVEN a reader in the middle, WHEN the window comes to a screen of other pixels
    page = viewer(fake, position=ReadingPosition(6, 0.0, 200.0, "1.5"))
    QApplication.sendEvent(page.canvas.viewport(), QEvent(QEvent.Type.DevicePixelRatioChange))
    # THEN they are where they were
    assert page.position() == ReadingPosition(6, 0.0, 200.0, "1.5")


def test_letting_go_of_a_touchpad_glides_on(viewer: Viewer, fake: FakeEngine, qtbot: QtBot) -> None:
    page = viewer(fake)
    motion = page.canvas.motion
    for _ in range(4):
        motion.drag(0, 60)
    assert page.canvas.camera.top == 240
    motion.let_go()
    settled(qtbot, page)
    assert page.canvas.camera.top > 400


def test_pages_turn_one_by_one(viewer: Viewer, fake: FakeEngine) -> None:
    page = viewer(fake)
    page.next_page()
    assert page.canvas.camera.current() == 1
    page.next_page()
    assert page.canvas.camera.top == page.canvas.camera.page_top(2) - page.canvas.camera.gap
    page.previous_page()
    assert page.canvas.camera.current() == 1


def test_the_scroll_bar_moves_the_pages(viewer: Viewer, fake: FakeEngine) -> None:
    page = viewer(fake)
    page.canvas.bar.setValue(page.canvas.bar.maximum() // 2)
    assert page.canvas.camera.current() in (14, 15)


# ---- the place


@pytest.mark.parametrize(
    "position",
    [
        ReadingPosition(4, 12.25, 333.125, "2"),
        ReadingPosition(7, -3.5, 100.0, "width"),
        ReadingPosition(9, 0.0, 41.75, "page"),
        ReadingPosition(11, 210.5, 600.0, "7.5"),
    ],
)
def test_a_place_is_restored_exactly(
    viewer: Viewer, fake: FakeEngine, position: ReadingPosition
) -> None:
    # GIVEN a reader who stopped somewhere
    page = viewer(fake, position=position)
    # THEN the page is there again, to the pixel, and says so
    assert page.position() == position
    _, y = page.canvas.camera.view_point(_spot(position))
    assert y == pytest.approx(0.0, abs=0.51)
    # AND stays there when the window is moved about
    page.resize(950, 640)
    page.resize(900, 700)
    assert page.position() == position


def _spot(position: ReadingPosition) -> Spot:
    return Spot(position.page, position.x, position.y)


def test_the_place_is_told_after_a_pause_and_on_close(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    page = viewer(fake)
    told: list[ReadingPosition] = []
    page.positionChanged.connect(told.append)
    for _ in range(5):
        page.canvas.scroll_by(0, 500)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [page.position()]
    page.canvas.scroll_by(0, 1_000)
    last = page.position()
    page.close_document()
    assert told[-1] == last


# ---- one page fails


def test_a_page_that_crashes_has_its_own_panel_and_the_others_go_on(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN a second page that kills the engine
    fake.faults["render", 1] = PdfCrashed("The page could not be drawn.", stage="render", page=1)
    page = viewer(fake)
    page.canvas.show_spot(_spot(ReadingPosition(1)))
    panels = page.page_faults.panels
    qtbot.waitUntil(lambda: 1 in panels)
    qtbot.waitUntil(lambda: page.canvas.pictures.has_any(2))
    assert not page.canvas.pictures.has_any(1)
    # WHEN the fault is gone and the reader tries again
    del fake.faults["render", 1]
    panels[1].retry.click()
    # THEN the page is drawn, and the panel goes
    qtbot.waitUntil(lambda: page.canvas.pictures.has_any(1))
    assert 1 not in panels


def test_an_answer_to_a_page_that_is_gone_is_dropped(
    theme: Theme, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN requests on their way
    fake.held.update({"render", "text", "links"})
    page = ViewerPage(fake, Path("x.pdf"), title="", theme=theme)
    page.show()
    qtbot.waitUntil(lambda: bool(fake.waiting))
    waiting = list(fake.waiting)
    # WHEN the page is closed and deleted, and the engine answers nevertheless
    page.close_document()
    page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for ask in waiting:
        ask.give()
    QApplication.processEvents()
    # THEN nothing happens, and the document was closed
    assert len(fake.forgotten) == 1


def test_a_page_deleted_without_being_closed_takes_no_harm(theme: Theme, fake: FakeEngine) -> None:
    fake.held.update({"open"})
    page = ViewerPage(fake, Path("x.pdf"), title="", theme=theme)
    page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    fake.give()
    QApplication.processEvents()
