"""A pane that is shown by key is walked in by key at once; hidden or left, it gives the keys back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

from reader.ui.viewer.bookmarks import Bookmarks
from reader.ui.viewer.find_list import FindList
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.study import Study
from tests.ui.conftest import Start
from tests.ui.driving import Driven, is_ready, shown

pytestmark = pytest.mark.shared
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CONTROL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def call(win: Driven, words: str) -> None:
    """Run a command as someone without a mouse does: from the palette."""
    win.control(Key.Key_K)
    win.type(words)
    win.key(Key.Key_Return)


def begun(win: Driven) -> ViewerPage:
    """The page, studied, with the keys in the pages and no panel."""
    page = shown(win)
    win.until(lambda: page.feature(Study).done)
    page.show_pane("outline", False)
    page.canvas.setFocus()
    win.until(page.canvas.hasFocus)
    return page


def in_list(win: Driven, page: ViewerPage) -> QAbstractItemView:
    """The list that has the keys, which is the panel's."""
    now = win.focused()
    assert isinstance(now, QAbstractItemView) and page.panel.isAncestorOf(now), now
    return now


def chosen(view: QAbstractItemView) -> list[int]:
    return [index.row() for index in view.selectionModel().selectedRows()]


def test_the_outline_is_walked_in_as_soon_as_its_key_is_pressed(driven: Driven) -> None:
    win, page = driven, begun(driven)
    win.key(Key.Key_F9)
    # THEN the section one is in is seen, and the arrows go on from it
    view = in_list(win, page)
    assert chosen(view) == [view.currentIndex().row()]
    win.key(Key.Key_Down)
    win.run(100)  # the pages are laid out anew in what the panel leaves them
    assert view.currentIndex().row() == 1
    win.key(Key.Key_End)
    there, top = view.currentIndex(), page.canvas.camera.top
    win.key(Key.Key_Return)
    assert page.canvas.camera.top > top
    # AND the list keeps the keys and the row, though that section cannot come to the top
    win.run(100)
    assert view.hasFocus() and view.currentIndex() == there
    # WHEN the key is pressed again THEN the pages have the keys
    win.key(Key.Key_F9)
    assert page.panel.isHidden() and page.canvas.hasFocus()


def test_escape_gives_the_keys_back_and_the_outline_shows_where_one_is(driven: Driven) -> None:
    win, page = driven, begun(driven)
    page.go_to_page(5)
    win.key(Key.Key_F9)
    view = in_list(win, page)
    here = view.currentIndex()
    win.key(Key.Key_Up)
    assert view.currentIndex() != here
    win.key(Key.Key_Escape)
    assert page.canvas.hasFocus() and page.panel.isVisible()
    assert view.currentIndex() == here


def test_thumbnails_have_the_keys_and_give_them_back(driven: Driven) -> None:
    win, page = driven, begun(driven)
    win.key(Key.Key_T)
    view = in_list(win, page)
    assert chosen(view) == [0]
    win.key(Key.Key_Down)
    win.run(100)
    assert chosen(view) == [1]
    win.key(Key.Key_End)
    win.key(Key.Key_Return)
    assert page.canvas.camera.current() > 0
    # AND the page that was chosen stays so, though it cannot come to the top of the view
    assert chosen(view) == [view.model().rowCount() - 1]
    win.key(Key.Key_T)
    assert page.panel.isHidden() and page.canvas.hasFocus()
    # WHEN they come again THEN they show where one is by now
    page.go_to_page(4)
    win.key(Key.Key_F8)
    assert chosen(in_list(win, page)) == [4]


def test_bookmarks_are_gone_to_and_a_new_one_leaves_the_keys_in_the_pages(driven: Driven) -> None:
    win, page = driven, begun(driven)
    # GIVEN no bookmark WHEN they are listed THEN the keys stay where they are of use
    call(win, "List the bookmarks")
    assert page.panel.shows("bookmarks") and page.canvas.hasFocus()
    page.show_pane("bookmarks", False)
    # WHEN one is made THEN it is seen, and one reads on
    win.control(Key.Key_Down)
    win.control(Key.Key_D)
    win.until(lambda: page.feature(Bookmarks).all)
    assert page.panel.shows("bookmarks") and page.canvas.hasFocus()
    win.key(Key.Key_Home)
    place = page.canvas.camera.top
    # WHEN they are listed THEN Enter goes to the first
    call(win, "List the bookmarks")
    assert chosen(in_list(win, page)) == [0]
    win.key(Key.Key_Return)
    assert page.canvas.camera.top > place
    win.key(Key.Key_Escape)
    assert page.canvas.hasFocus()


