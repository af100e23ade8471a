"""The colour, width and tool used last are those of every tab and of the next start; own cards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from reader.domain.marking import Kind
from reader.pdf.engine import Engine
from reader.services import annotating
from reader.settings import WindowState
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.kept import Kept
from reader.ui.viewer.page import ViewerPage
from tests.ui.viewer.fakes import FakeEngine, Viewer
from tests.ui.viewer.shelves import Shelf
from tests.ui.viewer.test_annotate import at_home, select

pytestmark = pytest.mark.shared
Key = Qt.Key


def page_of(viewer: Viewer, fake: FakeEngine, shelf: Shelf, kept: Kept) -> ViewerPage:
    page = viewer(fake)
    page.live_in(replace(shelf.home, kept=kept))
    return page


def test_what_was_used_last_is_there_in_other_tabs_and_at_the_next_start(
    viewer: Viewer, fake: FakeEngine, shelf: Shelf, tmp_path: Path
) -> None:
    # GIVEN two tabs of a window, in one of which a wide green line is drawn
    state = WindowState(tmp_path / "window.json", tmp_path)
    kept = Kept(state)
    first, second = (page_of(viewer, fake, shelf, kept) for _ in range(2))
    second.feature(Annotate).show_tools()
    one = first.feature(Annotate)
    one.use_color("green")
    QTest.keyClick(first.canvas, Key.Key_I)
    one.use_size(4.0)
    # THEN the other tab draws so too, as its strip says once it is seen
    other = second.feature(Annotate)
    second.hide()
    second.show()
    assert "Green" in other.bars.strip.color.toolTip()
    QTest.keyClick(second.canvas, Key.Key_H, Qt.KeyboardModifier.ShiftModifier)  # keep the tool
    assert (other.tools.tool, other.tools.width, other.color) == (Kind.LINE, 4.0, "green")
    # AND so does a window that is opened after this one
    state.save()
    again = page_of(
        viewer, fake, shelf, Kept(WindowState(tmp_path / "window.json", tmp_path))
    ).feature(Annotate)
    again.keep_tool()
    assert (again.tools.tool, again.tools.width, again.color) == (Kind.LINE, 4.0, "green")
    assert again.habits.size(Kind.INK) == 0.0


def test_a_damaged_memory_is_none(viewer: Viewer, fake: FakeEngine, shelf: Shelf) -> None:
    kept = Kept()
    for name in ("annotate color", "annotate tool", f"annotate size {Kind.INK}"):
        kept.put(name, 10**9)
    habits = page_of(viewer, fake, shelf, kept).feature(Annotate).habits
    assert (habits.color, habits.tool, habits.size(Kind.INK)) == ("yellow", Kind.HIGHLIGHT, 0.0)


def test_the_menus_of_cards_have_the_kinds_the_reader_made(
    viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf
) -> None:
    page = at_home(viewer, engine, paper, shelf)
    select(page, "quick", "jumps")
    QTest.keyClick(page.canvas, Key.Key_1)
    [made] = shelf.all
    annotate = page.feature(Annotate)
    # WHEN a card of a new kind is made elsewhere
    changes = annotating.change(shelf.writer, [replace(made, card="a limit & more")])
    shelf.desk.changed.emit(changes)
    # THEN the bar and the menu of an annotation offer it
    bar = annotate.bars.marks
    bar.card.menu().aboutToShow.emit()
    wanted = ["Claim", "Method", "Result", "Question", "Doubt", "A limit && more"]
    assert [it.text() for it in bar.card.menu().actions()] == wanted
    shape = annotate.picked.shape(made, 0)
    assert shape is not None
    x0, y0, x1, y1 = shape.rects[0]
    menu = QMenu(page)
    annotate.fill_menu(menu, Spot(0, (x0 + x1) / 2, (y0 + y1) / 2))
    cards = next(it.menu() for it in menu.actions() if it.text() == "Card")
    assert isinstance(cards, QMenu)
    assert [it.text() for it in cards.actions()][: len(wanted)] == wanted
    # AND choosing it makes one
    annotate.make_card("")
    cards.actions()[len(wanted) - 1].trigger()
    assert [one.card for one in shelf.all] == ["a limit & more"]
