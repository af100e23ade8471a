"""Notes, text, areas, ink, frames and lines: drawn with the mouse, a pen, or the keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QPointingDeviceUniqueId, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.domain.marking import Kind
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.annotate.strokes import centre_line, even, outline, simplified
from reader.ui.viewer.annotate.words import Words
from reader.ui.viewer.page import ViewerPage
from tests.ui.viewer.fakes import FakeEngine, Viewer, settle
from tests.ui.viewer.shelves import Shelf
from tests.ui.viewer.test_annotate_picking import box_of, click, led, put
from tests.ui.viewer.test_page import point

pytestmark = pytest.mark.shared
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.MouseButton.NoButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def _device(name: str, kind: QPointingDevice.PointerType) -> QPointingDevice:
    can = QInputDevice.Capability.Position | QInputDevice.Capability.Pressure
    stylus = QInputDevice.DeviceType.Stylus
    return QPointingDevice(name, 7, stylus, kind, can, 1, 1, "", QPointingDeviceUniqueId())


PEN = _device("a pen", QPointingDevice.PointerType.Pen)
ERASER = _device("its other end", QPointingDevice.PointerType.Eraser)


@pytest.fixture
def page(viewer: Viewer, fake: FakeEngine, shelf: Shelf) -> ViewerPage:
    made = viewer(fake)
    made.live_in(shelf.home)
    return made


def words_of(page: ViewerPage) -> Words:
    return page.feature(Annotate).words


def pen(
    page: ViewerPage,
    kind: QEvent.Type,
    x: float,
    y: float,
    pressure: float,
    device: QPointingDevice = PEN,
) -> bool:
    """Move a pen to a place of the first page; whether the page took it for drawing."""
    at = QPointF(point(page, 0, x, y))
    view = page.canvas.viewport()
    event = QTabletEvent(
        kind, device, at, QPointF(view.mapToGlobal(at)), pressure, 0, 0, 0, 0, 0,
        Qt.KeyboardModifier.NoModifier, LEFT, LEFT,
    )  # fmt: skip
    event.ignore()
    QApplication.sendEvent(view, event)
    return event.isAccepted()


@pytest.mark.parametrize(
    "key, held, kind",
    [
        (Key.Key_B, None, Kind.RECTANGLE),
        (Key.Key_O, None, Kind.ELLIPSE),
        (Key.Key_I, None, Kind.LINE),
        (Key.Key_I, SHIFT, Kind.ARROW),
        (Key.Key_D, SHIFT, Kind.AREA),
        (Key.Key_D, None, Kind.INK),
    ],
)
def test_each_tool_draws_its_kind_and_is_put_away(
    page: ViewerPage, shelf: Shelf, key: Key, held: Qt.KeyboardModifier | None, kind: Kind
) -> None:
    tools = page.feature(Annotate).tools
    QTest.keyClick(page.canvas, Key.Key_4)
    QTest.keyClick(page.canvas, key, held or Qt.KeyboardModifier.NoModifier)
    assert page.canvas.viewport().cursor().shape() == Qt.CursorShape.CrossCursor
    led(page, (100, 300), (180, 360))
    [made] = shelf.all
    assert (made.kind, made.color) == (kind, "blue")
    assert box_of(page, made.uid) == (100, 300, 180, 360)
    assert tools.tool is None
    assert page.feature(Annotate).picked.one == made
    assert shelf.undo() == "Annotate"
    assert shelf.all == ()


def test_a_kept_tool_draws_again_until_escape(page: ViewerPage, shelf: Shelf) -> None:
    QTest.keyClick(page.canvas, Key.Key_B)
    QTest.keyClick(page.canvas, Key.Key_H, SHIFT)
    led(page, (100, 300), (180, 360))
    led(page, (200, 300), (280, 360))
    assert len(shelf.all) == 2
    QTest.keyClick(page.canvas, Key.Key_Escape)
    led(page, (100, 400), (180, 460))
    assert len(shelf.all) == 2


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_V, Qt.Key.Key_B])
def test_how_to_draw_is_told_as_long_as_the_tool_is_in_hand(page: ViewerPage, key: Qt.Key) -> None:
    told: list[str] = []
    page.statusChanged.connect(told.append)
    QTest.keyClick(page.canvas, Qt.Key.Key_B)
    assert "draw it" in told[-1]
    QTest.keyClick(page.canvas, key)
    assert told[-1] == page.status()


def test_the_hint_of_a_tool_goes_with_it(page: ViewerPage) -> None:
    said: list[str] = []
    page.statusChanged.connect(said.append)
    annotate = page.feature(Annotate)
    annotate.ink()
    assert said[-1].startswith("Ink: draw it")
    QTest.keyClick(page.canvas, Qt.Key.Key_Escape)
    assert annotate.tools.tool is None and said[-1] == page.status() != ""
    # AND so does that of a tool for text, taken and put away by its key
    annotate.take(Kind.UNDERLINE)
    assert "select the text" in said[-1]
    annotate.take(Kind.UNDERLINE)
    assert said[-1] == page.status()


def test_a_click_with_a_frame_draws_nothing(page: ViewerPage, shelf: Shelf) -> None:
    QTest.keyClick(page.canvas, Key.Key_B)
    click(page, 100, 300)
    assert shelf.all == ()
    assert page.feature(Annotate).tools.tool is Kind.RECTANGLE


def test_shift_draws_squares_and_lines_of_45_degrees(page: ViewerPage, shelf: Shelf) -> None:
    view, tools = page.canvas.viewport(), page.feature(Annotate).tools
    for key, want in ((Key.Key_B, (100, 300, 180, 380)), (Key.Key_I, (100, 300, 180, 380))):
        QTest.keyClick(page.canvas, key)
        QTest.mousePress(view, LEFT, pos=point(page, 0, 100, 300))
        tools.drag(QPointF(point(page, 0, 180, 365)), regular=True)
        QTest.mouseRelease(view, LEFT, pos=point(page, 0, 180, 365))
        newest = page.feature(Annotate).picked.one
        assert newest is not None
        assert box_of(page, newest.uid) == want


def test_an_area_quotes_the_words_in_it(page: ViewerPage, shelf: Shelf) -> None:
    QTest.keyClick(page.canvas, Key.Key_D, SHIFT)
    led(page, (95, 95), (152, 140))
    assert shelf.all[0].quote == "Words\nneedl"


def test_a_pen_draws_with_its_pressure(page: ViewerPage, shelf: Shelf) -> None:
    assert not pen(page, QEvent.Type.TabletPress, 100, 300, 0.2)  # no tool: it is a mouse
    QTest.keyClick(page.canvas, Key.Key_D)
    assert pen(page, QEvent.Type.TabletPress, 100, 300, 0.2)
    for step in range(1, 9):
        pen(page, QEvent.Type.TabletMove, 100 + 10 * step, 300 + 20 * (step % 2), 0.1 * step)
    assert pen(page, QEvent.Type.TabletRelease, 180, 300, 0.0)
    [made] = shelf.all
    pressures = [round(point[2], 1) for point in made.parts[0].strokes[0]]
    assert pressures[0] == 0.2
    assert max(pressures) == 0.8
    assert len(pressures) >= 8
    assert made.parts[0].quads
    assert not pen(page, QEvent.Type.TabletMove, 180, 320, 0.0)


def test_the_other_end_of_the_pen_takes_ink_away(page: ViewerPage, shelf: Shelf) -> None:
    put(page, Kind.INK, stroke=((100, 300, 1), (180, 300, 1)))
    kept = put(page, Kind.RECTANGLE, (100, 400, 180, 440))
    pen(page, QEvent.Type.TabletPress, 140, 400, 0.5, ERASER)
    pen(page, QEvent.Type.TabletMove, 140, 300, 0.5, ERASER)
    pen(page, QEvent.Type.TabletRelease, 140, 300, 0.0, ERASER)
    assert [one.uid for one in shelf.all] == [kept]
    shelf.undo()
    assert len(shelf.all) == 2


def test_all_is_made_by_keys_alone(page: ViewerPage, shelf: Shelf) -> None:
    QTest.keyClick(page.canvas, Key.Key_B)
    QTest.keyClick(page.canvas, Key.Key_Insert)
    tools = page.feature(Annotate).tools
    drawn = tools.led(0)
    assert drawn is not None
    x0, y0, x1, y1 = drawn.box
    QTest.keyClick(page.canvas, Key.Key_Right)
    QTest.keyClick(page.canvas, Key.Key_Down, CTRL)
    QTest.keyClick(page.canvas, Key.Key_Right, SHIFT)
    QTest.keyClick(page.canvas, Key.Key_Return)
    [made] = shelf.all
    want = (x0 + 4, y0 + 24, x1 + 8, y1 + 24)
    assert box_of(page, made.uid) == tuple(round(edge) for edge in want)
    QTest.keyClick(page.canvas, Key.Key_I)
    QTest.keyClick(page.canvas, Key.Key_Left)  # the first arrow puts it down
    QTest.keyClick(page.canvas, Key.Key_Up, SHIFT)
    QTest.keyClick(page.canvas, Key.Key_Enter)
    QTest.keyClick(page.canvas, Key.Key_D)
    for key in (Key.Key_Insert, Key.Key_Right, Key.Key_Down, Key.Key_Right, Key.Key_Return):
        QTest.keyClick(page.canvas, key)
    assert {one.kind for one in shelf.all} == {Kind.RECTANGLE, Kind.LINE, Kind.INK}
    QTest.keyClick(page.canvas, Key.Key_O)
    QTest.keyClick(page.canvas, Key.Key_Insert)
    QTest.keyClick(page.canvas, Key.Key_Escape)  # first what is drawn, then the tool
    assert tools.tool is Kind.ELLIPSE
    QTest.keyClick(page.canvas, Key.Key_Escape)
    assert tools.tool is None
    assert len(shelf.all) == 3


def test_a_note_is_put_down_and_written_to(page: ViewerPage, shelf: Shelf) -> None:
    QTest.keyClick(page.canvas, Key.Key_Insert)
    click(page, 400, 300)
    words = words_of(page)
    assert words.card.isVisible()
    QTest.keyClicks(words.card.edit, "why?")
    QTest.keyClick(words.card.edit, Key.Key_Escape)
    assert not words.card.isVisible()
    assert [(one.kind, one.comment) for one in shelf.all] == [(Kind.NOTE, "why?")]
    assert page.canvas.hasFocus() or page.canvas.viewport().hasFocus()


def test_text_is_typed_on_the_page_and_its_box_grows(page: ViewerPage, shelf: Shelf) -> None:
    QTest.keyClick(page.canvas, Key.Key_E)
    click(page, 100, 300)
    box = words_of(page).box
    assert box is not None
    assert shelf.all == ()
    QTest.keyClicks(box, "A remark that is so long that it wraps into a second line 1")
    QTest.keyClick(box, Key.Key_Return, CTRL)
    [made] = shelf.all
    assert made.kind is Kind.TEXT
    assert made.comment.endswith("second line 1")  # keys are letters, not colours
    left, top, right, bottom = box_of(page, made.uid)
    assert (left, top, right) == (100, 300, 280)
    assert bottom > 325
    assert shelf.undo() == "Annotate"
    assert shelf.all == ()
    shelf.redo()
    QTest.mouseDClick(page.canvas.viewport(), LEFT, pos=point(page, 0, 110, 305))
    again = words_of(page).box
    assert again is not None
    assert again.toPlainText() == made.comment
    QTest.keyClicks(again, "Short")
    QTest.keyClick(again, Key.Key_Escape)
    assert shelf.all[0].comment == "Short"


def test_a_text_left_empty_was_never_there(page: ViewerPage, shelf: Shelf) -> None:
    QTest.keyClick(page.canvas, Key.Key_E)
    click(page, 100, 300)
    box = words_of(page).box
    assert box is not None
    QTest.keyClick(box, Key.Key_Escape)
    assert page.feature(Annotate).store.all == {}
    assert shelf.all == ()
    assert shelf.reader.undo_labels()[0] == "Attach"


def test_the_strip_takes_tools_colours_and_widths(
    page: ViewerPage, shelf: Shelf, qtbot: QtBot
) -> None:
    strip = page.feature(Annotate).bars.strip
    assert not strip.isVisible()
    QTest.keyClick(page.canvas, Key.Key_A)
    assert strip.isVisible()
    assert all(button.accessibleName() for button in strip.tools.values())
    strip.tools[Kind.INK].click()
    assert strip.tools[Kind.INK].isChecked()
    next(action for action in strip.thickness.menu().actions() if action.text() == "5 pt").trigger()
    strip.color.menu().actions()[1].trigger()
    led(page, (100, 300), (180, 360))
    [made] = shelf.all
    assert (made.size, made.color) == (5.0, "red")
    assert not strip.tools[Kind.INK].isChecked()
    strip.close_button.click()
    assert not strip.isVisible()
    settle(qtbot, page)


def test_ink_is_smooth_thinned_and_as_wide_as_pressed() -> None:
    straight = tuple((float(x), 100.0, 1.0) for x in range(100))
    assert simplified(straight) == (straight[0], straight[-1])
    corner = (*straight[:50], *((50.0, 100.0 + y, 1.0) for y in range(50)))
    assert 3 <= len(simplified(corner)) <= 4
    assert even(straight)
    path = centre_line(corner)
    assert path.boundingRect().right() >= 50
    pressed = tuple((float(x), 100.0, x / 100) for x in range(0, 101, 10))
    area = outline(pressed, 8.0)
    assert not even(pressed)
    assert area.contains(QPointF(95, 103))
    assert not area.contains(QPointF(5, 103))
    dot = outline(((10.0, 10.0, 0.5),), 8.0)
    assert dot.contains(QPointF(11, 10))


def test_the_marker_in_hand_marks_every_selection(
    page: ViewerPage, shelf: Shelf, qtbot: QtBot
) -> None:
    feature = page.feature(Annotate)
    QTest.keyClick(page.canvas, Key.Key_U)
    assert feature.tools.tool is Kind.UNDERLINE
    led(page, (101, 107), (149, 107))
    qtbot.waitUntil(lambda: len(shelf.all) == 1)
    assert feature.tools.tool is None
    QTest.keyClick(page.canvas, Key.Key_H, SHIFT)
    for row in (1, 2):
        led(page, (101, 107 + 20 * row), (149, 107 + 20 * row))
        qtbot.waitUntil(lambda row=row: len(shelf.all) == 1 + row)
    assert [one.kind for one in shelf.all] == [Kind.UNDERLINE] * 3, "the tool of the last time"
    QTest.keyClick(page.canvas, Key.Key_H, SHIFT)
    assert feature.tools.tool is None
    QTest.mouseMove(page.canvas.viewport(), QPoint(5, 5))
