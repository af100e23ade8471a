"""Every control around the pages is reached by Tab in the order it is seen, and left by Escape."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.reflow.feature import Reflow
from reader.ui.viewer.stops import stops
from tests.ui.conftest import Start
from tests.ui.driving import Driven, is_ready, shown

pytestmark = pytest.mark.shared
PANES = ("outline", "thumbnails", "references", "things", "bookmarks", "found")


def run(win: Driven, command: str) -> None:
    win.window.commands.action(command).trigger()


def walk(win: Driven, page: ViewerPage, most: int = 200) -> list[QWidget]:
    """Where Tab goes from the pages until it leaves the page; each link is passed on the way."""
    page.canvas.setFocus()
    found: list[QWidget] = []
    for _ in range(most):
        now = win.focused()
        if not page.isAncestorOf(now):
            return found
        if now not in found:
            found.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not leave {win.focused()}")


@pytest.mark.parametrize("pane", PANES)
def test_tab_reaches_all_controls_and_escape_leads_back(driven: Driven, pane: str) -> None:
    win, page = driven, shown(driven)
    page.show_notes(False)
    run(win, f"viewer.{pane}")
    win.until(lambda: page.panel.isVisible() and page.panel.current == pane)
    page.close_find()
    reached = walk(win, page)
    # THEN the bar comes from left to right, and the panel after it
    bar = [one for one in reached if page.bar.isAncestorOf(one)]
    assert bar == sorted(bar, key=lambda one: one.mapTo(page.bar, QPoint()).x())
    named = page.bar.outline, page.bar.page, page.bar.zoom, page.bar.search, page.bar.notes
    assert {*named} <= {*bar}
    assert reached[0] is page.canvas
    assert [one for one in reached if page.panel.isAncestorOf(one)] == stops([page.panel])
    # AND Escape gives the pages the keys back, and takes nothing away
    for one in reached[1:]:
        one.setFocus()
        win.key(Qt.Key.Key_Escape)
        assert page.canvas.hasFocus(), one
    assert page.panel.isVisible()


def test_the_way_back_is_the_same(driven: Driven) -> None:
    win, page = driven, shown(driven)
    page.show_notes(False)
    run(win, "viewer.outline")
    there = walk(win, page)
    there[-1].setFocus()
    back = [there[-1]]
    while back[-1] is not page.canvas:
        QTest.keyClick(win.focused(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        back.append(win.focused())
    assert back == there[::-1]


def test_the_note_which_keeps_tab_comes_last(driven: Driven) -> None:
    win, page = driven, shown(driven)
    page.show_notes(True)
    win.until(lambda: page.side is not None and page.side.isVisible())
    page.canvas.setFocus()
    found: list[QWidget] = []
    while win.focused().objectName() != "noteEdit":
        QTest.keyClick(win.focused(), Qt.Key.Key_Tab)
        found.append(win.focused())
    assert page.bar.notes in found
    # AND the keys come back from it
    win.key(Qt.Key.Key_Escape)
    assert page.canvas.hasFocus()


def test_tab_comes_from_the_search_to_what_stands_in_place_of_the_pages(
    start: Start, library: Path, html_pdf: Path
) -> None:
    # GIVEN a file that cannot be shown
    win = start(library, files=[html_pdf])
    win.until(lambda: (page := win.app.tabs.current()) is not None and page.error is not None)
    page = shown(win)
    win.until(page.fault.retry.hasFocus)
    # WHEN Tab is pressed in the search over it
    win.focus(win.search)
    win.key(Qt.Key.Key_Tab)
    # THEN it does not end at the pages, which are hidden
    assert page.fault.retry.hasFocus()


def test_the_find_bar_and_the_reading_views_row_come_before_the_pages(driven: Driven) -> None:
    win, page = driven, shown(driven)
    run(win, "viewer.reflow")
    view = page.feature(Reflow).view
    assert view is not None
    page.open_find()
    win.until(page.find_bar.field.hasFocus)
    found = [win.focused()]
    while found[-1] is not view.column:
        win.key(Qt.Key.Key_Tab)
        found.append(win.focused())
    bar = [one for one in found if page.find_bar.isAncestorOf(one)]
    assert len(bar) > 4 and found[: len(bar)] == bar
    assert found[len(bar) :][:3] == [view.fonts, view.smaller, view.larger]


def _seen(widget: QWidget) -> QImage:
    window = widget.window()
    return window.grab(widget.rect().translated(widget.mapTo(window, QPoint()))).toImage()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_focus_is_seen_on_every_control(driven: Driven, theme: str) -> None:
    win, page = driven, shown(driven)
    page.show_notes(False)
    win.app.theme.choose(theme)
    for pane in PANES[:4]:
        run(win, f"viewer.{pane}")
        win.until(lambda pane=pane: page.panel.current == pane)
        for one in walk(win, page)[1:]:
            one.setFocus(Qt.FocusReason.TabFocusReason)
            win.until(one.hasFocus)
            with_it = _seen(one)
            page.canvas.setFocus()
            assert _seen(one) != with_it, one


def test_the_lines_of_the_outline_have_room_when_it_is_first_shown(
    start: Start, library: Path, tmp_path: Path
) -> None:
    # GIVEN a file with an outline, shown as the window opens
    path = tmp_path / "outlined.pdf"
    with pymupdf.open() as doc:
        for _ in range(3):
            doc.new_page()
        doc.set_toc([[1, f"Section {number}", number] for number in (1, 2, 3)])
        doc.save(path)
    win = start(library, files=[path])
    win.until(lambda: is_ready(win.app.tabs.current()))
    tree = shown(win).outline.tree
    win.until(lambda: tree.model().rowCount() == 3)
    # WHEN the outline is looked at
    run(win, "viewer.outline")
    win.until(tree.isVisible)
    # THEN its lines are as high as they are to be
    first = tree.model().index(0, 0)
    win.until(lambda: tree.visualRect(first).height() == tree.sizeHintForRow(0) > 20)
