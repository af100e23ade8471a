"""What stands in the place of the papers: days from and to, pages as printed, cards found, the status."""

from __future__ import annotations

from contextlib import closing
from itertools import combinations
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from reader.domain.lists import MarkFilter
from reader.library.text_cache import TextCache
from reader.pdf.protocol import LabelRule, PageLabels
from reader.services import editing, noting, page_labels
from reader.ui.browse.all_marks.dates import DatesDialog
from reader.ui.marks.painter import LINE
from tests.ui import test_claims
from tests.ui.conftest import Start
from tests.ui.driving import STARTER, Driven
from tests.ui.test_all_annotations import add, opened, quotes, settled, write

Key = Qt.Key
SHA = "ab" * 32
ROMAN = PageLabels((LabelRule(0, "r", "", 3), LabelRule(2, "D", "A-", 1)))


def status(win: Driven) -> str:
    return win.app.window._status.text()


def test_days_from_and_to_are_asked_for(win: Driven) -> None:
    # GIVEN annotations of three years
    for year in (2021, 2022, 2023):
        add(win, f"of {year}", created=f"{year}-05-02T10:00:00.000Z")
    marks = opened(win)
    # WHEN the days are asked for, the wrong way round
    next(it for it in marks.filters.dates.menu().actions() if "another" in it.text()).trigger()
    dialog = marks.filters.findChild(DatesDialog)
    assert dialog is not None
    dialog.from_day.setDate(QDate(2022, 12, 31))
    dialog.to_day.setDate(QDate(2021, 5, 2))
    QTest.keyClick(dialog, Key.Key_Return)
    settled(win, marks)
    # THEN those of that time are listed, and the button says which it is
    assert quotes(marks) == ["of 2022", "of 2021"]
    assert marks.filters.dates.text().startswith("2021-05-02 – 2022-12-31")
    # AND an end may be open, and a time of its own name takes the days away
    marks.filters.between("2022-06-01", "")
    settled(win, marks)
    assert quotes(marks) == ["of 2023"]
    marks.filters.between("", "2021-12-31")
    settled(win, marks)
    assert quotes(marks) == ["of 2021"]
    marks.filters.since(30, "The last 30 days")
    assert marks.filters.wanted.until == ""
    marks.filters.ask_for_all()
    assert marks.filters.wanted == MarkFilter()


def test_pages_go_by_their_printed_names_without_their_file(win: Driven) -> None:
    # GIVEN a file whose pages' names were kept when its text was read
    add(win, "in the preface", sha256=SHA, card="claim")
    add(win, "of a file that was never read", sha256="cd" * 32)
    with closing(TextCache(win.app.reader.place.folder)) as cache:
        cache.put_labels(SHA, page_labels.pack(ROMAN))
    # WHEN they are listed
    marks = opened(win)
    # THEN the one page has its name, the other its number
    lines = [marks.model.index(row, 0).data(LINE).where for row in range(2)]
    assert lines == ["page 2", "page iv"]
    marks.list.selectRow(1)
    assert "page iv" in marks.details._where.text()
    # AND so it is in the table of claims
    page = test_claims.opened(win)
    spoken = page.model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("in the preface, page iv")


def test_cards_are_found_as_one_types(win: Driven) -> None:
    test_claims.add(
        win, ("the café is open", "claim", 0), ("closed", "doubt", 1), ("CAFÉ again", "claim", 2)
    )
    page = test_claims.opened(win)
    # WHEN words are typed THEN what has them stays, whatever their case and accents
    win.focus(page.words)
    win.type("cafe")
    assert page._count.text() == "2 cards in 1 paper"
    assert test_claims.heads(page) == ["Paper", "Claim"]
    win.type(" again")
    assert page.model.index(0, 1).data() == "CAFÉ again"
    # AND by kind and by the paper's title
    page.words.setText("guide doubt")
    assert page.model.index(0, 1).data() == "closed"
    page.words.setText("nothing like that")
    assert page._empty.isVisible() and "No card has these words" in page._empty.text()
    assert not page._save.isEnabled()
    # AND Esc shows all again; Down leads into the table
    win.focus(page.words)
    win.key(Key.Key_Escape)
    assert page._count.text() == "3 cards in 1 paper"
    win.key(Key.Key_Down)
    assert win.focused() is page.table


