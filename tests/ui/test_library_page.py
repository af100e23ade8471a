"""Everything is found: the list, the sidebar, search, order, sections, the paper."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from reader.domain.fold import title_key
from reader.services import editing
from reader.services.lanes import to_the_end
from reader.ui.browse.paper_pane import PaperPane
from reader.ui.browse.row_delegate import ROW_HEIGHT, SECTION_HEIGHT
from reader.ui.models.papers import SECTION_ROLE
from reader.ui.widgets.flow import FlowArea
from tests.ui.driving import STARTER, Driven

PAGE = STARTER - 1


def test_the_first_painted_list_holds_all_papers(win: Driven) -> None:
    assert win.rows() == STARTER
    assert win.page._count.text() == f"{STARTER} papers"
    assert win.row(0).title
    assert win.list.hasFocus()
    assert win.paper().abstract == win.pane.abstract.toPlainText()


def test_the_sidebar_counts_and_narrows(win: Driven) -> None:
    counts = win.sidebar()
    assert counts["All papers"] == counts["Unread"] == STARTER
    assert counts["Jun 11"] == PAGE
    assert not counts["Starred"]
    win.choose("page")
    assert win.rows() == PAGE
    win.choose("starred")
    assert win.rows() == 0
    assert "No paper is starred yet" in win.page._empty.text()
    win.choose("all")
    assert win.rows() == STARTER


def test_rows_have_their_full_height_after_a_page_with_headings(win: Driven) -> None:
    # GIVEN a starred paper, and a dated page whose first row is a lower heading
    win.select(1)
    win.key(Qt.Key.Key_S)
    win.until(lambda: win.sidebar()["Starred"] == 1)
    for kind, rows in (("starred", 1), ("all", STARTER), ("starred", 1)):
        win.choose("page")
        assert win.list.rowHeight(0) == SECTION_HEIGHT
        assert win.list.rowHeight(1) == ROW_HEIGHT
        # WHEN another list is chosen THEN each of its rows is as high as a paper's
        win.choose(kind)
        assert win.rows() == rows
        heights = {win.list.rowHeight(row) for row in range(rows)}
        assert heights == {ROW_HEIGHT}


def test_j_k_and_arrows_walk_through_the_list(win: Driven) -> None:
    win.select(0)
    for key, place in (
        (Qt.Key.Key_J, 1),
        (Qt.Key.Key_Down, 2),
        (Qt.Key.Key_K, 1),
        (Qt.Key.Key_Up, 0),
    ):
        win.key(key)
        assert win.list.currentIndex().row() == place
        order = win.page.model.papers()[place]
        uid = win.app.reader.uids([order])[0]
        win.until(lambda uid=uid: win.paper().uid == uid)
    win.key(Qt.Key.Key_K)
    assert win.list.currentIndex().row() == 0, "the first paper is the first"
    win.key(Qt.Key.Key_End)
    win.key(Qt.Key.Key_J)
    assert win.list.selected_orders() == [win.page.model.papers()[-1]]


def test_a_paper_is_filled_in_one_turn_and_painted_in_the_next(
    win: Driven, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN the first paper of the list, and an ear at what is shown
    pane = win.app.page.paper
    win.until(lambda: pane.paper is not None and pane.updatesEnabled())
    painted: list[bool] = []
    show = PaperPane.show_paper

    def heard(shown: PaperPane, *args: Any) -> None:
        show(shown, *args)
        painted.append(shown.updatesEnabled())

    monkeypatch.setattr(PaperPane, "show_paper", heard)
    first = pane.paper
    # WHEN the next one is chosen
    win.list.setFocus()
    QTest.keyClick(win.list, Qt.Key.Key_J)
    win.until(lambda: pane.paper is not first and pane.paper is not None)
    # THEN it is painted a turn later
    assert painted == [False]
    win.until(pane.updatesEnabled)
    # WHEN something of the same paper changes
    win.app.window.commands.action("paper.star").trigger()
    win.until(lambda: pane.paper is not None and pane.paper.starred)
    # THEN what changed is painted at once, and nothing else
    assert painted == [False, True]


def test_search_is_live_and_esc_clears_it(win: Driven) -> None:
    win.select(3)
    chosen = win.paper().uid
    # WHEN one presses / and types
    win.key(Qt.Key.Key_Slash)
    win.until(win.search.hasFocus)
    win.type("diffusion mod")
    # THEN what matches is listed while one types, the last word as a beginning
    win.until(lambda: 0 < win.rows() < STARTER)
    win.settled()
    found = win.rows()
    assert win.page._count.text() == f"{found} papers found"
    for title in win.titles()[:5]:
        assert title
    # AND Enter goes to the list, / and Esc come back to all, and to the paper
    win.key(Qt.Key.Key_Return)
    win.until(win.list.hasFocus)
    win.key(Qt.Key.Key_Slash)
    win.key(Qt.Key.Key_Escape)
    win.until(lambda: win.rows() == STARTER)
    win.key(Qt.Key.Key_Escape)
    win.until(win.list.hasFocus)
    assert win.search.text() == ""
    del chosen


def test_every_letter_typed_into_the_search_is_text(win: Driven) -> None:
    uid = win.paper().uid
    win.key(Qt.Key.Key_Slash)
    win.type("jksuirtcno/?")
    assert win.search.text() == "jksuirtcno/?"
    win.settled()
    assert not win.on_disk(uid).starred
    assert win.on_disk(uid).reading_state == "unread"


def test_a_search_without_results_says_so(win: Driven) -> None:
    win.key(Qt.Key.Key_Slash)
    win.type("zzzyyyxxx")
    win.until(lambda: win.rows() == 0)
    assert "zzzyyyxxx" in win.page._empty.text()
    assert win.page._empty.isVisible()
    assert win.pane.paper is None


@pytest.mark.parametrize(
    "text", ["C++", "it's", '"', "(a OR", "-", "10.1000/x", "a-b*", "title:", "😀"]
)
def test_anything_may_be_searched_for(win: Driven, text: str) -> None:
    win.page.search(text)
    win.run(80)
    win.settled()
    assert win.notices() == []


def test_notes_are_found_soon_after_they_were_written(win: Driven) -> None:
    win.focus(win.note)
    win.type("xylophone")
    win.focus(win.search)
    win.type("xylophone")
    win.until(lambda: win.rows() == 1)


def test_the_order_of_the_list_can_be_changed(win: Driven) -> None:
    # WHEN the order is chosen in the menu
    menu = win.page._sort_menu
    chosen = next(action for action in menu.actions() if action.data() == "title")
    chosen.trigger()
    win.settled()
    keys = [title_key(title) for title in win.titles()]
    assert keys == sorted(keys)
    assert win.page._sort_button.text().startswith("Title")
    assert [action.data() for action in menu.actions() if action.isChecked()] == ["title"]
    # AND each kind of list remembers its own
    win.choose("page")
    assert win.page.sort() == "position"
    win.choose("all")
    assert win.page.sort() == "title"


def test_the_paper_stays_chosen_when_the_order_changes(win: Driven) -> None:
    win.select(40)
    uid = win.paper().uid
    win.page.choose_sort("title")
    win.settled()
    assert win.paper().uid == uid
    assert len(win.list.selected_orders()) == 1
    assert win.list.visualRect(win.list.currentIndex()).intersects(win.list.viewport().rect())


def test_a_page_shows_its_date_and_positions(win: Driven) -> None:
    win.choose("page")
    model = win.page.model
    heading = model.data(model.index(0, 0), SECTION_ROLE)
    assert heading == "Jun 11 · Daily papers"
    assert [win.row(place).position for place in (0, 1, 2)] == [1, 2, 3]
    assert win.row(PAGE - 1).position == PAGE
    assert win.list.delegate.show_position
    # AND keys walk over the heading, never onto it
    win.select(0)
    assert win.list.currentIndex().row() == 1
    win.key(Qt.Key.Key_Up)
    assert win.list.currentIndex().row() == 1
    assert "1 on Daily papers, Jun 11" in win.pane._meta.text()


def test_several_papers_are_selected_with_shift_and_ctrl_a(win: Driven) -> None:
    win.select(0)
    for _ in range(3):
        win.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(win.list.selected_orders()) == 4
    assert win.pane._empty.text().startswith("4 papers selected")
    win.control(Qt.Key.Key_A)
    assert len(win.list.selected_orders()) == STARTER
    # AND going on with one shows it again
    win.key(Qt.Key.Key_J)
    win.until(lambda: win.pane.paper is not None)
    assert len(win.list.selected_orders()) == 1


def test_ctrl_a_on_a_page_selects_papers_and_no_heading(win: Driven) -> None:
    win.choose("page")
    win.focus(win.list)
    win.control(Qt.Key.Key_A)
    assert len(win.list.selected_orders()) == PAGE
    assert win.pane._empty.text().startswith(f"{PAGE} papers selected")


def test_the_abstract_is_selectable_and_keeps_its_paragraphs(win: Driven) -> None:
    win.app.tasks.run(
        win.app.write_lane,
        lambda: _with_paragraphs(win),
        done=lambda _: win.app.desk.refresh_all(),
    )
    win.until(lambda: "second paragraph" in win.pane.abstract.toPlainText())
    assert win.pane.abstract.toPlainText() == "The first paragraph.\n\nThe second paragraph."
    # WHEN it is selected and copied
    win.focus(win.pane.abstract)
    cursor = win.pane.abstract.textCursor()
    cursor.setPosition(4)
    cursor.setPosition(9, QTextCursor.MoveMode.KeepAnchor)
    win.pane.abstract.setTextCursor(cursor)
    win.control(Qt.Key.Key_C)
    # THEN the clipboard holds just that
    assert QGuiApplication.clipboard().text() == "first"
    win.control(Qt.Key.Key_A)
    win.control(Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text() == "The first paragraph.\n\nThe second paragraph."
    assert len(win.list.selected_orders()) == 1, "Ctrl+A selected the text, not the papers"


def _with_paragraphs(win: Driven) -> None:
    writer = win.app.desk.ready_writer()
    with writer.edit("Change abstract") as edit:
        text = "The first paragraph.\n\nThe second paragraph."
        edit.set("paper", win.paper().uid, "abstract", text)


def test_reading_on_keeps_the_abstracts_place_when_the_paper_changes_under_it(win: Driven) -> None:
    win.focus(win.pane.abstract)
    cursor = win.pane.abstract.textCursor()
    cursor.setPosition(10)
    cursor.setPosition(20, QTextCursor.MoveMode.KeepAnchor)
    win.pane.abstract.setTextCursor(cursor)
    win.app.library.toggle_star()
    win.until(lambda: win.paper().starred)
    assert win.pane.abstract.textCursor().selectedText()


def test_a_double_click_without_a_pdf_offers_to_attach_one(win: Driven) -> None:
    win.select(1)
    index = win.list.currentIndex()
    place: QPoint = win.list.visualRect(index).center()
    QTest.mouseClick(win.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(win.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    win.until(lambda: win.notices() == ["This paper has no PDF yet."])


def test_abstract_and_note_have_the_same_size_and_start_at_the_same_height(win: Driven) -> None:
    abstract, note = win.pane.abstract, win.note
    assert abstract.mapToGlobal(QPoint(0, 0)).y() == note.mapToGlobal(QPoint(0, 0)).y()
    assert (
        abstract.document().defaultFont().pixelSize() == note.document().defaultFont().pixelSize()
    )
    assert abs(abstract.height() - note.height()) <= 1


class Turned:
    """A read lane whose answers arrive in the opposite order, once they are let go."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[object], object]] = []

    def submit(self, work: Callable[..., object], *args: object, priority: int = 0) -> Future:
        del priority
        future: Future[object] = Future()
        self.waiting.append((future, work(*args)))
        return future

    def let_go(self) -> None:
        while self.waiting:
            future, answer = self.waiting.pop()
            future.set_result(answer)


