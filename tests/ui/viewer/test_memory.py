"""What pictures cost: budgets that hold, and memory given back by a tab nobody sees."""

from __future__ import annotations

import time

from pytestqt.qtbot import QtBot

from reader.domain.annotation import ReadingPosition
from tests.ui.viewer.fakes import FakeEngine, Viewer, pdf_of, settle


def test_a_hidden_view_gives_its_memory_back_and_is_there_again_at_once(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN a reader in the middle of a paper, whose tab is then hidden
    page = viewer(fake, position=ReadingPosition(6, 0.0, 200.0, "2"))
    canvas = page.canvas
    qtbot.waitUntil(lambda: not pdf_of(page).requests.busy)
    before = canvas.position()
    seen = list(canvas.camera.visible())
    page.hide()
    # WHEN it gives its memory back
    canvas.release()
    # THEN only the small pictures of what was in view are left, and nothing is asked for
    assert canvas.pictures.used <= 500_000 * len(seen)
    assert all(canvas.content.text(number) is None for number in range(fake.pages))
    fake.asks.clear()
    canvas.moved.emit()
    pdf_of(page).loader.plan()
    assert not fake.asks
    # AND shown again, the place is the same, something is painted at once, and sharp soon
    start = time.monotonic()
    page.show()
    assert all(canvas.pictures.has_any(number) for number in seen)
    settle(qtbot, page)
    assert time.monotonic() - start < 1.0
    assert canvas.position() == before
    assert canvas.content.text(seen[0]) is not None
