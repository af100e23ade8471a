"""A paper's file is dragged out of the list and out of its tab, and never back into the library."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtTest import QTest

from reader.ui.widgets.file_drag import PAPERS_MIME, local_files
from tests.ui.driving import Driven

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dragged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were dragged out; the drag itself would wait for a real pointer."""
    found: list[str] = []

    def exec_(drag: QDrag, action: Qt.DropAction) -> Qt.DropAction:
        assert action is Qt.DropAction.CopyAction
        found.extend(local_files(drag.mimeData()))
        return action

    monkeypatch.setattr(QDrag, "exec", exec_)
    return found


def guide(win: Driven) -> int:
    return next(number for number in range(win.rows()) if win.row(number).has_pdf)


def test_rows_of_the_list_bring_their_files(win: Driven) -> None:
    # GIVEN a paper with a file and one without
    with_file = guide(win)
    without = next(number for number in range(win.rows()) if not win.row(number).has_pdf)
    model = win.page.model
    indexes = [model.index(model.row_of(number), 0) for number in (with_file, without)]
    # WHEN both are dragged
    data = model.mimeData(indexes)
    # THEN other programs get the file, the sidebar both papers
    [file] = local_files(data)
    assert Path(file).is_file() and Path(file).parent == win.app.reader.place.files
    assert len(bytes(data.data(PAPERS_MIME).data()).split()) == 2
    # AND a file that is gone is not offered
    Path(file).unlink()
    assert local_files(model.mimeData(indexes)) == []


def test_rows_dropped_in_the_window_add_no_file_anew(win: Driven) -> None:
    model = win.page.model
    number = guide(win)
    data = model.mimeData([model.index(model.row_of(number), 0)])
    assert local_files(data)
    other = model.index(model.row_of(number + 1), 0)
    win.list.scrollTo(other)
    assert not win.drop(win.list.viewport(), win.list.visualRect(other).center(), data)
    win.select(number + 1)
    assert not win.drop(win.pane, QPoint(20, 20), data)
    assert not win.drop(win.note.viewport(), QPoint(5, 5), data)
    assert win.note.toPlainText() == ""


def test_a_tab_brings_its_file_when_it_is_dragged_with_ctrl(
    win: Driven, pdf: Path, dragged: list[str]
) -> None:
    win.app.tabs.open_file(pdf)
    bar = win.window.top.tabs
    win.until(lambda: bar.count() == 2)
    place = bar.tabRect(1).center()
    QTest.mousePress(bar, LEFT, CTRL, place)
    QTest.mouseMove(bar, place + QPoint(2, 0))
    assert dragged == []
    QTest.mouseMove(bar, place + QPoint(60, 120))
    assert dragged == [str(pdf)]
    QTest.mouseRelease(bar, LEFT, CTRL, place + QPoint(60, 120))
    # THEN the tab is where it was, and was not torn off
    win.run(50)
    assert bar.count() == 2 and win.app.tabs.everything()[0].geometry == ""
    # AND a click with Ctrl is a click
    win.app.tabs.show_library()
    QTest.mouseClick(bar, LEFT, CTRL, place)
    assert bar.currentIndex() == 1
