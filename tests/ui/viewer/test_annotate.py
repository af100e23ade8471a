"""Text marked on the page: by key, across lines and pages, undone, seen by other windows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.domain.marking import Kind
from reader.pdf.engine import Engine
from reader.services import annotating
from reader.ui.viewer.annotate import Annotate
from reader.ui.viewer.page import ViewerPage
from tests.ui.viewer.fakes import Viewer, pdf_of, settle
from tests.ui.viewer.shelves import Shelf
from tests.ui.viewer.test_page import at_word

pytestmark = pytest.mark.shared
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


def at_home(viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf) -> ViewerPage:
    """A page in the library of a test."""
    page = viewer(engine, paper)
    page.live_in(shelf.home)
    return page


def drag(page: ViewerPage, start: QPoint, end: QPoint) -> None:
    """Select by dragging from a place to another."""
    view = page.canvas.viewport()
    QTest.mousePress(view, LEFT, pos=start)
    QTest.mouseMove(view, (start + end) / 2)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, LEFT, pos=end)


def select(page: ViewerPage, first: str, before: str) -> None:
    """Select from the start of a word to that of another."""
    back = QPoint(4, 0)
    drag(page, at_word(page, first) - back, at_word(page, before) - back)


def color_at(page: ViewerPage, at: QPoint) -> str:
    """The colour of a point of the view."""
    return page.canvas.viewport().grab().toImage().pixelColor(at).name()


def test_a_key_marks_what_is_selected_and_undo_takes_it_back(
    viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf, qtbot: QtBot
) -> None:
    page = at_home(viewer, engine, paper, shelf)
    settle(qtbot, page)
    between = at_word(page, " brown")
    assert color_at(page, between) == "#ffffff"
    select(page, "quick", "jumps")
    QTest.keyClick(page.canvas, Key.Key_3)
    [made] = shelf.all
    assert (made.kind, made.color, made.quote) == (Kind.HIGHLIGHT, "green", "quick brown fox")
    assert made.sha256 == pdf_of(page).doc.info.sha256 != ""
    assert made.before.endswith("The ")
    assert made.after.startswith(" jumps over")
    assert page.canvas.selection is None
    assert color_at(page, between) != "#ffffff"
    assert shelf.undo() == "Annotate"
    assert shelf.all == ()
    assert color_at(page, between) == "#ffffff"
    shelf.redo()
    assert [one.uid for one in page.feature(Annotate).store.on(0)] == [made.uid]


def test_it_is_there_after_opening_again_and_in_another_window(
    viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf
) -> None:
    page = at_home(viewer, engine, paper, shelf)
    other = at_home(viewer, engine, paper, shelf)
    select(page, "quick", "jumps")
    QTest.keyClick(page.canvas, Key.Key_U)
    [made] = shelf.all
    again = at_home(viewer, engine, paper, shelf).feature(Annotate)
    assert again.store.on(0) == (made,)
    assert made.kind is Kind.UNDERLINE
    shelf.desk.changed.emit(annotating.remove(shelf.writer, [made.uid]))
    assert again.store.all == {}
    assert other.feature(Annotate).store.all == {}