@pytest.mark.parametrize(
    "command, words",
    [("Figures, tables and equations", "library"), ("References of the paper", "arxiv")],
)
def test_lists_with_a_field_begin_in_it_and_go_on_with_down(
    driven: Driven, command: str, words: str
) -> None:
    win, page = driven, begun(driven)
    call(win, command)
    field = win.focused()
    assert isinstance(field, QLineEdit) and page.panel.isAncestorOf(field)
    # WHEN letters are typed, and Down at once THEN the rows have those words and the keys
    win.type(words)
    win.key(Key.Key_Down)
    view = in_list(win, page)
    [row] = chosen(view)
    assert words in view.model().index(row, 0).data().casefold()
    place = page.canvas.camera.top
    win.key(Key.Key_Return)
    assert page.canvas.camera.top != place


def test_the_field_of_the_outline_leads_down_into_it(driven: Driven) -> None:
    win, page = driven, begun(driven)
    win.key(Key.Key_F9)
    win.key(Key.Key_Backtab)
    assert win.focused() is page.outline.search
    win.type("reading")
    win.key(Key.Key_Down)
    assert win.focused() is page.outline.tree
    assert "reading" in page.outline.tree.currentIndex().data().casefold()
    # WHEN nothing has the words THEN there is nothing to go to
    win.focus(page.outline.search)
    win.type("no section is called so")
    win.key(Key.Key_Down)
    assert page.outline.search.hasFocus()


def test_the_key_for_the_next_pane_takes_the_keys_along(driven: Driven) -> None:
    win, page = driven, begun(driven)
    seen: list[str] = []
    while seen.count("outline") < 2:
        win.key(Key.Key_F8)
        seen.append(page.panel.current)
        now = win.focused()
        # A pane that has nothing to walk in leaves them to the pages.
        assert page.panel.isAncestorOf(now) or now is page.canvas
        assert page.panel.isAncestorOf(now) or page.panel.current not in ("outline", "thumbnails")
    assert {"thumbnails", "things", "found"} <= {*seen}


def test_down_leads_from_the_find_bar_into_the_list_of_places(driven: Driven) -> None:
    win, page = driven, begun(driven)
    win.key(Key.Key_F, CONTROL_ALT)
    assert page.find_bar.field.hasFocus()
    # GIVEN no place THEN it stays in the field
    win.key(Key.Key_Down)
    assert page.find_bar.field.hasFocus()
    win.type("paper")
    here = page.panel.findChild(FindList)
    assert here is not None
    win.until(here.rows.seen)
    win.key(Key.Key_Down)
    assert win.focused() is here.rows
    hit = page.canvas.current_hit
    win.key(Key.Key_Down)
    win.key(Key.Key_Return)
    assert page.canvas.current_hit != hit


def test_the_mouse_leaves_the_keys_where_they_are(driven: Driven) -> None:
    win, page = driven, begun(driven)
    QTest.mouseClick(page.bar.outline, LEFT)
    assert page.panel.shows("outline") and page.canvas.hasFocus()
    QTest.mouseClick(page.bar.outline, LEFT)
    assert page.panel.isHidden() and page.canvas.hasFocus()
    # AND a panel that is hidden so does not keep them
    win.key(Key.Key_F9)
    QTest.mouseClick(page.bar.outline, LEFT)
    assert page.panel.isHidden() and page.canvas.hasFocus()


def test_a_panel_that_is_there_when_a_tab_opens_leaves_the_keys_to_the_pages(
    start: Start, library: Path, pdf: Path, paper: Path
) -> None:
    # GIVEN a reader who likes to have the outline beside the pages
    win = start(library, files=[pdf])
    win.until(lambda: is_ready(win.app.tabs.current()))
    begun(win)
    win.key(Key.Key_F9)
    win.key(Key.Key_Escape)
    # WHEN another file is opened, and the page made ahead for the next one
    win.app.open_files([paper])
    win.until(lambda: shown(win).path == paper and is_ready(shown(win)))
    page = shown(win)
    win.until(lambda: page.feature(Study).done)
    win.settled()
    # THEN its outline is shown, and the pages have the keys
    assert page.panel.shows("outline") and page.outline.tree.model().rowCount() > 1
    assert page.canvas.hasFocus()


def test_the_note_is_written_as_soon_as_its_key_is_pressed(driven: Driven) -> None:
    win, page = driven, begun(driven)
    page.show_notes(False)
    win.key(Key.Key_F10)
    assert win.focused().objectName() == "noteEdit"
    win.key(Key.Key_F10)
    assert page.side is not None and page.side.isHidden() and page.canvas.hasFocus()
    # WHEN the mouse shows it THEN the keys stay in the pages
    QTest.mouseClick(page.bar.notes, LEFT)
    assert page.side.isVisible() and page.canvas.hasFocus()


@pytest.mark.parametrize("words", ["Pinned figures beside the pages", "Tools for annotations"])
def test_what_is_hidden_by_its_command_gives_the_pages_the_keys(driven: Driven, words: str) -> None:
    win, page = driven, begun(driven)
    before = set(page.tab_order())
    call(win, words)
    win.until(lambda: set(page.tab_order()) - before)
    [*added] = set(page.tab_order()) - before
    added[0].setFocus()
    assert win.focused() is added[0]
    call(win, words)
    win.until(lambda: not added[0].isVisible())
    assert page.canvas.hasFocus()
