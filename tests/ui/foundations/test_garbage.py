"""Cycles with Qt objects die on the window's thread, whichever thread makes garbage."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from reader.ui.garbage import Garbage


class Ticking(QObject):
    """A QObject that only a cycle keeps, with a timer of its own."""

    def __init__(self, ended: list[str]) -> None:
        super().__init__()
        self._ended = ended
        self._clock = QTimer()
        self._clock.timeout.connect(self._tick)
        self._clock.start(1)
        self._me = self

    def _tick(self) -> None:
        return

    def __del__(self) -> None:
        self._ended.append(threading.current_thread().name)


class Knot:
    """Garbage without Qt: it is in the knot with itself."""

    def __init__(self) -> None:
        self.me = self


def make_garbage() -> None:
    for _ in range(20_000):
        Knot()


@pytest.fixture
def collector() -> Iterator[Garbage]:
    """A collector as the program has it, and Python's own as it was before."""
    enabled = gc.isenabled()
    gc.enable()
    holder = QObject()
    yield Garbage(holder)
    holder.deleteLater()
    if enabled:
        gc.enable()
    else:
        gc.disable()


def test_a_thread_that_makes_garbage_destroys_no_qt_object(
    collector: Garbage, qtbot: QtBot
) -> None:
    # GIVEN a QObject that only a cycle holds
    ended: list[str] = []
    Ticking(ended)
    # WHEN another thread makes enough garbage for Python's own collector to run there
    thread = threading.Thread(target=make_garbage, name="busy")
    thread.start()
    thread.join()
    # THEN the object is still there, and goes on the window's thread
    assert ended == []
    qtbot.waitUntil(lambda: ended != [], timeout=5000)
    assert ended == [threading.main_thread().name]


def test_garbage_is_collected_while_the_window_is_at_rest(collector: Garbage, qtbot: QtBot) -> None:
    gc.collect()
    make_garbage()
    assert gc.get_count()[0] > 10_000
    qtbot.waitUntil(lambda: gc.get_count()[0] < 10_000, timeout=5000)


def test_little_garbage_is_left_for_later(collector: Garbage) -> None:
    gc.collect()
    knot = Knot()
    before = gc.get_stats()[0]["collections"]
    collector.look()
    assert gc.get_stats()[0]["collections"] == before
    assert knot.me is knot
