"""Messages: seen in the window that the reader is in, and not lost with it."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from reader.domain.errors import ReaderError
from reader.ui.tabs.torn import TornWindow
from reader.ui.viewer.aids.presentation import Presentation, Stage
from tests.ui.driving import Driven, is_ready, shown

Key = Qt.Key
_ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def torn(win: Driven, tmp_path: Path) -> TornWindow:
    """A document in a window of its own, where the reader is."""
    path = tmp_path / "paper.pdf"
    with pymupdf.open() as doc:
        doc.new_page().insert_text((72, 90), "a needle")
        doc.save(path)
    win.app.tabs.open_file(path)
    win.until(lambda: is_ready(shown(win)))
    win.until(lambda: shown(win).lacking is None)
    win.window.commands.action("window.tear_off").trigger()
    win.until(lambda: bool(win.app.tabs.windows._open))
    [window] = win.app.tabs.windows._open
    window.activateWindow()
    win.until(lambda: QApplication.activeWindow() is window)
    return window


def test_a_message_is_seen_in_the_window_torn_off_and_come_to_by_key(
    win: Driven, torn: TornWindow
) -> None:
    # GIVEN no message THEN the key says so
    torn.commands.action("window.message").trigger()
    assert torn._status.text() == "There is no message."
    # WHEN something is told while the reader is there
    done: list[str] = []
    win.app.notices.info("It changed.", ("Look again", lambda: done.append("looked")))
    # THEN it is in that window, whole, and nowhere else
    [card] = win.app.notices.cards()
    assert card.window() is torn and card.isVisible()
    assert torn.rect().contains(card.geometry())
    # AND the key leads to it, and back when it is done
    before = win.focused()
    win.key(Key.Key_M, _ALT)
    offered = win.focused()
    assert isinstance(offered, QPushButton) and offered.text() == "Look again"
    win.key(Key.Key_Space)
    assert done == ["looked"] and not win.app.notices.cards()
    assert win.focused() is before


def test_what_a_closed_window_told_is_seen_in_the_main_one(win: Driven, torn: TornWindow) -> None:
    # GIVEN a failure and work that goes on, told in a window torn off
    win.app.notices.error(ReaderError("The copy was not written.", "Make room."))
    work = win.app.notices.progress("Printing…")
    torn.resize(torn.minimumSize())
    win.until(lambda: all(torn.rect().contains(one.geometry()) for one in win.app.notices.cards()))
    # WHEN the reader closes it
    torn.close()
    # THEN both are in the main window, the work still goes on and its end takes the card away
    win.until(lambda: all(one.window() is win.window for one in win.app.notices.cards()))
    assert win.notices() == ["The copy was not written.", "Printing…"]
    win.until(lambda: all(one.isVisible() for one in win.app.notices.cards()))
    work.progress(1, 2, "Printing, page 1 of 2")
    work.dismiss()
    assert win.notices() == ["The copy was not written."]


def test_the_audience_of_a_presentation_reads_no_messages(win: Driven, torn: TornWindow) -> None:
    # GIVEN the document of a window torn off on the whole screen
    torn.commands.action("viewer.presentation").trigger()
    page = torn.tab.page
    assert page is not None
    win.until(lambda: isinstance(QApplication.activeWindow(), Stage))
    # WHEN something is told THEN it waits in the window below
    win.app.notices.warn("The file changed.")
    [card] = win.app.notices.cards()
    assert card.window() is torn
    page.feature(Presentation).left()
    win.until(lambda: page.feature(Presentation).stage is None)
    assert win.notices() == ["The file changed."]


def test_between_two_windows_a_message_goes_where_the_reader_was(
    win: Driven, torn: TornWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN no window that is active, as just after a dialog was closed
    monkeypatch.setattr(QApplication, "activeWindow", lambda: None)
    # WHEN something fails THEN it is seen where the reader was last
    win.app.notices.error(ReaderError("The copy was not written."))
    [card] = win.app.notices.cards()
    assert card.window() is torn


def test_return_presses_what_a_message_offers(win: Driven, torn: TornWindow) -> None:
    done: list[str] = []
    win.app.notices.info("It changed.", ("Look again", lambda: done.append("looked")))
    win.key(Key.Key_M, _ALT)
    win.key(Key.Key_Return)
    assert done == ["looked"] and not win.app.notices.cards()
    assert torn.isVisible()


def test_what_passes_by_in_the_status_bar_gives_way_to_the_place(
    win: Driven, torn: TornWindow
) -> None:
    page = torn.tab.page
    assert page is not None
    place = torn._status.text()
    assert place.startswith("page 1 of 1")
    # WHEN something is said that is no place THEN it is read, and goes
    page.statusChanged.emit("There is no mark z")
    assert torn._status.text() == "There is no mark z"
    win.app.tabs.pages._passed.setInterval(1)
    page.statusChanged.emit("There is no mark y")
    win.until(lambda: torn._status.text() == place)
    # AND so does what the window itself says
    torn.commands.action("window.message").trigger()
    assert torn._status.text() == "There is no message."


def test_the_main_window_is_named_after_what_is_in_front(win: Driven, torn: TornWindow) -> None:
    assert win.window.windowTitle() == "Paper Reader"
    torn.commands.action("window.tear_off").trigger()  # back into the bar
    win.until(lambda: win.window.windowTitle() == "paper.pdf – Paper Reader")
    win.app.tabs.show_library()
    assert win.window.windowTitle() == "Paper Reader"
