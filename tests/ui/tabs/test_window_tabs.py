"""Tabs as a reader uses them: closing, coming back, splits, windows torn off, one history."""

from __future__ import annotations

import json
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from shiboken6 import isValid

from reader.domain.annotation import ReadingPosition
from reader.ui.notes.editor import NoteEditor
from reader.ui.tabs.switcher import Switcher
from reader.ui.tabs.torn import TornWindow, rows
from reader.ui.viewer.features import feature_rows
from reader.ui.viewer.found import Found
from reader.ui.viewer.page import ViewerPage
from tests.ui.conftest import Start, end
from tests.ui.driving import Driven, is_ready

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    """Four PDFs of eight pages."""
    folder = tmp_path / "papers"
    folder.mkdir()
    made: list[Path] = []
    for name in "abcd":
        with pymupdf.open() as doc:
            for number in range(8):
                doc.new_page().insert_text((72, 90), f"{name} {number + 1} needle")
            made.append(folder / f"{name}.pdf")
            doc.save(made[-1])
    return made


def titles(win: Driven) -> list[str]:
    return win.app.tabs.titles()[1:]


def opened(win: Driven, page: ViewerPage | None) -> ViewerPage:
    """A page once its document is there."""
    assert page is not None
    win.until(lambda: is_ready(page))
    return page


def open_all(win: Driven, paths: list[Path]) -> None:
    for path in paths:
        win.app.tabs.open_file(path)
        win.until(lambda path=path: (page := front(win)) is not None and page.path == path)
        opened(win, front(win))


def front(win: Driven) -> ViewerPage | None:
    return win.app.tabs.current()


def path_in_front(win: Driven) -> Path | None:
    page = front(win)
    return page.path if page is not None else None


def run(win: Driven, command: str) -> None:
    action = win.window.commands.action(command)
    assert action.isEnabled(), command
    action.trigger()


def press(win: Driven, key: Qt.Key, modifiers: Qt.KeyboardModifier = CTRL) -> None:
    win.until(lambda: QApplication.focusWidget() is not None)
    QTest.keyClick(win.focused(), key, modifiers)


def menu(win: Driven) -> QMenu:
    found: list[QMenu] = []

    def look() -> bool:
        found[:] = [menu for menu in win.window.findChildren(QMenu) if menu.isVisible()]
        return bool(found)

    win.until(look)
    return found[0]


def choose(shown: QMenu, text: str) -> None:
    action = next(action for action in shown.actions() if action.text() == text)
    assert action.isEnabled()
    action.trigger()
    shown.close()


def page_of(page: ViewerPage) -> int:
    return page.canvas.position().page


def go_to(win: Driven, page: ViewerPage, number: int) -> None:
    page.canvas.go_to(ReadingPosition(number, 0.0, 100.0, page.canvas.zoom))
    win.until(lambda: page_of(page) == number)


# -- closing and coming back


def test_closed_tabs_come_back_where_they_were_with_their_places(
    win: Driven, papers: list[Path]
) -> None:
    open_all(win, papers)
    win.app.tabs.show(2)
    go_to(win, opened(win, front(win)), 5)
    # WHEN two are closed, by key and by the middle button
    press(win, Qt.Key.Key_W)
    win.until(lambda: titles(win) == ["a.pdf", "c.pdf", "d.pdf"])
    bar = win.window.top.tabs
    QTest.mouseClick(bar, Qt.MouseButton.MiddleButton, pos=bar.tabRect(1).center())
    win.until(lambda: titles(win) == ["c.pdf", "d.pdf"])
    # THEN they come back in turn
    press(win, Qt.Key.Key_T, CTRL | SHIFT)
    win.until(lambda: titles(win) == ["a.pdf", "c.pdf", "d.pdf"])
    press(win, Qt.Key.Key_T, CTRL | SHIFT)
    win.until(lambda: titles(win) == ["a.pdf", "b.pdf", "c.pdf", "d.pdf"])
    assert page_of(opened(win, front(win))) == 5
    assert not win.window.commands.action("window.reopen_tab").isEnabled()


