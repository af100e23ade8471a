"""The reading view: text in one column, and the way between it and the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextBrowser
from pytestqt.qtbot import QtBot

from reader.domain.annotation import ReadingPosition, Rect
from reader.pdf.engine import Engine
from reader.services.reflowing import Item, PagePlan
from reader.settings import Settings
from reader.ui.live_settings import LiveSettings
from reader.ui.viewer.aids.ruler import Ruler
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.home import Home
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.reflow.feature import Reflow
from reader.ui.viewer.reflow.together import HIT, NEAR, item_at
from reader.ui.viewer.reflow.view import ReflowView
from tests.ui.viewer.fakes import FakeEngine, Viewer, pdf_of
from tests.ui.viewer.homes import FakeDesk, home

pytestmark = pytest.mark.shared
NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
Press = tuple[Qt.Key, Qt.KeyboardModifier]
FIGURE: Rect = (60.0, 380.0, 300.0, 500.0)


def read(page: ViewerPage, qtbot: QtBot) -> ReflowView:
    """Switch to the reading view and wait until the text is whole."""
    reflow = page.feature(Reflow)
    reflow.toggle(on=True)
    view = reflow.view
    assert view is not None
    qtbot.waitUntil(lambda: reflow._next == pdf_of(page).pages, timeout=20_000)
    return view


def test_the_whole_text_is_there_in_order(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    view = read(page, qtbot)
    text = view.column.toPlainText()
    assert text.index("Section 1") < text.index("Section 2") < text.index("Section 12")
    assert text.count("is represented here in several lines") == 12
    assert page.conditions()["reflow"] and view.state.text() == ""


def test_it_opens_at_the_place_and_leads_back_to_the_paragraph(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    page.go_to_page(6)
    view = read(page, qtbot)
    column = view.column
    qtbot.waitUntil(lambda: column.number_at_top() >= 0)
    assert column.item(column.number_at_top()).page == 6
    # WHEN the reader scrolls on to page 10 and leaves THEN the pages are there
    last = next(n for n in range(column.count) if column.item(n).page == 9)
    column.show_item(last)
    QTest.keyClick(page.canvas, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.canvas
    assert page.canvas.camera.current() in (8, 9)
    # AND a double click on a paragraph goes to it, and Back to where the text was then
    page.feature(Reflow).toggle(on=True)
    column.show_item(next(n for n in range(column.count) if column.item(n).page == 4) - 1)
    top = column.item(column.number_at_top())
    low = QPoint(80, column.viewport().height() - 20)
    clicked = column.item(column.number_at(low.y()))
    assert clicked.page > top.page == 3
    QTest.mouseDClick(column.viewport(), Qt.MouseButton.LeftButton, pos=low)
    assert page.stack.currentWidget() is page.canvas
    assert page.canvas.position().page == clicked.page
    page.go_back()
    assert page.canvas.position().page == 3


def at_top(view: ReflowView) -> int:
    """The page of the paragraph at the top of the text."""
    return view.column.item(view.column.number_at_top()).page


def test_leaving_it_at_once_leaves_the_pages_where_they_were(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper, position=ReadingPosition(5, 0.0, 130.0, "1.5"))
    qtbot.waitUntil(lambda: page.canvas.position().page == 5)
    before = page.canvas.position()
    read(page, qtbot)
    QTest.keyClick(page.canvas, Qt.Key.Key_Escape)
    assert page.canvas.position() == before


@pytest.mark.parametrize(
    "forward, back",
    [
        ((Qt.Key.Key_PageDown, NONE), (Qt.Key.Key_PageUp, NONE)),
        ((Qt.Key.Key_Space, NONE), (Qt.Key.Key_Space, SHIFT)),
        ((Qt.Key.Key_Down, NONE), (Qt.Key.Key_Up, NONE)),
        ((Qt.Key.Key_J, NONE), (Qt.Key.Key_K, NONE)),
        ((Qt.Key.Key_End, NONE), (Qt.Key.Key_Home, NONE)),
        ((Qt.Key.Key_End, CTRL), (Qt.Key.Key_Home, CTRL)),
    ],
)
def test_the_keys_of_the_pages_scroll_the_text(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot, forward: Press, back: Press
) -> None:
    page = viewer(engine, paper)
    view = read(page, qtbot)
    bar = view.column.verticalScrollBar()
    bar.setValue(0)
    QTest.keyClick(view.column, *forward)
    far = bar.value()
    assert far > 0
    QTest.keyClick(view.column, *back)
    assert bar.value() == 0
    # THEN the pages do not move by themselves: they are where the text is
    page.activateWindow()
    qtbot.waitUntil(lambda: page.canvas.position().page == at_top(view))


def test_the_page_that_is_told_is_the_one_whose_text_is_read(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    view = read(page, qtbot)
    number = next(n for n in range(view.column.count) if view.column.item(n).page == 7)
    view.column.show_item(number)
    qtbot.waitUntil(lambda: page.canvas.position().page == 7)
    assert view.column.number_at_top() == number
    assert page.feature(Reflow).on


def test_a_jump_leads_the_text_there(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    view = read(page, qtbot)
    # WHEN a page, the place before, and words that are found are gone to
    page.go_to_page(6)
    assert at_top(view) == 6
    page.go_back()
    assert at_top(view) == 0
    page.open_find()
    page.find_bar.field.setText("Section 6")
    qtbot.waitUntil(lambda: "Section 6" in _first_lines(view))
    # THEN the text is there, and is still shown
    assert page.feature(Reflow).on


def test_the_words_that_are_found_are_marked_in_the_text(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    view = read(page, qtbot)
    column = view.column
    page.open_find()
    page.find_bar.field.setText("okapi")
    qtbot.waitUntil(lambda: bool(column.marked))
    assert {cursor.selectedText().lower() for cursor in column.marked} == {"okapi"}
    assert len(column.extraSelections()) == len(column.marked)
    assert 0 < column.cursorRect(column.marked[0]).bottom() <= column.viewport().height()
    # AND still in larger letters, until the find bar is closed
    count = len(column.marked)
    view.resize_text(2)
    assert {cursor.selectedText().lower() for cursor in column.marked} == {"okapi"}
    assert len(column.marked) == count
    page.close_find()
    assert column.extraSelections() == []


def test_the_place_that_is_found_stands_out_among_the_others(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    column = read(page, qtbot).column
    find = pdf_of(page).find
    page.open_find()
    page.find_bar.field.setText("to")
    qtbot.waitUntil(lambda: find.number > 0 and find.total == len(column.marked) > 30)

    def standing_out() -> list[int]:
        """The numbers of the marks in another colour than most."""
        colors = [one.format.background().color().name() for one in column.extraSelections()]
        usual = max(colors, key=colors.count)
        return [number for number, color in enumerate(colors) if color != usual]

    # WHEN the find bar goes on from place to place
    for _ in range(4):
        # THEN the one it counts is the one that stands out
        assert standing_out() == [find.number - 1]
        page.find_bar.stepped.emit(1)
    # AND still in larger letters
    page.feature(Reflow).view.resize_text(2)  # pyright: ignore[reportOptionalMemberAccess]
    assert standing_out() == [find.number - 1]


def test_what_was_found_on_the_pages_is_marked_in_the_text(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    # GIVEN something found on the pages
    page = viewer(engine, paper)
    page.open_find()
    page.find_bar.field.setText("okapi")
    qtbot.waitUntil(lambda: pdf_of(page).find.current_hit() is not None)
    # WHEN the text is read instead of them
    column = read(page, qtbot).column
    # THEN it is marked there
    qtbot.waitUntil(lambda: column.current is not None)
    assert column.current is not None and column.current.selectedText().lower() == "okapi"


@pytest.mark.parametrize("key", [Qt.Key.Key_R, Qt.Key.Key_F, Qt.Key.Key_L, Qt.Key.Key_H])
def test_what_works_on_the_pages_shows_them(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot, key: Qt.Key
) -> None:
    # GIVEN the text, scrolled on to page 5
    page = viewer(engine, paper)
    page.live_in(home(FakeDesk()))
    view = read(page, qtbot)
    view.column.show_item(
        next(n for n in range(view.column.count) if view.column.item(n).page == 5)
    )
    # WHEN an area, the links, the ruler or a tool are asked for THEN the pages are there
    if key == Qt.Key.Key_L:
        page.feature(Ruler).toggle(on=True)  # a command that is on or off: the window's alone
    else:
        QTest.keyClick(view.column, key)
    assert page.stack.currentWidget() is page.canvas
    assert page.canvas.position().page == 5
    page.escape()


def _first_lines(view: ReflowView) -> str:
    column = view.column
    first = column.number_at_top()
    items = (column.item(n) for n in range(first, min(first + 2, column.count)))
    return " ".join(run.text for item in items for run in item.runs)


COLUMNS = (  # where the first lines of paragraphs are: two columns, the left one's second indented
    Item("paragraph", 2, (50.0, 60.0, 290.0, 70.0)),
    Item("paragraph", 2, (60.0, 320.0, 290.0, 330.0)),
    Item("paragraph", 2, (310.0, 160.0, 550.0, 170.0)),
    Item("paragraph", 2, (320.0, 420.0, 550.0, 430.0)),
    Item("paragraph", 4, (50.0, 60.0, 290.0, 70.0)),
)


@pytest.mark.parametrize(
    "spot, near, wanted",
    [
        (Spot(2, -10.0, -12.0), NEAR, 0),  # the head of a page: its first column
        (Spot(2, 60.0, 310.0), NEAR, 1),  # what begins just below
        (Spot(2, 60.0, 310.0), HIT, 0),
        (Spot(2, 50.0, 350.0), HIT, 1),  # left of the indented first line
        (Spot(2, 320.0, 350.0), HIT, 2),
        (Spot(2, 400.0, 100.0), HIT, 0),  # goes on at the top of the second column
        (Spot(2, 310.0, 500.0), HIT, 3),
        (Spot(2, 0.0, 350.0), HIT, 1),
        (Spot(3, 0.0, 100.0), NEAR, 4),  # a page on which nothing begins: the next one
        (Spot(4, 60.0, 20.0), HIT, 3),  # goes on at the top of a page
        (Spot(4, -8.0, -8.0), NEAR, 4),
        (Spot(1, 0.0, 0.0), NEAR, 0),
        (Spot(9, 0.0, 0.0), NEAR, 4),
    ],
)
def test_the_paragraph_at_a_place_of_a_page_with_columns(
    spot: Spot, near: float, wanted: int
) -> None:
    assert item_at(COLUMNS, spot, near) == wanted
    assert item_at((), spot, near) == -1


def test_the_keys_go_back_to_the_text_when_the_find_bar_is_closed(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    view = read(page, qtbot)
    page.open_find()
    qtbot.waitUntil(page.find_bar.field.hasFocus)
    QTest.keyClick(page.find_bar.field, Qt.Key.Key_Escape)
    assert view.column.hasFocus()
    # AND to the pages once these are there again
    page.feature(Reflow).toggle(on=False)
    assert page.canvas.hasFocus() and page.canvas.focusProxy() is None


def test_the_way_to_the_page_is_told_while_the_text_is_read(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    said: list[str] = []
    page.statusChanged.connect(said.append)
    view = read(page, qtbot)
    assert said[-1].startswith("Double-click a paragraph")
    view.column.followed.emit(3)
    assert said[-1] == page.status() and not page.conditions()["reflow"]
    page.feature(Reflow).toggle(on=True)
    page.feature(Reflow).toggle(on=False)
    assert said[-1] == page.status()


def test_figures_are_drawn_when_they_are_seen(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    reflow = page.feature(Reflow)
    reflow.plan_of = lambda number: (
        PagePlan(pictures=(FIGURE,)) if number in (0, 11) else PagePlan()
    )
    view = read(page, qtbot)
    pictures = [n for n in range(view.column.count) if view.column.item(n).kind == "picture"]
    assert [view.column.item(n).page for n in pictures] == [0, 11]
    view.column.show_item(pictures[0])
    qtbot.waitUntil(lambda: reflow._pictures.image(pictures[0]) is not None)
    assert reflow._pictures.image(pictures[1]) is None
    # AND knowing more of the pages sets the text anew
    reflow.plan_of = lambda number: PagePlan(headings=(((60.0, 70.0, 300.0, 95.0), 1),))
    reflow.replan()
    qtbot.waitUntil(lambda: view.column.count > 0 and view.column.item(0).kind == "heading")


def test_font_size_and_width_are_the_readers(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    page = viewer(fake)
    view = read(page, qtbot)
    told: list[tuple[str, int, int]] = []
    view.restyled.connect(lambda *style: told.append(style))
    size, column = view.column.text_size, view.column
    QTest.mouseClick(view.larger, Qt.MouseButton.LeftButton)
    QTest.mouseClick(view.narrower, Qt.MouseButton.LeftButton)
    assert told[-1] == ("", size + 1, 30)
    assert column.document().defaultFont().pixelSize() == size + 1
    assert column.count and "Words of page 1" in column.toPlainText()
    for _ in range(60):
        view.resize_text(1)
    assert column.text_size == 30


def test_nothing_is_loaded_and_closing_frees_it(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    page = viewer(fake)
    view = read(page, qtbot)
    kind = 2  # an image
    assert view.column.loadResource(kind, QUrl("file:///etc/passwd")) is None
    assert isinstance(view.column, QTextBrowser) and not view.column.openLinks()
    page.close_document()
    assert page.feature(Reflow).view is None and not page.conditions()["reflow"]


def test_at_rest_the_column_is_given_back_unless_it_is_read(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    reflow = page.feature(Reflow)
    view = read(page, qtbot)
    column = view.column
    column.show_item(column.count // 2)
    place = column.number_at_top()
    # WHEN the page rests while its text is read THEN the place is kept
    reflow.rest()
    assert reflow.view is view and column.number_at_top() == place
    # WHEN it rests while the pages are shown THEN nothing of the text is kept
    reflow.toggle(on=False)
    reflow.rest()
    assert reflow.view is None and page.stack.indexOf(view) == -1
    # AND the text comes back when it is wanted
    assert "Section 12" in read(page, qtbot).column.toPlainText()


def test_font_size_and_width_are_those_of_the_last_time_everywhere(
    viewer: Viewer, engine: Engine, paper: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    # GIVEN two pages of one window, both in the reading view
    file = tmp_path / "settings.json"
    live = LiveSettings(Settings(file))
    page, other = viewer(engine, paper), viewer(engine, paper)
    for made in (page, other):
        made.live_in(Home(home(FakeDesk()).desk, settings=live))
    view, beside = read(page, qtbot), read(other, qtbot)
    before = view.column.text_size, view.column.width_em
    # WHEN size and width are changed in one of them, faster than they are stored
    QTest.keyClick(page.canvas, Qt.Key.Key_Plus)
    QTest.keyClick(page.canvas, Qt.Key.Key_Plus)
    view.wider.click()
    # THEN the other follows, with its text still there
    wanted = before[0] + 2, before[1] + 4
    qtbot.waitUntil(lambda: (beside.column.text_size, beside.column.width_em) == wanted)
    assert (view.column.text_size, view.column.width_em) == wanted
    qtbot.waitUntil(lambda: "okapi" in beside.column.toPlainText())
    # AND a last change is stored although the document is closed at once
    view.narrower.click()
    page.close_document()
    again = Settings(file)
    assert (again.number("reflow_size"), again.number("reflow_width")) == (wanted[0], before[1])
    # AND the next start begins with it
    later = viewer(engine, paper)
    later.live_in(Home(home(FakeDesk()).desk, settings=LiveSettings(again)))
    shown = read(later, qtbot).column
    assert (shown.text_size, shown.width_em) == (wanted[0], before[1])
