"""Documents whose pages differ in width, such as books with a wide cover, fitted to the view."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.ui.viewer.page import ViewerPage
from tests.ui.viewer.fakes import FakeEngine, Viewer

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def sides(page: ViewerPage) -> tuple[int, int]:
    """How far the page in view is from the left and right edge of the view, device pixels."""
    camera = page.canvas.camera
    left, _, width, _ = camera.shown_rect(camera.current())
    return left - camera.left, camera.left + camera.width - left - width


def test_a_bar_that_opens_changes_no_zoom(viewer: Viewer, qtbot: QtBot) -> None:
    # GIVEN a book fitted to its wide cover, and the reader on a narrower page
    engine = FakeEngine(10)
    engine.sizes[0] = (900.0, 800.0)
    page = viewer(engine)
    QTest.keyClick(page.canvas, Key.Key_W)
    page.canvas.show_page(5)
    factor = page.canvas.factor
    height = page.canvas.viewport().height()
    left, right = sides(page)
    assert abs(left - right) <= 1 and left > 100
    # WHEN the find bar opens, and closes again
    page.open_find()
    qtbot.waitUntil(lambda: page.canvas.viewport().height() < height)
    # THEN the page is as large and where it was
    assert page.canvas.factor == factor and sides(page) == (left, right)
    page.close_find()
    qtbot.waitUntil(lambda: page.canvas.viewport().height() == height)
    assert page.canvas.factor == factor and sides(page) == (left, right)


def test_another_width_fits_the_page_in_view_and_puts_it_in_the_middle(
    viewer: Viewer, qtbot: QtBot
) -> None:
    # GIVEN the same book
    engine = FakeEngine(10)
    engine.sizes[0] = (900.0, 800.0)
    page = viewer(engine)
    QTest.keyClick(page.canvas, Key.Key_W)
    page.canvas.show_page(5)
    # WHEN the view becomes narrower THEN the page in view fills it, whole
    before = page.canvas.camera.width
    page.resize(700, 700)
    qtbot.waitUntil(lambda: page.canvas.camera.width < before)
    margin = page.canvas.camera.margin
    assert all(abs(side - margin) <= 1 for side in sides(page))
