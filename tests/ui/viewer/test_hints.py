"""Link hints: short labels, narrowing, following and ending."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.pdf.protocol import PdfLink
from reader.ui.viewer.hints import Hints, labels
from reader.ui.viewer.page import ViewerPage
from tests.ui.viewer.fakes import FakeEngine, Viewer

pytestmark = pytest.mark.shared
Key = Qt.Key


def opened(viewer: Viewer, fake: FakeEngine, qtbot: QtBot, goals: Sequence[int]) -> ViewerPage:
    """A page with links in one column to the pages of `goals`."""
    fake.links_of[0] = tuple(
        PdfLink((50.0, 40.0 + 12 * row, 90.0, 50.0 + 12 * row), goal, 0.0, 100.0)
        for row, goal in enumerate(goals)
    )
    page = viewer(fake)
    qtbot.waitUntil(lambda: page.canvas.content.links(0) is not None)
    return page


@pytest.mark.parametrize("count", [0, 1, 9, 10, 50, 200])
def test_no_label_begins_another(count: int) -> None:
    made = labels(count)
    assert len(set(made)) == count
    assert not any(a != b and b.startswith(a) for a in made for b in made)
    assert max(map(len, made), default=0) <= (1 if count <= 9 else 2 if count <= 81 else 3)


def test_a_letter_follows_a_link(viewer: Viewer, fake: FakeEngine, qtbot: QtBot) -> None:
    page = opened(viewer, fake, qtbot, [5, 9])
    QTest.keyClick(page.canvas, Key.Key_F)
    assert [hint.label for hint in page.feature(Hints).hints] == ["a", "s"]
    QTest.keyClick(page.canvas, Key.Key_S)
    assert not page.feature(Hints).hints
    qtbot.waitUntil(lambda: page.canvas.camera.current() == 9)


def test_letters_narrow_and_backspace_widens(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    page = opened(viewer, fake, qtbot, range(1, 13))
    hints = page.feature(Hints)
    QTest.keyClick(page.canvas, Key.Key_F)
    first = next(hint.label[0] for hint in hints.hints if len(hint.label) == 2)
    QTest.keyClicks(page.canvas, first)
    assert 0 < len(hints.shown()) < 12
    QTest.keyClick(page.canvas, Key.Key_Backspace)
    assert len(hints.shown()) == 12
    QTest.keyClick(page.canvas, Key.Key_Escape)
    assert not hints.hints
    assert page.canvas.camera.current() == 0
