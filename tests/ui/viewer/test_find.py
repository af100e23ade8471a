"""Finding in the viewer: options, patterns, the whole text from the background, the lists."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from itertools import pairwise
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.library.text_cache import TextCache
from reader.pdf.engine import Engine
from reader.pdf.finding import Places, Sheet
from reader.pdf.patterns import Patterned
from reader.pdf.protocol import Hit, HitLine, Query
from reader.services.texts import Answer, DocumentText, Texts
from reader.ui.theme import Theme
from reader.ui.viewer.find_list import EverywhereList, FindList
from reader.ui.viewer.find_rows import HEADING_ROLE, LINE_ROLE
from reader.ui.viewer.page import ViewerPage
from tests.ui.viewer.fakes import FakeEngine, Viewer, pdf_of

pytestmark = pytest.mark.shared  # the engine lives as long as the module
Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """350 pages; each has the word "needle" five times, one has an okapi."""
    doc = pymupdf.open()
    for number in range(350):
        page = doc.new_page(width=400, height=500)
        for row in range(20):
            page.insert_text(
                (40, 50 + 20 * row), f"Line {row} of page {number}: some words", fontsize=9
            )
        for row in range(5):
            page.insert_text((260, 50 + 80 * row), "a Needle here", fontsize=9)
        if number == 200:
            page.insert_text((40, 480), "an okapi")
    path = tmp_path_factory.mktemp("books") / "book.pdf"
    doc.save(path)
    return path


def whole(qtbot: QtBot, page: ViewerPage, texts: Texts) -> None:
    """Wait until the whole text is there."""
    page.use_texts(texts)
    reading = pdf_of(page).whole
    assert reading is not None
    reading.begin()
    qtbot.waitUntil(lambda: reading.text is not None, timeout=30_000)


def said(page: ViewerPage) -> str:
    return page.find_bar.count.text()


def test_options_change_by_key_and_by_click(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot
) -> None:
    # GIVEN a search
    page = viewer(engine, paper)
    page.open_find()
    field, bar = page.find_bar.field, page.find_bar
    QTest.keyClicks(field, "Over")
    qtbot.waitUntil(lambda: said(page) == "1 of 12")
    # WHEN case counts, THEN "over" is not it any more
    QTest.keyClick(field, Key.Key_C, ALT)
    assert bar.case.isChecked()
    qtbot.waitUntil(lambda: said(page) == "Nothing found")
    QTest.mouseClick(bar.case, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: said(page) == "1 of 12")
    # and part of a word is none
    QTest.keyClick(field, Key.Key_W, ALT)
    field.setText("bro")
    qtbot.waitUntil(lambda: said(page) == "Nothing found")
    assert bar.words.isChecked() and field.text() == "bro"
    for button in (bar.case, bar.words, bar.regex):
        assert button.accessibleName() and button.toolTip()


def test_without_the_whole_text_a_pattern_is_refused(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    page = viewer(fake)
    page._search(Query("ne+dle", regex=True))
    assert "needs the whole text" in said(page)


def test_a_pattern_finds_and_a_wrong_one_is_told(
    viewer: Viewer, engine: Engine, paper: Path, texts: Texts, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    page.open_find()
    whole(qtbot, page, texts)
    QTest.keyClick(page.find_bar.field, Key.Key_R, ALT)
    QTest.keyClicks(page.find_bar.field, "o[kx]a?p")
    qtbot.waitUntil(lambda: said(page) == "1 of 2")
    page.find_bar.field.setText("o[kx")
    qtbot.waitUntil(lambda: "no regular expression" in said(page))
    assert page.find_bar.field.property("nothing") is True
    assert pdf_of(page).find.total == 0
    page.find_bar.field.setText("okapi")
    qtbot.waitUntil(lambda: said(page) == "1 of 2")
    assert page.find_bar.field.property("nothing") is False


def test_a_pattern_waits_for_the_text(
    viewer: Viewer, engine: Engine, paper: Path, texts: Texts, qtbot: QtBot
) -> None:
    page = viewer(engine, paper)
    page.use_texts(texts)
    page.open_find()
    page._search(Query("ok.pi", regex=True))
    assert said(page) == "Searching…"
    qtbot.waitUntil(lambda: said(page) == "1 of 2", timeout=30_000)


Release = Callable[[], None]


@pytest.fixture
def slowly(texts: Texts, monkeypatch: pytest.MonkeyPatch) -> Release:
    """Only the first pages are looked through at once; each call lets more answer."""
    find, held = texts.find, list[tuple[Future[Any], Future[Any]]]()

    def slow(
        text: DocumentText, query: Query, pages: Any = None, known: Answer | None = None
    ) -> Future[Any]:
        done = find(text, query, pages, known)
        if pages is not None and len(pages) < 20:
            return done
        held.append((Future(), done))
        return held[-1][0]

    def release() -> None:
        answer, done = held.pop()
        answer.set_result(done.result(30))

    monkeypatch.setattr(texts, "find", slow)
    return release


def test_a_pattern_shows_what_is_near_before_all_is_looked_through(
    viewer: Viewer,
    engine: Engine,
    book: Path,
    texts: Texts,
    slowly: Release,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # GIVEN a book in which looking through all pages takes its time
    page = viewer(engine, book)
    whole(qtbot, page, texts)
    look, seen = Patterned.look, list[str]()

    def noting(match: Patterned, sheet: Sheet) -> Places:
        seen.append(sheet.joined)
        return look(match, sheet)

    monkeypatch.setattr(Patterned, "look", noting)
    # WHEN a pattern is looked for THEN the places on the next pages are shown
    page.open_find()
    page._search(Query("ne+dle", regex=True))
    qtbot.waitUntil(lambda: said(page) == "1 of 80…")
    assert pdf_of(page).find.current == (0, 0)
    page.find_next()
    assert said(page) == "2 of 80…"
    # AND then those on more pages, and all of them, the current one staying
    slowly()
    qtbot.waitUntil(lambda: said(page) == "2 of 480…")
    slowly()
    qtbot.waitUntil(lambda: said(page) == "2 of 1750")
    # AND no page was looked at twice
    assert len(seen) == len(set(seen)) == 350


@pytest.mark.parametrize(
    "begun, by, places",  # before the step, after it, with more pages, with all of them
    [
        (0, -1, [(0, 0), (0, 0), (0, 0), (349, 4)]),  # back from the first page looked at
        (0, 1, [(15, 4), (15, 4), (16, 0), (16, 0)]),  # on from the last one
        (345, 1, [(349, 4), (0, 0), (0, 0), (0, 0)]),  # round the end, both sides looked at
        (345, -1, [(0, 0), (349, 4), (349, 4), (349, 4)]),
        (345, -1, [(345, 0), (345, 0), (345, 0), (344, 4)]),
    ],
)
def test_a_step_over_pages_still_looked_through_waits_for_them(
    viewer: Viewer,
    engine: Engine,
    book: Path,
    texts: Texts,
    slowly: Release,
    qtbot: QtBot,
    begun: int,
    by: int,
    places: list[tuple[int, int]],
) -> None:
    # GIVEN a pattern that is looked for from a page on, with the first pages looked through
    page = viewer(engine, book)
    whole(qtbot, page, texts)
    find = pdf_of(page).find
    find.start(Query("ne+dle", regex=True), begun)
    qtbot.waitUntil(lambda: find.total == 80)
    find.go_to(*places[0])
    # WHEN a step leads on THEN it goes over what is known only, and on with what comes
    find.step(by)
    assert find.current == places[1]
    slowly()
    qtbot.waitUntil(lambda: find.total == 480)
    assert find.current == places[2]
    slowly()
    qtbot.waitUntil(lambda: find.complete)
    assert find.current == places[3]
    assert find.number == 5 * places[3][0] + places[3][1] + 1


def test_a_step_that_waits_is_given_up_for_another_one(
    viewer: Viewer, engine: Engine, book: Path, texts: Texts, slowly: Release, qtbot: QtBot
) -> None:
    # GIVEN a step back that waits for the pages before
    page = viewer(engine, book)
    whole(qtbot, page, texts)
    find = pdf_of(page).find
    find.start(Query("ne+dle", regex=True), 0)
    qtbot.waitUntil(lambda: find.total == 80)
    find.step(-1)
    # WHEN the reader goes on instead THEN nothing leads away from there
    find.step(1)
    slowly()
    qtbot.waitUntil(lambda: find.total == 480)
    slowly()
    qtbot.waitUntil(lambda: find.complete)
    assert find.current == (0, 1)


def test_the_whole_text_finds_what_pages_find_one_by_one(
    viewer: Viewer, engine: Engine, paper: Path, texts: Texts, qtbot: QtBot
) -> None:
    # GIVEN places found page by page, with one in the middle as the current one
    page = viewer(engine, paper)
    page.open_find()
    find = pdf_of(page).find
    page._search("represented")
    qtbot.waitUntil(lambda: find.complete)
    for _ in range(4):
        find.step(1)
    qtbot.waitUntil(lambda: said(page) == "5 of 12")
    counts, marks = find.counts(), find.marks()
    # WHEN the whole text arrives
    whole(qtbot, page, texts)
    qtbot.waitUntil(lambda: find._found is not None)
    # THEN places, marks and the current one stay
    assert (find.counts(), said(page), find.current) == (counts, "5 of 12", (4, 0))
    assert find.marks() == pytest.approx(marks, abs=0.002)
    page.find_next()
    qtbot.waitUntil(lambda: said(page) == "6 of 12")
    page.find_previous()
    page.find_previous()
    assert said(page) == "4 of 12"
    found = find.current_hit()
    assert found is not None
    _, hit = found
    assert len(hit.rects) == 2


def test_a_book_that_was_read_before_is_searched_at_once(
    viewer: Viewer, engine: Engine, book: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    # GIVEN a book of 350 pages whose text is kept
    first = Texts(engine, TextCache(tmp_path))
    first.read(engine.open(book).result(30)).result(60)
    first.close()
    texts = Texts(engine, TextCache(tmp_path))
    try:
        page = viewer(engine, book)
        whole(qtbot, page, texts)
        # WHEN it is searched
        page.open_find()
        page._search("needle")
        find = pdf_of(page).find
        qtbot.waitUntil(lambda: find.complete)
        # THEN every place is there, marked, and page 201 is reached by itself
        assert find.total == 1750
        assert len(find.marks()) > 300
        page._search("okapi")
        qtbot.waitUntil(lambda: find.current == (200, 0))
        qtbot.waitUntil(lambda: 200 in page.canvas.camera.visible())
    finally:
        texts.close()


def test_closing_gives_the_reading_up(
    viewer: Viewer, engine: Engine, book: Path, texts: Texts, qtbot: QtBot
) -> None:
    page = viewer(engine, book)
    page.use_texts(texts)
    reading = pdf_of(page).whole
    assert reading is not None
    reading.begin()
    page.close_document()
    future: Any = reading._reading
    qtbot.waitUntil(lambda: future.cancelled() or future.done())
    assert reading.text is None


# ---- the lists


@pytest.fixture
def listed(
    viewer: Viewer, engine: Engine, book: Path, texts: Texts, qtbot: QtBot, theme: Theme
) -> tuple[ViewerPage, FindList]:
    page = viewer(engine, book)
    whole(qtbot, page, texts)
    shown = FindList(pdf_of(page).find, lambda number: f"p{number + 1}", theme)
    qtbot.addWidget(shown)
    shown.resize(280, 500)
    shown.show()
    return page, shown


def test_the_list_shows_lines_and_goes_there(
    listed: tuple[ViewerPage, FindList], qtbot: QtBot
) -> None:
    page, shown = listed
    find = pdf_of(page).find
    assert shown.model.rowCount() == 0
    assert "find bar" in shown.count.text()
    # WHEN something is looked for
    page._search("needle")
    qtbot.waitUntil(lambda: shown.model.rowCount() == 1750)
    # THEN each row says page and line, told when it is looked at
    assert shown.count.text() == "1750 on 350 pages"
    assert shown.rows.currentIndex().row() == 0
    row = shown.model.index(1_000)
    shown.model.data(row, LINE_ROLE)
    qtbot.waitUntil(lambda: shown.model.data(row, LINE_ROLE) is not None)
    line = shown.model.data(row, LINE_ROLE)
    assert line.text[line.start : line.end] == "Needle"
    assert shown.model.data(row).startswith("p201: ")
    # and a click goes there
    shown.rows.scrollTo(row)
    with qtbot.waitSignal(shown.picked):
        QTest.mouseClick(
            shown.rows.viewport(),
            Qt.MouseButton.LeftButton,
            pos=shown.rows.visualRect(row).center(),
        )
    assert find.current == (200, 0)
    qtbot.waitUntil(lambda: 200 in page.canvas.camera.visible())
    # and the list follows the steps taken elsewhere
    page.find_next()
    qtbot.waitUntil(lambda: shown.rows.currentIndex().row() == 1_001)


def test_the_list_is_used_by_keys(listed: tuple[ViewerPage, FindList], qtbot: QtBot) -> None:
    page, shown = listed
    page._search("needle")
    qtbot.waitUntil(lambda: shown.model.rowCount() == 1750)
    QTest.keyClick(shown.rows, Key.Key_Down)
    QTest.keyClick(shown.rows, Key.Key_Return)
    assert pdf_of(page).find.current == (0, 1)
    page.close_find()
    assert shown.model.rowCount() == 0
    assert shown.rows.accessibleName()


def test_a_list_is_painted_in_both_themes(
    listed: tuple[ViewerPage, FindList], qtbot: QtBot, theme: Theme
) -> None:
    page, shown = listed
    page._search("needle")
    qtbot.waitUntil(lambda: shown.model.rowCount() == 1750)
    line = shown.model.index(0)
    shown.model.data(line, LINE_ROLE)
    qtbot.waitUntil(lambda: shown.model.data(line, LINE_ROLE) is not None)
    mark = theme.color("find_hit")
    image = shown.rows.viewport().grab().toImage()
    colors = {image.pixelColor(QPoint(x, 15)).name() for x in range(image.width())}
    assert len(colors) > 3 and mark.isValid()


def test_places_of_several_documents_stand_in_groups(qtbot: QtBot, theme: Theme) -> None:
    shown = EverywhereList(theme)
    qtbot.addWidget(shown)
    shown.show()
    # GIVEN places of two documents, and none of a third
    shown.start()
    hit = Hit(3, 6, ((0.0, 0.0, 1.0, 1.0),))
    place = (4, "v", hit, HitLine("a cat <b>here</b>", 2, 5))
    shown.add("one", "A paper", [place, place])
    shown.add("none", "Nothing", [])
    shown.add("two", "Another\npaper", [place])
    shown.finish()
    # THEN they stand under headings that are no places
    model = shown.model
    assert shown.count.text() == "3 in 2 documents"
    headings = [model.data(model.index(row), HEADING_ROLE) for row in range(model.rowCount())]
    assert headings == ["A paper", None, None, "Another paper", None]
    assert model.data(model.index(1)) == "v: a cat <b>here</b>"
    picked: list[Any] = []
    shown.picked.connect(lambda *parts: picked.append(parts))
    shown.rows.clicked.emit(model.index(0))
    shown.rows.clicked.emit(model.index(4))
    assert picked == [("two", 4, hit, 0)]
    shown.start()
    shown.finish()
    assert (model.rowCount(), shown.count.text()) == (0, "Nothing found")


def test_the_window_goes_on_while_a_pattern_takes_long(
    viewer: Viewer, engine: Engine, tmp_path: Path, texts: Texts, qtbot: QtBot
) -> None:
    # GIVEN a page that a bad pattern never ends on
    doc = pymupdf.open()
    doc.new_page().insert_text((20, 50), "a" * 300 + "!", fontsize=2)
    path = tmp_path / "long.pdf"
    doc.save(path)
    page = viewer(engine, path)
    whole(qtbot, page, texts)
    page.open_find()
    beats: list[float] = []

    def stopped() -> bool:
        beats.append(time.perf_counter())
        return "too long" in said(page)

    # WHEN it is looked for
    page._search(Query("(a|aa)+$", regex=True))
    # THEN the window goes on, and says that it takes too long
    qtbot.waitUntil(stopped, timeout=15_000)
    assert len(beats) > 20


def test_a_narrow_find_bar_covers_nothing(viewer: Viewer) -> None:
    # GIVEN a find bar with the room it has between an outline and a note in a small window
    page = viewer(FakeEngine())
    page.open_find()
    bar = page.find_bar
    for width in (700, 262, 700):
        # WHEN it is so wide
        bar.resize(width, bar.height())
        bar.layout().activate()  # pyright: ignore[reportOptionalMemberAccess]
        parts = (
            bar.field, bar.case, bar.words, bar.regex, bar.count, bar.previous, bar.next,
            bar.close_button,
        )  # fmt: skip
        shown = [one for one in parts if one.isVisible()]
        # THEN no part stands on another one, and all are there where there is room
        for left, right in pairwise(shown):
            assert left.geometry().right() < right.geometry().left(), (width, left, right)
        assert bar.field in shown and bar.close_button in shown
        assert (len(shown) == 8) == (width == 700)
