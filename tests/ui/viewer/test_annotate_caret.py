"""A caret led by the arrow keys: everything marked without a pointer."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest

from reader.pdf.engine import Engine
from reader.ui.viewer.annotate import caret as caret_module
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.selection import Selection
from reader.ui.viewer.text_keys import TextKeys
from tests.ui.viewer.fakes import FakeEngine, Viewer
from tests.ui.viewer.shelves import Shelf
from tests.ui.viewer.test_annotate import at_home

pytestmark = pytest.mark.shared
Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def caret(page: ViewerPage) -> tuple[int, int]:
    chosen = page.canvas.selection
    assert isinstance(chosen, Selection)
    assert chosen.empty
    return chosen.head_low.page, chosen.head_low.index


def test_words_are_marked_by_keys_alone(
    viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf
) -> None:
    page = at_home(viewer, engine, paper, shelf)
    text = page.canvas.content.text(0)
    assert text is not None
    QTest.keyClick(page.canvas, Key.Key_F7, SHIFT)
    assert caret(page) == (0, 0)
    bare = page.canvas.viewport().grab().toImage()
    for _ in range(2):
        QTest.keyClick(page.canvas, Key.Key_Down)
    assert caret(page)[1] == text.lines[2][0]
    assert page.canvas.viewport().grab().toImage() != bare
    QTest.keyClick(page.canvas, Key.Key_Right, CTRL)
    QTest.keyClick(page.canvas, Key.Key_Right)
    assert text.chars[caret(page)[1] :].startswith("quick")
    QTest.keyClick(page.canvas, Key.Key_Right, CTRL | SHIFT)
    QTest.keyClick(page.canvas, Key.Key_Right, CTRL | SHIFT)
    QTest.keyClick(page.canvas, Key.Key_6)
    assert [(one.quote, one.color) for one in shelf.all] == [("quick brown", "magenta")]
    # The caret stays where the mark ends, and goes on.
    assert text.chars[caret(page)[1] :].startswith(" fox")
    QTest.keyClick(page.canvas, Key.Key_End)
    QTest.keyClick(page.canvas, Key.Key_Home, SHIFT)
    QTest.keyClick(page.canvas, Key.Key_U)
    assert shelf.all[1].quote.startswith("The quick") or shelf.all[0].quote.startswith("The quick")
    QTest.keyClick(page.canvas, Key.Key_Home)
    assert caret(page)[1] == text.lines[2][0]


def test_escape_and_the_same_key_end_it(viewer: Viewer, fake: FakeEngine, shelf: Shelf) -> None:
    page = viewer(fake)
    page.live_in(shelf.home)
    mode = page.feature(Annotate).caret
    QTest.keyClick(page.canvas, Key.Key_F7, SHIFT)
    assert mode.on
    QTest.keyClick(page.canvas, Key.Key_Escape)
    assert not mode.on
    top = page.canvas.camera.top
    QTest.keyClick(page.canvas, Key.Key_F7, SHIFT)
    QTest.keyClick(page.canvas, Key.Key_Down)
    assert page.canvas.camera.top == top  # the caret moves, not the page
    QTest.keyClick(page.canvas, Key.Key_F7, SHIFT)
    assert not mode.on


def test_at_the_end_of_a_line_the_caret_stays_on_it(
    viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf
) -> None:
    page = at_home(viewer, engine, paper, shelf)
    text = page.canvas.content.text(0)
    assert text is not None
    QTest.keyClick(page.canvas, Key.Key_F7, SHIFT)
    QTest.keyClick(page.canvas, Key.Key_Down)
    QTest.keyClick(page.canvas, Key.Key_End)
    index = caret(page)[1]
    x, top, _, _ = page.feature(TextKeys).caret_edge(text, index)
    assert index == text.lines[1][1]
    assert x == pytest.approx(text.rects(*text.lines[1])[0][2])
    assert top == pytest.approx(text.rects(*text.lines[1])[0][1])


def test_what_the_caret_comes_to_is_told_to_screen_readers(
    viewer: Viewer, engine: Engine, paper: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    class Heard:
        """In place of the system's screen reader."""

        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:
            told.append(event.message())

    monkeypatch.setattr(caret_module, "QAccessible", Heard)
    page = at_home(viewer, engine, paper, shelf)
    text = page.canvas.content.text(0)
    assert text is not None
    QTest.keyClick(page.canvas, Key.Key_F7, SHIFT)
    # WHEN the caret goes down, on by a word and by a letter
    for _ in range(2):
        QTest.keyClick(page.canvas, Key.Key_Down)
    QTest.keyClick(page.canvas, Key.Key_Right, CTRL)
    QTest.keyClick(page.canvas, Key.Key_Right)
    # THEN the line, the word's end and the letter are told
    low, high = text.lines[2]
    assert told[1] == text.chars[low:high].strip()
    assert told[2:] == ["space", "q"]
