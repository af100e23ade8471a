"""Presentation: keys, clicks, blank screen, and back at the page it ended with."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.pdf.engine import Engine
from reader.ui.viewer.aids.presentation import Presentation, Stage
from reader.ui.viewer.page import ViewerPage
from tests.ui.viewer.fakes import FakeEngine, Viewer

pytestmark = pytest.mark.shared
Key = Qt.Key


def start(page: ViewerPage) -> Stage:
    QTest.keyClick(page.canvas, Key.Key_F7)
    stage = page.feature(Presentation).stage
    assert stage is not None
    return stage


def test_keys_turn_pages_and_esc_goes_on_where_it_ended(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    page = viewer(fake)
    stage = start(page)
    for key, number in (
        (Key.Key_Space, 1), (Key.Key_Right, 2), (Key.Key_PageDown, 3), (Key.Key_Left, 2),
        (Key.Key_End, 29), (Key.Key_Space, 29), (Key.Key_Home, 0), (Key.Key_Up, 0),
        (Key.Key_Down, 1),
    ):  # fmt: skip
        QTest.keyClick(stage, key)
        assert stage.number == number
    QTest.mouseClick(stage, Qt.MouseButton.LeftButton)
    QTest.mouseClick(stage, Qt.MouseButton.LeftButton)
    QTest.mouseClick(stage, Qt.MouseButton.RightButton)
    assert stage.number == 2
    QTest.keyClick(stage, Key.Key_Escape)
    assert page.feature(Presentation).stage is None
    assert page.canvas.camera.current() == 2
    page.go_back()
    assert page.canvas.camera.current() == 0


def test_a_page_fills_the_screen_sharply_and_b_blanks_it(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    stage = start(page)
    stage.showNormal()
    stage.resize(640, 480)

    def middle() -> str:
        return stage.grab().toImage().pixelColor(320, 470).name()

    qtbot.waitUntil(lambda: middle() == "#ffffff", timeout=10_000)
    assert stage.grab().toImage().pixelColor(3, 240).name() == "#000000"
    QTest.keyClick(stage, Key.Key_B)
    assert middle() == "#000000"
    QTest.keyClick(stage, Key.Key_B)
    assert middle() == "#ffffff"
    # AND closing the document takes the stage away
    page.close_document()
    assert page.feature(Presentation).stage is None


def test_a_page_that_cannot_be_drawn_says_so(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    page = viewer(fake)
    fake.faults["render", 1] = ValueError("broken")
    stage = start(page)
    qtbot.waitUntil(lambda: 1 in stage._failed)
    QTest.keyClick(stage, Key.Key_Right)
    assert stage.number == 1
    stage.grab()
    QTest.keyClick(stage, Key.Key_Escape)
