"""The commands for layouts, turning, margins and colours, and their menu in the toolbar."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.view import ViewFeature
from tests.ui.viewer.fakes import FakeEngine, Viewer

pytestmark = pytest.mark.shared
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def checked(page: ViewerPage) -> set[str]:
    """The entries of the toolbar's menu that are checked."""
    menu = page.feature(ViewFeature).menu
    menu.aboutToShow.emit()
    return {action.text().split("\t")[0] for action in menu.actions() if action.isChecked()}


def test_layouts_exclude_each_other_and_are_remembered_with_the_place(
    viewer: Viewer, fake: FakeEngine
) -> None:
    page = viewer(fake)
    view = page.feature(ViewFeature)
    assert "Continuous pages" in checked(page)
    view.two_even(on=True)
    assert page.canvas.arrangement.columns == 2 and page.canvas.arrangement.cover
    assert "Two pages after a cover" in checked(page) and "Continuous pages" not in checked(page)
    assert page.canvas.position().layout == "two-even"
    view.single(on=True)
    view.right_to_left(on=True)
    assert set(page.canvas.position().layout.split()) == {"paged", "rtl"}
    # AND the same place opens the same way
    again = viewer(fake, position=page.canvas.position())
    assert again.conditions()["view_single"] and again.conditions()["view_right_to_left"]


def test_pages_turn_by_key_all_the_way_round(viewer: Viewer, fake: FakeEngine) -> None:
    page = viewer(fake)
    for wanted in (90, 180, 270, 0):
        QTest.keyClick(page.canvas, Qt.Key.Key_R, CTRL)
        assert page.canvas.arrangement.rotation == wanted
    QTest.keyClick(page.canvas, Qt.Key.Key_R, CTRL | SHIFT)
    assert page.canvas.arrangement.rotation == 270


def test_margins_are_trimmed_or_the_text_fills_the_width(viewer: Viewer, fake: FakeEngine) -> None:
    page = viewer(fake)
    view = page.feature(ViewFeature)
    view.trim_all(on=True)
    assert page.conditions()["view_trim_all"] and not page.conditions()["view_trim_page"]
    view.trim_all(on=False)
    assert page.canvas.arrangement.trim == "off"
    QTest.keyClick(page.canvas, Qt.Key.Key_W, SHIFT)
    assert page.canvas.zoom == "text"


def test_colours_go_round_and_come_to_every_page(viewer: Viewer, fake: FakeEngine) -> None:
    page, other = viewer(fake), viewer(fake)
    view = page.feature(ViewFeature)
    view.dark(on=True)
    assert page.conditions()["view_dark"] and other.conditions()["view_dark"]
    shown = other.canvas.viewport().grab().toImage()
    assert shown.pixelColor(shown.width() // 2, shown.height() // 2).lightness() < 255
    seen: set[str] = set()
    for _ in range(6):
        QTest.keyClick(page.canvas, Qt.Key.Key_I, CTRL)
        seen |= {name for name, holds in page.conditions().items() if holds and "view_" in name}
    assert {"view_original", "view_dark", "view_sepia"} <= seen
    view.original(on=True)
    assert "Pages as in the file" in checked(page)