def test_the_menu_of_a_tab_closes_the_others_and_those_to_the_right(
    win: Driven, papers: list[Path]
) -> None:
    open_all(win, papers)
    bar = win.window.top.tabs
    bar.menu_wanted.emit(3, bar.mapToGlobal(QPoint(0, 0)))
    choose(menu(win), "Close those to the right")
    win.until(lambda: titles(win) == ["a.pdf", "b.pdf", "c.pdf"])
    bar.menu_wanted.emit(2, bar.mapToGlobal(QPoint(0, 0)))
    choose(menu(win), "Close the others")
    win.until(lambda: titles(win) == ["b.pdf"])
    for _ in range(3):
        run(win, "window.reopen_tab")
    assert sorted(titles(win)) == ["a.pdf", "b.pdf", "c.pdf", "d.pdf"]


def test_many_tabs_have_a_list_and_readable_titles(win: Driven, papers: list[Path]) -> None:
    bar = win.window.top
    assert not bar.list.isVisible()
    open_all(win, papers[:2])
    copies = [papers[0].with_name(f"copy {number:02}.pdf") for number in range(18)]
    for copy in copies:
        copy.write_bytes(papers[0].read_bytes())
        win.app.tabs.open_file(copy)
    win.until(bar.list.isVisible)
    assert all(bar.tabs.tabRect(index).width() >= 60 for index in range(bar.tabs.count()))
    QTest.mouseClick(bar.list, Qt.MouseButton.LeftButton)
    shown = menu(win)
    assert len(shown.actions()) == 21
    choose(shown, "b.pdf")
    win.until(lambda: (page := front(win)) is not None and page.path == papers[1])


# -- from tab to tab


def test_ctrl_tab_goes_to_the_tab_seen_last_and_page_keys_go_in_bar_order(
    win: Driven, papers: list[Path]
) -> None:
    open_all(win, papers[:3])
    win.app.tabs.show(1)
    run(win, "window.recent_tab")
    assert path_in_front(win) == papers[2]
    run(win, "window.recent_tab")
    assert path_in_front(win) == papers[0]
    press(win, Qt.Key.Key_PageDown)
    assert path_in_front(win) == papers[1]
    press(win, Qt.Key.Key_PageUp)
    assert path_in_front(win) == papers[0]


def test_holding_ctrl_shows_the_tabs_the_last_seen_first(win: Driven, papers: list[Path]) -> None:
    open_all(win, papers[:3])
    switcher = win.window.findChildren(Switcher)[0]
    switcher.held = lambda: True
    press(win, Qt.Key.Key_Tab)
    win.until(switcher.list.hasFocus)
    shown = [switcher.list.item(row).text() for row in range(switcher.list.count())]
    assert shown == ["c.pdf", "b.pdf", "a.pdf", "Library"]
    assert switcher.list.currentRow() == 1
    # WHEN Tab is pressed again and Ctrl let go
    QTest.keyClick(switcher.list, Qt.Key.Key_Tab, CTRL)
    QTest.keyRelease(switcher.list, Qt.Key.Key_Control)
    win.until(lambda: (page := front(win)) is not None and page.path == papers[0])
    assert switcher.isHidden()
    # AND Esc leaves everything as it was
    press(win, Qt.Key.Key_Tab)
    win.until(switcher.list.hasFocus)
    QTest.keyClick(switcher.list, Qt.Key.Key_Escape, CTRL)
    assert switcher.isHidden()
    assert path_in_front(win) == papers[0]


# -- splits


def halves(win: Driven) -> tuple[ViewerPage, ViewerPage]:
    tab = win.app.tabs.front()
    assert tab is not None
    win.until(lambda: len(tab.halves) == 2 and all(half.page is not None for half in tab.halves))
    first, second = (opened(win, half.page) for half in tab.halves)
    return first, second


def test_the_same_paper_twice_each_with_its_place_zoom_and_find(
    win: Driven, papers: list[Path]
) -> None:
    open_all(win, papers[:1])
    go_to(win, opened(win, front(win)), 2)
    press(win, Qt.Key.Key_Backslash)
    left, right = halves(win)
    assert front(win) is right
    assert page_of(right) == 2
    go_to(win, right, 6)
    right.canvas.set_zoom("0.5")
    right.open_find()
    win.type("needle")
    win.until(lambda: right.pdf is not None and right.pdf.find.total > 0)
    assert (page_of(left), left.canvas.zoom) == (2, "width")
    assert left.pdf is not None
    assert left.pdf.find.total == 0
    # WHEN the keys go to the other half
    press(win, Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)
    win.until(lambda: front(win) is left)
    win.until(left.canvas.hasFocus)
    # THEN commands act there
    press(win, Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier)
    win.until(lambda: page_of(left) >= 6)
    # AND a click into a half makes it the active one
    QTest.mouseClick(right.canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, 30))
    win.until(lambda: front(win) is right)
    # AND closed, the other one fills the tab
    count = len(titles(win))
    press(win, Qt.Key.Key_W)
    win.until(lambda: front(win) is left)
    assert len(titles(win)) == count
    assert not win.window.commands.action("window.other_pane").isEnabled()


