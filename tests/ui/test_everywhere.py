"""Finding in all open tabs, and the list of places of one document, in the real window."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reader.services.texts import Texts
from reader.ui.tabs.tab import Half, Tab
from reader.ui.viewer.find_list import EverywhereList
from reader.ui.viewer.found import EVERYWHERE, HERE, Found
from reader.ui.viewer.page import ViewerPage
from tests.ui.conftest import Start, end
from tests.ui.driving import Driven, is_ready

pytestmark = pytest.mark.shared
Key = Qt.Key


def pdf(path: Path, *pages: str) -> Path:
    doc = pymupdf.open()
    for text in pages:
        doc.new_page().insert_text((72, 90), text)
    doc.save(path)
    doc.close()
    return path


def opened(win: Driven, path: Path) -> ViewerPage:
    win.app.tabs.open_file(path)
    win.until(lambda: win.app.tabs.current() is not None)
    page = win.app.tabs.current()
    assert page is not None
    win.until(lambda: is_ready(page))
    return page


def rows(shown: EverywhereList) -> list[str]:
    model = shown.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def test_places_in_all_tabs_are_listed_and_lead_there(win: Driven, tmp_path: Path) -> None:
    # GIVEN two documents with a word in both
    first = opened(win, pdf(tmp_path / "first.pdf", "an okapi", "nothing", "two okapis"))
    second = opened(win, pdf(tmp_path / "second.pdf", "no animal", "the Okapi"))
    # WHEN it is looked for in all tabs
    found = second.feature(Found)
    found.show_everywhere()
    second.find_bar.field.setText("okapi")
    win.until(lambda: found.everywhere.model.rowCount() == 5)
    # THEN the places stand under their documents
    shown = rows(found.everywhere)
    assert shown[0].startswith("first") and shown[3].startswith("second")
    assert [*shown[1:3], shown[4]] == ["1: an okapi", "3: two okapis", "2: the Okapi"]
    assert second.panel.shows(EVERYWHERE)
    # AND one in another tab brings it to the front, with the search going on there
    model = found.everywhere.model
    place = model.place(2)
    assert place is not None
    found.everywhere.picked.emit(*place)
    win.until(lambda: win.app.tabs.current() is first)
    win.until(lambda: first.canvas.camera.current() == 2)
    assert first.pdf is not None and first.pdf.find.needle == "okapi"


def searched(win: Driven, page: ViewerPage, word: str, documents: str) -> EverywhereList:
    """The list of what was found in all tabs, at the end of the search."""
    found = page.feature(Found)
    found.show_everywhere()
    page.find_bar.field.setText(word)
    win.until(lambda: documents in found.everywhere.count.text())
    return found.everywhere


def test_the_find_bar_tells_what_other_documents_have(win: Driven, tmp_path: Path) -> None:
    # GIVEN a word that only other documents have
    opened(win, pdf(tmp_path / "first.pdf", "okapi okapi", "tapir"))
    page = opened(win, pdf(tmp_path / "second.pdf", "no animal"))
    bar = page.find_bar
    # WHEN it is looked for in all tabs THEN the bar does not call that a failure
    searched(win, page, "okapi", "2 in 1 document")
    assert bar.count.text() == "None here; 2 in other documents"
    assert bar.count.width() >= bar.count.sizeHint().width()
    assert not bar.field.property("nothing")
    searched(win, page, "tapir", "1 in 1 document")
    assert bar.count.text() == "None here; 1 in other documents"
    # AND it is one where no document has it, once all are looked through
    bar.field.setText("giraffe")
    listed = page.feature(Found).everywhere
    win.until(lambda: bar.query == page.feature(Found)._query)
    assert bar.count.text() == "Searching…" and not bar.field.property("nothing")
    listed.start()
    assert bar.count.text() == "Searching…" and not bar.field.property("nothing")
    win.until(lambda: bar.count.text() == "Nothing found")
    assert bar.field.property("nothing") is True
    # AND without the other documents, what they have is not asked for
    page.show_pane(EVERYWHERE, on=False)
    bar.field.setText("okapi")
    win.until(lambda: page.pdf is not None and page.pdf.find.query == bar.query)
    win.until(lambda: bar.count.text() == "Nothing found")


def test_each_place_of_a_page_leads_to_itself(win: Driven, tmp_path: Path) -> None:
    # GIVEN two documents with several places on a page
    other = opened(win, pdf(tmp_path / "first.pdf", "okapi", "okapi okapi okapi", "okapi"))
    page = opened(win, pdf(tmp_path / "second.pdf", "okapi okapi", "okapi okapi okapi"))
    listed = searched(win, page, "okapi", "10 in 2 documents")
    # WHEN one after the other is chosen THEN it is the current one, in this document
    for row, place, number in ((10, (1, 1), 4), (11, (1, 2), 5), (8, (0, 1), 2)):
        listed.rows.setCurrentIndex(listed.model.index(row))
        QTest.keyClick(listed.rows, Key.Key_Return)
        assert page.pdf is not None and page.pdf.find.current == place
        assert page.find_bar.count.text() == f"{number} of 5"
    # AND in another one
    assert other.pdf is not None
    find = other.pdf.find
    for row, place in ((3, (1, 1)), (4, (1, 2)), (2, (1, 0))):
        win.app.tabs.show(win.app.tabs.titles().index("second.pdf"))
        listed.rows.setCurrentIndex(listed.model.index(row))
        QTest.keyClick(listed.rows, Key.Key_Return)
        win.until(lambda: win.app.tabs.current() is other)
        win.until(lambda: find.complete)
        assert (find.current, find.number) == (place, row)


@pytest.mark.parametrize("what", ["listed", "read_file"])
def test_a_search_in_all_tabs_ends_with_the_next_letter(
    win: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    # GIVEN a search in all tabs that takes its time, be it to find or to read a tab not seen yet
    if what == "read_file":
        path = pdf(tmp_path / "unseen.pdf", "an okapi")
        win.app.tabs.add(Tab([Half("unseen", path)]), show=False)
    page = opened(win, pdf(tmp_path / "only.pdf", "an okapi"))
    asked: list[Future[Any]] = []

    def slow(*_: object) -> Future[Any]:
        asked.append(Future())
        return asked[-1]

    monkeypatch.setattr(Texts, what, slow)
    page.feature(Found).show_everywhere()
    page.find_bar.field.setText("ok")
    win.until(lambda: len(asked) == 1)
    # WHEN the reader types on
    page.find_bar.field.setText("oka")
    win.until(lambda: len(asked) == 2)
    # THEN it is given up for the new one
    assert [future.cancelled() for future in asked] == [True, False]
    asked[1].cancel()


def test_a_tab_that_is_closed_while_it_is_read_holds_up_no_search(
    win: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a search in three documents, the second of which is still being read
    opened(win, pdf(tmp_path / "first.pdf", "an okapi"))
    reading: list[Future[Any]] = []
    read = Texts.read

    def slow(self: Texts, doc: Any, near: int = 0) -> Future[Any]:
        if doc.path.stem != "second":
            return read(self, doc, near)
        reading.append(Future())
        return reading[-1]

    monkeypatch.setattr(Texts, "read", slow)
    opened(win, pdf(tmp_path / "second.pdf", "an okapi"))
    last = opened(win, pdf(tmp_path / "third.pdf", "an okapi"))
    found = last.feature(Found)
    found.show_everywhere()
    last.find_bar.field.setText("okapi")
    win.until(lambda: found.everywhere.model.rowCount() == 2 and len(reading) == 1)
    # WHEN its tab is closed
    win.app.tabs.close(win.app.tabs.titles().index("second.pdf"))
    # THEN the search goes on to the third, and ends
    win.until(lambda: "2 documents" in found.everywhere.count.text())
    assert [row for row in rows(found.everywhere) if ":" in row] == ["1: an okapi"] * 2


def test_the_places_of_a_document_are_listed(win: Driven, tmp_path: Path) -> None:
    page = opened(win, pdf(tmp_path / "only.pdf", "a word", "a word", "none", "word word"))
    found = page.feature(Found)
    found.show_here()
    page.find_bar.field.setText("word")
    win.until(lambda: found.here is not None and found.here.model.rowCount() == 4)
    assert page.panel.shows(HERE)


def test_to_list_the_places_keeps_the_current_one(win: Driven, tmp_path: Path) -> None:
    # GIVEN a search that went on to a place far down
    page = opened(win, pdf(tmp_path / "only.pdf", *["okapi okapi okapi"] * 30))
    page.open_find()
    page.find_bar.field.setText("okapi")
    win.until(lambda: page.find_bar.count.text() == "1 of 90")
    for _ in range(76):
        page.find_next()
    win.until(lambda: page.find_bar.count.text() == "77 of 90")
    # WHEN the places are listed, and what is looked for is searched again after the typing
    found = page.feature(Found)
    found.show_here()
    page.find_bar._want()
    # THEN the place is the current one still, and the list shows it
    assert page.find_bar.count.text() == "77 of 90"
    assert page.pdf is not None and page.pdf.find.current == (25, 1)
    here = found.here
    assert here is not None
    win.until(lambda: 76 in here.rows.seen())
    assert [index.row() for index in here.rows.selectedIndexes()] == [76]


def test_the_arrows_pass_over_the_names_of_documents(win: Driven, tmp_path: Path) -> None:
    # GIVEN places of two documents, and the keys in the find bar
    opened(win, pdf(tmp_path / "first.pdf", *["okapi"] * 2))
    page = opened(win, pdf(tmp_path / "second.pdf", *["okapi"] * 40))
    listed = searched(win, page, "okapi", "42 in 2 documents")
    list_rows = listed.rows

    def marked() -> list[int]:
        return [index.row() for index in list_rows.selectedIndexes()]

    # WHEN Down leads into the list THEN the first place is marked
    QTest.keyClick(page.find_bar.field, Key.Key_Down)
    win.until(list_rows.hasFocus)
    assert marked() == [1]
    # AND the arrows go from the last place of a document to the first of the next, and back
    for key, row in ((Key.Key_Down, 2), (Key.Key_Down, 4), (Key.Key_Up, 2), (Key.Key_Up, 1)):
        QTest.keyClick(list_rows, key)
        assert marked() == [row]
    # AND nothing else ends at a name
    for key, row in ((Key.Key_Up, 1), (Key.Key_End, 43), (Key.Key_Home, 1)):
        QTest.keyClick(list_rows, key)
        assert marked() == [row]
    # AND a screen further is a place too, wherever it would end
    for row in (1, 2, *range(4, 44)):
        for key, last in ((Key.Key_PageDown, 43), (Key.Key_PageUp, 1)):
            list_rows.setCurrentIndex(listed.model.index(row))
            QTest.keyClick(list_rows, key)
            assert marked() and (marked() != [row] or row == last)
    # AND Return goes there
    list_rows.setCurrentIndex(listed.model.index(10))
    QTest.keyClick(list_rows, Key.Key_Return)
    assert page.pdf is not None and page.pdf.find.current == (6, 0)


@pytest.mark.parametrize("pane", ["", "outline", "thumbnails"])
def test_documents_opened_after_a_search_are_as_before_it(
    win: Driven, tmp_path: Path, pane: str
) -> None:
    # GIVEN a document with a pane beside it, or none, that is searched
    page = opened(win, pdf(tmp_path / "first.pdf", "okapi"))
    if pane:
        page.show_pane(pane)
    for name, documents in (("second", "1 document"), ("third", "2 documents")):
        searched(win, page, "okapi", documents)
        page.feature(Found).show_here()
        # WHEN another one is opened THEN it has what was there before the search
        page = opened(win, pdf(tmp_path / f"{name}.pdf", "okapi"))
        assert page.panel.isHidden() == (not pane)
        assert page.panel.wanted not in (HERE, EVERYWHERE)
        assert not pane or page.panel.shows(pane)


def test_tabs_never_looked_at_are_searched_too(win: Driven, start: Start, tmp_path: Path) -> None:
    # GIVEN a window that was closed with three tabs, one of them locked
    names = ("first", "second", "third")
    for name in names:
        opened(win, pdf(tmp_path / f"{name}.pdf", *["none"] * 3, f"an okapi of the {name}", "none"))
    locked = tmp_path / "first.pdf"
    folder = win.app.folder
    assert win.window.close()
    end(win)
    doc = pymupdf.open()
    doc.new_page().insert_text((72, 90), "a secret okapi")
    doc.save(locked, encryption=5, user_pw="x", owner_pw="y")
    doc.close()
    # WHEN it is opened again, and something is looked for in all tabs
    win = start(folder)
    win.until(lambda: win.app.tabs.current() is not None)
    page = win.app.tabs.current()
    assert page is not None
    win.until(lambda: is_ready(page))
    found = page.feature(Found)
    found.show_everywhere()
    page.find_bar.field.setText("okapi")
    # THEN the places of tabs that were not looked at are listed as well
    win.until(lambda: "2 documents" in found.everywhere.count.text())
    assert [row for row in rows(found.everywhere) if ":" in row] == [
        "4: an okapi of the second",
        "4: an okapi of the third",
    ]
    # AND a click opens such a tab at the place, with the search going on there
    place = found.everywhere.model.place(1)
    assert place is not None
    found.everywhere.picked.emit(*place)
    win.until(lambda: win.app.tabs.current() is not page)
    other = win.app.tabs.current()
    assert other is not None
    win.until(lambda: other.pdf is not None and other.pdf.find.current == (3, 0))
    win.until(lambda: other.canvas.camera.current() == 3)
