"""What is filled in one turn of the loop is painted in later ones, one widget a turn."""

from __future__ import annotations

import itertools
import time
from concurrent.futures import Future

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.ui.tasks import Tasks
from reader.ui.turns import paint_apart


class Painted(QWidget):
    """Says when it is painted."""

    def __init__(self, name: str, seen: list[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._seen = name, seen

    def paintEvent(self, event: QPaintEvent) -> None:
        self._seen.append(self._name)
        super().paintEvent(event)


def shown(qtbot: QtBot, seen: list[str]) -> tuple[QWidget, list[Painted]]:
    window = QWidget()
    qtbot.addWidget(window)
    made = [Painted(name, seen, window) for name in ("list", "sidebar", "paper")]
    for place, widget in enumerate(made):
        widget.setGeometry(0, 30 * place, 100, 30)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: len(seen) >= 3)
    qtbot.wait(20)
    seen.clear()
    return window, made


def test_each_is_painted_in_a_turn_of_its_own(qtbot: QtBot) -> None:
    # GIVEN a window with three parts, and somebody who has a turn at every turn
    seen: list[str] = []
    window, (listed, sidebar, paper) = shown(qtbot, seen)
    beat = QTimer(window, interval=0)
    beat.timeout.connect(lambda: seen.append("turn"))
    # WHEN all three change, and two of them are to be painted apart
    paint_apart(sidebar, listed)
    for widget in (listed, sidebar, paper):
        widget.update()
    beat.start()
    qtbot.waitUntil(lambda: "list" in seen)
    beat.stop()
    # THEN the window has its turn between them, and they come in the order that was asked for
    parts = [name for name, _ in itertools.groupby(seen)]
    assert [part for part in parts if part != "turn"] == ["paper", "sidebar", "list"]
    assert parts[parts.index("sidebar") + 1] == "turn"


def test_one_that_is_gone_before_its_turn_holds_nobody(qtbot: QtBot) -> None:
    seen: list[str] = []
    _window, (listed, sidebar, paper) = shown(qtbot, seen)
    paint_apart(listed, sidebar)
    paint_apart(listed, paper)  # the first one waits already
    listed.setParent(None)
    del listed
    qtbot.waitUntil(lambda: sidebar.updatesEnabled() and paper.updatesEnabled())
    qtbot.waitUntil(lambda: seen.count("paper") == 1)
    assert seen.count("sidebar") == 1


def test_answers_wait_until_what_waits_is_painted(qtbot: QtBot) -> None:
    # GIVEN two answers that come at once, the first of which fills parts to be painted apart
    seen: list[str] = []
    _window, (listed, sidebar, _paper) = shown(qtbot, seen)
    tasks = Tasks()
    first, second = Future[int](), Future[int]()

    def fill(_answer: object) -> None:
        time.sleep(0.01)  # longer than answers may take together
        paint_apart(listed, sidebar)

    tasks.follow(first, fill)
    tasks.follow(second, lambda _answer: seen.append("answer"))
    # WHEN they are delivered
    first.set_result(1)
    second.set_result(2)
    qtbot.waitUntil(lambda: "answer" in seen)
    # THEN the second is taken when all is painted
    assert seen == ["list", "sidebar", "answer"]
    tasks.close()
