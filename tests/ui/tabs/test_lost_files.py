"""A paper's file that is gone or replaced while its tab is open, or waits to be looked at."""

from __future__ import annotations

import shutil
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from reader.domain.annotation import ReadingPosition
from reader.ui.tabs import hearing
from reader.ui.viewer.page import ViewerPage
from tests.ui.conftest import Start, end
from tests.ui.driving import Driven, command, is_ready

pytestmark = pytest.mark.shared


def with_pdf(win: Driven) -> None:
    """Select the paper that has a PDF."""
    win.select(next(i for i in range(win.rows()) if win.row(i).has_pdf))


def read(win: Driven) -> ViewerPage:
    """Open the paper that has a PDF."""
    with_pdf(win)
    win.app.open_paper(win.paper())
    win.until(lambda: win.app.tabs.current() is not None)
    page = win.app.tabs.current()
    assert page is not None
    return page


def choose(win: Driven, path: Path) -> None:
    """Choose a file in the dialog that is open."""
    win.until(lambda: win.window.findChildren(QFileDialog))
    [dialog] = win.window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()


def test_the_card_of_a_missing_file_finds_it_again(
    start: Start, library: Path, tmp_path: Path
) -> None:
    # GIVEN a paper open in a tab
    [file] = (library / "files").iterdir()
    win = start(library)
    page = read(win)
    win.until(lambda: is_ready(page))
    # WHEN another program moves its file away, and it is loaded again
    moved = tmp_path / "moved.pdf"
    shutil.move(file, moved)
    page.retry()
    win.until(lambda: page.error is not None)
    # THEN the card names the file, and finding it is what Enter does
    win.until(page.fault.seek.hasFocus)
    assert file.name in page.fault.hint.text() and not page.fault.folder.isVisible()
    assert not page.fault.safe.isVisible(), "nothing is said of a file that is not there"
    QTest.keyClick(page.fault.seek, Qt.Key.Key_Space)
    choose(win, moved)
    # THEN it is shown as before
    win.until(lambda: is_ready(page))
    assert page.path.is_file() and page.error is None


def test_a_damaged_file_is_not_said_to_be_missing(start: Start, library: Path) -> None:
    [file] = (library / "files").iterdir()
    file.write_bytes(b"no pdf at all")
    win = start(library)
    page = read(win)
    win.until(lambda: page.error is not None)
    assert not page.fault.seek.isVisible() and page.fault.folder.isVisible()
    assert page.fault.retry.hasFocus()


def test_a_tab_not_looked_at_yet_follows_the_file_of_its_paper(
    start: Start, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN the tab of a paper, which comes back and is not looked at
    win = start(library)
    read(win)
    win.app.tabs.show_library()
    assert win.window.close()
    end(win)
    win = start(library)
    tab = win.app.tabs.at(1)
    assert tab is not None and tab.page is None
    before = tab.path
    # WHEN the paper's file is replaced in the library
    other = tmp_path / "another version.pdf"
    with pymupdf.open() as doc:
        doc.new_page().insert_text((72, 90), "Another version")
        doc.save(other)
    with_pdf(win)
    win.window.commands.action("paper.replace_file").trigger()
    choose(win, other)
    # THEN the tab has the new one, and gives that when it is dragged out
    win.until(lambda: tab.path != before)
    dragged: list[Path] = []
    monkeypatch.setattr(hearing, "drag_out", lambda _bar, path: dragged.append(path))
    win.app.tabs._bar.tabs.file_dragged.emit(1)
    [document] = win.on_disk(tab.paper).documents
    assert tab.page is None and dragged == [win.app.reader.file_of(document.path)]


def another_version(tmp_path: Path) -> Path:
    """A file of five pages to take a paper's place."""
    path = tmp_path / "another version.pdf"
    with pymupdf.open() as doc:
        for number in range(5):
            doc.new_page().insert_text((72, 90), f"Another version, page {number + 1}")
        doc.save(path)
    return path


@pytest.mark.parametrize("kept", [True, False], ids=["the old file is there", "it is gone"])
def test_a_tab_that_comes_back_shows_the_file_its_paper_was_given_meanwhile(
    start: Start, library: Path, tmp_path: Path, *, kept: bool
) -> None:
    # GIVEN a paper's tab, left on a page of it, and a window that is closed
    win = start(library)
    page = read(win)
    win.until(lambda: is_ready(page))
    uid = win.paper().uid
    page.show_position(ReadingPosition(2, 0.0, 40.0, page.canvas.zoom))
    win.until(lambda: page.canvas.position().page == 2)
    win.app.tabs.show_library()
    before = page.path
    assert win.window.close()
    end(win)
    # WHEN the command line gives the paper another file
    assert command("replace-file", uid, another_version(tmp_path), library=library).returncode == 0
    if not kept:
        before.unlink()
    # THEN the tab has that file before it is looked at
    win = start(library)
    [document] = win.on_disk(uid).documents
    now = win.app.reader.file_of(document.path)
    tab = win.app.tabs.at(1)
    assert tab is not None and tab.page is None and now != before
    assert tab.path == now
    # AND opens nothing else when it is, at the place where the reader was
    win.app.tabs.show(1)
    shown = win.app.tabs.current()
    assert shown is not None and shown.path == now
    win.until(lambda: shown.pdf is not None and shown.canvas.position().page == 2)
    assert shown.pdf is not None and shown.pdf.doc.info.pages == 5


def test_a_closed_tab_comes_back_with_the_file_its_paper_was_given_meanwhile(
    start: Start, library: Path, tmp_path: Path
) -> None:
    # GIVEN a paper's tab that was closed
    win = start(library)
    page = read(win)
    win.until(lambda: is_ready(page))
    before = page.path
    win.app.tabs.close_current()
    # WHEN the paper is given another file, and the one of before is gone
    with_pdf(win)
    win.window.commands.action("paper.replace_file").trigger()
    choose(win, another_version(tmp_path))
    win.until(lambda: win.app.tabs.closed.tabs()[0].path != before)
    before.unlink()
    # THEN the closed tab comes back with it
    win.app.tabs.reopen()
    shown = win.app.tabs.current()
    assert shown is not None and shown.path != before
    win.until(lambda: shown.pdf is not None and shown.pdf.doc.info.pages == 5)


@pytest.mark.parametrize("kept", [0, 1], ids=["the first was moved last", "the second was"])
def test_each_half_of_a_split_keeps_its_place_when_the_file_is_replaced(
    start: Start, library: Path, tmp_path: Path, kept: int
) -> None:
    # GIVEN a paper in both halves of a tab, at a place of its own in each
    win = start(library)
    page = read(win)
    win.until(lambda: is_ready(page))
    win.window.commands.action("window.split_right").trigger()
    tab = win.app.tabs.front()
    assert tab is not None
    win.until(lambda: all(half.page is not None and half.page.pdf for half in tab.halves))
    pages = [half.page for half in tab.halves if half.page is not None]
    places = {kept: 3, 1 - kept: 1}
    for number in (1 - kept, kept):
        with win.qtbot.waitSignal(pages[number].positionChanged):
            pages[number].show_position(ReadingPosition(places[number], 0.0, 40.0, "width"))
    win.settled()
    # WHEN the file is replaced
    win.window.commands.action("viewer.replace_file").trigger()
    choose(win, another_version(tmp_path))
    win.until(lambda: all(page.pdf and page.pdf.doc.info.pages == 5 for page in pages))
    win.settled()
    # THEN each is where it was
    for number, page in enumerate(pages):
        win.until(lambda page=page, number=number: page.canvas.position().page == places[number])
