"""Keys that no command of the window takes: those of a page just opened, those that were changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.pdf.protocol import OutlineItem, PdfRefused
from reader.ui.theme import Theme
from reader.ui.viewer.aids.ruler import Ruler
from reader.ui.viewer.features import FEATURES
from reader.ui.viewer.fitting import Fitting
from reader.ui.viewer.page import ViewerPage
from tests.ui.driving import Driven, shown
from tests.ui.viewer.fakes import FakeEngine, Viewer

Key = Qt.Key


def test_keys_that_switch_something_are_answered_before_the_first_picture(
    qtbot: QtBot, theme: Theme, fake: FakeEngine
) -> None:
    # GIVEN a document whose first picture is on its way, so that no command is enabled yet
    page = ViewerPage(fake, None, theme=theme)
    qtbot.addWidget(page)
    page.resize(900, 700)
    Fitting(page, FEATURES, lambda: None)
    qtbot.waitUntil(lambda: page.fitted)
    page.show()
    fake.held |= {"glance", "render"}
    page.read(Path("paper.pdf"), "A paper", None)
    qtbot.waitUntil(lambda: page.pdf is not None)
    assert page.lacking is not None and page.panel.isHidden()
    # WHEN the key of the outline is pressed THEN it is shown, and hidden by the next one
    QTest.keyClick(page.canvas, Key.Key_F9)
    assert page.panel.shows("outline")
    QTest.keyClick(page.canvas, Key.Key_F9)
    assert page.panel.isHidden()
    # WHEN it is that of a feature THEN the feature comes for it
    QTest.keyClick(page.canvas, Key.Key_L)
    assert page.lacking is None and page.feature(Ruler).on
    QTest.keyClick(page.canvas, Key.Key_L)
    assert not page.feature(Ruler).on
    page.close_document()


@pytest.mark.parametrize("elsewhere", [False, True])
def test_an_outline_that_is_asked_for_early_has_the_keys_once_it_is_there(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot, elsewhere: bool
) -> None:
    # GIVEN a document whose outline is not read yet
    fake.items = (OutlineItem(1, "First", 0), OutlineItem(1, "Second", 5))
    fake.held.add("outline")
    page = viewer(fake)
    page.activateWindow()
    page.canvas.setFocus()
    qtbot.waitUntil(page.canvas.hasFocus)
    # WHEN it is to be shown THEN the pages have the keys while there are no rows
    QTest.keyClick(page.canvas, Key.Key_F9)
    assert page.panel.shows("outline") and page.canvas.hasFocus()
    if elsewhere:
        page.open_find()
    # WHEN it comes THEN it has them, unless the reader went elsewhere
    fake.give()
    qtbot.waitUntil(page.outline.tree.isVisible)
    assert page.outline.tree.hasFocus() != elsewhere
    assert page.find_bar.isAncestorOf(page.focusWidget() or page) == elsewhere


@pytest.mark.parametrize("own", ["", "Ctrl+Y", "no key at all"])
def test_a_key_that_was_taken_from_a_command_does_nothing_more(driven: Driven, own: str) -> None:
    win, page = driven, shown(driven)
    page.canvas.setFocus()
    # GIVEN commands that have other keys now, or none
    for name in ("viewer.find", "viewer.screen_down", "viewer.outline"):
        win.app.settings.set_keys(name, own)
        win.window.commands.set_keys(name)
    top, beside = page.canvas.camera.top, page.panel.isVisible()
    # WHEN the old ones are pressed THEN nothing comes of it
    win.control(Key.Key_F)
    win.key(Key.Key_Space)
    win.key(Key.Key_F9)
    win.run(50)
    assert not page.finding and page.canvas.camera.top == top
    assert page.panel.isVisible() == beside and page.canvas.hasFocus()
    # WHEN they are as before THEN they do what they did
    win.app.settings.set_keys("viewer.find", None)
    win.window.commands.set_keys("viewer.find")
    win.control(Key.Key_F)
    assert page.finding


def test_what_is_to_be_found_can_be_typed_before_the_document_is_open(
    ahead: ViewerPage, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN a document that is being opened
    fake.held.add("open")
    ahead.show()
    ahead.activateWindow()
    ahead.read(Path("paper.pdf"), "A paper", None)
    ahead.canvas.setFocus()
    # WHEN the bar is opened and a word typed THEN it is not lost
    QTest.keyClick(ahead.canvas, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert ahead.finding
    QTest.keyClicks(ahead.find_bar.field, "word")
    QTest.keyClick(ahead.find_bar.field, Key.Key_Return)
    # AND is looked for once there is a document, in which nobody has to type it again
    fake.give()
    qtbot.waitUntil(lambda: ahead.pdf is not None and ahead.pdf.find.needle == "word")
    assert ahead.finding and ahead.find_bar.field.text() == "word"


def test_a_document_that_cannot_be_opened_has_no_bar_to_find_in_it(
    ahead: ViewerPage, fake: FakeEngine, qtbot: QtBot
) -> None:
    fake.held.add("open")
    fake.opening = PdfRefused("It is damaged.")
    ahead.show()
    ahead.read(Path("paper.pdf"), "A paper", None)
    ahead.open_find()
    assert ahead.finding
    # WHEN it turns out to be damaged THEN the bar goes, and cannot be opened
    fake.give()
    qtbot.waitUntil(lambda: ahead.error is not None)
    assert not ahead.finding and not ahead.conditions()["searchable"]
    ahead.open_find()
    assert not ahead.finding
