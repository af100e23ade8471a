"""Figures, tables and equations stand in groups, are filtered, and a click goes there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.services.findings import Caption, Equation, Findings
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.study import Study
from reader.ui.viewer.things import Things
from tests.ui.viewer.fakes import FakeEngine, Viewer

pytestmark = pytest.mark.shared
BOX = (100.0, 200.0, 300.0, 220.0)
FOUND = Findings(
    captions=(
        Caption("figure", "1", 4, BOX, BOX, "Figure 1: An okapi."),
        Caption("table", "1", 6, BOX, BOX, "Table 1: Counts."),
    ),
    equations=(Equation("3", 8, BOX, "a = b"),),
)


def shown(viewer: Viewer) -> ViewerPage:
    page = viewer(FakeEngine())
    study = page.feature(Study)
    study.findings, study.done = FOUND, True
    study.ready.emit()
    page.feature(Things).show_things()
    return page


def test_each_kind_has_its_group(viewer: Viewer) -> None:
    pane = shown(viewer).feature(Things).pane
    names = [entry.name for entry in pane.model.shown]
    assert names == ["Figures", "Figure 1", "Tables", "Table 1", "Equations", "Equation 3"]
    assert pane.model.shown[1].text == "An okapi."


def test_headings_are_no_taller_than_their_words_need(viewer: Viewer, qtbot: QtBot) -> None:
    pane = shown(viewer).feature(Things).pane

    def heights() -> list[tuple[bool, int]]:
        return [
            (entry.value is None, pane.rows.rowHeight(row))
            for row, entry in enumerate(pane.model.shown)
        ]

    assert set(heights()) == {(True, 32), (False, 66)}
    # WHEN the filter moves them THEN their heights move with them
    pane.search.setText("counts")
    qtbot.waitUntil(lambda: heights() == [(True, 32), (False, 66)])
    pane.search.clear()
    qtbot.waitUntil(lambda: len(heights()) == 6)
    assert set(heights()) == {(True, 32), (False, 66)}


def test_the_field_filters(viewer: Viewer, qtbot: QtBot) -> None:
    pane = shown(viewer).feature(Things).pane
    QTest.keyClicks(pane.search, "OKAPI")
    qtbot.waitUntil(lambda: [e.name for e in pane.model.shown] == ["Figures", "Figure 1"])
    pane.search.setText("nowhere")
    qtbot.waitUntil(pane.note.isVisible)
    assert not pane.rows.isVisible()


def test_a_click_goes_there(viewer: Viewer, qtbot: QtBot) -> None:
    page = shown(viewer)
    rows = page.feature(Things).pane.rows
    at = rows.visualRect(rows.model().index(3, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: page.canvas.camera.current() == 6)
