"""The full screen: the pages alone, with every key; the frame comes back with other pages."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import Qt

from reader.ui.tabs.torn import TornWindow
from reader.ui.viewer.full_screen import FullScreen
from tests.ui.conftest import Start
from tests.ui.driving import Driven, is_ready, shown

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper.pdf"
    with pymupdf.open() as doc:
        for number in range(4):
            doc.new_page().insert_text((72, 90), f"{number + 1} needle")
        doc.save(path)
    return path


@pytest.fixture
def win(start: Start, library: Path, paper: Path) -> Driven:
    """A window with a document in front."""
    win = start(library)
    win.app.tabs.open_file(paper)
    win.until(lambda: is_ready(shown(win)))
    win.until(lambda: shown(win).lacking is None)
    return win


def frame(win: Driven) -> list[bool]:
    window = win.window
    parts = (window.menuBar(), window.top, window.statusBar(), shown(win).bar)
    return [part.isVisible() for part in parts]


def test_the_pages_have_the_screen_alone_and_esc_gives_it_back(win: Driven) -> None:
    page = shown(win)
    assert frame(win) == [True] * 4
    # WHEN the window goes to the full screen THEN there are the pages and nothing else
    win.key(Key.Key_F11)
    win.until(lambda: frame(win) == [False] * 4)
    assert page.canvas.height() == win.window.height()
    # AND keys do what they did
    win.key(Key.Key_F, CTRL)
    assert page.finding
    win.type("needle")
    win.until(lambda: page.pdf is not None and page.pdf.find.total == 4)
    # AND Esc first closes what is in the way, then leaves the full screen
    win.key(Key.Key_Escape)
    assert not page.finding and win.window.isFullScreen()
    win.key(Key.Key_Escape)
    win.until(lambda: frame(win) == [True] * 4)
    assert not win.window.isFullScreen()


def test_the_library_has_its_bars_on_the_full_screen_too(win: Driven) -> None:
    page = shown(win)
    win.key(Key.Key_F11)
    win.until(lambda: frame(win) == [False] * 4)
    # WHEN the library is shown THEN its bars are there
    win.key(Key.Key_1, CTRL)
    win.until(win.window.top.isVisible)
    assert win.window.menuBar().isVisible() and win.window.isFullScreen()
    # AND at the document they are gone again, until the full screen ends
    win.app.tabs.show(1)
    win.until(lambda: page.isVisible() and frame(win) == [False] * 4)
    win.key(Key.Key_F11)
    win.until(lambda: frame(win) == [True] * 4)


def test_a_split_and_a_window_torn_off_have_it_as_well(win: Driven) -> None:
    # GIVEN two halves on the full screen
    win.window.commands.action("window.split_right").trigger()
    tab = win.app.tabs.front()
    assert tab is not None
    win.until(
        lambda: all(half.page and half.page.pdf and not half.page.lacking for half in tab.halves)
    )
    win.key(Key.Key_F11)
    win.until(lambda: frame(win) == [False] * 4)
    bars = [half.page.bar for half in tab.halves if half.page is not None]
    win.until(lambda: not any(bar.isVisible() for bar in bars))
    # WHEN one is closed THEN the other keeps the screen to itself
    win.window.commands.action("window.close_pane").trigger()
    win.until(lambda: len(tab.halves) == 1)
    assert frame(win) == [False] * 4
    # AND torn off, it leaves the frame to the window and hides that of its own
    win.window.commands.action("window.tear_off").trigger()
    win.until(lambda: bool(win.app.tabs.windows._open))
    [torn] = win.app.tabs.windows._open
    assert isinstance(torn, TornWindow) and torn.tab.page is not None
    win.until(torn.isVisible)
    win.until(win.window.top.isVisible)
    bar = torn.tab.page.bar
    win.until(bar.isVisible)
    torn.commands.action("window.full_screen").trigger()
    win.until(lambda: not bar.isVisible() and not torn.menuBar().isVisible())
    assert torn.tab.page.feature(FullScreen).on
    torn.commands.action("window.full_screen").trigger()
    win.until(lambda: bar.isVisible() and torn.menuBar().isVisible())


@pytest.mark.parametrize("readable", [True, False])
def test_the_frame_is_back_when_the_document_on_the_full_screen_is_closed(
    win: Driven, tmp_path: Path, readable: bool
) -> None:
    # GIVEN a document on the full screen, or one that cannot be read
    if not readable:
        broken = tmp_path / "broken.pdf"
        broken.write_bytes(b"%PDF-1.7\nnothing")
        win.app.tabs.open_file(broken)
        win.until(lambda: shown(win).error is not None)
    win.key(Key.Key_F11)
    win.until(lambda: frame(win) == [False] * 4)
    # WHEN Esc is pressed THEN the frame is there again
    win.key(Key.Key_Escape)
    win.until(lambda: frame(win) == [True] * 4)
    # AND so it is when the documents are closed
    win.key(Key.Key_F11)
    win.until(lambda: frame(win) == [False] * 4)
    while win.app.tabs.current() is not None:
        win.app.tabs.close_current()
    win.until(win.window.top.isVisible)
    assert win.window.menuBar().isVisible() and win.window.statusBar().isVisible()


def test_pages_that_are_not_seen_are_not_asked_about_their_window(win: Driven, paper: Path) -> None:
    # GIVEN two documents, one of them in front
    first = shown(win)
    other = paper.with_name("other.pdf")
    other.write_bytes(paper.read_bytes())
    win.app.tabs.open_file(other)
    win.until(lambda: shown(win).lacking is None and shown(win).pdf is not None)
    front = shown(win)
    asking = {first: first.feature(FullScreen), front: front.feature(FullScreen)}
    # THEN the one that is seen looks at the window, and the other does not
    assert front is not first
    assert {page: feature._window for page, feature in asking.items()} == {
        first: None,
        front: win.window,
    }
    # WHEN the library is in front THEN none does
    win.app.tabs.show_library()
    assert [feature._window for feature in asking.values()] == [None, None]
    # AND a page that comes back in the full screen takes the frame away
    win.key(Key.Key_F11)
    win.app.tabs.show(1)
    win.until(lambda: shown(win) is first and frame(win) == [False] * 4)