def test_a_note_is_shown_once_in_a_split(win: Driven) -> None:
    place = next(i for i in range(win.rows()) if win.row(i).has_pdf)
    win.select(place)
    uid = win.paper().uid
    win.key(Qt.Key.Key_Return)
    win.until(lambda: front(win) is not None)
    only = opened(win, front(win))
    win.until(lambda: only.side is not None)
    run(win, "window.split_right")
    left, right = halves(win)
    win.until(lambda: right.side is not None and left.side is None)
    assert right.side is not None
    win.until(right.side.isVisible)
    # THEN both pages have about the same width
    win.until(lambda: abs(left.canvas.width() - right.canvas.width()) < 30)
    # AND below, the note stands beside the upper one, and is still the paper's
    run(win, "window.split_below")
    win.until(lambda: left.side is not None and right.side is None)
    assert left.side is not None
    # AND the two bars stand in line, although only one has the note's button
    upper, lower = left.bar, right.bar
    win.until(lambda: upper.zoom.x() == lower.zoom.x() and upper.search.x() == lower.search.x())
    assert upper.width() == lower.width()
    assert upper.notes.isVisible() and not lower.notes.isVisible()
    note = left.findChildren(type(win.note), "noteEdit")[0]
    win.until(note.isEnabled)
    win.focus(note)
    win.type("written in a split")
    win.until(lambda: win.note_on_disk(uid) == "written in a split")
    run(win, "window.close_pane")
    win.until(lambda: front(win) is right)
    win.until(lambda: right.side is not None)


@pytest.mark.parametrize("stays", ["left", "right"])
def test_the_note_has_its_width_again_when_one_half_is_left(win: Driven, stays: str) -> None:
    # GIVEN a note beside a paper
    place = next(i for i in range(win.rows()) if win.row(i).has_pdf)
    win.select(place)
    win.key(Qt.Key.Key_Return)
    win.until(lambda: front(win) is not None)
    only = opened(win, front(win))
    win.until(lambda: only.side is not None and only.side.isVisible())
    wide = only.splitter.sizes()[2]
    # WHEN the tab is split, and one half is closed
    run(win, "window.split_right")
    left, right = halves(win)
    win.until(lambda: right.side is not None and right.splitter.sizes()[2] < wide)
    if stays == "left":
        press(win, Qt.Key.Key_W)
    else:
        press(win, Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)
        win.until(left.canvas.hasFocus)
        press(win, Qt.Key.Key_W)
    # THEN the note is as wide as before
    page = left if stays == "left" else right
    win.until(lambda: front(win) is page and page.side is not None)
    win.until(lambda: abs(page.splitter.sizes()[2] - wide) <= 2)


def test_another_tab_becomes_the_other_half_and_leaves_again(
    win: Driven, papers: list[Path]
) -> None:
    open_all(win, papers[:2])
    first = win.app.tabs.at(1)
    assert first is not None
    other = opened(win, first.page)
    run(win, "window.beside")
    choose(menu(win), "a.pdf")
    win.until(lambda: titles(win) == ["b.pdf"])
    left, right = halves(win)
    assert right is other, "the page itself moves, with its place and find"
    run(win, "window.apart")
    win.until(lambda: len(titles(win)) == 2)
    assert front(win) is right
    assert left.window() is win.window or left.parent() is None


