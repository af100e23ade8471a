"""Files that hang, crash or are enormous: the window goes on, and shows what it can."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from reader.pdf.engine import Engine
from reader.pdf.protocol import Limits
from reader.ui.viewer.camera import Spot
from tests.pdf import hostile
from tests.ui.viewer.fakes import Viewer, pdf_of, settle

WAIT = 20_000


@pytest.fixture
def impatient() -> Iterator[Engine]:
    """An engine that gives a page one second."""
    made = Engine(Limits(open=6.0, stage=1.0))
    yield made
    made.close()


def test_a_page_that_never_ends_gets_a_placeholder_and_the_window_lives(
    viewer: Viewer, impatient: Engine, tmp_path: Path, qtbot: QtBot
) -> None:
    # GIVEN a document whose second page never ends
    path = tmp_path / "hang.pdf"
    path.write_bytes(hostile.nested_forms(hanging_page=1))
    page = viewer(impatient, path)
    beats: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: beats.append(1))
    timer.start(5)
    # WHEN the reader comes to it
    page.canvas.show_spot(Spot(1, 0.0, 0.0))
    qtbot.waitUntil(lambda: 1 in page.page_faults.panels, timeout=WAIT)
    timer.stop()
    # THEN the window went on all the time, and so do the other pages
    assert len(beats) > 20
    page.canvas.show_spot(Spot(2, 0.0, 0.0))
    qtbot.waitUntil(lambda: page.canvas.pictures.has_any(2), timeout=WAIT)
    assert page.stack.currentWidget() is page.canvas
    assert page.error is None


def test_a_page_whose_links_never_come_is_shown_and_read(
    viewer: Viewer, impatient: Engine, tmp_path: Path, qtbot: QtBot
) -> None:
    # GIVEN a page that is shown, whose links the engine looks for until its time is up
    path = tmp_path / "links.pdf"
    path.write_bytes(hostile.endless_links())
    page = viewer(impatient, path, wait=False)
    qtbot.waitUntil(lambda: page.pdf is not None, timeout=WAIT)
    first = impatient.pid()
    qtbot.waitUntil(lambda: impatient.pid() not in (None, first), timeout=WAIT)
    # WHEN the reader goes on
    page.canvas.set_zoom("2")
    qtbot.waitUntil(lambda: page.canvas.content.text(0) is not None, timeout=WAIT)
    settle(qtbot, page)
    # THEN the page is there, with its text, and the engine is not asked for the links again
    second = impatient.pid()
    page.canvas.set_zoom("3")
    qtbot.wait(1500)
    settle(qtbot, page)
    assert impatient.pid() == second
    assert page.canvas.pictures.has_any(0)
    assert page.page_faults.panels == {}
    assert page.error is None


def test_a_killed_engine_is_not_noticed(
    viewer: Viewer, impatient: Engine, paper: Path, qtbot: QtBot
) -> None:
    # GIVEN a document that is read
    page = viewer(impatient, paper)
    child = impatient.pid()
    assert child is not None
    # WHEN the engine's process dies between two requests
    os.kill(child, signal.SIGKILL)
    page.canvas.set_zoom("2")
    page.canvas.show_spot(Spot(8, 0.0, 0.0))
    # THEN the pages come nevertheless
    qtbot.waitUntil(lambda: page.canvas.pictures.has_any(8), timeout=WAIT)
    assert page.error is None


def test_a_file_with_a_million_pages_is_read_at_its_end(
    viewer: Viewer, impatient: Engine, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "million.pdf"
    path.write_bytes(hostile.million_pages())
    page = viewer(impatient, path)
    if pdf_of(page).pages < 1_000_000:
        pytest.skip("the engine reads such a tree in another way")
    page.last_page()
    qtbot.waitUntil(lambda: page.canvas.pictures.has_any(pdf_of(page).pages - 1), timeout=WAIT)


@pytest.mark.parametrize("make", [hostile.huge_box, hostile.nul_text, hostile.many_annotations])
def test_odd_files_are_shown_or_refused_but_never_stop_the_page(
    viewer: Viewer, impatient: Engine, tmp_path: Path, qtbot: QtBot, make: Callable[[], bytes]
) -> None:
    path = tmp_path / "odd.pdf"
    path.write_bytes(make())
    page = viewer(impatient, path, wait=False)
    qtbot.waitUntil(lambda: page.pdf is not None or page.error is not None, timeout=WAIT)
    if page.pdf is not None:
        settle(qtbot, page)
        page.zoom_in()
        page.screen_down()
        settle(qtbot, page)


def test_what_is_said_of_a_page_far_wider_than_the_view_is_seen(
    viewer: Viewer, impatient: Engine, tmp_path: Path, qtbot: QtBot
) -> None:
    # GIVEN a page of a thousand million points
    path = tmp_path / "wide.pdf"
    path.write_bytes(hostile.huge_box())
    page = viewer(impatient, path)
    # WHEN it cannot be drawn
    qtbot.waitUntil(lambda: 0 in page.page_faults.panels, timeout=WAIT)
    # THEN the view says so, although the middle of the page is far away
    panel = page.page_faults.panels[0]
    qtbot.waitUntil(lambda: page.canvas.viewport().rect().contains(panel.geometry()))
