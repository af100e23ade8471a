"""The list's rows are painted once for what changes, and what is read waits for the window."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from reader.services.lanes import Priority
from tests.ui.driving import Driven


class Paints(QObject):
    """Counts how often a widget is painted from top to bottom."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.count += event.region().boundingRect().height() == self._widget.height()
        return False


def test_another_width_paints_the_rows_once(win: Driven) -> None:
    # GIVEN a list with more papers than it has room for
    win.settled()
    win.run(50)
    paints = Paints(win.list.viewport())
    # WHEN it gets narrower
    sizes = win.page.split.sizes()
    win.page.split.setSizes([sizes[0], sizes[1] - 60, sizes[2] + 60])
    win.until(lambda: paints.count > 0)
    win.run(100)
    # THEN its rows are painted once, as wide as there is room
    assert paints.count == 1
    assert win.list.columnWidth(0) == win.list.viewport().width()


def test_what_a_change_shows_comes_before_its_words_are_indexed(
    win: Driven, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a window that hears of the index
    seen: list[str] = []
    submit = win.app.write_lane.submit

    def heard(work: Callable[..., Any], *args: Any, priority: int = Priority.NORMAL) -> Future[Any]:
        seen.extend(["index"] * (priority == Priority.INDEX))
        return submit(work, *args, priority=priority)

    monkeypatch.setattr(win.app.write_lane, "submit", heard)
    win.page.model.dataChanged.connect(lambda *_: seen.append("row"))
    # WHEN a paper gets a star
    win.app.window.commands.action("paper.star").trigger()
    # THEN its row is shown first
    win.until(lambda: "index" in seen)
    assert seen[0] == "row"