def test_the_status_bar_tells_of_the_list_in_front(win: Driven) -> None:
    add(win, "one", card="claim")
    papers = status(win)
    assert "papers" in papers and "selected" in papers
    write(win, noting.add, "", "A plan")
    # WHEN another list is in front THEN the status is its own, also after the papers changed
    marks = opened(win)
    assert status(win) == "1 annotation"
    win.page.reload()
    win.settled()
    assert status(win) == "1 annotation"
    add(win, "two")
    settled(win, marks)
    assert status(win) == "2 annotations"
    test_claims.opened(win)
    assert status(win) == "1 card in 1 paper"
    win.app.window.commands.action("notes.show").trigger()
    win.until(lambda: status(win) == "1 free note")
    win.choose("all")
    win.until(lambda: "selected" in status(win))


def test_the_free_notes_take_the_place_of_claims_and_the_papers_get_their_keys_again(
    win: Driven,
) -> None:
    # GIVEN the claims in front
    page = test_claims.opened(win)
    # WHEN the free notes are wanted by their command
    win.app.window.commands.action("notes.show").trigger()
    # THEN they stand there alone
    win.until(lambda: win.page.turning.to_notes)
    assert not page.isVisible()
    # AND when papers are searched for, what is done to papers can be done
    win.search.setText("language")
    win.until(lambda: win.list.isVisible() and 0 < win.rows() < STARTER)
    win.select(1)
    uid = win.paper().uid
    win.key(Key.Key_S)
    win.until(lambda: win.on_disk(uid).starred)


def test_in_a_low_window_nothing_of_an_annotation_stands_over_another(
    start: Start, library: Path
) -> None:
    # GIVEN a small window, and an annotation of a paper with a long title
    win = start(library, size=(760, 480))
    add(win, "words that are quoted")
    uid = next(row.uid for number in range(win.rows()) if (row := win.row(number)).has_pdf)
    write(win, editing.set_title, uid, "A title of many words " * 12)
    # WHEN it is shown
    marks = opened(win)
    marks.list.selectRow(0)
    details = marks.details
    win.until(lambda: details.row is not None)
    win.settled()
    # THEN each part has its place
    parts = [
        it for it in details.findChildren(QWidget) if it.parent() is details and it.isVisible()
    ]
    assert len(parts) > 8
    for one, other in combinations(parts, 2):
        assert not one.geometry().intersects(other.geometry()), (one, other)
    assert details.rect().contains(details.tags.geometry())


def test_all_annotations_and_the_claims_are_gone_to_by_command_from_any_tab(win: Driven) -> None:
    win.until(lambda: win.app.late is not None)
    assert win.app.late is not None
    add(win, "one", card="claim")
    tabs = win.app.tabs
    for command, kind in (("places.marks", "marks"), ("places.claims", "claims")):
        # GIVEN a document in front
        win.app.window.commands.action("window.guide").trigger()
        win.until(lambda: tabs.current is not None)
        # WHEN the command is given THEN the library shows it, and the sidebar says so
        win.app.window.commands.action(command).trigger()
        page = getattr(win.app.late.places, kind)
        win.until(page.isVisible)
        assert win.page.sidebar.place == kind


def test_panes_that_were_never_on_the_screen_have_their_widths_all_the_same(
    start: Start, tmp_path: Path
) -> None:
    # GIVEN a splitter that is not laid out, as in a library without papers
    win = start(tmp_path / "empty")
    win.until(lambda: win.app.late is not None)
    page = win.page
    assert not page.split.isVisible()
    page.split.setSizes([1, 0, 0])
    # WHEN a place is gone to, there are papers then, and the reader goes back to them
    win.app.window.commands.action("places.marks").trigger()
    page._stack.setCurrentWidget(page.split)
    win.until(page.split.isVisible)
    win.choose("all")
    # THEN sidebar, list and paper are as wide as at a first start
    win.until(lambda: min(page.split.sizes()[1:3]) > 0)
    sidebar, papers, paper, *_ = page.split.sizes()
    assert abs(sidebar - 206) < 30 and 300 < papers < 560 and paper > papers
