"""The clock of pages: what starts and stops it, what it tells, and that it is kept."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.domain.progress import PageTime
from reader.services import reading_along
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.reading_time import ReadingTime, shares
from tests.ui.viewer.fakes import FakeEngine, Viewer, settle
from tests.ui.viewer.homes import FakeDesk, home

pytestmark = pytest.mark.shared


class Clock:
    """A clock that a test moves; each second is a tick."""

    def __init__(self, page: ViewerPage) -> None:
        self.time = 1000.0
        self.feature = page.feature(ReadingTime)
        self.feature._timer.stop()
        self.feature.now = lambda: self.time
        self.feature._ticked = self.feature._active = self.time

    def run(self, seconds: int) -> None:
        for _ in range(seconds):
            self.time += 1.0
            self.feature.tick()


class KeepingDesk(FakeDesk):
    """A desk that keeps the times it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.known: list[PageTime] = []
        self.saved: list[tuple[str, list[PageTime]]] = []

    def page_times(self, attachment: str) -> list[PageTime]:
        return self.known

    def write(self, work: Any, *args: Any, **_: Any) -> None:
        assert work is reading_along.add_times
        self.saved.append((args[0], list(args[1])))


@pytest.fixture
def page(viewer: Viewer, qtbot: QtBot) -> ViewerPage:
    made = viewer(FakeEngine(pages=4))
    made.canvas.set_zoom("page")
    made.first_page()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    settle(qtbot, made)
    return made


def seconds(page: ViewerPage) -> dict[int, float]:
    return {one.page: round(one.seconds, 1) for one in page.feature(ReadingTime).times()}


def test_the_page_in_view_gets_the_time_and_the_status_tells(page: ViewerPage) -> None:
    clock = Clock(page)
    said: list[str] = []
    page.statusChanged.connect(said.append)
    clock.run(1)
    assert said == []
    clock.run(89)
    assert seconds(page) == {0: 60.0}  # a minute without a move, and nobody is there
    assert said == ["page 1 of 4 · 25 % seen"]
    page.next_page()
    clock.run(40)
    assert page.status() == "page 2 of 4 · 50 % seen · about 2 min left"
    for _ in range(2):
        page.next_page()
        clock.run(3)
    assert page.status() == "page 4 of 4 · all pages seen"


def test_a_window_that_is_not_in_front_is_not_read(page: ViewerPage, qtbot: QtBot) -> None:
    clock = Clock(page)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    clock.run(10)
    assert seconds(page) == {}
    other.close()


def test_a_computer_that_slept_did_not_read(page: ViewerPage) -> None:
    clock = Clock(page)
    clock.time += 30
    clock.feature.tick()
    assert seconds(page) == {0: 3.0}


def test_something_said_meanwhile_is_not_talked_over(page: ViewerPage) -> None:
    clock = Clock(page)
    said: list[str] = []
    page.statusChanged.emit("Copied")
    page.statusChanged.connect(said.append)
    clock.run(5)
    assert said == []


def test_pages_side_by_side_share_the_time(page: ViewerPage, qtbot: QtBot) -> None:
    page.canvas.scroll_by(0, page.canvas.camera.page_size(0)[1] // 2)
    settle(qtbot, page)
    found = shares(page.canvas.camera)
    assert set(found) == {0, 1}
    assert sum(found.values()) == pytest.approx(1.0)


def test_times_are_added_to_those_of_before_and_saved_in_batches(page: ViewerPage) -> None:
    desk = KeepingDesk()
    desk.known = [PageTime(0, 100.0), PageTime(1, 50.0)]
    clock = Clock(page)
    clock.run(2)
    page.live_in(home(desk, "u1", "a1"))
    assert seconds(page) == {0: 102.0, 1: 50.0}
    clock.run(17)
    assert desk.saved == []
    clock.run(1)
    [(attachment, times)] = desk.saved
    assert attachment == "a1"
    assert [(one.page, round(one.seconds, 1)) for one in times] == [(0, 20.0)]
    clock.run(5)
    page.close_document()
    assert [round(one.seconds, 1) for one in desk.saved[1][1]] == [5.0]
