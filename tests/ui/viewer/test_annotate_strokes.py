"""Strokes drawn after each other and side by side are one annotation; each is a step of undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest

from reader.domain.marking import Kind
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.page import ViewerPage
from tests.ui.viewer.fakes import FakeEngine, Viewer
from tests.ui.viewer.shelves import Shelf
from tests.ui.viewer.test_annotate_drawing import ERASER, pen
from tests.ui.viewer.test_annotate_picking import box_of, led

pytestmark = pytest.mark.shared
Key = Qt.Key


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def page(viewer: Viewer, fake: FakeEngine, shelf: Shelf) -> ViewerPage:
    """A page with the pen in hand, kept."""
    made = viewer(fake)
    made.live_in(shelf.home)
    QTest.keyClick(made.canvas, Key.Key_D)
    QTest.keyClick(made.canvas, Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    assert made.feature(Annotate).tools.kind is Kind.INK
    return made


@pytest.fixture
def clock(page: ViewerPage) -> Clock:
    made = page.feature(Annotate).inking.clock = Clock()
    return made


def test_strokes_of_a_word_are_one_annotation_and_are_undone_one_by_one(
    page: ViewerPage, shelf: Shelf, clock: Clock
) -> None:
    # WHEN three strokes are drawn after each other
    led(page, (100, 300), (120, 340))
    clock.now += 1
    led(page, (130, 300), (150, 340))
    clock.now += 1
    led(page, (105, 320), (160, 322))
    # THEN they are one annotation around all of them
    [made] = shelf.all
    assert made.kind is Kind.INK
    assert [len(part.strokes) for part in made.parts] == [3]
    assert box_of(page, made.uid) == (100, 300, 160, 340)
    # AND each goes and comes back by itself
    assert shelf.undo() == "Draw"
    assert len(shelf.all[0].parts[0].strokes) == 2
    shelf.undo()
    assert len(shelf.all[0].parts[0].strokes) == 1
    assert shelf.undo() == "Annotate"
    assert shelf.all == ()
    for count in (1, 2, 3):
        shelf.redo()
        assert len(shelf.all[0].parts[0].strokes) == count
    assert shelf.all[0].parts == made.parts


def test_joined_strokes_keep_the_words_around_all_of_them(
    page: ViewerPage, shelf: Shelf, clock: Clock
) -> None:
    """The evidence of the place is that of the whole ink, as if it had been drawn at once."""
    led(page, (95, 95), (125, 112))
    first = shelf.all[0]
    led(page, (126, 95), (152, 112))
    joined = shelf.all[0]
    assert first.quote and joined.quote != first.quote
    assert joined.quote.startswith(first.quote)


def test_a_stroke_after_an_undo_goes_to_what_is_left(
    page: ViewerPage, shelf: Shelf, clock: Clock
) -> None:
    led(page, (100, 300), (120, 340))
    led(page, (130, 300), (150, 340))
    shelf.undo()
    clock.now += 1
    led(page, (130, 310), (150, 350))
    assert [len(one.parts[0].strokes) for one in shelf.all] == [2]
    # AND where the first one is undone as well, a new one is begun
    shelf.undo()
    shelf.undo()
    led(page, (130, 310), (150, 350))
    assert [len(one.parts[0].strokes) for one in shelf.all] == [1]


@pytest.mark.parametrize("apart", ["later", "elsewhere", "another colour", "another width"])
def test_what_does_not_belong_together_is_not_joined(
    page: ViewerPage, shelf: Shelf, clock: Clock, apart: str
) -> None:
    feature, where = page.feature(Annotate), 130
    led(page, (100, 300), (120, 340))
    match apart:
        case "later":
            clock.now += 2
        case "elsewhere":
            where = 160
        case "another colour":
            QTest.keyClick(page.canvas, Key.Key_4)
        case _:
            feature.use_size(5.0)
    led(page, (where, 300), (where + 20, 340))
    assert [len(one.parts[0].strokes) for one in shelf.all] == [1, 1]


def test_ink_does_not_grow_without_end(page: ViewerPage, shelf: Shelf, clock: Clock) -> None:
    for number in range(52):
        led(page, (100 + number, 300), (110 + number, 320))
    assert [len(one.parts[0].strokes) for one in shelf.all] == [50, 2]


def test_each_stroke_keeps_the_pressure_of_its_pen(
    page: ViewerPage, shelf: Shelf, clock: Clock
) -> None:
    for row, pressure in ((300, 0.2), (320, 0.9)):
        pen(page, QEvent.Type.TabletPress, 100, row, pressure)
        for step in range(1, 5):
            pen(page, QEvent.Type.TabletMove, 100 + 10 * step, row + 8 * (step % 2), pressure)
        pen(page, QEvent.Type.TabletRelease, 140, row, 0.0)
    [made] = shelf.all
    assert [{round(p[2], 1) for p in stroke} for stroke in made.parts[0].strokes] == [{0.2}, {0.9}]


def test_with_keys_alone_two_strokes_are_joined_too(
    page: ViewerPage, shelf: Shelf, clock: Clock
) -> None:
    for key in (Key.Key_Insert, Key.Key_Right, Key.Key_Return) * 2:
        QTest.keyClick(page.canvas, key)
    assert [len(one.parts[0].strokes) for one in shelf.all] == [2]


def test_the_other_end_of_the_pen_takes_a_stroke_and_not_the_word(
    page: ViewerPage, shelf: Shelf, clock: Clock
) -> None:
    # GIVEN a word of two strokes WHEN one is wiped over
    led(page, (100, 300), (120, 300))
    led(page, (100, 320), (120, 320))
    pen(page, QEvent.Type.TabletPress, 110, 310, 0.5, ERASER)
    pen(page, QEvent.Type.TabletMove, 110, 320, 0.5, ERASER)
    pen(page, QEvent.Type.TabletRelease, 110, 320, 0.0, ERASER)
    # THEN the other stays, undo brings it back, and both can go
    [made] = shelf.all
    assert box_of(page, made.uid) == (100, 300, 120, 300)
    assert shelf.undo() == "Erase"
    assert len(shelf.all[0].parts[0].strokes) == 2
    for row in (300, 320):
        pen(page, QEvent.Type.TabletPress, 110, row, 0.5, ERASER)
        pen(page, QEvent.Type.TabletRelease, 110, row, 0.0, ERASER)
    assert shelf.all == ()
