"""References: listed, marked when the library has them, opened, added, and a click goes there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.services import citing
from reader.services.findings import Findings, Reference
from reader.services.import_plan import Result
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.references import References
from reader.ui.viewer.study import Study
from tests.ui.viewer.fakes import FakeEngine, Viewer
from tests.ui.viewer.homes import FakeDesk, home

pytestmark = pytest.mark.shared
BOX = (100.0, 200.0, 300.0, 220.0)


def entry(number: int, title: str) -> Reference:
    label = f"[{number}]"
    return Reference(number, label, title, title, ("A. Okapi",), "2019", "", "", 6, (BOX,))


FOUND = Findings(references=(entry(1, "Known paper"), entry(2, "Other paper")))


@pytest.fixture
def page(viewer: Viewer, monkeypatch: pytest.MonkeyPatch) -> ViewerPage:
    monkeypatch.setattr(citing, "in_library", lambda _, found: {1: "uid"} if found else {})
    page = viewer(FakeEngine())
    desk = FakeDesk()
    desk.undo = lambda: None  # type: ignore[attr-defined]
    page.home = home(desk)
    study = page.feature(Study)
    study.findings, study.done = FOUND, True
    study.ready.emit()
    page.feature(References).show_references()
    return page


def test_what_the_library_has_is_marked(page: ViewerPage) -> None:
    shown = page.feature(References).pane.model.shown
    assert [(row.name, row.quiet, row.mark) for row in shown] == [
        ("[1]", "A. Okapi 2019", "In the library"),
        ("[2]", "A. Okapi 2019", ""),
    ]


def test_a_click_goes_to_the_entry(page: ViewerPage, qtbot: QtBot) -> None:
    rows = page.feature(References).pane.rows
    at = rows.visualRect(rows.model().index(1, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: page.canvas.camera.current() == 6)


def test_a_paper_of_the_library_is_opened(page: ViewerPage, qtbot: QtBot) -> None:
    made = page.feature(References)
    with qtbot.waitSignal(made.paper_wanted) as told:
        made.menu_of(FOUND.references[0]).actions()[0].trigger()
    assert told.args == ["uid"]


def test_another_one_is_added(page: ViewerPage, monkeypatch: pytest.MonkeyPatch) -> None:
    added: list[int] = []

    def add(_: object, reference: Reference) -> Result:
        added.append(reference.number)
        return Result(added=1)

    monkeypatch.setattr(citing, "add", add)
    page.feature(References).open_or_add(FOUND.references[1])
    assert added == [2]


def test_what_is_said_without_references_stands_at_the_top(viewer: Viewer, qtbot: QtBot) -> None:
    page = viewer(FakeEngine())
    page.show_pane("references")
    pane = page.feature(References).pane
    qtbot.waitUntil(pane.note.isVisible)
    qtbot.waitUntil(lambda: 0 < pane.note.geometry().bottom() < pane.height() / 2)