def test_a_half_into_which_tab_has_led_lives_on_in_a_tab_of_its_own(
    win: Driven, papers: list[Path]
) -> None:
    # GIVEN a split, in which Tab leads from one half into the other one
    open_all(win, papers[:1])
    run(win, "window.split_right")
    left, right = halves(win)
    for half in (left, right):
        opened(win, half)
        half.show_notes(False)
    left.canvas.setFocus()
    win.until(left.canvas.hasFocus)
    while not right.isAncestorOf(win.focused()):
        QTest.keyClick(win.focused(), Qt.Key.Key_Tab)
    # WHEN that other one is taken apart, and what it was in is destroyed
    left.canvas.setFocus()
    room = right.parentWidget()
    run(win, "window.apart")
    win.until(lambda: len(titles(win)) == 2 and not isValid(room))
    # THEN its page goes on, until its tab is closed
    win.app.tabs.show(2)
    assert front(win) is right
    press(win, Qt.Key.Key_End)
    win.until(lambda: page_of(right) == 7)
    run(win, "window.close_tab")
    assert len(titles(win)) == 1


def test_a_split_and_both_places_come_back(win: Driven, start: Start, papers: list[Path]) -> None:
    folder = win.app.folder
    open_all(win, papers[:1])
    run(win, "window.split_below")
    upper, lower = halves(win)
    go_to(win, upper, 1)
    go_to(win, lower, 6)
    assert win.window.close()
    end(win)
    again = start(folder)
    first, second = halves(again)
    again.until(lambda: (page_of(first), page_of(second)) == (1, 6))
    tab = again.app.tabs.front()
    assert tab is not None
    assert tab.below
    assert first.canvas.mapToGlobal(QPoint(0, 0)).y() < second.canvas.mapToGlobal(QPoint(0, 0)).y()


# -- windows torn off


def torn(win: Driven) -> TornWindow:
    win.until(lambda: bool(win.app.tabs.windows._open))
    window = win.app.tabs.windows._open[0]
    win.until(window.isVisible)
    return window


def test_a_tab_torn_off_has_its_commands_and_goes_back(win: Driven, papers: list[Path]) -> None:
    open_all(win, papers[:2])
    page = opened(win, front(win))
    go_to(win, page, 4)
    press(win, Qt.Key.Key_M, CTRL | SHIFT)
    window = torn(win)
    assert titles(win) == ["a.pdf"]
    assert window.windowTitle() == "b.pdf"
    assert page.isVisible()
    assert page.window() is window
    assert page_of(page) == 4
    # THEN the viewer's commands work there by key, and the palette has them
    window.activateWindow()
    page.canvas.setFocus()
    win.until(page.canvas.hasFocus)
    QTest.keyClick(page.canvas, Qt.Key.Key_Home)
    win.until(lambda: page_of(page) == 0)
    assert {row.id for row in rows(feature_rows())} <= {row.id for row in window.commands.rows()}
    assert window.commands.action("viewer.find").isEnabled()
    assert window.menuBar().actions()
    # AND it can be split there
    window.commands.action("window.split_right").trigger()
    win.until(lambda: len(window.tab.halves) == 2)
    window.commands.action("window.close_pane").trigger()
    win.until(lambda: len(window.tab.halves) == 1)
    # AND it goes back into the bar with the same page
    window.commands.action("window.tear_off").trigger()
    win.until(lambda: titles(win) == ["a.pdf", "b.pdf"])
    assert front(win) is page
    assert page.isVisible()
    assert not win.app.tabs.windows.tabs()


def test_a_closed_window_is_a_closed_tab_that_can_be_opened_again(
    win: Driven, papers: list[Path]
) -> None:
    open_all(win, papers[:1])
    go_to(win, opened(win, front(win)), 3)
    run(win, "window.tear_off")
    window = torn(win)
    window.resize(640, 500)
    size = window.size()
    assert window.close()
    win.until(lambda: not win.app.tabs.windows.tabs())
    assert titles(win) == []
    win.until(win.window.commands.action("window.reopen_tab").isEnabled)
    run(win, "window.reopen_tab")
    again = torn(win)
    assert again.size() == size
    assert page_of(opened(win, again.tab.page)) == 3


def test_a_note_is_written_on_when_the_window_it_was_in_is_gone(win: Driven) -> None:
    # GIVEN a paper in a window torn off, and the palette opened while the note has the keys
    win.select(next(i for i in range(win.rows()) if win.row(i).has_pdf))
    uid = win.paper().uid
    win.key(Qt.Key.Key_Return)
    win.until(lambda: front(win) is not None)
    page = opened(win, front(win))
    run(win, "window.tear_off")
    window = torn(win)
    window.activateWindow()
    editor = page.side
    assert isinstance(editor, NoteEditor)
    win.until(editor.edit.isEnabled)
    win.focus(editor.edit)
    window.commands.action("window.palette").trigger()
    # WHEN the tab is put back, and the window is destroyed
    window.commands.action("window.tear_off").trigger()
    win.until(lambda: not isValid(window))
    # THEN the note is written, saved and counted
    win.focus(editor.edit)
    win.type("written after that")
    win.until(lambda: win.note_on_disk(uid) == "written after that")
    assert editor.words.counts == (3, 18)


