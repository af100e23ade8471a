"""The table of claims in the window: whose, opened by click and key, exported."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from reader.domain.marking import Annotation, Kind, Part
from reader.services import annotating, claims, editing
from reader.ui.browse.claims.page import ClaimsPage
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.widgets.cut_lines import few_lines
from tests.ui.driving import Driven
from tests.ui.test_all_annotations import QUAD, slot, write

Key = Qt.Key


def add(win: Driven, *cards: tuple[str, str, int]) -> tuple[str, ...]:
    """Cards (quote, kind, page) on the guide; their uids."""
    attachment = slot(win)
    drafts = [
        Annotation(Kind.HIGHLIGHT, (Part(page, (QUAD,)),), attachment, quote=quote, card=card)
        for quote, card, page in cards
    ]
    return write(win, annotating.add, drafts)[0]


def opened(win: Driven) -> ClaimsPage:
    win.until(lambda: win.app.late is not None)
    tree = win.page.sidebar._tree
    item = next(it for it in win.page.sidebar._all() if it.text() == "Claims")
    place = tree.visualRect(item.index()).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert win.app.late is not None
    page = win.app.late.places.claims
    win.until(page.isVisible)
    win.settled()
    return page


def heads(page: ClaimsPage) -> list[str]:
    model = page.model
    across = Qt.Orientation.Horizontal
    return [model.headerData(column, across) for column in range(model.columnCount())]


def test_without_cards_it_says_how_they_are_made(win: Driven) -> None:
    page = opened(win)
    assert "No claim cards here" in page._empty.text()
    assert not page._save.isEnabled()


def test_letters_of_two_units_are_cut_as_any_others(win: Driven) -> None:
    # GIVEN a text with letters of formulas, which Qt counts twice
    text = " ".join(["\U0001d400\U0001d4ea\U0001d4eb for the \U0001d400 of it"] * 12)
    font = QFont(win.window.font())
    measure = QFontMetrics(font).horizontalAdvance
    width = measure(text) // 4
    lines = few_lines(text, font, width, 9)
    # THEN nothing is lost, no line is too long, and none ends within a word
    assert "".join(lines) == text and len(lines) > 3
    assert all(measure(line.rstrip()) <= width for line in lines)
    assert all(line.endswith(" ") for line in lines[:-1])


def test_a_long_title_is_cut_between_words_and_whole_in_its_tip(win: Driven) -> None:
    text = "A title of a paper that is <b>much</b> too long for the room that it has in its cell"
    font = QFont(win.window.font())
    width = QFontMetrics(font).horizontalAdvance("A title of a paper that")
    # THEN a text has no more lines than there is room for, the last with an ellipsis
    first, second, third = few_lines(text, font, width, 3)
    assert text.startswith(f"{first}{second}{third[:-1]}") and third.endswith("…")
    assert few_lines(text, font, width, 1)[0].endswith("…")
    assert few_lines("short", font, width, 3) == ("short",) and few_lines("", font, 9, 2) == ("",)
    # AND the table tells the whole title to who rests on it, as plain text
    add(win, ("a doubt", "doubt", 2))
    [row] = list(claims.of_library(win.app.desk.reader))
    write(win, editing.set_title, row.paper, text)
    page = opened(win)
    assert page.model.index(0, 0).data() == text
    told = page.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "‹b›much" in told


def test_papers_stand_in_rows_and_kinds_in_columns(win: Driven) -> None:
    add(win, ("a doubt", "doubt", 2), ("later", "claim", 1), ("first", "claim", 0), ("x", "own", 0))
    page = opened(win)
    assert heads(page) == ["Paper", "Claim", "Doubt", "Own"]
    assert page.model.index(0, 1).data() == "first\nlater"
    assert page._count.text() == "4 cards in 1 paper"
    spoken = page.model.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "A guide to Paper Reader, Doubt: a doubt, page 3"
    # WHEN a card is made elsewhere THEN it is there
    add(win, ("new", "method", 3))
    win.until(lambda: "Method" in heads(page))


def test_they_are_those_of_a_collection_of_the_list_or_of_what_is_selected(win: Driven) -> None:
    add(win, ("first", "claim", 0))
    win.select(0)
    guide = next(number for number in range(win.rows()) if win.row(number).has_pdf)
    other = (guide + 1) % win.rows()
    write(win, editing.add_to_collection, [win.row(guide).uid], "Mine")
    write(win, editing.add_to_collection, [win.row(other).uid], "Others")
    win.select(other)
    page = opened(win)
    wanted = {"Whole library": 1, "What is listed": 1, "Selected papers": 0, "Mine": 1, "Others": 0}
    for name, count in wanted.items():
        next(it for it in page.of.menu().actions() if it.text() == name).trigger()
        win.settled()
        assert len(page.model.rows) == count, name


def test_a_click_on_a_card_opens_its_place(win: Driven) -> None:
    uids = add(win, ("first", "claim", 0), ("later", "claim", 1))
    page = opened(win)
    rect = page.table.visualRect(page.model.index(0, 1))
    second = QPoint(rect.left() + 40, rect.top() + 6 + 42 + 20)
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=second)
    win.until(lambda: win.app.tabs.current() is not None)
    viewer = win.app.tabs.current()
    assert viewer is not None
    win.until(lambda: viewer.pdf is not None and viewer.canvas.camera.current() == 1)
    assert uids[1] in viewer.feature(Annotate).store.all


def test_enter_asks_which_where_there_are_several(win: Driven) -> None:
    add(win, ("first", "claim", 0), ("later", "claim", 1), ("doubtful", "doubt", 2))
    page = opened(win)
    win.focus(page.table)
    page.table.setCurrentIndex(page.model.index(0, 1))
    win.key(Key.Key_Return)
    menu = page.table.findChild(QMenu)
    assert menu is not None
    assert [it.text() for it in menu.actions()] == ["first · page 1", "later · page 2"]
    menu.close()
    page.table.setCurrentIndex(page.model.index(0, 2))
    win.key(Key.Key_Return)
    win.until(lambda: win.app.tabs.current() is not None)


def test_the_table_is_exported(win: Driven, tmp_path: Path) -> None:
    add(win, ("first", "claim", 0))
    page = opened(win)
    page.save(tmp_path / "claims.csv")
    win.until((tmp_path / "claims.csv").exists)
    win.settled()
    assert "first (p. 1)" in (tmp_path / "claims.csv").read_text()
    assert "Exported the claims to claims.csv." in win.notices()
