"""Annotations chosen, led, recoloured and removed on the page, each step undone by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from reader.domain.annotation import Rect
from reader.domain.marking import Annotation, Kind, Stroke
from reader.pdf.engine import Engine
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.annotate.meanings import MeaningsDialog
from reader.ui.viewer.annotate.shapes import Shape, kept, seen
from reader.ui.viewer.arrangement import Arrangement
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.page import ViewerPage
from tests.ui.viewer.fakes import FakeEngine, Viewer, settle
from tests.ui.viewer.shelves import Shelf
from tests.ui.viewer.test_annotate import at_home, drag, select
from tests.ui.viewer.test_page import at_word, point

pytestmark = pytest.mark.shared
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def put(
    page: ViewerPage, kind: Kind, box: Rect | None = None, stroke: Stroke = (), color: str = "red"
) -> str:
    """An annotation on the first page, in view space; its uid."""
    pdf = page.pdf
    geometry = pdf.geometry(0) if pdf is not None else None
    assert geometry is not None
    shape = Shape(kind, (box,) if box else (), (stroke,) if stroke else ())
    draft = Annotation(kind, (kept(0, shape, geometry),), color=color)
    [uid] = page.feature(Annotate).store.add([draft])
    return uid


def box_of(page: ViewerPage, uid: str) -> tuple[int, ...]:
    """Where an annotation of the library is on the first page, view space."""
    pdf, one = page.pdf, page.feature(Annotate).store.all[uid]
    geometry = pdf.geometry(0) if pdf is not None else None
    assert geometry is not None
    return tuple(round(edge) for edge in seen(one.kind, one.parts[0], geometry).box)


def click(page: ViewerPage, x: float, y: float, *held: Qt.KeyboardModifier) -> None:
    modifiers = Qt.KeyboardModifier.NoModifier
    for one in held:
        modifiers |= one
    QTest.mouseClick(page.canvas.viewport(), LEFT, modifiers, point(page, 0, x, y))


def led(page: ViewerPage, start: tuple[float, float], end: tuple[float, float]) -> None:
    drag(page, point(page, 0, *start), point(page, 0, *end))


@pytest.fixture
def page(viewer: Viewer, fake: FakeEngine, shelf: Shelf) -> ViewerPage:
    """A page without words where annotations are put."""
    made = viewer(fake)
    made.live_in(shelf.home)
    return made


def test_a_click_chooses_a_mark_and_keys_recolour_and_remove_it(
    viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf
) -> None:
    page = at_home(viewer, engine, paper, shelf)
    chosen = page.feature(Annotate).picked
    select(page, "quick", "jumps")
    QTest.keyClick(page.canvas, Key.Key_1)
    assert chosen.all == []
    QTest.mouseClick(page.canvas.viewport(), LEFT, pos=at_word(page, "brown"))
    assert [one.quote for one in chosen.all] == ["quick brown fox"]
    QTest.keyClick(page.canvas, Key.Key_4)
    assert [one.color for one in shelf.all] == ["blue"]
    QTest.keyClick(page.canvas, Key.Key_X)
    assert [one.kind for one in shelf.all] == [Kind.STRIKEOUT]
    QTest.keyClick(page.canvas, Key.Key_Delete)
    assert shelf.all == ()
    assert chosen.all == []
    for color, kind in (
        ("blue", Kind.STRIKEOUT),
        ("blue", Kind.HIGHLIGHT),
        ("yellow", Kind.HIGHLIGHT),
    ):
        shelf.undo()
        assert [(one.color, one.kind) for one in shelf.all] == [(color, kind)]
    shelf.undo()
    assert shelf.all == ()


def test_text_under_a_mark_can_still_be_selected(
    viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf
) -> None:
    page = at_home(viewer, engine, paper, shelf)
    select(page, "quick", "lazy")
    QTest.keyClick(page.canvas, Key.Key_1)
    select(page, "brown", "jumps")
    QTest.keyClick(page.canvas, Key.Key_2)
    assert {one.quote for one in shelf.all} == {"quick brown fox jumps over the", "brown fox"}


def test_the_end_of_a_mark_is_led_along_the_text(
    viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf
) -> None:
    page = at_home(viewer, engine, paper, shelf)
    select(page, "quick", "jumps")
    QTest.keyClick(page.canvas, Key.Key_1)
    QTest.mouseClick(page.canvas.viewport(), LEFT, pos=at_word(page, "brown"))
    picked = page.feature(Annotate).picked
    before = picked.all[0]
    ends = {name: (x, y) for name, _, (x, y) in picked.handles(before)}
    drag(page, point(page, 0, *ends["last"]), at_word(page, "several") - QPoint(4, 0))
    [longer] = shelf.all
    assert longer.quote.endswith("represented here in")
    assert longer.uid == before.uid
    assert longer.after.startswith(" several")
    assert page.canvas.selection is None
    ends = {name: (x, y) for name, _, (x, y) in picked.handles(longer)}
    drag(page, point(page, 0, *ends["first"]), at_word(page, "lazy") - QPoint(4, 0))
    assert shelf.all[0].quote == "lazy dog and is represented here in"
    shelf.undo()
    shelf.undo()
    assert shelf.all[0].parts == before.parts
    assert shelf.all[0].quote == before.quote


def test_boxes_are_moved_and_resized_by_their_handles(page: ViewerPage, shelf: Shelf) -> None:
    uid = put(page, Kind.RECTANGLE, (100, 300, 200, 360))
    led(page, (150, 300), (170, 320))  # by its edge
    assert box_of(page, uid) == (120, 320, 220, 380)
    led(page, (220, 380), (260, 400))
    assert box_of(page, uid) == (120, 320, 260, 400)
    led(page, (120, 360), (100, 500))  # the middle of the left side
    assert box_of(page, uid) == (100, 320, 260, 400)
    assert shelf.undo() == "Move annotation"
    shelf.undo()
    assert box_of(page, uid) == (120, 320, 220, 380)


def test_nothing_is_moved_off_its_page(page: ViewerPage, shelf: Shelf) -> None:
    uid = put(page, Kind.NOTE, (300, 300, 320, 320))
    led(page, (310, 310), (310, -400))
    assert box_of(page, uid) == (300, 0, 320, 20)


def test_a_line_is_led_by_its_ends_and_shift_snaps(page: ViewerPage, shelf: Shelf) -> None:
    uid = put(page, Kind.ARROW, stroke=((100, 300, 1), (200, 300, 1)))
    click(page, 150, 300)
    led(page, (200, 300), (200, 380))
    assert box_of(page, uid) == (100, 300, 200, 380)
    view = page.canvas.viewport()
    QTest.mousePress(view, LEFT, SHIFT, point(page, 0, 200, 380))
    QTest.mouseMove(view, point(page, 0, 190, 310))
    page.feature(Annotate).picked.drag(QPointF(point(page, 0, 205, 312)), SHIFT)
    QTest.mouseRelease(view, LEFT, SHIFT, point(page, 0, 205, 312))
    assert box_of(page, uid)[:3] == (100, 300, 205)
    assert box_of(page, uid)[3] == 300


def test_several_are_chosen_by_click_and_rubber_band_and_changed_in_one_step(
    page: ViewerPage, shelf: Shelf
) -> None:
    first = put(page, Kind.RECTANGLE, (100, 300, 150, 340))
    second = put(page, Kind.ELLIPSE, (200, 300, 250, 340))
    third = put(page, Kind.NOTE, (300, 450, 320, 470))
    picked = page.feature(Annotate).picked
    click(page, 100, 320)
    click(page, 200, 320, CTRL)
    click(page, 310, 460, SHIFT)
    assert [one.uid for one in picked.all] == [first, second, third]
    click(page, 100, 320, CTRL)
    assert [one.uid for one in picked.all] == [second, third]
    QTest.keyClick(page.canvas, Key.Key_Escape)  # the bar goes
    QTest.keyClick(page.canvas, Key.Key_Escape)
    assert picked.all == []
    QTest.keyClick(page.canvas, Key.Key_V)
    led(page, (90, 290), (260, 350))
    assert {one.uid for one in picked.all} == {first, second}
    QTest.keyClick(page.canvas, Key.Key_5)
    assert {one.color for one in shelf.all} == {"purple", "red"}
    QTest.keyClick(page.canvas, Key.Key_Right)
    assert box_of(page, first) == (104, 300, 154, 340)
    assert box_of(page, second) == (204, 300, 254, 340)
    shelf.undo()
    assert box_of(page, first) == (100, 300, 150, 340)
    assert box_of(page, second) == (200, 300, 250, 340)
    shelf.undo()
    assert {one.color for one in shelf.all} == {"red"}
    click(page, 400, 600)
    assert picked.all == []


def test_tab_goes_through_the_annotations_of_the_page_and_leaves_it(
    page: ViewerPage, shelf: Shelf
) -> None:
    lower = put(page, Kind.RECTANGLE, (100, 400, 150, 440))
    upper = put(page, Kind.NOTE, (300, 300, 320, 320))
    picked = page.feature(Annotate).picked
    told: list[str] = []
    page.statusChanged.connect(told.append)
    QTest.keyClick(page.canvas, Key.Key_Tab)
    assert [one.uid for one in picked.all] == [upper]
    assert told[-1] == "Sticky note, Red, doubt"
    QTest.keyClick(page.canvas, Key.Key_Tab)
    assert [one.uid for one in picked.all] == [lower]
    QTest.keyClick(page.canvas, Key.Key_Backtab, SHIFT)
    assert [one.uid for one in picked.all] == [upper]
    QTest.keyClick(page.canvas, Key.Key_Tab)
    QTest.keyClick(page.canvas, Key.Key_Right, SHIFT)
    assert box_of(page, lower) == (100, 400, 154, 440)
    QTest.keyClick(page.canvas, Key.Key_Tab)
    assert picked.all == []


def test_on_a_turned_view_arrows_and_handles_go_where_the_screen_goes(
    page: ViewerPage, shelf: Shelf, qtbot: QtBot
) -> None:
    uid = put(page, Kind.RECTANGLE, (100, 100, 200, 160))
    page.canvas.arrange(Arrangement(rotation=90))
    settle(qtbot, page)
    click(page, 150, 100)
    QTest.keyClick(page.canvas, Key.Key_Down)  # down on the screen is right on the page
    assert box_of(page, uid) == (104, 100, 204, 160)
    led(page, (204, 160), (230, 190))
    assert box_of(page, uid) == (104, 100, 230, 190)


def test_the_bar_offers_what_fits_and_never_covers_what_is_chosen(
    viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf, qtbot: QtBot
) -> None:
    page = at_home(viewer, engine, paper, shelf)
    bar = page.feature(Annotate).bars.marks
    select(page, "quick", "jumps")
    qtbot.waitUntil(bar.isVisible)
    line = point(page, 0, 100, 148)
    assert not bar.geometry().contains(line)
    assert bar.delete.isHidden()
    assert "result" in bar.colors["green"].toolTip()
    assert all(button.accessibleName() for button in bar.colors.values())
    bar.colors["green"].click()
    assert not bar.isVisible()
    assert [one.color for one in shelf.all] == ["green"]
    QTest.mouseClick(page.canvas.viewport(), LEFT, pos=at_word(page, "brown"))
    assert bar.isVisible()
    assert not bar.geometry().contains(at_word(page, "brown"))
    assert bar.keep.isHidden()
    bar.kinds[Kind.SQUIGGLY].click()
    bar.card.menu().actions()[0].trigger()
    assert [(one.kind, one.card) for one in shelf.all] == [(Kind.SQUIGGLY, "claim")]
    for copy in (bar.copy.click, lambda: QTest.keyClick(page.canvas, Key.Key_C, CTRL)):
        QGuiApplication.clipboard().clear()
        copy()
        assert QGuiApplication.clipboard().text() == "quick brown fox"
    shelf.undo()
    assert bar.kinds[Kind.SQUIGGLY].isChecked()  # that was the card
    shelf.undo()
    assert bar.kinds[Kind.HIGHLIGHT].isChecked()
    QTest.keyClick(page.canvas, Key.Key_Escape)
    assert not bar.isVisible()
    QTest.mouseClick(page.canvas.viewport(), LEFT, pos=at_word(page, "brown"))
    bar.delete.click()
    assert shelf.all == ()
    assert not bar.isVisible()


def test_the_bar_goes_with_the_selection_and_on_escape(
    viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf, qtbot: QtBot
) -> None:
    page = at_home(viewer, engine, paper, shelf)
    bar = page.feature(Annotate).bars.marks
    select(page, "quick", "jumps")
    qtbot.waitUntil(bar.isVisible)
    QTest.keyClick(page.canvas, Key.Key_Escape)
    assert not bar.isVisible()
    select(page, "quick", "lazy")
    qtbot.waitUntil(bar.isVisible)
    QTest.keyClick(page.canvas, Key.Key_Right, SHIFT)
    assert not bar.isVisible()


def test_in_a_narrow_half_bar_and_strip_stand_in_rows(viewer: Viewer, fake: FakeEngine) -> None:
    page = viewer(fake, size=(400, 600))
    put(page, Kind.RECTANGLE, (100, 300, 200, 360))
    QTest.keyClick(page.canvas, Key.Key_Tab)
    QTest.keyClick(page.canvas, Key.Key_A)
    bars, view = page.feature(Annotate).bars, page.canvas.viewport()
    for bar in (bars.marks, bars.strip):
        assert bar.isVisible()
        assert view.rect().contains(bar.geometry())
    assert bars.strip.height() > 60
    page.resize(1100, 600)
    assert bars.strip.height() < 50
    assert view.rect().contains(bars.strip.geometry())


def test_the_tooltip_says_what_was_commented_as_plain_text(page: ViewerPage, shelf: Shelf) -> None:
    uid = put(page, Kind.NOTE, (300, 300, 320, 320))
    store = page.feature(Annotate).store
    store.change([replace(store.all[uid], comment="<img src='file:///x'>\nwhy?", tags=("t",))])
    at = point(page, 0, 310, 310)
    view = page.canvas.viewport()
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at)))
    assert QToolTip.text() == "<qt>doubt · t<br>&lt;img src=&#x27;file:///x&#x27;&gt;<br>why?</qt>"
    QToolTip.hideText()


def test_the_menu_changes_what_is_under_the_pointer(page: ViewerPage, shelf: Shelf) -> None:
    uid = put(page, Kind.RECTANGLE, (100, 300, 150, 340))
    menu = QMenu()
    page.feature(Annotate).fill_menu(menu, Spot(0, 100, 320))
    assert [one.uid for one in page.feature(Annotate).picked.all] == [uid]
    entries = {action.text().split("\t")[0]: action for action in menu.actions()}
    width = entries["Width"].menu()
    assert isinstance(width, QMenu)
    next(action for action in width.actions() if action.text() == "5 pt").trigger()
    assert shelf.all[0].size == 5
    colors = entries["Colour"].menu()
    assert isinstance(colors, QMenu)
    assert colors.actions()[2].text() == "Green, result\t3"
    colors.actions()[2].trigger()
    assert shelf.all[0].color == "green"
    entries["Delete"].trigger()
    assert shelf.all == ()


def test_colours_are_renamed_and_shown_by_their_meaning(page: ViewerPage, shelf: Shelf) -> None:
    feature = page.feature(Annotate)
    feature.rename_colors()
    dialog = page.findChild(MeaningsDialog)
    assert dialog is not None
    dialog.fields["green"].setText("our data")
    dialog.accept()
    assert shelf.reader.meanings()["green"] == "our data"
    assert feature.named("green") == "Green, our data"
    assert shelf.undo() == "Rename colour"
    assert feature.named("green") == "Green, result"
