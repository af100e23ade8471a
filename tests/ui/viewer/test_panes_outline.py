"""The outline is filtered as one types, and made of the headings where a file has none."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.pdf.protocol import OutlineItem
from reader.services.findings import Findings
from reader.ui.viewer.study import Study
from tests.ui.viewer.fakes import FakeEngine, Viewer

pytestmark = pytest.mark.shared
ITEMS = (
    OutlineItem(1, "Beginning", 0, 0.0, 50.0),
    OutlineItem(1, "Methods", 1, 0.0, 50.0),
    OutlineItem(2, "Okapi counting", 2, 0.0, 50.0),
    OutlineItem(2, "Other", 3, 0.0, 50.0),
)


def test_matching_sections_stay_with_their_parents(viewer: Viewer, qtbot: QtBot) -> None:
    fake = FakeEngine()
    fake.items = ITEMS
    page = viewer(fake)
    panel = page.outline
    page.show_outline(True)
    QTest.keyClicks(panel.search, "okapi")
    model = panel.tree.model()
    assert model.rowCount() == 1
    parent = model.index(0, 0)
    assert parent.data() == "Methods"
    assert panel.tree.isExpanded(parent)
    assert model.rowCount(parent) == 1
    panel.tree.clicked.emit(model.index(0, 0, parent))
    qtbot.waitUntil(lambda: page.canvas.camera.current() == 2)
    panel.search.clear()
    assert model.rowCount() == 2


def test_a_document_without_outline_gets_one_of_its_headings(viewer: Viewer) -> None:
    page = viewer(FakeEngine())
    assert not page.outline.made.isVisibleTo(page.outline)
    study = page.feature(Study)
    study.findings = Findings(outline=ITEMS)
    study.ready.emit()
    assert page.outline.made.isVisibleTo(page.outline)
    assert page.outline.tree.model().rowCount() == 2


def test_the_files_own_outline_is_kept(viewer: Viewer) -> None:
    fake = FakeEngine()
    fake.items = ITEMS[:1]
    page = viewer(fake)
    study = page.feature(Study)
    study.findings = Findings(outline=ITEMS)
    study.ready.emit()
    assert page.outline.tree.model().rowCount() == 1
    assert not page.outline.made.isVisibleTo(page.outline)
