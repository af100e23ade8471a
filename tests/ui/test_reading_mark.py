"""How far a PDF was read is seen in the list, as soon as one comes back to it."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from reader.domain.lists import Row
from reader.ui.browse.row_delegate import RowDelegate
from reader.ui.browse.spoken import percent, spoken
from reader.ui.viewer.reading_time import ReadingTime
from tests.ui.conftest import Start
from tests.ui.driving import Driven, is_ready


def row_of(progress: float) -> Row:
    return Row(
        1, "u", "T", "A", "", "", "", "", "reading", False, True, False, (), "", None,
        progress=progress,
    )  # fmt: skip


def painted(delegate: RowDelegate, progress: float) -> tuple[QImage, int]:
    """The second line's marks, and where they begin."""
    image = QImage(200, 18, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    begin = delegate._marks(painter, QRect(0, 0, 200, 18), row_of(progress))
    painter.end()
    return image, begin


def filled(delegate: RowDelegate, progress: float) -> int:
    """How many pixels of the track are filled."""
    image, _ = painted(delegate, progress)
    color = delegate._theme.color("muted").name()
    return sum(image.pixelColor(x, 9).name() == color for x in range(200))


def test_the_mark_is_as_long_as_what_was_read(start: Start, library: Path) -> None:
    delegate = RowDelegate(start(library).app.theme)
    without, begin = painted(delegate, 0.0)
    assert painted(delegate, 0.5)[1] < begin  # it takes its room from the words
    lengths = [filled(delegate, share) for share in (0.25, 0.5, 1.0)]
    assert lengths == sorted(lengths) and lengths[0] < lengths[1] < lengths[2]
    assert without != painted(delegate, 0.5)[0]


def test_it_is_said_too() -> None:
    assert "34 % of the pages seen" in spoken(row_of(0.34))
    assert "seen" not in spoken(row_of(0.0))
    assert [percent(share) for share in (0.001, 0.999, 1.0)] == [1, 99, 100]


def test_what_was_read_is_in_the_list_when_one_comes_back(win: Driven) -> None:
    # GIVEN the guide, open and read for a while
    guide = next(i for i in range(win.rows()) if win.row(i).has_pdf)
    assert win.row(guide).progress == 0
    win.select(guide)
    win.app.library.open_pdf()
    win.until(lambda: is_ready(win.app.tabs.current()))
    win.until(lambda: (page := win.app.tabs.current()) is not None and page.lacking is None)
    page = win.app.tabs.current()
    assert page is not None
    clock = page.feature(ReadingTime)
    start, passed = time.monotonic(), 0
    clock.now = lambda: start + passed
    for _ in range(6):
        passed += 1
        clock.tick()
    # WHEN one goes back to the list
    win.app.tabs.show_library()
    clock.tick()
    # THEN its row has the mark
    win.until(lambda: win.row(guide).progress > 0)