def test_a_tab_dragged_out_of_the_bar_becomes_a_window(win: Driven, papers: list[Path]) -> None:
    open_all(win, papers[:2])
    bar = win.window.top.tabs
    start = bar.tabRect(2).center()
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(bar, start + QPoint(0, 40 * step))
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=start + QPoint(0, 200))
    window = torn(win)
    assert window.tab.title == "b.pdf"
    assert titles(win) == ["a.pdf"]


def test_windows_torn_off_end_with_the_program_and_come_back(
    win: Driven, start: Start, papers: list[Path]
) -> None:
    folder = win.app.folder
    open_all(win, papers[:2])
    run(win, "window.tear_off")
    window = torn(win)
    window.resize(700, 520)
    go_to(win, opened(win, window.tab.page), 5)
    win.app.theme.choose("dark")
    assert win.window.close()
    window.close()  # as Qt does with all windows when the program quits
    end(win)
    again = start(folder)
    back = torn(again)
    assert titles(again) == ["a.pdf"]
    assert (back.width(), back.height()) == (700, 520)
    page = opened(again, back.tab.page)
    again.until(lambda: page_of(page) == 5)


# -- back and forward over papers


def test_alt_left_leads_from_paper_to_paper_and_reopens_what_was_closed(
    win: Driven, papers: list[Path]
) -> None:
    tabs = win.app.tabs
    open_all(win, papers[:1])
    first = opened(win, front(win))
    go_to(win, first, 3)
    first.last_page()
    win.until(lambda: page_of(first) > 5)
    there = page_of(first)
    # GIVEN a jump into another paper, and one inside it
    open_all(win, papers[1:2])
    second = opened(win, front(win))
    second.last_page()
    # WHEN the reader goes back: inside the second, into the first, inside the first
    press(win, Qt.Key.Key_Left, ALT)
    win.until(lambda: front(win) is second and page_of(second) == 0)
    press(win, Qt.Key.Key_Left, ALT)
    win.until(lambda: front(win) is first)
    assert page_of(first) == there
    press(win, Qt.Key.Key_Left, ALT)
    win.until(lambda: page_of(first) == 3)
    # AND forward again
    for _ in range(2):
        press(win, Qt.Key.Key_Right, ALT)
    win.until(lambda: front(win) is second)
    # THEN a tab that was closed meanwhile is opened again at its place
    tabs.close(1)
    assert titles(win) == ["b.pdf"]
    press(win, Qt.Key.Key_Left, ALT)
    win.until(lambda: (page := front(win)) is not None and page.path == papers[0])
    assert page_of(opened(win, front(win))) == there


def test_a_jump_through_the_library_can_be_taken_back(win: Driven, papers: list[Path]) -> None:
    open_all(win, papers[:1])
    first = opened(win, front(win))
    go_to(win, first, 4)
    place = next(i for i in range(win.rows()) if win.row(i).has_pdf)
    order = win.page.model.papers()[place]
    late = win.app.late
    assert late is not None
    late.actions.go_to(order)
    win.until(lambda: win.pane.paper is not None and bool(win.paper().attachments))
    paper = win.paper()
    win.app.tabs.open_paper(paper, position=ReadingPosition(2, 0.0, 0.0, "width"))
    win.until(lambda: (page := front(win)) is not None and page is not first)
    other = opened(win, front(win))
    win.until(lambda: page_of(other) == 2)
    press(win, Qt.Key.Key_Left, ALT)
    win.until(lambda: front(win) is first)
    assert page_of(first) == 4


# -- memory


