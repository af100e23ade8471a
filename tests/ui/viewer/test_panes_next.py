"""F8 goes through the panes of the side panel."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.viewer.fakes import FakeEngine, Viewer

pytestmark = pytest.mark.shared


def test_the_key_shows_one_pane_after_another(viewer: Viewer) -> None:
    page = viewer(FakeEngine())
    page.show_outline(False)
    seen: list[str] = []
    for _ in range(20):
        page.canvas.setFocus()
        QTest.keyClick(page.canvas, Qt.Key.Key_F8)
        assert page.panel.isVisible()
        seen.append(page.panel.current)
    assert seen[0] == "outline"
    assert {"thumbnails", "things", "references"} <= set(seen)
    assert seen.count("outline") > 1
