"""A file that changes on disk; passwords that are asked once a session."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.domain.annotation import ReadingPosition
from reader.pdf.engine import Engine
from reader.ui.viewer.home import Home
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.passwords import Passwords
from tests.ui.viewer.fakes import FakeDocument, FakeEngine, Viewer, pdf_of, settle
from tests.ui.viewer.homes import FakeDesk, home

pytestmark = pytest.mark.shared
Key = Qt.Key
SLOW = 15_000


def write(path: Path, words: str, pages: int = 6) -> bytes:
    """A PDF with some words on each page, written in one go; its bytes."""
    doc = pymupdf.open()
    for number in range(pages):
        page = doc.new_page(width=595, height=842)
        page.insert_text((72, 90), f"{words} {number + 1}", fontsize=20)
    doc.set_toc([[1, f"{words} {number + 1}", number + 1] for number in range(pages)])
    data = doc.tobytes()
    doc.close()
    path.write_bytes(data)
    return data


def words_of(page: ViewerPage, number: int) -> str:
    text = page.canvas.content.text(number)
    return text.chars if text is not None else ""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.pdf"
    write(path, "First")
    return path


@pytest.mark.parametrize("way", ["rename", "truncate"])
def test_a_rewritten_file_is_shown_at_the_same_place(
    viewer: Viewer, engine: Engine, draft: Path, qtbot: QtBot, way: str
) -> None:
    page = viewer(engine, draft)
    page.canvas.go_to(ReadingPosition(3, 10.0, 120.0, "1.5"))
    page.show_outline(True)
    settle(qtbot, page)
    before, zoom = page.position(), page.canvas.camera.scale
    qtbot.waitUntil(lambda: words_of(page, 3) == "First 4")
    if way == "rename":
        write(draft.with_name("new.pdf"), "Second")
        draft.with_name("new.pdf").replace(draft)
    else:
        write(draft, "Second")
    qtbot.waitUntil(lambda: words_of(page, 3) == "Second 4", timeout=SLOW)
    assert page.position() == before
    assert page.canvas.camera.scale == zoom
    assert page.panel.shows("outline")
    # AND the next time as well, although the file is another one to the system
    write(draft, "Third", pages=2)
    qtbot.waitUntil(lambda: words_of(page, 1) == "Third 2", timeout=SLOW)
    assert pdf_of(page).pages == 2


def test_the_search_goes_on_in_the_newer_state(
    viewer: Viewer, engine: Engine, draft: Path, qtbot: QtBot
) -> None:
    # GIVEN a search at its third place, and the reader at another page, typing
    page = viewer(engine, draft)
    page.open_find()
    page.find_bar.field.setText("irs")
    qtbot.waitUntil(lambda: page.find_bar.count.text() == "1 of 6")
    for _ in range(2):
        page.find_next()
    qtbot.waitUntil(lambda: page.find_bar.count.text() == "3 of 6")
    page.canvas.go_to(ReadingPosition(4, 10.0, 120.0, "1.5"))
    page.find_bar.field.setFocus()
    settle(qtbot, page)
    before = page.position()
    # WHEN the file changes
    landed: list[int] = []
    old = pdf_of(page)
    write(draft, "Thirst", pages=5)
    qtbot.waitUntil(lambda: page.pdf is not None and page.pdf is not old, timeout=SLOW)
    pdf_of(page).find.landed.connect(lambda sheet, _: landed.append(sheet))
    # THEN the bar is there with its words, they are found anew, and the view stays where it was
    qtbot.waitUntil(lambda: page.find_bar.count.text() == "3 of 5", timeout=SLOW)
    assert page.find_bar.isVisible() and page.find_bar.field.hasFocus()
    assert page.find_bar.field.text() == "irs"
    settle(qtbot, page)
    assert (page.position(), landed) == (before, [])
    # AND the next step goes on from there
    page.find_next()
    qtbot.waitUntil(lambda: page.find_bar.count.text() == "4 of 5")
    assert landed == [3]


def test_the_pictures_of_before_are_seen_until_there_are_new_ones(
    viewer: Viewer, fake: FakeEngine, draft: Path, qtbot: QtBot
) -> None:
    # GIVEN a page that is sharp
    page = viewer(fake, draft)
    grey = page.canvas.grab().toImage().pixelColor(450, 300)
    # WHEN the file has changed, and its pictures take their time
    fake.held = {"render"}
    page.show_instead(FakeDocument(draft, pdf_of(page).doc.info))
    qtbot.wait(50)
    # THEN what is seen is what was there before, without a hint that something is missing
    assert page.canvas.grab().toImage().pixelColor(450, 300) == grey != QColor("white")
    assert page.canvas.pictures.has_any(0) and not page.canvas.pictures.has_thumb(0)
    # AND the new pictures take its place
    fake.held = set()
    fake.give()
    settle(qtbot, page)
    assert not page.canvas.pictures._before


def test_a_half_written_file_is_waited_for(
    viewer: Viewer, engine: Engine, draft: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, draft)
    said: list[str] = []
    page.statusChanged.connect(said.append)
    whole = write(draft.with_name("whole.pdf"), "Second")
    pdf = pdf_of(page)
    draft.write_bytes(whole[: len(whole) // 2])
    qtbot.wait(1500)
    assert page.pdf is pdf
    draft.write_bytes(whole)
    qtbot.waitUntil(lambda: words_of(page, 0) == "Second 1", timeout=SLOW)
    assert "The file has changed and is shown anew" in said


def test_a_broken_or_missing_file_leaves_the_old_pages(
    viewer: Viewer, engine: Engine, draft: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, draft)
    said: list[str] = []
    page.statusChanged.connect(said.append)
    pdf = pdf_of(page)
    draft.write_bytes(b"<html>this is no paper at all</html>")
    qtbot.waitUntil(lambda: any("the pages of before stay" in one for one in said), timeout=SLOW)
    assert page.pdf is pdf
    draft.unlink()
    qtbot.wait(900)
    assert page.pdf is pdf
    write(draft, "Back")
    qtbot.waitUntil(lambda: words_of(page, 0) == "Back 1", timeout=SLOW)


def test_a_file_that_could_not_be_opened_is_tried_when_it_changes(
    viewer: Viewer, engine: Engine, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "later.pdf"
    path.write_bytes(b"nothing yet")
    page = viewer(engine, path, wait=False)
    qtbot.waitUntil(lambda: page.error is not None, timeout=SLOW)
    write(path, "At last")
    qtbot.waitUntil(lambda: page.pdf is not None, timeout=SLOW)


def test_other_files_of_the_folder_change_nothing(
    viewer: Viewer, engine: Engine, draft: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, draft)
    pdf = pdf_of(page)
    draft.with_name("draft.log").write_text("noise")
    os.utime(draft.with_name("draft.log"))
    qtbot.wait(1000)
    assert page.pdf is pdf


# ---- passwords


def unlock(page: ViewerPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.password)
    QTest.keyClicks(page.password.field, "okapi")
    QTest.keyClick(page.password.field, Key.Key_Return)
    qtbot.waitUntil(lambda: page.pdf is not None)
    settle(qtbot, page)


def test_a_password_is_typed_once_a_session(
    viewer: Viewer, engine: Engine, locked: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    path = Path(shutil.copy(locked, tmp_path / "locked.pdf"))
    shared, desk = Passwords(), FakeDesk()
    one = viewer(engine, path, wait=False)
    one.live_in(Home(home(desk).desk, passwords=shared))
    unlock(one, qtbot)
    # WHEN it is opened in another tab, and loaded anew in this
    other = viewer(engine, path, wait=False)
    other.live_in(Home(home(desk).desk, passwords=shared))
    qtbot.waitUntil(lambda: other.pdf is not None)
    one.retry()
    qtbot.waitUntil(lambda: one.pdf is not None)
    # THEN nobody asks; but another session does, and what is remembered is not shown
    assert "okapi" not in repr(shared)
    stranger = viewer(engine, path, wait=False)
    stranger.live_in(home(desk))
    qtbot.waitUntil(lambda: stranger.stack.currentWidget() is stranger.password)


def test_a_password_that_fits_no_more_is_asked_for_without_blame(
    viewer: Viewer, engine: Engine, locked: Path, qtbot: QtBot
) -> None:
    shared = Passwords()
    shared.remember(locked, "of another day")
    page = viewer(engine, locked, wait=False)
    page.live_in(Home(home(FakeDesk()).desk, passwords=shared))
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.password)
    assert not page.password.wrong.isVisible()
    unlock(page, qtbot)
    assert shared.of(locked) == "okapi"
