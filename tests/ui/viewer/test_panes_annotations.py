"""The pane that lists the annotations: shown, filtered, sorted, written to and led, in a real library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QMenu
from pytestqt.qtbot import QtBot

from reader.domain.marking import Annotation, Kind, Part
from reader.services import annotating
from reader.ui.browse.chooser import Chooser
from reader.ui.marks.painter import HEADING, HEIGHT, LINE
from reader.ui.viewer.annotate import writing
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.marks_pane.feature import PANE, MarksList
from reader.ui.viewer.marks_pane.pane import MarksPane
from reader.ui.viewer.page import ViewerPage
from tests.ui.viewer.fakes import FakeEngine, Viewer
from tests.ui.viewer.shelves import Shelf

pytestmark = pytest.mark.shared
Key = Qt.Key


def quad(x: float, top: float) -> tuple[float, ...]:
    return (x, top, x + 80, top, x, top - 12, x + 80, top - 12)


def draft(shelf: Shelf, quote: str, page: int = 0, top: float = 700, **other: Any) -> Annotation:
    kind = other.pop("kind", Kind.HIGHLIGHT)
    part = Part(page, (quad(72, top),))  # pyright: ignore[reportArgumentType]
    return Annotation(kind, (part,), shelf.attachment, quote=quote, **other)


def add(shelf: Shelf, *drafts: Annotation) -> tuple[str, ...]:
    """Write annotations as another window would; their uids."""
    uids, changes = annotating.add(shelf.writer, drafts)
    shelf.desk.changed.emit(changes)
    return uids


@pytest.fixture
def page(viewer: Viewer, fake: FakeEngine, shelf: Shelf) -> ViewerPage:
    made = viewer(fake)
    made.live_in(shelf.home)
    made.feature(MarksList).show()
    return made


@pytest.fixture
def five(page: ViewerPage, shelf: Shelf) -> tuple[str, ...]:
    """Five annotations, in the order of their pages from the second on."""
    del page
    return add(
        shelf,
        draft(shelf, "Zebra words", 2, color="red", tags=("later",)),
        draft(shelf, "the first claim", 0, 700, color="purple", card="claim"),
        draft(shelf, "beneath it", 0, 500, color="yellow", comment="Ärger about MÜLLER"),
        draft(shelf, "on the second", 1, color="yellow", kind=Kind.UNDERLINE),
        draft(shelf, "lost words", 1, color="green", placed=False),
    )


def pane_of(page: ViewerPage) -> MarksPane:
    return page.feature(MarksList).pane


def quotes(page: ViewerPage) -> list[str]:
    """What the rows show, headings in brackets."""
    rows = pane_of(page).model.rows
    return [row.quote if isinstance(row, Annotation) else f"[{row}]" for row in rows]


def choose(page: ViewerPage, *uids: str) -> None:
    pane = pane_of(page)
    pane.rows.choose(uids)
    pane.rows.selected.emit()
    pane.rows.setFocus()


def find(page: ViewerPage, text: str) -> None:
    pane_of(page).search.setText(text)
    pane_of(page).refresh()


# ---- what is listed


def test_an_empty_document_says_how_to_begin(page: ViewerPage) -> None:
    pane = pane_of(page)
    assert pane.note.isVisible()
    assert "1 to 8" in pane.note.text()
    assert not pane.search.isVisible()


def test_they_stand_in_the_order_of_the_pages_and_the_lost_ones_first(
    page: ViewerPage, five: tuple[str, ...]
) -> None:
    assert quotes(page) == [
        "[1 needs you]", "lost words",
        "[In their places]", "the first claim", "beneath it", "on the second", "Zebra words",
    ]  # fmt: skip
    heights = [pane_of(page).rows.rowHeight(row) for row in range(7)]
    assert heights == [HEADING, HEIGHT, HEADING, HEIGHT, HEIGHT, HEIGHT, HEIGHT]


@pytest.mark.parametrize(
    "sort, first",
    [
        ("color", ["beneath it", "on the second", "Zebra words", "the first claim"]),
        ("kind", ["the first claim", "beneath it", "Zebra words", "on the second"]),
        ("text", ["beneath it", "on the second", "the first claim", "Zebra words"]),
    ],
)
def test_they_are_sorted(
    page: ViewerPage, five: tuple[str, ...], sort: str, first: list[str]
) -> None:
    pane_of(page).sort_by(sort)
    assert quotes(page)[3:] == first


def test_the_newest_come_first(page: ViewerPage, shelf: Shelf, five: tuple[str, ...]) -> None:
    pane_of(page).sort_by("date")
    add(shelf, draft(shelf, "made last", 5, created="2999-01-01T00:00:00Z"))
    assert quotes(page)[3] == "made last"


@pytest.mark.parametrize(
    "text, left",
    [
        ("zebra", ["Zebra words"]),
        ("MÜLLER ärger", ["beneath it"]),
        ("later", ["Zebra words"]),
        ("claim", ["the first claim"]),
        ("words", ["[1 needs you]", "lost words", "[In their places]", "Zebra words"]),
        ("nothing at all", []),
    ],
)
def test_quotes_comments_tags_and_cards_are_looked_through(
    page: ViewerPage, five: tuple[str, ...], text: str, left: list[str]
) -> None:
    find(page, text)
    assert quotes(page) == left
    pane = pane_of(page)
    assert [pane.rows.rowHeight(row) for row in range(len(left))] == [
        HEADING if row.startswith("[") else HEIGHT for row in left
    ]
    # WHEN Esc is pressed in the field THEN all are there again
    QTest.keyClick(pane.search, Key.Key_Escape)
    assert len(quotes(page)) == 7


def test_chips_filter_by_colour_and_kind(page: ViewerPage, five: tuple[str, ...]) -> None:
    pane = pane_of(page)
    assert set(pane.chips._buttons) == {
        "yellow", "red", "green", "purple", "highlight", "underline",
    }  # fmt: skip
    pane.chips._buttons["yellow"].click()
    assert quotes(page) == ["beneath it", "on the second"]
    pane.chips._buttons["underline"].click()
    assert quotes(page) == ["on the second"]
    assert pane.count.text() == "1 of 5"


def test_colours_of_no_name_have_one_chip(
    page: ViewerPage, shelf: Shelf, five: tuple[str, ...]
) -> None:
    add(shelf, draft(shelf, "from elsewhere", 3, color="#123456"))
    pane_of(page).chips._buttons["other"].click()
    assert quotes(page) == ["from elsewhere"]


def test_what_others_do_is_shown(page: ViewerPage, shelf: Shelf, five: tuple[str, ...]) -> None:
    one = shelf.reader.annotation(five[1])
    shelf.desk.changed.emit(annotating.change(shelf.writer, [replace(one, comment="new")]))
    index = pane_of(page).model.index(3, 0)
    assert index.data(LINE).comment == "new"
    shelf.desk.changed.emit(annotating.remove(shelf.writer, [five[1]]))
    assert "the first claim" not in quotes(page)


def test_a_row_is_read_aloud(page: ViewerPage, five: tuple[str, ...]) -> None:
    said = pane_of(page).model.index(3, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Highlight, claim, page 1, the first claim, Claim"


# ---- the list and the page


def test_a_row_tells_every_page_that_its_annotation_lies_on(page: ViewerPage, shelf: Shelf) -> None:
    one = draft(shelf, "over the page", 2)
    add(shelf, replace(one, parts=(*one.parts, replace(one.parts[0], page=3))))
    row = pane_of(page).model.index(0, 0)
    assert row.data(LINE).where == "pages 3–4"
    assert "pages 3–4" in row.data(Qt.ItemDataRole.AccessibleTextRole)


def test_enter_shows_the_place_and_the_page_chooses_the_row(
    page: ViewerPage, five: tuple[str, ...], qtbot: QtBot
) -> None:
    choose(page, five[0])
    QTest.keyClick(pane_of(page).rows, Key.Key_Return)
    qtbot.waitUntil(lambda: page.canvas.camera.current() == 2)
    # WHEN another one is chosen on the page
    page.feature(Annotate).picked.choose([five[2]])
    assert [one.uid for one in pane_of(page).rows.picked()] == [five[2]]


def test_a_click_shows_the_place(page: ViewerPage, five: tuple[str, ...], qtbot: QtBot) -> None:
    rows = pane_of(page).rows
    place = rows.visualRect(pane_of(page).model.index(6, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: page.canvas.camera.current() == 2)
    assert [one.uid for one in page.feature(Annotate).picked.all] == [five[0]]


def test_what_has_no_place_is_not_led_to(page: ViewerPage, five: tuple[str, ...]) -> None:
    said: list[str] = []
    page.statusChanged.connect(said.append)
    choose(page, five[4])
    QTest.keyClick(pane_of(page).rows, Key.Key_Return)
    assert "no place" in said[-1]
    assert page.feature(Annotate).picked.all == []


def test_down_in_the_field_leads_to_the_rows(page: ViewerPage, five: tuple[str, ...]) -> None:
    pane = pane_of(page)
    pane.search.setFocus()
    QTest.keyClick(pane.search, Key.Key_Down)
    assert pane.rows.hasFocus()
    assert [one.uid for one in pane.rows.picked()] == [five[4]]


# ---- comments in their place


def test_a_comment_saves_itself_while_one_types_and_is_one_step(
    page: ViewerPage, shelf: Shelf, five: tuple[str, ...], qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(writing, "SAVE_AFTER", 20)
    choose(page, five[1])
    QTest.keyClick(pane_of(page).rows, Key.Key_C)
    box = pane_of(page).rows.box
    assert box.isVisible()
    QTest.keyClicks(box, "Is this ")
    qtbot.waitUntil(lambda: shelf.reader.annotation(five[1]).comment == "Is this ")
    QTest.keyClicks(box, "true?")
    QTest.keyClick(box, Key.Key_Escape)
    assert not box.isVisible()
    assert shelf.reader.annotation(five[1]).comment == "Is this true?"
    # AND what is written to later goes on behind it
    QTest.keyClick(pane_of(page).rows, Key.Key_C)
    QTest.keyClicks(box, " Yes.")
    QTest.keyClick(box, Key.Key_Escape)
    assert shelf.reader.annotation(five[1]).comment == "Is this true? Yes."
    assert shelf.undo() == "Write comment"
    assert shelf.undo() == "Write comment"
    assert shelf.reader.annotation(five[1]).comment == ""


@pytest.mark.parametrize("end", ["close", "rest", "elsewhere"])
def test_nothing_typed_is_lost(
    page: ViewerPage, shelf: Shelf, five: tuple[str, ...], end: str
) -> None:
    choose(page, five[1])
    page.feature(MarksList).comment()
    QTest.keyClicks(pane_of(page).rows.box, "kept")
    ways: dict[str, Callable[[], Any]] = {
        "close": page.close_document,
        "rest": page.feature(MarksList).rest,
        "elsewhere": page.canvas.setFocus,
    }
    ways[end]()
    assert shelf.reader.annotation(five[1]).comment == "kept"


def test_the_row_that_is_written_to_stays_whatever_is_filtered(
    page: ViewerPage, five: tuple[str, ...]
) -> None:
    choose(page, five[1])
    page.feature(MarksList).comment()
    find(page, "zebra")
    assert quotes(page) == ["the first claim", "Zebra words"]


def test_undo_shows_in_the_row_that_is_written_to(
    page: ViewerPage, shelf: Shelf, five: tuple[str, ...]
) -> None:
    choose(page, five[1])
    page.feature(MarksList).comment()
    box = pane_of(page).rows.box
    QTest.keyClicks(box, "one")
    page.feature(MarksList).rest()
    shelf.undo()
    assert box.toPlainText() == ""


# ---- many at once


def test_several_are_recoloured_by_a_key_in_one_step(
    page: ViewerPage, shelf: Shelf, five: tuple[str, ...]
) -> None:
    choose(page, five[0], five[1], five[4])
    QTest.keyClick(pane_of(page).rows, Key.Key_3)
    assert [shelf.reader.annotation(five[n]).color for n in (0, 1, 4)] == ["green"] * 3
    assert len(pane_of(page).rows.picked()) == 3
    assert shelf.undo() == "Recolour annotation"
    assert shelf.reader.annotation(five[1]).color == "purple"


def test_several_are_deleted_and_brought_back(
    page: ViewerPage, shelf: Shelf, five: tuple[str, ...]
) -> None:
    choose(page, *five[:4])
    QTest.keyClick(pane_of(page).rows, Key.Key_Delete)
    assert quotes(page) == ["[1 needs you]", "lost words"]
    assert ("info", "4 annotations deleted.") in shelf.desk.notices.all
    shelf.undo()
    assert len(shelf.all) == 5


def test_all_are_chosen_by_ctrl_a(page: ViewerPage, five: tuple[str, ...]) -> None:
    choose(page, five[0])
    QTest.keyClick(pane_of(page).rows, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(pane_of(page).rows.picked()) == 5


def test_several_are_tagged(page: ViewerPage, shelf: Shelf, five: tuple[str, ...]) -> None:
    choose(page, five[0], five[1])
    QTest.keyClick(pane_of(page).rows, Key.Key_T)
    chooser = pane_of(page).rows.findChild(Chooser)
    assert chooser is not None
    state = chooser._choices
    assert state["later"] == Qt.CheckState.PartiallyChecked
    QTest.keyClicks(chooser.edit, "to quote")
    QTest.keyClick(chooser.edit, Key.Key_Return)
    chooser.close()
    tags = [set(shelf.reader.annotation(five[n]).tags) for n in (0, 1, 2)]
    assert tags == [{"later", "to quote"}, {"to quote"}, set()]


def test_the_menu_makes_cards(page: ViewerPage, shelf: Shelf, five: tuple[str, ...]) -> None:
    choose(page, five[0], five[2])
    pane_of(page).rows.menu_wanted.emit(QPoint(10, 10))
    menu = pane_of(page).findChild(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert menu is not None
    cards = next(it.menu() for it in menu.actions() if it.text() == "Card")
    assert isinstance(cards, QMenu)
    next(it for it in cards.actions() if it.text() == "Doubt").trigger()
    menu.close()
    assert [shelf.reader.annotation(five[n]).card for n in (0, 2, 3)] == ["doubt", "doubt", ""]


def test_a_list_out_of_sight_is_filled_when_it_is_seen(
    page: ViewerPage, shelf: Shelf, five: tuple[str, ...]
) -> None:
    page.show_pane("outline")
    add(shelf, draft(shelf, "made meanwhile", 4))
    assert "made meanwhile" not in quotes(page)
    page.show_pane(PANE)
    assert "made meanwhile" in quotes(page)


# ---- claim cards


def cards_menu(page: ViewerPage) -> QMenu:
    menu = page.findChild(QMenu, "cardsMenu")
    assert menu is not None
    return menu


def test_a_key_makes_a_card_of_what_is_chosen(
    page: ViewerPage, shelf: Shelf, five: tuple[str, ...]
) -> None:
    add(shelf, draft(shelf, "an own kind", 3, card="limits"))
    page.feature(Annotate).picked.choose([five[3]])
    page.canvas.setFocus()
    QTest.keyClick(page.canvas, Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    menu = cards_menu(page)
    names = [it.text() for it in menu.actions()]
    assert names == ["Claim", "Method", "Result", "Question", "Doubt", "Limits", "Another kind…"]
    menu.actions()[5].trigger()
    menu.close()
    assert shelf.reader.annotation(five[3]).card == "limits"


def test_a_kind_of_ones_own_can_be_typed(
    page: ViewerPage, shelf: Shelf, five: tuple[str, ...]
) -> None:
    page.feature(Annotate).picked.choose([five[3]])
    page.feature(MarksList).ask_card()
    menu = cards_menu(page)
    menu.actions()[-1].trigger()
    menu.close()
    dialog = page.findChild(QInputDialog)
    assert dialog is not None
    dialog.setTextValue("  open   problem ")
    dialog.accept()
    assert shelf.reader.annotation(five[3]).card == "open problem"
    assert shelf.reader.cards() == ["claim", "open problem"]


def test_without_a_choice_it_says_what_to_do(page: ViewerPage, five: tuple[str, ...]) -> None:
    said: list[str] = []
    page.statusChanged.connect(said.append)
    page.feature(MarksList).ask_card()
    assert said == ["Select text or an annotation first."]