def test_a_tab_not_seen_rests_and_is_back_at_once(win: Driven, papers: list[Path]) -> None:
    open_all(win, papers[:2])
    first = win.app.tabs.at(1)
    assert first is not None
    page = opened(win, first.page)
    go_to(win, page, 4)
    win.app.tabs.show(1)
    win.until(lambda: page.pdf is not None and not page.pdf.requests.busy)
    win.app.tabs.show(2)
    win.until(lambda: (second := front(win)) is not None and second.canvas.hasFocus())
    assert not first.half.resting
    held = page.canvas.pictures.used
    # WHEN it was not seen for long
    win.app.tabs.rest.after = 0.0
    win.app.tabs.rest.look()
    assert first.half.resting
    assert page.canvas.pictures.used < held / 2
    # THEN it is back at its place, at first by its small picture
    win.app.tabs.rest.after = 60.0
    win.app.tabs.show(1)
    assert not first.half.resting
    assert page.canvas.pictures.has_any(4)
    assert page_of(page) == 4
    canvas = page.canvas
    win.until(lambda: canvas.pictures.used >= held / 2)


# -- what is remembered of pages


def test_widths_and_what_is_shown_come_back(win: Driven, start: Start, papers: list[Path]) -> None:
    folder = win.app.folder
    open_all(win, papers[:1])
    page = opened(win, front(win))
    win.until(lambda: page.side is not None)
    page.show_outline(True)
    win.until(page.panel.isVisible)
    page.splitter.setSizes([170, page.splitter.width() - 170 - 240, 240])
    page.splitter.splitterMoved.emit(170, 1)
    widths = page.panel.width(), page.side.width() if page.side else 0
    assert win.window.close()
    end(win)
    again = start(folder)
    again.until(lambda: (shown := front(again)) is not None and shown.side is not None)
    back = opened(again, front(again))
    again.until(back.panel.isVisible)
    assert back.side is not None
    again.until(
        lambda: (
            abs(back.panel.width() - widths[0]) <= 3
            and back.side is not None
            and abs(back.side.width() - widths[1]) <= 3
        )
    )


def test_lists_of_lines_have_a_width_of_their_own(win: Driven, papers: list[Path]) -> None:
    open_all(win, papers[:1])
    page = opened(win, front(win))
    page.show_outline(True)
    win.until(lambda: page.splitter.sizes()[0] > 0)
    narrow = page.panel.width()
    # WHEN the places found are listed THEN the panel is wider
    page.feature(Found).show_here()
    win.until(lambda: page.panel.width() > 1.4 * narrow)
    # AND each keeps the width that the reader gives it
    left, pages, *rest = page.splitter.sizes()
    page.splitter.setSizes([300, left + pages - 300, *rest])
    page.splitter.splitterMoved.emit(300, 1)
    page.show_outline(True)
    win.until(lambda: page.panel.width() == narrow)
    page.feature(Found).show_everywhere()
    win.until(lambda: page.panel.width() == 300)


def test_a_hidden_note_stays_hidden_in_the_next_tab(win: Driven, papers: list[Path]) -> None:
    open_all(win, papers[:1])
    page = opened(win, front(win))
    win.until(lambda: page.side is not None)
    press(win, Qt.Key.Key_F10, Qt.KeyboardModifier.NoModifier)
    assert page.side is not None
    win.until(page.side.isHidden)
    open_all(win, papers[1:2])
    other = opened(win, front(win))
    win.until(lambda: other.side is not None)
    assert other.side is not None
    assert other.side.isHidden()


def test_a_loose_file_is_opened_where_it_was_left_even_under_another_name(
    win: Driven, start: Start, papers: list[Path]
) -> None:
    folder = win.app.folder
    open_all(win, papers[:1])
    go_to(win, opened(win, front(win)), 5)
    press(win, Qt.Key.Key_W)
    win.until(lambda: titles(win) == [])
    assert win.window.close()
    end(win)
    again = start(folder)
    open_all(again, papers[:1])
    assert page_of(opened(again, front(again))) == 5
    renamed = papers[0].with_name("renamed.pdf")
    renamed.write_bytes(papers[0].read_bytes())
    open_all(again, [renamed])
    win_page = opened(again, front(again))
    again.until(lambda: page_of(win_page) == 5)


def test_the_state_of_tabs_is_plain_json(win: Driven, papers: list[Path]) -> None:
    open_all(win, papers[:2])
    stored = json.loads(json.dumps(win.app.tabs.state()))
    assert [item["halves"][0]["title"] for item in stored] == ["a.pdf", "b.pdf"]