@pytest.mark.parametrize(
    "shown", ["list", "counts", "paper", "history"], ids=lambda shown: f"the {shown}"
)
def test_a_late_answer_never_replaces_a_newer_one(win: Driven, shown: str) -> None:
    win.settled()
    page, desk, uid = win.page, win.app.desk, win.paper().uid
    labels: list[str] = []
    desk.history.connect(lambda undo, _: labels.append(undo))
    asked: dict[str, Callable[[], None]] = {
        "list": page.reload,
        "counts": page.reload_overview,
        "paper": lambda: page._show_current(page.current),
        "history": desk.refresh_history,
    }
    # GIVEN two reads of which the first saw the library before a change
    lane = desk._read_lane = Turned()
    asked[shown]()
    to_the_end(editing.set_starred(desk.ready_writer(), [uid], True))
    to_the_end(
        editing.move_to_trash(
            desk.ready_writer(), [win.app.reader.uids(page.model.papers()[1:2])[0]]
        )
    )
    asked[shown]()
    # WHEN the answer of the second comes first
    lane.let_go()
    win.settled()
    # THEN that of the first is dropped
    assert {
        "list": lambda: win.rows() == STARTER - 1,
        "counts": lambda: win.sidebar()["All papers"] == STARTER - 1,
        "paper": lambda: win.paper().starred,
        "history": lambda: labels == ["Move to trash"],
    }[shown]()


def test_the_buttons_of_a_paper_need_no_bar_where_all_fit(win: Driven) -> None:
    # GIVEN buttons whose last one fits into the row, but not beside a bar
    win.select(0)
    area = FlowArea(win.window)
    for width in (100, 180):
        one = QPushButton("words", area.inner)
        one.setFixedSize(width, 20)
        area.flow.addWidget(one)
    area.show()
    whole = area.flow.heightForWidth(1000)
    area.resize(next(w for w in range(200, 400) if area.flow.heightForWidth(w) == whole), 10)
    # WHEN it is low for a moment, so that a bar comes, and then as high as a row
    win.until(area.verticalScrollBar().isVisible)
    area.resize(area.width(), whole)
    # THEN all stand in the row, and there is no bar
    win.until(lambda: not area.verticalScrollBar().isVisible())
    assert area.viewport().width() == area.width()
    # WHEN one more comes that does not fit into the row
    more = QPushButton("more", area.inner)
    more.setFixedSize(50, 20)
    area.flow.addWidget(more)
    more.show()
    area.refit()
    # THEN the bar leads to it, until the area has grown
    win.until(area.verticalScrollBar().isVisible)
    area.deleteLater()
