"""Past the last control Tab goes on in the window, into the other half, or round the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from reader.ui.tabs.torn import TornWindow
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.stops import beyond, stops
from tests.ui.conftest import Start
from tests.ui.driving import Driven, is_ready, shown

pytestmark = pytest.mark.shared


@pytest.fixture
def torn(start: Start, library: Path, pdf: Path) -> Iterator[tuple[Driven, TornWindow]]:
    """A tab in a window of its own."""
    win = start(library, files=[pdf])
    win.until(lambda: is_ready(win.app.tabs.current()))
    win.window.commands.action("window.tear_off").trigger()
    [window] = win.app.tabs.windows._open
    window.activateWindow()
    win.until(window.isActiveWindow)
    yield win, window
    win.settled()


def around(win: Driven, page: ViewerPage, key: Qt.Key) -> list[QWidget]:
    """Where a key leads from the pages until it is there again, or in another page."""
    page.canvas.setFocus()
    found: list[QWidget] = [page.canvas]
    while len(found) < 50:
        QTest.keyClick(win.focused(), key)
        found.append(win.focused())
        if found[-1] is page.canvas or not page.isAncestorOf(found[-1]):
            return found
    raise AssertionError(found)


def test_alone_in_a_window_tab_goes_round_the_page(torn: tuple[Driven, TornWindow]) -> None:
    win, window = torn
    page = window.tab.page
    assert page is not None and page.side is not None
    reached = around(win, page, Qt.Key.Key_Tab)
    assert reached[-1] is page.canvas
    assert page.side.isAncestorOf(reached[-2]) and page.bar.isAncestorOf(reached[1])
    assert around(win, page, Qt.Key.Key_Backtab) == reached[::-1]


def test_tab_goes_from_half_to_half_and_back(torn: tuple[Driven, TornWindow]) -> None:
    win, window = torn
    window.commands.action("window.split_right").trigger()
    win.until(lambda: len(window.tab.halves) == 2 and window.tab.halves[1].page is not None)
    first, second = (half.page for half in window.tab.halves)
    assert first is not None and second is not None
    win.until(lambda: is_ready(second))
    # THEN the other half begins at its pages, whichever it is
    there = around(win, first, Qt.Key.Key_Tab)
    back = around(win, second, Qt.Key.Key_Tab)
    assert there[-1] is second.canvas and back[-1] is first.canvas
    # AND the way back is the same
    assert around(win, first, Qt.Key.Key_Backtab) == [first.canvas, back[-2]]
    assert around(win, second, Qt.Key.Key_Backtab) == [second.canvas, there[-2]]


def test_what_tab_passed_may_go_and_what_it_came_to_stays(qtbot: QtBot) -> None:
    # GIVEN a part of a window, and after it a field that is disabled and one that is not
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    frame, off, field, number = QWidget(), QLineEdit(), QLineEdit(), QSpinBox()
    for one in (frame, off, field, number):
        row.addWidget(one)
    off.setEnabled(False)
    window.show()
    assert beyond(frame, forward=True) is field and beyond(frame, forward=False) is number
    assert stops([window]) == [field, number]  # and not the field inside the number
    # WHEN the one that was passed is destroyed
    off.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(off))
    # THEN the others are still there
    assert shiboken6.isValid(field) and shiboken6.isValid(number)
    field.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is field)


def backwards(win: Driven) -> QWidget:
    """Where Shift+Tab leads from the first control of the window's top bar."""
    top = win.window.top
    win.focus(stops([top])[0])
    win.key(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    return win.focused()


def test_shift_tab_enters_a_page_at_its_last_control(driven: Driven) -> None:
    win, page = driven, shown(driven)
    page.show_notes(True)
    win.until(lambda: page.side is not None and page.side.isVisible())
    assert backwards(win).objectName() == "noteEdit"
    # WHEN no note is shown THEN it is the last of the panel, or of the bar without one
    page.show_notes(False)
    page.show_pane("outline")
    win.until(page.outline.tree.isVisible)
    assert backwards(win) is page.outline.tree
    page.show_pane("outline", False)
    assert backwards(win) is page.bar.notes
    # AND from the pages the way back leads to the search, which is the bar's last
    page.canvas.setFocus()
    win.key(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert win.search.hasFocus()


def test_shift_tab_enters_a_split_at_the_last_control_of_its_second_half(driven: Driven) -> None:
    win = driven
    win.window.commands.action("window.split_right").trigger()
    tab = win.app.tabs.front()
    assert tab is not None
    win.until(lambda: len(tab.halves) == 2 and tab.halves[1].page is not None)
    first, second = (half.page for half in tab.halves)
    assert first is not None and second is not None
    win.until(lambda: is_ready(second))
    last = second.tab_order()[-1]
    assert backwards(win) is last
    # AND the halves are gone through from there to the other half's end
    assert around(win, second, Qt.Key.Key_Backtab)[-1] is first.tab_order()[-1]


def test_shift_tab_in_the_library_is_as_before(driven: Driven) -> None:
    win = driven
    win.app.tabs.show_library()
    win.until(win.list.isVisible)
    assert win.app.page.isAncestorOf(backwards(win))
