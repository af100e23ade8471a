"""The menu key opens the menu of the right button by what the keys are at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.jump.stepping import Stepping
from tests.ui.conftest import Start
from tests.ui.driving import Driven, is_ready, shown

pytestmark = pytest.mark.shared
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def driven(start: Start, library: Path, paper: Path) -> Iterator[Driven]:
    """A window with a paper that has links."""
    win = start(library, files=[paper])
    win.until(lambda: is_ready(win.app.tabs.current()))
    page = shown(win)
    win.until(lambda: page.canvas.content.text(0) is not None)
    win.focus(page.canvas)
    yield win
    win.settled()


def menu(win: Driven) -> tuple[QPoint, list[str]]:
    """Ask for the menu as the menu key does: where it opens in the view, and what it offers."""
    canvas = shown(win).canvas
    middle = canvas.rect().center()
    reason = QContextMenuEvent.Reason.Keyboard
    event = QContextMenuEvent(reason, middle, canvas.mapToGlobal(middle))
    QApplication.sendEvent(canvas, event)
    opened = QApplication.activePopupWidget()
    assert isinstance(opened, QMenu)
    place = canvas.viewport().mapFromGlobal(opened.pos())
    texts = [action.text() for action in opened.actions()]
    opened.close()
    win.until(lambda: QApplication.activePopupWidget() is None)
    return place, texts


def test_the_menu_key_opens_the_menu_in_the_middle_or_by_what_was_come_to(driven: Driven) -> None:
    win, page = driven, shown(driven)
    view = page.canvas.viewport()
    place, texts = menu(win)
    assert place == view.rect().center() and "Copy" in texts
    # WHEN text is selected by key THEN it opens at the end of the selection
    win.key(Key.Key_Down, SHIFT)
    end, _ = menu(win)
    assert end != view.rect().center() and end.y() < 200
    # AND at a link that Tab came to
    win.key(Key.Key_Escape)
    win.until(lambda: page.canvas.content.links(0))
    win.key(Key.Key_Tab)
    assert page.feature(Stepping).place is not None
    link, _ = menu(win)
    assert link.y() > end.y()


def test_the_menu_key_opens_the_menu_of_a_chosen_annotation(driven: Driven) -> None:
    win, page = driven, shown(driven)
    annotate = page.feature(Annotate)
    win.key(Key.Key_Down, SHIFT)
    win.key(Key.Key_H)
    win.until(lambda: annotate.store.all)
    win.settled()
    win.window.commands.action("annotate.next").trigger()
    assert annotate.picked.one is not None
    place, texts = menu(win)
    assert place != page.canvas.viewport().rect().center()
    assert any("Comment" in text for text in texts)
