"""Thumbnails: only seen rows are drawn, the page is followed, a click goes, rest frees."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.thumbnails import Thumbnails
from tests.ui.viewer.fakes import FakeEngine, Viewer

pytestmark = pytest.mark.shared


def shown(page: ViewerPage, qtbot: QtBot) -> Thumbnails:
    QTest.keyClick(page.canvas, Qt.Key.Key_T)
    pane = page.feature(Thumbnails)
    qtbot.waitUntil(lambda: pane.image(page.canvas.camera.current()) is not None)
    return pane


def test_only_rows_that_are_seen_are_drawn(viewer: Viewer, qtbot: QtBot) -> None:
    fake = FakeEngine(pages=500)
    pane = shown(viewer(fake), qtbot)
    drawn = {ask.page for ask in fake.asks if ask.arguments.get("priority") == 40}
    assert 0 in drawn
    assert len(drawn) <= 6
    assert pane.list.model().rowCount() == 500


def test_the_current_page_is_followed(viewer: Viewer, qtbot: QtBot) -> None:
    page = viewer(FakeEngine(pages=100))
    pane = shown(page, qtbot)
    page.go_to_page(60)
    qtbot.waitUntil(lambda: pane.list.currentIndex().row() == 60)
    assert 60 in pane.list.seen()


def test_a_click_goes_to_the_page(viewer: Viewer, qtbot: QtBot) -> None:
    page = viewer(FakeEngine(pages=100))
    pane = shown(page, qtbot)
    at = pane.list.visualRect(pane.list.model().index(2, 0)).center()
    QTest.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: page.canvas.camera.current() == 2)


def test_pictures_are_given_back_at_rest(viewer: Viewer, qtbot: QtBot) -> None:
    page = viewer(FakeEngine(pages=100))
    pane = shown(page, qtbot)
    pane.rest()
    assert pane.image(0) is None


def test_the_key_hides_the_pane_again(viewer: Viewer, qtbot: QtBot) -> None:
    page = viewer(FakeEngine())
    shown(page, qtbot)
    page.canvas.setFocus()
    QTest.keyClick(page.canvas, Qt.Key.Key_T)
    assert not page.panel.isVisible()


def test_pictures_of_turned_pages_are_turned(viewer: Viewer, qtbot: QtBot) -> None:
    fake = FakeEngine(pages=30)
    page = viewer(fake)
    pane = shown(page, qtbot)
    assert pane.image(0).height() > pane.image(0).width()
    # WHEN the pages are turned THEN their small pictures lie across too
    page.view.turn_right()  # pyright: ignore[reportAttributeAccessIssue]
    assert pane.image(0) is None  # never a picture that is stretched
    qtbot.waitUntil(lambda: pane.image(0) is not None)
    assert pane.image(0).width() > pane.image(0).height()
    asked = [ask for ask in fake.asks if ask.arguments.get("priority") == 40]
    assert asked[-1].arguments["rotation"] == 90
    row = pane.list.visualRect(pane.list.model().index(0, 0))
    assert pane.place(0, row).width() > pane.place(0, row).height()
